import type { ContainerDefinition } from '@aws-sdk/client-ecs'

/**
 * Whether lines can be lost before CloudWatch has them: without `mode`, and with `non-blocking`, the log driver drops
 * lines once its buffer is full (docs/platform-facts.md#log-driver).
 * @returns a remark for the dry run; undefined where the driver waits, or writes elsewhere
 */
export function lossRemark({ name, logConfiguration }: ContainerDefinition): string | undefined {
  const { logDriver, options = {} } = logConfiguration ?? {}
  if (logDriver !== 'awslogs' || options.mode === 'blocking') return undefined
  const size = options['max-buffer-size'] ?? '10m'
  return `The log of ${name} can lose lines when more than ${size} wait to be sent: mode is ${options.mode ?? 'not set, which means non-blocking'}. In the task definition, set the log option mode to blocking, or raise max-buffer-size.`
}
