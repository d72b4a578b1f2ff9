import type {
  ContainerDefinition,
  KeyValuePair,
  RegisterTaskDefinitionCommandInput,
  Secret,
  Tag,
  TaskDefinition,
} from '@aws-sdk/client-ecs'
import { type DescribedDefinition, LONGEST_STOP_TIMEOUT } from '../model.ts'
import { mergeTags } from '../naming.ts'

/**
 * Every member RegisterTaskDefinition accepts but `family`, `containerDefinitions` and `tags`, which the clone sets.
 * The service model is the source; what DescribeTaskDefinition adds (ARN, status, …) is left behind.
 */
const COPIED = [
  'taskRoleArn',
  'executionRoleArn',
  'networkMode',
  'volumes',
  'placementConstraints',
  'requiresCompatibilities',
  'cpu',
  'memory',
  'pidMode',
  'ipcMode',
  'proxyConfiguration',
  'inferenceAccelerators',
  'ephemeralStorage',
  'runtimePlatform',
  'enableFaultInjection',
] as const satisfies readonly (keyof TaskDefinition & keyof RegisterTaskDefinitionCommandInput)[]

export interface CloneRequest {
  readonly family: string
  readonly container: string
  readonly image: string
  /** Upserted into the chosen container, in this order. */
  readonly environment: readonly { readonly name: string; readonly value: string }[]
  /** Replaces the container's own, whose command goes with it: what stands in the definition are its arguments. */
  readonly entryPoint?: readonly string[]
  /** Instead of the chosen container's. */
  readonly secrets?: readonly Secret[]
  /** Ours; they win over the base's. */
  readonly tags: readonly Tag[]
}

/** The definition to register: the base with the image swapped and variables upserted in one container. */
export function cloneDefinition(base: DescribedDefinition, request: CloneRequest): RegisterTaskDefinitionCommandInput {
  const { definition } = base
  const containers = definition.containerDefinitions ?? []
  return {
    ...copied(definition),
    family: request.family,
    containerDefinitions: containers.map((container) =>
      container.name === request.container ? migrationContainer(container, request) : container,
    ),
    tags: mergeTags(request.tags, base.tags),
  }
}

function copied(definition: TaskDefinition): Partial<RegisterTaskDefinitionCommandInput> {
  return Object.fromEntries(
    COPIED.filter((member) => definition[member] !== undefined).map((member) => [member, definition[member]]),
  )
}

function migrationContainer(container: ContainerDefinition, request: CloneRequest): ContainerDefinition {
  const { command: _, ...withoutCommand } = container
  const secrets = request.secrets ?? container.secrets
  const isSecret = ({ name }: KeyValuePair): boolean => request.secrets?.some((one) => one.name === name) ?? false
  const environment = (container.environment ?? []).filter((variable) => !isSecret(variable))
  return {
    ...(request.entryPoint ? { ...withoutCommand, entryPoint: [...request.entryPoint] } : container),
    image: request.image,
    environment: upsert(environment, request.environment),
    ...(secrets && { secrets: [...secrets] }),
    stopTimeout: container.stopTimeout ?? LONGEST_STOP_TIMEOUT,
  }
}

/** Replaces a variable where it stands, adds it at the end where it is missing, never leaves two of one name. */
export function upsert(existing: readonly KeyValuePair[], wanted: CloneRequest['environment']): KeyValuePair[] {
  const values = new Map(wanted.map(({ name, value }) => [name, value]))
  const replaced = new Set<string | undefined>()
  const kept = existing.flatMap((variable): KeyValuePair[] => {
    const value = values.get(variable.name ?? '')
    if (value === undefined) return [variable]
    if (replaced.has(variable.name)) return []
    replaced.add(variable.name)
    return [{ ...variable, value }]
  })
  return [...kept, ...wanted.filter(({ name }) => !replaced.has(name))]
}
