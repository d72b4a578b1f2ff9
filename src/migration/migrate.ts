/** The story of one database, read top to bottom: launched, watched, its log followed, judged. */
import type { Task } from '@aws-sdk/client-ecs'
import { AwsError, type Launch, type LogStream, type Plan } from '../model.ts'
import { wrongDatabase } from './database-proof.ts'
import { followLog, type LogRead, NO_LOG } from './follow-log.ts'
import type { ImageDigests } from './image-digests.ts'
import { type Launched, type LaunchPorts, type LaunchSignals, launchOnce, MOST_STARTS } from './launch.ts'
import { Limits, notStopped } from './limits.ts'
import { logStreamOf, noLogNote } from './log-stream.ts'
import {
  containerOf,
  type History,
  isOver,
  type JudgedContainer,
  judge,
  type MigrationRecord,
  mayStillRun,
  NO_HISTORY,
  type Outcome,
  remember,
} from './outcome.ts'
import type { Links } from './ports.ts'
import type { Registration, Revisions } from './revisions.ts'
import { stopTask } from './stop-task.ts'
import { type Ending, EndOfLog, type TailPorts } from './tail.ts'
import { TimeLimit } from './time-limit.ts'
import { failedWaitText, waitsOf } from './waits.ts'
import type { Watch } from './watch.ts'

export interface MigrationOrder {
  readonly launch: Launch
  readonly plan: Plan
  readonly revisions: Pick<Revisions, 'of' | 'started'>
  /** The variable that carries the database; empty: none. */
  readonly databaseVariable: string
  readonly ifRunning: 'refuse' | 'wait' | 'allow'
  readonly nonce: string
  readonly runUrl: string
  readonly region: string
  readonly timeoutMinutes: number
  readonly onTimeout: 'stop' | 'leave'
  readonly onCancel: 'stop' | 'leave'
  readonly streamLogs: boolean
}

export interface MigrationPorts extends Omit<LaunchPorts, 'untilOver' | 'running'>, TailPorts {
  readonly running: Set<string>
  readonly watch: Watch
  readonly links: Links
  readonly digests: ImageDigests
}

const PAUSE_BEFORE_START_MS = 5_000
/** If no state of the task is seen for so long, its log is read all the same. */
const LONGEST_UNREAD_MS = 60_000
/** While nothing changes, a sign of life. */
const SIGN_OF_LIFE_MS = 60_000

type RunningTask = Task & { readonly taskArn: string }

interface Verdict {
  readonly outcome: Outcome
  readonly task: Task
}

/**
 * Migrates one database. Failures are outcomes, not exceptions.
 * @param onVerdict called once, at the container's exit: the log may be read on after that
 */
export async function migrate(
  order: MigrationOrder,
  ports: MigrationPorts,
  signals: LaunchSignals,
  onVerdict: (outcome: Outcome) => void,
): Promise<MigrationRecord> {
  return new Story(order, ports, signals).tell(onVerdict)
}

class Story {
  private readonly order: MigrationOrder
  private readonly ports: MigrationPorts
  private readonly signals: LaunchSignals
  private readonly database: string
  private readonly who: JudgedContainer
  private readonly notes: string[] = []
  private requested: Date | undefined
  private starts = 0
  private revisionArn: string | undefined
  /** The revision goes while the task runs. */
  private released: Promise<void> | undefined
  private exitSeen: Date | undefined
  private failedStart: Task | undefined
  private history = NO_HISTORY
  private readonly limit: TimeLimit
  /** Milliseconds that other migrations of the database were waited for. */
  private waitedMs = 0
  /** Aborts when the container may have printed something. */
  private began = new AbortController()

  constructor(order: MigrationOrder, ports: MigrationPorts, signals: LaunchSignals) {
    this.order = order
    this.ports = ports
    this.signals = signals
    this.database = order.launch.database
    this.limit = new TimeLimit(ports.clock, order.timeoutMinutes * 60_000)
    const container = order.plan.container.name ?? ''
    const waits = waitsOf(order.plan.clone.containerDefinitions ?? [], container)
    this.who = { container, essential: order.plan.essential, waits }
  }

