import { spoken } from '../duration.ts'
import { skipReason } from '../explain/skipped.ts'
import type { MigrationRecord } from '../migration/outcome.ts'
import { oneLine } from '../text.ts'
import { fitsAnnotation } from './annotations.ts'
import { named } from './names.ts'
import {
  butSee,
  exitCodeOf,
  idleness,
  isFine,
  outcomeWords,
  type ReportRow,
  runningOn,
  wentWrong,
  whoStarted,
} from './row.ts'
import { tally } from './tally.ts'
import { timingsOf } from './timeline.ts'

/**
 * How it ended, as the last lines of the step's log but for the error annotation: what went wrong comes last, where a
 * person looks first.
 */
export function closingLines(rows: readonly ReportRow[]): readonly string[] {
  const [only] = rows
  if (only && rows.length === 1)
    return fitsAnnotation(only) ? [headline(only), ...evidenceOf(only)] : failureLines(only)
  return [...rows.filter(isFine).map(headline), ...skippedLines(rows), ...rows.filter(wentWrong).flatMap(failureLines)]
}

/** With why and what to do: the one annotation has no room for all of it where there are several. */
function failureLines(row: ReportRow): readonly string[] {
  const { problem } = row
  const words = problem ? [`  Why: ${oneLine(problem.reason)}`, `  What to do: ${oneLine(problem.remedy)}`] : []
  return [headline(row), ...words, ...evidenceOf(row)]
}

function evidenceOf({ problem }: ReportRow): readonly string[] {
  return (problem?.evidence ?? []).map((line) => `    ${oneLine(line)}`)
}

/** A line for each reason: there may be hundreds that have the same. */
function skippedLines(rows: readonly ReportRow[]): readonly string[] {
  const byReason = new Map<string, string[]>()
  for (const { record } of rows) {
    if (record.outcome.kind !== 'skipped') continue
    const reason = skipReason(record.outcome.because)
    byReason.set(reason, [...(byReason.get(reason) ?? []), oneLine(record.database)])
  }
  return [...byReason].map(([reason, names]) => `${named(names)}: skipped, because ${oneLine(reason)}`)
}

/** `shop: succeeded in 42 s, exit code 0` or `shop: failed, container exited with 1 after 42 s` */
function headline(row: ReportRow): string {
  return `${oneLine(row.record.database)}: ${outcomeWords(row)}${ending(row.record)}${idleness(row)}${runningOn(row)}${whoStarted(row)}${butSee(row)}`
}

/** The time ends with the container: that its log was read for some seconds more is another matter. */
function ending(record: MigrationRecord): string {
  const { total } = timingsOf(record)
  const exitCode = exitCodeOf(record)
  const time = (link: string) => (total === undefined ? '' : ` ${link} ${spoken(total)}`)
  if (exitCode === undefined) return time('after')
  if (record.outcome.kind === 'succeeded') return `${time('in')}, exit code ${exitCode}`
  return `, container exited with ${exitCode}${time('after')}`
}

/**
 * The verdict in one line, with the names of those that did not succeed.
 * @returns undefined for a single database, whose line above says it all, unless it was a dry run
 */
export function lastLine(rows: readonly ReportRow[]): string | undefined {
  const [only] = rows
  if (only && rows.length === 1 && only.record.outcome.kind !== 'dry-run') return undefined
  const groups = tally(rows).map(
    ({ text, members }) => `${text}: ${named(members.map(({ record }) => oneLine(record.database)))}`,
  )
  return allAlike(rows) ?? `${groups.join('; ')}.`
}

function allAlike(rows: readonly ReportRow[]): string | undefined {
  const [only] = rows
  if (rows.length > 0 && rows.every((row) => row.record.outcome.kind === 'dry-run'))
    return 'Dry run: nothing was registered and nothing was started.'
  if (rows.length === 1 && only) return `${headline(only)}.`
  return rows.every(isFine) ? `All ${rows.length} databases succeeded.` : undefined
}

/** The verdict as a heading: counts, since the table below has the names. */
export function verdict(rows: readonly ReportRow[]): string {
  const groups = tally(rows).map(({ text }) => text)
  return allAlike(rows) ?? `${groups.join(', ')}.`
}
