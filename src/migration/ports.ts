/**
 * What a migration needs from outside. The adapters in `aws/` and `github/` implement these interfaces;
 * nothing in `migration/` knows who does.
 */
import type {
  AwsVpcConfiguration,
  Failure,
  RegisterTaskDefinitionCommandInput,
  RunTaskCommandInput,
  Tag,
  Task,
  TaskDefinition,
} from '@aws-sdk/client-ecs'

/** A task definition revision as ECS describes it, with the tags that only `include: [TAGS]` returns. */
export interface DescribedDefinition {
  readonly definition: TaskDefinition
  readonly tags: readonly Tag[]
  /** Paths of members the service returned and the SDK in use does not know, such as `containerDefinitions[0].newThing`. */
  readonly unknownMembers: readonly string[]
}

/** What RegisterTaskDefinition answered. */
export interface RegisteredRevision {
  readonly arn: string
  readonly definition: TaskDefinition
  /** More than 1: an earlier attempt may have registered a revision whose answer was lost. */
  readonly attempts: number
}

export interface Definitions {
  /** @param reference family, family:revision or ARN */
  describe(reference: string, signal?: AbortSignal): Promise<DescribedDefinition>
  register(input: RegisterTaskDefinitionCommandInput, signal?: AbortSignal): Promise<RegisteredRevision>
  deregister(arn: string, signal?: AbortSignal): Promise<void>
  /** ARNs of the family's ACTIVE revisions, newest first. */
  listActive(family: string, signal?: AbortSignal): Promise<readonly string[]>
}

/** Tasks found, and those ECS could not give (`reason: MISSING`). */
export interface DescribedTasks {
  readonly tasks: readonly Task[]
  readonly failures: readonly Failure[]
}

export interface Tasks {
  run(request: RunTaskCommandInput, signal?: AbortSignal): Promise<DescribedTasks>
  /** @param arns at most 100, AWS's limit for one call */
  describe(cluster: string, arns: readonly string[], signal?: AbortSignal): Promise<DescribedTasks>
  list(
    cluster: string,
    family: string,
    desiredStatus: 'RUNNING' | 'STOPPED',
    signal?: AbortSignal,
  ): Promise<readonly string[]>
  stop(cluster: string, arn: string, reason: string, signal?: AbortSignal): Promise<void>
}

export interface Services {
  /** The awsvpc configuration of a service in the cluster. */
  network(cluster: string, service: string, signal?: AbortSignal): Promise<AwsVpcConfiguration>
}

/** Where a container writes its log. `region` may differ from the task's. */
export interface LogStream {
  readonly group: string
  readonly stream: string
  readonly region: string
}

export interface LogPage {
  /** One for each event, in order; an event may have several lines. */
  readonly messages: readonly string[]
  /** The token to go on from. The same token as was sent means: nothing more for now. */
  readonly next: string | undefined
  readonly missing?: 'stream' | 'group'
}

export interface Logs {
  /**
   * The page after `token`, or the first page from the head of the stream.
   * While stream or group do not exist, it is empty and says so.
   */
  page(stream: LogStream, token: string | undefined, signal?: AbortSignal): Promise<LogPage>
}

export interface Clock {
  /** Wall time, for what is shown. */
  now(): Date
  /** Monotonic milliseconds, for limits: a clock that jumps ends no run early. */
  elapsed(): number
  /** Resolves after `ms`, or at once when one of the signals aborts; never rejects. */
  sleep(ms: number, ...signals: readonly AbortSignal[]): Promise<void>
}

/** Hex SHA-256 of a text. */
export type Hash = (text: string) => string

/**
 * What the post step must know if this process is killed, written down before the deed:
 * a launch that was begun and never finished is looked for.
 */
export interface Ledger {
  launching(database: string): void
  launched(database: string, taskArn: string): void
  /** The task is about to be stopped: if this process cannot, the post step does, whatever on-cancel says. */
  stopping(database: string): void
  /** The launch is settled: no task of it needs to be stopped any more. */
  settled(database: string): void
}

/** Whether a start that ran no container may succeed if it is tried again: capacity, network interfaces. */
export interface TransientStart {
  ofTask(task: Task): boolean
  ofFailures(failures: readonly Failure[]): boolean
  /** RunTask may say the same as an exception. */
  ofError(error: AwsError): boolean
}

/** Where the story of a run is told while it happens. */
export interface Narrator {
  /** One line of our own about a database. */
  say(database: string, text: string): void
  warn(database: string, text: string): void
  notice(database: string, text: string): void
  /** Text from inside the container: shown and filed, never obeyed. */
  container(database: string, messages: readonly string[]): void
  /** The file with the database's whole log; undefined when nothing was written. */
  logFile(database: string): string | undefined
}

/** Addresses of the AWS console. */
export interface Links {
  task(taskArn: string): string
  log(stream: LogStream): string
}

/** What went wrong in words a person can act on. */
export interface Problem {
  /** Stable, for tests and searches: `secret-has-database-variable`. */
  readonly code: string
  readonly reason: string
  readonly remedy: string
  /** Described facts it rests on, a line each. */
  readonly evidence?: readonly string[]
}

/** What was found before launching, or after a failure to start. */
export interface Findings {
  /** Proof that the task cannot work. */
  readonly refusals: readonly Problem[]
  readonly warnings: readonly Problem[]
  /** IAM actions that were denied, so that something stays unchecked. */
  readonly missingPermissions: readonly string[]
  /** What could not be checked for another reason than a permission, a line each. */
  readonly unchecked: readonly string[]
}

/** AWS's answer was an error, or there was none. */
export type AwsErrorKind =
  | 'access-denied'
  | 'expired-credentials'
  | 'no-credentials'
  | 'conflict'
  | 'not-found'
  | 'throttled'
  | 'unreachable'
  | 'aborted'
  | 'rejected'

export interface AwsErrorFacts {
  readonly kind: AwsErrorKind
  /** AWS's own name for it, such as `AccessDeniedException`. */
  readonly code: string
  /** With the service's prefix, as IAM writes it: `ecs:DescribeTasks`. */
  readonly action: string
  readonly region: string
  readonly requestId?: string
  /** An attempt before the one that got this error was not answered: it may have done the work. */
  readonly unanswered?: boolean
  /** ConflictException of RunTask: the tasks that hold the client token. */
  readonly resourceIds?: readonly string[]
}

/** Every failed AWS call arrives as this; `message` is AWS's own text. */
export class AwsError extends Error {
  override readonly name = 'AwsError'
  readonly facts: AwsErrorFacts

  constructor(message: string, facts: AwsErrorFacts, cause?: unknown) {
    super(message, { cause })
    this.facts = facts
  }

  /** What AWS Support asks for, in one line: operation, Region, AWS's own words and the request id. */
  get inFull(): string {
    const { action, region, code, requestId } = this.facts
    const said = code === this.message ? code : `${code}: ${this.message}`
    return `${action} in ${region}: ${said} (request ${requestId ?? 'without id'})`
  }
}

/** Something the user or the environment must mend before a migration can run. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.reason)
    this.problem = problem
  }
}