  async tell(onVerdict: (outcome: Outcome) => void): Promise<MigrationRecord> {
    for (;;) {
      const launched = await this.launch()
      if (launched.kind !== 'launched') {
        const outcome = this.withoutTask(launched)
        onVerdict(outcome)
        return this.record(outcome, undefined, undefined, NO_LOG)
      }
      this.requested = launched.requested
      this.starts = launched.starts
      const wrong = isBareReplay(launched.task) ? undefined : this.wrongDatabase(launched.task)
      if (wrong !== undefined) {
        const outcome = await this.stopWrong(launched.task, wrong)
        onVerdict(outcome)
        return this.record(outcome, launched.task, undefined, NO_LOG)
      }
      const stream = logStreamOf(this.order.plan.container, launched.task.taskArn, this.order.region)
      this.announce(launched.task, stream)
      const end = new EndOfLog(this.ports.clock)
      let logEnded = false
      const reading = this.followed(stream, end).finally(() => {
        logEnded = true
      })
      const verdict = await this.watched(launched.task)
      this.exitSeen = this.showsExit(verdict.task) ? this.ports.clock.now() : undefined
      this.tellVerdict(verdict, logEnded)
      end.containerEnded(endingOf(verdict.outcome))
      if (this.starts < MOST_STARTS && (await this.mayStartAgain(verdict, stream, reading))) {
        await this.pauseBeforeStart(verdict.task)
        continue
      }
      onVerdict(verdict.outcome)
      const log = await reading
      await this.released
      return this.record(verdict.outcome, verdict.task, stream, log)
    }
  }

  private async registered(): Promise<Registration> {
    const { revisions, launch } = this.order
    const registration = await revisions.of(launch)
    if (registration.kind === 'registered') this.revisionArn = registration.revision.arn
    return registration
  }

  private async launch(): Promise<Launched> {
    this.exitSeen = undefined
    this.began = new AbortController()
    const { launch, ifRunning, nonce, timeoutMinutes } = this.order
    const { failedStart } = this
    const longestWaitMs = Math.max(0, timeoutMinutes * 60_000 - this.waitedMs)
    const order = {
      launch,
      revision: () => this.registered(),
      ifRunning,
      nonce,
      longestWaitMs,
      startsBefore: this.starts,
      ...(failedStart && { failedStart }),
    }
    const untilOver = (taskArn: string, ms: number, signal: AbortSignal): Promise<void> =>
      this.untilOver(taskArn, ms, signal)
    return launchOnce(order, { ...limited(this.ports, this.limit), untilOver }, this.signals)
  }

  private async untilOver(taskArn: string, longestMs: number, signal: AbortSignal): Promise<void> {
    const waited = new AbortController()
    const stop = (): void => waited.abort()
    signal.addEventListener('abort', stop, { once: true })
    void this.ports.clock.sleep(longestMs, waited.signal).then(stop)
    void this.tellWaiting(waited.signal)
    const began = this.ports.clock.elapsed()
    try {
      for await (const observation of this.ports.watch.observe(taskArn, waited.signal)) {
        if (observation.kind === 'seen' && isOver(observation.task)) break
      }
    } finally {
      waited.abort()
      signal.removeEventListener('abort', stop)
      const ms = this.ports.clock.elapsed() - began
      this.waitedMs += ms
      this.limit.extend(ms)
    }
  }

  private async tellWaiting(waited: AbortSignal): Promise<void> {
    const { clock, logger } = this.ports
    for (let minutes = 1; ; minutes++) {
      await clock.sleep(SIGN_OF_LIFE_MS, waited)
      if (waited.aborted) return
      logger.say(this.database, `Still waiting for the other migration after ${minutes} min`)
    }
  }

  private withoutTask(launched: Exclude<Launched, { kind: 'launched' }>): Outcome {
    if (launched.kind === 'ended') return launched.outcome
    const inDoubt = launched.kind === 'in-doubt'
    if (inDoubt)
      this.notes.push('RunTask had not answered when the step was cancelled: the post step looks for the task.')
    return { kind: 'cancelled', signal: String(this.signals.cancelled.reason), left: false, inDoubt }
  }

  private announce(task: RunningTask, stream: LogStream | undefined): void {
    const { logger, links, clock } = this.ports
    const { onTimeout } = this.order
    const limit = new Date(clock.now().getTime() + this.limit.leftMs)
    logger.say(this.database, `Started task ${task.taskArn}`)
    const proof = this.databaseProof(task)
    if (proof !== undefined) logger.say(this.database, proof)
    logger.say(this.database, `Task: ${links.task(task.taskArn) ?? task.taskArn}`)
    if (stream !== undefined)
      logger.say(this.database, `Log:  ${links.log(stream) ?? `${stream.group}, stream ${stream.stream}`}`)
    logger.say(
      this.database,
      `It will ${onTimeout === 'stop' ? 'be stopped' : 'no longer be watched'} at ${limit.toISOString().slice(0, 16)}Z if it has not ended by then.`,
    )
  }

