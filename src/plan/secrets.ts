import type { ContainerDefinition, Secret } from '@aws-sdk/client-ecs'
import type { SecretLine } from '../inputs.ts'
import type { Doubt } from '../model.ts'
import { arnParts, withDatabase } from '../naming.ts'

interface SecretsRequest {
  readonly lines: readonly SecretLine[]
  /** The variable of the database's name, with the variables of this step. */
  readonly variables: readonly string[]
  readonly database: string
}

/**
 * The secrets of the chosen container: ECS accepts no variable and secret of one name, so what this step sets replaces
 * the definition's.
 */
export function secretsOf(container: ContainerDefinition, { lines, variables, database }: SecretsRequest): Secret[] {
  const ours = lines.map(({ name, valueFrom }) => ({ name, valueFrom: withDatabase(valueFrom, database) }))
  const taken = new Set([...variables, ...ours.map(({ name }) => name)])
  return [...(container.secrets ?? []).filter(({ name = '' }) => !taken.has(name)), ...ours]
}

/** What is replaced, a line each for the log. */
export function replacedSecrets(
  container: ContainerDefinition,
  { lines, variables }: Pick<SecretsRequest, 'lines' | 'variables'>,
): readonly string[] {
  const secrets = new Set((container.secrets ?? []).map(({ name }) => name))
  const environment = new Set((container.environment ?? []).map(({ name }) => name))
  return [
    ...variables
      .filter((name) => secrets.has(name))
      .map((name) => `The secret ${name} of ${container.name} is replaced by the variable of this step.`),
    ...lines
      .filter(({ name }) => secrets.has(name))
      .map(({ name }) => `The secret ${name} of ${container.name} is replaced by the one in the input secrets.`),
    ...lines
      .filter(({ name }) => environment.has(name))
      .map(({ name }) => `The variable ${name} of ${container.name} is replaced by the secret in the input secrets.`),
  ]
}

/**
 * A value in clear instead of a secret stays readable in the revision and the task for whoever may describe them.
 * @param variables names in the input environment-variables
 * @param definition ARN of the task definition
 */
export function plainSecrets(
  container: ContainerDefinition,
  variables: readonly string[],
  definition: string,
): readonly Doubt[] {
  return (container.secrets ?? [])
    .filter(({ name = '' }) => variables.includes(name))
    .map(({ name = '', valueFrom = '' }) => ({
      id: 'plain-secret',
      weight: 'refusal',
      code: 'plain-secret',
      reason: `${name} is a secret of the container ${container.name}, and environment-variables has a plain value for it: whoever may describe the task or its definition could read it.`,
      remedy: `For another secret, write the line ${name}=${arnOf(valueFrom, definition)} into the input secrets, with the ARN you mean, and remove ${name} from environment-variables.`,
    }))
}

/** ECS takes the name alone of a parameter that is in the task's Region and account (API reference, Secret). */
function arnOf(valueFrom: string, definition: string): string {
  const { partition, region, account } = arnParts(definition)
  if (valueFrom.startsWith('arn:') || account === '') return valueFrom
  return `arn:${partition}:ssm:${region}:${account}:parameter/${valueFrom.replace(/^\//, '')}`
}
