import type { Said } from '../explain/what-it-said.ts'
import { cut, oneLine, plain } from '../text.ts'
import { bytes, fitting } from './markdown.ts'
import { exitCodeOf, imageDigestOf, ownContainer, type ReportRow } from './row.ts'
import { type Timings, timingsOf } from './timeline.ts'

/** One database in `results`. What is not known is absent. */
interface Result {
  readonly database: string
  readonly outcome: string
  readonly exitCode?: number
  readonly reason?: string
  readonly remedy?: string
  /** A stable id: the code of the problem, or of the failure that the log of a success shows. */
  readonly cause?: string
  /** The line of the container's log that says why, masked: see `quote`. */
  readonly line?: string
  readonly taskArn?: string
  readonly taskDefinitionArn?: string
  /** The task was not started by this step. */
  readonly followed?: boolean
  /** The workflow run that started it. */
  readonly followedRunUrl?: string
  readonly image?: string
  readonly imageDigest?: string
  readonly stopCode?: string
  readonly stoppedReason?: string
  readonly logGroup?: string
  readonly logStream?: string
  readonly logUrl?: string
  readonly taskUrl?: string
  readonly logFile?: string
  readonly timings?: Timings
}

/** The `results` output may take this many bytes. A job's outputs may take 1 MB, counted in UTF-16. */
export const MOST_RESULT_BYTES = 400_000

/** The steps by which the results are made smaller: the successes first. */
const SHORTENINGS: readonly ((result: Result) => Result)[] = [
  (result) => result,
  (result) => (isSuccess(result) ? bare(result) : result),
  (result) => (isSuccess(result) ? bare(result) : brief(result)),
  bare,
]

/** The content of `results-file`. */
export function resultsDocument(rows: readonly ReportRow[]): string {
  return `${JSON.stringify(resultsOf(rows), undefined, 2)}\n`
}

/** All that is reported of every database, in the given order. */
function resultsOf(rows: readonly ReportRow[]): readonly Result[] {
  return rows.map(resultOf)
}

function resultOf({ record, problem, said, taskUrl, logUrl }: ReportRow): Result {
  const timings = timingsOf(record)
  return known<Result>({
    database: record.database,
    outcome: record.outcome.kind,
    exitCode: exitCodeOf(record),
    reason: text(problem?.reason),
    remedy: text(problem?.remedy),
    cause: problem?.code ?? quietCause(said),
    line: text(said?.line),
    taskArn: record.task?.taskArn,
    taskDefinitionArn: record.taskDefinitionArn,
    followed: record.task && record.followed !== undefined,
    followedRunUrl: record.followed?.runUrl,
    image: ownContainer(record)?.image ?? record.image,
    imageDigest: imageDigestOf(record),
    stopCode: record.task?.stopCode,
    stoppedReason: text(record.task?.stoppedReason),
    logGroup: record.log?.group,
    logStream: record.log?.stream,
    logUrl,
    taskUrl,
    logFile: record.logFile,
    timings: Object.keys(timings).length > 0 ? timings : undefined,
  })
}

/** The command ended with 0, and its log says otherwise. */
function quietCause(said: Said | undefined): string | undefined {
  return said?.reading.kind === 'quiet-failure' ? said.reading.id : undefined
}

type Loose<T> = { readonly [Key in keyof T]: T[Key] | undefined }

/** Leaves out what is undefined, so that no output ever says "undefined" or "null". */
function known<T extends object>(facts: Loose<T>): T {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as T
}

function text(value: string | undefined): string | undefined {
  return value === undefined ? undefined : plain(value)
}

/**
 * The outputs of the step. One with no true value is left unset.
 * @param files where the full results were written, if they were
 */
export function outputsOf(
  rows: readonly ReportRow[],
  files: { readonly resultsFile?: string } = {},
): Readonly<Record<string, string>> {
  const [only, ...more] = resultsOf(rows)
  return known<Record<string, string>>({
    outcome: overallOutcome(rows),
    results: resultsOutput(rows),
    'results-file': files.resultsFile,
    ...(only && more.length === 0 ? ofOne(only) : {}),
  })
}

/** `succeeded` or `dry-run` when that is true of all, else the first other outcome; a cause before what it caused. */
export function overallOutcome(rows: readonly ReportRow[]): string | undefined {
  const kinds = rows.map((row) => row.record.outcome.kind)
  const others = kinds.filter((kind) => kind !== 'succeeded' && kind !== 'dry-run')
  return others.find((kind) => kind !== 'skipped') ?? others[0] ?? kinds[0]
}

/** The `results` output: every database, the successes shortened first where it would exceed 400 kB. */
export function resultsOutput(rows: readonly ReportRow[]): string {
  const results = resultsOf(rows)
  for (const step of SHORTENINGS) {
    const json = JSON.stringify(results.map(step))
    if (bytes(json) <= MOST_RESULT_BYTES) return json
  }
  return asManyAsFit(results.map(bare))
}

/** As many objects as fit, and one that says how many are left out: nothing is lost silently. */
function asManyAsFit(results: readonly Result[]): string {
  const kept = fitting(results, MOST_RESULT_BYTES - 200, (result) => JSON.stringify(result))
  const note = JSON.stringify({ omitted: results.length - kept.length, see: 'results-file' })
  return `[${[...kept, note].join(',')}]`
}

function bare({ database, outcome }: Result): Result {
  return { database, outcome }
}

function ofOne(result: Result): Readonly<Record<string, string>> {
  return known<Record<string, string>>({
    'exit-code': result.exitCode?.toString(),
    cause: result.cause,
    'task-arn': result.taskArn,
    'task-id': idOf(result.taskArn),
    'task-definition-arn': result.taskDefinitionArn,
    'image-digest': result.imageDigest,
    'stop-code': result.stopCode,
    'stopped-reason': result.stoppedReason,
    'log-group': result.logGroup,
    'log-stream': result.logStream,
    'log-url': result.logUrl,
    'task-url': result.taskUrl,
    'log-file': result.logFile,
    'duration-seconds': result.timings?.total?.toString(),
  })
}

function idOf(arn: string | undefined): string | undefined {
  return arn?.split('/').at(-1)
}

function brief(result: Result): Result {
  return known<Result>({
    ...bare(result),
    exitCode: result.exitCode,
    cause: result.cause,
    reason: result.reason === undefined ? undefined : cut(oneLine(result.reason), 200),
    taskArn: result.taskArn,
  })
}

function isSuccess({ outcome }: Result): boolean {
  return outcome === 'succeeded' || outcome === 'dry-run'
}
