/** What RegisterTaskDefinition refuses beyond the service model. Texts are AWS's where a source gives them. */
import type { ContainerDefinition, RegisterTaskDefinitionRequest } from '@aws-sdk/client-ecs'
import { cpuUnits, isFargateSize, mebibytes } from './fargate-sizes.ts'
import { clientError } from './refusals.ts'
import { checkTags } from './tags.ts'

type Rule<T> = (subject: T) => string | undefined

const maxDefinitionBytes = 65_536

/** Throws the first refusal. */
export function checkDefinition(input: RegisterTaskDefinitionRequest): void {
  checkTags(input.tags)
  const { tags: _, ...definition } = input
  const length = Buffer.byteLength(JSON.stringify(definition))
  if (length > maxDefinitionBytes)
    throw clientError(`Actual length: '${length}'. Max allowed length is '${maxDefinitionBytes}' bytes.`)
  refuse(definitionRules, input)
  for (const container of input.containerDefinitions ?? []) refuse(containerRules, container)
  if (input.requiresCompatibilities?.includes('FARGATE')) {
    const refusal = fargateRefusal(input)
    if (refusal !== undefined) throw clientError(refusal)
  }
}

/** Why a definition cannot run on Fargate, or undefined. */
export function fargateRefusal(input: RegisterTaskDefinitionRequest): string | undefined {
  const containers = input.containerDefinitions ?? []
  return (
    firstRefusal(fargateRules, input) ??
    containers.map((container) => firstRefusal(fargateContainerRules, container)).find(Boolean)
  )
}

function refuse<T>(rules: readonly Rule<T>[], subject: T): void {
  const refusal = firstRefusal(rules, subject)
  if (refusal !== undefined) throw clientError(refusal)
}

function firstRefusal<T>(rules: readonly Rule<T>[], subject: T): string | undefined {
  for (const rule of rules) {
    const refusal = rule(subject)
    if (refusal !== undefined) return refusal
  }
  return undefined
}

const name = /^[A-Za-z0-9_-]{1,255}$/
const unique = (names: readonly (string | undefined)[]) => new Set(names).size === names.length

const definitionRules: readonly Rule<RegisterTaskDefinitionRequest>[] = [
  ({ family }) => (family ? undefined : 'Family should not be null or empty.'),
  ({ family }) => (name.test(family ?? '') ? undefined : 'Family contains invalid characters.'),
  ({ containerDefinitions }) => (containerDefinitions?.length ? undefined : 'Container list cannot be empty.'),
  ({ containerDefinitions }) =>
    (containerDefinitions?.length ?? 0) > 10 ? 'Task definition has more than 10 containers.' : undefined,
  ({ containerDefinitions = [] }) =>
    unique(containerDefinitions.map((container) => container.name)) ? undefined : 'Container names must be unique.',
  ({ containerDefinitions = [] }) =>
    containerDefinitions.some(({ essential }) => essential !== false)
      ? undefined
      : 'Task definition must have at least one essential container.',
  (input) => missingRole(input, ({ secrets }) => Boolean(secrets?.length), secretsNeedRole),
  ({ containerDefinitions = [] }) => unknownDependency(containerDefinitions),
  ({ containerDefinitions = [] }) => dependencyOnTheEnd(containerDefinitions),
  ({ containerDefinitions = [] }) => dependencyCycle(containerDefinitions),
  ({ containerDefinitions = [] }) => unknownSource(containerDefinitions),
  (input) => unknownVolume(input),
  ({ containerDefinitions = [] }) => logRouting(containerDefinitions),
  ({ proxyConfiguration, containerDefinitions = [] }) =>
    proxyConfiguration && !containerDefinitions.some(({ name }) => name === proxyConfiguration.containerName)
      ? `The proxy container '${proxyConfiguration.containerName}' is not a container of the task.`
      : undefined,
  ({ cpu }) =>
    cpu === undefined || cpuUnits(cpu) !== undefined
      ? undefined
      : "Invalid 'cpu' setting for task. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.",
  ({ memory }) =>
    memory === undefined || mebibytes(memory) !== undefined ? undefined : "Invalid 'memory' setting for task.",
]

const secretsNeedRole =
  "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'."

