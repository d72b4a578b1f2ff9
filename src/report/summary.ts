import type { AwsVpcConfiguration } from '@aws-sdk/client-ecs'
import { spoken, timeOfDay } from '../duration.ts'
import { type Excerpt, excerpt } from '../explain/log/excerpt.ts'
import { skipReason } from '../explain/skipped.ts'
import type { MigrationRecord, OutcomeKind } from '../migration/outcome.ts'
import type { Problem } from '../model.ts'
import { cut, oneLine } from '../text.ts'
import { timelineChart } from './chart.ts'
import { verdict } from './closing.ts'
import { bytes, code, fitting, folded, link, list, paragraph, pre, prose, rowOf, tableOf } from './markdown.ts'
import {
  exitCodeOf,
  imageDigestOf,
  isFine,
  isSkipped,
  nothingWasPending,
  outcomeWords,
  type ReportRow,
  runningOn,
  shortCommand,
  wentWrong,
  whoStarted,
} from './row.ts'
import { type SaidColumn, saidColumn } from './said-column.ts'
import { type StartFacts, startAdvice } from './start-advice.ts'
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
  readonly start?: StartFacts
  /** Everything that was warned of, in full. */
  readonly warnings: readonly string[]
  /** Those of them without which no success is to be read: not folded. */
  readonly prominent?: readonly string[]
  readonly resultsFile?: string
}

/** GitHub uploads nothing at all of a summary above 1 MiB (docs/platform-facts.md#limits). */
export const MOST_SUMMARY_BYTES = 1_048_576
/** Bytes for each part; together they stay below the limit. */
const BUDGET_BYTES = {
  table: 180_000,
  failures: 500_000,
  folded: 150_000,
  warnings: 50_000,
  launched: 40_000,
  names: 100_000,
}
/** Bytes for one text. Only words without white space are cut nowhere and can be longer. */
const MOST_BYTES = { name: 2_000, text: 15_000, line: 6_000, fact: 3_000 }
const MOST_CHARACTERS_OF_LINE = 500
const MOST_CHARACTERS_OF_TEXT = 4_000
const MOST_EVIDENCE = 30
/** Of a log. */
const MOST_LINES = 30
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

/** A larger number is folded but for what went wrong, and no log of a success is shown. */
const MOST_OPEN = 10
/** The column with a line of each log: the last one, of a failure the one that says why. */
const SAID = 'What it said'

/**
 * The job summary: verdict, of several databases a row for each and which are still to do, what went wrong and what to
 * do, the timeline, the logs, what was launched. Under 1 MiB for any number of databases; what does not fit is counted.
 */
export function summary(rows: readonly ReportRow[], context: SummaryContext): string {
  const chart = timelineChart(rows)
  const advice = startAdvice(rows, context.start ?? {})
  const [only] = rows
  const parts = [
    `<h2>${verdictIcon(rows)} ${commandOf(rows)}${heading(rows)}</h2>`,
    ...unfolded(context),
    ...(only && rows.length === 1
      ? one(only)
      : [...tables(rows, context), ...stillToDo(rows, context), ...failures(rows, context)]),
    ...(chart ? [`\`\`\`mermaid\n${chart}\n\`\`\``] : []),
    ...(advice ? [paragraph(prose(advice))] : []),
    ...logsOfSuccesses(rows),
    ...keptLogs(rows),
    ...warned(context),
    launched(rows, context),
  ]
  return `${fitting(parts, MOST_SUMMARY_BYTES - 1, (part) => `${part}\n`).join('\n')}`
}

/** All databases of a step have the same. */
function commandOf([row]: readonly ReportRow[]): string {
  const command = row && shortCommand(row)
  return command === undefined ? '' : `${code(command)} · `
}

function heading(rows: readonly ReportRow[]): string {
  const text = verdict(rows)
  const [only] = rows
  const begin = only && rows.length === 1 ? `${oneLine(only.record.database)}: ` : ''
  return only && begin !== '' && text.startsWith(begin)
    ? `${name(only)}: ${prose(text.slice(begin.length))}`
    : prose(text)
}

/** Of a fleet, what to migrate next, and how by whatever means the workflow has: a text, a choice, or neither. */
function stillToDo(rows: readonly ReportRow[], context: SummaryContext): readonly string[] {
  const left = rows.filter((row) => !isFine(row))
  if (rows.length === 1 || left.length === 0) return []
  const list = pre([left.map(({ record }) => record.database).join(', ')])
  const isShort = bytes(list) <= BUDGET_BYTES.names
  const text = `Still to do: ${left.length} of ${rows.length}. ${fixAndRun(left)} ${howToRun(left.length, rows.length)}`
  return [paragraph(`${text}${isShort ? '' : whole(context)}`), isShort ? list : '']
}

