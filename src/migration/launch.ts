/**
 * One task started exactly once. The argument why it holds stands in docs/one-at-a-time.md:
 * the client token is made of the database's newest known task, so two launchers that saw the same history collide in
 * ECS, and the loser learns the winner's task. A stale listing only lengthens the way along that chain.
 */
import type { RunTaskCommandInput, Task } from '@aws-sdk/client-ecs'
import { AwsError, type Clock, type DescribedTasks, type Hash, type Launch } from '../model.ts'
import { TAG } from '../naming.ts'
import { isOver, type Outcome } from './outcome.ts'
import type { Logger, RateLimiter, RunState, Tasks, TransientStart } from './ports.ts'
import type { TaskHistory } from './task-history.ts'

/** `allow`: the token is this run's own, so that other runs neither hinder nor are hindered. */
export type IfRunning = 'refuse' | 'wait' | 'allow'

export interface LaunchOrder {
  readonly launch: Launch
  readonly revisionArn: string
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
  /** Turns for RunTask: Fargate's rate is planned for, not run into. */
  readonly starts: RateLimiter
  readonly clock: Clock
  readonly hash: Hash
  readonly runState: RunState
  readonly logger: Logger
  readonly transient: TransientStart
  /** Tasks of this step that run now, by ARN: what they take of the account's quota they give back. */
  readonly running: ReadonlySet<string>
  /** Resolves when the task is over, or when the time or the signal ends the waiting. */
  readonly untilOver: (taskArn: string, longestMs: number, signal: AbortSignal) => Promise<void>
}

export interface LaunchSignals {
  /** The step was cancelled: begin nothing more. */
  readonly cancelled: AbortSignal
  /** A RunTask on its way gets until then to answer, for its task must be known to be stopped. */
  readonly abandoned: AbortSignal
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
  | { readonly kind: 'ended'; readonly outcome: Outcome }
  /** Cancelled before RunTask was called. */
  | { readonly kind: 'cancelled' }
  /** Cancelled while RunTask was on its way: the post step looks for the task. */
  | { readonly kind: 'in-doubt' }

/** The first start, and three more for causes that may pass: RunTask refused it, or it ran no container. */
export const MOST_STARTS = 4
const PAUSE_AFTER_REFUSAL_MS = 5_000
/** Between two questions whether a task of this step has given back what the quota allows. */
const QUOTA_PAUSE_MS = 10_000
/** A conflict that names no task: the other RunTask is still on its way, or it was refused and remembered. */
const CONFLICT_PAUSE_MS = 3_000
const CONFLICT_TRIES = 20
/**
 * ECS forgets a stopped task and its client token an hour after the end (platform fact A1). Around that moment one
 * launcher may know a predecessor that another does not; nobody launches then. The width bears a listing that lags and
 * a RunTask that is repeated for minutes. Whoever still sees the task after that counts it as forgotten, as all others.
 */
const FORGETTING = { fromMs: 55 * 60_000, toMs: 62 * 60_000 }

/** A person is told that often that the step still waits. */
const SIGN_OF_LIFE_MS = 60_000

/** A link of the chain: the newest known task, and how many refused starts ECS remembers after it. */
interface Link {
  readonly predecessor: Task | undefined
  readonly refused: number
}

/**
 * @returns the task, whether this call started it or an earlier attempt whose answer was lost
 */
export async function launchOnce(order: LaunchOrder, ports: LaunchPorts, signals: LaunchSignals): Promise<Launched> {
  try {
    return await new Launcher(order, ports, signals).run()
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    if (error.facts.kind === 'aborted') return { kind: 'cancelled' }
    if (error.facts.kind === 'access-denied') return { kind: 'ended', outcome: blind(order.launch.database, error) }
    return { kind: 'ended', outcome: { kind: 'not-started', cause: 'aws-error', error } }
  }
}

/** Without the list of tasks nobody can tell whether another migration runs. */
function blind(database: string, error: AwsError): Outcome {
  const problem = {
    code: 'cannot-see-other-migrations',
    reason: `Whether another migration of ${database} runs cannot be seen, because a call is denied: ${error.inFull}`,
    remedy: `Allow ${error.facts.action} to the role of this job, or set if-running to allow, which lets two migrations of one database run at once.`,
  }
  return { kind: 'refused', cause: 'problems', problems: [problem] }
}

class Launcher {
  private readonly order: LaunchOrder
  private readonly ports: LaunchPorts
  private readonly signals: LaunchSignals
  private readonly waitUntil: number
  private starts: number
  /** Refusals for the account's quota, which count as no start. */
  private quotaRefusals = 0
  private namelessConflicts = 0

  constructor(order: LaunchOrder, ports: LaunchPorts, signals: LaunchSignals) {
    this.order = order
    this.ports = ports
    this.signals = signals
    this.waitUntil = ports.clock.elapsed() + order.longestWaitMs
    this.starts = order.startsBefore
  }

