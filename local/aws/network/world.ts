/**
 * A network for the local AWS, described in few words: `network({ ...privateSubnetsWithNat(), dnsSupport: false })`.
 * The sketch is what a person writes; the World is the same in EC2's own shapes, as its Describe calls show it.
 */
import type {
  IpPermission,
  NatGateway,
  NetworkAcl,
  NetworkAclEntry,
  Route,
  RouteTable,
  SecurityGroup,
  Subnet,
  VpcEndpoint,
} from '@aws-sdk/client-ec2'

export interface NetworkSketch {
  /** `us-east-1` when absent. */
  readonly region?: string
  /** `123456789012` when absent. */
  readonly account?: string
  /** The VPC of all that names no other; `vpc-main` with 10.0.0.0/16 when absent. */
  readonly vpc?: string
  readonly block?: string
  /** Both on when absent. */
  readonly dnsSupport?: boolean
  readonly dnsHostnames?: boolean
  /** Subnet ids. */
  readonly subnets: Readonly<Record<string, SubnetSketch>>
  /** The VPC's main route table, `rtb-main`: routes such as `0.0.0.0/0 nat-1` or `0.0.0.0/0 nat-1 blackhole`. */
  readonly mainRoutes?: readonly string[]
  /** Further route tables. */
  readonly routeTables?: Readonly<Record<string, readonly string[]>>
  readonly nats?: Readonly<Record<string, NatSketch>>
  readonly endpoints?: Readonly<Record<string, EndpointSketch>>
  readonly securityGroups?: Readonly<Record<string, GroupSketch>>
  readonly networkAcls?: Readonly<Record<string, AclSketch>>
  /** Addresses of registries that are no AWS service, by host with its port: `registry.corp:5000`. */
  readonly registries?: Readonly<Record<string, string>>
  /** Endpoints without private DNS to which a DNS zone of one's own leads: EC2 does not show it. */
  readonly zones?: readonly string[]
  /** Whether endpoints in the state `partial` answer. */
  readonly partialAnswers?: boolean
  /** Targets of routes behind which nothing answers, such as `tgw-1`; all others lead to the internet. */
  readonly deadEnds?: readonly string[]
}

interface SubnetSketch {
  readonly vpc?: string
  /** Made up when absent: 10.0.0.0/24, 10.0.1.0/24, … in the order given. */
  readonly block?: string
  /** Id of its own route table; the main one when absent. */
  readonly routeTable?: string
  /** Free IPv4 addresses; 250 when absent. */
  readonly free?: number
  /** The account it belongs to, when another one shares it. */
  readonly owner?: string
  readonly ipv6?: boolean
  readonly acl?: string
}

interface NatSketch {
  /** Absent for a regional one. */
  readonly subnet?: string
  readonly state?: 'available' | 'pending' | 'failed' | 'deleting' | 'deleted'
  readonly connectivity?: 'public' | 'private'
  /** Makes it regional: its own route table. */
  readonly routeTable?: string
}

interface EndpointSketch {
  /** `ecr.api`, `ecr.dkr`, `s3`, `logs`, `secretsmanager`, `ssm`. */
  readonly service: string
  readonly region?: string
  readonly vpc?: string
  /** Interface when absent; a gateway endpoint has `routeTables`. */
  readonly type?: 'Interface' | 'Gateway' | 'GatewayLoadBalancer'
  readonly routeTables?: readonly string[]
  /** All subnets of the VPC when absent. */
  readonly subnets?: readonly string[]
  readonly groups?: readonly string[]
  /** On when absent. */
  readonly privateDns?: boolean
  /** In the API's spelling; `available` when absent. */
  readonly state?: string
}

/** Rules such as `443 0.0.0.0/0`, `all sg-1`, `5432 sg-db`, `1024-65535 pl-1`, `443 ::/0`, `udp 53 10.0.0.2/32`. */
interface GroupSketch {
  readonly vpc?: string
  readonly name?: string
  readonly in?: readonly string[]
  /** `all 0.0.0.0/0`, AWS's default, when absent. */
  readonly out?: readonly string[]
}

/** Rules such as `100 allow out tcp 443 0.0.0.0/0`; the last one, which denies all, is added. */
interface AclSketch {
  readonly rules: readonly string[]
}

interface VpcAttributes {
  readonly dnsSupport: boolean
  readonly dnsHostnames: boolean
}

