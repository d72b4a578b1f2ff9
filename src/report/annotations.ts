import { cut, LONGEST_ANNOTATION, oneLine, plain } from '../text.ts'
import { named } from './names.ts'
import { isFine, outcomeWords, type ReportRow, shortCommand, wentWrong } from './row.ts'
import { tally } from './tally.ts'

interface Annotation {
  /** Without a text from outside: GitHub hides no secret in a title. */
  readonly title: string
  readonly message: string
}

/** The runner keeps 10 of a kind for each step; one is left for what the toolkit may say itself. */
export const MOST_WARNINGS = 9

const ROOM = 3900

/**
 * The one error of the step: what happened, why, what to do. Skipped databases are counted, not explained.
 * @returns undefined when every database is fine
 */
export function errorAnnotation(rows: readonly ReportRow[]): Annotation | undefined {
  const bad = rows.filter((row) => !isFine(row))
  const causes = rows.filter(wentWrong)
  const [first] = causes.length > 0 ? causes : bad
  if (!first) return undefined
  if (rows.length === 1) return ofOne(first)
  const skipped = bad.length - causes.length
  const note = skipped > 0 && causes.length > 0 ? `\n\n${skipped} not attempted after that.` : ''
  return {
    title: tally(rows)
      .map(({ text }) => text)
      .join(', '),
    message: `${joined(grouped(causes.length > 0 ? causes : bad))}${note}`,
  }
}

/** Is the annotation of this one database all there is to say? The runner cuts a longer one, also in the log. */
export function fitsAnnotation(row: ReportRow): boolean {
  return ofOneInFull(row).length <= LONGEST_ANNOTATION
}

function ofOne(row: ReportRow): Annotation {
  return {
    title: `${row.command === undefined ? 'Migration' : 'Command'} ${outcomeWords(row)}`,
    message: cut(ofOneInFull(row), LONGEST_ANNOTATION),
  }
}

/** A log shows no title, so the database is named where the reason is a line of the container's log. */
function ofOneInFull(row: ReportRow): string {
  const database = oneLine(row.record.database)
  return isLine(row)
    ? `${database}${row.command === undefined ? ' failed' : ''}: ${failureText(row)}`
    : failureText(row)
}

function failureText(row: ReportRow): string {
  const { record, problem } = row
  if (problem === undefined) return record.outcome.kind
  const command = isLine(row) ? shortCommand(row) : undefined
  return `${command === undefined ? '' : `${command} failed: `}${oneLine(problem.reason)}\nWhat to do: ${oneLine(problem.remedy)}`
}

function isLine({ said, problem }: ReportRow): boolean {
  return said?.line !== undefined && problem?.reason.startsWith(said.line) === true
}

interface Group {
  readonly databases: readonly string[]
  readonly text: string
}

/** As many blocks as fit, and a last line that says how many databases are only in the summary. */
function joined(groups: readonly Group[]): string {
  const blocks: string[] = []
  let used = 0
  let leftOut = 0
  for (const { databases, text } of groups) {
    const block = `${named(databases)}: ${text}`
    const share = blocks.length === 0 ? cut(block, ROOM) : block
    if (blocks.length > 0 && used + share.length + 2 > ROOM) leftOut += databases.length
    else {
      blocks.push(share)
      used += share.length + 2
    }
  }
  const more = leftOut === 0 ? [] : [`${leftOut} more databases: the job summary has each.`]
  return [...blocks, ...more].join('\n\n')
}

/** Databases of which the same is to be said, in the order of their first. */
function grouped(rows: readonly ReportRow[]): readonly Group[] {
  const groups = new Map<string, string[]>()
  for (const row of rows) {
    const text = failureText(row)
    groups.set(text, [...(groups.get(text) ?? []), row.record.database])
  }
  return [...groups].map(([text, databases]) => ({ databases, text }))
}

/**
 * Warnings as annotations: equal ones once, at most 9, the last of which folds the rest.
 * The step's log has to carry each in full; an annotation that is shortened says so.
 */
export function warningAnnotations(warnings: readonly string[]): readonly string[] {
  const different = [...new Set(warnings.map(plain))]
  const single = different.length <= MOST_WARNINGS ? different : different.slice(0, MOST_WARNINGS - 1)
  const rest = different.slice(single.length)
  return [...single.map((text) => cut(text, ROOM)), ...(rest.length > 0 ? [fold(rest)] : [])]
}

function fold(texts: readonly string[]): string {
  const head = `${texts.length} more warnings; each in full in the log of this step.`
  const each = Math.max(40, Math.floor((ROOM - head.length) / Math.max(1, texts.length)) - 3)
  const fits = Math.floor((ROOM - head.length) / (each + 3))
  return [head, ...texts.slice(0, fits).map((text) => `- ${cut(oneLine(text), each)}`)].join('\n')
}
