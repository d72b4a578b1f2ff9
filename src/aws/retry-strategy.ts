import type { RetryErrorInfo, RetryStrategyV2, RetryToken } from '@smithy/types'
import { provesNothingSent, type Trouble, troubleOf } from './errors.ts'

/** What passes is repeated this long; the SDK's own retries give up after seconds. */
const LONGEST_MS = 5 * 60_000
/** With the attempt that is then on its way, 15 s. */
const LONGEST_IN_THE_WAY_MS = 12_000
const BASE_MS = { throttled: 1_000, other: 100 }
const LONGEST_PAUSE_MS = 5_000
/** From here on the log says so. */
const SILENT_MS = 10_000
const SAY_EVERY_MS = 60_000

/** Not repeated where it may have been done, since ECS makes another revision each time: who calls it looks first. */
const NOT_IDEMPOTENT = 'ecs:RegisterTaskDefinition'
/** Where nothing was sent: a task is not started long after it was asked for, and no step waits for its clean-up. */
const NOT_AWAITED: ReadonlySet<string> = new Set(['ecs:RunTask', 'ecs:DeregisterTaskDefinition'])

/** An error that keeps coming. */
interface Fault {
  readonly name: string
  readonly since: number
}

class Attempt implements RetryToken {
  /** The first attempt of the call. */
  readonly since: number
  readonly began = performance.now()
  readonly count: number
  /** An attempt before this one got no answer of AWS's own: it may have done the work. */
  readonly unanswered: boolean
  readonly fault: Fault | undefined

  constructor(since: number, count: number, unanswered: boolean, fault?: Fault) {
    this.since = since
    this.count = count
    this.unanswered = unanswered
    this.fault = fault
  }

  getRetryCount(): number {
    return this.count
  }

  /** The pause was made before the token was given. */
  getRetryDelay(): number {
    return 0
  }
}

interface RetryOptions {
  /** Awaited before a call is repeated, where calls share a rate. */
  readonly turn?: () => Promise<unknown>
  /** AWS was reached before, from this job. */
  readonly reachedBefore?: boolean
}

/**
 * The one place that decides how often a call is repeated: throttling, 5xx, broken connections and what is no answer for
 * five minutes, with jitter; what stands in between for 15 s, as long as no call came through; everything else not at
 * all. Time is monotonic, so a clock that jumps ends nothing early.
 */
export class RetryStrategy implements RetryStrategyV2 {
  private readonly say: (trouble: string) => void
  private readonly turn: () => Promise<unknown>
  /** By operation. */
  private readonly saidAt = new Map<string, number>()
  private reached: boolean

  /** @param say called now and then while calls fail */
  constructor(say: (trouble: string) => void, { turn, reachedBefore = false }: RetryOptions = {}) {
    this.say = say
    this.turn = turn ?? (() => Promise.resolve())
    this.reached = reachedBefore
  }

  async acquireInitialRetryToken(): Promise<RetryToken> {
    return new Attempt(performance.now(), 0, false)
  }

  async refreshRetryTokenForRetry(token: RetryToken, info: RetryErrorInfo): Promise<RetryToken> {
    const attempt = token as Attempt
    const { error } = info
    const now = performance.now()
    const trouble = troubleOf(info)
    const mayBeDone = trouble === 'unanswered' || (trouble === 'in-the-way' && !provesNothingSent(error))
    const unanswered = attempt.unanswered || mayBeDone
    const operation = operationOf(error)
    const longest = this.longest(trouble, operation, unanswered)
    if (now - attempt.since > longest) {
      // The caller gets this error: it must know that the one before may have been a success.
      if (attempt.unanswered && error !== undefined) Object.assign(error, { unanswered: true })
      throw new Error('not to be repeated')
    }
    const name = nameOf(error)
    const fault = attempt.fault?.name === name ? attempt.fault : { name, since: attempt.began }
    if (longest === LONGEST_MS) this.sayNowAndThen(operation, fault, now)
    await pause(trouble, attempt.count)
    await this.turn()
    return new Attempt(attempt.since, attempt.count + 1, unanswered, fault)
  }

  recordSuccess(): void {
    this.reached = true
  }

  /** Milliseconds for which a call is repeated from its first attempt; below 0: it is not. */
  private longest(trouble: Trouble, operation: string, unanswered: boolean): number {
    if (trouble === 'refused' || (unanswered && operation === NOT_IDEMPOTENT)) return -1
    const isShort = trouble === 'in-the-way' && (NOT_AWAITED.has(operation) ? !unanswered : !this.reached)
    return isShort ? LONGEST_IN_THE_WAY_MS : LONGEST_MS
  }

  private sayNowAndThen(operation: string, { name, since }: Fault, now: number): void {
    const saidAt = this.saidAt.get(operation) ?? Number.NEGATIVE_INFINITY
    if (now - since < SILENT_MS || now - saidAt < SAY_EVERY_MS) return
    this.saidAt.set(operation, now)
    this.say(
      `${operation} has failed for ${Math.round((now - since) / 1_000)} s: ${name}. Still trying, for 5 min in all.`,
    )
  }
}

/** At least half of what it may be: a full jitter can come out at nothing and then repeats at once. */
async function pause(trouble: Trouble, count: number): Promise<void> {
  const base = trouble === 'throttled' ? BASE_MS.throttled : BASE_MS.other
  const most = Math.min(LONGEST_PAUSE_MS, base * 2 ** Math.min(count, 10))
  await new Promise((resolve) => setTimeout(resolve, most / 2 + (Math.random() * most) / 2))
}

function operationOf(error: unknown): string {
  return (error as { readonly operation?: string } | undefined)?.operation ?? 'A call'
}

function nameOf(error: unknown): string {
  const { name, code, message } = (error ?? {}) as { name?: string; code?: string; message?: string }
  return (name === 'NoAnswer' ? message : (code ?? name)) ?? 'no reason given'
}
