/** A task that runs, followed to its end: watched, its log printed, stopped at its limits, judged. */
import type { Task } from '@aws-sdk/client-ecs'
import type { Inputs } from '../inputs.ts'
import type { Launch, LogStream, Plan } from '../model.ts'
import { type AskedTask, confirmation, proved, wrongDatabaseOutcome } from './database-proof.ts'
import { type FollowLogPorts, followLog, type LogRead, NO_LOG } from './follow-log.ts'
import type { Followed } from './followed.ts'
import type { ImageDigests } from './image-digests.ts'
import { type LimitPorts, Limits } from './limits.ts'
import { logStreamOf, noLogNote } from './log-stream.ts'
import { newsLines, StateLines, startedLines, verdictLine } from './narration.ts'
import {
  containerOf,
  type History,
  isOver,
  type JudgedContainer,
  judge,
  mayStillRun,
  NO_HISTORY,
  type Outcome,
  remember,
} from './outcome.ts'
import type { Links, StopSignals } from './ports.ts'
import { type Ending, EndOfLog } from './tail.ts'
import type { TimeLimit } from './time-limit.ts'
import { waitsOf } from './waits.ts'
import type { Observation, Watch } from './watch.ts'

export interface FollowOrder
  extends Pick<Inputs, 'databaseVariable' | 'region' | 'taskTimeoutMinutes' | 'onTimeout' | 'onCancel' | 'streamLogs'> {
  readonly launch: Launch
  readonly plan: Plan
  readonly runUrl: string
}

export interface FollowPorts extends LimitPorts, FollowLogPorts {
  readonly watch: Watch
  readonly links: Links
  readonly digests: ImageDigests
  /** Tasks of this step that run now, by ARN. */
  readonly running: Set<string>
}

export type RunningTask = Task & { readonly taskArn: string }

/** What following a task came to. */
export interface FollowedTask {
  readonly outcome: Outcome
  /** As last described. */
  readonly task: Task
  readonly history: History
  /** When the container's exit was seen. */
  readonly exitSeen?: Date
  readonly stream?: LogStream
  /** Resolves when nothing is left to do for the task: the log may be read on after the verdict. Never rejects. */
  readonly log: Promise<LogRead>
}

/** If no state of the task is seen for so long, its log is read all the same. */
const LONGEST_UNREAD_MS = 60_000

interface FollowRequest {
  /** It runs, or is starting; whoever launched it. */
  readonly task: RunningTask
  /** Set where another step started it. */
  readonly followed?: Followed
  /** ECS started it for another database, and shows it by this: it is stopped, and what it printed is read. */
  readonly wrong?: string | undefined
  readonly order: FollowOrder
  /** Counts already. */
  readonly limit: TimeLimit
  /** Called once, when ECS shows that the container has started. */
  readonly onStarted: () => Promise<void>
}

/** @returns at the verdict: the log may be read on */
export async function followTask(
  request: FollowRequest,
  ports: FollowPorts,
  signals: StopSignals,
): Promise<FollowedTask> {
  const { task: launched, followed, wrong, order, limit, onStarted } = request
  const { clock, logger } = ports
  const { database } = order.launch
  const judged = judgedContainer(order.plan)
  const stream = logStreamOf(order.plan.container, launched.taskArn, order.region)
  // guard: may-stop
  const mayStop = followed?.isOwn !== false
  sayStarted(request, stream, mayStop, ports)

  const containerMayPrint = new AbortController()
  const end = new EndOfLog(clock)
  let logEnded = false
  const reading = readLog(order, stream, end, containerMayPrint.signal, ports, signals).finally(() => {
    logEnded = true
  })
  const states = new StateLines(database, ports)
  let released: Promise<void> | undefined
  const onSeen = (task: Task): void => {
    states.show(task)
    const digest = containerOf(task, judged.container)?.imageDigest
    if (digest !== undefined) ports.digests.saw(database, digest)
    if (hasBegun(task)) containerMayPrint.abort()
    if (task.startedAt !== undefined) released ??= onStarted()
  }
  const watched = await watchTask(launched, {
    order,
    mayStop,
    isWrong: wrong !== undefined,
    judged,
    limit,
    ports,
    onSeen,
    cancelled: signals.cancelled,
  })
  const { task } = watched
  const outcome = wrong === undefined ? watched.outcome : wrongDatabaseOutcome(wrong, task, judged.container)
  const exitSeen = showsExit(task, judged) ? clock.now() : undefined
  // Said at once: the log may be read on for many seconds.
  const line = verdictLine(outcome, task, judged.container, logEnded)
  if (line !== undefined) logger.say(database, line)
  end.containerEnded(endingOf(watched.outcome))
  return {
    ...watched,
    outcome,
    ...(exitSeen && { exitSeen }),
    ...(stream && { stream }),
    log: reading.then(async (log) => {
      await released
      return log
    }),
  }
}

function sayStarted(
  { task, followed, wrong, order, limit }: FollowRequest,
  stream: LogStream | undefined,
  mayStop: boolean,
  { clock, logger, links }: FollowPorts,
): void {
  const { launch, onTimeout } = order
  const proof = wrong === undefined ? confirmation(askedTask(order), task) : undefined
  const until = new Date(clock.now().getTime() + limit.leftMs)
  const started = { taskArn: task.taskArn, followed, stream, proof, until, stops: mayStop && onTimeout === 'stop' }
  for (const line of startedLines(started, links)) logger.say(launch.database, line)
  if (wrong !== undefined)
    logger.warn(launch.database, `ECS started the task for another database: ${wrong}. Stopping it.`)
}

