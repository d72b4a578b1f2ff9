import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { FifoRateLimiter } from '../../src/scheduling/rate-limiter.ts'
import { VirtualClock } from './virtual-clock.ts'

interface Caller {
  readonly name: string
  readonly calls: number
}

/** Callers that ask for their next turn as soon as they had one. */
async function turns(callers: readonly Caller[]): Promise<readonly { readonly at: number; readonly name: string }[]> {
  const clock = new VirtualClock()
  const limiter = new FifoRateLimiter(clock, 5)
  const taken: { at: number; name: string }[] = []
  const all = callers.map(async ({ name, calls }) => {
    for (let call = 0; call < calls; call++) {
      await limiter.turn()
      taken.push({ at: clock.elapsed(), name })
    }
  })
  await clock.run(Promise.all(all))
  await clock.pass(1_000)
  expect(clock.asleep).toBe(0)
  return taken
}

const caller = (name: string, calls: number): Caller => ({ name, calls })

describe('the rate limiter', () => {
  it('gives the first turn at once, and then one every 200 ms', async () => {
    const taken = await turns([caller('a', 4)])
    expect(taken.map(({ at }) => at)).toEqual([0, 200, 400, 600])
  })

  it('never gives more than its rate, whoever asks', async () => {
    const anyCaller = fc.record({ name: fc.string(), calls: fc.nat(8) })
    await fc.assert(
      fc.asyncProperty(fc.array(anyCaller, { maxLength: 12 }), async (callers) => {
        const taken = await turns(callers)
        expect(taken).toHaveLength(callers.reduce((sum, { calls }) => sum + calls, 0))
        taken.slice(1).forEach(({ at }, index) => {
          expect(at - (taken[index]?.at ?? 0)).toBeGreaterThanOrEqual(200)
        })
      }),
      { numRuns: 50 },
    )
  })

  it('is fair between those that are alike', async () => {
    const taken = await turns([caller('a', 3), caller('b', 3), caller('c', 3)])
    expect(taken.map(({ name }) => name).join('')).toBe('abcabcabc')
  })

  it('lets go at once of a caller who gives up, and loses no turn by it', async () => {
    const clock = new VirtualClock()
    const limiter = new FifoRateLimiter(clock, 5)
    const giveUp = new AbortController()
    await limiter.turn()
    const turns = [limiter.turn(giveUp.signal), limiter.turn()].map(async (turn) => {
      await turn
      return clock.elapsed()
    })
    giveUp.abort()
    expect(await clock.run(Promise.all(turns))).toEqual([0, 200])
    expect(await limiter.turn(giveUp.signal)).toBe(0)
  })

  it('returns how long others made the caller wait', async () => {
    const clock = new VirtualClock()
    const limiter = new FifoRateLimiter(clock, 5)
    const waits = Array.from({ length: 4 }, () => limiter.turn())
    expect(await clock.run(Promise.all(waits))).toEqual([0, 0, 200, 400])
  })
})
