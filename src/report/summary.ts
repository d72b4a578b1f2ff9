import type { AwsVpcConfiguration } from '@aws-sdk/client-ecs'
import { spoken } from '../duration.ts'
import type { MigrationRecord, OutcomeKind } from '../migration/outcome.ts'
import type { Problem } from '../model.ts'
import { cut } from '../text.ts'
import { timelineChart } from './chart.ts'
import { verdict } from './closing.ts'
import { type LastWords, lastWords } from './last-words.ts'
import { bytes, code, fitting, folded, link, list, paragraph, pre, prose, rowOf, tableOf } from './markdown.ts'
import { exitCodeOf, imageDigestOf, isFine, nothingWasPending, outcomeWords, type ReportRow, wentWrong } from './row.ts'
import { timingsOf } from './timeline.ts'

export interface SummaryContext {
  readonly cluster: string
  readonly region: string
  /** As the user asked for it. */
  readonly image: string
  /** The definition that was cloned, by ARN. */
  readonly baseDefinition?: string
  /** Lines of `definitionDiff`. */
  readonly changes: readonly string[]
  readonly network?: AwsVpcConfiguration
  /** Lines about the launch besides: command, variables by name, limits. */
  readonly launch?: readonly string[]
  /** Everything that was warned of, in full. */
  readonly warnings: readonly string[]
  readonly resultsFile?: string
}

/** GitHub uploads nothing at all of a summary above 1 MiB (docs/platform-facts.md#limits). */
export const MOST_SUMMARY_BYTES = 1_048_576
/** Bytes for each part; together they stay below the limit. */
const BUDGET_BYTES = { table: 180_000, failures: 500_000, folded: 150_000, warnings: 50_000, launched: 40_000 }
/** Bytes for one text. Only words without white space are cut nowhere and can be longer. */
const MOST_BYTES = { name: 2_000, text: 15_000, line: 6_000, fact: 3_000 }
const MOST_CHARACTERS_OF_LINE = 500
const MOST_CHARACTERS_OF_TEXT = 4_000
const MOST_EVIDENCE = 30
const TOO_LONG = '(too long to show here; the log of this step has it)'

const ICONS: Readonly<Record<OutcomeKind, string>> = {
  succeeded: '✅',
  'dry-run': '✅',
  failed: '❌',
  'not-started': '❌',
  'timed-out': '❌',
  cancelled: '❌',
  refused: '❌',
  unknown: '❓',
  skipped: '⏭️',
}

const COLUMNS = ['Database', 'Outcome', 'Exit code', 'Duration', 'Image', 'AWS console']
const FEW_COLUMNS = ['Database', 'Duration']
/** Of what is read of each log: its last line, of a failure the one that tells. */
const SAID = 'What it said'

/**
 * The job summary: verdict, a row for each database, the timeline, what went wrong and what to do, what was launched.
 * Under 1 MiB for any number of databases; what does not fit is counted.
 */
export function summary(rows: readonly ReportRow[], context: SummaryContext): string {
  const chart = timelineChart(rows)
  const parts = [
    `<h2>${verdictIcon(rows)} ${prose(verdict(rows))}</h2>`,
    ...tables(rows, context),
    ...(chart ? [`\`\`\`mermaid\n${chart}\n\`\`\``] : []),
    ...failures(rows, context),
    ...successNotes(rows),
    ...warned(context),
    launched(rows, context),
  ]
  return `${fitting(parts, MOST_SUMMARY_BYTES - 1, (part) => `${part}\n`).join('\n')}`
}

function verdictIcon(rows: readonly ReportRow[]): string {
  return rows.every(isFine) ? '✅' : rows.some((row) => ICONS[row.record.outcome.kind] === '❌') ? '❌' : '❓'
}

/** Failures come first and open; of more than ten databases the successes are folded. */
function tables(rows: readonly ReportRow[], context: SummaryContext): readonly string[] {
  const words = lastWords(rows)
  const sentences = [...pendingNote(rows), ...(words.common === undefined ? [] : [paragraph(words.common)])]
  return [...sentences, ...tablesOnly(rows, words, context)]
}

function tablesOnly(rows: readonly ReportRow[], words: LastWords, context: SummaryContext): readonly string[] {
  if (rows.length <= 10) return [table(rows, words, context)]
  const skipped = rows.filter((row) => row.record.outcome.kind === 'skipped')
  const fine = rows.filter(isFine)
  const bad = rows.filter(wentWrong)
  return [
    ...(bad.length > 0 ? [table(bad, words, context)] : []),
    ...(skipped.length > 0 ? [folded(`${skipped.length} skipped`, shortTable(skipped, words, context))] : []),
    ...(fine.length > 0 ? [folded(`${fine.length} ${fineWord(fine)}`, shortTable(fine, words, context))] : []),
  ]
}

