import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { FairRateLimiter } from '../../src/scheduling/rate-limiter.ts'
import { VirtualClock } from './virtual-clock.ts'

interface Caller {
  readonly name: string
  readonly urgent: boolean
  readonly calls: number
}

/** Callers that ask for their next turn as soon as they had one. */
async function turns(callers: readonly Caller[]): Promise<readonly { readonly at: number; readonly name: string }[]> {
  const clock = new VirtualClock()
  const budget = new FairRateLimiter(clock, 5)
  const taken: { at: number; name: string }[] = []
  const all = callers.map(async ({ name, urgent, calls }) => {
    for (let call = 0; call < calls; call++) {
      await budget.turn(() => urgent)
      taken.push({ at: clock.elapsed(), name })
    }
  })
  await clock.run(Promise.all(all))
  await clock.pass(1_000)
  expect(clock.asleep).toBe(0)
  return taken
}

const quiet = (name: string, calls: number): Caller => ({ name, urgent: false, calls })
const urgent = (name: string, calls: number): Caller => ({ name, urgent: true, calls })

describe('the call budget', () => {
  it('gives the first turn at once, and then one every 200 ms', async () => {
    const taken = await turns([quiet('a', 4)])
    expect(taken.map(({ at }) => at)).toEqual([0, 200, 400, 600])
  })

  it('never gives more than its rate, whoever asks', async () => {
    const caller = fc.record({ name: fc.string(), urgent: fc.boolean(), calls: fc.nat(8) })
    await fc.assert(
      fc.asyncProperty(fc.array(caller, { maxLength: 12 }), async (callers) => {
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
    const taken = await turns([quiet('a', 3), quiet('b', 3), quiet('c', 3)])
    expect(taken.map(({ name }) => name).join('')).toBe('abcabcabc')
  })

  it('lets an ended container’s log go first', async () => {
    const taken = await turns([quiet('a', 3), quiet('b', 3), urgent('X', 1)])
    expect(taken.map(({ name }) => name).join('')).toBe('aXbabab')
  })

  it('starves nobody, even while several logs are urgent without end', async () => {
    const taken = await turns([urgent('X', 30), urgent('Y', 30), quiet('a', 5), quiet('b', 5)])
    const order = taken.map(({ name }) => name)
    expect(order.slice(0, 24).filter((name) => name === 'a').length).toBeGreaterThanOrEqual(3)
    expect(order.slice(0, 24).filter((name) => name === 'b').length).toBeGreaterThanOrEqual(3)
  })

  it('lets urgent ones pass a few others for 0.8 s, no longer', async () => {
    const taken = await turns([quiet('a', 4), urgent('X', 9)])
    expect(taken.map(({ name }) => name).join('')).toBe('aXXXaXXXaXXXa')
  })

  it('lets nobody wait longer than its share for those that are urgent, however many there are', async () => {
    const mixed = Array.from({ length: 60 }, (_, index) => (index % 3 === 0 ? quiet : urgent)(`${index}`, 6))
    const taken = await turns(mixed)
    const last = new Map<string, number>()
    const waits = taken.map(({ at, name }) => {
      const waited = at - (last.get(name) ?? 0)
      last.set(name, at)
      return waited
    })
    expect(Math.max(...waits)).toBeLessThanOrEqual(60 * 200)
  })

  it('lets go at once of a caller who gives up, and loses no turn by it', async () => {
    const clock = new VirtualClock()
    const budget = new FairRateLimiter(clock, 5)
    const giveUp = new AbortController()
    await budget.turn()
    const turns = [budget.turn(undefined, giveUp.signal), budget.turn()].map(async (turn) => {
      await turn
      return clock.elapsed()
    })
    giveUp.abort()
    expect(await clock.run(Promise.all(turns))).toEqual([0, 200])
    expect(await budget.turn(undefined, giveUp.signal)).toBe(0)
  })

  it('tells how long others made the caller wait', async () => {
    const clock = new VirtualClock()
    const budget = new FairRateLimiter(clock, 5)
    const waits = Array.from({ length: 4 }, () => budget.turn())
    expect(await clock.run(Promise.all(waits))).toEqual([0, 0, 200, 400])
  })
})