  async run(): Promise<Launched> {
    let link = await this.firstLink()
    while (!this.signals.cancelled.aborted) {
      const busy = await this.busy(link.predecessor)
      if (busy !== undefined) return busy
      if (this.signals.cancelled.aborted) break
      const step = await this.tryLink(link)
      if ('kind' in step) return step
      link = step
    }
    return { kind: 'cancelled' }
  }

  private async firstLink(): Promise<Link> {
    const { failedStart } = this.order
    if (this.order.ifRunning === 'allow') return { predecessor: failedStart, refused: 0 }
    const { known, clock, logger } = this.ports
    const { database, request } = this.order.launch
    for (;;) {
      const tasks = await known.of(request.startedBy ?? '', this.signals.cancelled)
      const newest = tasks.find((task) => !isOver(task)) ?? later(tasks[0], failedStart)
      const predecessor = isForgotten(newest, clock) ? undefined : newest
      const wait = forgettingFor(predecessor, clock)
      if (wait === 0 || this.signals.cancelled.aborted) return { predecessor, refused: 0 }
      const minutes = Math.ceil(wait / 60_000)
      logger.say(
        database,
        `The last migration of ${database} ended about an hour ago, and ECS is about to forget it. Waiting ${minutes} min, so that two runs cannot start at once.`,
      )
      await this.waitLong(wait)
      known.forget()
    }
  }

  /** @returns how the launch ends because another migration runs; undefined when the way is free */
  private async busy(predecessor: Task | undefined): Promise<Launched | undefined> {
    const taskArn = predecessor?.taskArn
    if (predecessor === undefined || taskArn === undefined || isOver(predecessor)) return undefined
    const { clock, known, logger, untilOver } = this.ports
    const { database } = this.order.launch
    // Only ECS's word that it is over counts: a watch that lost sight of the task proves nothing.
    for (let asked = 0; ; asked++) {
      const now = await known.describe(taskArn, this.signals.cancelled)
      if (now !== undefined && isOver(now)) return undefined
      const left = this.waitUntil - clock.elapsed()
      if (this.order.ifRunning !== 'wait' || left <= 0) return busyWith(now ?? predecessor)
      if (asked === 0)
        logger.say(database, `Another migration of ${database} is running (${taskArn}). Waiting for it to end.`)
      await untilOver(taskArn, left, this.signals.cancelled)
      if (this.signals.cancelled.aborted) return { kind: 'cancelled' }
    }
  }

  private async tryLink(link: Link): Promise<Launched | Link> {
    const { runState, starts, clock } = this.ports
    const { database } = this.order.launch
    await starts.turn(undefined, this.signals.cancelled)
    if (this.signals.cancelled.aborted) return { kind: 'cancelled' }
    runState.launching(database)
    const requested = clock.now()
    try {
      const answer = await this.ports.tasks.run(this.request(link), this.signals.abandoned)
      return this.accepted(answer, link, requested)
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      return this.failed(error, link)
    }
  }

  private request(link: Link): RunTaskCommandInput {
    const { launch, revisionArn } = this.order
    // A start that was refused is asked for anew with other parameters: if ECS remembers the refusal under this token,
    // it answers with a conflict instead of repeating the refusal, and the chain goes on.
    const before = this.starts + this.quotaRefusals
    const again = before === 0 ? [] : [{ key: TAG.attempt, value: String(before + 1) }]
    return {
      ...launch.request,
      tags: [...again, ...(launch.request.tags ?? [])].slice(0, 50),
      taskDefinition: revisionArn,
      clientToken: this.token(link),
    }
  }

  /** At most 64 characters (service model): a hash in hexadecimal. */
  private token({ predecessor, refused }: Link): string {
    const { ifRunning, launch, nonce } = this.order
    const run = ifRunning === 'allow' ? [nonce] : []
    // By name or by ARN, it is the same cluster.
    const cluster = launch.request.cluster?.split('/').at(-1)
    return this.ports.hash([cluster, launch.database, predecessor?.taskArn ?? 'none', refused, ...run].join('\n'))
  }

  private async accepted(answer: DescribedTasks, link: Link, requested: Date): Promise<Launched | Link> {
    const { runState, transient } = this.ports
    const { database } = this.order.launch
    const [task] = answer.tasks
    if (task?.taskArn !== undefined) {
      runState.launched(database, task.taskArn)
      return { kind: 'launched', task: { ...task, taskArn: task.taskArn }, requested, starts: this.starts + 1 }
    }
    runState.settled(database)
    const { failures } = answer
    const outcome: Outcome = { kind: 'not-started', cause: 'run-task-failures', failures }
    const reasons = failures.map(({ reason }) => reason).join(', ')
    if (transient.isQuota(failures) && this.ports.running.size > 0) return this.afterOthers(link, reasons)
    return this.again(link, transient.ofFailures(failures), reasons, outcome)
  }

