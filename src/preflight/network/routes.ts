import type { NatGateway, Route, RouteTable, Subnet } from '@aws-sdk/client-ec2'
import { EVERYWHERE } from './cidr.ts'
import { type DescribedNetwork, listed, type Placement, routeTableOf } from './vpc.ts'

/** Whether a task in a subnet can reach the internet over IPv4. */
export type WayOut =
  /** `elsewhere`: the routes to other networks, behind which private copies of a service may stand. */
  | { readonly kind: 'open'; readonly elsewhere: readonly string[] }
  | {
      readonly kind: 'closed' | 'doubt'
      readonly code: string
      /** Continues "subnet-… uses rtb-…, ". */
      readonly because: string
      /** What to build or change, as an order. */
      readonly remedy: string
    }
  /** The route table was not described. */
  | { readonly kind: 'unseen' }

type Blocked = Extract<WayOut, { readonly kind: 'closed' | 'doubt' }>

/**
 * Follows the default route of a subnet's route table, through a NAT gateway's own route table where it leads there.
 * Closed only on proof: a route to another network leaves the doubt that endpoints stand behind it.
 */
export function wayOut(network: DescribedNetwork, subnet: Subnet, placement: Placement): WayOut {
  const table = routeTableOf(network, subnet.SubnetId ?? '')
  if (table === undefined) return { kind: 'unseen' }
  const elsewhere = routesElsewhere(table)
  const route = defaultRoute(table)
  const blocked = route ? followDefault(network, table, route, placement) : withoutDefault(subnet, table)
  if (blocked === undefined) return { kind: 'open', elsewhere }
  const others = [...elsewhere, ...routesOverIpv6(subnet, table)]
  if (blocked.kind === 'doubt' || others.length === 0) return blocked
  return {
    kind: 'doubt',
    code: 'route-elsewhere',
    because: `${blocked.because}, and whose route ${listed(others)} may or may not lead to what the task needs`,
    remedy: `Make sure that the network behind it answers for these services; otherwise ${lowered(blocked.remedy)}`,
  }
}

function lowered(order: string): string {
  return order.charAt(0).toLowerCase() + order.slice(1)
}

function defaultRoute(table: RouteTable): Route | undefined {
  return table.Routes?.find(({ DestinationCidrBlock }) => DestinationCidrBlock === EVERYWHERE)
}

/** The target as the route names it. */
export function targetOf(route: Route): string {
  return (
    route.NatGatewayId ??
    route.TransitGatewayId ??
    route.VpcPeeringConnectionId ??
    route.NetworkInterfaceId ??
    route.InstanceId ??
    route.EgressOnlyInternetGatewayId ??
    route.LocalGatewayId ??
    route.CarrierGatewayId ??
    route.CoreNetworkArn ??
    route.OdbNetworkArn ??
    route.GatewayId ??
    'an unknown target'
  )
}

function isInternetGateway(route: Route): boolean {
  return route.GatewayId?.startsWith('igw-') === true
}

/**
 * Routes that leave the VPC for less than everything. The route of a gateway endpoint has a prefix list as its
 * destination and is none of them; a firewall's endpoint has a block.
 */
function routesElsewhere(table: RouteTable): readonly string[] {
  return (table.Routes ?? [])
    .filter(
      (route) =>
        route.State !== 'blackhole' &&
        route.GatewayId !== 'local' &&
        route.DestinationCidrBlock !== EVERYWHERE &&
        route.DestinationIpv6CidrBlock === undefined &&
        !(route.DestinationPrefixListId && route.GatewayId?.startsWith('vpce-')),
    )
    .map((route) => `${route.DestinationCidrBlock ?? route.DestinationPrefixListId} to ${targetOf(route)}`)
}

function withoutDefault(subnet: Subnet, table: RouteTable): Blocked {
  const newRoute = `a NAT gateway in a public subnet and a route ${EVERYWHERE} to it in ${table.RouteTableId}`
  const overIpv6 = routesOverIpv6(subnet, table)
  if (overIpv6.length === 0) {
    return {
      kind: 'closed',
      code: 'no-route',
      because: 'which has no route to the internet',
      remedy: `Build ${newRoute}`,
    }
  }
  return {
    kind: 'doubt',
    code: 'ipv6-only',
    because: `which leads to the internet over IPv6 only (${listed(overIpv6)})`,
    remedy: `Make sure that image, secrets and logs are addressed by dual-stack names, or build ${newRoute}`,
  }
}

/** Of use only to a subnet that has IPv6 addresses, and to names that do. */
function routesOverIpv6(subnet: Subnet, table: RouteTable): readonly string[] {
  if (!subnet.Ipv6Native && (subnet.Ipv6CidrBlockAssociationSet ?? []).length === 0) return []
  return (table.Routes ?? [])
    .filter(
      (route) =>
        route.DestinationIpv6CidrBlock !== undefined && route.GatewayId !== 'local' && route.State !== 'blackhole',
    )
    .map((route) => `${route.DestinationIpv6CidrBlock} to ${targetOf(route)}`)
}

function followDefault(
  network: DescribedNetwork,
  table: RouteTable,
  route: Route,
  placement: Placement,
): Blocked | undefined {
  if (route.State === 'blackhole') return blackhole(table, route)
  if (isInternetGateway(route)) {
    return placement.assignPublicIp ? undefined : noPublicIp(table, route)
  }
  if (route.NatGatewayId !== undefined) return followNat(network, table, route.NatGatewayId)
  return {
    kind: 'doubt',
    code: 'way-out-unseen',
    because: `whose route ${EVERYWHERE} leads to ${targetOf(route)}, and what lies behind that cannot be seen from here`,
    remedy: `Make sure that ${targetOf(route)} leads to the internet or to these services`,
  }
}

