import type { Container, Failure, Task } from '@aws-sdk/client-ecs'
import type { AwsError, LogStream, Problem } from '../model.ts'

/** How the migration of one database ended: the facts, without words. Words are made in `explain/`. */
export type Outcome =
  | { readonly kind: 'succeeded'; readonly exitCode: 0 }
  | { readonly kind: 'failed'; readonly cause: 'exit-code'; readonly exitCode: number }
  | {
      readonly kind: 'failed'
      readonly cause: 'other-container'
      readonly container: string
      readonly containerExitCode?: number
      readonly exitCode?: number
    }
  /** ECS shows that the task was given another database than asked. */
  | { readonly kind: 'failed'; readonly cause: 'wrong-database'; readonly evidence: string; readonly exitCode?: number }
  | { readonly kind: 'failed'; readonly cause: 'stopped-from-outside' | 'no-exit-code'; readonly exitCode?: number }
  | { readonly kind: 'not-started'; readonly cause: 'never-ran' }
  | { readonly kind: 'not-started'; readonly cause: 'run-task-failures'; readonly failures: readonly Failure[] }
  | { readonly kind: 'not-started'; readonly cause: 'aws-error'; readonly error: AwsError }
  | {
      readonly kind: 'timed-out'
      readonly minutes: number
      readonly left: boolean
      readonly stopFailed?: boolean
      readonly exitCode?: number
    }
  | {
      readonly kind: 'cancelled'
      readonly signal: string
      readonly left: boolean
      readonly stopFailed?: boolean
      /** RunTask had not answered: nobody knows yet whether there is a task. */
      readonly inDoubt?: boolean
      readonly exitCode?: number
    }
  | { readonly kind: 'refused'; readonly cause: 'busy'; readonly running: Task }
  | { readonly kind: 'refused'; readonly cause: 'problems'; readonly problems: readonly Problem[] }
  | { readonly kind: 'unknown'; readonly cause: 'aws-error'; readonly error: AwsError }
  | { readonly kind: 'unknown'; readonly cause: 'missing' }
  | { readonly kind: 'skipped'; readonly because: SkipCause }
  | { readonly kind: 'dry-run' }

export type OutcomeKind = Outcome['kind']

/** Why a database was not attempted. */
export type SkipCause =
  | { readonly kind: 'failure'; readonly database: string; readonly ended: OutcomeKind }
  | { readonly kind: 'cancelled' }
  /** As many tasks as may run at once were left running, or are no longer observed. */
  | { readonly kind: 'no-place' }
  | { readonly kind: 'mixed-images'; readonly difference: string }
  | { readonly kind: 'our-mistake'; readonly database: string }

/** Points in time of one migration, as ECS and the runner saw them. */
export interface Milestones {
  /** RunTask was called. */
  readonly requested?: Date
  /** The container's exit was seen by us. */
  readonly exitSeen?: Date
  /** The log was read until here. */
  readonly logRead?: Date
}

/** All that is known of one database's migration when it is over. */
export interface MigrationRecord {
  readonly database: string
  readonly outcome: Outcome
  /** Name of the container whose exit code counts. */
  readonly container: string
  /** Image as it runs: by digest where that is known. */
  readonly image: string
  readonly taskDefinitionArn?: string
  /** As last described. */
  readonly task?: Task
  readonly log?: LogStream
  /** Why there is no log, or why it may not be whole. */
  readonly logNote?: string
  /** The file on the runner with the full log. */
  readonly logFile?: string
  readonly lineCount: number
  /** The last lines of the container's log, oldest first, at most 30. */
  readonly lastLines: readonly string[]
  readonly milestones: Milestones
  /** What was done besides: stops sent, starts tried again. */
  readonly notes: readonly string[]
}

/** What an earlier observation showed and a later one may hide. */
export interface History {
  /** Another essential container was seen ended while ours still ran: it ended the task. */
  readonly endedFirst?: { readonly container: string; readonly exitCode?: number }
  /** Our container was seen ended, by nobody's stop, before we asked ECS to stop the task. */
  readonly endedBeforeStop: boolean
}

export const NO_HISTORY: History = { endedBeforeStop: false }

/** A stop of ours; the first cause wins. `left`: the task may run on; with `stopFailed` against our will. */
export type OurStop =
  | { readonly kind: 'timed-out'; readonly minutes: number; readonly left: boolean; readonly stopFailed?: boolean }
  | { readonly kind: 'cancelled'; readonly signal: string; readonly left: boolean; readonly stopFailed?: boolean }

/** Who is being judged. */
export interface JudgedContainer {
  readonly container: string
  readonly essential: ReadonlySet<string>
}

/** @returns the history with what this observation adds */
export function remember(history: History, task: Task, who: JudgedContainer, stopAsked: boolean): History {
  const ours = containerOf(task, who.container)
  if (hasEnded(ours)) return stopAsked || stoppedByOthers(task) ? history : { ...history, endedBeforeStop: true }
  if (history.endedFirst !== undefined || stopAsked) return history
  const [other] = othersEnded(task, who)
  return other === undefined ? history : { ...history, endedFirst: other }
}

