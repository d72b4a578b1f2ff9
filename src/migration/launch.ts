/**
 * One task started exactly once. The argument why it holds stands in docs/one-at-a-time.md:
 * the client token is made of the database's newest known task, so two launchers that saw the same history collide in
 * ECS, and the loser learns the winner's task. A stale listing only lengthens the way along that chain.
 */
import type { RunTaskCommandInput, Task } from '@aws-sdk/client-ecs'
import { spoken } from '../duration.ts'
import { AwsError, type Clock, type DescribedTasks, type Hash, type Launch, Refusal } from '../model.ts'
import { marksOf, TAG } from '../naming.ts'
import { FORGETTING, isNewer, type Link, memoryOf, stoppedFor, tokenOf } from './chain.ts'
import { capital, type Followed, startOf } from './followed.ts'
import type { Following } from './following.ts'
import { describeNamed, waitSaying } from './other-migration.ts'
import { isOver, type Outcome, refusedFor } from './outcome.ts'
import type { IfRunning, Logger, RateLimiter, RunState, StopSignals, Tasks, TransientStart } from './ports.ts'
import type { Registration } from './revisions.ts'
import { MOST_STARTS, pauseBeforeStart } from './start-again.ts'
import type { TaskHistory } from './task-history.ts'

export interface LaunchOrder {
  readonly launch: Launch
  /** Registers what the task runs, if nobody did yet; asked when nothing stands in the way of the launch. */
  readonly revision: () => Promise<Registration>
  readonly ifRunning: IfRunning
  /** Milliseconds to wait for another migration of the database, with `wait`. */
  readonly longestWaitMs: number
  /** Tells this run's token from others' with `allow`. */
  readonly nonce: string
  /** This run's own start that failed: the next one follows it, also where no listing shows it yet. */
  readonly failedStart?: Task
  /** How many starts were tried before. */
  readonly startsBefore: number
}

export interface LaunchPorts {
  readonly tasks: Tasks
  readonly known: TaskHistory
  readonly following: Pick<Following, 'meet' | 'endOf'>
  /** Turns for RunTask: Fargate's rate is planned for, not run into. */
  readonly starts: RateLimiter
  readonly clock: Clock
  /** The time by ECS's own clock, never ahead of it. */
  readonly ecsTime: () => Date
  readonly hash: Hash
  readonly runState: RunState
  readonly logger: Logger
  readonly transient: TransientStart
  /** Tasks of this step that run now, by ARN: what they take of the account's quota they give back. */
  readonly running: ReadonlySet<string>
  /** Resolves when the task is over, or when the time or the signal ends the waiting. */
  readonly untilOver: (taskArn: string, longestMs: number, signal: AbortSignal) => Promise<void>
}

export type Launched =
  | {
      readonly kind: 'launched'
      readonly task: Task & { readonly taskArn: string }
      /** RunTask was called. */
      readonly requested: Date
      /** RunTask was called so many times in this run, refusals that were tried again included. */
      readonly starts: number
    }
  /** The same migration runs already: nothing was started. */
  | { readonly kind: 'followed'; readonly followed: Followed }
  | { readonly kind: 'ended'; readonly outcome: Outcome }
  /** Cancelled before RunTask was called. */
  | { readonly kind: 'cancelled' }
  /** Cancelled while RunTask was on its way: the post step looks for the task. */
  | { readonly kind: 'in-doubt' }

/** Between two questions whether a task of this step has given back what the quota allows. */
const QUOTA_PAUSE_MS = 10_000
/** A conflict that names no task: the other RunTask is still on its way, or it was refused and remembered. */
const CONFLICT_PAUSE_MS = 3_000
const CONFLICT_TRIES = 20

/** Look at what ECS shows: does anything run, and which place in the chain is free? */
interface Look {
  readonly kind: 'look'
}

/** ECS named this task: as running, or as the holder of the token that was tried. */
interface Meet {
  readonly kind: 'meet'
  readonly taskArn: string
  readonly holder: boolean
}

/** Call RunTask at this place of the chain, where so many conflicts have named no task. */
interface Start {
  readonly kind: 'start'
  readonly link: Link
  readonly nameless: number
  /** When ECS was last asked for other tasks, on the monotonic clock. */
  readonly seenAt: number
}

/** What a launch does next. */
type Next = Look | Meet | Start

