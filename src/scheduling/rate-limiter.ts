import type { RateLimiter } from '../migration/ports.ts'
import type { Clock } from '../model.ts'

/** RunTask: Fargate allows an account 20 (docs/platform-facts.md#rates). */
export const STARTS_PER_SECOND = 15

/**
 * RegisterTaskDefinition and DeregisterTaskDefinition share 20 calls at once and one a second after that
 * (docs/platform-facts.md#rates).
 */
export function registrationsPerSecond(launches: number): number {
  return launches <= 10 ? 20 : 1
}

interface Turn {
  readonly urgent: () => boolean
  readonly take: () => void
  /** Milliseconds on the clock by which it must have come. */
  readonly due: number
}

/** Where few share the rate, nobody waits longer than that for those that are urgent. */
const LEAST_PATIENCE_MS = 800

/**
 * Calls that share a rate: GetLogEvents allows 10 a second for the whole account in some Regions (docs/platform-facts.md#log-rates), so
 * all streams of a run together take at most five. Turns come in the order they were asked for. Urgent ones go first as
 * long as nobody waits longer for that than its share: as many turns as there were waiting.
 */
export class FairRateLimiter implements RateLimiter {
  private readonly clock: Clock
  private readonly intervalMs: number
  private readonly waiting = new Set<Turn>()
  private running = false
  private freeAt = Number.NEGATIVE_INFINITY

  constructor(clock: Clock, callsPerSecond: number) {
    this.clock = clock
    this.intervalMs = 1_000 / callsPerSecond
  }

  /**
   * Resolves when it is the caller's turn to make one call, or when the signal aborts.
   * @param urgent asked anew at every turn
   * @returns milliseconds waited for turns of others
   */
  turn(urgent: () => boolean = () => false, signal?: AbortSignal): Promise<number> {
    if (signal?.aborted === true) return Promise.resolve(0)
    const asked = this.clock.elapsed()
    return new Promise((resolve) => {
      const take = (): void => {
        this.waiting.delete(turn)
        signal?.removeEventListener('abort', take)
        resolve(Math.max(0, this.clock.elapsed() - asked - this.intervalMs))
      }
      const patience = Math.max(LEAST_PATIENCE_MS, (this.waiting.size + 1) * this.intervalMs)
      const turn = { urgent, take, due: asked + patience }
      this.waiting.add(turn)
      signal?.addEventListener('abort', take)
      if (!this.running) void this.run()
    })
  }

  private async run(): Promise<void> {
    this.running = true
    while (this.waiting.size > 0) {
      const early = this.freeAt - this.clock.elapsed()
      if (early > 0) await this.clock.sleep(early)
      else this.give()
    }
    this.running = false
  }

  private give(): void {
    const now = this.clock.elapsed()
    const [longest] = this.waiting
    const urgent = [...this.waiting].find((turn) => turn.urgent())
    this.freeAt = now + this.intervalMs
    const next = urgent !== undefined && this.mayPass(urgent, now) ? urgent : longest
    next?.take()
  }

  /** Everybody else, in order after this one, still has their turn when it is due. */
  private mayPass(first: Turn, now: number): boolean {
    let at = now
    for (const turn of this.waiting) {
      if (turn === first) continue
      at += this.intervalMs
      if (at > turn.due) return false
    }
    return true
  }
}
