/** EC2 as the preflight needs it: the Describe calls of a VPC, by EC2's query protocol. */

import type { NatGateway, NetworkAcl, RouteTable, SecurityGroup, Subnet, VpcEndpoint } from '@aws-sdk/client-ec2'
import { escapeXml, readForm } from './aws-query.ts'
import type { World } from './network/world.ts'
import { xmlOf } from './network/xml.ts'
import { pageAfter } from './paging.ts'
import { type Call, type Service, ServiceError } from './service.ts'

const version = '2016-11-15'

/** Input of every Describe call that lists things. */
interface ListInput {
  readonly ids: readonly string[]
  readonly filters: readonly { readonly name: string; readonly values: readonly string[] }[]
  readonly maxResults?: number
  readonly nextToken?: string
}

interface Listing<T extends object> {
  /** Member of the answer: `Subnets`. */
  readonly member: string
  /** Parameter that takes ids: `SubnetId`. */
  readonly idParameter: string
  readonly id: (item: T) => string
  readonly notFound: string
  /** As EC2's message calls it. */
  readonly noun: string
  readonly items: (world: World) => readonly T[]
  readonly filters: Readonly<Record<string, (item: T) => readonly (string | undefined)[]>>
}

function listing<T extends object>(
  one: Listing<T>,
): (world: World, input: Readonly<Record<string, unknown>>) => unknown {
  return (world, raw) => {
    const input = listInput(raw, one.idParameter)
    const all = one.items(world)
    const unknown = input.ids.filter((id) => !all.some((item) => one.id(item) === id))
    if (unknown.length > 0)
      throw new ServiceError(one.notFound, `The ${one.noun} '${unknown.join(', ')}' does not exist`)
    const found = all.filter(
      (item) => (input.ids.length === 0 || input.ids.includes(one.id(item))) && passes(one, item, input),
    )
    return page(one, found, input)
  }
}

function passes<T extends object>(one: Listing<T>, item: T, { filters }: ListInput): boolean {
  return filters.every(({ name, values }) => {
    const read = one.filters[name]
    if (read === undefined) throw new ServiceError('InvalidParameterValue', `The filter '${name}' is invalid`)
    return read(item).some((value) => value !== undefined && values.includes(value))
  })
}

function page<T extends object>(one: Listing<T>, found: readonly T[], { maxResults, nextToken }: ListInput): unknown {
  if (maxResults !== undefined && (maxResults < 5 || maxResults > 1000)) {
    throw new ServiceError(
      'InvalidParameterValue',
      `Value ( ${maxResults} ) for parameter maxResults is invalid. Expecting a value between 5 and 1000.`,
    )
  }
  const sorted = [...found].sort((a, b) => (one.id(a) < one.id(b) ? -1 : 1))
  const shown = pageAfter(sorted, maxResults ?? 1000, nextToken, one.id)
  if (shown === undefined) throw new ServiceError('InvalidParameterValue', 'The token is invalid')
  return { [one.member]: shown.items, ...(shown.nextToken ? { NextToken: shown.nextToken } : {}) }
}

