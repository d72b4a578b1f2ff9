import type {
  ContainerDefinition,
  KeyValuePair,
  RegisterTaskDefinitionCommandInput,
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
  const { command, ...others } = container
  return {
    ...(request.entryPoint ? { ...others, entryPoint: [...request.entryPoint] } : container),
    image: request.image,
    environment: upsert(container.environment ?? [], request.environment),
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
  const compatible = definition.compatibilities ?? definition.requiresCompatibilities ?? []
  if (definition.networkMode === 'awsvpc' && compatible.includes('FARGATE')) return
  throw new Refusal({
    code: 'not-fargate',
    reason: `The task definition cannot run on Fargate: network mode ${definition.networkMode ?? 'not set'}, compatible with ${compatible.join(', ') || 'nothing named'}.`,
    remedy:
      'Register it with "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], and cpu and memory at task level.',
  })
}

/** @throws Refusal when a variable to set stands in the container's secrets: ECS refuses one name in both */
export function requireNoSecretOf(
  container: ContainerDefinition,
  variables: readonly string[],
  databaseVariable: string,
): void {
  const secrets = new Set((container.secrets ?? []).map((secret) => secret.name))
  const clash = variables.find((name) => secrets.has(name))
  if (clash === undefined) return
  const remedies =
    clash === databaseVariable
      ? `Remove ${clash} from "secrets" of the task definition, or name the variable your application reads in database-variable.`
      : `Remove ${clash} from the input environment-variables, or from "secrets" of the task definition.`
  throw new Refusal({
    code: 'secret-of-that-name',
    reason: `${clash} is a secret of the container ${container.name}, and ECS accepts no variable and secret of one name: the secret's value would decide, not this step.`,
    remedy: remedies,
  })
}