/** Nothing is to be fixed where only the step ended, or was not seen to its end. */
function fixAndRun(rows: readonly ReportRow[]): string {
  const isToFix = rows.some(({ record }) => ICONS[record.outcome.kind] === '❌' && record.outcome.kind !== 'cancelled')
  return isToFix ? 'Fix what failed, then run' : 'Run'
}

/** A re-run has the commit of the first attempt, and mostly with it the image. */
const KEEPS_COMMIT = 'after a fix in code start a new run, for a re-run keeps the commit.'
const RERUN = `After a fix in the data or the account, “Re-run failed jobs” does that; ${KEEPS_COMMIT}`

/** What a second run does to a database that is migrated already, only the tool knows. */
function howToRun(left: number, all: number): string {
  if (left === all) return `it again. ${RERUN}`
  const these = left === 1 ? 'it for this one.' : 'it for these: as a list where the input takes one, else one by one.'
  return `${these} To run all ${all} again is as good where the command skips what is applied already, as tools with a history table do. ${RERUN}`
}

function verdictIcon(rows: readonly ReportRow[]): string {
  return rows.every(isFine) ? '✅' : rows.some((row) => ICONS[row.record.outcome.kind] === '❌') ? '❌' : '❓'
}

/** The verdict has its name, its outcome and its time. */
function one(row: ReportRow): readonly string[] {
  const image = shortDigest(imageDigestOf(row.record))
  const console = links(row)
  const facts = [image && `Image ${image}`, console && `AWS console: ${console}`].filter(Boolean)
  const line = isFine(row) ? row.said?.line : undefined
  return [
    ...(facts.length > 0 ? [paragraph(facts.join(' · '))] : []),
    ...(line === undefined ? [] : [paragraph(`It said: ${code(line)}`)]),
    ...(isFine(row) ? notes(row) : details(row, runAgain(row))),
  ]
}

/** Of several databases it stands below the table. Some remedies say it themselves. */
function runAgain({ record: { outcome }, problem }: ReportRow): readonly string[] {
  const mayBeCode = outcome.kind === 'failed' && outcome.cause === 'exit-code'
  const isSaid = problem?.remedy.includes('keeps the commit') === true
  return mayBeCode && !isSaid ? [paragraph(`To run it again: ${KEEPS_COMMIT}`)] : []
}

/** Failures come first and open; of more than ten databases all others are folded. */
function tables(rows: readonly ReportRow[], context: SummaryContext): readonly string[] {
  const said = saidColumn(rows)
  const image = imageOfAll(rows)
  const sentences = [...imageNote(rows, image), ...(said.common === undefined ? [] : [paragraph(said.common)])]
  const make = (some: readonly ReportRow[], layout: Layout) => table(some, layout, said, context)
  const full =
    image === undefined ? [DATABASE, OUTCOME, DURATION, IMAGE, CONSOLE] : [DATABASE, OUTCOME, DURATION, CONSOLE]
  const open = { columns: full, most: BUDGET_BYTES.table }
  if (rows.length <= MOST_OPEN) return [...sentences, make(rows, open)]
  const skipped = rows.filter(isSkipped)
  const fine = rows.filter(isFine)
  const bad = rows.filter(wentWrong)
  const few = (some: readonly ReportRow[], word: string, columns: readonly Column[]) =>
    some.length > 0 ? [folded(`${some.length} ${word}`, make(some, { columns, most: BUDGET_BYTES.folded / 2 }))] : []
  return [
    ...sentences,
    ...(bad.length > 0 ? [make(bad, open)] : []),
    ...few(skipped, 'skipped', [DATABASE, OUTCOME]),
    ...few(fine, fineWord(fine), [DATABASE, DURATION]),
  ]
}

/** `Nothing was pending in all 3 (sha256:…).` or `Image sha256:…` */
function imageNote(rows: readonly ReportRow[], digest: string | undefined): readonly string[] {
  const image = shortDigest(digest)
  if (rows.every(nothingWasPending)) {
    const all = rows.length === 2 ? 'both' : `all ${rows.length}`
    return [paragraph(`Nothing was pending in ${all}${image && ` (${image})`}.`)]
  }
  return image ? [paragraph(`Image ${image}`)] : []
}

