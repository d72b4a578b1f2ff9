import type { AfterStop, Inputs } from '../inputs.ts'
import { AwsError, type Clock, LONGEST_STOP_TIMEOUT } from '../model.ts'
import type { OurStop } from './outcome.ts'
import type { Logger, RunState, Tasks } from './ports.ts'
import { notStopped, stopTask } from './stop-task.ts'
import type { TimeLimit } from './time-limit.ts'

/** StopTask to a visible exit took up to 48 s where the container obeyed at once (docs/platform-facts.md#late-exit). */
const STOP_MARGIN_MS = 30_000
/** The runner sends SIGTERM 7.5 s after SIGINT, and we promise to be gone in 7: the rest is for cleaning up. */
const CANCEL_WATCH_MS = 4_500
/** ECS has that long to stop a task that can never start. */
const LONGEST_STUCK_MS = 30_000
/** RunTask may answer up to 4 s after the cancel: then only the stop itself is waited for. */
const LATE_CANCEL_WATCH_MS = 1_500

export interface LimitRequest extends Pick<Inputs, 'taskTimeoutMinutes' | 'onTimeout' | 'onCancel'> {
  readonly database: string
  readonly cluster: string
  readonly taskArn: string
  /** This step started the task, or its own run did: nobody else's is ever stopped. */
  readonly mayStop: boolean
  /** Seconds from SIGTERM to SIGKILL; undefined: ECS's own default. */
  readonly stopTimeout: number | undefined
  /** Shown by ECS as the task's stoppedReason; it names the workflow run. */
  readonly runUrl: string
}

export interface LimitPorts {
  readonly tasks: Tasks
  readonly clock: Clock
  readonly logger: Logger
  readonly runState: RunState
}

/**
 * Ends a task that must not go on: at its time limit, or when the step is cancelled. The first cause wins.
 * Works beside the watch, so that an ECS that does not answer delays no stop.
 */
export class Limits {
  private readonly request: LimitRequest
  private readonly limit: TimeLimit
  private readonly ports: LimitPorts
  private readonly over = new AbortController()
  private readonly giveUp = new AbortController()
  private readonly unlisten: () => void
  private cause: OurStop | undefined
  private accepted = false
  private isWrong = false

  constructor(request: LimitRequest, limit: TimeLimit, ports: LimitPorts, cancelled: AbortSignal) {
    this.request = request
    this.limit = limit
    this.ports = ports
    const cancel = (): void => void this.cancel(String(cancelled.reason), CANCEL_WATCH_MS)
    cancelled.addEventListener('abort', cancel, { once: true })
    this.unlisten = () => cancelled.removeEventListener('abort', cancel)
    if (cancelled.aborted) void this.cancel(String(cancelled.reason), LATE_CANCEL_WATCH_MS)
    void this.timeOut()
  }

  /** The stop that was asked for, if any. */
  get stop(): OurStop | undefined {
    return this.cause
  }

  /** The same where the end was not seen: `left` also when ECS did not confirm the stop. */
  get unseenEnd(): OurStop | undefined {
    return this.stopFailed && this.cause ? { ...this.cause, left: true, stopFailed: true } : this.cause
  }

  /** StopTask was refused, or not answered: the task may run on against our will. */
  get stopFailed(): boolean {
    return (this.isWrong || this.cause?.left === false) && !this.accepted
  }

  /** Aborts when there is nothing left to wait for. */
  get exhausted(): AbortSignal {
    return this.giveUp.signal
  }

  /** The verdict is known: no limit applies any more. */
  end(): void {
    this.unlisten()
    this.over.abort()
  }

  /** Stops a task whose container can never start, unless ECS does: old agents left it PENDING (amazon-ecs-agent #2579). */
  async endStuck(): Promise<void> {
    await this.ports.clock.sleep(LONGEST_STUCK_MS, this.over.signal)
    if (this.over.signal.aborted || this.cause !== undefined || !this.request.mayStop) return
    const refused = await this.send(`Cannot start: ${this.request.runUrl}`)
    if (refused !== undefined && !this.over.signal.aborted) this.sayNotStopped(refused)
  }

  /** Stops a task of another database at once, and gives it as long to end as any. */
  async endWrong(): Promise<void> {
    this.isWrong = true
    await this.stopWithin(`Wrong database: ${this.request.runUrl}`, this.graceMs)
  }

  /** How ECS does it (docs/platform-facts.md#stop-task). */
  private get stopping(): string {
    const { stopTimeout } = this.request
    const after = stopTimeout === undefined ? 'once its stopTimeout is over' : `after ${stopTimeout} s`
    return `Stopping the task: ECS sends SIGTERM to its containers, and SIGKILL to what has not ended ${after}.`
  }

  private get graceMs(): number {
    return (this.request.stopTimeout ?? LONGEST_STOP_TIMEOUT) * 1_000 + STOP_MARGIN_MS
  }

  private async timeOut(): Promise<void> {
    const { taskTimeoutMinutes, onTimeout, database } = this.request
    const { clock, logger } = this.ports
    await clock.sleep(this.limit.leftMs, this.over.signal)
    if (this.over.signal.aborted || this.cause !== undefined) return
    const leave = this.leaves(onTimeout, 'on-timeout')
    this.cause = { kind: 'timed-out', minutes: taskTimeoutMinutes, left: leave !== undefined }
    // No warning: the error at the end says the same.
    logger.say(database, `Not ended after ${taskTimeoutMinutes} min. ${leave ?? this.stopping}`)
    await this.enforce(`Timed out after ${taskTimeoutMinutes} min: ${this.request.runUrl}`, this.graceMs)
  }

  private async cancel(signal: string, watchMs: number): Promise<void> {
    const { onCancel, database } = this.request
    const { logger, clock } = this.ports
    if (this.cause !== undefined) {
      await clock.sleep(watchMs, this.over.signal)
      this.giveUp.abort()
      return
    }
    const leave = this.leaves(onCancel, 'on-cancel')
    this.cause = { kind: 'cancelled', signal, left: leave !== undefined }
    logger.say(database, `Cancelled (${signal}). ${leave ?? this.stopping}`)
    await this.enforce(`Cancelled: ${this.request.runUrl}`, watchMs)
  }

  /** @returns why the task is left running, in words; undefined: it is stopped */
  private leaves(choice: AfterStop, input: string): string | undefined {
    if (!this.request.mayStop) return 'The task is left running: another run started it, and it alone may stop it.'
    return choice === 'leave' && !this.isWrong ? `The task is left running, as ${input} asks.` : undefined
  }

  private async enforce(reason: string, graceMs: number): Promise<void> {
    if (this.cause?.left === false) await this.stopWithin(reason, graceMs)
    else this.giveUp.abort()
  }

  private async stopWithin(reason: string, graceMs: number): Promise<void> {
    const wait = this.ports.clock.sleep(graceMs, this.over.signal)
    const refused = await Promise.race([this.send(reason), wait.then(() => undefined)])
    if (this.accepted) await wait
    else if (!this.over.signal.aborted) this.sayNotStopped(refused ?? 'StopTask was not answered in time')
    this.giveUp.abort()
  }

  /** @returns why ECS refused */
  private async send(reason: string): Promise<string | undefined> {
    const { cluster, taskArn, database } = this.request
    try {
      this.ports.runState.stopping(database)
      await stopTask(this.ports, { cluster, taskArn, reason }, this.over.signal)
      this.accepted = true
      return undefined
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      return error.inFull
    }
  }

  private sayNotStopped(why: string): void {
    const { cluster, taskArn, database } = this.request
    this.ports.logger.warn(database, notStopped(cluster, taskArn, why))
  }
}
