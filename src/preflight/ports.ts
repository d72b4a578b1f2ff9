/** What the preflight asks of AWS: reads only, and every method rejects with AwsError alone. `aws/` implements it. */
import type { LogGroup } from '@aws-sdk/client-cloudwatch-logs'
import type { NatGateway, NetworkAcl, RouteTable, SecurityGroup, Subnet, VpcEndpoint } from '@aws-sdk/client-ec2'
import type { Cluster } from '@aws-sdk/client-ecs'
import type { EcrRegistry, ImageReference } from '../image-reference.ts'

export type { LogGroup as DescribedLogGroup } from '@aws-sdk/client-cloudwatch-logs'

export interface Lookups {
  /** The Region of the cluster. @throws where none is set */
  region(): Promise<string>
  /** @returns `not-described` where ECS neither describes the cluster nor says that it is MISSING */
  cluster(cluster: string, region: string, signal: AbortSignal): Promise<Cluster | 'missing' | 'not-described'>
  logGroup(group: string, region: string, signal: AbortSignal): Promise<LogGroup | 'missing'>
  /** It may be of another account and Region than the cluster. */
  registry(registry: EcrRegistry): Registry
  network(region: string): NetworkLookups
}

/** An image as ECR describes it. */
export interface EcrImage {
  readonly digest: string
  readonly status?: string
  /** Compressed; of a manifest list the largest image in it. */
  readonly bytes?: number
  /** Whether its manifest lists others, one for each platform. */
  readonly isList: boolean
}

/** What is asked of one registry. */
export interface Registry {
  /** @returns what is missing when there is no such image */
  image(image: ImageReference, signal: AbortSignal): Promise<EcrImage | 'image' | 'repository'>
  /** The platforms in a manifest list; undefined where the list does not say. */
  platforms(image: ImageReference, digest: string, signal: AbortSignal): Promise<readonly Platform[] | undefined>
  /** Repository prefixes of the pull-through cache rules. */
  cacheRules(signal: AbortSignal): Promise<readonly string[]>
}

/** What a manifest list offers, in its own words: `linux`, `arm64`. */
export interface Platform {
  readonly os: string
  readonly architecture: string
}

/** What is asked of EC2: all pages. */
export interface NetworkLookups {
  /** Ids that do not exist are left out of the answer. */
  subnets(ids: readonly string[], signal: AbortSignal): Promise<readonly Subnet[]>
  /** Ids that do not exist are left out of the answer. */
  securityGroups(ids: readonly string[], signal: AbortSignal): Promise<readonly SecurityGroup[]>
  subnetsOf(vpc: string, signal: AbortSignal): Promise<readonly Subnet[]>
  securityGroupsOf(vpc: string, signal: AbortSignal): Promise<readonly SecurityGroup[]>
  routeTablesOf(vpc: string, signal: AbortSignal): Promise<readonly RouteTable[]>
  natGatewaysOf(vpc: string, signal: AbortSignal): Promise<readonly NatGateway[]>
  endpointsOf(vpc: string, signal: AbortSignal): Promise<readonly VpcEndpoint[]>
  networkAclsOf(vpc: string, signal: AbortSignal): Promise<readonly NetworkAcl[]>
  /** Whether the attribute is on. */
  attribute(vpc: string, name: 'enableDnsSupport' | 'enableDnsHostnames', signal: AbortSignal): Promise<boolean>
}
