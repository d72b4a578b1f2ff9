import type { SecurityGroup, Subnet } from '@aws-sdk/client-ec2'
import { AwsError } from '../model.ts'
import type { Deadline } from './deadline.ts'
import type { Gaps } from './gaps.ts'
import type { DescribedNetwork } from './network.ts'
import type { NetworkLookups } from './ports.ts'

/** Where the VPC could not be learnt the calls are made all the same: they show which permissions are missing. */
const UNKNOWN_VPC = 'vpc-00000000000000000'

function unlessUnknown(error: unknown): undefined {
  if (!(error instanceof AwsError && error.facts.kind === 'not-found')) throw error
}

/** Two rounds: the subnets name the VPC, and everything else is asked by VPC at once. */
export async function describeNetwork(
  ec2: NetworkLookups,
  asked: { readonly subnets: readonly string[]; readonly securityGroups: readonly string[] },
  { limit, gaps }: { readonly limit: Deadline; readonly gaps: Gaps },
): Promise<DescribedNetwork> {
  const { signal } = limit
  const note = <T>(what: string, work: Promise<T>) => gaps.note(what, limit.race(work))
  const ids = asked.securityGroups
  const askedGroups = ids.length === 0 ? [] : note('the security groups', ec2.securityGroups(ids, signal))
  const subnets = await note('the subnets', ec2.subnets(asked.subnets, signal))
  const vpc = subnets?.[0]?.VpcId ?? (await askedGroups)?.[0]?.VpcId
  const at = vpc ?? UNKNOWN_VPC
  const ofVpc = <T>(what: string, work: Promise<T>): Promise<T | undefined> =>
    note(what, vpc === undefined ? work.then(() => undefined, unlessUnknown) : work)
  const attribute = (name: 'enableDnsSupport' | 'enableDnsHostnames') =>
    ofVpc('the DNS settings of the VPC', ec2.attribute(at, name, signal))
  const [groups, neighbours, otherGroups, routeTables, natGateways, endpoints, networkAcls, dnsSupport, dnsHostnames] =
    await Promise.all([
      askedGroups,
      ofVpc('the subnets', ec2.subnetsOf(at, signal)),
      ofVpc('the security groups', ec2.securityGroupsOf(at, signal)),
      ofVpc('the route tables', ec2.routeTablesOf(at, signal)),
      ofVpc('the NAT gateways', ec2.natGatewaysOf(at, signal)),
      ofVpc('the VPC endpoints', ec2.endpointsOf(at, signal)),
      ofVpc('the network ACLs', ec2.networkAclsOf(at, signal)),
      attribute('enableDnsSupport'),
      attribute('enableDnsHostnames'),
    ])
  return withoutUndefined({
    subnets: together<Subnet>(subnets, neighbours, ({ SubnetId }) => SubnetId),
    securityGroups: together<SecurityGroup>(groups, otherGroups, ({ GroupId }) => GroupId),
    routeTables,
    natGateways,
    endpoints,
    networkAcls,
    dnsSupport,
    dnsHostnames,
  })
}

/** Undefined when the first, on which the judgement rests, is not there. */
function together<T>(
  first: readonly T[] | undefined,
  second: readonly T[] | undefined,
  id: (item: T) => string | undefined,
): readonly T[] | undefined {
  return first && [...new Map([...first, ...(second ?? [])].map((item) => [id(item), item])).values()]
}

function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> }
}
