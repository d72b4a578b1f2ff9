import type { Clock } from './ports.ts'

interface Turn {
  readonly urgent: () => boolean
  readonly take: () => void
}

/** Urgent turns in a row; then it is the turn of whoever waits longest. */
const MOST_URGENT = 2

/**
 * Calls that share a rate: GetLogEvents allows 10 a second for the whole account in some Regions (platform fact B), so
 * all streams of a run together take at most five. Turns come in the order they were asked for, urgent ones first, but
 * every third goes to whoever waits longest: none starves.
 */
export class CallBudget {
  private readonly clock: Clock
  private readonly intervalMs: number
  private readonly waiting = new Set<Turn>()
  private running = false
  private freeAt = Number.NEGATIVE_INFINITY
  private urgentTurns = 0

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
      const turn = { urgent, take }
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
    const [longest] = this.waiting
    const urgent = this.urgentTurns < MOST_URGENT ? [...this.waiting].find((turn) => turn.urgent()) : undefined
    this.urgentTurns = urgent === undefined ? 0 : this.urgentTurns + 1
    this.freeAt = this.clock.elapsed() + this.intervalMs
    const next = urgent ?? longest
    next?.take()
  }
}