  /** The clone of one database was proved when it was registered; of several, each task's override is. */
  private databaseProof({ overrides }: Task): string | undefined {
    const { databaseVariable, launch } = this.order
    const overridden = launch.request.overrides?.containerOverrides?.[0]?.environment !== undefined
    if (databaseVariable === '' || (overridden && overrides === undefined)) return undefined
    return `ECS confirms that container ${this.who.container} was given ${databaseVariable}=${this.database}; whether the program reads it, ECS cannot know`
  }

  private async followed(stream: LogStream | undefined, end: EndOfLog): Promise<LogRead> {
    if (!this.order.streamLogs) return { ...NO_LOG, note: 'The log was not read: stream-logs is false.' }
    if (stream === undefined) return { ...NO_LOG, note: this.noStream() }
    // Before the container starts there is nothing to read, and calls are dear where many tasks start together.
    await this.ports.clock.sleep(LONGEST_UNREAD_MS, this.began.signal, end.seen, this.signals.abandoned)
    return followLog(this.database, stream, end, this.ports, this.signals.abandoned)
  }

  private noStream(): string {
    const note = noLogNote(this.order.plan.container)
    this.ports.logger.notice(this.database, note)
    return note
  }

  /** Until the verdict, or until a limit leaves nothing to wait for. */
  private async watched(launched: RunningTask): Promise<Verdict> {
    const limits = this.limits(launched.taskArn)
    this.ports.running.add(launched.taskArn)
    try {
      const verdict = await this.observed(launched, limits)
      this.tellLateStop(verdict, limits)
      // A task that may run on against our will stays in the runState: the post step stops it.
      if (!mayStillRun(verdict.outcome) || !limits.stopFailed) this.ports.runState.settled(this.database)
      return verdict
    } finally {
      this.ports.running.delete(launched.taskArn)
      limits.end()
    }
  }

  private async observed(launched: RunningTask, limits: Limits): Promise<Verdict> {
    let task: Task = launched
    this.history = NO_HISTORY
    const progress = new Progress(this.database, this.ports)
    progress.show(task)
    for await (const observation of this.ports.watch.observe(launched.taskArn, limits.exhausted)) {
      if (observation.kind === 'lost') return { outcome: limits.unseenEnd ?? lost(observation), task }
      if (observation.kind === 'missing') continue
      task = observation.task
      progress.show(task)
      if (hasBegun(task)) this.began.abort()
      if (task.startedAt !== undefined) this.released ??= this.order.revisions.started(this.order.launch)
      const digest = containerOf(task, this.who.container)?.imageDigest
      if (digest !== undefined) this.ports.digests.saw(this.database, digest)
      const { history } = this
      this.history = remember(history, task, this.who, limits.stop !== undefined)
      this.tellNews(history, limits)
      const outcome = judge(task, this.who, this.history, limits.stop)
      if (outcome !== undefined) return { outcome: this.proved(outcome, task), task }
    }
    return { outcome: limits.unseenEnd ?? { kind: 'unknown', cause: 'missing' }, task }
  }

  /** What became of the other containers, at once: it may be why the migration fails or hangs. */
  private tellNews(before: History, limits: Limits): void {
    const { endedEarlier, failedWait } = this.history
    for (const { container, exitCode } of endedEarlier.slice(before.endedEarlier.length)) {
      const essential = this.who.essential.has(container) ? ', which is essential,' : ''
      const code = exitCode === undefined ? 'without an exit code' : `with code ${exitCode}`
      this.ports.logger.say(
        this.database,
        `Container ${container}${essential} ended ${code} before ${this.who.container}.`,
      )
    }
    if (failedWait === undefined || before.failedWait !== undefined) return
    this.ports.logger.say(this.database, failedWaitText(failedWait, this.who.container))
    void limits.endStuck()
  }

  /** It was said when the stop was sent: a step that passes all the same must say why. */
  private tellLateStop({ outcome }: Verdict, { stop }: Limits): void {
    if (stop === undefined || stop.left || (outcome.kind !== 'succeeded' && outcome.kind !== 'failed')) return
    this.ports.logger.notice(
      this.database,
      'The container had ended by itself before the stop reached it: its exit code decides.',
    )
  }

  private showsExit(task: Task): boolean {
    return isOver(task) || containerOf(task, this.who.container)?.exitCode !== undefined
  }