/** Essential containers but ours that have ended. */
function othersEnded(task: Task, who: JudgedContainer): readonly NonNullable<History['endedFirst']>[] {
  const others = (task.containers ?? []).filter(({ name = '' }) => name !== who.container && who.essential.has(name))
  return others.filter(hasEnded).map(({ name = '', exitCode }) => ({
    container: name,
    ...(exitCode !== undefined && { exitCode }),
  }))
}

/**
 * The verdict, as soon as ECS shows the container's exit with a stop code: the task may deprovision for
 * another 10 to 40 s (platform fact G). No exit code is ever made up.
 * @returns undefined while the migration is not over
 */
export function judge(
  task: Task,
  who: JudgedContainer,
  history: History,
  ourStop: OurStop | undefined,
): Outcome | undefined {
  const ours = containerOf(task, who.container)
  const over = isOver(task)
  if (ours?.exitCode === undefined) return over ? withoutExitCode(task, history, ourStop) : undefined
  if (task.stopCode === undefined && !over) return undefined
  const { exitCode } = ours
  if (!endedByItself(task, history, ourStop)) {
    return ourStop === undefined
      ? { kind: 'failed', cause: 'stopped-from-outside', exitCode }
      : { ...ourStop, exitCode }
  }
  const first = history.endedFirst ?? whoEndedIt(task, who, exitCode)
  if (first !== undefined) return endedByOther(first, exitCode)
  return exitCode === 0 ? { kind: 'succeeded', exitCode } : { kind: 'failed', cause: 'exit-code', exitCode }
}

/** STOPPED, or DELETED: a transition state `describe-tasks` can show after a stop (platform fact A4). */
export function isOver(task: Task): boolean {
  return task.lastStatus === 'STOPPED' || task.lastStatus === 'DELETED'
}

export function containerOf(task: Task, name: string): Container | undefined {
  return task.containers?.find((container) => container.name === name)
}

/** A user, Spot or the host: an exit that shows with such a stop code was not of the container's own accord. */
function stoppedByOthers({ stopCode }: Task): boolean {
  return stopCode !== undefined && stopCode !== 'EssentialContainerExited'
}

function hasEnded(container: Container | undefined): boolean {
  return container?.exitCode !== undefined || container?.lastStatus === 'STOPPED'
}

/**
 * ECS can be blind to an exit for about 10 s, so a task that had ended can still be asked to stop and then carries
 * the stop code of that: the times tell (platform fact G).
 */
function endedByItself(task: Task, history: History, ourStop: OurStop | undefined): boolean {
  if (task.stopCode === 'EssentialContainerExited') return true
  if (ourStop !== undefined && history.endedBeforeStop) return true
  const { executionStoppedAt, stoppingAt } = task
  return executionStoppedAt !== undefined && stoppingAt !== undefined && executionStoppedAt < stoppingAt
}

function withoutExitCode(task: Task, history: History, ourStop: OurStop | undefined): Outcome {
  if (task.stopCode === 'TaskFailedToStart') return { kind: 'not-started', cause: 'never-ran' }
  if (ourStop !== undefined) return ourStop
  if (task.startedAt === undefined) return { kind: 'not-started', cause: 'never-ran' }
  if (history.endedFirst !== undefined) return endedByOther(history.endedFirst, undefined)
  return {
    kind: 'failed',
    cause: task.stopCode === 'EssentialContainerExited' ? 'no-exit-code' : 'stopped-from-outside',
  }
}

/** 128 + SIGTERM. */
const TERMINATED = 143

/**
 * Both ended between two looks. Where nobody stopped the task and ours obeyed SIGTERM, ECS had sent it, because the
 * other one had ended.
 */
function whoEndedIt(task: Task, who: JudgedContainer, exitCode: number): History['endedFirst'] {
  if (exitCode !== TERMINATED || task.stopCode !== 'EssentialContainerExited') return undefined
  const others = othersEnded(task, who)
  return others.length === 1 ? others[0] : undefined
}

function endedByOther(first: NonNullable<History['endedFirst']>, exitCode: number | undefined): Outcome {
  return {
    kind: 'failed',
    cause: 'other-container',
    container: first.container,
    ...(first.exitCode !== undefined && { containerExitCode: first.exitCode }),
    ...(exitCode !== undefined && { exitCode }),
  }
}

/** A task that may run on after the step: it keeps its place, and nobody stops it. */
export function mayStillRun(outcome: Outcome): boolean {
  return outcome.kind === 'unknown' || ((outcome.kind === 'timed-out' || outcome.kind === 'cancelled') && outcome.left)
}

export function isFailure(outcome: Outcome): boolean {
  return outcome.kind !== 'succeeded' && outcome.kind !== 'dry-run'
}
