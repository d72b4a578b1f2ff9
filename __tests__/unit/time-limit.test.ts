import { expect, it } from '@jest/globals'
import { TimeLimit } from '../../src/migration/time-limit.ts'
import { VirtualClock } from './virtual-clock.ts'

it('counts from the first RunTask that was no refusal for the quota, without what was waited for others', async () => {
  const clock = new VirtualClock()
  const limit = new TimeLimit(clock, 60_000)
  await clock.pass(30_000)
  limit.asked()
  await clock.pass(30_000)
  // The quota had refused the first.
  limit.asked()
  expect(limit.leftMs).toBe(60_000)
  await clock.pass(1_000)
  limit.begin()
  expect(limit.leftMs).toBe(59_000)
  await clock.pass(20_000)
  limit.asked()
  limit.begin()
  expect(limit.leftMs).toBe(39_000)
  const waiting = limit.excluding(() => clock.sleep(10_000))
  await clock.pass(10_000)
  await waiting
  expect(limit.leftToWaitMs).toBe(50_000)
  expect({ left: limit.leftMs, start: limit.allowsStart }).toEqual({ left: 39_000, start: true })
  await clock.pass(24_000)
  expect({ left: limit.leftMs, start: limit.allowsStart }).toEqual({ left: 15_000, start: false })
  await clock.pass(60_000)
  expect(limit.leftMs).toBe(0)
})
