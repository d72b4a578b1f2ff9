import type {
  ContainerDefinition,
  DescribeTaskDefinitionRequest,
  ListTaskDefinitionsRequest,
  RegisterTaskDefinitionRequest,
  Tag,
  TaskDefinition,
} from '@aws-sdk/client-ecs'
import type { Clock } from '../clock.ts'
import { pageAfter } from '../paging.ts'
import { type Arns, lastPart } from './arns.ts'
import { checkDefinition, fargateRefusal } from './definition-rules.ts'
import { cpuUnits, mebibytes } from './fargate-sizes.ts'
import { clientError, invalidParameter } from './refusals.ts'

/** A revision as registered; replaced, not changed, when its status changes. */
export interface Revision {
  readonly arn: string
  readonly family: string
  readonly number: number
  readonly definition: TaskDefinition
  readonly tags: readonly Tag[]
}

export interface Definitions {
  register(input: RegisterTaskDefinitionRequest): Revision
  /** By family (the newest ACTIVE revision), family:revision or ARN, whatever its status. */
  find(reference: string): Revision | undefined
  /** Deregisters; throws what ECS answers when it cannot. */
  deregister(reference: string): Revision
  all(): readonly Revision[]
}

export function createDefinitions(arns: Arns, clock: Clock): Definitions {
  const families = new Map<string, Revision[]>()

  const find = (reference: string): Revision | undefined => {
    const [family = '', number] = lastPart(reference).split(':')
    const revisions = families.get(family) ?? []
    if (number !== undefined) return revisions[Number(number) - 1]
    return revisions.findLast(({ definition }) => definition.status === 'ACTIVE')
  }
  return {
    register(input) {
      checkDefinition(input)
      const { tags = [], ...rest } = input
      const family = input.family ?? ''
      const revisions = families.get(family) ?? []
      // Deregistered revisions keep their place: a number is never used again.
      const number = revisions.length + 1
      const arn = arns.definition(family, number)
      const definition: TaskDefinition = {
        ...complete(rest),
        taskDefinitionArn: arn,
        revision: number,
        status: 'ACTIVE',
        registeredAt: new Date(clock.now()),
        registeredBy: `arn:aws:sts::${arns.accountId}:assumed-role/local/session`,
      }
      const revision = { arn, family, number, definition, tags }
      families.set(family, [...revisions, revision])
      return revision
    },
    find,
    deregister(reference) {
      if (!/:\d+$/.test(reference)) throw clientError('The specified task definition revision is missing or invalid.')
      const revision = find(reference)
      if (!revision) throw clientError('The specified task definition does not exist.')
      if (revision.definition.status !== 'ACTIVE') throw clientError('The specified task definition is inactive.')
      const definition = { ...revision.definition, status: 'INACTIVE', deregisteredAt: new Date(clock.now()) } as const
      const deregistered = { ...revision, definition }
      families.get(revision.family)?.splice(revision.number - 1, 1, deregistered)
      return deregistered
    },
    all: () => [...families.values()].flat(),
  }
}

/** What ECS adds to a definition when it registers it. */
function complete(input: RegisterTaskDefinitionRequest): TaskDefinition {
  const { cpu, memory, ...rest } = input
  return {
    ...rest,
    containerDefinitions: (input.containerDefinitions ?? []).map(completeContainer),
    volumes: input.volumes ?? [],
    placementConstraints: input.placementConstraints ?? [],
    compatibilities: fargateRefusal(input) === undefined ? ['EC2', 'FARGATE'] : ['EC2'],
    requiresAttributes: requiredAttributes(input),
    ...(cpu === undefined ? {} : { cpu: String(cpuUnits(cpu)) }),
    ...(memory === undefined ? {} : { memory: String(mebibytes(memory)) }),
  }
}

function completeContainer(container: ContainerDefinition): ContainerDefinition {
  const portMappings = (container.portMappings ?? []).map((mapping) => ({
    ...mapping,
    hostPort: mapping.hostPort ?? mapping.containerPort,
    protocol: mapping.protocol ?? ('tcp' as const),
  }))
  return {
    cpu: 0,
    essential: true,
    environment: [],
    mountPoints: [],
    volumesFrom: [],
    systemControls: [],
    ...container,
    portMappings,
  }
}

function requiredAttributes({ containerDefinitions = [], executionRoleArn }: RegisterTaskDefinitionRequest) {
  const drivers = containerDefinitions.flatMap(({ logConfiguration }) => logConfiguration?.logDriver ?? [])
  const names = [
    ...drivers.map((driver) => `com.amazonaws.ecs.capability.logging-driver.${driver}`),
    ...(executionRoleArn && drivers.includes('awslogs') ? ['ecs.capability.execution-role-awslogs'] : []),
    'com.amazonaws.ecs.capability.docker-remote-api.1.19',
    'ecs.capability.task-eni',
  ]
  return [...new Set(names)].map((attribute) => ({ name: attribute }))
}

export function describeDefinition(definitions: Definitions, input: DescribeTaskDefinitionRequest) {
  const revision = definitions.find(input.taskDefinition ?? '')
  if (!revision) throw clientError('Unable to describe task definition.')
  const withTags = input.include?.includes('TAGS') === true
  return { taskDefinition: revision.definition, ...(withTags ? { tags: revision.tags } : {}) }
}

/** `familyPrefix` of ListTaskDefinitions is the whole family name, whatever it is called. */
export function listDefinitions(definitions: Definitions, input: ListTaskDefinitionsRequest) {
  const descending = input.sort === 'DESC'
  const key = ({ family, number }: Revision) => `${family}:${String(number).padStart(10, '0')}`
  const revisions = definitions
    .all()
    .filter(({ definition }) => definition.status === (input.status ?? 'ACTIVE'))
    .filter(({ family }) => input.familyPrefix === undefined || family === input.familyPrefix)
    .sort((a, b) => (key(a) < key(b) === descending ? 1 : -1))
  const isAfter = (one: string, other: string) => (descending ? one < other : one > other)
  const page = pageAfter(revisions, pageSize(input.maxResults), input.nextToken, key, isAfter)
  if (!page) throw invalidParameter('Invalid token.')
  return {
    taskDefinitionArns: page.items.map(({ arn }) => arn),
    ...(page.nextToken === undefined ? {} : { nextToken: page.nextToken }),
  }
}

/** AWS's listings of ECS give at most 100. */
export function pageSize(maxResults: number | undefined): number {
  if (maxResults !== undefined && (maxResults < 1 || maxResults > 100))
    throw invalidParameter('maxResults must be between 1 and 100.')
  return maxResults ?? 100
}
