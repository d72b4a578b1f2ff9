/**
 * Whether a task's packets would arrive, worked out packet by packet with one address each. It stands for the real
 * network, so it shares nothing with the preflight that it is there to prove.
 */

import type { NetworkAcl, Route, RouteTable, SecurityGroup, VpcEndpoint } from '@aws-sdk/client-ec2'
import type { TaskDefinition } from '@aws-sdk/client-ecs'
import { s3PrefixList, type World } from './world.ts'

/** One task, in the subnet that ECS chose. */
interface Launch {
  readonly subnet: string
  /** None: the VPC's default group. */
  readonly securityGroups: readonly string[]
  readonly assignPublicIp: boolean
  readonly definition: Pick<TaskDefinition, 'containerDefinitions'>
}

/** Names of the start failures that the local ECS knows the texts of. */
type NetworkFailure = 'no-free-addresses' | 'secrets-unreachable' | 'ecr-unreachable' | 'logs-unreachable'

/** Fargate's order: the interface, the registry's token, secrets, the image and its layers, the log stream. */
export function routeProblem(world: World, launch: Launch): NetworkFailure | undefined {
  const subnet = world.subnets.find(({ SubnetId }) => SubnetId === launch.subnet)
  if (subnet === undefined) return undefined
  if (subnet.AvailableIpAddressCount === 0) return 'no-free-addresses'
  const hosts = hostsOf(world, launch.definition)
  return hosts.find((host) => !arrives(world, launch, host))?.failure
}

interface Host {
  /** As in an endpoint's service name; a registry's own name otherwise. */
  readonly service: string
  readonly region: string
  readonly failure: NetworkFailure
}

