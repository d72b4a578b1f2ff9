import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { followLog, type LogRead } from '../../src/migration/follow-log.ts'
import type { Logs } from '../../src/migration/ports.ts'
import { type Ending, EndOfLog } from '../../src/migration/tail.ts'
import type { LogPage } from '../../src/model.ts'
import { FifoRateLimiter } from '../../src/scheduling/rate-limiter.ts'
import { failure, unanswered } from './aws-failures.ts'
import { SilentLogger } from './silent-logger.ts'
import { VirtualClock } from './virtual-clock.ts'

const stream = { group: '/ecs/shop', stream: 'app/app/1', region: 'eu-central-1' }

interface Line {
  readonly message: string
  /** Readable from this moment on. */
  readonly from: number
}

interface Behaviour {
  readonly lines: readonly Line[]
  /** Events in each page, in turn; 0 is an empty page in the middle. */
  readonly pages: readonly number[]
  /** The stream does not exist before. */
  readonly appears: number
  /** What is missing until then; the stream when absent. */
  readonly missing?: 'stream' | 'group'
  /** The call of this number is answered so. */
  readonly faults?: ReadonlyMap<number, () => Promise<LogPage>>
}

/** A stream as GetLogEvents shows it: tokens are positions, the same one again means nothing more for now. */
class StreamInMemory implements Logs {
  calls = 0
  private readonly clock: VirtualClock
  private readonly behaviour: Behaviour

  constructor(clock: VirtualClock, behaviour: Behaviour) {
    this.clock = clock
    this.behaviour = behaviour
  }

  async page(_: typeof stream, token: string | undefined, signal?: AbortSignal): Promise<LogPage> {
    const { lines, pages, appears, missing = 'stream', faults } = this.behaviour
    const call = this.calls++
    if (signal?.aborted === true) throw failure('aborted')
    const fault = faults?.get(call)
    if (fault !== undefined) return fault()
    if (this.clock.elapsed() < appears) return { messages: [], next: token, missing }
    const [at = 0, empty = 0] = (token ?? '0').split('/').map(Number)
    const readable = lines.filter(({ from }) => from <= this.clock.elapsed()).length
    const size = pages[call % pages.length] ?? 1
    const messages = lines.slice(at, Math.min(at + size, readable)).map(({ message }) => message)
    const next = at + messages.length
    // AWS may answer an empty page with another token although more is there.
    if (size === 0 && next < readable) return { messages: [], next: `${at}/${empty + 1}` }
    return { messages, next: `${next}/${next === at ? empty : 0}` }
  }
}

interface Reading {
  readonly read: LogRead
  readonly lines: readonly string[]
  readonly messages: readonly string[]
  readonly ended: number
  readonly calls: number
}

async function reading(
  behaviour: Partial<Behaviour>,
  exit: { readonly at: number; readonly ending: Ending },
  options: { readonly logs?: (clock: VirtualClock) => Logs; readonly cancelAt?: number } = {},
): Promise<Reading> {
  const clock = new VirtualClock()
  const logger = new SilentLogger()
  const memory = new StreamInMemory(clock, { lines: [], pages: [100], appears: 0, ...behaviour })
  const end = new EndOfLog(clock)
  const cancel = new AbortController()
  clock.after(exit.at, () => end.containerEnded(exit.ending))
  if (options.cancelAt !== undefined) clock.after(options.cancelAt, () => cancel.abort('SIGINT'))
  const ports = { logs: options.logs?.(clock) ?? memory, clock, logCalls: new FifoRateLimiter(clock, 5), logger }
  const read = await clock.run(followLog('shop', stream, end, ports, cancel.signal))
  const ended = clock.elapsed()
  await clock.pass(exit.at + 1_000)
  expect(clock.asleep).toBe(0)
  return { read, lines: logger.lines, messages: logger.messages, ended, calls: memory.calls }
}

const numbered = (count: number, from: (index: number) => number): Line[] =>
  Array.from({ length: count }, (_, index) => ({ message: `line ${index}`, from: from(index) }))
