import type { RunTaskCommandInput } from '@aws-sdk/client-ecs'
import { spoken } from '../duration.ts'
import { AwsError, type DescribedTasks } from '../model.ts'
import { TAG } from '../naming.ts'
import { FORGETTING, type Link, memoryOf, stoppedFor, tokenOf } from './chain.ts'
import { becameStale, isElsewhere, look, startAt } from './chain-place.ts'
import type { Launched, Position, Scene, Start } from './launch-position.ts'
import type { Outcome } from './outcome.ts'
import { MOST_STARTS, pauseBeforeStart } from './start-again.ts'

/** Between two questions whether a task of this step has given back what the quota allows. */
const QUOTA_PAUSE_MS = 10_000
/** A conflict that names no task: the other RunTask is still on its way, or it was refused and remembered. */
const CONFLICT_PAUSE_MS = 3_000
const CONFLICT_TRIES = 20

/** RunTask at one place of the chain, and what its answer leads to. */
export async function start(scene: Scene, before: Position, next: Start): Promise<Launched | Position> {
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
  const limit = repeatLimit(scene, link)
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

interface RepeatLimit {
  readonly signal: AbortSignal
  readonly end: () => void
}

/** RunTask is repeated for minutes, but not beyond the moment from which others may no longer count the predecessor. */
function repeatLimit(scene: Scene, link: Link): RepeatLimit {
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
  const { database, clock, history, logger, cancelled } = scene
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
  history.forget()
  const seen = await look(scene, position)
  return isElsewhere(seen.next, link) ? seen : startAt(scene, position, { ...link, refused: link.refused + 1 })
}

/**
 * No answer to RunTask, now or to an earlier attempt. Not where ECS refused at once, nor where nothing was sent; a
 * conflict names the task that an earlier attempt may have started.
 */
function mayHaveStarted(error: AwsError): boolean {
  return error.facts.kind !== 'conflict' && error.mayBeDone
}
