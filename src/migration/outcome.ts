import type { Container, Failure, Task } from '@aws-sdk/client-ecs'
import { type AwsError, LONGEST_STOP_TIMEOUT, type LogStream, type Problem } from '../model.ts'
import type { Followed } from './followed.ts'
import { type FailedWait, failedWait, isAwaited, type Wait } from './waits.ts'

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
  /** `start-failed`: some container could not start, and ECS gave up the whole task while ours ran. */
  | {
      readonly kind: 'failed'
      readonly cause: 'stopped-from-outside' | 'start-failed' | 'no-exit-code'
      readonly exitCode?: number
    }
  | { readonly kind: 'not-started'; readonly cause: 'never-ran' }
  /** The container waited for another one, which did not become what it waits for. */
  | { readonly kind: 'not-started'; readonly cause: 'dependency'; readonly failed: FailedWait }
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
  /** `differences`: it was not followed for these. */
  | {
      readonly kind: 'refused'
      readonly cause: 'busy'
      readonly running: Task
      readonly differences?: readonly string[]
    }
  | { readonly kind: 'refused'; readonly cause: 'problems'; readonly problems: readonly Problem[] }
  | { readonly kind: 'unknown'; readonly cause: 'aws-error'; readonly error: AwsError }
  | { readonly kind: 'unknown'; readonly cause: 'missing' }
  | { readonly kind: 'skipped'; readonly because: SkipCause }
  | { readonly kind: 'dry-run' }

export type OutcomeKind = Outcome['kind']

/** Nothing was launched, for these. */
export function refusedFor(problems: readonly Problem[]): Outcome {
  return { kind: 'refused', cause: 'problems', problems }
}

/** Cancelled by this signal before there was a task. */
export function cancelledBy({ reason }: AbortSignal): Extract<Outcome, { readonly kind: 'cancelled' }> {
  return { kind: 'cancelled', signal: String(reason), left: false }
}

/** Why a database was not attempted. */
export type SkipCause =
  | { readonly kind: 'failure'; readonly database: string; readonly ended: OutcomeKind }
  | { readonly kind: 'cancelled' }
  /** As many tasks as may run at once were left running, or are no longer observed. */
  | { readonly kind: 'no-place' }
  | { readonly kind: 'mixed-images'; readonly difference: string }
  | { readonly kind: 'our-mistake'; readonly database: string }

/** Points in time of one migration, as ECS and the runner saw them. */
interface Milestones {
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
  /** The task was not started by this step. */
  readonly followed?: Pick<Followed, 'by' | 'runUrl' | 'isOwn'>
  /** As last described. */
  readonly task?: Task
  readonly log?: LogStream
  /** Why there is no log, or why it may not be whole. */
  readonly logNote?: string
  /** The file on the runner with the full log. */
  readonly logFile?: string
  readonly lineCount: number
  /** The last lines of the container's log, oldest first, at most 80. */
  readonly lastLines: readonly string[]
  /** The log was read to its end, and there was no line. */
  readonly printedNothing?: true
  /** The first line of the log that says that a server runs. */
  readonly servingLine?: string
  readonly milestones: Milestones
  /** Other containers that ended before the migration, except for those whose end it waited for. */
  readonly endedEarlier?: readonly EndedContainer[]
  /** What was done besides: stops sent, starts tried again. */
  readonly notes: readonly string[]
}

interface EndedContainer {
  readonly container: string
  /** Absent where ECS gave none. */
  readonly exitCode?: number
}

/** What an earlier observation showed and a later one may hide. */
export interface History {
  /** Another essential container was seen ended while ours still ran: it ended the task. */
  readonly endedFirst?: EndedContainer
  /** Seen ended while ours had not ended, and nobody had stopped the task; in the order of their ends. */
  readonly endedEarlier: readonly EndedContainer[]
  /** Ours can never start any more. */
  readonly failedWait?: FailedWait
  /** Our container was seen ended, by nobody's stop, before we asked ECS to stop the task. */
  readonly endedBeforeStop: boolean
  /** It was seen running. */
  readonly hasRun?: true
}

export const NO_HISTORY: History = { endedBeforeStop: false, endedEarlier: [] }

