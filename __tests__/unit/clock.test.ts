import { getEventListeners } from 'node:events'
import { describe, expect, it } from '@jest/globals'
import { systemClock } from '../../src/clock.ts'

describe('sleep', () => {
  it('takes its time', async () => {
    const began = systemClock.elapsed()
    await systemClock.sleep(30)
    expect(systemClock.elapsed() - began).toBeGreaterThanOrEqual(28)
  })

  it('ends at once with any of its signals, before or meanwhile, and for no time at all', async () => {
    const began = systemClock.elapsed()
    const cancel = new AbortController()
    const asleep = systemClock.sleep(60_000, new AbortController().signal, cancel.signal)
    cancel.abort()
    await asleep
    await systemClock.sleep(60_000, cancel.signal)
    await systemClock.sleep(0)
    await systemClock.sleep(-5)
    expect(systemClock.elapsed() - began).toBeLessThan(1_000)
  })

  it('leaves no listener behind, however it ended', async () => {
    const { signal } = new AbortController()
    const cancel = new AbortController()
    const both = [systemClock.sleep(60_000, signal, cancel.signal), systemClock.sleep(5, signal)]
    cancel.abort()
    await Promise.all(both)
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
    expect(getEventListeners(cancel.signal, 'abort')).toHaveLength(0)
  })
})
