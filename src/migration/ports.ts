/**
 * What a migration needs from outside. The adapters in `aws/` and `github/` implement these interfaces;
 * nothing in `migration/` knows who does.
 */
import type {
  AwsVpcConfiguration,
  Failure,
  RegisterTaskDefinitionCommandInput,
  RunTaskCommandInput,
  Task,
} from '@aws-sdk/client-ecs'
import type { AwsError, DescribedDefinition, DescribedTasks, LogPage, LogStream, RegisteredRevision } from '../model.ts'
import type { Followed } from './followed.ts'

export type { IfRunning } from '../inputs.ts'

export interface Definitions {
  /** @param reference family, family:revision or ARN */
  describe(reference: string, signal?: AbortSignal): Promise<DescribedDefinition>
  register(input: RegisterTaskDefinitionCommandInput, signal?: AbortSignal): Promise<RegisteredRevision>
  deregister(arn: string, signal?: AbortSignal): Promise<void>
  /** ARNs of the family's ACTIVE revisions, newest first. */
  listActive(family: string, signal?: AbortSignal): Promise<readonly string[]>
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

/** What a migration takes over from a service. */
export interface DescribedService {
  /** Absent where the service has no awsvpc network. */
  readonly network?: AwsVpcConfiguration
  /** ARN of the revision that its newest deployment, or its primary task set, runs. */
  readonly taskDefinition?: string
}

export interface Services {
  /** @returns undefined where the cluster has no such service */
  describe(cluster: string, service: string, signal?: AbortSignal): Promise<DescribedService | undefined>
}

export interface Logs {
  /**
   * The page after `token`, or the first page from the head of the stream.
   * While stream or group do not exist, it is empty and says so.
   */
  page(stream: LogStream, token: string | undefined, signal?: AbortSignal): Promise<LogPage>
}

/**
 * What the post step must know if this process is killed, saved before it is done:
 * a launch that was begun and never finished is looked for.
 */
export interface RunState {
  /** @throws Refusal when it cannot be written down: then nothing may be started */
  launching(database: string): void
  launched(database: string, taskArn: string): void
  /** A task that this step did not start: whether it may stop it, and which revision to clean up, is known before the watch. */
  following(database: string, task: Followed): void
  /** The task is about to be stopped: if this process cannot, the post step does, whatever on-cancel says. */
  stopping(database: string): void
  /** The launch is settled: no task of it needs to be stopped any more. */
  settled(database: string): void
}

/** Whether a start that ran no container may succeed if it is tried again: capacity, network interfaces. */
export interface TransientStart {
  ofTask(task: Task): boolean
  ofFailures(failures: readonly Failure[]): boolean
  /** RunTask started nothing because the account runs as much as it may. */
  isQuota(failures: readonly Failure[]): boolean
  /** RunTask may say the same as an exception. */
  ofError(error: AwsError): boolean
}

/** What is said while a migration runs. */
export interface Logger {
  /** One line of our own about a database. */
  say(database: string, text: string): void
  warn(database: string, text: string): void
  notice(database: string, text: string): void
  /** Text from inside the container: shown and filed, never obeyed. */
  container(database: string, messages: readonly string[]): void
  /** The file with the database's whole log; undefined when nothing was written. */
  logFile(database: string): string | undefined
}

/** Turns for calls that share a rate. */
export interface RateLimiter {
  /**
   * Resolves when it is the caller's turn to make one call, or when the signal aborts.
   * @returns milliseconds waited for turns of others
   */
  turn(signal?: AbortSignal): Promise<number>
}

/** Addresses of the AWS console; undefined where they are not known. */
export interface Links {
  task(taskArn: string): string | undefined
  log(stream: LogStream): string | undefined
}

/** How a step learns that it must end. */
export interface StopSignals {
  /** The step was cancelled: begin nothing more. */
  readonly cancelled: AbortSignal
  /** A RunTask on its way gets until then to answer, for its task must be known to be stopped. */
  readonly abandoned: AbortSignal
}
