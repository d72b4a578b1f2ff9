/** What the service of network-from-service gives where the inputs give nothing. */
import type { AwsVpcConfiguration } from '@aws-sdk/client-ecs'
import type { Ecs } from '../aws/ecs.ts'
import type { Inputs } from '../inputs.ts'
import type { DescribedService } from '../migration/ports.ts'
import { Refusal } from '../model.ts'

export interface FromService {
  /** Explicit inputs win over the service's; a public IP is never inherited. */
  readonly network: Promise<AwsVpcConfiguration>
  /** Family, family:revision or ARN. */
  readonly taskDefinition: Promise<string>
}

/** The service is described once, and only where something is taken from it. */
export function fromService(inputs: Inputs, ecs: Ecs, signal: AbortSignal): FromService {
  const { networkFromService: name, subnets, securityGroups, assignPublicIp, taskDefinition, cluster } = inputs
  const lacksNetwork = subnets.length === 0 || securityGroups.length === 0
  const isAsked = name !== undefined && (lacksNetwork || taskDefinition === undefined)
  const service = isAsked ? ecs.services.describe(cluster, name, signal) : Promise.resolve(undefined)
  return {
    network: service.then((described) => {
      const inherited = isAsked && lacksNetwork ? required(described, 'network', inputs) : undefined
      return {
        subnets: subnets.length > 0 ? [...subnets] : (inherited?.subnets ?? []),
        securityGroups: securityGroups.length > 0 ? [...securityGroups] : (inherited?.securityGroups ?? []),
        assignPublicIp: assignPublicIp ? 'ENABLED' : 'DISABLED',
      }
    }),
    taskDefinition: service.then((described) => taskDefinition ?? required(described, 'taskDefinition', inputs)),
  }
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
