import type { RouteTable, VpcEndpoint } from '@aws-sdk/client-ec2'
import type { DescribedNetwork } from './vpc.ts'

/** How a service can be reached without leaving the VPC. */
export type EndpointWay =
  /** Private DNS sends every subnet of the VPC to this endpoint, also where there is a NAT gateway (docs/platform-facts.md#endpoints). */
  | { readonly kind: 'interface'; readonly endpoint: VpcEndpoint }
  /** `prefixList`: S3's addresses, as the endpoint's route names them. */
  | { readonly kind: 'gateway'; readonly endpoint: VpcEndpoint; readonly prefixList?: string }
  /** An endpoint that may or may not do; `endpoint` where it may take over the name, way out or not. */
  | { readonly kind: 'doubt'; readonly because: string; readonly endpoint?: VpcEndpoint }
  /** No endpoint, or one that cannot do, and why. */
  | { readonly kind: 'none'; readonly because?: string }

/**
 * The endpoint that answers for a service from subnets that use `table`.
 * @param service as in the endpoint's service name: `ecr.api`, `secretsmanager`
 */
export function endpointWay(
  network: DescribedNetwork,
  table: RouteTable,
  service: string,
  region: string,
): EndpointWay {
  const endpoints = (network.endpoints ?? []).filter(
    ({ VpcId, ServiceName }) => VpcId === table.VpcId && ServiceName?.endsWith(`.${region}.${service}`),
  )
  const ways = endpoints.map((endpoint) => wayThrough(network, table, service, endpoint))
  const inOrder = ['interface', 'gateway', 'doubt', 'none'] as const
  for (const kind of inOrder) {
    const way = ways.find((one) => one.kind === kind)
    if (way) return way
  }
  return { kind: 'none' }
}

/** States of an endpoint that answers nobody. */
const GONE: ReadonlySet<string> = new Set(['rejected', 'failed', 'expired', 'deleting', 'deleted'])

function wayThrough(network: DescribedNetwork, table: RouteTable, service: string, endpoint: VpcEndpoint): EndpointWay {
  const name = `endpoint ${endpoint.VpcEndpointId} for ${service}`
  // The API writes states in lower camel case (`pendingAcceptance`), the SDK's type in upper.
  const state = endpoint.State?.toLowerCase() ?? 'available'
  if (state.startsWith('pending')) return { kind: 'doubt', because: `${name} is not ready yet (${endpoint.State})` }
  if (GONE.has(state)) return { kind: 'none', because: `${name} is in state ${endpoint.State}` }
  // `partial`, and states that AWS may add.
  if (state !== 'available') return { kind: 'doubt', because: `${name} is in state ${endpoint.State}`, endpoint }
  if (endpoint.VpcEndpointType === 'Gateway') return throughGateway(table, endpoint, name)
  if (endpoint.VpcEndpointType !== 'Interface') return { kind: 'none' }
  return throughInterface(network, service, endpoint, name)
}

function throughGateway(table: RouteTable, endpoint: VpcEndpoint, name: string): EndpointWay {
  if (!endpoint.RouteTableIds?.includes(table.RouteTableId ?? '')) {
    return { kind: 'none', because: `${name} is not associated with ${table.RouteTableId}` }
  }
  const route = table.Routes?.find(({ GatewayId }) => GatewayId === endpoint.VpcEndpointId)
  const prefixList = route?.DestinationPrefixListId
  return { kind: 'gateway', endpoint, ...(prefixList === undefined ? {} : { prefixList }) }
}

function throughInterface(
  { dnsSupport, dnsHostnames }: DescribedNetwork,
  service: string,
  endpoint: VpcEndpoint,
  name: string,
): EndpointWay {
  // A private hosted zone, or another DNS server, can lead to it all the same (AWS's multi-VPC whitepaper): no proof.
  if (!endpoint.PrivateDnsEnabled)
    return { kind: 'doubt', because: `${name} has private DNS off: only a DNS zone of your own leads to it` }
  const off = [
    ...(dnsSupport === false ? ['enableDnsSupport'] : []),
    ...(dnsHostnames === false ? ['enableDnsHostnames'] : []),
  ]
  if (off.length > 0) {
    return {
      kind: 'doubt',
      because: `${name} has private DNS, which does nothing while ${off.join(' and ')} of ${endpoint.VpcId} is off`,
    }
  }
  // AWS's text on ECR excluded S3's interface endpoint in 2023 and says nothing of it in 2026 (docs/platform-facts.md#way-out).
  if (service === 's3') {
    const because = `${name} is of the interface type, where ECR's layers ask for the gateway type`
    return { kind: 'doubt', because, endpoint }
  }
  return { kind: 'interface', endpoint }
}