  /** RunTask refused and started nothing: tried again where the cause may pass. */
  private async again(link: Link, mayPass: boolean, reason: string, outcome: Outcome): Promise<Launched | Link> {
    const { clock, logger } = this.ports
    this.starts += 1
    if (!mayPass || this.starts >= MOST_STARTS) return { kind: 'ended', outcome }
    logger.warn(
      this.order.launch.database,
      `ECS did not start the task (${reason}). Trying again, ${this.starts} of ${MOST_STARTS - 1}.`,
    )
    await clock.sleep(PAUSE_AFTER_REFUSAL_MS * this.starts, this.signals.cancelled)
    return link
  }

  /** The account's quota is taken up, by tasks of this step too: when one has ended there is room. */
  private async afterOthers(link: Link, reason: string): Promise<Link> {
    const { clock, logger } = this.ports
    if (this.quotaRefusals === 0)
      logger.say(
        this.order.launch.database,
        `ECS did not start the task (${reason}). Trying again while other tasks of this step run.`,
      )
    this.quotaRefusals += 1
    await clock.sleep(QUOTA_PAUSE_MS, this.signals.cancelled)
    return link
  }

  private async failed(error: AwsError, link: Link): Promise<Launched | Link> {
    const { runState, transient } = this.ports
    const { kind } = error.facts
    if (kind === 'aborted') return { kind: 'in-doubt' }
    // The launch stays open: the post step looks for the task.
    if (mayHaveStarted(error)) return { kind: 'ended', outcome: { kind: 'unknown', cause: 'aws-error', error } }
    runState.settled(this.order.launch.database)
    if (kind === 'conflict') return this.afterConflict(error, link)
    const outcome: Outcome = { kind: 'not-started', cause: 'aws-error', error }
    // What is throttled or out of reach was borne for minutes already.
    return this.again(link, kind === 'rejected' && transient.ofError(error), error.inFull, outcome)
  }

  /** With a sign of life now and then; a cancel ends it. */
  private async waitLong(ms: number): Promise<void> {
    const { clock, logger } = this.ports
    const { cancelled } = this.signals
    const until = clock.elapsed() + ms
    for (let left = ms; left > 0 && !cancelled.aborted; left = until - clock.elapsed()) {
      if (left < ms) logger.say(this.order.launch.database, `Still waiting, ${Math.ceil(left / 60_000)} min left`)
      await clock.sleep(Math.min(left, SIGN_OF_LIFE_MS), cancelled)
    }
  }

  /** Somebody else, or an earlier attempt, holds the token: their task is the new predecessor. */
  private async afterConflict(error: AwsError, link: Link): Promise<Launched | Link> {
    const { clock, known } = this.ports
    const [holder] = error.facts.resourceIds ?? []
    if (holder !== undefined) {
      const task = await known.describe(holder, this.signals.cancelled)
      if ((stoppedFor(task, clock) ?? 0) < FORGETTING.fromMs)
        return { predecessor: task ?? { taskArn: holder }, refused: 0 }
      // Some no longer know this task: nobody launches after it, and its token is free in a while.
      await this.waitLong(Math.max(forgettingFor(task, clock), CONFLICT_PAUSE_MS))
      known.forget()
      return this.firstLink()
    }
    this.namelessConflicts += 1
    if (this.namelessConflicts < CONFLICT_TRIES) {
      await clock.sleep(CONFLICT_PAUSE_MS, this.signals.cancelled)
      return link
    }
    this.namelessConflicts = 0
    // Had the other RunTask started a task, a listing would show it by now.
    known.forget()
    const now = await this.firstLink()
    const same = now.predecessor?.taskArn === link.predecessor?.taskArn
    return same ? { ...link, refused: link.refused + 1 } : now
  }
}

/**
 * No answer to RunTask, now or to an earlier attempt. Not where ECS refused at once, nor where nothing was sent; a
 * conflict names the task that an earlier attempt may have started.
 */
function mayHaveStarted(error: AwsError): boolean {
  return error.facts.kind !== 'conflict' && error.mayBeDone
}

function busyWith(running: Task): Launched {
  return { kind: 'ended', outcome: { kind: 'refused', cause: 'busy', running } }
}

function later(a: Task | undefined, b: Task | undefined): Task | undefined {
  return (b?.createdAt?.getTime() ?? 0) > (a?.createdAt?.getTime() ?? 0) ? b : a
}

/** @returns milliseconds since it stopped; undefined while it runs, or when ECS does not say */
function stoppedFor(task: Task | undefined, clock: Clock): number | undefined {
  return task?.stoppedAt && clock.now().getTime() - task.stoppedAt.getTime()
}

function isForgotten(task: Task | undefined, clock: Clock): boolean {
  return (stoppedFor(task, clock) ?? 0) >= FORGETTING.toMs
}

/** @returns milliseconds until everybody has forgotten the predecessor */
function forgettingFor(predecessor: Task | undefined, clock: Clock): number {
  const age = stoppedFor(predecessor, clock) ?? 0
  return age >= FORGETTING.fromMs ? FORGETTING.toMs - age : 0
}
