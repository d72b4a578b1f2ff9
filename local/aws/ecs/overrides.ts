import type { ContainerDefinition, ContainerOverride, RunTaskRequest, TaskOverride } from '@aws-sdk/client-ecs'
import { secretClash } from './definition-rules.ts'
import type { Revision } from './definitions.ts'
import { clientError, invalidParameter } from './refusals.ts'

/** ECS counts what it stores, not what was sent: every container, with its empty members (docs/platform-facts.md#overrides). */
const maxLength = 8192

/** The overrides as ECS stores and shows them: one entry for each container of the task. */
export function storedOverrides(revision: Revision, input: RunTaskRequest): TaskOverride {
  const containers = revision.definition.containerDefinitions ?? []
  const given = input.overrides?.containerOverrides ?? []
  checkNames(containers, given)
  for (const container of containers) {
    const override = given.find(({ name }) => name === container.name)
    const clash = secretClash(container, override?.environment ?? [])
    if (clash !== undefined) throw clientError(clash)
  }
  const stored: TaskOverride = {
    ...input.overrides,
    containerOverrides: containers.map(({ name }): ContainerOverride => {
      const override = given.find((other) => other.name === name)
      return override ? { ...override, environment: override.environment ?? [], name } : { name }
    }),
    inferenceAcceleratorOverrides: input.overrides?.inferenceAcceleratorOverrides ?? [],
  }
  if (JSON.stringify(stored).length > maxLength)
    throw invalidParameter(`Container Overrides length must be at most ${maxLength}`)
  return stored
}

function checkNames(containers: readonly ContainerDefinition[], given: readonly ContainerOverride[]): void {
  const names = containers.map(({ name }) => name)
  for (const { name, environment = [] } of given) {
    if (!name) throw invalidParameter('Container override name cannot be empty.')
    if (!names.includes(name))
      throw invalidParameter(`Override for container named ${name} is not a container in the TaskDefinition.`)
    if (environment.some((variable) => !variable.name))
      throw invalidParameter('Environment variable name in an override cannot be empty.')
  }
  if (new Set(given.map(({ name }) => name)).size < given.length)
    throw invalidParameter('A container can be overridden only once.')
}