function blackhole(table: RouteTable, route: Route): Blocked {
  return {
    kind: 'closed',
    code: 'route-blackhole',
    because: `whose route ${EVERYWHERE} leads to ${targetOf(route)}, which is gone or detached (blackhole)`,
    remedy: isInternetGateway(route)
      ? `Attach an internet gateway to ${table.VpcId} and lead ${EVERYWHERE} in ${table.RouteTableId} to it`
      : `Replace that route in ${table.RouteTableId} by one to a NAT gateway that is available`,
  }
}

function noPublicIp(table: RouteTable, route: Route): Blocked {
  return {
    kind: 'closed',
    code: 'no-public-ip',
    because: `whose way to the internet, ${route.GatewayId}, serves only tasks with a public IP address (this one gets none)`,
    remedy: `Use private subnets with a NAT gateway, or set assign-public-ip: true, or lead ${EVERYWHERE} in ${table.RouteTableId} to a NAT gateway`,
  }
}

function followNat(network: DescribedNetwork, table: RouteTable, natId: string): Blocked | undefined {
  if (network.natGateways === undefined) return undefined
  const nat = network.natGateways.find(({ NatGatewayId }) => NatGatewayId === natId)
  const leads = `whose route ${EVERYWHERE} leads to ${natId}`
  if (nat === undefined) {
    return {
      kind: 'doubt',
      code: 'nat-unseen',
      because: `${leads}, which EC2 does not show to these credentials`,
      remedy: `Make sure that ${natId} exists, is available and leads to the internet`,
    }
  }
  return natState(nat, table, leads) ?? natsOwnWayOut(network, nat, leads)
}

function natState({ NatGatewayId, State }: NatGateway, table: RouteTable, leads: string): Blocked | undefined {
  if (State === 'available' || State === undefined) return undefined
  if (State === 'pending') {
    return {
      kind: 'doubt',
      code: 'nat-pending',
      because: `${leads}, which is still being made (pending)`,
      remedy: `Wait until ${NatGatewayId} is available`,
    }
  }
  return {
    kind: 'closed',
    code: 'nat-not-available',
    because: `${leads}, whose state is ${State}`,
    remedy: `Make a new NAT gateway in a public subnet and lead ${EVERYWHERE} in ${table.RouteTableId} to it`,
  }
}

/** A zonal NAT gateway uses the route table of its subnet; a regional one has a table of its own. */
function natsOwnWayOut(network: DescribedNetwork, nat: NatGateway, leads: string): Blocked | undefined {
  const regional = nat.AvailabilityMode === 'regional'
  const table = regional
    ? network.routeTables?.find(({ RouteTableId }) => RouteTableId === nat.RouteTableId)
    : routeTableOf(network, nat.SubnetId ?? '')
  const route = table && defaultRoute(table)
  const where = regional ? '' : ` in ${nat.SubnetId}`
  if (nat.ConnectivityType === 'private') return privateNat(nat, route, leads)
  if (table === undefined) return undefined
  if (route && isInternetGateway(route) && route.State !== 'blackhole') return undefined
  const own = `${leads}${where}, which uses ${table.RouteTableId}`
  if (route === undefined) return natWithoutWayOut(nat, table, `${own}, which has no route to the internet`)
  if (route.State === 'blackhole') {
    return natWithoutWayOut(
      nat,
      table,
      `${own}, whose route ${EVERYWHERE} leads to ${targetOf(route)}, which is gone or detached (blackhole)`,
    )
  }
  if (route.NatGatewayId === nat.NatGatewayId) {
    return natWithoutWayOut(nat, table, `${own}, which leads ${EVERYWHERE} back to ${nat.NatGatewayId} itself`)
  }
  return {
    kind: 'doubt',
    code: 'nat-way-out-unseen',
    because: `${own}, which leads ${EVERYWHERE} to ${targetOf(route)}, and what lies behind that cannot be seen from here`,
    remedy: `Make sure that ${targetOf(route)} leads to the internet`,
  }
}

function natWithoutWayOut(nat: NatGateway, table: RouteTable, because: string): Blocked {
  const remedy =
    nat.AvailabilityMode === 'regional'
      ? `Add a route ${EVERYWHERE} to an internet gateway in ${table.RouteTableId}`
      : `Put the NAT gateway into a public subnet, one whose route ${EVERYWHERE} leads to an internet gateway`
  return { kind: 'closed', code: 'nat-without-way-out', because, remedy }
}

/** "If you route traffic from the private NAT gateway to the internet gateway, the internet gateway drops it": VPC user guide. */
function privateNat(nat: NatGateway, route: Route | undefined, leads: string): Blocked {
  const because = `${leads}, a private NAT gateway, which does not lead to the internet`
  const remedy = `Lead ${EVERYWHERE} to a public NAT gateway instead of ${nat.NatGatewayId}`
  const dropped = route === undefined || route.State === 'blackhole' || isInternetGateway(route)
  if (dropped) return { kind: 'closed', code: 'nat-private', because, remedy }
  return {
    kind: 'doubt',
    code: 'nat-private',
    because: `${leads}, a private NAT gateway that hands on to ${targetOf(route)}, and what lies behind that cannot be seen from here`,
    remedy,
  }
}