/** A stop of ours; the first cause wins. `left`: the task may run on; with `stopFailed` against our will. */
export type OurStop =
  | { readonly kind: 'timed-out'; readonly minutes: number; readonly left: boolean; readonly stopFailed?: boolean }
  | { readonly kind: 'cancelled'; readonly signal: string; readonly left: boolean; readonly stopFailed?: boolean }

/** The container whose exit decides, with what can end it and what it waits for. */
export interface JudgedContainer {
  readonly container: string
  readonly essential: ReadonlySet<string>
  /** What must come true before it starts. */
  readonly waits: readonly Wait[]
}

/** @returns the history with what this observation adds */
export function remember(earlier: History, task: Task, who: JudgedContainer, stopAsked: boolean): History {
  const seen = hasStarted(task) ? { ...earlier, hasRun: true as const } : earlier
  if (stopAsked) return seen
  const history = waited(seen, task, who)
  if (hasEnded(containerOf(task, who.container)))
    return stoppedByOthers(task) ? history : { ...history, endedBeforeStop: true }
  const [other] = othersEnded(task, who)
  return {
    ...history,
    ...(other && history.endedFirst === undefined && { endedFirst: other }),
    endedEarlier: [...history.endedEarlier, ...newlyEnded(history, task, who)],
  }
}

function hasStarted({ startedAt, lastStatus }: Task): boolean {
  return startedAt !== undefined || lastStatus === 'RUNNING'
}

/** Only where no other essential container ended, which would have ended the one that is waited for, too. */
function waited(history: History, task: Task, who: JudgedContainer): History {
  const isStopped = stoppedByOthers(task) && task.stopCode !== 'TaskFailedToStart'
  if (history.failedWait !== undefined || isStopped || othersEnded(task, who).length > 0) return history
  const failed = failedWait(task, who.waits)
  return failed === undefined ? history : { ...history, failedWait: failed }
}

/** A stop of the task ends all containers: then no end is worth a line. */
function newlyEnded({ endedEarlier }: History, task: Task, who: JudgedContainer): readonly EndedContainer[] {
  if (task.stopCode !== undefined) return []
  const known = new Set(endedEarlier.map(({ container }) => container))
  const isNews = (name: string) => !known.has(name) && !isAwaited(name, who.waits) && !isInjected(name)
  return ended(task, (name) => name !== who.container && isNews(name))
}

/**
 * A container that no definition names: GuardDuty's Runtime Monitoring adds its agent to tasks. Its image lies in AWS's
 * registry, so under an execution role that may pull only its own repositories it fails, and the task runs on
 * (docs/platform-facts.md#guardduty).
 */
export function isInjected(name: string | undefined): boolean {
  return name?.startsWith('aws-guardduty-agent') === true
}

/** Essential containers but ours that have ended. */
function othersEnded(task: Task, who: JudgedContainer): readonly EndedContainer[] {
  return ended(task, (name) => name !== who.container && who.essential.has(name))
}

function ended(task: Task, isMeant: (name: string) => boolean): readonly EndedContainer[] {
  return (task.containers ?? [])
    .filter((container) => container.name !== undefined && isMeant(container.name) && hasEnded(container))
    .map(({ name = '', exitCode }) => ({ container: name, ...(exitCode !== undefined && { exitCode }) }))
}

/**
 * The verdict, as soon as ECS shows the container's exit with a stop code: the task may deprovision for
 * another 10 to 40 s (docs/platform-facts.md#late-exit). No exit code is ever made up.
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
  if (history.failedWait !== undefined && ourStop === undefined) return dependencyFailed(task, history.failedWait)
  if (ours?.exitCode === undefined) return over ? withoutExitCode(task, history, ourStop) : undefined
  if (task.stopCode === undefined && !over) return undefined
  const { exitCode } = ours
  if (!endedByItself(task, history, ourStop)) return endedByStop(task, ourStop, exitCode)
  const first = history.endedFirst ?? whoEndedIt(task, who, exitCode)
  if (first !== undefined) return endedByOther(first, exitCode)
  return exitCode === 0 ? { kind: 'succeeded', exitCode } : { kind: 'failed', cause: 'exit-code', exitCode }
}

/** ECS reports an exit code of 143 for a container that could not start because another failed (amazon-ecs-agent #3218). */
function dependencyFailed(task: Task, failed: FailedWait): Outcome | undefined {
  const stops = isOver(task) || task.stopCode !== undefined
  return stops ? { kind: 'not-started', cause: 'dependency', failed } : undefined
}

