import type { IpPermission, SecurityGroup, Subnet, VpcEndpoint } from '@aws-sdk/client-ec2'
import { EVERYWHERE, isPrivate, relation } from './cidr.ts'

/** Whether traffic passes: proof for yes and no, doubt for maybe. */
export type Passage = 'yes' | 'maybe' | 'no'

/** TCP. */
export const HTTPS = 443

/** The rules that cover a TCP port; protocol -1 is all traffic. */
function rulesFor(port: number, rules: readonly IpPermission[] | undefined): readonly IpPermission[] {
  return (rules ?? []).filter(({ IpProtocol, FromPort, ToPort }) => {
    if (IpProtocol === '-1') return true
    const tcp = IpProtocol === 'tcp' || IpProtocol === '6'
    return tcp && (FromPort ?? 0) <= port && port <= (ToPort ?? 65_535)
  })
}

/** All that the task's groups together let out on a port: security groups add up. */
export interface Egress {
  readonly blocks: readonly string[]
  readonly prefixLists: readonly string[]
  readonly groups: readonly string[]
  readonly ipv6: boolean
}

export function egressOf(groups: readonly SecurityGroup[], port: number): Egress {
  const rules = groups.flatMap(({ IpPermissionsEgress }) => rulesFor(port, IpPermissionsEgress))
  const blocks = rules.flatMap(({ IpRanges = [] }) => IpRanges.map(({ CidrIp }) => CidrIp ?? ''))
  return {
    blocks,
    prefixLists: rules.flatMap(({ PrefixListIds = [] }) => PrefixListIds.map(({ PrefixListId }) => PrefixListId ?? '')),
    groups: rules.flatMap(({ UserIdGroupPairs = [] }) => UserIdGroupPairs.map(({ GroupId }) => GroupId ?? '')),
    ipv6: rules.some(({ Ipv6Ranges = [] }) => Ipv6Ranges.length > 0),
  }
}

export function letsNothingOut({ blocks, prefixLists, groups, ipv6 }: Egress): boolean {
  return blocks.length + prefixLists.length + groups.length === 0 && !ipv6
}

/** To public addresses that are not known beforehand. What a prefix list holds is not looked up. */
export function outToInternet(egress: Egress, overIpv6: boolean): Passage {
  if (egress.blocks.includes(EVERYWHERE)) return 'yes'
  const some =
    egress.prefixLists.length > 0 || egress.blocks.some((cidr) => !isPrivate(cidr)) || (egress.ipv6 && overIpv6)
  return some ? 'maybe' : 'no'
}

/** To S3 through a gateway endpoint, whose route names S3's prefix list. */
export function outToS3(egress: Egress, prefixList: string | undefined): Passage {
  if (prefixList !== undefined && egress.prefixLists.includes(prefixList)) return 'yes'
  return outToInternet(egress, false)
}

/**
 * To the interfaces of an endpoint, which have addresses in its subnets.
 * @param s3 the prefix list of S3, which holds no address of a VPC
 */
export function outToEndpoint(
  egress: Egress,
  endpoint: VpcEndpoint,
  subnets: readonly Subnet[],
  s3: string | undefined,
): Passage {
  const groups = (endpoint.Groups ?? []).map(({ GroupId }) => GroupId)
  if (egress.groups.some((id) => groups.includes(id))) return 'yes'
  const passage = best(blocksOf(endpoint.SubnetIds ?? [], subnets).map((block) => passageOf(egress.blocks, block)))
  return passage === 'no' && egress.prefixLists.some((id) => id !== s3) ? 'maybe' : passage
}

/** The interfaces' own groups must let the task in: by its group, or by the block of the subnet it is in. */
export function intoEndpoint(
  endpointGroups: readonly SecurityGroup[],
  taskGroups: readonly string[],
  subnet: Subnet,
): Passage {
  const rules = endpointGroups.flatMap(({ IpPermissions }) => rulesFor(HTTPS, IpPermissions))
  const admitted = rules.flatMap(({ UserIdGroupPairs = [] }) => UserIdGroupPairs.map(({ GroupId }) => GroupId ?? ''))
  if (admitted.some((id) => taskGroups.includes(id))) return 'yes'
  const blocks = rules.flatMap(({ IpRanges = [] }) => IpRanges.map(({ CidrIp }) => CidrIp ?? ''))
  const passage = passageOf(blocks, subnet.CidrBlock)
  if (passage === 'yes') return 'yes'
  const unread = rules.some(({ PrefixListIds = [], Ipv6Ranges = [] }) => PrefixListIds.length + Ipv6Ranges.length > 0)
  return unread ? 'maybe' : passage
}

function blocksOf(ids: readonly string[], subnets: readonly Subnet[]): readonly (string | undefined)[] {
  const blocks = subnets.filter(({ SubnetId }) => SubnetId && ids.includes(SubnetId)).map(({ CidrBlock }) => CidrBlock)
  return blocks.length < ids.length || blocks.length === 0 ? [...blocks, undefined] : blocks
}

/** Whether rules with these blocks pass all of `block`; a block that is not known leaves the doubt. */
function passageOf(rules: readonly string[], block: string | undefined): Passage {
  if (rules.includes(EVERYWHERE)) return 'yes'
  if (rules.length === 0) return 'no'
  if (block === undefined) return 'maybe'
  const relations = rules.map((rule) => relation(rule, block))
  if (relations.includes('covers')) return 'yes'
  return relations.includes('overlaps') ? 'maybe' : 'no'
}

/** An endpoint answers from each of its subnets: doubt when the task gets to some of them only. */
function best(passages: readonly Passage[]): Passage {
  if (passages.every((passage) => passage === 'yes')) return 'yes'
  return passages.every((passage) => passage === 'no') ? 'no' : 'maybe'
}
