import type { AwsVpcConfiguration } from '@aws-sdk/client-ecs'
import { spoken } from '../duration.ts'
import type { OutcomeKind } from '../migration/outcome.ts'
import type { Problem } from '../model.ts'
import { timelineChart } from './chart.ts'
import { outcomeWords, verdict } from './closing.ts'
import { code, fence, fitting, folded, inline, link, oneLine, plain, prose, shortened } from './markdown.ts'
import { exitCodeOf, imageDigestOf, isFine, type ReportRow, wentWrong } from './row.ts'
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

/** GitHub uploads nothing at all of a summary above 1 MiB (facts C). */
export const MOST_SUMMARY_BYTES = 1_048_576
/** Bytes for each part; together they stay below the limit. */
const BUDGET_BYTES = { table: 180_000, failures: 500_000, folded: 150_000, warnings: 50_000, launched: 40_000 }
const MOST_CHARACTERS_OF_LINE = 500
const MOST_CHARACTERS_OF_TEXT = 4_000
const MOST_EVIDENCE = 30

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

const TABLE_HEAD = '| Database | Outcome | Exit code | Duration | Image | AWS console |\n|:--|:--|--:|--:|:--|:--|'

/**
 * The job summary: verdict, a row for each database, the timeline, what went wrong and what to do, what was launched.
 * Under 1 MiB for any number of databases; what does not fit is counted.
 */
export function summary(rows: readonly ReportRow[], context: SummaryContext): string {
  const chart = timelineChart(rows)
  const parts = [
    `## ${verdictIcon(rows)} ${inline(verdict(rows))}`,
    ...tables(rows, context),
    ...(chart ? [fence(chart.split('\n'), 'mermaid')] : []),
    ...failures(rows, context),
    ...successNotes(rows),
    ...warned(context),
    launched(context),
  ]
  return `${fitting(parts, MOST_SUMMARY_BYTES - 1, (part) => `${part}\n`).join('\n')}`
}

function verdictIcon(rows: readonly ReportRow[]): string {
  return rows.every(isFine) ? '✅' : rows.some((row) => ICONS[row.record.outcome.kind] === '❌') ? '❌' : '❓'
}

/** Failures come first and open; of more than ten databases the successes are folded. */
function tables(rows: readonly ReportRow[], context: SummaryContext): readonly string[] {
  if (rows.length <= 10) return [table(rows, context)]
  const skipped = rows.filter((row) => row.record.outcome.kind === 'skipped')
  const fine = rows.filter(isFine)
  const bad = rows.filter(wentWrong)
  return [
    ...(bad.length > 0 ? [table(bad, context)] : []),
    ...(skipped.length > 0 ? [folded(`${skipped.length} skipped`, shortTable(skipped, context))] : []),
    ...(fine.length > 0 ? [folded(`${fine.length} ${fineWord(fine)}`, shortTable(fine, context))] : []),
  ]
}

function table(rows: readonly ReportRow[], context: SummaryContext): string {
  return cut(rows, { head: TABLE_HEAD, most: BUDGET_BYTES.table, make: tableRow }, context)
}

/** Rows under their head, as many as fit, and how many did not. */
function cut(
  rows: readonly ReportRow[],
  { head, most, make }: { head: string; most: number; make: (row: ReportRow) => string },
  context: SummaryContext,
): string {
  const fit = fitting(rows, most, make)
  const left = rows.length - fit.length
  const note = left > 0 ? `\n\n${left} more did not fit here.${whole(context)}` : ''
  return `${head}\n${fit.join('\n')}${note}`
}

function whole({ resultsFile }: SummaryContext): string {
  return resultsFile === undefined ? '' : ` All results are in ${code(resultsFile)} on the runner.`
}

function tableRow(row: ReportRow): string {
  const { total } = timingsOf(row.record)
  const cells = [
    `${ICONS[row.record.outcome.kind]} ${name(row)}`,
    outcomeWords(row),
    exitCodeOf(row.record)?.toString() ?? '',
    total === undefined ? '' : spoken(total),
    row.record.outcome.kind === 'skipped' ? '' : shortDigest(imageDigestOf(row.record)),
    links(row),
  ]
  return `| ${cells.join(' | ')} |`
}

function name(row: ReportRow): string {
  return code(shortened(oneLine(row.record.database), 128))
}

function shortDigest(digest: string | undefined): string {
  return digest === undefined ? '' : code(digest.replace(/^(sha256:.{12}).*$/, '$1'))
}

function links({ taskUrl, logUrl }: ReportRow): string {
  return [taskUrl && link('task', taskUrl), logUrl && link('log', logUrl)].filter(Boolean).join(' · ')
}

/** Without links and image, so that a thousand have room. */
function shortTable(rows: readonly ReportRow[], context: SummaryContext): string {
  return cut(
    rows,
    { head: '| Database | Duration |\n|:--|--:|', most: BUDGET_BYTES.folded / 2, make: shortRow },
    context,
  )
}