  /** Said at once: the log may be read on for many seconds. */
  private tellVerdict({ outcome, task }: Verdict, logEnded: boolean): void {
    if (outcome.kind === 'unknown') {
      this.tellLost(outcome)
      return
    }
    const exitCode = containerOf(task, this.who.container)?.exitCode
    // What ECS reports for a container that never ran is no exit.
    if (exitCode === undefined || outcome.kind === 'not-started') return
    const exit = `Container ${this.who.container} exited with code ${exitCode}.`
    this.ports.logger.say(this.database, logEnded ? exit : `${exit} Reading its log to the end.`)
  }

  private tellLost(outcome: Extract<Outcome, { readonly kind: 'unknown' }>): void {
    const why =
      outcome.cause === 'missing'
        ? 'ecs:DescribeTasks answers that there is no such task (MISSING)'
        : outcome.error.inFull
    this.ports.logger.say(this.database, `The task can no longer be observed and may still be running: ${why}.`)
  }

  private limits(taskArn: string): Limits {
    const { plan, timeoutMinutes, onTimeout, onCancel, runUrl } = this.order
    const request = {
      database: this.database,
      cluster: plan.cluster,
      taskArn,
      timeoutMinutes,
      onTimeout,
      onCancel,
      stopTimeout: plan.container.stopTimeout,
      runUrl,
    }
    return new Limits(request, this.limit, this.ports, this.signals.cancelled)
  }

  /** What ECS shows must be what was asked for, all of it. @returns the first difference */
  private wrongDatabase({ overrides }: Task): string | undefined {
    const [ours] = this.order.launch.request.overrides?.containerOverrides ?? []
    if (ours === undefined) return undefined
    if (overrides === undefined) return `ECS shows no overrides for ${this.who.container}`
    const shown = overrides.containerOverrides?.find(({ name }) => name === this.who.container)
    if (ours.command !== undefined && JSON.stringify(shown?.command) !== JSON.stringify(ours.command))
      return `ECS does not show the command of ${this.who.container} as it was asked for`
    const asked = ours.environment ?? []
    for (const { name: variable = '', value = '' } of asked) {
      const expected = { container: this.who.container, variable, database: value }
      const evidence = wrongDatabase(expected, overrides.containerOverrides ?? [])
      if (evidence === undefined) continue
      // Another variable that names the database may carry a password: by name only.
      return variable === this.order.databaseVariable
        ? evidence
        : `ECS does not show ${variable} in ${this.who.container} as it was asked for`
    }
    return undefined
  }

  private async stopWrong({ taskArn }: RunningTask, evidence: string): Promise<Outcome> {
    const { runState, logger } = this.ports
    const { plan, runUrl } = this.order
    logger.warn(this.database, `ECS started the task for another database: ${evidence}. Stopping it.`)
    try {
      runState.stopping(this.database)
      const order = { cluster: plan.cluster, taskArn, reason: `Wrong database: ${runUrl}` }
      await stopTask(this.ports, order, this.signals.abandoned)
      runState.settled(this.database)
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      logger.warn(this.database, notStopped(plan.cluster, taskArn, error.inFull))
    }
    return { kind: 'failed', cause: 'wrong-database', evidence }
  }

  /** What ECS shows must be what was asked: a success on another database is none. */
  private proved(outcome: Outcome, task: Task): Outcome {
    const evidence = outcome.kind === 'succeeded' ? this.wrongDatabase(task) : undefined
    return evidence === undefined ? outcome : { kind: 'failed', cause: 'wrong-database', evidence, exitCode: 0 }
  }

  /** No container ran, the cause may pass, and the log was read and is empty. */
  private async mayStartAgain(
    { outcome, task }: Verdict,
    stream: LogStream | undefined,
    reading: Promise<LogRead>,
  ): Promise<boolean> {
    if (outcome.kind !== 'not-started' || this.signals.cancelled.aborted) return false
    if (task.stopCode !== 'TaskFailedToStart' || task.startedAt !== undefined) return false
    if (task.containers?.some(({ exitCode }) => exitCode !== undefined) === true) return false
    if (!this.ports.transient.ofTask(task) || !this.limit.allowsStart) return false
    const log = this.order.streamLogs ? await reading : await this.lookAt(stream)
    return log.readable && log.lineCount === 0
  }

  private lookAt(stream: LogStream | undefined): Promise<LogRead> {
    if (stream === undefined) return Promise.resolve(NO_LOG)
    const ended = new EndOfLog(this.ports.clock)
    ended.containerEnded('never-ran')
    return followLog(this.database, stream, ended, this.ports, this.signals.abandoned)
  }

