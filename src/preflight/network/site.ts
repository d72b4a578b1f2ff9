import type { RouteTable, SecurityGroup, Subnet } from '@aws-sdk/client-ec2'
import type { Need } from '../needs.ts'
import { type EndpointWay, endpointWay } from './endpoints.ts'
import { HTTPS } from './security-groups.ts'
import { type DescribedNetwork, listed, type Placement } from './vpc.ts'

/** Something found in one subnet. Findings that say the same of several subnets become one problem. */
export interface Finding {
  readonly code: string
  /** Proof that a task in this subnet does not start; otherwise a doubt. */
  readonly proof: boolean
  readonly subnet: string
  /** The clause after "The task cannot start: ". */
  readonly says: (subnets: readonly string[]) => string
  readonly remedy: string
  readonly evidence: readonly string[]
}

/** One name that the task must reach: ECR is three of them. */
interface Target {
  /** `ecr.api`, `secretsmanager`, or the host of a registry. */
  readonly label: string
  /** As in an endpoint's service name; absent for a registry, which may be anywhere: about it nothing is ever proved. */
  readonly service?: string
  readonly region: string
  /** TCP. */
  readonly port: number
  readonly why: readonly string[]
}

/** All that the judgements about one subnet have in common. */
export interface Site {
  readonly network: DescribedNetwork
  readonly placement: Placement
  readonly targets: readonly Target[]
  readonly subnet: Subnet
  readonly id: string
  readonly vpc: string
  /** Undefined when they were not described. */
  readonly groups: readonly SecurityGroup[] | undefined
}

/** The way by which a target is reached from a subnet. */
export interface Path {
  readonly target: Target
  readonly endpoint: EndpointWay
}

/** The subnet with what belongs to it; without security groups given, the VPC's default one. */
export function siteOf(
  network: DescribedNetwork,
  placement: Placement,
  targets: readonly Target[],
  subnet: Subnet,
): Site {
  const vpc = subnet.VpcId ?? ''
  const { securityGroups: ids } = placement
  const groups = network.securityGroups?.filter(({ GroupId, GroupName, VpcId }) =>
    ids.length > 0 ? ids.includes(GroupId ?? '') : GroupName === 'default' && VpcId === vpc,
  )
  return { network, placement, targets, subnet, id: subnet.SubnetId ?? '', vpc, groups }
}

/** ECR is asked for the token and the manifest; the layers come from S3 (docs/platform-facts.md#way-out). */
const ENDPOINT_NAMES = { ecr: ['ecr.api', 'ecr.dkr', 's3'] } as const

/** Each name that the task must reach, once, with all that it is needed for. */
export function targetsOf(needs: readonly Need[], region: string): readonly Target[] {
  const targets = new Map<string, Target>()
  for (const target of needs.flatMap((need) => targetsOfNeed(need, region))) {
    const why = [...(targets.get(target.label)?.why ?? []), ...target.why]
    targets.set(target.label, { ...target, why })
  }
  return [...targets.values()]
}

function targetsOfNeed(need: Need, taskRegion: string): readonly Target[] {
  const { why, region = taskRegion } = need
  if (need.service === 'registry') {
    const { host = 'the registry' } = need
    return [{ label: host, region, port: Number(/:(\d+)$/.exec(host)?.[1] ?? HTTPS), why }]
  }
  const services = need.service === 'ecr' ? ENDPOINT_NAMES.ecr : [need.service]
  const elsewhere = region === taskRegion ? '' : ` (${region})`
  return services.map((service) => ({ label: `${service}${elsewhere}`, service, region, port: HTTPS, why }))
}

/** How the subnet gets to a target without leaving the VPC, if at all. */
export function pathTo({ network }: Site, table: RouteTable, target: Target): Path {
  const { service, region } = target
  return { target, endpoint: service ? endpointWay(network, table, service, region) : { kind: 'none' } }
}

export function isEndpoint({ endpoint }: Path): boolean {
  return endpoint.kind === 'interface' || endpoint.kind === 'gateway'
}

/** Whether a target is AWS's own, so that where it is can be known. */
export function isAws({ service }: Target): boolean {
  return service !== undefined
}

/** What belongs together, in the order in which it comes up. */
export function grouped<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}

export function labels(paths: readonly Path[]): string {
  return listed(paths.map(({ target }) => target.label))
}

export function groupIds(groups: readonly SecurityGroup[]): readonly string[] {
  return groups.map(({ GroupId }) => GroupId ?? '')
}

/** "subnet-a uses", "subnet-a and subnet-b use" */
export function subject(names: readonly string[], one: string, several: string): string {
  return `${listed(names)} ${names.length === 1 ? one : several}`
}