export function askedTask({ launch, plan, databaseVariable }: FollowOrder): AskedTask {
  return { launch, container: plan.container.name ?? '', databaseVariable }
}

function judgedContainer({ container: { name: container = '' }, clone, essential }: Plan): JudgedContainer {
  return { container, essential, waits: waitsOf(clone.containerDefinitions ?? [], container) }
}

async function readLog(
  { launch: { database }, plan, streamLogs }: FollowOrder,
  stream: LogStream | undefined,
  end: EndOfLog,
  containerMayPrint: AbortSignal,
  ports: FollowPorts,
  { abandoned }: StopSignals,
): Promise<LogRead> {
  if (!streamLogs) return { ...NO_LOG, note: 'The log was not read: stream-logs is false.' }
  if (stream === undefined) {
    const note = noLogNote(plan.container)
    ports.logger.notice(database, note)
    return { ...NO_LOG, note }
  }
  // Before the container starts there is nothing to read, and calls are scarce where many tasks start together.
  await ports.clock.sleep(LONGEST_UNREAD_MS, containerMayPrint, end.seen, abandoned)
  return followLog(database, stream, end, ports, abandoned)
}

interface Watching {
  readonly order: FollowOrder
  /** It is of this workflow run. */
  readonly mayStop: boolean
  /** It is of another database: to be stopped at once. */
  readonly isWrong: boolean
  readonly judged: JudgedContainer
  readonly limit: TimeLimit
  readonly ports: FollowPorts
  readonly onSeen: (task: Task) => void
  readonly cancelled: AbortSignal
}

type Watched = Pick<FollowedTask, 'outcome' | 'task' | 'history'>

/** Until the verdict, or until a limit leaves nothing to wait for. */
async function watchTask(launched: RunningTask, watching: Watching): Promise<Watched> {
  const { order, mayStop, isWrong, limit, ports, cancelled } = watching
  const { database } = order.launch
  const { cluster, container } = order.plan
  const { stopTimeout } = container
  const task = { database, cluster, taskArn: launched.taskArn, stopTimeout, mayStop }
  const limits = new Limits({ ...order, ...task }, limit, ports, cancelled)
  ports.running.add(launched.taskArn)
  if (isWrong) void limits.endWrong()
  try {
    const watched = await observeTask(launched, limits, watching)
    if (endedBeforeStop(watched.outcome, limits))
      ports.logger.notice(
        database,
        'The container had ended by itself before the stop reached it: its exit code decides.',
      )
    // A task that may run on against our will stays in the runState: the post step stops it.
    if (!mayStillRun(watched.outcome) || !limits.stopFailed) ports.runState.settled(database)
    return watched
  } finally {
    ports.running.delete(launched.taskArn)
    limits.end()
  }
}

async function observeTask(launched: RunningTask, limits: Limits, watching: Watching): Promise<Watched> {
  const { order, judged, ports, onSeen } = watching
  const { database } = order.launch
  let task: Task = launched
  let history = NO_HISTORY
  onSeen(task)
  for await (const observation of ports.watch.observe(launched.taskArn, limits.exhausted)) {
    if (observation.kind === 'lost') return { outcome: limits.unseenEnd ?? lost(observation), task, history }
    if (observation.kind === 'missing') continue
    task = observation.task
    onSeen(task)
    const before = history
    history = remember(before, task, judged, limits.stop !== undefined)
    for (const line of newsLines(before, history, judged)) ports.logger.say(database, line)
    if (before.failedWait === undefined && history.failedWait !== undefined) void limits.endStuck()
    const outcome = judge(task, judged, history, limits.stop)
    if (outcome !== undefined) return { outcome: proved(outcome, askedTask(order), task), task, history }
  }
  return { outcome: limits.unseenEnd ?? { kind: 'unknown', cause: 'missing' }, task, history }
}

/** It was said when the stop was sent: a step that passes all the same must say why. */
function endedBeforeStop({ kind }: Outcome, { stop }: Limits): boolean {
  return stop !== undefined && !stop.left && (kind === 'succeeded' || kind === 'failed')
}

function showsExit(task: Task, { container }: JudgedContainer): boolean {
  return isOver(task) || containerOf(task, container)?.exitCode !== undefined
}

/** Network interface, image and secrets come first, then the container. */
function hasBegun({ lastStatus = 'PROVISIONING' }: Task): boolean {
  return !['PROVISIONING', 'PENDING', 'ACTIVATING'].includes(lastStatus)
}

function lost(observation: Extract<Observation, { readonly kind: 'lost' }>): Outcome {
  return observation.cause === 'missing'
    ? { kind: 'unknown', cause: 'missing' }
    : { kind: 'unknown', cause: 'aws-error', error: observation.error }
}

function endingOf(outcome: Outcome): Ending {
  if (outcome.kind === 'succeeded') return 'success'
  return outcome.kind === 'not-started' ? 'never-ran' : 'failure'
}
