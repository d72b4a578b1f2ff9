import type { NatGateway, NetworkAcl, RouteTable, SecurityGroup, Subnet, VpcEndpoint } from '@aws-sdk/client-ec2'

/** Where ECS is asked to run the task. */
export interface Placement {
  readonly subnets: readonly string[]
  /** None given: the VPC's default group is used. */
  readonly securityGroups: readonly string[]
  readonly assignPublicIp: boolean
  readonly region: string
  /** The account that runs the task; without it a shared subnet cannot be distinguished from one's own. */
  readonly account?: string
}

/**
 * What EC2 described of the network. A member that is left out could not be described:
 * nothing is concluded from it, neither proof nor doubt.
 */
export interface DescribedNetwork {
  /** Those asked for, and the others of their VPC. */
  readonly subnets?: readonly Subnet[]
  /** Those of the task, and the others of the VPC. */
  readonly securityGroups?: readonly SecurityGroup[]
  readonly routeTables?: readonly RouteTable[]
  readonly natGateways?: readonly NatGateway[]
  readonly endpoints?: readonly VpcEndpoint[]
  readonly networkAcls?: readonly NetworkAcl[]
  readonly dnsSupport?: boolean
  readonly dnsHostnames?: boolean
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

/**
 * The route table that a subnet uses: the one associated with it, or else the main one of its VPC.
 * @returns undefined when it was not described
 */
export function routeTableOf(network: DescribedNetwork, subnetId: string): RouteTable | undefined {
  const vpc = network.subnets?.find(({ SubnetId }) => SubnetId === subnetId)?.VpcId
  const tables = network.routeTables ?? []
  return (
    tables.find(({ Associations = [] }) => Associations.some(({ SubnetId }) => SubnetId === subnetId)) ??
    tables.find(({ VpcId, Associations = [] }) => VpcId === vpc && Associations.some(({ Main }) => Main === true))
  )
}
