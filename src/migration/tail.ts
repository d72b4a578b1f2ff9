import { AwsError, type Clock, type LogPage, type LogStream } from '../model.ts'
import { askAgain } from './ask-again.ts'
import type { Logs, RateLimiter } from './ports.ts'

/** Between two reads of a stream that had nothing new: the longer it is quiet, the longer, up to half a second. */
const PAUSE_STEP_MS = 100
const LONGEST_PAUSE_MS = 500
/** The last events are put within about 5 s of the exit (docs/platform-facts.md#log-driver); after a failure the last lines matter more. */
// guard: drain
const SETTLE_MS = { success: 5_000, failure: 12_000 } as const
/** After the exit, reading ends here although lines still come. The turns of other streams do not count. */
const LONGEST_DRAIN_MS = 30_000
/** What CloudWatch itself takes beyond that, because it throttles, fails or does not answer, is waited for. */
const TROUBLE_MS = { success: 2 * 60_000, failure: 5 * 60_000, 'never-ran': 30_000 } as const
/** A call that takes longer was repeated, or hangs. */
const USUAL_CALL_MS = 1_000
/** The least that the last call gets. */
const LAST_CALL_MS = 15_000
/** Between two attempts to read a log that may not be read, as long as the task lives. */
const REFUSED_PAUSE_MS = 60_000

/** How the container ended, as far as reading its log goes. `never-ran`: one look is enough. */
export type Ending = 'success' | 'failure' | 'never-ran'

export interface TailPorts {
  readonly logs: Logs
  readonly clock: Clock
  readonly logCalls: RateLimiter
}

/** How reading ended: at the end of the log, without a log group, while lines still came, or cut short by the signal. */
export type HowRead = 'whole' | 'no-group' | 'growing' | 'cut-short'

/** When to end: set once by the migration that the log belongs to. */
export class EndOfLog {
  private readonly clock: Clock
  private ended: { readonly ending: Ending; readonly at: number } | undefined
  private readonly wake = new AbortController()
  /** Milliseconds since the exit in which other streams were read. */
  private waited = 0
  /** Milliseconds since the exit in which CloudWatch failed. */
  private troubled = 0

  constructor(clock: Clock) {
    this.clock = clock
  }

  /** The container's exit was seen just now. */
  containerEnded(ending: Ending): void {
    this.ended ??= { ending, at: this.clock.elapsed() }
    this.wake.abort()
  }

  /** Aborts when the exit is seen: a pause is cut short then. */
  get seen(): AbortSignal {
    return this.wake.signal
  }

  /** Milliseconds for which the end of the stream does not count yet; undefined before the exit. */
  settling(): number | undefined {
    if (this.ended === undefined) return undefined
    const { ending, at } = this.ended
    return ending === 'never-ran' ? 0 : SETTLE_MS[ending] - (this.clock.elapsed() - at)
  }

  get neverRan(): boolean {
    return this.ended?.ending === 'never-ran'
  }

  get hasEnded(): boolean {
    return this.ended !== undefined
  }

  /** The end of the stream counts now: the next read can be the last. */
  get counts(): boolean {
    return (this.settling() ?? 1) <= 0
  }

  /** Milliseconds left until reading ends although lines still come; undefined before the exit. */
  left(): number | undefined {
    if (this.ended === undefined) return undefined
    return Math.max(0, LONGEST_DRAIN_MS + this.waited + this.troubled - (this.clock.elapsed() - this.ended.at))
  }

  /** Milliseconds that a call may take from now on; undefined before the exit. */
  callLimit(): number | undefined {
    return this.ended && Math.max(LAST_CALL_MS, TROUBLE_MS[this.ended.ending] - this.troubled)
  }

  /** A call took so many milliseconds. */
  called(ms: number): void {
    if (this.ended === undefined || ms <= USUAL_CALL_MS) return
    this.troubled += Math.min(ms, this.clock.elapsed() - this.ended.at)
  }

  /** The stream's turn came so many milliseconds later for the sake of others: many that end together all are read. */
  waitedForOthers(ms: number): void {
    if (this.ended !== undefined) this.waited += Math.min(ms, this.clock.elapsed() - this.ended.at)
  }
}

/**
 * Every line of one stream, once, in order, from the first to the last: GetLogEvents with forward tokens, the only
 * lossless way (docs/platform-facts.md#get-log-events). An empty page is not the end; the same token again is, for now.
 * @param signal ends the reading at once
 * @param refused called when the log cannot be read for now, and with undefined when it can again
 * @returns how reading ended
 * @throws AwsError when the log cannot be read; that decides nothing about the migration
 */