/** `Nothing was pending in all 3 (sha256:…).` Of one the verdict says it. */
function pendingNote(rows: readonly ReportRow[]): readonly string[] {
  if (rows.length < 2 || !rows.every(nothingWasPending)) return []
  const digests = new Set(rows.map(({ record }) => shortDigest(imageDigestOf(record))))
  const [digest = ''] = digests
  const image = digests.size === 1 && digest !== '' ? ` (${digest})` : ''
  return [paragraph(`Nothing was pending in ${rows.length === 2 ? 'both' : `all ${rows.length}`}${image}.`)]
}

function table(rows: readonly ReportRow[], words: LastWords, context: SummaryContext): string {
  return fitted(rows, { columns: COLUMNS, most: BUDGET_BYTES.table, cells: tableRow }, words, context)
}

/** Rows under their head, as many as fit, and how many did not. */
function fitted(
  rows: readonly ReportRow[],
  { columns, most, cells }: { columns: readonly string[]; most: number; cells: (row: ReportRow) => readonly string[] },
  { cell }: LastWords,
  context: SummaryContext,
): string {
  const isSaid = rows.some((row) => cell(row) !== '')
  const make = (row: ReportRow) => rowOf(isSaid ? [...cells(row), cell(row)] : cells(row))
  const fit = fitting(rows, most, make)
  const left = rows.length - fit.length
  const note = left > 0 ? `\n\n${paragraph(`${left} more did not fit here.${whole(context)}`)}` : ''
  return `${tableOf(isSaid ? [...columns, SAID] : columns, fit)}${note}`
}

function whole({ resultsFile }: SummaryContext): string {
  return resultsFile === undefined ? '' : ` All results are in ${code(resultsFile)} on the runner.`
}

function tableRow(row: ReportRow): readonly string[] {
  const { total } = timingsOf(row.record)
  return [
    `${ICONS[row.record.outcome.kind]} ${name(row)}`,
    outcomeWords(row),
    exitCodeOf(row.record)?.toString() ?? '',
    total === undefined ? '' : spoken(total),
    row.record.outcome.kind === 'skipped' ? '' : shortDigest(imageDigestOf(row.record)),
    links(row),
  ]
}

function name(row: ReportRow): string {
  return unlessTooLong(row.record.database, MOST_BYTES.name, code)
}

/** A word of many kB would take the place of all others, and broken it could be a secret that GitHub no longer finds. */
function unlessTooLong(text: string, most: number, make: (text: string) => string): string {
  const html = text.length <= most ? make(text) : ''
  return text.length <= most && bytes(html) <= most ? html : TOO_LONG
}

function shortDigest(digest: string | undefined): string {
  return digest === undefined ? '' : code(digest.replace(/^(sha256:[0-9a-f]{12})[0-9a-f]{52}$/, '$1'))
}

function links({ taskUrl, logUrl }: ReportRow): string {
  return [taskUrl && link('task', taskUrl), logUrl && link('log', logUrl)].filter(Boolean).join(' · ')
}

/** Without links and image, so that a thousand have room. */
function shortTable(rows: readonly ReportRow[], words: LastWords, context: SummaryContext): string {
  return fitted(rows, { columns: FEW_COLUMNS, most: BUDGET_BYTES.folded / 2, cells: shortRow }, words, context)
}

function shortRow(row: ReportRow): readonly string[] {
  const { total } = timingsOf(row.record)
  return [name(row), total === undefined ? '' : spoken(total)]
}

function fineWord(rows: readonly ReportRow[]): string {
  return rows.every((row) => row.record.outcome.kind === 'dry-run') ? 'checked' : 'succeeded'
}

function failures(rows: readonly ReportRow[], context: SummaryContext): readonly string[] {
  const bad = rows.filter(wentWrong)
  const fit = fitting(bad, BUDGET_BYTES.failures, failure)
  const left = bad.length - fit.length
  if (left === 0) return fit
  return [...fit, paragraph(`${left} more that are not well did not fit here.${whole(context)}`)]
}

function failure(row: ReportRow): string {
  const { problem, record } = row
  const evidence = problem?.evidence ?? []
  const notes = [...logNotes(row), links(row)].filter(Boolean)
  return [
    `<h3>${ICONS[record.outcome.kind]} ${name(row)}: ${outcomeWords(row)}</h3>`,
    ...(problem ? words(problem) : []),
    ...lastLines(row),
    ...(notes.length > 0 ? [paragraph(notes.join('<br>'))] : []),
    ...(evidence.length > 0 ? [folded('Evidence', facts(evidence))] : []),
    ...(record.notes.length > 0 ? [folded('What was done besides', facts(record.notes))] : []),
  ].join('\n\n')
}

