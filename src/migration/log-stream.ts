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

/** Why a container has no stream that could be read, and what to set. */
export function noLogNote({ name, logConfiguration }: ContainerDefinition): string {
  const { logDriver, options = {} } = logConfiguration ?? {}
  if (logDriver !== 'awslogs')
    return `No log to show: the container ${name} ${logDriver === undefined ? 'has no logConfiguration' : `logs by ${logDriver}`}, and only awslogs can be read here. Name a CloudWatch log group in the input log-group, or set logConfiguration to awslogs with awslogs-group, awslogs-region and awslogs-stream-prefix.`
  const missing = ['awslogs-group', 'awslogs-stream-prefix'].filter((option) => options[option] === undefined)
  const values: Readonly<Record<string, string>> = {
    'awslogs-group': 'the name of a CloudWatch log group',
    'awslogs-stream-prefix': 'any name, such as migration: streams are called prefix/container/task',
  }
  return `No log to show: the container ${name} logs by awslogs without ${missing.join(' and without ')}. Set in its logConfiguration ${missing.map((option) => `${option} (${values[option]})`).join(' and ')}.`
}
