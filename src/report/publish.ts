/** The end of the step: outcomes become outputs, results file, job summary, closing lines and annotations. */
import { judgeDoubts, type Prominent } from '../doubts.ts'
import { quietDoubts } from '../explain/quiet.ts'
import { isFailure } from '../migration/outcome.ts'
import { errorText, plain } from '../text.ts'
import { errorAnnotation, warningAnnotations } from './annotations.ts'
import { launchLines } from './announcement.ts'
import { closingLines, lastLine } from './closing.ts'
import { printDoubts } from './doubts.ts'
import { explainedRow } from './explained-row.ts'
import { withFirstFailure } from './first-failure.ts'
import { outputsOf, resultsDocument } from './outputs.ts'
import type { StepLogger } from './ports.ts'
import type { Publication, PublishPorts } from './publication.ts'
import { type Redact, redacted } from './redact.ts'
import type { ReportRow } from './row.ts'
import { type SummaryContext, summary } from './summary.ts'

/** @returns the exit code of the step */
export async function publish(publication: Publication, ports: PublishPorts): Promise<number> {
  const { inputs, records, planned } = publication
  const { log, results, redact, linksFor, tasksOf } = ports
  const found = await Promise.all(
    records.map((record) => withFirstFailure(explainedRow(record, publication, ports), tasksOf, linksFor)),
  )
  const afterwards = planned === undefined ? [] : quietDoubts(found, planned.plan.startup)
  printDoubts(log, afterwards, inputs.accept)
  const { prominent } = judgeDoubts([...(planned?.plan.doubts ?? []), ...afterwards], inputs.accept)
  const rows = shown(
    found.map((row) => withCaveat(row, prominent)),
    redact,
  )
  const resultsFile = writeResults(rows, ports)
  const files = resultsFile === undefined ? {} : { resultsFile }
  await written('The outputs', log, async () => {
    for (const [name, value] of Object.entries(outputsOf(rows, files))) results.output(name, value)
  })
  await written('The job summary', log, () => {
    const context = {
      ...summaryContext(publication, log.warnings),
      prominent: prominent.map(({ text }) => text),
      ...files,
    }
    return results.summary(summary(rows, shown(context, redact)))
  })
  printVerdict(rows, log)
  return records.some(({ outcome }) => isFailure(outcome)) ? 1 : 0
}

/** Only a success can be read for more than it is. */
function withCaveat(row: ReportRow, [first]: readonly Prominent[]): ReportRow {
  return first === undefined || row.record.outcome.kind !== 'succeeded' ? row : { ...row, caveat: first.brief }
}

/** The one way of text from outside into outputs, results file and job summary; the log has its own. */
function shown<T>(data: T, redact: Redact): T {
  // guard: starred-reports
  return redacted(data, (text) => redact(plain(text)))
}

/** A disk that is full changes no verdict: it is said, and the rest is written. */
async function written(what: string, log: StepLogger, write: () => Promise<void>): Promise<void> {
  try {
    await write()
  } catch (error) {
    log.warn('', `${what} could not be written: ${errorText(error)}`)
  }
}

/** @returns the file, or undefined where it could not be written: the outputs are set all the same */
function writeResults(rows: readonly ReportRow[], { results, log }: PublishPorts): string | undefined {
  try {
    return results.resultsFile(resultsDocument(rows))
  } catch (error) {
    log.warn('', `The results file could not be written, so the output results-file is not set: ${errorText(error)}`)
    return undefined
  }
}

function summaryContext({ inputs, planned, imageBytes }: Publication, warnings: readonly string[]): SummaryContext {
  const baseDefinition = planned?.base.definition.taskDefinitionArn
  return {
    cluster: inputs.cluster,
    region: inputs.region,
    image: inputs.imageUri,
    changes: planned?.changes ?? [],
    launch: launchLines(inputs, planned?.plan.startup),
    warnings,
    start: { imageBytes, cpu: planned?.plan.clone.cpu, subnets: planned?.network.subnets?.length },
    ...(baseDefinition !== undefined && { baseDefinition }),
    ...(planned && { network: planned.network }),
  }
}

function printVerdict(rows: readonly ReportRow[], log: StepLogger): void {
  log.line('')
  for (const line of closingLines(rows)) log.line(line)
  for (const warning of warningAnnotations(log.warnings)) log.annotate('warning', warning)
  for (const notice of warningAnnotations(log.notices)) log.annotate('notice', notice)
  const error = errorAnnotation(rows)
  if (error !== undefined) log.annotate('error', error.message, error.title)
  const verdict = lastLine(rows)
  if (verdict !== undefined) log.line(verdict)
}
