import { appendFileSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Clock } from './clock.ts'
import type { FaultKind } from './faults.ts'
import type { Call } from './service.ts'

interface JournalOutcome {
  /** HTTP status; absent when no answer was sent. */
  readonly status?: number
  readonly error?: { readonly code: string; readonly message: string }
  /** What the service made of it, whether or not the caller got to see it. */
  readonly output?: unknown
  /** The fault that was played on it. */
  readonly fault?: FaultKind
  /** When the answer was sent, or given up: ms since 1970 on the local AWS's clock. */
  readonly at: number
}

export interface JournalEntry {
  /** Arrival: ms since 1970 on the local AWS's clock. */
  readonly at: number
  readonly service: string
  readonly operation: string
  readonly input: Readonly<Record<string, unknown>>
  /** As it came over the wire. */
  readonly body: string
  readonly accessKeyId?: string
  readonly region?: string
  readonly userAgent?: string
  /** Absent while the request is being worked on. */
  readonly outcome?: JournalOutcome
}

export interface Journal {
  readonly entries: readonly JournalEntry[]
  /** Notes the arrival of a call; the returned function notes how it ended. */
  arrived(call: Call): (outcome: Omit<JournalOutcome, 'at'>) => void
}

/**
 * @param folder where every request is also appended as a JSON line, for scripts/check-requests.py; with its output
 *   where $LOCAL_AWS_JOURNAL_OUTPUTS is set
 */
export function createJournal(clock: Clock, folder: string | undefined): Journal {
  const entries: { -readonly [K in keyof JournalEntry]: JournalEntry[K] }[] = []
  const write = folder === undefined ? undefined : lineWriter(folder)
  return {
    entries,
    arrived(call) {
      const { accessKeyId, region, body, headers } = call.request
      const entry: (typeof entries)[number] = {
        at: clock.now(),
        service: call.service,
        operation: call.operation,
        input: call.input,
        body,
        ...(accessKeyId === undefined ? {} : { accessKeyId }),
        ...(region === undefined ? {} : { region }),
        ...(headers['user-agent'] === undefined ? {} : { userAgent: headers['user-agent'] }),
      }
      entries.push(entry)
      return (outcome) => {
        entry.outcome = { ...outcome, at: clock.now() }
        write?.(entry)
      }
    },
  }
}

/** One file for each local AWS, named so that several processes and runs do not meet. */
function lineWriter(folder: string): (entry: JournalEntry) => void {
  mkdirSync(folder, { recursive: true })
  const unique = `${process.pid}-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`
  const file = path.join(folder, `requests-${unique}.jsonl`)
  const withOutputs = Boolean(process.env.LOCAL_AWS_JOURNAL_OUTPUTS)
  return ({ service, operation, input, outcome }) => {
    const line = { service, operation, input, ...(withOutputs ? { output: outcome?.output } : {}) }
    appendFileSync(file, `${JSON.stringify(line)}\n`)
  }
}
