/** What is going to run, in lines for the log before the launch and for the job summary. */
import type { AwsVpcConfiguration } from '@aws-sdk/client-ecs'
import type { Inputs } from '../inputs.ts'
import type { DescribedDefinition, Plan, Startup } from '../model.ts'
import { holdsDatabase } from '../naming.ts'
import { definitionDiff, sidecarLine } from './diff.ts'
import type { StepLogger } from './ports.ts'
import { portsRemark, startupLines } from './startup.ts'

export interface Announced {
  readonly base: DescribedDefinition
  readonly network: AwsVpcConfiguration
  readonly plan: Plan
  /** Lines of `changesOf`. */
  readonly changes: readonly string[]
}

export function announce(log: StepLogger, inputs: Inputs, { base, network, plan, changes }: Announced): void {
  const { databases, cluster, region } = inputs
  const what = databases.length === 1 ? databases[0] : `${databases.length} databases`
  log.line(`${inputs.dryRun ? 'Dry run for' : 'Migrating'} ${what} with ${plan.image}`)
  log.line(`Cluster ${cluster} in ${region}, container ${plan.container.name} of ${base.definition.taskDefinitionArn}`)
  log.line(
    `Subnets ${network.subnets?.join(', ')}; security groups ${network.securityGroups?.join(', ')}; public IP ${network.assignPublicIp === 'ENABLED' ? 'yes' : 'no'}`,
  )
  if (inputs.databaseVariable === '') log.line(databaseLine(inputs))
  for (const line of startupLines(plan.startup)) log.line(line)
  const remark = portsRemark(plan.container, inputs)
  if (remark !== undefined) log.line(remark)
  for (const sidecar of plan.sidecars) log.line(sidecarLine(sidecar))
  for (const note of plan.notes) log.line(note)
  const each = new Set(plan.launches.map(({ clone }) => clone)).size > 1
  log.group(
    `What the clone of the task definition changes${each ? `, here that of ${databases[0]}; each database has its own` : ''}`,
    changes,
  )
}

/** What the clone changes in the definition, a line each. */
export function changesOf(base: DescribedDefinition, plan: Plan, databaseVariable: string): readonly string[] {
  return definitionDiff(base.definition, plan.clone, {
    container: plan.container.name ?? '',
    databaseVariable,
    baseTags: base.tags,
    sidecars: plan.sidecars,
  })
}

/** Values of variables may be secret: only names are shown. */
export function launchLines(inputs: Inputs, startup: Startup | undefined): readonly string[] {
  const { environmentVariables, taskTimeoutMinutes, onTimeout } = inputs
  const variables = environmentVariables.map(({ name }) => name)
  return [
    ...(startup ? startupLines(startup) : []),
    databaseLine(inputs),
    ...(variables.length > 0 ? [`more variables: ${variables.join(', ')}`] : []),
    `time limit: ${taskTimeoutMinutes} min, then ${onTimeout}`,
  ]
}

/** What names the database to the container. */
function databaseLine(inputs: Inputs): string {
  if (inputs.databaseVariable !== '')
    return `database variable: ${inputs.databaseVariable}; ECS shows whether the container is given it, not whether the program reads it`
  return holdsDatabase(inputs) ? 'database: where the inputs have {database}' : 'database: as the definition says'
}
