/** What the step starts from: the task definition to clone, and the network the task gets. */
import type { AwsVpcConfiguration } from '@aws-sdk/client-ecs'
import type { Inputs } from './inputs.ts'
import type { Definitions, DescribedService, Services } from './migration/ports.ts'
import { type DescribedDefinition, Refusal } from './model.ts'

/** Described at the same time; what fails is thrown where it is awaited, and is no unhandled rejection before that. */
export interface Target {
  readonly base: Promise<DescribedDefinition>
  /** Explicit inputs win over those of the service; a public IP is never inherited. */
  readonly network: Promise<AwsVpcConfiguration>
}

interface TargetLookups {
  readonly services: Services
  readonly definitions: Definitions
}

/** The service of network-from-service is described once, and only where something is taken from it. */
export function describeTarget(inputs: Inputs, { services, definitions }: TargetLookups, signal: AbortSignal): Target {
  const { networkFromService: name, subnets, securityGroups, assignPublicIp, taskDefinition, cluster } = inputs
  const lacksNetwork = subnets.length === 0 || securityGroups.length === 0
  const isAsked = name !== undefined && (lacksNetwork || taskDefinition === undefined)
  const service = isAsked ? services.describe(cluster, name, signal) : Promise.resolve(undefined)
  const network = service.then((described): AwsVpcConfiguration => {
    const inherited = isAsked && lacksNetwork ? required(described, 'network', inputs) : undefined
    return {
      subnets: subnets.length > 0 ? [...subnets] : (inherited?.subnets ?? []),
      securityGroups: securityGroups.length > 0 ? [...securityGroups] : (inherited?.securityGroups ?? []),
      assignPublicIp: assignPublicIp ? 'ENABLED' : 'DISABLED',
    }
  })
  const base = service
    .then((described) => taskDefinition ?? required(described, 'taskDefinition', inputs))
    .then((reference) => definitions.describe(reference, signal))
  network.catch(() => {})
  base.catch(() => {})
  return { base, network }
}

const WORDS = {
  network: {
    code: 'service-without-network',
    lack: 'has no awsvpc network configuration',
    give: 'subnets and security-groups',
  },
  taskDefinition: { code: 'service-without-definition', lack: 'names no task definition', give: 'task-definition' },
} as const

function required<K extends keyof DescribedService>(
  service: DescribedService | undefined,
  what: K,
  { networkFromService, cluster }: Inputs,
): NonNullable<DescribedService[K]> {
  const found = service?.[what]
  if (found !== undefined) return found
  const { code, lack, give } = WORDS[what]
  throw new Refusal({
    code,
    reason: `The service ${networkFromService} in cluster ${cluster} ${service === undefined ? 'does not exist' : lack}, so there is nothing to take from it.`,
    remedy: `Correct network-from-service or cluster, or give ${give}.`,
  })
}