function hostsOf(world: World, { containerDefinitions = [] }: Launch['definition']): readonly Host[] {
  const { region } = world
  const images = containerDefinitions.map(({ image = '' }) => image)
  const ecr = images.flatMap((image) => /\.dkr[.-]ecr\.([^.]+)\./.exec(image)?.[1] ?? [])
  // The first part is a host if it has a dot or a port; else the image is on Docker Hub.
  const outside = images
    .filter((image) => !/\.dkr[.-]ecr\./.test(image))
    .map((image) => /^([^/]*[.:][^/]*)\//.exec(image)?.[1] ?? 'docker.io')
  const secrets = containerDefinitions.flatMap(({ secrets: own = [] }) => own.map(({ valueFrom = '' }) => valueFrom))
  const logs = containerDefinitions.flatMap(({ logConfiguration: log }) =>
    log?.logDriver === 'awslogs' ? [log.options?.['awslogs-region'] ?? region] : [],
  )
  return [
    ...ecr.map((at): Host => ({ service: 'ecr.api', region: at, failure: 'ecr-unreachable' })),
    ...secrets.map((value): Host => {
      const [, , service = 'ssm', at = region] = value.startsWith('arn:') ? value.split(':') : []
      return { service, region: at, failure: 'secrets-unreachable' }
    }),
    ...ecr.flatMap((at): Host[] => [
      { service: 'ecr.dkr', region: at, failure: 'ecr-unreachable' },
      { service: 's3', region: at, failure: 'ecr-unreachable' },
    ]),
    ...outside.map((host): Host => ({ service: host, region, failure: 'ecr-unreachable' })),
    ...logs.map((at): Host => ({ service: 'logs', region: at, failure: 'logs-unreachable' })),
  ]
}

interface Packet {
  readonly address: string
  readonly port: number
  /** The prefix list that holds the address. */
  readonly prefixList?: string
  /** The groups of the interface at that address, inside the VPC. */
  readonly groups?: readonly string[]
  readonly subnet?: string
}

const serviceAddress = '52.94.7.7'
const s3Address = '52.216.9.9'

function arrives(world: World, launch: Launch, host: Host): boolean {
  const packet = addressed(world, launch, host)
  const groups = taskGroups(world, launch)
  if (!groups.some((group) => admits(group.IpPermissionsEgress, packet))) return false
  const home = blockOf(world, launch.subnet)
  if (packet.subnet !== undefined) {
    const gate = packet.subnet === launch.subnet || aclPasses(world, launch.subnet, packet)
    return gate && endpointAdmits(world, packet, groups, home)
  }
  // An ACL stands at the border of the subnet.
  if (holds(home, packet.address)) return true
  return aclPasses(world, launch.subnet, packet) && routed(world, launch.subnet, packet, launch.assignPublicIp)
}

/** DNS: an interface endpoint with private DNS, or to which a zone leads, takes over the name in the whole VPC. */
function addressed(world: World, launch: Launch, { service, region }: Host): Packet {
  const registry = world.registries[service]
  if (registry !== undefined) return { address: registry, port: Number(service.split(':')[1] ?? 443) }
  const vpc = vpcOf(world, launch.subnet)
  const dns = world.vpcs[vpc]
  const endpoint = world.endpoints.find(
    (one) =>
      one.VpcId === vpc &&
      one.VpcEndpointType === 'Interface' &&
      one.ServiceName === `com.amazonaws.${region}.${service}`,
  )
  const privateDns = endpoint?.PrivateDnsEnabled || world.zones.includes(endpoint?.VpcEndpointId ?? '')
  if (endpoint && isUp(world, endpoint) && privateDns && dns?.dnsSupport && dns.dnsHostnames) {
    const near = endpoint.SubnetIds?.includes(launch.subnet)
      ? launch.subnet
      : (endpoint.SubnetIds?.[0] ?? launch.subnet)
    return {
      address: inside(blockOf(world, near)),
      port: 443,
      groups: (endpoint.Groups ?? []).map(({ GroupId = '' }) => GroupId),
      subnet: near,
    }
  }
  const isS3 = service === 's3' && region === world.region
  return isS3 ? { address: s3Address, port: 443, prefixList: s3PrefixList } : { address: serviceAddress, port: 443 }
}

const isUp = ({ partialAnswers }: World, { State }: VpcEndpoint) =>
  State?.toLowerCase() === 'available' || (partialAnswers && State?.toLowerCase() === 'partial')
const vpcOf = (world: World, subnet: string) => world.subnets.find((one) => one.SubnetId === subnet)?.VpcId ?? ''
const blockOf = (world: World, subnet: string) => world.subnets.find((one) => one.SubnetId === subnet)?.CidrBlock ?? ''

/** An address of a block: its network address plus 10. */
function inside(block: string): string {
  const parts = (block.split('/')[0] ?? '').split('.').map(Number)
  return [...parts.slice(0, 3), (parts[3] ?? 0) + 10].join('.')
}

const bits = (address: string) => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)

function holds(block: string, address: string): boolean {
  const [base = '', length = '32'] = block.split('/')
  const size = 2 ** (32 - Number(length))
  return !block.includes(':') && Math.floor(bits(base) / size) === Math.floor(bits(address) / size)
}

function taskGroups(world: World, { securityGroups, subnet }: Launch): readonly SecurityGroup[] {
  const vpc = vpcOf(world, subnet)
  return world.securityGroups.filter(({ GroupId = '', GroupName, VpcId }) =>
    securityGroups.length > 0 ? securityGroups.includes(GroupId) : GroupName === 'default' && VpcId === vpc,
  )
}

function admits(rules: SecurityGroup['IpPermissions'], packet: Packet): boolean {
  return (rules ?? []).some(({ IpProtocol, FromPort = 0, ToPort = 0, IpRanges, PrefixListIds, UserIdGroupPairs }) => {
    const port = IpProtocol === '-1' || (IpProtocol === 'tcp' && FromPort <= packet.port && ToPort >= packet.port)
    const peer =
      IpRanges?.some(({ CidrIp = '' }) => holds(CidrIp, packet.address)) ||
      PrefixListIds?.some(({ PrefixListId }) => PrefixListId === packet.prefixList) ||
      UserIdGroupPairs?.some(({ GroupId = '' }) => packet.groups?.includes(GroupId))
    return port && peer === true
  })
}