function missingRole(
  { executionRoleArn, containerDefinitions = [] }: RegisterTaskDefinitionRequest,
  needsRole: (container: ContainerDefinition) => boolean,
  text: string,
): string | undefined {
  return !executionRoleArn && containerDefinitions.some(needsRole) ? text : undefined
}

type Containers = readonly ContainerDefinition[]

/** The text of AWS is in https://github.com/eagletmt/hako/pull/99. */
function unknownDependency(containers: Containers): string | undefined {
  const names = containers.map((container) => container.name)
  const wanted = containers.flatMap(({ dependsOn = [] }) => dependsOn.map((other) => other.containerName))
  const unknown = wanted.find((other) => !names.includes(other))
  return unknown === undefined ? undefined : `Cannot depend on container + '${unknown}' because it does not exist`
}

/** The text of AWS is in https://github.com/boto/boto3/issues/2436. */
function dependencyOnTheEnd(containers: Containers): string | undefined {
  const essential = new Set(containers.filter((one) => one.essential !== false).map((one) => one.name))
  const ends = containers.flatMap(({ dependsOn = [] }) =>
    dependsOn.filter(({ condition }) => condition === 'SUCCESS' || condition === 'COMPLETE'),
  )
  return ends.some(({ containerName }) => essential.has(containerName))
    ? 'A dependency container with SUCCESS or COMPLETE condition cannot be an essential container'
    : undefined
}

/** Takes away, round by round, what waits for nothing that is left: a cycle remains. */
function dependencyCycle(containers: Containers): string | undefined {
  let left = containers
  for (let before = -1; before !== left.length; ) {
    before = left.length
    const names = new Set(left.map((one) => one.name))
    left = left.filter(({ dependsOn = [] }) => dependsOn.some(({ containerName }) => names.has(containerName)))
  }
  return left.length === 0 ? undefined : 'The container dependencies of the task form a cycle.'
}

function unknownSource(containers: Containers): string | undefined {
  const names = containers.map((container) => container.name)
  const unknown = containers
    .flatMap(({ volumesFrom = [] }) => volumesFrom.map((volume) => volume.sourceContainer))
    .find((source) => !names.includes(source))
  return unknown === undefined ? undefined : `volumesFrom names '${unknown}', which is not a container of the task.`
}

function unknownVolume({ volumes = [], containerDefinitions = [] }: RegisterTaskDefinitionRequest): string | undefined {
  const names = volumes.map((volume) => volume.name)
  const unknown = containerDefinitions
    .flatMap(({ mountPoints = [] }) => mountPoints.map((point) => point.sourceVolume))
    .find((volume) => !names.includes(volume))
  return unknown === undefined ? undefined : `Unknown volume '${unknown}'.`
}

function logRouting(containers: Containers): string | undefined {
  const routers = containers.filter(({ firelensConfiguration }) => firelensConfiguration)
  if (routers.length > 1) return 'A task can have one container with a firelensConfiguration.'
  return routers.length === 0 && containers.some((one) => one.logConfiguration?.logDriver === 'awsfirelens')
    ? 'When a firelensConfiguration is not specified, the awsfirelens log driver cannot be used.'
    : undefined
}

const containerRules: readonly Rule<ContainerDefinition>[] = [
  (container) => (container.name ? undefined : 'Container.name should not be null or empty.'),
  (container) => (name.test(container.name ?? '') ? undefined : 'Container.name contains invalid characters.'),
  ({ image }) => (image ? undefined : 'Container.image should not be null or empty.'),
  ({ image = '' }) => imageRefusal(image),
  ({ environment = [] }) =>
    environment.every((variable) => variable.name) ? undefined : 'Environment variable name cannot be empty.',
  ({ secrets = [] }) =>
    unique(secrets.map((secret) => secret.name)) ? undefined : 'The secret names of a container must be unique.',
  (container) => secretClash(container, container.environment ?? []),
  ({ logConfiguration }) => {
    const options = logConfiguration?.options ?? {}
    return logConfiguration?.logDriver === 'awslogs' && !(options['awslogs-group'] && options['awslogs-region'])
      ? 'Log driver awslogs requires options: awslogs-region, awslogs-group'
      : undefined
  },
]

