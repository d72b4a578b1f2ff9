import type { ContainerDefinition } from '@aws-sdk/client-ecs'

/**
 * The first difference between what was asked and what ECS answered about the database's variable, or undefined.
 * Three runs once migrated the wrong database because nobody looked.
 */
export function wrongDatabase(
  expected: { readonly container: string; readonly variable: string; readonly database: string },
  answered: readonly {
    readonly name?: string | undefined
    readonly environment?: readonly { name?: string | undefined; value?: string | undefined }[] | undefined
  }[],
): string | undefined {
  if (expected.variable === '') return undefined
  const container = answered.find(({ name }) => name === expected.container)
  const values =
    container?.environment?.filter(({ name }) => name === expected.variable).map(({ value }) => value) ?? []
  // guard: echo-check
  if (values.length === 1 && values[0] === expected.database) return undefined
  return `asked for ${expected.variable}=${expected.database} in ${expected.container}, ECS shows ${values.length === 0 ? 'no such variable' : values.join(', ')}`
}

/**
 * The first secret of the container that ECS did not register as it was asked to, or undefined: a secret of each
 * database decides, as its name does, which one is migrated.
 */
export function wrongSecret(
  container: string,
  asked: { readonly containerDefinitions?: readonly ContainerDefinition[] | undefined },
  answered: readonly ContainerDefinition[],
): string | undefined {
  const secretsOf = (containers: readonly ContainerDefinition[]) =>
    containers.find(({ name }) => name === container)?.secrets ?? []
  const shown = new Map(secretsOf(answered).map(({ name, valueFrom }) => [name, valueFrom]))
  const wrong = secretsOf(asked.containerDefinitions ?? []).find(({ name, valueFrom }) => shown.get(name) !== valueFrom)
  return wrong === undefined
    ? undefined
    : `asked for the secret ${wrong.name} from ${wrong.valueFrom} in ${container}, ECS shows ${shown.get(wrong.name) ?? 'no such secret'}`
}
