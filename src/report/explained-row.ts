import { explain } from '../explain/explain.ts'
import { whatItSaid } from '../explain/what-it-said.ts'
import type { MigrationRecord } from '../migration/outcome.ts'
import { shownCommand } from '../shown-words.ts'
import type { Publication, PublishPorts } from './publication.ts'
import type { ReportRow } from './row.ts'

/** A record with its explanation, and with links to the AWS console. */
export function explainedRow(
  record: MigrationRecord,
  { inputs, planned, preflight }: Publication,
  { linksFor, source }: Pick<PublishPorts, 'linksFor' | 'source'>,
): ReportRow {
  const startup = planned?.plan.startup
  const said = whatItSaid(record, {
    ...(startup && { startup }),
    securityGroups: planned?.network.securityGroups ?? [],
  })
  const problem = explain(record, {
    cluster: inputs.cluster,
    region: inputs.region,
    ...(source !== undefined && { source }),
    ...(planned && { runUrl: planned.identity.runUrl }),
    ...(preflight && { preflight }),
    ...(startup && { startup }),
    ...(said && { said }),
  })
  const taskArn = record.task?.taskArn
  const links = linksFor(taskArn ?? '')
  const taskUrl = taskArn === undefined ? undefined : links.task(taskArn)
  const logUrl = record.log && links.log(record.log)
  return {
    record,
    ...(inputs.command !== undefined && { command: shownCommand(inputs.command) }),
    ...(problem && { problem }),
    ...(said && { said }),
    ...(taskUrl !== undefined && { taskUrl }),
    ...(logUrl !== undefined && { logUrl }),
  }
}