const messages = (lines: readonly Line[]): string[] => lines.map(({ message }) => message)

describe('the log', () => {
  it('is printed whole, once and in order, whatever the paging, the lag and the moment of the exit', async () => {
    const late = fc.integer({ min: 0, max: 24_000 })
    const property = fc.asyncProperty(
      fc.array(late, { maxLength: 60 }),
      fc.array(fc.nat(4), { minLength: 1, maxLength: 5 }).filter((pages) => pages.some((size) => size > 0)),
      fc.integer({ min: 0, max: 20_000 }),
      fc.integer({ min: 0, max: 25_000 }),
      fc.constantFrom<Ending>('success', 'failure'),
      async (moments, pages, exitAt, appears, ending) => {
        // What is promised: lines that are readable within 5 s of the exit, 12 s after a failure.
        const settled = exitAt + (ending === 'success' ? 5_000 : 12_000)
        const from = [...moments].sort((a, b) => a - b).map((at) => Math.max(Math.min(at, settled), 0))
        const lines = numbered(from.length, (index) => from[index] ?? 0)
        const result = await reading({ lines, pages, appears: Math.min(appears, settled) }, { at: exitAt, ending })
        expect(result.lines).toEqual(messages(lines))
        expect(result.read).toMatchObject({ lineCount: lines.length, readable: true })
        expect(result.read.lastLines).toEqual(messages(lines).slice(-80))
        expect(result.ended).toBeGreaterThanOrEqual(settled)
      },
    )
    await fc.assert(property, { numRuns: 100 })
  })

  it.each([
    ['success', 5_000],
    ['failure', 12_000],
    ['never-ran', 0],
  ] as const)('is read for long enough after the exit (%s: %i ms), and no longer', async (ending, settle) => {
    const { ended } = await reading({ lines: numbered(3, () => 0) }, { at: 10_000, ending })
    expect(ended - 10_000).toBeGreaterThanOrEqual(settle)
    expect(ended - 10_000).toBeLessThanOrEqual(settle + 600)
  })

  it('is given up after 30 s in which lines still came, and the report says so', async () => {
    const endless = numbered(100_000, (index) => index * 2)
    const { ended, read } = await reading({ lines: endless, pages: [50] }, { at: 1_000, ending: 'success' })
    expect(ended).toBeGreaterThanOrEqual(31_000)
    expect(ended).toBeLessThan(32_000)
    expect(read.note).toContain('still growing')
  })

  it('is shown soon: a new line within a second', async () => {
    const lines = numbered(20, (index) => 5_000 + index * 737)
    const shown: number[] = []
    const result = await reading(
      {},
      { at: 25_000, ending: 'success' },
      {
        logs: (clock) => {
          const memory = new StreamInMemory(clock, { lines, pages: [100], appears: 0 })
          return {
            page: async (...ask) => {
              const page = await memory.page(...ask)
              shown.push(...page.messages.map(() => clock.elapsed()))
              return page
            },
          }
        },
      },
    )
    expect(result.lines).toHaveLength(20)
    const behind = shown.map((at, index) => at - (lines[index]?.from ?? 0))
    expect(Math.max(...behind)).toBeLessThanOrEqual(1_000)
  })

  it('costs few calls while nothing happens', async () => {
    const { calls } = await reading({}, { at: 60_000, ending: 'success' })
    expect(calls).toBeLessThanOrEqual(65 * 2.6)
  })

  it('counts lines, and keeps the last ones, also where an event has several', async () => {
    const trace = ['Traceback:', ...Array.from({ length: 90 }, (_, line) => `  at ${line}`), 'the cause'].join('\n')
    const lines = [
      { from: 0, message: 'one' },
      { from: 0, message: trace },
    ]
    const { read } = await reading({ lines }, { at: 1_000, ending: 'failure' })
    expect(read.lineCount).toBe(93)
    expect(read.lastLines).toHaveLength(80)
    expect(read.lastLines.at(-1)).toBe('the cause')
  })

  it('whose group is missing is said to be, with what to create', async () => {
    const missing = { appears: Number.MAX_SAFE_INTEGER, missing: 'group' } as const
    const { read, messages } = await reading(missing, { at: 1_000, ending: 'success' })
    expect(read.note).toMatch(/^No log to show: there is no log group \/ecs\/shop in .*awslogs-create-group/)
    expect(messages).toEqual([`notice [shop] ${read.note}`])
  })

  const denied = () => Promise.reject(failure('access-denied', { action: 'logs:GetLogEvents' }))

  it('is read whole although calls are denied for 3 minutes, and that is said once', async () => {
    const lines = numbered(10, () => 0)
    const faults = new Map(Array.from({ length: 5 }, (_, call) => [call + 3, denied]))
    const { read, messages } = await reading({ lines, pages: [2], faults }, { at: 400_000, ending: 'success' })
    expect(read).toMatchObject({ lineCount: 10, readable: true })
    expect(messages).toEqual([
      expect.stringMatching(/^warn \[shop] .*Allow logs:GetLogEvents on log group \/ecs\/shop.* Trying again while/),
      'notice [shop] The log can be read again.',
    ])
  })

  it.each([
    ['success', 2],
    ['failure', 5],
  ] as const)(
    'is waited for when CloudWatch hangs after a %s: %s minutes, and is not called whole',
    async (ending, minutes) => {
      const hanging: Logs = { page: (_stream, _token, signal) => unanswered(signal) }
      const { ended, read } = await reading({}, { at: 2_000, ending }, { logs: () => hanging })
      expect(ended).toBe(2_000 + minutes * 60_000)
      expect(read).toMatchObject({ readable: false, note: expect.stringContaining('not read to its end') })
    },
  )

  it('is read to its end when one call takes a minute after the exit', async () => {
    const slowOnce = (clock: VirtualClock): Logs => {
      const memory = new StreamInMemory(clock, { lines: numbered(40, () => 0), pages: [2], appears: 0 })
      return {
        page: async (...asked) => {
          if (memory.calls === 2) await clock.sleep(60_000)
          return memory.page(...asked)
        },
      }
    }
    const { read } = await reading({}, { at: 100, ending: 'success' }, { logs: slowOnce })
    expect(read).toMatchObject({ lineCount: 40, readable: true })
  })

  it('ends at once when the step is abandoned, and is not called whole', async () => {
    const { ended, read } = await reading({}, { at: 2_000, ending: 'failure' }, { cancelAt: 3_050 })
    expect(ended).toBeLessThanOrEqual(3_300)
    expect(read).toMatchObject({ readable: false, note: expect.stringContaining('not read to its end') })
  })

  it('without a line says where none was found', async () => {
    const { read } = await reading({ appears: Number.MAX_SAFE_INTEGER }, { at: 1_000, ending: 'never-ran' })
    expect(read).toMatchObject({
      lineCount: 0,
      readable: true,
      note: 'There is no line in stream app/app/1 of log group /ecs/shop.',
    })
  })

  it('of 200 that end together is read to its end, however long that takes', async () => {
    const clock = new VirtualClock()
    const logger = new SilentLogger()
    const logCalls = new FifoRateLimiter(clock, 5)
    const lines = numbered(120, () => 4_000)
    const reads = Array.from({ length: 200 }, (_, index) => {
      const end = new EndOfLog(clock)
      clock.after(3_000, () => end.containerEnded(index % 2 === 0 ? 'success' : 'failure'))
      const logs = new StreamInMemory(clock, { lines, pages: [50], appears: 0 })
      return followLog(`shop_${index}`, stream, end, { logs, clock, logCalls, logger }, new AbortController().signal)
    })
    const results = await clock.run(Promise.all(reads))
    expect(results.filter(({ lineCount, note }) => lineCount !== 120 || note !== undefined)).toEqual([])
    // Three pages and the end for each, and what was looked at before the exits.
    expect(clock.elapsed()).toBeLessThan(200 * 5 * 200)
  })
})