/** Empty where none ran; undefined where not all had the same. */
function imageOfAll(rows: readonly ReportRow[]): string | undefined {
  const digests = new Set(rows.flatMap(({ record }) => imageDigestOf(record) ?? []))
  return digests.size > 1 ? undefined : ([...digests][0] ?? '')
}

interface Column {
  readonly head: string
  readonly cell: (row: ReportRow) => string
}

const DATABASE: Column = { head: 'Database', cell: (row) => `${ICONS[row.record.outcome.kind]}\u00a0${name(row)}` }
const OUTCOME: Column = { head: 'Outcome', cell: outcomeCell }
const DURATION: Column = {
  head: 'Duration',
  cell: ({ record }) => {
    const { total } = timingsOf(record)
    return total === undefined ? '' : spoken(total).replaceAll(' ', '\u00a0')
  },
}
const IMAGE: Column = { head: 'Image', cell: ({ record }) => shortDigest(imageDigestOf(record)) }
const CONSOLE: Column = { head: 'Console', cell: links }

/** `failed, exit code 1`; of one that was skipped the reason. */
function outcomeCell(row: ReportRow): string {
  const { outcome } = row.record
  if (outcome.kind === 'skipped')
    return unlessTooLong(`skipped: ${skipReason(outcome.because)}`, MOST_BYTES.name, prose)
  const exitCode = exitCodeOf(row.record)
  const code = exitCode === undefined || outcome.kind === 'succeeded' ? '' : `, exit code ${exitCode}`
  return `${outcomeWords(row)}${code}${runningOn(row)}${whoStarted(row)}`
}

interface Layout {
  readonly columns: readonly Column[]
  /** Bytes. */
  readonly most: number
}

/** As many rows as fit, and how many did not. */
function table(
  rows: readonly ReportRow[],
  { columns, most }: Layout,
  { cell }: SaidColumn,
  context: SummaryContext,
): string {
  const shown = rows.some((row) => cell(row) !== '') ? [...columns, { head: SAID, cell }] : columns
  const fit = fitting(rows, most, (row) => rowOf(shown.map((column) => column.cell(row))))
  const left = rows.length - fit.length
  const note = left > 0 ? `\n\n${paragraph(`${left} more did not fit here.${whole(context)}`)}` : ''
  return `${tableOf(
    shown.map(({ head }) => head),
    fit,
  )}${note}`
}

/** The file is gone after the job; its path is an output. */
function whole({ resultsFile }: SummaryContext): string {
  return resultsFile === undefined ? '' : ' The file of the output <code>results-file</code> has all.'
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
  return digest ? code(digest.replace(/^(sha256:[0-9a-f]{12})[0-9a-f]{52}$/, '$1')) : ''
}

function links({ taskUrl, logUrl }: ReportRow): string {
  return [taskUrl && link('task', taskUrl), logUrl && link('log', logUrl)].filter(Boolean).join('\u00a0·\u00a0')
}

function fineWord(rows: readonly ReportRow[]): string {
  return rows.every((row) => row.record.outcome.kind === 'dry-run') ? 'checked' : 'succeeded'
}

function failures(rows: readonly ReportRow[], context: SummaryContext): readonly string[] {
  const bad = rows.filter(wentWrong)
  const fit = fitting(bad, BUDGET_BYTES.failures, failure)
  const left = bad.length - fit.length
  if (left === 0) return fit
  return [...fit, paragraph(`${left} more that did not succeed did not fit here.${whole(context)}`)]
}

function failure(row: ReportRow): string {
  return [`<h3>${ICONS[row.record.outcome.kind]} ${name(row)}: ${outcomeWords(row)}</h3>`, ...details(row)].join('\n\n')
}

/** Why, what to do, the end of the log, and what it rests on. */
function details(row: ReportRow, advice: readonly string[] = []): readonly string[] {
  const { problem, record } = row
  const evidence = problem?.evidence ?? []
  const shown = shownLines(record)
  return [
    ...(problem ? words(problem) : []),
    ...advice,
    ...(row.firstFailureUrl ? [paragraph(link('The run that failed first', row.firstFailureUrl))] : []),
    ...(shown.span > 0 ? [paragraph(`${logTitle(row, shown)}:`), pre(shown.lines)] : []),
    ...notes(row),
    ...(evidence.length > 0 ? [folded('Evidence', facts(evidence))] : []),
    ...(record.notes.length > 0 ? [folded('What else was done', facts(record.notes))] : []),
  ]
}