/**
 * ECS looks at the characters (API reference, ContainerDefinition) and for a repository
 * (https://github.com/aws/copilot-cli/issues/6070); what else is wrong fails at the pull.
 */
function imageRefusal(image: string): string | undefined {
  if (/[^\w.:/@#-]/.test(image)) return 'Container.image contains invalid characters.'
  return /^[:@/]/.test(image) ? 'Container.image repository should not be null or empty.' : undefined
}

/** What ECS answers when a secret and a variable share a name (docs/platform-facts.md#secret-and-variable), or undefined. */
export function secretClash(
  { secrets = [] }: ContainerDefinition,
  environment: readonly { readonly name?: string | undefined }[],
): string | undefined {
  const clash = secrets.find((secret) => environment.some((variable) => variable.name === secret.name))
  return clash === undefined
    ? undefined
    : 'The secret name must be unique and not shared with any new or existing environment variables set on the ' +
        `container, such as '${clash.name}'.`
}

const isEcrImage = (image = '') => /^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com/.test(image)

const fargateRules: readonly Rule<RegisterTaskDefinitionRequest>[] = [
  ({ networkMode }) => (networkMode === 'awsvpc' ? undefined : 'Fargate only supports network mode ‘awsvpc’.'),
  ({ cpu }) => (cpu ? undefined : "Fargate requires that 'cpu' be defined at the task level."),
  ({ memory }) => (memory ? undefined : "Fargate requires that 'memory' be defined at the task level."),
  ({ cpu = '', memory = '' }) =>
    isFargateSize(cpuUnits(cpu) ?? 0, mebibytes(memory) ?? 0)
      ? undefined
      : `No Fargate configuration exists for given values: ${cpuUnits(cpu)} CPU, ${mebibytes(memory)} memory. ` +
        'See the Amazon ECS documentation for the valid values.',
  ({ placementConstraints }) =>
    placementConstraints?.length ? 'Fargate does not support placement constraints.' : undefined,
  (input) =>
    missingRole(
      input,
      ({ logConfiguration }) => logConfiguration?.logDriver === 'awslogs',
      'Fargate requires task definition to have execution role ARN to support log driver awslogs.',
    ),
  (input) =>
    missingRole(
      input,
      ({ image }) => isEcrImage(image),
      'Fargate requires task definition to have execution role ARN to support ECR images.',
    ),
]

/** Container members that Fargate does not take (ECS developer guide, "Fargate task definition differences"). */
const notOnFargate = [
  'disableNetworking',
  'dnsSearchDomains',
  'dnsServers',
  'dockerSecurityOptions',
  'extraHosts',
  'links',
  'privileged',
] as const

const withinStopTimeout = (seconds: number | undefined) => seconds === undefined || (seconds >= 2 && seconds <= 120)

const fargateContainerRules: readonly Rule<ContainerDefinition>[] = [
  (container) => {
    const member = notOnFargate.find((key) => isSet(container[key]))
    return member === undefined ? undefined : `Fargate does not support '${member}' of container ${container.name}.`
  },
  ({ startTimeout }) =>
    withinStopTimeout(startTimeout) ? undefined : 'Fargate requires startTimeout between 2 and 120 seconds.',
  ({ stopTimeout }) =>
    withinStopTimeout(stopTimeout) ? undefined : 'Fargate requires stopTimeout between 2 and 120 seconds.',
  ({ portMappings = [] }) =>
    portMappings.some(({ hostPort, containerPort }) => hostPort && hostPort !== containerPort)
      ? 'When networkMode=awsvpc, the host ports and container ports in port mappings must match.'
      : undefined,
  ({ logConfiguration }) =>
    logConfiguration === undefined || ['awslogs', 'splunk', 'awsfirelens'].includes(logConfiguration.logDriver ?? '')
      ? undefined
      : `Fargate does not support log driver ${logConfiguration.logDriver}.`,
  ({ logConfiguration }) =>
    logConfiguration?.logDriver === 'awslogs' && !logConfiguration.options?.['awslogs-stream-prefix']
      ? 'Fargate requires log configuration options to include awslogs-stream-prefix to support log driver awslogs.'
      : undefined,
]

const isSet = (value: unknown) => value !== undefined && value !== false && !(Array.isArray(value) && !value.length)
