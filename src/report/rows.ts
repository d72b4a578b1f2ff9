import { explain } from '../explain/explain.ts'
import { whatItSaid } from '../explain/what-it-said.ts'
import type { MigrationRecord } from '../migration/outcome.ts'
import type { Links } from '../migration/ports.ts'
import type { Publication } from './publish.ts'
import type { ReportRow } from './row.ts'

/** A record with its explanation, and with links to the AWS console. */
export function rowOf(
  record: MigrationRecord,
  { inputs, planned, findings }: Publication,
  linksFor: (arn: string) => Links,
): ReportRow {
  const startup = planned?.plan.startup
  const said = whatItSaid(record, {
    ...(startup && { startup }),
    securityGroups: planned?.network.securityGroups ?? [],
  })
  const problem = explain(record, {
    cluster: inputs.cluster,
    region: inputs.region,
    ...(planned && { runUrl: planned.identity.runUrl }),
    ...(findings && { findings }),
    ...(startup?.unsplit !== undefined && { unsplit: startup.unsplit }),
    ...(said && { said }),
  })
  const taskArn = record.task?.taskArn
  const links = linksFor(taskArn ?? '')
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
