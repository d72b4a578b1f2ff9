/** One database: launched, followed to its verdict, launched again where no container ran, recorded. */
import type { Inputs } from '../inputs.ts'
import { wrongAnswer, wrongDatabaseOutcome } from './database-proof.ts'
import { lookAtLog } from './follow-log.ts'
import {
  askedTask,
  type FollowedTask,
  type FollowOrder,
  type FollowPorts,
  followTask,
  type RunningTask,
} from './follow-task.ts'
import type { Followed } from './followed.ts'
import { launchOnce } from './launch.ts'
import type { Launched, LaunchPorts } from './launch-position.ts'
import { waitForTask } from './other-migration.ts'
import { cancelledBy, type MigrationRecord, type Outcome } from './outcome.ts'
import type { StopSignals } from './ports.ts'
import { type Circumstances, recordOf, recordWithoutTask } from './record.ts'
import type { Registration, Revisions } from './revisions.ts'
import { type FailedStart, failedStartNote, MOST_STARTS, mayStartAgain, pauseBeforeStart } from './start-again.ts'
import { countedFromLaunch, TimeLimit } from './time-limit.ts'

export interface MigrationOrder extends FollowOrder, Pick<Inputs, 'ifRunning'> {
  readonly revisions: Pick<Revisions, 'of' | 'started' | 'follow'>
  /** A task of the same migration that runs already: it is followed, and counts as the first start. */
  readonly followed?: Followed
  /** Distinguishes this run's launches where `allow` lets several run at once. */
  readonly nonce: string
}

export interface MigrationPorts extends Omit<LaunchPorts, 'untilOver' | 'running'>, FollowPorts {}

interface Migration {
  readonly order: MigrationOrder
  readonly limit: TimeLimit
  readonly ports: MigrationPorts
  readonly signals: StopSignals
}

/**
 * Migrates one database. Failures are outcomes, not exceptions.
 * @param onVerdict called once, at the container's exit or as soon as the task proves wrong: the log may be read on after that
 */
export async function migrateDatabase(
  order: MigrationOrder,
  ports: MigrationPorts,
  signals: StopSignals,
  onVerdict: (outcome: Outcome) => void,
): Promise<MigrationRecord> {
  const { launch, plan, revisions } = order
  const { clock, logger, history } = ports
  const limit = new TimeLimit(clock, order.taskTimeoutMinutes * 60_000)
  const migration = { order, limit, ports, signals }
  const failed: FailedStart[] = []
  const verdict = once(onVerdict)
  let taskDefinitionArn: string | undefined
  const revision = async (): Promise<Registration> => {
    const registration = await revisions.of(launch)
    if (registration.kind === 'registered') taskDefinitionArn = registration.revision.arn
    return registration
  }
  const circumstances = (requested: Date | undefined, followed?: Followed): Circumstances => ({
    container: plan.container.name ?? '',
    image: plan.image,
    notes: failed.map(failedStartNote),
    taskDefinitionArn: followed?.revisionArn ?? taskDefinitionArn,
    requested,
    followed,
    logFile: logger.logFile(launch.database),
  })
  for (;;) {
    const last = failed.at(-1)
    const launched = await launchAfter(last, revision, migration)
    if (launched.kind !== 'launched' && launched.kind !== 'followed') {
      const outcome = outcomeWithoutTask(launched, signals.cancelled)
      verdict(outcome)
      return recordWithoutTask(launch.database, outcome, circumstances(last?.requested))
    }
    const { task, starts, requested, found } = runningOf(launched, last)
    const followed = await (found === undefined
      ? followLaunched(task, migration, verdict)
      : followFound(found, migration))
    if (!(await isToStartAgain(followed, starts, migration))) {
      verdict(followed.outcome)
      return recordOf(launch.database, followed, await followed.log, circumstances(requested, found))
    }
    const start = { starts, requested, task: followed.task }
    failed.push(start)
    logger.warn(launch.database, failedStartNote(start))
    history.forget()
    await pauseBeforeStart(starts, clock, signals.cancelled)
  }
}

function once(call: (outcome: Outcome) => void): (outcome: Outcome) => void {
  let called = false
  return (outcome) => {
    if (!called) call(outcome)
    called = true
  }
}

interface Running {
  readonly task: RunningTask
  readonly starts: number
  readonly requested: Date | undefined
  /** Set where another step started it. */
  readonly found: Followed | undefined
}

/** A task that is followed counts as a start of this step. */
function runningOf(
  launched: Extract<Launched, { kind: 'launched' | 'followed' }>,
  last: FailedStart | undefined,
): Running {
  if (launched.kind === 'launched') return { ...launched, found: undefined }
  const { followed } = launched
  return { task: followed.task, starts: (last?.starts ?? 0) + 1, requested: undefined, found: followed }
}

/** Its time limit counts from now. What may be done to it is saved before it is watched. */
function followFound(followed: Followed, { order, limit, ports, signals }: Migration): Promise<FollowedTask> {
  const { launch, revisions } = order
  ports.runState.following(launch.database, followed)
  if (followed.isEarlier) revisions.follow(launch.database, followed.revisionArn)
  limit.asked()
  limit.begin()
  const onStarted = (): Promise<void> => revisions.started(launch)
  return followTask({ task: followed.task, followed, order, limit, onStarted }, ports, signals)
}

function launchAfter(
  failed: FailedStart | undefined,
  revision: () => Promise<Registration>,
  { order: { launch, followed, ifRunning, nonce }, limit, ports, signals }: Migration,
): Promise<Launched> {
  if (followed !== undefined && failed === undefined) return Promise.resolve({ kind: 'followed', followed })
  const order = {
    launch,
    revision,
    ifRunning,
    nonce,
    longestWaitMs: limit.leftToWaitMs,
    startsBefore: failed?.starts ?? 0,
    ...(failed && { failedStart: failed.task }),
  }
  const untilOver = (taskArn: string, ms: number, signal: AbortSignal): Promise<void> =>
    limit.excluding(() => waitForTask(taskArn, ms, launch.database, ports, signal))
  return launchOnce(order, { ...ports, ...countedFromLaunch(limit, ports), untilOver }, signals)
}

function outcomeWithoutTask(
  launched: Exclude<Launched, { kind: 'launched' | 'followed' }>,
  cancelled: AbortSignal,
): Outcome {
  if (launched.kind === 'ended') return launched.outcome
  return { ...cancelledBy(cancelled), inDoubt: launched.kind === 'in-doubt' }
}

/** What RunTask answers must be the task that was asked for; one for another database is stopped. */
function followLaunched(
  task: RunningTask,
  { order, limit, ports, signals }: Migration,
  onVerdict: (outcome: Outcome) => void,
): Promise<FollowedTask> {
  const { launch, plan, revisions } = order
  const wrong = wrongAnswer(askedTask(order), task)
  // Nothing more is to be launched meanwhile.
  if (wrong !== undefined) onVerdict(wrongDatabaseOutcome(wrong, task, plan.container.name ?? ''))
  return followTask({ task, wrong, order, limit, onStarted: () => revisions.started(launch) }, ports, signals)
}

async function isToStartAgain(
  followed: FollowedTask,
  starts: number,
  { order: { launch, streamLogs }, limit, ports, signals }: Migration,
): Promise<boolean> {
  if (starts >= MOST_STARTS || signals.cancelled.aborted || !limit.allowsStart) return false
  return mayStartAgain(followed, ports.transient.ofTask, () =>
    streamLogs ? followed.log : lookAtLog(launch.database, followed.stream, ports, signals.abandoned),
  )
}
