import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { isFailure, mayStillRun, type Outcome, type SkipCause } from '../../src/migration/outcome.ts'
import { type ScheduleRules, schedule } from '../../src/scheduling/schedule.ts'
import { failure } from './aws-failures.ts'
import { VirtualClock } from './virtual-clock.ts'

interface Fate {
  readonly outcome: Outcome
  readonly verdictAfter: number
  /** The result comes so much later than the verdict: the log is read to its end. */
  readonly readingFor: number
}

interface Event {
  readonly at: number
  readonly what: 'starts' | 'verdict'
  readonly database: string
}

interface Play {
  readonly results: readonly (readonly [database: string, outcome: Outcome['kind']])[]
  readonly events: readonly Event[]
  readonly mostAtOnce: number
}

interface Options {
  readonly followed?: readonly string[]
  readonly cancelAt?: number
  readonly haltAt?: number
}

const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `db${index}`)

async function play(fates: readonly Fate[], rules: ScheduleRules, options: Options = {}): Promise<Play> {
  const clock = new VirtualClock()
  const cancel = new AbortController()
  if (options.cancelAt !== undefined) clock.after(options.cancelAt, () => cancel.abort('SIGINT'))
  const events: Event[] = []
  let running = 0
  let mostAtOnce = 0
  const start = async (database: string, onVerdict: (outcome: Outcome) => void) => {
    const fate = fates[Number(database.slice(2))]
    if (fate === undefined) throw new Error(database)
    events.push({ at: clock.elapsed(), what: 'starts', database })
    running += 1
    mostAtOnce = Math.max(mostAtOnce, running)
    await clock.sleep(fate.verdictAfter)
    // What may run on still counts as running.
    if (!mayStillRun(fate.outcome)) running -= 1
    events.push({ at: clock.elapsed(), what: 'verdict', database })
    onVerdict(fate.outcome)
    await clock.sleep(fate.readingFor)
    return [database, fate.outcome.kind] as const
  }
  const actions = {
    start,
    skip: (database: string) => [database, 'skipped'] as const,
    halted: () => (clock.elapsed() >= (options.haltAt ?? Number.POSITIVE_INFINITY) ? tagMoved : undefined),
  }
  const results = await clock.run(
    schedule(names(fates.length), new Set(options.followed ?? []), rules, actions, cancel.signal),
  )
  return { results, events, mostAtOnce }
}

const tagMoved: SkipCause = { kind: 'mixed-images', difference: 'a ran x, b y' }
const ok: Outcome = { kind: 'succeeded', exitCode: 0 }
const failed: Outcome = { kind: 'failed', cause: 'exit-code', exitCode: 1 }
const busy: Outcome = { kind: 'refused', cause: 'busy', running: { taskArn: 'arn' } }
const refusal: Outcome = { kind: 'refused', cause: 'problems', problems: [] }
const unknown: Outcome = { kind: 'unknown', cause: 'aws-error', error: failure('unreachable') }
const left: Outcome = { kind: 'timed-out', minutes: 1, left: true }
const wrong: Outcome = { kind: 'failed', cause: 'wrong-database', evidence: '' }

const fate = (outcome: Outcome, verdictAfter = 1_000, readingFor = 5_000): Fate => ({
  outcome,
  verdictAfter,
  readingFor,
})
const oneByOne: ScheduleRules = { maxParallel: 1, canary: true, failFast: true }
const started = ({ events }: Play): string[] =>
  events.filter(({ what }) => what === 'starts').map(({ database }) => database)
const kinds = ({ results }: Play): string => results.map(([, kind]) => kind).join(' ')

