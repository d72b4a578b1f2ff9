import { longestWording, wordingsOf } from '../wording.ts'
import { findCause, searchable } from './find-cause.ts'
import type { KnownLine } from './line-kinds.ts'
import { type LogCause, type LogFacts, logCauseOf } from './log-cause.ts'
import { QUIET_STATEMENTS } from './quiet-table.ts'
import { quote } from './quote.ts'
import type { Signature } from './signature.ts'
import { saysSuccess, saysThatServerAnswers } from './success.ts'
import { PENDING_MIGRATIONS } from './tool-state.ts'

const QUIET = wordingsOf(QUIET_STATEMENTS)

/** The failure that a log shows although the command ended with 0; undefined where it shows none. */
export function quietFailure(lines: readonly KnownLine[], facts: LogFacts): LogCause | undefined {
  return byItsOwnStatement(lines) ?? byAnError(lines, facts)
}

function byItsOwnStatement(lines: readonly KnownLine[]): LogCause | undefined {
  for (const line of lines.toReversed()) {
    const row = longestWording(QUIET, searchable(line))
    if (row !== undefined) return { id: row.id, line: quote(line.text), cause: row.cause, remedy: row.remedy }
  }
  return undefined
}

/** An error that the command got over does not count: a loop that waited for the database, a warning, a tool that went on. */
function byAnError(lines: readonly KnownLine[], facts: LogFacts): LogCause | undefined {
  const found = findCause(lines.map(withoutWarning))
  if (found === undefined || found.row.weight === 'generic' || !meansThatNothingRan(found.row)) return undefined
  const after = lines.slice(found.index + 1)
  if (after.some(saysSuccess)) return undefined
  if (found.row.section === 'connection' && after.some(saysThatServerAnswers)) return undefined
  return { ...logCauseOf(found, facts), remedy: makeItFail(lines, facts) }
}

function withoutWarning(line: KnownLine): KnownLine {
  return /^\s*WARN(?:ING)?\b/i.test(line.text) ? { ...line, kind: 'noise' } : line
}

/** Of the program's own errors only those after which it cannot have run: what is said of configuration is often harmless. */
const PROGRAM_DID_NOT_RUN: ReadonlySet<string> = new Set([
  'no-files',
  'sh-missing',
  'exec-format',
  'manage-py',
  'settings-module',
  'py-module',
  'oom',
])

function meansThatNothingRan({ section, id }: Signature): boolean {
  return section === 'image' ? PROGRAM_DID_NOT_RUN.has(id) : id !== PENDING_MIGRATIONS.id
}

/** How to make the same command end with another code than 0. */
function makeItFail(lines: readonly KnownLine[], { words = [] }: LogFacts): string {
  const command = words.join(' ')
  if (/\bpsql\b/.test(command) || lines.some(({ text }) => text.startsWith('psql:')))
    return 'psql goes on after an error and ends with 0: give it -v ON_ERROR_STOP=1.'
  if (/\b(?:mysql|mariadb)\b/.test(command) && /(?:^| )(?:-f|--force)\b/.test(command))
    return 'The client goes on after an error and ends with 0: leave out --force.'
  if (/\|\|\s*true\b/.test(command)) return 'Leave out `|| true`, which hides the exit code.'
  if (command.includes('|')) return 'A pipe has the exit code of its last command: begin with `set -o pipefail` (bash).'
  return 'A script has the exit code of its last command: begin it, or `command`, with `set -e` (in bash `set -eo pipefail`).'
}
