import type { RetryErrorInfo, RetryStrategyV2, RetryToken } from '@smithy/types'
import { isGarbled } from './errors.ts'

/** An error that AWS would call retryable is borne this long; the SDK's own retries give up after seconds. */
const LONGEST_MS = 5 * 60_000
const BASE_MS = { THROTTLING: 1_000, other: 100 }
const LONGEST_PAUSE_MS = 5_000
/** From here on a person is told. */
const SILENT_MS = 10_000
const SAY_EVERY_MS = 60_000

class Attempt implements RetryToken {
  readonly since: number
  readonly count: number
  readonly delay: number
  /** An attempt before this one got no answer of AWS's own: it may have done the work. */
  readonly unanswered: boolean

  constructor(since: number, count: number, delay: number, unanswered: boolean) {
    this.since = since
    this.count = count
    this.delay = delay
    this.unanswered = unanswered
  }

  getRetryCount(): number {
    return this.count
  }

  getRetryDelay(): number {
    return this.delay
  }
}

/**
 * The one place that decides how often a call is repeated: throttling, 5xx and broken connections for five minutes,
 * with full jitter; everything else not at all. Time is monotonic, so a clock that jumps ends nothing early.
 */
export class RetryStrategy implements RetryStrategyV2 {
  private readonly tell: (trouble: string) => void
  private readonly turn: () => Promise<unknown>
  private toldAt = Number.NEGATIVE_INFINITY

  /**
   * @param tell called now and then while calls fail
   * @param turn awaited before a call is repeated, where calls share a rate
   */
  constructor(tell: (trouble: string) => void, turn: () => Promise<unknown> = () => Promise.resolve()) {
    this.tell = tell
    this.turn = turn
  }

  async acquireInitialRetryToken(): Promise<RetryToken> {
    return new Attempt(performance.now(), 0, 0, false)
  }

  async refreshRetryTokenForRetry(token: RetryToken, { error, errorType }: RetryErrorInfo): Promise<RetryToken> {
    const { since, count, unanswered } = token as Attempt
    const elapsed = performance.now() - since
    const throttled = errorType === 'THROTTLING' || isCrowded(error)
    const final = errorType === 'CLIENT_ERROR' && !throttled && !isGarbled(error)
    if (final || elapsed > LONGEST_MS) {
      // The caller gets this error: it must know that the one before may have been a success.
      if (unanswered && error !== undefined) Object.assign(error, { unanswered })
      throw new Error('not to be repeated')
    }
    this.sayNowAndThen(elapsed, error)
    const base = throttled ? BASE_MS.THROTTLING : BASE_MS.other
    const most = Math.min(LONGEST_PAUSE_MS, base * 2 ** Math.min(count, 10))
    // At least half: a full jitter can come out at nothing and then repeats at once.
    const pause = most / 2 + (Math.random() * most) / 2
    await this.turn()
    return new Attempt(since, count + 1, pause, unanswered || !throttled)
  }

  recordSuccess(): void {}

  private sayNowAndThen(elapsed: number, error: unknown): void {
    const now = performance.now()
    if (elapsed < SILENT_MS || now - this.toldAt < SAY_EVERY_MS) return
    this.toldAt = now
    const { name, code } = error as { name?: string; code?: string }
    this.tell(
      `Calls have failed for ${Math.round(elapsed / 1_000)} s now (${code ?? name}). Still trying, for 5 min in all.`,
    )
  }
}

/** Jobs that register revisions of one family at once get this as a ClientException, though it passes like throttling. */
function isCrowded(error: unknown): boolean {
  return error instanceof Error && /too many concurrent attempts/i.test(error.message)
}
