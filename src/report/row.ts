import type { Container } from '@aws-sdk/client-ecs'
import type { Said } from '../explain/what-it-said.ts'
import { containerOf, isFailure, type MigrationRecord, type OutcomeKind } from '../migration/outcome.ts'
import type { Problem } from '../model.ts'
import { cut, oneLine } from '../text.ts'

/** Characters; a longer word stays whole. */
const MOST_OF_COMMAND = 80

/** What is reported of one database: the facts, their explanation, and where to look in the AWS console. */
export interface ReportRow {
  readonly record: MigrationRecord
  /** As people see it, where this step gives one: it distinguishes the steps of a job, such as a migration and its check. */
  readonly command?: string
  readonly problem?: Problem
  /** What the container said; undefined where its log was not read. */
  readonly said?: Said
  /** In a few words, a warning without which the success is not to be read. */
  readonly caveat?: string
  /** Its container may work on for so long after this step. */
  readonly runsOnSeconds?: number
  readonly taskUrl?: string
  readonly logUrl?: string
  /** The run in whose log the cause stands, where it is an earlier one. */
  readonly firstFailureUrl?: string
}

const WORDS: Readonly<Record<OutcomeKind, string>> = {
  succeeded: 'succeeded',
  failed: 'failed',
  'not-started': 'not started',
  'timed-out': 'timed out',
  cancelled: 'cancelled',
  refused: 'refused',
  unknown: 'not known',
  skipped: 'skipped',
  'dry-run': 'dry run',
}

/** The outcome as a person says it. */
export function outcomeWords({ record }: ReportRow): string {
  return WORDS[record.outcome.kind]
}

/** The command of this step in a few words, where it gives one; never for the title of an annotation. */
export function shortCommand({ command }: ReportRow): string | undefined {
  const short = command === undefined ? undefined : cut(oneLine(command), MOST_OF_COMMAND)
  return short !== undefined && short.length > 3 * MOST_OF_COMMAND ? 'the command of this step' : short
}

/** The exit code ECS showed, or undefined: never made up. */
export function exitCodeOf(record: MigrationRecord): number | undefined {
  const { outcome } = record
  const judged = 'exitCode' in outcome ? outcome.exitCode : undefined
  // ECS also reports one for a container that could not start because another one failed.
  return judged ?? (outcome.kind === 'not-started' ? undefined : ownContainer(record)?.exitCode)
}

/** The container whose exit code counts, as ECS described it last. */
export function ownContainer(record: MigrationRecord): Container | undefined {
  return record.task && containerOf(record.task, record.container)
}

/** `sha256:…` of the image that ran, or in a dry run would run. */
export function imageDigestOf(record: MigrationRecord): string | undefined {
  const { task, outcome, image } = record
  const runs = task?.startedAt !== undefined || outcome.kind === 'dry-run'
  return ownContainer(record)?.imageDigest ?? (runs ? /@(sha256:[0-9a-f]{64})$/.exec(image)?.[1] : undefined)
}

/** `, followed`: the task was not started by this step. */
export function whoStarted({ record }: ReportRow): string {
  return record.followed === undefined ? '' : ', followed'
}

/** What a person wants to know of a success who expected that something is done; many tools print nothing if nothing is to do. */
export function idleness(row: ReportRow): string {
  if (nothingWasPending(row)) return ', nothing was pending'
  return row.record.outcome.kind === 'succeeded' && row.record.printedNothing ? ', printed nothing' : ''
}

/** `, but see the warning: the definition's DB_NAME is acme` */
export function butSee({ caveat }: ReportRow): string {
  return caveat === undefined ? '' : `, but see the warning: ${caveat}`
}

/** `, and its container may run on for up to 120 s` */
export function runningOn({ runsOnSeconds }: ReportRow): string {
  return runsOnSeconds === undefined ? '' : `, and its container may run on for up to ${runsOnSeconds} s`
}

/** Did the tool say so, in a log that was read as a whole? The beginning of a longer one may show work. */
export function nothingWasPending({ record, said }: ReportRow): boolean {
  const isWhole = record.logNote === undefined && record.lineCount <= record.lastLines.length
  return record.outcome.kind === 'succeeded' && said?.reading.kind === 'nothing-to-do' && isWhole
}

/** Did this database end as it was meant to? */
export function isFine(row: ReportRow): boolean {
  return !isFailure(row.record.outcome)
}

/** Did something go wrong with this very database? One that was skipped only suffers from what went wrong with another. */
export function wentWrong(row: ReportRow): boolean {
  return !isFine(row) && !isSkipped(row)
}

export function isSkipped({ record }: ReportRow): boolean {
  return record.outcome.kind === 'skipped'
}