function words({ reason, remedy }: Problem): readonly string[] {
  return [paragraph(`<b>Why:</b> ${sentences(reason)}`), paragraph(`<b>What to do:</b> ${sentences(remedy)}`)]
}

function sentences(text: string): string {
  return unlessTooLong(cut(text, MOST_CHARACTERS_OF_TEXT), MOST_BYTES.text, prose)
}

/** Frames of libraries, which may be all of the last lines, give way to what stands before them. */
function shownLines({ lastLines }: MigrationRecord): Excerpt {
  const { lines, span } = excerpt(lastLines, MOST_LINES)
  return { lines: lines.map(shortLine), span }
}

/**
 * `Log: the last 8 of 214 lines, read until 03:14:59 UTC`; with a note that says why it may not be whole `the 8 lines
 * read until …`, for then nobody knows how many it has.
 */
function logTitle({ record }: ReportRow, { lines, span }: Excerpt, of = ''): string {
  const { lineCount, logNote, milestones } = record
  const until = milestones.logRead ? ` until ${code(timeOfDay(milestones.logRead))}` : ''
  const read = logNote === undefined ? until && `, read${until}` : ` read${until}`
  const but = lines.length < span ? ' without those of libraries' : ''
  return `Log${of}: ${linesShown(span, lineCount, logNote === undefined)}${but}${read}`
}

function linesShown(shown: number, all: number, isWhole: boolean): string {
  const lines = `${all} ${all === 1 ? 'line' : 'lines'}`
  if (shown === 0) return lines
  if (shown < all) return `the last ${shown} of ${isWhole ? '' : 'the '}${lines}`
  if (!isWhole) return `the ${lines}`
  return all === 1 ? 'the only line' : `all ${lines}`
}

function shortLine(line: string): string {
  const short = cut(line, MOST_CHARACTERS_OF_LINE)
  return short.length <= MOST_BYTES.line && bytes(code(short)) <= MOST_BYTES.line ? short : TOO_LONG
}

/** How the log was read: a summary never pretends to more than was seen. */
function notes(row: ReportRow): readonly string[] {
  const { lastLines, logNote, milestones } = row.record
  const title = lastLines.length === 0 && milestones.logRead ? [`${logTitle(row, shownLines(row.record))}.`] : []
  const lines = [...title, ...(logNote ? [sentences(logNote)] : [])]
  return lines.length > 0 ? [paragraph(lines.join('<br>'))] : []
}

/** The end of each log, folded. */
function logsOfSuccesses(rows: readonly ReportRow[]): readonly string[] {
  const fine = rows.length > MOST_OPEN ? [] : rows.filter((row) => isFine(row) && row.record.lastLines.length > 0)
  return fitting(fine, BUDGET_BYTES.folded, (row) => {
    const shown = shownLines(row.record)
    return folded(logTitle(row, shown, rows.length > 1 ? ` of ${name(row)}` : ''), pre(shown.lines))
  })
}

/** The files with the full logs end with the job. */
function keptLogs(rows: readonly ReportRow[]): readonly string[] {
  if (!rows.some(({ record }) => record.logFile !== undefined)) return []
  const [what, path, rest] =
    rows.length === 1
      ? ['The full log is in a file', 'steps.ID.outputs.log-file', '']
      : ['The full logs are in files', 'runner.temp', '/run-ecs-migration-*/']
  const text = `${what} on the runner, which ends with the job; this step keeps it. GitHub masks no secret in it, and who can read the repository can download it.`
  const step = [
    '- if: always()',
    '  uses: actions/upload-artifact@v7',
    '  with:',
    '    name: migration-log',
    `    path: \${{ ${path} }}${rest}`,
  ]
  return [folded('To keep the whole log', [paragraph(text), pre(step)].join('\n\n'))]
}

/** A line each. */
function facts(lines: readonly string[]): string {
  const items = lines.slice(0, MOST_EVIDENCE).map((line) => unlessTooLong(cut(line, 1_000), MOST_BYTES.fact, code))
  const left = lines.length - items.length
  return list(left > 0 ? [...items, `and ${left} more, in the log of this step`] : items)
}

function unfolded({ prominent = [] }: SummaryContext): readonly string[] {
  return fitting(prominent, BUDGET_BYTES.warnings, (text) => paragraph(`<b>Warning:</b> ${sentences(text)}`))
}

function warned(context: SummaryContext): readonly string[] {
  const warnings = context.warnings.filter((text) => !context.prominent?.includes(text))
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