/** What EC2 knows, in the shapes of its API. */
export interface World {
  readonly region: string
  readonly account: string
  readonly vpcs: Readonly<Record<string, VpcAttributes>>
  readonly subnets: readonly Subnet[]
  readonly routeTables: readonly RouteTable[]
  readonly natGateways: readonly NatGateway[]
  readonly endpoints: readonly VpcEndpoint[]
  readonly securityGroups: readonly SecurityGroup[]
  readonly networkAcls: readonly NetworkAcl[]
  readonly deadEnds: readonly string[]
  readonly registries: Readonly<Record<string, string>>
  readonly zones: readonly string[]
  readonly partialAnswers: boolean
}

/** The prefix list of S3's addresses in every world of one region. */
export const s3PrefixList = 'pl-s3'

const defaults = { region: 'us-east-1', account: '123456789012', vpc: 'vpc-main', block: '10.0.0.0/16' }

export function network(sketch: NetworkSketch): World {
  const { region, account, vpc } = { ...defaults, ...sketch }
  const subnets = Object.entries(sketch.subnets).map(([id, one], index) => subnetOf(id, one, index, account, vpc))
  const attributes = { dnsSupport: sketch.dnsSupport ?? true, dnsHostnames: sketch.dnsHostnames ?? true }
  const vpcs = [...new Set([vpc, ...subnets.map(({ VpcId = vpc }) => VpcId)])]
  return {
    region,
    account,
    vpcs: Object.fromEntries(vpcs.map((id) => [id, attributes])),
    subnets,
    routeTables: vpcs.flatMap((id) => routeTablesOf(sketch, id, id === vpc)),
    natGateways: Object.entries(sketch.nats ?? {}).map(([id, nat]) => natOf(id, nat, vpc)),
    endpoints: Object.entries(sketch.endpoints ?? {}).map(([id, one]) => endpointOf(id, one, sketch, region, vpc)),
    securityGroups: Object.entries({ 'sg-default': { name: 'default' }, ...sketch.securityGroups }).map(([id, group]) =>
      groupOf(id, group, account, vpc),
    ),
    networkAcls: aclsOf(sketch, vpc),
    deadEnds: sketch.deadEnds ?? [],
    registries: sketch.registries ?? {},
    zones: sketch.zones ?? [],
    partialAnswers: sketch.partialAnswers ?? false,
  }
}

function subnetOf(id: string, one: SubnetSketch, index: number, account: string, vpc: string): Subnet {
  return {
    SubnetId: id,
    VpcId: one.vpc ?? vpc,
    OwnerId: one.owner ?? account,
    CidrBlock: one.block ?? `10.0.${index}.0/24`,
    AvailableIpAddressCount: one.free ?? 250,
    AvailabilityZone: `us-east-1${'abc'[index % 3]}`,
    State: 'available',
    MapPublicIpOnLaunch: false,
    Ipv6Native: false,
    Ipv6CidrBlockAssociationSet: one.ipv6
      ? [{ Ipv6CidrBlock: `2001:db8:0:${index}::/64`, Ipv6CidrBlockState: { State: 'associated' } }]
      : [],
  }
}

function routeTablesOf(sketch: NetworkSketch, vpc: string, first: boolean): readonly RouteTable[] {
  const own = first
    ? Object.entries({ 'rtb-main': sketch.mainRoutes ?? [], ...sketch.routeTables })
    : [[`rtb-${vpc}`, []] as const]
  return own.map(([id, routes]) => {
    const users = Object.entries(sketch.subnets).filter(([, { routeTable }]) => routeTable === id)
    const main = id === 'rtb-main' || !first
    return {
      RouteTableId: id,
      VpcId: vpc,
      Associations: [
        ...(main ? [{ Main: true, RouteTableId: id, RouteTableAssociationId: `rtbassoc-${id}` }] : []),
        ...users.map(([subnet]) => ({
          Main: false,
          RouteTableId: id,
          RouteTableAssociationId: `rtbassoc-${subnet}`,
          SubnetId: subnet,
          AssociationState: { State: 'associated' as const },
        })),
      ],
      Routes: [
        {
          DestinationCidrBlock: sketch.block ?? defaults.block,
          GatewayId: 'local',
          State: 'active',
          Origin: 'CreateRouteTable',
        },
        ...routes.map(routeOf),
        ...gatewayRoutes(sketch, id),
      ],
    }
  })
}