function endpointAdmits(world: World, packet: Packet, from: readonly SecurityGroup[], home: string): boolean {
  const source: Packet = { address: inside(home), port: 443, groups: from.map(({ GroupId = '' }) => GroupId) }
  return world.securityGroups
    .filter(({ GroupId = '' }) => packet.groups?.includes(GroupId))
    .some(({ IpPermissions }) => admits(IpPermissions, source))
}

/** Out to the port and back to one that Linux gives clients, by the first rule that fits. */
function aclPasses(world: World, subnet: string, { address, port }: Packet): boolean {
  const acl = world.networkAcls.find(({ Associations }) => Associations?.some(({ SubnetId }) => SubnetId === subnet))
  return acl === undefined || (aclSays(acl, true, port, address) && aclSays(acl, false, 40_000, address))
}

function aclSays({ Entries = [] }: NetworkAcl, egress: boolean, port: number, address: string): boolean {
  const rule = [...Entries]
    .sort((one, other) => (one.RuleNumber ?? 0) - (other.RuleNumber ?? 0))
    .find(
      ({ Egress, Protocol, PortRange, CidrBlock = '' }) =>
        Egress === egress &&
        (Protocol === '-1' || Protocol === '6') &&
        (PortRange === undefined || ((PortRange.From ?? 0) <= port && port <= (PortRange.To ?? 0))) &&
        holds(CidrBlock, address),
    )
  return rule?.RuleAction === 'allow'
}

function tableOf(world: World, subnet: string): RouteTable | undefined {
  const explicit = world.routeTables.find(({ Associations }) => Associations?.some((one) => one.SubnetId === subnet))
  const vpc = vpcOf(world, subnet)
  return (
    explicit ??
    world.routeTables.find(({ VpcId, Associations }) => VpcId === vpc && Associations?.some((one) => one.Main))
  )
}

/** The most specific route; a prefix list goes before the default route. */
function routeFor(table: RouteTable | undefined, packet: Packet): Route | undefined {
  const routes = table?.Routes ?? []
  const listed = routes.find(({ DestinationPrefixListId: list }) => list !== undefined && list === packet.prefixList)
  if (listed) return listed
  return routes
    .filter(({ DestinationCidrBlock: block }) => block !== undefined && holds(block, packet.address))
    .sort((one, other) => lengthOf(other) - lengthOf(one))[0]
}

const lengthOf = ({ DestinationCidrBlock = '/0' }: Route) => Number(DestinationCidrBlock.split('/')[1])

function routed(world: World, subnet: string, packet: Packet, publicIp: boolean): boolean {
  const route = routeFor(tableOf(world, subnet), packet)
  if (route === undefined || route.State === 'blackhole') return false
  if (route.GatewayId === 'local') return true
  if (route.GatewayId?.startsWith('vpce-')) return true
  if (route.GatewayId?.startsWith('igw-')) return publicIp
  if (route.NatGatewayId !== undefined) return throughNat(world, route.NatGatewayId, packet)
  const target = Object.values(route).find((value) => value !== undefined && world.deadEnds.includes(value))
  return target === undefined
}

function throughNat(world: World, id: string, packet: Packet): boolean {
  const nat = world.natGateways.find(({ NatGatewayId }) => NatGatewayId === id)
  if (nat?.State !== 'available') return false
  const table =
    nat.AvailabilityMode === 'regional'
      ? world.routeTables.find(({ RouteTableId }) => RouteTableId === nat.RouteTableId)
      : tableOf(world, nat.SubnetId ?? '')
  const route = routeFor(table, packet)
  if (route === undefined || route.State === 'blackhole' || route.NatGatewayId !== undefined) return false
  if (route.GatewayId?.startsWith('igw-')) {
    return nat.ConnectivityType === 'public'
  }
  return !Object.values(route).some((value) => value !== undefined && world.deadEnds.includes(value))
}