const operations: Readonly<Record<string, (world: World, input: Readonly<Record<string, unknown>>) => unknown>> = {
  DescribeSubnets: listing<Subnet>({
    member: 'Subnets',
    idParameter: 'SubnetId',
    id: ({ SubnetId = '' }) => SubnetId,
    notFound: 'InvalidSubnetID.NotFound',
    noun: 'subnet ID',
    items: ({ subnets }) => subnets,
    filters: { 'subnet-id': (one) => [one.SubnetId], 'vpc-id': (one) => [one.VpcId] },
  }),
  DescribeRouteTables: listing<RouteTable>({
    member: 'RouteTables',
    idParameter: 'RouteTableId',
    id: ({ RouteTableId = '' }) => RouteTableId,
    notFound: 'InvalidRouteTableID.NotFound',
    noun: 'routeTable ID',
    items: ({ routeTables }) => routeTables,
    filters: {
      'vpc-id': (one) => [one.VpcId],
      'association.subnet-id': (one) => (one.Associations ?? []).map(({ SubnetId }) => SubnetId),
    },
  }),
  DescribeNatGateways: listing<NatGateway>({
    member: 'NatGateways',
    idParameter: 'NatGatewayId',
    id: ({ NatGatewayId = '' }) => NatGatewayId,
    notFound: 'NatGatewayNotFound',
    noun: 'NatGateway',
    items: ({ natGateways }) => natGateways,
    filters: { 'vpc-id': (one) => [one.VpcId], state: (one) => [one.State] },
  }),
  DescribeVpcEndpoints: listing<VpcEndpoint>({
    member: 'VpcEndpoints',
    idParameter: 'VpcEndpointId',
    id: ({ VpcEndpointId = '' }) => VpcEndpointId,
    notFound: 'InvalidVpcEndpointId.NotFound',
    noun: 'Vpc Endpoint Id',
    items: ({ endpoints }) => endpoints,
    filters: { 'vpc-id': (one) => [one.VpcId], 'service-name': (one) => [one.ServiceName] },
  }),
  DescribeSecurityGroups: listing<SecurityGroup>({
    member: 'SecurityGroups',
    idParameter: 'GroupId',
    id: ({ GroupId = '' }) => GroupId,
    notFound: 'InvalidGroup.NotFound',
    noun: 'security group',
    items: ({ securityGroups }) => securityGroups,
    filters: { 'group-id': (one) => [one.GroupId], 'vpc-id': (one) => [one.VpcId] },
  }),
  DescribeNetworkAcls: listing<NetworkAcl>({
    member: 'NetworkAcls',
    idParameter: 'NetworkAclId',
    id: ({ NetworkAclId = '' }) => NetworkAclId,
    notFound: 'InvalidNetworkAclID.NotFound',
    noun: 'networkAcl ID',
    items: ({ networkAcls }) => networkAcls,
    filters: { 'vpc-id': (one) => [one.VpcId] },
  }),
  DescribeVpcAttribute: describeVpcAttribute,
}

function describeVpcAttribute(world: World, input: Readonly<Record<string, unknown>>): unknown {
  const { VpcId: vpc, Attribute: attribute } = input
  const known = world.vpcs[String(vpc)]
  if (known === undefined) throw new ServiceError('InvalidVpcID.NotFound', `The vpc ID '${vpc}' does not exist`)
  if (attribute === 'enableDnsSupport') return { VpcId: vpc, EnableDnsSupport: { Value: known.dnsSupport } }
  if (attribute === 'enableDnsHostnames') return { VpcId: vpc, EnableDnsHostnames: { Value: known.dnsHostnames } }
  throw new ServiceError('InvalidParameterValue', `Value (${attribute}) for parameter attribute is invalid`)
}

/** Reads `SubnetId.1`, `Filter.1.Name` and `Filter.1.Value.2`. */
function listInput(raw: Readonly<Record<string, unknown>>, idParameter: string): ListInput {
  const numbered = (prefix: string) =>
    Object.entries(raw)
      .filter(([name]) => name.startsWith(`${prefix}.`) && /^\d+$/.test(name.slice(prefix.length + 1)))
      .map(([, value]) => String(value))
  const filters: { name: string; values: readonly string[] }[] = []
  for (let index = 1; raw[`Filter.${index}.Name`] !== undefined; index += 1) {
    filters.push({ name: String(raw[`Filter.${index}.Name`]), values: numbered(`Filter.${index}.Value`) })
  }
  const { MaxResults: maxResults, NextToken: nextToken } = raw
  return {
    ids: numbered(idParameter),
    filters,
    ...(maxResults === undefined ? {} : { maxResults: Number(maxResults) }),
    ...(nextToken === undefined ? {} : { nextToken: String(nextToken) }),
  }
}

/**
 * @param world asked at every call, so that a test may change it in between
 */
export function ec2(world: () => World): Service {
  return {
    name: 'ec2',
    read: (request) => readForm(request, version),
    answer({ operation, input }: Call) {
      const work = operations[operation]
      if (work) return work(world(), input)
      throw new ServiceError('InvalidAction', `The action ${operation} is not valid for this web service.`)
    },
    write: ({ operation }, output, requestId) => ({
      status: 200,
      contentType: 'text/xml;charset=UTF-8',
      body:
        `<?xml version="1.0" encoding="UTF-8"?>\n<${operation}Response xmlns="http://ec2.amazonaws.com/doc/${version}/">` +
        `<requestId>${requestId}</requestId>${xmlOf(output)}</${operation}Response>`,
    }),
    writeError: (_call, error, requestId) => ({
      status: error.status,
      contentType: 'text/xml;charset=UTF-8',
      body:
        '<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error>' +
        `<Code>${error.code}</Code><Message>${escapeXml(error.message)}</Message>` +
        `</Error></Errors><RequestID>${requestId}</RequestID></Response>`,
    }),
  }
}