function words({ reason, remedy }: Problem): readonly string[] {
  return [paragraph(`<b>Why:</b> ${sentences(reason)}`), paragraph(`<b>What to do:</b> ${sentences(remedy)}`)]
}

function sentences(text: string): string {
  return unlessTooLong(cut(text, MOST_CHARACTERS_OF_TEXT), MOST_BYTES.text, prose)
}

function lastLines({ record }: ReportRow): readonly string[] {
  const lines = record.lastLines.slice(-30).map(shortLine)
  if (lines.length === 0) return []
  return [paragraph(linesTitle(lines.length, record)), pre(lines)]
}

/** A note says why the log may not be whole: then nobody knows how many lines it has. */
function linesTitle(shown: number, { lineCount, logNote }: MigrationRecord): string {
  const log = logNote === undefined ? 'of the log' : 'that were read of the log'
  if (lineCount === 1) return `The only line ${log}:`
  return shown < lineCount ? `The last ${shown} of ${lineCount} lines ${log}:` : `All ${lineCount} lines ${log}:`
}

function shortLine(line: string): string {
  const short = cut(line, MOST_CHARACTERS_OF_LINE)
  return short.length <= MOST_BYTES.line && bytes(code(short)) <= MOST_BYTES.line ? short : TOO_LONG
}

/** How the log was read: a summary never pretends to more than was seen. */
function logNotes({ record }: ReportRow): readonly string[] {
  const { logRead } = record.milestones
  const count = `${record.lineCount} ${record.lineCount === 1 ? 'line' : 'lines'}`
  return [
    ...(logRead ? [`Log read until ${code(logRead.toISOString())}, ${count}.`] : []),
    ...(record.logNote ? [sentences(record.logNote)] : []),
    ...(record.logFile ? [`Full log, unmasked, on the runner: ${code(record.logFile)}`] : []),
  ]
}

/** A line each. */
function facts(lines: readonly string[]): string {
  const items = lines.slice(0, MOST_EVIDENCE).map((line) => unlessTooLong(cut(line, 1_000), MOST_BYTES.fact, code))
  const left = lines.length - items.length
  return list(left > 0 ? [...items, `and ${left} more, in the log of this step`] : items)
}

function successNotes(rows: readonly ReportRow[]): readonly string[] {
  const [only] = rows
  if (rows.length !== 1 || !only || !isFine(only)) return []
  const notes = logNotes(only)
  return notes.length > 0 ? [paragraph(notes.join('<br>'))] : []
}

function warned({ warnings }: SummaryContext): readonly string[] {
  if (warnings.length === 0) return []
  const items = fitting(warnings, BUDGET_BYTES.warnings, (text) =>
    unlessTooLong(cut(text, 1_000), MOST_BYTES.line, prose),
  )
  const left = warnings.length - items.length
  const title = warnings.length === 1 ? '1 warning' : `${warnings.length} warnings`
  return [folded(title, list(left > 0 ? [...items, `and ${left} more, in the log of this step`] : items))]
}

function launched(rows: readonly ReportRow[], context: SummaryContext): string {
  const facts = [
    `cluster: ${context.cluster}, in ${context.region}`,
    `image: ${context.image}`,
    ...(context.baseDefinition ? [`cloned from: ${context.baseDefinition}`] : []),
    ...network(context.network),
    ...(context.launch ?? []),
  ]
  const changes = context.changes.length > 0 ? [paragraph('What the clone changes:'), block(context.changes)] : []
  return folded(launchTitle(rows), [block(facts), ...changes].join('\n\n'))
}

function launchTitle(rows: readonly ReportRow[]): string {
  if (rows.some(({ record }) => record.task !== undefined)) return 'What was launched'
  return rows.every(({ record }) => record.outcome.kind === 'dry-run')
    ? 'What would be launched'
    : 'What was to be launched'
}

function network(config: AwsVpcConfiguration | undefined): readonly string[] {
  return config === undefined
    ? []
    : [
        `subnets: ${(config.subnets ?? []).join(', ')}`,
        `security groups: ${(config.securityGroups ?? []).join(', ')}`,
        `public IP: ${config.assignPublicIp === 'ENABLED' ? 'yes' : 'no'}`,
      ]
}

/** As many lines as fit, and how many did not. */
function block(lines: readonly string[]): string {
  const short = lines.map((line) => cut(line, 2_000))
  const fit = fitting(short, BUDGET_BYTES.launched, (line) => pre([line])).length
  return pre(fit < lines.length ? [...short.slice(0, fit), `and ${lines.length - fit} more`] : short)
}