export async function* tail(
  stream: LogStream,
  end: EndOfLog,
  ports: TailPorts,
  signal: AbortSignal,
  refused: (error: AwsError | undefined) => void,
): AsyncGenerator<readonly string[], HowRead, undefined> {
  try {
    return yield* pages(stream, end, ports, signal, refused)
  } catch (error) {
    if (error instanceof AwsError && error.facts.kind === 'aborted') return 'cut-short'
    throw error
  }
}

async function* pages(
  stream: LogStream,
  end: EndOfLog,
  ports: TailPorts,
  signal: AbortSignal,
  refused: (error: AwsError | undefined) => void,
): AsyncGenerator<readonly string[], HowRead, undefined> {
  let token: string | undefined
  let quietReads = 0
  const reader = new Reader(end, ports.clock, signal, refused)
  for (;;) {
    end.waitedForOthers(await ports.logCalls.turn(signal))
    if (signal.aborted) return 'cut-short'
    // Asked before the call: an exit seen while the page was on its way may have been followed by more lines.
    const last = end.counts
    const ask = () => read(stream, token, end, ports, signal)
    const page = await reader.page(ask)
    if (page === undefined) continue
    if (page.messages.length > 0) yield page.messages
    const { next } = page
    const atEnd = next === token
    if (atEnd && last) return endWith(page, end)
    if (!atEnd && end.left() === 0) return 'growing'
    token = next
    quietReads = atEnd ? quietReads + 1 : 0
    await pause(quietReads, end, ports.clock, signal)
  }
}

/** As long as the task lives, a log that cannot be read is tried again. */
class Reader {
  private readonly end: EndOfLog
  private readonly clock: Clock
  private readonly signal: AbortSignal
  private readonly onRefused: (error: AwsError | undefined) => void
  private isRefused = false

  constructor(end: EndOfLog, clock: Clock, signal: AbortSignal, onRefused: (error: AwsError | undefined) => void) {
    this.end = end
    this.clock = clock
    this.signal = signal
    this.onRefused = onRefused
  }

  /** @returns undefined where there is none for now, after a pause */
  async page(ask: () => Promise<LogPage>): Promise<LogPage | undefined> {
    const pauses = [this.signal, this.end.seen]
    try {
      const page = await askAgain(ask, this.clock, pauses, this.isRefused ? { tries: 1 } : {})
      if (this.isRefused) this.onRefused(undefined)
      this.isRefused = false
      return page
    } catch (error) {
      if (!(error instanceof AwsError) || error.facts.kind === 'aborted' || this.end.hasEnded) throw error
      if (!this.isRefused) this.onRefused(error)
      this.isRefused = true
      await this.clock.sleep(REFUSED_PAUSE_MS, ...pauses)
      return undefined
    }
  }
}

/** Where no container ran, a missing log is no problem. */
function endWith({ missing }: LogPage, end: EndOfLog): HowRead {
  return missing === 'group' && !end.neverRan ? 'no-group' : 'whole'
}

/** One page. Ends with the reader's signal, and when it still hangs long after the exit. */
async function read(
  stream: LogStream,
  token: string | undefined,
  end: EndOfLog,
  { logs, clock }: TailPorts,
  signal: AbortSignal,
): Promise<LogPage> {
  const call = new AbortController()
  const answered = new AbortController()
  const stop = (): void => call.abort()
  const count = (): void => void clock.sleep(end.callLimit() ?? 0, answered.signal).then(stop)
  const began = clock.elapsed()
  // Taken off by hand below: what `{ signal }` takes off stays in memory, the page with it, until a full collection.
  signal.addEventListener('abort', stop)
  end.seen.addEventListener('abort', count)
  if (end.seen.aborted) count()
  try {
    const page = await logs.page(stream, token, call.signal)
    return { ...page, next: page.next ?? token }
  } finally {
    end.called(clock.elapsed() - began)
    answered.abort()
    signal.removeEventListener('abort', stop)
    end.seen.removeEventListener('abort', count)
  }
}

/** Until something new may be there; never beyond the moment from which the end counts. */
async function pause(quietReads: number, end: EndOfLog, clock: Clock, signal: AbortSignal): Promise<void> {
  const ms = Math.min(quietReads * PAUSE_STEP_MS, LONGEST_PAUSE_MS)
  const settling = end.settling()
  if (settling === undefined) await clock.sleep(ms, signal, end.seen)
  else await clock.sleep(Math.min(ms, settling), signal)
}