/** How far a launch has come. Each step makes another one. */
interface Position {
  readonly next: Next
  /** RunTask was called so many times and refused. */
  readonly starts: number
  /** Refusals for the account's quota, which count as no start. */
  readonly quotaRefusals: number
  /** The task that this launch already said it waits for. */
  readonly waitsFor?: string
  /** The task whose near end this launch has waited for, where it would have followed it. */
  readonly awaited?: string
  /** The task before this one's place of whose end was reported. */
  readonly reported?: string
  /** Tasks that ECS listed, and had forgotten by the time they were looked at again. */
  readonly forgotten: readonly string[]
}

const LOOK: Look = { kind: 'look' }
/** A place is looked at anew after that long: turns, refusals and quotas can hold a launch up for longer. */
const LONGEST_UNSEEN_MS = 5 * 60_000

/** What does not change while a launch goes on. */
interface Scene extends LaunchPorts {
  readonly order: LaunchOrder
  readonly database: string
  readonly cancelled: AbortSignal
  readonly abandoned: AbortSignal
  /** On the monotonic clock. */
  readonly waitUntil: number
}

/**
 * @returns the task, whether this call started it or an earlier attempt whose answer was lost
 */
export async function launchOnce(order: LaunchOrder, ports: LaunchPorts, signals: StopSignals): Promise<Launched> {
  const waitUntil = ports.clock.elapsed() + order.longestWaitMs
  const scene = { ...ports, ...signals, order, database: order.launch.database, waitUntil }
  try {
    let position: Position = { next: LOOK, starts: order.startsBefore, quotaRefusals: 0, forgotten: [] }
    while (!signals.cancelled.aborted) {
      const step = await advance(scene, position)
      if ('kind' in step) return step
      position = step
    }
    return { kind: 'cancelled' }
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'ended', outcome: refusedFor(error.problems) }
    if (!(error instanceof AwsError)) throw error
    if (error.facts.kind === 'aborted') return { kind: 'cancelled' }
    if (error.facts.kind === 'access-denied')
      return { kind: 'ended', outcome: cannotSeeOthers(order.launch.database, error) }
    return { kind: 'ended', outcome: { kind: 'not-started', cause: 'aws-error', error } }
  }
}

/** Without the list of tasks nobody can tell whether another migration runs. */
function cannotSeeOthers(database: string, error: AwsError): Outcome {
  const problem = {
    code: 'cannot-see-other-migrations',
    reason: `Whether another migration of ${database} runs cannot be seen, because a call is denied: ${error.inFull}`,
    remedy: `Allow ${error.facts.action} to the role of this job, or set if-running to allow, which lets two migrations of one database run at once.`,
  }
  return refusedFor([problem])
}

function advance(scene: Scene, position: Position): Promise<Launched | Position> {
  switch (position.next.kind) {
    case 'look':
      return look(scene, position)
    case 'meet':
      return meet(scene, position, position.next)
    case 'start':
      return start(scene, position, position.next)
  }
}

function linkAfter(after: Task | undefined): Link {
  return { ...(after && { after }), followed: false, refused: 0 }
}

/** What ECS shows: a task that runs, or the place after the last one that is not forgotten. */
async function look(scene: Scene, position: Position): Promise<Position> {
  const { order, database, known, hash, ecsTime, cancelled } = scene
  const { failedStart } = order
  if (order.ifRunning === 'allow') return startAt(scene, position, linkAfter(failedStart))
  const marks = marksOf(database, hash)
  const { tasks, ageMs } = await known.of([marks.chained, marks.allowed], cancelled)
  const running = tasks.find((task) => !isOver(task))
  if (running?.taskArn !== undefined)
    return { ...position, next: { kind: 'meet', taskArn: running.taskArn, holder: false } }
  const chained = tasks.filter(({ startedBy }) => startedBy === marks.chained)
  const remembered = chained.filter(({ taskArn = '' }) => !position.forgotten.includes(taskArn))
  const last = isNewer(failedStart, remembered[0]) ? failedStart : remembered[0]
  // As old as it was when ECS was asked: what was listed before the others had forgotten it does not show their tasks.
  const agoMs = stoppedFor(last, new Date(ecsTime().getTime() - ageMs))
  const memory = memoryOf(agoMs)
  if (memory === 'being-forgotten') return waitOut(scene, position, last)
  return startAt(scene, position, linkAfter(memory === 'known' ? last : undefined))
}

function startAt({ clock }: Scene, position: Position, link: Link): Position {
  return { ...position, next: { kind: 'start', link, nameless: 0, seenAt: clock.elapsed() } }
}

