import type { Clock } from '../model.ts'

/** With less than that left, the pause before another start would outlast the limit. */
const LEAST_FOR_START_MS = 15_000

/** One deadline for a database, however often its task is started. */
export class TimeLimit {
  private readonly clock: Clock
  private readonly ms: number
  private askedAt: number
  private until: number | undefined

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

  /** Time in which another migration was waited for does not count. */
  extend(ms: number): void {
    if (this.until !== undefined) this.until += ms
  }

  get leftMs(): number {
    return this.until === undefined ? this.ms : Math.max(0, this.until - this.clock.elapsed())
  }

  /** There is time for another start. */
  get allowsStart(): boolean {
    return this.leftMs > LEAST_FOR_START_MS
  }
}
