import type { ContainerDefinition } from '@aws-sdk/client-ecs'

/** A secret that cannot be given to a container; the message is the task's stoppedReason. */
export class SecretFailure extends Error {}

const prefix = 'ResourceInitializationError: unable to pull secrets or registry auth:'

/**
 * The values of a container's secrets by variable name.
 *
 * @param values by ARN, a JSON object as text where a key is picked
 * @throws SecretFailure with AWS's text
 */
export function readSecrets(
  definition: ContainerDefinition,
  values: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    (definition.secrets ?? []).map(({ name = '', valueFrom = '' }) => [name, readSecret(valueFrom, values)]),
  )
}

function readSecret(valueFrom: string, values: Readonly<Record<string, string>>): string {
  const own = values[valueFrom]
  if (own !== undefined) return own
  if (!valueFrom.includes(':secretsmanager:'))
    throw new SecretFailure(`${prefix} unable to retrieve secrets from ssm: Invalid parameters: ${valueFrom}`)
  // arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME:KEY:STAGE:VERSION
  const parts = valueFrom.split(':')
  const arn = parts.slice(0, 7).join(':')
  const value = values[arn]
  if (value === undefined)
    throw new SecretFailure(
      `${prefix} The task can't retrieve the secret with ARN '${arn}' from AWS Secrets Manager. ` +
        'Check whether the secret exists in the specified Region.',
    )
  return pickKey(value, parts[7])
}

function pickKey(value: string, key: string | undefined): string {
  if (!key) return value
  const keys = asObject(value)
  if (keys === undefined) throw new SecretFailure(`${prefix} invalid character in the JSON text of the secret`)
  if (!Object.hasOwn(keys, key))
    throw new SecretFailure(`${prefix} retrieved secret from Secrets Manager did not contain json key ${key}`)
  const picked = keys[key]
  return typeof picked === 'string' ? picked : JSON.stringify(picked)
}

function asObject(text: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
