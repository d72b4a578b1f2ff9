import { spoken } from '../duration.ts'
import { isFailure, type Outcome } from '../migration/outcome.ts'
import type { Clock } from '../model.ts'
import type { ScheduleActions } from './schedule.ts'

/** Of so few databases the log itself says enough. */
const FEW = 3
const EVERY_MS = 30_000
const MOST_NAMED = 3

/** Where each of many databases is, in one line now and then. */
export class RunProgress {
  private readonly count: number
  private readonly clock: Clock
  private readonly began: number
  /** Since when, in the order in which they were started: the first is the one that runs longest. */
  private readonly running = new Map<string, number>()
  private readonly readingLogs = new Set<string>()
  private succeeded = 0
  private failed = 0
  private unknown = 0
  private skipped = 0

  /** @param count how many databases the run has */
  constructor(count: number, clock: Clock) {
    this.count = count
    this.clock = clock
    this.began = clock.elapsed()
  }

  starts(database: string): void {
    this.running.set(database, this.clock.elapsed())
  }

  /** The verdict is known; the log is still being read. */
  judged(database: string, outcome: Outcome): void {
    this.running.delete(database)
    this.readingLogs.add(database)
    if (outcome.kind === 'unknown') this.unknown += 1
    else if (isFailure(outcome)) this.failed += 1
    else this.succeeded += 1
  }

  /** Nothing is left to do for the database. */
  finished(database: string): void {
    this.running.delete(database)
    this.readingLogs.delete(database)
  }

  skips(): void {
    this.skipped += 1
  }

  line(): string {
    const { running, readingLogs, succeeded, failed, unknown, skipped } = this
    const waiting = this.count - running.size - succeeded - failed - unknown - skipped
    const counts = [`${waiting} waiting`, `${running.size} running`, `${succeeded} done`, `${failed} failed`]
    if (unknown > 0) counts.push(`${unknown} not known`)
    if (skipped > 0) counts.push(`${skipped} skipped`)
    if (readingLogs.size > 0) counts.push(`${readingLogs.size} with a log still being read`)
    return `After ${this.since(this.began)}: ${counts.join(', ')}.${this.longest()}`
  }

  /** Says the line every 30 s until the signal aborts; nothing for a few databases. */
  async say(print: (line: string) => void, over: AbortSignal): Promise<void> {
    if (this.count <= FEW) return
    for (;;) {
      await this.clock.sleep(EVERY_MS, over)
      if (over.aborted) return
      print(this.line())
    }
  }

  private longest(): string {
    const named = [...this.running].slice(0, MOST_NAMED).map(([database, at]) => `${database} (${this.since(at)})`)
    return named.length === 0 ? '' : ` Longest: ${named.join(', ')}.`
  }

  private since(at: number): string {
    return spoken(Math.round((this.clock.elapsed() - at) / 1_000))
  }
}

interface ProgressOptions {
  /** How many databases the run has. */
  readonly count: number
  readonly clock: Clock
  readonly print: (line: string) => void
}

/** While many databases are migrated, a line now and then says where they are. */
export async function withProgress<R, T>(
  { start, skip, halted }: ScheduleActions<R>,
  { count, clock, print }: ProgressOptions,
  work: (actions: ScheduleActions<R>) => Promise<T>,
): Promise<T> {
  const progress = new RunProgress(count, clock)
  const over = new AbortController()
  void progress.say(print, over.signal)
  const watched: ScheduleActions<R> = {
    halted,
    start: async (database, onVerdict) => {
      progress.starts(database)
      const result = await start(database, (outcome) => {
        progress.judged(database, outcome)
        onVerdict(outcome)
      })
      progress.finished(database)
      return result
    },
    skip: (database, because) => {
      progress.skips()
      return skip(database, because)
    },
  }
  try {
    return await work(watched)
  } finally {
    over.abort()
  }
}
