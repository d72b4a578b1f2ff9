import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import type { RetryErrorInfo } from '@smithy/types'
import { RetryStrategy } from '../../src/aws/retry-strategy.ts'

type SdkError = NonNullable<RetryErrorInfo['error']>

const errorOf = (errorType: RetryErrorInfo['errorType'], error: object = {}): RetryErrorInfo => ({
  errorType,
  error: { name: 'Error', message: 'm', code: 'ECONNRESET', operation: 'ecs:DescribeTasks', ...error } as SdkError,
})

beforeEach(() => void jest.useFakeTimers())
afterEach(() => void jest.useRealTimers())

/** Repeats as the SDK does, until it is given up; pauses in milliseconds. */
async function pauses(
  strategy: RetryStrategy,
  failing: RetryErrorInfo | ((attempt: number) => RetryErrorInfo),
  callMs = 0,
): Promise<number[]> {
  const taken: number[] = []
  let token = await strategy.acquireInitialRetryToken()
  for (;;) {
    await jest.advanceTimersByTimeAsync(callMs)
    const info = typeof failing === 'function' ? failing(taken.length) : failing
    const began = performance.now()
    const next = await settled(strategy.refreshRetryTokenForRetry(token, info))
    if (next === undefined) return taken
    token = next
    taken.push(performance.now() - began + token.getRetryDelay())
  }
}

/** Lets time pass; undefined when it was refused. */
async function settled<T>(work: Promise<T>): Promise<T | undefined> {
  let isOver = false
  const over = work
    .catch(() => undefined)
    .finally(() => {
      isOver = true
    })
  while (!isOver) await jest.advanceTimersToNextTimerAsync()
  return over
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

describe('the retries', () => {
  it.each(['TRANSIENT', 'SERVER_ERROR', 'THROTTLING'] as const)(
    'retries a %s error for five minutes, no longer',
    async (type) => {
      const taken = await pauses(new RetryStrategy(() => {}), errorOf(type))
      expect(sum(taken)).toBeGreaterThan(5 * 60_000)
      expect(sum(taken)).toBeLessThanOrEqual(5 * 60_000 + 5_000)
      expect(Math.max(...taken)).toBeLessThanOrEqual(5_000)
      expect(Math.min(...taken)).toBeGreaterThanOrEqual(50)
    },
  )

  it('counts the time of the calls too: a connection that never answers is not retried for hours', async () => {
    const taken = await pauses(new RetryStrategy(() => {}), errorOf('TRANSIENT'), 14_000)
    expect(sum(taken) + 14_000 * taken.length).toBeLessThanOrEqual(5 * 60_000 + 19_000)
  })

  it('repeats nothing that would fail again', async () => {
    expect(await pauses(new RetryStrategy(() => {}), errorOf('CLIENT_ERROR'))).toEqual([])
  })

  it('begins with a second when throttled, with a tenth otherwise', async () => {
    const [throttled = 0] = await pauses(new RetryStrategy(() => {}), errorOf('THROTTLING'))
    const [broken = 0] = await pauses(new RetryStrategy(() => {}), errorOf('TRANSIENT'))
    expect(throttled).toBeGreaterThanOrEqual(500)
    expect(throttled).toBeLessThanOrEqual(1_000)
    expect(broken).toBeLessThanOrEqual(100)
  })

  it('says after ten seconds, and then once a minute, which operation fails and how', async () => {
    const said: string[] = []
    const strategy = new RetryStrategy((trouble) => said.push(trouble))
    await pauses(strategy, errorOf('TRANSIENT'))
    expect(said).toHaveLength(5)
    expect(said[0]).toMatch(/^ecs:DescribeTasks has failed for 1\d s: ECONNRESET\. Still trying, for 5 min in all\.$/)
    await pauses(new RetryStrategy((trouble) => said.push(trouble)), errorOf('CLIENT_ERROR'))
    expect(said).toHaveLength(5)
  })

  it('counts a new fault from its own beginning', async () => {
    const said: string[] = []
    const strategy = new RetryStrategy((trouble) => said.push(trouble))
    await pauses(strategy, (attempt) =>
      errorOf('SERVER_ERROR', { code: undefined, name: attempt < 30 ? 'ServerException' : 'OtherException' }),
    )
    const seconds = said.map((line) => Number(/for (\d+) s: OtherException/.exec(line)?.[1] ?? Number.NaN))
    expect(seconds.find((count) => !Number.isNaN(count))).toBeLessThan(75)
    expect(said.every((line) => /ServerException|OtherException/.test(line))).toBe(true)
  })

  it('waits, and then takes its turn: the rate is held', async () => {
    const turns: number[] = []
    const turn = async (): Promise<void> => void turns.push(performance.now())
    const strategy = new RetryStrategy(() => {}, { turn })
    const token = await strategy.acquireInitialRetryToken()
    const next = await settled(strategy.refreshRetryTokenForRetry(token, errorOf('THROTTLING')))
    expect(next?.getRetryDelay()).toBe(0)
    expect(turns).toEqual([performance.now()])
    expect(performance.now()).toBeGreaterThanOrEqual(500)
  })

  it.each([
    ['a name that is not resolved', { code: 'ENOTFOUND' }],
    ['a resolver that fails', { code: 'EAI_AGAIN' }],
    ['a certificate', { code: 'SELF_SIGNED_CERT_IN_CHAIN' }],
    ['a certificate of its own', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }],
    ['a certificate for another name', { code: 'ERR_TLS_CERT_ALTNAME_INVALID' }],
    [
      "GitHub's keys that STS cannot read",
      {
        code: undefined,
        name: 'InvalidIdentityToken',
        message: "Couldn't retrieve verification key from your identity provider",
      },
    ],
  ])('retries for 15 s what stands in between, and for five minutes once AWS was reached: %s', async (_, error) => {
    const fresh = await pauses(new RetryStrategy(() => {}), errorOf('CLIENT_ERROR', error))
    expect(sum(fresh)).toBeGreaterThan(8_000)
    expect(sum(fresh)).toBeLessThanOrEqual(15_000 + 2_000)
    const reached = new RetryStrategy(() => {})
    reached.recordSuccess()
    expect(sum(await pauses(reached, errorOf('CLIENT_ERROR', error)))).toBeGreaterThan(5 * 60_000)
  })

  it('gives RunTask up within 15 s where nothing was sent, but not where an attempt may have been', async () => {
    const unsent = errorOf('TRANSIENT', { code: 'ENOTFOUND', operation: 'ecs:RunTask' })
    const reached = new RetryStrategy(() => {}, { reachedBefore: true })
    expect(sum(await pauses(reached, unsent))).toBeLessThanOrEqual(17_000)
    const lost = errorOf('TRANSIENT', { operation: 'ecs:RunTask' })
    expect(sum(await pauses(reached, (attempt) => (attempt === 0 ? lost : unsent)))).toBeGreaterThan(5 * 60_000)
    expect(unsent.error).toMatchObject({ unanswered: true })
  })

  it('repeats RegisterTaskDefinition only where ECS answered', async () => {
    const register = { operation: 'ecs:RegisterTaskDefinition' }
    expect(await pauses(new RetryStrategy(() => {}), errorOf('TRANSIENT', register))).toEqual([])
    expect(await pauses(new RetryStrategy(() => {}), errorOf('SERVER_ERROR', register))).toEqual([])
    expect(sum(await pauses(new RetryStrategy(() => {}), errorOf('THROTTLING', register)))).toBeGreaterThan(5 * 60_000)
  })
})
