import type { Clock } from '../model.ts'
import type { RunState, TransientStart } from './ports.ts'

/** With less than that left, the pause before another start would outlast the limit. */
const LEAST_FOR_START_MS = 15_000

/** One deadline for a database, however often its task is started. */
export class TimeLimit {
  private readonly clock: Clock
  private readonly ms: number
  private askedAt: number
  private until: number | undefined
  private waitedMs = 0

  /** @param ms from the first RunTask on */
  constructor(clock: Clock, ms: number) {
    this.clock = clock
    this.ms = ms
    this.askedAt = clock.elapsed()
  }

  /** RunTask is called now. */
  asked(): void {
    this.askedAt = this.clock.elapsed()
  }

  /** The last RunTask counts, if none did before: one that waits for its place in the account's quota does not. */
  begin(): void {
    this.until ??= this.askedAt + this.ms
  }

  /** Time in which another migration is waited for does not count. */
  async excluding(wait: () => Promise<void>): Promise<void> {
    const began = this.clock.elapsed()
    try {
      await wait()
    } finally {
      const ms = this.clock.elapsed() - began
      this.waitedMs += ms
      if (this.until !== undefined) this.until += ms
    }
  }

  /** Other migrations are waited for as long as this one may run itself. */
  get leftToWaitMs(): number {
    return Math.max(0, this.ms - this.waitedMs)
  }

  get leftMs(): number {
    return this.until === undefined ? this.ms : Math.max(0, this.until - this.clock.elapsed())
  }

  /** There is time for another start. */
  get allowsStart(): boolean {
    return this.leftMs > LEAST_FOR_START_MS
  }
}

interface LimitedPorts {
  readonly runState: RunState
  readonly transient: TransientStart
}

/** The limit counts from the first RunTask, and when it is nearly over nothing is started again. */
export function countedFromLaunch(limit: TimeLimit, { runState, transient }: LimitedPorts): LimitedPorts {
  const again = (mayPass: boolean): boolean => {
    limit.begin()
    return mayPass && limit.allowsStart
  }
  return {
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
