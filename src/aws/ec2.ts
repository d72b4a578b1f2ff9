import type { Filter } from '@aws-sdk/client-ec2'
import {
  DescribeVpcAttributeCommand,
  EC2Client,
  paginateDescribeNatGateways,
  paginateDescribeNetworkAcls,
  paginateDescribeRouteTables,
  paginateDescribeSecurityGroups,
  paginateDescribeSubnets,
  paginateDescribeVpcEndpoints,
} from '@aws-sdk/client-ec2'
import type { NetworkLookups } from '../preflight/ports.ts'
import { checked } from './answers.ts'
import { type ClientConfig, call } from './client.ts'
import { allItems } from './pages.ts'

/** EC2's largest page, except for route tables. */
const PAGE = 1000
const ROUTE_TABLES_PAGE = 100

export function createEc2(config: ClientConfig, region: string): NetworkLookups {
  const client = checked('ec2', new EC2Client({ ...config, region }))
  const ask = <T>(action: string, send: () => Promise<T>) => call(`ec2:${action}`, async () => region, send)
  const read = <Input extends object, Output, Item>(
    action: string,
    paginate: (config: Paging, input: Input, options: { abortSignal: AbortSignal }) => AsyncIterable<Output>,
    items: (page: Output) => readonly Item[] | undefined,
    input: Input,
    signal: AbortSignal,
    pageSize: number = PAGE,
  ) => ask(action, () => allItems(paginate({ client, pageSize }, input, { abortSignal: signal }), items))
  const subnets = (filters: Filter[], signal: AbortSignal) =>
    read('DescribeSubnets', paginateDescribeSubnets, ({ Subnets }) => Subnets, { Filters: filters }, signal)
  const securityGroups = (filters: Filter[], signal: AbortSignal) =>
    read(
      'DescribeSecurityGroups',
      paginateDescribeSecurityGroups,
      ({ SecurityGroups }) => SecurityGroups,
      { Filters: filters },
      signal,
    )
  return {
    // By filter and not by id: an id that does not exist would make the whole answer an error.
    subnets: (ids, signal) => subnets([{ Name: 'subnet-id', Values: [...ids] }], signal),
    securityGroups: (ids, signal) => securityGroups([{ Name: 'group-id', Values: [...ids] }], signal),
    subnetsOf: (vpc, signal) => subnets(inVpc(vpc), signal),
    securityGroupsOf: (vpc, signal) => securityGroups(inVpc(vpc), signal),
    routeTablesOf: (vpc, signal) =>
      read(
        'DescribeRouteTables',
        paginateDescribeRouteTables,
        ({ RouteTables }) => RouteTables,
        { Filters: inVpc(vpc) },
        signal,
        ROUTE_TABLES_PAGE,
      ),
    natGatewaysOf: (vpc, signal) =>
      read(
        'DescribeNatGateways',
        paginateDescribeNatGateways,
        ({ NatGateways }) => NatGateways,
        { Filter: inVpc(vpc) },
        signal,
      ),
    endpointsOf: (vpc, signal) =>
      read(
        'DescribeVpcEndpoints',
        paginateDescribeVpcEndpoints,
        ({ VpcEndpoints }) => VpcEndpoints,
        { Filters: inVpc(vpc) },
        signal,
      ),
    networkAclsOf: (vpc, signal) =>
      read(
        'DescribeNetworkAcls',
        paginateDescribeNetworkAcls,
        ({ NetworkAcls }) => NetworkAcls,
        { Filters: inVpc(vpc) },
        signal,
      ),
    attribute: (vpc, name, signal) =>
      ask('DescribeVpcAttribute', async () => {
        const command = new DescribeVpcAttributeCommand({ VpcId: vpc, Attribute: name })
        const { EnableDnsSupport, EnableDnsHostnames } = await client.send(command, { abortSignal: signal })
        return (name === 'enableDnsSupport' ? EnableDnsSupport : EnableDnsHostnames)?.Value ?? true
      }),
  }
}

interface Paging {
  readonly client: EC2Client
  readonly pageSize: number
}

function inVpc(vpc: string): Filter[] {
  return [{ Name: 'vpc-id', Values: [vpc] }]
}