describe('the schedule', () => {
  it('keeps every promise for any order of exits, failures and cancels', async () => {
    const anyFate = fc.record({
      outcome: fc.constantFrom(ok, ok, ok, failed, busy, refusal, unknown, left, wrong),
      verdictAfter: fc.integer({ min: 1, max: 50 }),
      readingFor: fc.nat(50),
    })
    const rules = fc.record({
      maxParallel: fc.integer({ min: 1, max: 6 }),
      canary: fc.boolean(),
      failFast: fc.boolean(),
    })
    const moment = fc.option(fc.nat(150), { nil: undefined })
    const property = fc.asyncProperty(
      fc.array(anyFate, { minLength: 1, maxLength: 20 }),
      rules,
      moment,
      fc.array(fc.nat(19), { maxLength: 4 }),
      async (fates, rules, cancelAt, runAlready) => {
        const all = names(fates.length)
        const followed = all.filter((_, index) => runAlready.includes(index))
        const others = all.filter((name) => !followed.includes(name))
        const result = await play(fates, rules, { followed, ...(cancelAt !== undefined && { cancelAt }) })
        const { results, events, mostAtOnce } = result
        const order = started(result)

        // Each database exactly one outcome, in the given order; begun are those that run already, and the first others.
        expect(results.map(([database]) => database)).toEqual(all)
        expect(order).toEqual([...followed, ...others].slice(0, order.length))
        expect(order.length).toBeGreaterThanOrEqual(followed.length)
        const kindOf = (name: string) => fates[Number(name.slice(2))]?.outcome.kind
        expect(results.map(([, kind]) => kind)).toEqual(
          all.map((name) => (order.includes(name) ? kindOf(name) : 'skipped')),
        )

        // Never more at once than asked for, what may run on included, except for what ran already.
        expect(mostAtOnce).toBeLessThanOrEqual(Math.max(rules.maxParallel, followed.length))

        // The canary, the first that is launched, is judged before the second begins.
        const [canary, next] = others
        const second = events.findIndex(({ what, database }) => what === 'starts' && database === next)
        const canaryJudged = events.findIndex(({ what, database }) => what === 'verdict' && database === canary)
        if (rules.canary && second >= 0) expect(canaryJudged).toBeLessThan(second)

        // Nothing begins after what ends the run, or after the cancel.
        const ends = events.findIndex(({ what, database }) => {
          const outcome = fates[Number(database.slice(2))]?.outcome ?? ok
          return what === 'verdict' && (outcome === wrong || (rules.failFast && isFailure(outcome) && outcome !== busy))
        })
        if (ends >= 0) expect(events.slice(ends).some(({ what }) => what === 'starts')).toBe(false)
        const begunAtOnce = new Set(followed.length > 0 ? followed : ['db0'])
        const late = events.filter(
          ({ at, what, database }) => at > (cancelAt ?? Infinity) && what === 'starts' && !begunAtOnce.has(database),
        )
        expect(late).toEqual([])

        // And nobody is skipped without a reason.
        if (ends < 0 && cancelAt === undefined && fates.every(({ outcome }) => !mayStillRun(outcome)))
          expect(order).toHaveLength(fates.length)
      },
    )
    await fc.assert(property, { numRuns: 200 })
  })

  it('starts the next at the verdict, while the log of the one before is still read', async () => {
    const { events } = await play([fate(ok), fate(ok)], oneByOne)
    expect(events).toEqual([
      { at: 0, what: 'starts', database: 'db0' },
      { at: 1_000, what: 'verdict', database: 'db0' },
      { at: 1_000, what: 'starts', database: 'db1' },
      { at: 2_000, what: 'verdict', database: 'db1' },
    ])
  })

  it('goes on past a busy database, and not past one whose rivals cannot be seen', async () => {
    expect(kinds(await play([fate(busy), fate(ok)], oneByOne))).toBe('refused succeeded')
    expect(kinds(await play([fate(refusal), fate(ok)], oneByOne))).toBe('refused skipped')
  })

  it('lets those running finish when one fails', async () => {
    const rules = { maxParallel: 3, canary: false, failFast: true }
    const result = await play([fate(ok, 9_000), fate(failed, 1_000), fate(ok, 5_000), fate(ok)], rules)
    expect(kinds(result)).toBe('succeeded failed succeeded skipped')
  })

  it('keeps the place of a task that may still run', async () => {
    const rules = { maxParallel: 2, canary: false, failFast: false }
    const result = await play([fate(left, 10), fate(ok), fate(ok), fate(ok)], rules)
    expect(result.mostAtOnce).toBe(2)
    expect(kinds(result)).toBe('timed-out succeeded succeeded succeeded')
    expect(kinds(await play([fate(unknown), fate(ok)], { ...oneByOne, failFast: false }))).toBe('unknown skipped')
  })

  it('ends with a task of another database, fail-fast or not', async () => {
    expect(kinds(await play([fate(wrong), fate(ok)], { ...oneByOne, failFast: false }))).toBe('failed skipped')
  })

  it('ends for a reason of the whole run', async () => {
    expect(kinds(await play([fate(ok), fate(ok), fate(ok)], oneByOne, { haltAt: 1_500 }))).toBe(
      'succeeded succeeded skipped',
    )
  })

  it('begins the first even when the step was cancelled before, so that it says so itself', async () => {
    const cancelled: Outcome = { kind: 'cancelled', signal: 'SIGINT', left: false }
    expect(kinds(await play([fate(cancelled), fate(ok)], oneByOne, { cancelAt: 0 }))).toBe('cancelled skipped')
  })

  it('lets those running end before it throws what was our own mistake', async () => {
    const clock = new VirtualClock()
    const ended: string[] = []
    const start = async (database: string, onVerdict: (outcome: Outcome) => void): Promise<string> => {
      if (database === 'db1') throw new Error('our mistake')
      await clock.sleep(1_000)
      onVerdict(ok)
      ended.push(database)
      return database
    }
    const actions = { start, skip: () => 'skipped', halted: () => undefined }
    const rules = { maxParallel: 2, canary: false, failFast: true }
    const work = schedule(names(4), new Set(), rules, actions, new AbortController().signal)
    await expect(clock.run(work)).rejects.toThrow('our mistake')
    expect(ended).toEqual(['db0'])
  })

  it('takes 500 databases, 100 at once', async () => {
    const fates = Array.from({ length: 500 }, (_, index) => fate(ok, 100 + (index % 7) * 50, 300))
    const result = await play(fates, { maxParallel: 100, canary: true, failFast: true })
    expect(started(result)).toHaveLength(500)
    expect(result.mostAtOnce).toBe(100)
  })
})
