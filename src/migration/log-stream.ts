import type { ContainerDefinition } from '@aws-sdk/client-ecs'
import type { LogStream } from '../model.ts'

/** Where the container's log will be, once the task's id is known; undefined when its driver writes elsewhere. */
export function logStreamOf(container: ContainerDefinition, taskArn: string, region: string): LogStream | undefined {
  const { logDriver, options } = container.logConfiguration ?? {}
  const group = options?.['awslogs-group']
  const prefix = options?.['awslogs-stream-prefix']
  if (logDriver !== 'awslogs' || group === undefined || prefix === undefined) return undefined
  const taskId = taskArn.split('/').at(-1) ?? ''
  return { group, stream: `${prefix}/${container.name}/${taskId}`, region: options?.['awslogs-region'] ?? region }
}
