import type { ExplainContext } from '../explain/case.ts'
import { explain } from '../explain/explain.ts'
import { runsOn, stoppingOf } from '../explain/stopping.ts'
import { whatItSaid } from '../explain/what-it-said.ts'
import type { MigrationRecord } from '../migration/outcome.ts'
import { shownCommand } from '../shown-words.ts'
import type { Publication, PublishPorts } from './publication.ts'
import type { ReportRow } from './row.ts'

/** A record with its explanation, and with links to the AWS console. */
export function explainedRow(
  record: MigrationRecord,
  publication: Publication,
  { linksFor, source }: Pick<PublishPorts, 'linksFor' | 'source'>,
): ReportRow {
  const { command } = publication.inputs
  const context = contextOf(record, publication, source)
  const { said, stopping } = context
  const problem = explain(record, context)
  const runsOnSeconds = runsOn(record, stopping)
  const taskArn = record.task?.taskArn
  const links = linksFor(taskArn ?? '')
  const taskUrl = taskArn === undefined ? undefined : links.task(taskArn)
  const logUrl = record.log && links.log(record.log)
  return {
    record,
    ...(command !== undefined && { command: shownCommand(command) }),
    ...(problem && { problem }),
    ...(said && { said }),
    ...(runsOnSeconds !== undefined && { runsOnSeconds }),
    ...(taskUrl !== undefined && { taskUrl }),
    ...(logUrl !== undefined && { logUrl }),
  }
}

function contextOf(
  record: MigrationRecord,
  { inputs, planned, preflight }: Publication,
  source: string | undefined,
): ExplainContext {
  const startup = planned?.plan.startup
  const stopping = stoppingOf(planned?.plan.clone, record)
  const said = whatItSaid(record, {
    ...(startup && { startup }),
    securityGroups: planned?.network.securityGroups ?? [],
  })
  return {
    cluster: inputs.cluster,
    region: inputs.region,
    ...(source !== undefined && { source }),
    ...(planned && { runUrl: planned.identity.runUrl }),
    ...(preflight && { preflight }),
    ...(startup && { startup }),
    ...(stopping && { stopping }),
    ...(said && { said }),
  }
}
