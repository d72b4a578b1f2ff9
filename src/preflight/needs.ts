import type { ContainerDefinition, LogConfiguration } from '@aws-sdk/client-ecs'
import { parseImage } from '../image-reference.ts'

/** Services that a task talks to before its container can start; `registry` is any but ECR. */
type NeededService = 'ecr' | 'registry' | 'secretsmanager' | 'ssm' | 'logs' | 's3'

/** One service that the start of the task cannot do without. */
export interface Need {
  readonly service: NeededService
  /** Of an AWS service. */
  readonly region?: string
  /** Host of the registry that the image lies in. */
  readonly host?: string
  /** ECR's registry id. */
  readonly account?: string
  /** What for, a line each: `container app: secret DATABASE_PASSWORD`. */
  readonly why: readonly string[]
}

/** A task definition as described, or as it is to be registered. */
export interface ContainerList {
  readonly containerDefinitions?: readonly ContainerDefinition[] | undefined
}

/**
 * Which services the task needs before its container runs. All containers count: the task starts with all of them.
 * KMS is not among them: decryption happens inside the services, AWS lists no endpoint for it.
 * @param container the container whose image is replaced by `image`
 * @param region the task's
 */
export function neededServices(
  definition: ContainerList,
  container: string,
  image: string,
  region: string,
): readonly Need[] {
  const needs = (definition.containerDefinitions ?? []).flatMap((described) =>
    containerNeeds(described.name === container ? { ...described, image } : described, region),
  )
  return merged(needs)
}

function containerNeeds(container: ContainerDefinition, region: string): readonly Need[] {
  const why = (what: string) => [`container ${container.name}: ${what}`]
  const { repositoryCredentials: login, environmentFiles: files = [] } = container
  return [
    ...imageNeeds(container.image, why(`image ${container.image}`)),
    ...(login ? [secretNeed(login.credentialsParameter, region, why('registry login'), 'secretsmanager')] : []),
    ...(container.secrets ?? []).map(({ name, valueFrom }) => secretNeed(valueFrom, region, why(`secret ${name}`))),
    ...logNeeds(container.logConfiguration, region, why),
    ...files.map((file): Need => ({ service: 's3', region, why: why(`environment file ${file.value}`) })),
  ]
}

function imageNeeds(uri: string | undefined, why: readonly string[]): readonly Need[] {
  const image = uri === undefined ? undefined : parseImage(uri)
  if (image === undefined) return []
  return [image.ecr ? { service: 'ecr', ...image.ecr, why } : { service: 'registry', host: image.registry, why }]
}

/** `valueFrom` is a secret's ARN, a parameter's ARN, or the name of a parameter in the task's region. */
function secretNeed(
  valueFrom: string | undefined,
  region: string,
  why: readonly string[],
  byName: 'ssm' | 'secretsmanager' = 'ssm',
): Need {
  const [, service = byName, arnRegion = region] =
    /^arn:[^:]+:(secretsmanager|ssm):([^:]+):/.exec(valueFrom ?? '') ?? []
  return { service: service === 'secretsmanager' ? 'secretsmanager' : 'ssm', region: arnRegion, why }
}

function logNeeds(
  log: LogConfiguration | undefined,
  region: string,
  why: (what: string) => readonly string[],
): readonly Need[] {
  const options = (log?.secretOptions ?? []).map(({ name, valueFrom }) =>
    secretNeed(valueFrom, region, why(`log option ${name}`)),
  )
  // A custom endpoint (awslogs-endpoint) may be anywhere: nothing can be said about the way to it.
  if (log?.logDriver !== 'awslogs' || log.options?.['awslogs-endpoint']) return options
  const group = log.options?.['awslogs-group']
  const logs: Need = {
    service: 'logs',
    region: log.options?.['awslogs-region'] ?? region,
    why: why(`log group ${group}`),
  }
  return [...options, logs]
}

function merged(needs: readonly Need[]): readonly Need[] {
  const byPlace = new Map<string, Need>()
  for (const need of needs) {
    const place = [need.service, need.region, need.host, need.account].join(' ')
    byPlace.set(place, { ...need, why: [...(byPlace.get(place)?.why ?? []), ...need.why] })
  }
  return [...byPlace.values()]
}
