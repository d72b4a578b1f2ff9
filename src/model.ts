/** Plain types that every room knows, and the two errors that carry what a person can act on. It imports types of the SDK alone. */
import type {
  ContainerDefinition,
  Failure,
  RegisterTaskDefinitionCommandInput,
  RunTaskCommandInput,
  Tag,
  Task,
  TaskDefinition,
} from '@aws-sdk/client-ecs'

/** Stands for the database's name in the inputs that may hold it. */
export const DATABASE_PLACEHOLDER = '{database}'

/** SIGTERM to SIGKILL, in seconds: the most Fargate allows, so that a stopped migration can end its statement. */
export const LONGEST_STOP_TIMEOUT = 120

/** A task definition revision as ECS describes it, with the tags that only `include: [TAGS]` returns. */
export interface DescribedDefinition {
  readonly definition: TaskDefinition
  readonly tags: readonly Tag[]
  /** Paths of members the service returned and the SDK in use does not know, such as `containerDefinitions[0].newThing`. */
  readonly unknownMembers: readonly string[]
}

/** What DescribeTaskDefinition adds of its own and RegisterTaskDefinition does not take (docs/platform-facts.md#register-members). */
export const ADDED_BY_ECS: readonly string[] = [
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
  'deleteRequestedAt',
] satisfies readonly (keyof TaskDefinition)[]

/** What RegisterTaskDefinition answered. */
export interface RegisteredRevision {
  readonly arn: string
  readonly definition: TaskDefinition
  /** More than 1: an earlier attempt may have registered a revision whose answer was lost. */
  readonly attempts: number
}

/** Tasks found, and those ECS could not give (`reason: MISSING`). */
export interface DescribedTasks {
  readonly tasks: readonly Task[]
  readonly failures: readonly Failure[]
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

/** A text that an input does not take. */
export interface RejectedValue {
  readonly given: string
  readonly accepted: string
}

/** What went wrong, as a person reads it: why, and what to do. */
export interface Problem {
  /** Stable, for tests and searches: `secret-has-database-variable`. */
  readonly code: string
  readonly reason: string
  readonly remedy: string
  /** Described facts it rests on, a line each. */
  readonly evidence?: readonly string[]
}

/** Every id that `accept` takes. Add a line here, and make a `Doubt` of it where the facts are known. */
export const DOUBT_IDS = [
  'another-database',
  'doubt-cluster',
  'doubt-image',
  'doubt-network',
  'environment-files',
  'inactive-revision',
  'other-repository',
  'other-variable',
  'own-image-sidecar',
  'sidecar-database',
  'log-class',
  'plain-secret',
  'quiet',
  'quiet-failure',
  'server',
  'unchecked',
] as const

export type DoubtId = (typeof DOUBT_IDS)[number]

/** What is probably not meant, but may be all right in somebody's account: the input `accept` says so, by its id. */
export interface Doubt extends Problem {
  readonly id: DoubtId
  /** How much it says when it is not accepted: a refusal ends the step before anything is started. */
  readonly weight: 'refusal' | 'warning' | 'notice'
  /** In a few words, where a success must not be read without it: it stands in the closing line. */
  readonly brief?: string
}

/** Proof that a task cannot start. */
export interface PreflightRefusal extends Problem {
  /** Where it would show: a task that did not start for another reason has nothing to do with it. */
  readonly about: 'cluster' | 'image' | 'log' | 'network'
}

/** What was found before launching, or after a failure to start. */
export interface PreflightResult {
  /** Proof that the task cannot work. */
  readonly refusals: readonly PreflightRefusal[]
  readonly warnings: readonly Problem[]
  /** What was looked at and judged, in words: `cluster`, `route tables`. */
  readonly checked: readonly string[]
  /** IAM actions that were denied, so that something stays unchecked. */
  readonly missingPermissions: readonly string[]
  /** What could not be checked for another reason than a permission, a line each. */
  readonly unchecked: readonly string[]
  /** Of the image, compressed, as ECR has it. */
  readonly imageBytes?: number
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
  /** A certificate that Node does not trust. */
  | 'untrusted'
  /** A proxy refused, or something else in between that is not AWS. */
  | 'proxy'
  | 'aborted'
  | 'rejected'

interface AwsErrorFacts {
  readonly kind: AwsErrorKind
  /** AWS's own name for it, such as `AccessDeniedException`. */
  readonly code: string
  /** With the service's prefix, as IAM writes it: `ecs:DescribeTasks`. */
  readonly action: string
  readonly region: string
  /** What was asked for, with its name: `task definition shop:7`. */
  readonly about?: string
  readonly requestId?: string
  /** An attempt before the one that got this error was not answered: it may have done the work. */
  readonly unanswered?: boolean
  /** No connection was made, so that nothing can have been done. */
  readonly unsent?: boolean
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

