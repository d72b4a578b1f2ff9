import type {
  ContainerDefinition,
  KeyValuePair,
  RegisterTaskDefinitionCommandInput,
  Secret,
  Tag,
  TaskDefinition,
} from '@aws-sdk/client-ecs'
import { type DescribedDefinition, LONGEST_STOP_TIMEOUT, Refusal } from '../model.ts'
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

/**
 * The definition to register: the base with the image swapped and variables upserted in one container.
 * @throws Refusal when the definition cannot carry a migration, with the remedy
 */
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

/** @throws Refusal when ECS would not run it on Fargate in subnets of ours */
export function requireFargate(definition: TaskDefinition): void {
  const family = definition.family ?? 'this one'
  const compatible = definition.compatibilities ?? definition.requiresCompatibilities ?? []
  if (definition.networkMode === 'awsvpc' && compatible.includes('FARGATE')) return
  throw new Refusal({
    code: 'not-fargate',
    reason: `The task definition ${family} cannot run on Fargate: network mode ${definition.networkMode ?? 'not set'}, compatible with ${compatible.join(', ') || 'nothing named'}.`,
    remedy: `Leave ${family} to its service, and register a task definition of its own for migrations, such as ${family}-fargate: the container with its variables, secrets and log, "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], cpu and memory at task level, and an executionRoleArn. Name that in task-definition.`,
  })
}