/** Some may still count the task, and others no longer: nobody launches until all have forgotten it. */
async function waitOut(scene: Scene, position: Position, task: Task | undefined): Promise<Position> {
  const { database, known, ecsTime, cancelled } = scene
  const agoMs = stoppedFor(task, ecsTime()) ?? 0
  const why = `The last migration of ${database} ended about an hour ago (${task?.taskArn}), and ECS is about to forget it: two runs that start now could miss each other.`
  await waitSaying(why, Math.max(0, FORGETTING.overMs - agoMs), database, scene, cancelled)
  known.forget()
  return { ...position, next: LOOK }
}

/** Another task of the database. Only ECS's word that it is over counts: a watch that lost sight of it proves nothing. */
async function meet(scene: Scene, position: Position, { taskArn, holder }: Meet): Promise<Launched | Position> {
  const { database, known, ecsTime, cancelled } = scene
  const task = await describeNamed(taskArn, database, scene, cancelled)
  if (cancelled.aborted) return { kind: 'cancelled' }
  if (task !== undefined && !isOver(task)) return standBack(scene, position, task)
  known.forget()
  if (!holder) return { ...position, next: LOOK }
  if (task !== undefined && memoryOf(stoppedFor(task, ecsTime())) === 'being-forgotten')
    return waitOut(scene, position, task)
  return startAt(scene, position, { after: task ?? { taskArn }, followed: true, refused: 0 })
}

/** Another migration runs: followed, refused, or waited for. */
async function standBack(scene: Scene, position: Position, running: Task): Promise<Launched | Position> {
  const { order, database, clock, logger, untilOver, waitUntil, cancelled } = scene
  const { taskArn = '' } = running
  const meeting = await scene.following.meet(running, order.launch, cancelled)
  if (meeting.kind === 'same') return { kind: 'followed', followed: meeting.followed }
  if (meeting.kind === 'ending' && position.awaited !== taskArn) {
    const ends = running.desiredStatus === 'STOPPED' ? 'is being stopped' : 'has just ended'
    logger.say(
      database,
      `${capital(startOf({ task: running, ...meeting }))} ${ends}. Waiting until ECS shows it as stopped, at most ${spoken(meeting.longestMs / 1_000)}.`,
    )
    await untilOver(taskArn, meeting.longestMs, cancelled)
    return { ...position, awaited: taskArn }
  }
  const left = waitUntil - clock.elapsed()
  const differences = meeting.kind === 'other' ? meeting.differences : []
  if (order.ifRunning !== 'wait' || left <= 0)
    return {
      kind: 'ended',
      outcome: { kind: 'refused', cause: 'busy', running, ...(differences.length > 0 && { differences }) },
    }
  if (position.waitsFor !== taskArn) {
    const other = differences.length === 0 ? '' : ` It is not the same: ${differences.join(', ')}.`
    logger.say(
      database,
      `Another migration of ${database} ${running.desiredStatus === 'STOPPED' ? 'is being stopped' : 'is running'} (${taskArn}).${other} Waiting for it to end, at most ${Math.ceil(left / 60_000)} min.`,
    )
  }
  await untilOver(taskArn, left, cancelled)
  return { ...position, waitsFor: taskArn }
}

async function start(scene: Scene, before: Position, next: Start): Promise<Launched | Position> {
  const { link } = next
  const { database, tasks, runState, starts, clock, cancelled } = scene
  const position = await reportEnd(scene, before, link)
  const registration = await scene.order.revision()
  if (registration.kind === 'ended') return registration
  await starts.turn(cancelled)
  const stale = await becameStale(scene, position, next)
  if (cancelled.aborted) return { kind: 'cancelled' }
  if (stale !== undefined) return stale
  // guard: save-before-launch
  runState.launching(database)
  const requested = clock.now()
  const limit = timeLimit(scene, link)
  try {
    const answer = await tasks.run(
      requestOf(scene, position, link, registration.revision.arn),
      AbortSignal.any([scene.abandoned, limit.signal]),
    )
    return accepted(scene, position, answer, requested)
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    const late = limit.signal.aborted && !scene.abandoned.aborted && error.facts.kind === 'aborted'
    return failed(scene, position, next, late ? unansweredNearTheHour(error) : error)
  } finally {
    limit.end()
  }
}

