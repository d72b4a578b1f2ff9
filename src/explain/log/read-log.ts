/** Reads what a container printed: the one line that says why, its cause and the remedy. It decides words, never an outcome. */
import { anotherDatabase } from './connected.ts'
import { findCause, likeliest } from './find-cause.ts'
import { classified, type KnownLine } from './line-kinds.ts'
import { type LogCause, type LogFacts, logCauseOf } from './log-cause.ts'
import { whereImported } from './python.ts'
import { quietFailure } from './quiet-failure.ts'
import { quote } from './quote.ts'
import type { Section } from './signature.ts'
import { lastWord, looksOnly, nothingToDo } from './success.ts'
import { asShown } from './terminal.ts'
import { stateLeft, type UnderWay, underWay } from './under-way.ts'

/** So many of the last lines are read: a cause stood up to 67 lines above the end of a log. */
const LINES_READ = 80

interface Failure {
  /** Where the log proves it. */
  readonly underWay?: UnderWay
  /** In which state the database is left, as `stateLeft` says it; or where the error is, as `whereImported` does. */
  readonly state?: string
}

/** What the log says. Every `line` and migration may be shown where others read it: see `quote`. */
export type LogReading =
  /** It names a cause that the tables know. */
  | ({ readonly kind: 'failure'; readonly section: Section } & LogCause & Failure)
  /** The command ended with 0, yet its log shows a failure. */
  | ({ readonly kind: 'quiet-failure' } & LogCause)
  /** The command failed, and the log names no cause that the tables know: the line that looks most like it. */
  | ({ readonly kind: 'unknown'; readonly line: string } & Failure)
  /** The command ended with 0, and this was its last word. */
  | { readonly kind: 'success' | 'nothing-to-do'; readonly line: string }
  /** `isCheck`: a check says by its exit code alone that a migration is not applied. */
  | { readonly kind: 'silent'; readonly isCheck?: true }

/**
 * @param lines of the container's log, oldest first; only the last 80 are read
 * @param facts with another exit code than 0, or none, the log is read for a failure
 */
export function readLog(lines: readonly string[], facts: LogFacts): LogReading {
  const shown = known(lines)
  return facts.exitCode === 0 ? readSuccess(shown, facts) : readFailure(shown, facts)
}

/** The last line that says anything, whatever it says: how far a command came that was stopped. */
export function lastSaid(lines: readonly string[]): string | undefined {
  const last = lastWord(known(lines))
  return last === undefined ? undefined : quote(last)
}

function known(lines: readonly string[]): readonly KnownLine[] {
  return classified(lines.slice(-LINES_READ).flatMap(asShown))
}

function readFailure(lines: readonly KnownLine[], facts: LogFacts): LogReading {
  const found = findCause(lines)
  // What began a migration had its connection: one that is refused is another attempt's.
  const isBeforeAny = found?.row.section === 'connection' && found.row.id !== 'closed'
  const begun = isBeforeAny ? undefined : underWay(lines)
  const state = stateLeft(lines, found?.row.section !== 'connection')
  const named = begun !== undefined && { underWay: begun, state }
  if (found !== undefined) {
    const place = found.row.id === 'py-syntax' ? whereImported(lines, found.index) : ''
    const stands = place !== '' && { state: place }
    return { kind: 'failure', section: found.row.section, ...logCauseOf(found, facts), ...named, ...stands }
  }
  const line = likeliest(lines)
  if (line === undefined) return { kind: 'silent', ...(isCheck(facts) && { isCheck: true }) }
  return { kind: 'unknown', line: quote(line), ...named }
}

/** Django's `migrate --check` answers by its exit code alone (https://docs.djangoproject.com/en/stable/ref/django-admin/#migrate). */
function isCheck({ exitCode, programs = [] }: LogFacts): boolean {
  return exitCode === 1 && programs.some((words) => words.includes('migrate') && words.includes('--check'))
}

function readSuccess(lines: readonly KnownLine[], facts: LogFacts): LogReading {
  const judged = !looksOnly(facts.programs ?? [])
  const quiet = anotherDatabase(lines, facts) ?? (judged ? quietFailure(lines, facts) : undefined)
  if (quiet !== undefined) return { kind: 'quiet-failure', ...quiet }
  const nothing = judged ? nothingToDo(lines) : undefined
  if (nothing !== undefined) return { kind: 'nothing-to-do', line: quote(nothing) }
  const last = lastWord(lines)
  return last === undefined ? { kind: 'silent' } : { kind: 'success', line: quote(last) }
}