function endedByStop({ stopCode }: Task, ourStop: OurStop | undefined, exitCode: number): Outcome {
  if (ourStop !== undefined) return { ...ourStop, exitCode }
  const cause = stopCode === 'TaskFailedToStart' ? 'start-failed' : 'stopped-from-outside'
  return { kind: 'failed', cause, exitCode }
}

/** STOPPED, or DELETED: a transition state `describe-tasks` can show after a stop (docs/platform-facts.md#states). */
export function isOver(task: Task): boolean {
  return task.lastStatus === 'STOPPED' || task.lastStatus === 'DELETED'
}

/** ECS shows a stopped container up to so much later: the network interface goes first. */
const LONGEST_DEPROVISIONING_MS = 60_000

/**
 * When ECS shows a task that is being stopped as STOPPED, at the latest.
 * @returns undefined when it is not being stopped, or ECS does not say since when
 */
export function stoppedBy(task: Task): Date | undefined {
  const { desiredStatus, executionStoppedAt, stoppingAt } = task
  if (isOver(task) || desiredStatus !== 'STOPPED') return undefined
  const killed = stoppingAt && stoppingAt.getTime() + LONGEST_STOP_TIMEOUT * 1_000
  const end = executionStoppedAt?.getTime() ?? killed
  return end === undefined ? undefined : new Date(end + LONGEST_DEPROVISIONING_MS)
}

/** Of two containers of that name, one that did not exit with 0. */
export function containerOf(task: Task, name: string): Container | undefined {
  const [first, ...more] = (task.containers ?? []).filter((container) => container.name === name)
  return [first, ...more].find((one) => one?.exitCode !== 0) ?? first
}

/** A user, Spot or the host: an exit that shows with such a stop code was not of the container's own accord. */
function stoppedByOthers({ stopCode }: Task): boolean {
  return stopCode !== undefined && stopCode !== 'EssentialContainerExited'
}

function hasEnded(container: Container | undefined): boolean {
  return container?.exitCode !== undefined || container?.lastStatus === 'STOPPED'
}

/**
 * ECS may not see an exit for about 10 s, so a task that had ended can still be asked to stop and then carries
 * the stop code of that: the times show it (docs/platform-facts.md#late-exit).
 */
function endedByItself(task: Task, history: History, ourStop: OurStop | undefined): boolean {
  if (task.stopCode === 'EssentialContainerExited') return true
  if (ourStop !== undefined && history.endedBeforeStop) return true
  // Not `startedAt`: what ends at once has ended before ECS shows that it runs.
  const { createdAt = 0, executionStoppedAt, stoppingAt } = task
  if (executionStoppedAt === undefined || stoppingAt === undefined) return false
  return createdAt <= executionStoppedAt && executionStoppedAt < stoppingAt
}

function withoutExitCode(task: Task, history: History, ourStop: OurStop | undefined): Outcome {
  if (task.stopCode === 'TaskFailedToStart' && history.hasRun !== true)
    return { kind: 'not-started', cause: 'never-ran' }
  if (ourStop !== undefined) return ourStop
  if (history.hasRun !== true && !hasStarted(task) && !endedByUnknown(task))
    return { kind: 'not-started', cause: 'never-ran' }
  if (history.endedFirst !== undefined) return endedByOther(history.endedFirst, undefined)
  return {
    kind: 'failed',
    cause: task.stopCode === 'EssentialContainerExited' ? 'no-exit-code' : 'stopped-from-outside',
  }
}

/** An essential container has ended, and which one ECS does not show: it may have been ours. */
function endedByUnknown({ stopCode, containers = [] }: Task): boolean {
  return stopCode === 'EssentialContainerExited' && containers.every(({ exitCode }) => exitCode === undefined)
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

function endedByOther(first: EndedContainer, exitCode: number | undefined): Outcome {
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