const targets: readonly (readonly [prefix: string, member: keyof Route])[] = [
  ['nat-', 'NatGatewayId'],
  ['tgw-', 'TransitGatewayId'],
  ['pcx-', 'VpcPeeringConnectionId'],
  ['eni-', 'NetworkInterfaceId'],
  ['i-', 'InstanceId'],
  ['eigw-', 'EgressOnlyInternetGatewayId'],
  ['lgw-', 'LocalGatewayId'],
  ['cagw-', 'CarrierGatewayId'],
  ['arn:aws:networkmanager:', 'CoreNetworkArn'],
]

function routeOf(text: string): Route {
  const [destination = '', target = '', state = 'active'] = text.split(' ')
  const to = destination.startsWith('pl-')
    ? { DestinationPrefixListId: destination }
    : destination.includes(':')
      ? { DestinationIpv6CidrBlock: destination }
      : { DestinationCidrBlock: destination }
  const member = targets.find(([prefix]) => target.startsWith(prefix))?.[1] ?? 'GatewayId'
  return { ...to, [member]: target, State: state === 'blackhole' ? 'blackhole' : 'active', Origin: 'CreateRoute' }
}

/** EC2 adds the route of a gateway endpoint to the tables it is associated with. */
function gatewayRoutes(sketch: NetworkSketch, table: string): readonly Route[] {
  return Object.entries(sketch.endpoints ?? {})
    .filter(([, { type, routeTables = [] }]) => type === 'Gateway' && routeTables.includes(table))
    .map(([id]) => ({ DestinationPrefixListId: s3PrefixList, GatewayId: id, State: 'active', Origin: 'CreateRoute' }))
}

function natOf(id: string, nat: NatSketch, vpc: string): NatGateway {
  const regional = nat.routeTable !== undefined
  return {
    NatGatewayId: id,
    VpcId: vpc,
    State: nat.state ?? 'available',
    ConnectivityType: nat.connectivity ?? 'public',
    AvailabilityMode: regional ? 'regional' : 'zonal',
    ...(nat.routeTable === undefined ? {} : { RouteTableId: nat.routeTable }),
    ...(nat.subnet === undefined ? {} : { SubnetId: nat.subnet }),
  }
}

function endpointOf(id: string, one: EndpointSketch, sketch: NetworkSketch, region: string, vpc: string): VpcEndpoint {
  const type = one.type ?? 'Interface'
  const groups = one.groups ?? ['sg-default']
  return {
    VpcEndpointId: id,
    VpcEndpointType: type,
    VpcId: one.vpc ?? vpc,
    ServiceName: `com.amazonaws.${one.region ?? region}.${one.service}`,
    // The API spells states in lower camel case, unlike the SDK's type.
    State: (one.state ?? 'available') as NonNullable<VpcEndpoint['State']>,
    PrivateDnsEnabled: type === 'Interface' && (one.privateDns ?? true),
    RouteTableIds: [...(one.routeTables ?? [])],
    SubnetIds: type === 'Interface' ? [...(one.subnets ?? Object.keys(sketch.subnets))] : [],
    Groups: type === 'Interface' ? groups.map((group) => ({ GroupId: group, GroupName: group })) : [],
  }
}

function groupOf(id: string, group: GroupSketch, account: string, vpc: string): SecurityGroup {
  return {
    GroupId: id,
    GroupName: group.name ?? id,
    Description: group.name ?? id,
    VpcId: group.vpc ?? vpc,
    OwnerId: account,
    IpPermissions: (group.in ?? []).map(permissionOf),
    IpPermissionsEgress: (group.out ?? ['all 0.0.0.0/0']).map(permissionOf),
  }
}

function permissionOf(text: string): IpPermission {
  const words = text.split(' ')
  const protocol = words.length === 3 ? (words.shift() ?? 'tcp') : 'tcp'
  const [ports = 'all', peer = ''] = words
  const [from, to = from] = ports.split('-').map(Number)
  const range = ports === 'all' ? { IpProtocol: '-1' } : { IpProtocol: protocol, FromPort: from, ToPort: to }
  return { ...range, ...peerOf(peer) } as IpPermission
}