/** What became of the task before, where this step would have followed it: said once. */
async function reportEnd(scene: Scene, position: Position, { after }: Link): Promise<Position> {
  const { database, logger, following, cancelled } = scene
  const { awaited, reported } = position
  if (after?.taskArn === undefined || after.taskArn === reported) return position
  for (const line of await following.endOf(after, after.taskArn === awaited, cancelled)) logger.say(database, line)
  return { ...position, reported: after.taskArn }
}

/** It may have been a while since the place was found: by turns, pauses, and tasks that were asked for again. */
async function becameStale(scene: Scene, position: Position, { link, seenAt }: Start): Promise<Position | undefined> {
  const { order, clock, known, ecsTime, cancelled } = scene
  const { after, followed } = link
  if (order.ifRunning === 'allow') return undefined
  const agoMs = stoppedFor(after, ecsTime())
  const memory = memoryOf(agoMs)
  if (memory === 'being-forgotten') return waitOut(scene, position, after)
  if (memory === 'forgotten' && !followed) return { ...position, next: LOOK }
  const isLongWay = followed && (memory === 'forgotten' || agoMs === undefined)
  if (isLongWay || clock.elapsed() - seenAt > LONGEST_UNSEEN_MS) return somethingNew(scene, position, link)
  if (after?.taskArn === undefined || followed || (agoMs ?? 0) < FORGETTING.nearMs) return undefined
  const shown = await known.describe(after.taskArn, cancelled)
  return shown === undefined ? forgottenEarly(scene, position, after.taskArn) : undefined
}

/** Along tokens that ECS has kept for more than their hour others need not have come. */
async function somethingNew(scene: Scene, position: Position, link: Link): Promise<Position | undefined> {
  scene.known.forget()
  const seen = await look(scene, position)
  return isElsewhere(seen.next, link) ? seen : undefined
}

/** Others who saw the task a moment ago may have launched after it. */
async function forgottenEarly(scene: Scene, position: Position, taskArn: string): Promise<Position> {
  const { database, known, cancelled } = scene
  const why = `ECS has just forgotten the last migration of ${database} (${taskArn}): two runs that start now could miss each other.`
  await waitSaying(why, FORGETTING.overMs - FORGETTING.lastRequestMs, database, scene, cancelled)
  known.forget()
  return { ...position, next: LOOK, forgotten: [...position.forgotten, taskArn] }
}

interface TimeLimit {
  readonly signal: AbortSignal
  readonly end: () => void
}

/** RunTask is repeated for minutes, but not beyond the moment from which others may no longer count the predecessor. */
function timeLimit(scene: Scene, link: Link): TimeLimit {
  const over = new AbortController()
  const ended = new AbortController()
  const limitMs = repeatsFor(scene, link)
  if (limitMs !== undefined)
    void scene.clock.sleep(limitMs, ended.signal).then(() => {
      if (!ended.signal.aborted) over.abort()
    })
  return { signal: over.signal, end: () => ended.abort() }
}

/** @returns milliseconds for which RunTask may be repeated; undefined: as long as any call */
function repeatsFor({ order, ecsTime }: Scene, { after, followed }: Link): number | undefined {
  const agoMs = stoppedFor(after, ecsTime())
  if (order.ifRunning === 'allow' || agoMs === undefined) return undefined
  if (memoryOf(agoMs) === 'known') return FORGETTING.lastRepeatMs - agoMs
  // A token that ECS keeps for longer than its hour may end at any moment: others then come by the token of none.
  return followed ? FORGETTING.lastRepeatMs - FORGETTING.lastRequestMs : undefined
}

function unansweredNearTheHour({ facts }: AwsError): AwsError {
  const message =
    'no answer in time. An hour after the last migration ECS forgets it, so RunTask was repeated for seconds only'
  return new AwsError(message, { ...facts, kind: 'unreachable', code: 'TimeoutError' })
}

function requestOf({ order, hash }: Scene, position: Position, link: Link, revisionArn: string): RunTaskCommandInput {
  const { launch, ifRunning, nonce } = order
  // A start that was refused is asked for anew with other parameters: if ECS remembers the refusal under this token,
  // it answers with a conflict instead of repeating the refusal, and the chain goes on.
  const before = position.starts + position.quotaRefusals
  const again = before === 0 ? [] : [{ key: TAG.attempt, value: String(before + 1) }]
  const place = {
    cluster: launch.request.cluster ?? 'default',
    database: launch.database,
    ...(ifRunning === 'allow' && { nonce }),
  }
  return {
    ...launch.request,
    tags: [...again, ...(launch.request.tags ?? [])].slice(0, 50),
    taskDefinition: revisionArn,
    clientToken: tokenOf(link, place, hash),
  }
}

