import { describe, expect, it } from '@jest/globals'
import type { Outcome } from '../../src/migration/outcome.ts'
import { RunProgress } from '../../src/scheduling/progress.ts'
import { VirtualClock } from './virtual-clock.ts'

const ok: Outcome = { kind: 'succeeded', exitCode: 0 }
const failed: Outcome = { kind: 'failed', cause: 'exit-code', exitCode: 1 }

describe('the progress of many databases', () => {
  it('is one line: how many wait, run, are done and failed, and which run longest', async () => {
    const clock = new VirtualClock()
    const progress = new RunProgress(10, clock)
    for (const database of ['a', 'b', 'c', 'd', 'e']) {
      progress.starts(database)
      await clock.pass(10_000)
    }
    progress.judged('b', ok)
    progress.judged('c', failed)
    progress.finished('c')
    expect(progress.line()).toBe(
      'After 50 s: 5 waiting, 3 running, 1 done, 1 failed, 1 with a log still being read. Longest: a (50 s), d (20 s), e (10 s).',
    )
  })

  it('counts what is skipped, and ends with nothing waiting', async () => {
    const clock = new VirtualClock()
    const progress = new RunProgress(4, clock)
    progress.starts('a')
    await clock.pass(90_000)
    progress.judged('a', failed)
    progress.finished('a')
    for (let skipped = 0; skipped < 3; skipped++) progress.skips()
    expect(progress.line()).toBe('After 1 min 30 s: 0 waiting, 0 running, 0 done, 1 failed, 3 skipped.')
  })

  it('never calls one failed that was lost from sight', () => {
    const progress = new RunProgress(4, new VirtualClock())
    progress.starts('a')
    progress.judged('a', { kind: 'unknown', cause: 'missing' })
    progress.finished('a')
    expect(progress.line()).toBe('After 0 s: 3 waiting, 0 running, 0 done, 0 failed, 1 not known.')
  })

  it.each([
    [3, 0],
    [4, 3],
  ])(
    'is printed every 30 s of more than three databases, until the run is over (%i: %i lines)',
    async (count, lines) => {
      const clock = new VirtualClock()
      const printed: string[] = []
      const over = new AbortController()
      const saying = new RunProgress(count, clock).say((line) => printed.push(line), over.signal)
      await clock.pass(100_000)
      over.abort()
      await clock.run(saying)
      await clock.pass(100_000)
      expect(printed).toHaveLength(lines)
      expect(clock.asleep).toBe(0)
    },
  )
})
