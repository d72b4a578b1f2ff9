import type { Problem } from '../model.ts'
import type { ContainerList } from './needs.ts'

/** A CloudWatch log group that must exist before a container can start. */
export interface LogGroup {
  readonly container: string
  readonly group: string
  readonly region: string
}

/**
 * The log groups that must be there: those of every awslogs container that does not create its own.
 * @param region the task's; `awslogs-region` may name another
 */
export function neededLogGroups(definition: ContainerList, region: string): readonly LogGroup[] {
  return (definition.containerDefinitions ?? []).flatMap(({ name = '', logConfiguration: log }) => {
    const group = log?.options?.['awslogs-group']
    const creates = log?.options?.['awslogs-create-group'] === 'true'
    if (log?.logDriver !== 'awslogs' || group === undefined || creates) return []
    return [{ container: name, group, region: log.options?.['awslogs-region'] ?? region }]
  })
}

/** GetLogEvents reads groups of the Standard class alone; which class a group has is decided when it is created. */
export function unreadableLogGroup({ container, group, region }: LogGroup, logGroupClass: string): Problem {
  return {
    code: 'log-class',
    reason: `The log group ${group} of container ${container} in Region ${region} is of the class ${logGroupClass}, so this step cannot show the log: read it with CloudWatch Logs Insights.`,
    remedy:
      'For a log in this step, name a group of the Standard class in the input log-group or in the task definition.',
    evidence: [`logs:DescribeLogGroups in ${region} answers ${logGroupClass} for ${group}`],
  }
}

/**
 * The start fails with "The specified log group does not exist" when it does not (docs/platform-facts.md#stop-reasons).
 */
export function missingLogGroup({ container, group, region }: LogGroup): Problem {
  return {
    code: 'log-group-not-found',
    reason: `The log group ${group} of container ${container} does not exist in Region ${region}, so the container cannot start.`,
    remedy:
      `Create the log group (aws logs create-log-group --log-group-name ${group} --region ${region}), or set awslogs-create-group to "true" ` +
      'in the task definition and let the execution role logs:CreateLogGroup.',
    evidence: [`logs:DescribeLogGroups in ${region} does not list ${group}`],
  }
}