async function accepted(
  scene: Scene,
  position: Position,
  answer: DescribedTasks,
  requested: Date,
): Promise<Launched | Position> {
  const { database, runState, transient } = scene
  const [task] = answer.tasks
  if (task?.taskArn !== undefined) {
    runState.launched(database, task.taskArn)
    return { kind: 'launched', task: { ...task, taskArn: task.taskArn }, requested, starts: position.starts + 1 }
  }
  runState.settled(database)
  const { failures } = answer
  const outcome: Outcome = { kind: 'not-started', cause: 'run-task-failures', failures }
  const reasons = failures.map(({ reason }) => reason).join(', ')
  if (transient.isQuota(failures) && scene.running.size > 0) return afterOthers(scene, position, reasons)
  return again(scene, position, transient.ofFailures(failures), reasons, outcome)
}

/** RunTask refused and started nothing: tried again where the cause may pass. */
async function again(
  { database, clock, logger, cancelled }: Scene,
  position: Position,
  mayPass: boolean,
  reason: string,
  outcome: Outcome,
): Promise<Launched | Position> {
  const starts = position.starts + 1
  if (!mayPass || starts >= MOST_STARTS) return { kind: 'ended', outcome }
  logger.warn(database, `ECS did not start the task (${reason}). Trying again, ${starts} of ${MOST_STARTS - 1}.`)
  await pauseBeforeStart(starts, clock, cancelled)
  return { ...position, starts }
}

/** The account's quota is taken up, by tasks of this step too: when one has ended there is room. */
async function afterOthers(
  { database, clock, logger, cancelled }: Scene,
  position: Position,
  reason: string,
): Promise<Position> {
  if (position.quotaRefusals === 0)
    logger.say(database, `ECS did not start the task (${reason}). Trying again while other tasks of this step run.`)
  await clock.sleep(QUOTA_PAUSE_MS, cancelled)
  return { ...position, quotaRefusals: position.quotaRefusals + 1 }
}

async function failed(scene: Scene, position: Position, next: Start, error: AwsError): Promise<Launched | Position> {
  const { database, runState, transient } = scene
  const { kind } = error.facts
  if (kind === 'aborted') return { kind: 'in-doubt' }
  // The launch stays open: the post step looks for the task.
  if (mayHaveStarted(error)) return { kind: 'ended', outcome: { kind: 'unknown', cause: 'aws-error', error } }
  runState.settled(database)
  if (kind === 'conflict') return afterConflict(scene, position, next, error)
  const outcome: Outcome = { kind: 'not-started', cause: 'aws-error', error }
  // What is throttled or out of reach was repeated for minutes already.
  return again(scene, position, kind === 'rejected' && transient.ofError(error), error.inFull, outcome)
}

/** Somebody else, or an earlier attempt, holds the token: their task is met next. */
async function afterConflict(scene: Scene, position: Position, next: Start, error: AwsError): Promise<Position> {
  const { database, clock, known, logger, cancelled } = scene
  const { link } = next
  const [taskArn] = error.facts.resourceIds ?? []
  if (taskArn !== undefined) return { ...position, next: { kind: 'meet', taskArn, holder: true } }
  const nameless = next.nameless + 1
  if (nameless === 1)
    logger.say(
      database,
      `Another RunTask for ${database} is on its way, or was refused a short time ago. Asking again for up to ${spoken((CONFLICT_TRIES * CONFLICT_PAUSE_MS) / 1_000)}.`,
    )
  if (nameless < CONFLICT_TRIES) {
    await clock.sleep(CONFLICT_PAUSE_MS, cancelled)
    return { ...position, next: { ...next, nameless } }
  }
  // Had the other RunTask started a task, a listing would show it by now.
  known.forget()
  const seen = await look(scene, position)
  return isElsewhere(seen.next, link) ? seen : startAt(scene, position, { ...link, refused: link.refused + 1 })
}

/** Whether what ECS shows leads away from this place: something runs, or was started after it. */
function isElsewhere(next: Next, { after }: Link): boolean {
  return next.kind !== 'start' || isNewer(next.link.after, after)
}

/**
 * No answer to RunTask, now or to an earlier attempt. Not where ECS refused at once, nor where nothing was sent; a
 * conflict names the task that an earlier attempt may have started.
 */
function mayHaveStarted(error: AwsError): boolean {
  return error.facts.kind !== 'conflict' && error.mayBeDone
}