function peerOf(peer: string): Partial<IpPermission> {
  if (peer.startsWith('sg-')) return { UserIdGroupPairs: [{ GroupId: peer, UserId: defaults.account }] }
  if (peer.startsWith('pl-')) return { PrefixListIds: [{ PrefixListId: peer }] }
  return peer.includes(':') ? { Ipv6Ranges: [{ CidrIpv6: peer }] } : { IpRanges: [{ CidrIp: peer }] }
}

const openAcl = ['100 allow out all 0.0.0.0/0', '100 allow in all 0.0.0.0/0']

function aclsOf(sketch: NetworkSketch, vpc: string): readonly NetworkAcl[] {
  const acls: Readonly<Record<string, AclSketch>> = { 'acl-default': { rules: openAcl }, ...sketch.networkAcls }
  return Object.entries(acls).map(([id, { rules }]) => ({
    NetworkAclId: id,
    VpcId: vpc,
    IsDefault: id === 'acl-default',
    Associations: Object.entries(sketch.subnets)
      .filter(([, { acl = 'acl-default' }]) => acl === id)
      .map(([subnet]) => ({ NetworkAclId: id, SubnetId: subnet, NetworkAclAssociationId: `aclassoc-${subnet}` })),
    Entries: [...rules, '32767 deny out all 0.0.0.0/0', '32767 deny in all 0.0.0.0/0'].map(entryOf),
  }))
}

function entryOf(text: string): NetworkAclEntry {
  const words = text.split(' ')
  const [number = '0', action = 'deny', direction = 'in', protocol = 'all'] = words
  const ports = words.length === 6 ? words[4] : undefined
  const [from, to = from] = (ports ?? '').split('-').map(Number)
  const block = words.at(-1) ?? '0.0.0.0/0'
  return {
    RuleNumber: Number(number),
    RuleAction: action === 'allow' ? 'allow' : 'deny',
    Egress: direction === 'out',
    Protocol: protocol === 'tcp' ? '6' : protocol === 'udp' ? '17' : '-1',
    ...(block.includes(':') ? { Ipv6CidrBlock: block } : { CidrBlock: block }),
    ...(ports === undefined ? {} : { PortRange: { From: from, To: to } as { From: number; To: number } }),
  }
}

// ---- networks that people have ----

const taskGroup = { 'sg-task': { out: ['all 0.0.0.0/0'] } }

/** Two private subnets that reach the internet through one NAT gateway in a public subnet. */
export function privateSubnetsWithNat(): NetworkSketch {
  return {
    subnets: {
      'subnet-a': { routeTable: 'rtb-private' },
      'subnet-b': { routeTable: 'rtb-private' },
      'subnet-public': { routeTable: 'rtb-public' },
    },
    routeTables: { 'rtb-private': ['0.0.0.0/0 nat-1'], 'rtb-public': ['0.0.0.0/0 igw-1'] },
    nats: { 'nat-1': { subnet: 'subnet-public' } },
    securityGroups: taskGroup,
  }
}

/** Two private subnets with nothing but the VPC's own route: the mistake that costs a day. */
export function noWayOut(): NetworkSketch {
  return {
    subnets: { 'subnet-a': { routeTable: 'rtb-private' }, 'subnet-b': { routeTable: 'rtb-private' } },
    routeTables: { 'rtb-private': [] },
    securityGroups: taskGroup,
  }
}

/** Two subnets whose default route is the internet gateway: of use only to tasks with a public IP address. */
export function publicSubnets(): NetworkSketch {
  return {
    subnets: { 'subnet-a': { routeTable: 'rtb-public' }, 'subnet-b': { routeTable: 'rtb-public' } },
    routeTables: { 'rtb-public': ['0.0.0.0/0 igw-1'] },
    securityGroups: taskGroup,
  }
}

/** No internet, but every endpoint that a task with secrets needs. */
export function endpointsOnly(): NetworkSketch {
  const services = ['ecr.api', 'ecr.dkr', 'logs', 'secretsmanager', 'ssm']
  return {
    ...noWayOut(),
    securityGroups: { ...taskGroup, 'sg-endpoints': { in: ['443 sg-task'] } },
    endpoints: {
      ...Object.fromEntries(services.map((service) => [`vpce-${service}`, { service, groups: ['sg-endpoints'] }])),
      'vpce-s3': { service: 's3', type: 'Gateway', routeTables: ['rtb-private'] },
    },
  }
}