  private async pauseBeforeStart(task: Task): Promise<void> {
    const note = `Start ${this.starts} failed and no container ran (${task.stoppedReason ?? 'no reason given'}). Trying again.`
    this.notes.push(note)
    this.failedStart = task
    this.ports.logger.warn(this.database, note)
    this.ports.known.forget()
    await this.ports.clock.sleep(PAUSE_BEFORE_START_MS * this.starts, this.signals.cancelled)
  }

  private record(
    outcome: Outcome,
    task: Task | undefined,
    stream: LogStream | undefined,
    log: LogRead,
  ): MigrationRecord {
    const { requested, exitSeen } = this
    const { endedEarlier } = this.history
    const logFile = this.ports.logger.logFile(this.database)
    return {
      database: this.database,
      outcome,
      container: this.who.container,
      image: this.order.plan.image,
      ...(this.revisionArn !== undefined && { taskDefinitionArn: this.revisionArn }),
      lineCount: log.lineCount,
      lastLines: log.lastLines,
      notes: this.notes,
      milestones: {
        ...(requested && { requested }),
        ...(exitSeen && { exitSeen }),
        ...(log.until && { logRead: log.until }),
      },
      ...(endedEarlier.length > 0 && { endedEarlier }),
      ...(task && { task }),
      ...(stream && hasLog(outcome, task, log) && { log: stream }),
      ...(log.note !== undefined && { logNote: log.note }),
      ...(log.printedNothing && { printedNothing: true }),
      ...(log.servingLine !== undefined && { servingLine: log.servingLine }),
      ...(logFile !== undefined && { logFile }),
    }
  }
}

/** The limit counts from the first RunTask, and when it is nearly over nothing is started again. */
function limited(ports: MigrationPorts, limit: TimeLimit): MigrationPorts {
  const { runState, transient } = ports
  const again = (mayPass: boolean): boolean => {
    limit.begin()
    return mayPass && limit.allowsStart
  }
  return {
    ...ports,
    runState: {
      ...runState,
      launching: (database) => {
        runState.launching(database)
        limit.asked()
      },
      launched: (database, taskArn) => {
        limit.begin()
        runState.launched(database, taskArn)
      },
    },
    transient: {
      ...transient,
      ofFailures: (failures) => again(transient.ofFailures(failures)),
      ofError: (error) => again(transient.ofError(error)),
    },
  }
}

/** What is answered again about a task that has stopped shows no overrides (docs/platform-facts.md#client-token); its description will. */
function isBareReplay(task: Task): boolean {
  return task.overrides === undefined && (isOver(task) || task.desiredStatus === 'STOPPED')
}

/** Where no container ran there is no log, and no link leads to one. */
function hasLog(outcome: Outcome, task: Task | undefined, { lineCount }: LogRead): boolean {
  return lineCount > 0 || task?.startedAt !== undefined || outcome.kind !== 'not-started'
}

/** Network interface, image and secrets come first, then the container. */
function hasBegun({ lastStatus = 'PROVISIONING' }: Task): boolean {
  return !['PROVISIONING', 'PENDING', 'ACTIVATING'].includes(lastStatus)
}

function lost(observation: { cause: 'missing' } | { cause: 'aws-error'; error: AwsError }): Outcome {
  return observation.cause === 'missing'
    ? { kind: 'unknown', cause: 'missing' }
    : { kind: 'unknown', cause: 'aws-error', error: observation.error }
}

function endingOf(outcome: Outcome): Ending {
  if (outcome.kind === 'succeeded') return 'success'
  return outcome.kind === 'not-started' ? 'never-ran' : 'failure'
}

/** One line at each change of state, and a sign of life while there is none. */
class Progress {
  private readonly database: string
  private readonly ports: Pick<MigrationPorts, 'logger' | 'clock'>
  private readonly began: number
  private status = ''
  private spokeAt: number

  constructor(database: string, ports: Pick<MigrationPorts, 'logger' | 'clock'>) {
    this.database = database
    this.ports = ports
    this.began = ports.clock.elapsed()
    this.spokeAt = this.began
  }

  show(task: Task): void {
    const { clock, logger } = this.ports
    const now = clock.elapsed()
    const status = task.lastStatus ?? 'UNKNOWN'
    const changed = status !== this.status
    if (!changed && now - this.spokeAt < SIGN_OF_LIFE_MS) return
    const seconds = Math.round((now - this.began) / 1_000)
    logger.say(
      this.database,
      changed ? `Task ${status} after ${seconds} s` : `Task still ${status} after ${Math.round(seconds / 60)} min`,
    )
    this.status = status
    this.spokeAt = now
  }
}