  /** It was not answered, now or in an earlier attempt, and nothing proves that it was not sent. */
  get mayBeDone(): boolean {
    const { kind, unanswered, unsent } = this.facts
    return unanswered === true || ((kind === 'unreachable' || kind === 'proxy') && unsent !== true)
  }

  /** What AWS Support asks for, in one line: operation, Region, AWS's own words and the request id. */
  get inFull(): string {
    const { action, region, code, requestId } = this.facts
    const said = code === this.message ? code : `${code}: ${this.message}`
    return `${action} in ${region}: ${said} (request ${requestId ?? 'without id'})`
  }
}

/** Something the user or the environment must fix before a migration can run. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly problem: Problem
  /** All that is to fix, `problem` first. */
  readonly problems: readonly Problem[]
  /** What was in doubt besides, before it came out that there is something to fix. */
  readonly doubts: readonly Doubt[]

  constructor(problem: Problem, more: readonly Problem[] = [], doubts: readonly Doubt[] = []) {
    super(problem.reason)
    this.problem = problem
    this.problems = [problem, ...more]
    this.doubts = doubts
  }
}

/** What the job gives beside the inputs. */
export interface Surroundings {
  /** Of the environment, or else of the profile in ~/.aws/config. */
  readonly region?: string
  /** false: it is known that there are no credentials. */
  readonly hasCredentials: boolean
}

/** Who launches: recorded in tags, and the nonce finds again what this run made. */
export interface RunIdentity {
  readonly repository: string
  readonly runUrl: string
  readonly actor: string
  readonly commit: string
  /** Random, one for each run of the step. */
  readonly nonce: string
}

/** One database's task, except for the revision and the client token, which are known later. */
export interface Launch {
  readonly database: string
  /** The definition to register for it; the same object where databases share one revision. */
  readonly clone: RegisterTaskDefinitionCommandInput
  readonly request: Omit<RunTaskCommandInput, 'taskDefinition' | 'clientToken'>
}

/** What becomes of a container beside the one that runs the migration. */
export interface Sidecar {
  readonly name: string
  /** In the clone as it is in the definition; in the clone, and not essential; not in the clone. */
  readonly fate: 'kept' | 'not-essential' | 'left-out'
  /** Ends a sentence: "worker: left out, …". */
  readonly because: string
}

/** What the container executes, as ECS hands it to Docker. */
export interface Startup {
  /** Undefined: the image's own, which ECS does not know. */
  readonly entryPoint?: readonly string[]
  /** Undefined: the image's own. Empty: none, for an entry point that is set makes Docker drop the image's own command. */
  readonly command?: readonly string[]
  /** The definition's command, which `entrypoint` without `command` drops. */
  readonly dropped?: readonly string[]
  /** The programs that are executed in the end, each with its arguments, in order; of a script each of its commands. */
  readonly programs: readonly (readonly string[])[]
  readonly workingDirectory?: string
  readonly user?: string
  /** A shell or interpreter that would read its script from standard input, which is empty. */
  readonly isBare: boolean
  /** The program is one word with white space, as if a shell were to split it. */
  readonly unsplit?: string
}

/** What will be registered and run. Made once, changed by nobody. */
export interface Plan {
  readonly startup: Startup
  /** What is probably not meant, read from inputs and definition. */
  readonly doubts: readonly Doubt[]
  readonly cluster: string
  readonly container: ContainerDefinition
  /** The other containers of the definition, in its order. */
  readonly sidecars: readonly Sidecar[]
  /** Names of the essential containers: any of them ends the task. */
  readonly essential: ReadonlySet<string>
  readonly image: string
  /** Of the first database. */
  readonly clone: RegisterTaskDefinitionCommandInput
  /** What is replaced in the chosen container, a line each for the log. */
  readonly notes: readonly string[]
  readonly launches: readonly Launch[]
}
