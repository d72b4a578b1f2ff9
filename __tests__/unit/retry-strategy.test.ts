import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import type { RetryErrorInfo } from '@smithy/types'
import { RetryStrategy } from '../../src/aws/retry-strategy.ts'

const errorOf = (errorType: RetryErrorInfo['errorType']): RetryErrorInfo => ({
  errorType,
  error: { name: 'Error', message: 'm', code: 'ECONNRESET' } as NonNullable<RetryErrorInfo['error']>,
})

beforeEach(() => void jest.useFakeTimers())
afterEach(() => void jest.useRealTimers())

/** Repeats as the SDK does, until it is given up; pauses in milliseconds. */
async function pauses(patience: RetryStrategy, errorType: RetryErrorInfo['errorType'], callMs = 0): Promise<number[]> {
  const taken: number[] = []
  let token = await patience.acquireInitialRetryToken()
  for (;;) {
    jest.advanceTimersByTime(callMs)
    try {
      token = await patience.refreshRetryTokenForRetry(token, errorOf(errorType))
    } catch {
      return taken
    }
    const pause = token.getRetryDelay()
    taken.push(pause)
    jest.advanceTimersByTime(pause)
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

describe('patience', () => {
  it.each(['TRANSIENT', 'SERVER_ERROR', 'THROTTLING'] as const)(
    'bears a %s error for five minutes, no longer',
    async (type) => {
      const taken = await pauses(new RetryStrategy(() => {}), type)
      expect(sum(taken)).toBeGreaterThan(5 * 60_000)
      expect(sum(taken)).toBeLessThanOrEqual(5 * 60_000 + 5_000)
      expect(Math.max(...taken)).toBeLessThanOrEqual(5_000)
      expect(Math.min(...taken)).toBeGreaterThanOrEqual(50)
    },
  )

  it('counts the time of the calls too: a connection that never answers is not borne for hours', async () => {
    const taken = await pauses(new RetryStrategy(() => {}), 'TRANSIENT', 14_000)
    expect(sum(taken) + 14_000 * taken.length).toBeLessThanOrEqual(5 * 60_000 + 19_000)
  })

  it('repeats nothing that would fail again', async () => {
    expect(await pauses(new RetryStrategy(() => {}), 'CLIENT_ERROR')).toEqual([])
  })

  it('begins with a second when throttled, with a tenth otherwise', async () => {
    const [throttled = 0] = await pauses(new RetryStrategy(() => {}), 'THROTTLING')
    const [broken = 0] = await pauses(new RetryStrategy(() => {}), 'TRANSIENT')
    expect(throttled).toBeGreaterThanOrEqual(500)
    expect(throttled).toBeLessThanOrEqual(1_000)
    expect(broken).toBeLessThanOrEqual(100)
  })

  it('tells after ten seconds, and then once a minute, for all calls of a client together', async () => {
    const told: string[] = []
    const patience = new RetryStrategy((trouble) => told.push(trouble))
    await pauses(patience, 'TRANSIENT')
    expect(told).toHaveLength(5)
    expect(told[0]).toContain('ECONNRESET')
    await pauses(new RetryStrategy((trouble) => told.push(trouble)), 'CLIENT_ERROR')
    expect(told).toHaveLength(5)
  })
})
