/** The end of the step: outcomes become words, outputs, annotations and the job summary. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setOutput, summary as stepSummary } from '@actions/core'
import type { AwsVpcConfiguration } from '@aws-sdk/client-ecs'
import { consoleLinks, partitionOf } from '../aws/console-links.ts'
import { explain } from '../explain/explain.ts'
import { whatItSaid } from '../explain/what-it-said.ts'
import type { StepLog } from '../github/step-log.ts'
import type { Inputs } from '../inputs.ts'
import { isFailure, type MigrationRecord } from '../migration/outcome.ts'
import type { DescribedDefinition, Plan, PreflightResult, Problem, RunIdentity, Startup } from '../model.ts'
import { errorAnnotation, warningAnnotations } from '../report/annotations.ts'
import { closingLines, lastLine } from '../report/closing.ts'
import { databaseLine } from '../report/database-line.ts'
import { outputsOf, resultsDocument } from '../report/outputs.ts'
import { type Redact, redacted } from '../report/redact.ts'
import type { ReportRow } from '../report/row.ts'
import { startupLines } from '../report/startup.ts'
import { type SummaryContext, summary } from '../report/summary.ts'
import { plain } from '../text.ts'

export interface Publication {
  readonly inputs: Inputs
  /** Undefined where the run ended before it was asked for. */
  readonly identity?: RunIdentity
  readonly folder: string
  readonly log: StepLog
  readonly redact: Redact
  readonly records: readonly MigrationRecord[]
  /** What the checks found, where a task did not start. */
  readonly findings?: PreflightResult
  readonly prepared?: {
    readonly base: DescribedDefinition
    readonly network: AwsVpcConfiguration
    readonly changes: readonly string[]
    readonly plan: Pick<Plan, 'startup'>
  }
}

/** @returns the exit code of the step */
export async function publish(publication: Publication): Promise<number> {
  const { records, log } = publication
  const rows = shown(
    records.map((record) => rowOf(record, publication)),
    publication,
  )
  const resultsFile = writeResults(publication, rows)
  const files = resultsFile === undefined ? {} : { resultsFile }
  await written('The outputs', log, async () => {
    for (const [name, value] of Object.entries(outputsOf(rows, files))) setOutput(name, value)
  })
  await written('The job summary', log, () => writeSummary(rows, publication, files))
  tell(rows, log)
  return records.some(({ outcome }) => isFailure(outcome)) ? 1 : 0
}

/** The one way of text from outside into outputs, results file and job summary; the log has its own. */
function shown<T>(data: T, { redact }: Publication): T {
  // guard: starred-reports
  return redacted(data, (text) => redact(plain(text)))
}

/** A disk that is full changes no verdict: it is said, and the rest is told. */
async function written(what: string, log: StepLog, write: () => Promise<void>): Promise<void> {
  try {
    await write()
  } catch (error) {
    log.warn('', `${what} could not be written: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function rowOf(record: MigrationRecord, { inputs, identity, findings, prepared }: Publication): ReportRow {
  const unsplit = prepared?.plan.startup.unsplit
  const said = whatItSaid(record, {
    ...(prepared && { startup: prepared.plan.startup }),
    securityGroups: prepared?.network.securityGroups ?? [],
  })
  const context = {
    cluster: inputs.cluster,
    region: inputs.region,
    ...(identity && { runUrl: identity.runUrl }),
    ...(findings && { findings }),
    ...(unsplit !== undefined && { unsplit }),
    ...(said && { said }),
  }
  const problem: Problem | undefined = explain(record, context)
  const taskArn = record.task?.taskArn
  const links = consoleLinks(partitionOf(taskArn ?? ''))
  const taskUrl = taskArn === undefined ? undefined : links.task(taskArn)
  const logUrl = record.log && links.log(record.log)
  return {
    record,
    ...(problem && { problem }),
    ...(said && { said }),
    ...(taskUrl !== undefined && { taskUrl }),
    ...(logUrl !== undefined && { logUrl }),
  }
}

/** @returns the file, or undefined where it could not be written: the outputs are set all the same */
function writeResults({ folder, log }: Publication, rows: readonly ReportRow[]): string | undefined {
  const path = join(folder, 'results.json')
  try {
    writeFileSync(path, resultsDocument(rows), { mode: 0o600 })
    return path
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    log.warn('', `The results file could not be written, so the output results-file is not set: ${reason}`)
    return undefined
  }
}

async function writeSummary(
  rows: readonly ReportRow[],
  publication: Publication,
  files: { resultsFile?: string },
): Promise<void> {
  // Not set where the action runs outside of a workflow.
  if ((process.env.GITHUB_STEP_SUMMARY ?? '') === '') return
  const { inputs, log, prepared } = publication
  const baseArn = prepared?.base.definition.taskDefinitionArn
  const context: SummaryContext = {
    cluster: inputs.cluster,
    region: inputs.region,
    image: inputs.imageUri,
    changes: prepared?.changes ?? [],
    launch: launchLines(inputs, prepared?.plan.startup),
    warnings: log.warnings,
    ...files,
    ...(baseArn !== undefined && { baseDefinition: baseArn }),
    ...(prepared && { network: prepared.network }),
  }
  await stepSummary.addRaw(summary(rows, shown(context, publication))).write()
}

/** Values of variables may be secret: only names are shown. */
function launchLines(inputs: Inputs, startup: Startup | undefined): string[] {
  const { environmentVariables, taskTimeoutMinutes, onTimeout } = inputs
  const variables = environmentVariables.map(({ name }) => name)
  return [
    ...(startup ? startupLines(startup) : []),
    databaseLine(inputs),
    ...(variables.length > 0 ? [`more variables: ${variables.join(', ')}`] : []),
    `time limit: ${taskTimeoutMinutes} min, then ${onTimeout}`,
  ]
}

function tell(rows: readonly ReportRow[], log: StepLog): void {
  log.line('')
  for (const line of closingLines(rows)) log.line(line)
  for (const warning of warningAnnotations(log.warnings)) log.annotate('warning', warning)
  for (const notice of warningAnnotations(log.notices)) log.annotate('notice', notice)
  const error = errorAnnotation(rows)
  if (error !== undefined) log.annotate('error', error.message, error.title)
  const verdict = lastLine(rows)
  if (verdict !== undefined) log.line(verdict)
}
