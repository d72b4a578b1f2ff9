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

/** Calls that share a rate, in the order in which they ask. */
export class FifoRateLimiter implements RateLimiter {
  private readonly clock: Clock
  private readonly intervalMs: number
  private readonly waiting = new Set<() => void>()
  private running = false
  private freeAt = Number.NEGATIVE_INFINITY

  constructor(clock: Clock, callsPerSecond: number) {
    this.clock = clock
    this.intervalMs = 1_000 / callsPerSecond
  }

  turn(signal?: AbortSignal): Promise<number> {
    if (signal?.aborted === true) return Promise.resolve(0)
    const asked = this.clock.elapsed()
    return new Promise((resolve) => {
      const take = (): void => {
        this.waiting.delete(take)
        signal?.removeEventListener('abort', take)
        resolve(Math.max(0, this.clock.elapsed() - asked - this.intervalMs))
      }
      this.waiting.add(take)
      signal?.addEventListener('abort', take)
      if (!this.running) void this.run()
    })
  }

  private async run(): Promise<void> {
    this.running = true
    while (this.waiting.size > 0) {
      const early = this.freeAt - this.clock.elapsed()
      if (early > 0) await this.clock.sleep(early)
      const [next] = this.waiting
      if (early > 0 || next === undefined) continue
      this.freeAt = this.clock.elapsed() + this.intervalMs
      next()
    }
    this.running = false
  }
}