function shortRow(row: ReportRow): string {
  const { total } = timingsOf(row.record)
  return `| ${name(row)} | ${total === undefined ? '' : spoken(total)} |`
}

function fineWord(rows: readonly ReportRow[]): string {
  return rows.every((row) => row.record.outcome.kind === 'dry-run') ? 'checked' : 'succeeded'
}

function failures(rows: readonly ReportRow[], context: SummaryContext): readonly string[] {
  const bad = rows.filter(wentWrong)
  const fit = fitting(bad, BUDGET_BYTES.failures, failure)
  const left = bad.length - fit.length
  return left > 0 ? [...fit, `${left} more that are not well did not fit here.${whole(context)}`] : fit
}

function failure(row: ReportRow): string {
  const { problem, record } = row
  const evidence = problem?.evidence ?? []
  return [
    `### ${ICONS[record.outcome.kind]} ${name(row)}: ${outcomeWords(row)}`,
    ...(problem ? words(problem) : []),
    ...lastLines(row),
    [...logNotes(row), links(row)].filter(Boolean).join('<br>'),
    ...(evidence.length > 0 ? [folded('Evidence', list(evidence))] : []),
    ...(record.notes.length > 0 ? [folded('What was done besides', list(record.notes))] : []),
  ]
    .filter(Boolean)
    .join('\n\n')
}

function words({ reason, remedy }: Problem): readonly string[] {
  return [
    `**Why:** ${prose(shortened(oneLine(reason), MOST_CHARACTERS_OF_TEXT))}`,
    `**What to do:** ${prose(shortened(oneLine(remedy), MOST_CHARACTERS_OF_TEXT))}`,
  ]
}

function lastLines({ record }: ReportRow): readonly string[] {
  const lines = record.lastLines.slice(-30).map((line) => shortened(plain(line), MOST_CHARACTERS_OF_LINE))
  if (lines.length === 0) return []
  const title =
    lines.length === 1
      ? 'The last line of the log:'
      : `The last ${lines.length} of ${record.lineCount} lines of the log:`
  return [title, fence(lines)]
}

/** How the log was read: a summary never pretends to more than was seen. */
function logNotes({ record }: ReportRow): readonly string[] {
  const { logRead } = record.milestones
  const count = `${record.lineCount} ${record.lineCount === 1 ? 'line' : 'lines'}`
  return [
    ...(logRead ? [`Log read until ${inline(logRead.toISOString())}, ${count}.`] : []),
    ...(record.logNote ? [inline(shortened(oneLine(record.logNote), MOST_CHARACTERS_OF_TEXT))] : []),
    ...(record.logFile ? [`Full log, unmasked, on the runner: ${code(record.logFile)}`] : []),
  ]
}

/** Facts as a list; a line each. */
function list(lines: readonly string[]): string {
  const items = lines.slice(0, MOST_EVIDENCE).map((line) => `- ${code(shortened(oneLine(line), 1_000))}`)
  const more =
    lines.length > MOST_EVIDENCE ? [`- and ${lines.length - MOST_EVIDENCE} more, in the log of this step`] : []
  return [...items, ...more].join('\n')
}

function successNotes(rows: readonly ReportRow[]): readonly string[] {
  const [only] = rows
  if (rows.length !== 1 || !only || !isFine(only)) return []
  const notes = logNotes(only)
  return notes.length > 0 ? [notes.join('<br>')] : []
}

function warned({ warnings }: SummaryContext): readonly string[] {
  if (warnings.length === 0) return []
  const lines = fitting(warnings, BUDGET_BYTES.warnings, (line) => `- ${inline(shortened(oneLine(line), 1_000))}`)
  const left = warnings.length - lines.length
  const more = left > 0 ? [`- and ${left} more, in the log of this step`] : []
  const title = warnings.length === 1 ? '1 warning' : `${warnings.length} warnings`
  return [folded(title, [...lines, ...more].join('\n'))]
}

function launched(context: SummaryContext): string {
  const facts = [
    `cluster: ${context.cluster}, in ${context.region}`,
    `image: ${context.image}`,
    ...(context.baseDefinition ? [`cloned from: ${context.baseDefinition}`] : []),
    ...network(context.network),
    ...(context.launch ?? []),
  ]
  const changes = context.changes.length > 0 ? ['What the clone changes:', linesFence(context.changes)] : []
  return folded('What was launched', [linesFence(facts), ...changes].join('\n\n'))
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

function linesFence(lines: readonly string[]): string {
  const fit = fitting(lines, BUDGET_BYTES.launched, (line) => shortened(plain(line), 2_000))
  return fence(fit.length < lines.length ? [...fit, `and ${lines.length - fit.length} more`] : fit)
}
