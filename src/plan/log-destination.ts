import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs'
import { arnParts } from '../naming.ts'

const PREFIX = 'run-ecs-migration'

/** The container with its log in the group of the input `log-group`, in the Region of the definition. */
export function loggingTo(
  container: ContainerDefinition,
  group: string | undefined,
  { taskDefinitionArn = '' }: TaskDefinition,
): ContainerDefinition {
  if (group === undefined) return container
  const options = {
    'awslogs-group': group,
    'awslogs-region': arnParts(taskDefinitionArn).region,
    'awslogs-stream-prefix': PREFIX,
  }
  return { ...container, logConfiguration: { logDriver: 'awslogs', options } }
}

/** Where the log went before, as a line for the step's log. */
export function replacedLog(
  { name, logConfiguration }: ContainerDefinition,
  group: string | undefined,
): readonly string[] {
  if (group === undefined) return []
  const { logDriver, options } = logConfiguration ?? {}
  const before =
    logDriver === undefined
      ? 'nowhere'
      : logDriver === 'awslogs'
        ? `to the log group ${options?.['awslogs-group']}`
        : `by the log driver ${logDriver}`
  return [`The log of ${name} goes to the log group ${group}; in the definition it goes ${before}.`]
}
