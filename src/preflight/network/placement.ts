import type { Subnet } from '@aws-sdk/client-ec2'
import type { Problem } from '../../model.ts'
import type { Site } from './site.ts'
import { type DescribedNetwork, listed, type Placement } from './vpc.ts'

/** Whether subnets and security groups exist, and the subnets are of one VPC. */
export function judgePlacement(network: DescribedNetwork, placement: Placement): readonly Problem[] {
  const { subnets, securityGroups } = network
  return [
    ...(subnets ? absent('subnet', placement.subnets, new Set(subnets.map((one) => one.SubnetId)), placement) : []),
    ...(subnets ? severalVpcs(subnets, placement) : []),
    ...(securityGroups
      ? absent('security group', placement.securityGroups, new Set(securityGroups.map((one) => one.GroupId)), placement)
      : []),
  ]
}

function absent(
  what: 'subnet' | 'security group',
  asked: readonly string[],
  there: ReadonlySet<string | undefined>,
  { region, account }: Placement,
): readonly Problem[] {
  const missing = asked.filter((id) => !there.has(id))
  if (missing.length === 0) return []
  const verb = missing.length === 1 ? 'does' : 'do'
  const where = account === undefined ? `Region ${region}` : `Region ${region} of account ${account}`
  return [
    {
      code: `${what.replace(' ', '-')}-not-found`,
      reason: `The task cannot start: ${listed(missing)} ${verb} not exist in ${where}.`,
      remedy: `Check the ${what} ids, and that credentials and Region are those of the network.`,
      evidence: missing.map((id) => `EC2 lists no ${what} ${id} in ${where}`),
    },
  ]
}

function severalVpcs(subnets: readonly Subnet[], placement: Placement): readonly Problem[] {
  const asked = subnets.filter(({ SubnetId }) => placement.subnets.includes(SubnetId ?? ''))
  if (new Set(asked.map(({ VpcId }) => VpcId)).size < 2) return []
  const places = asked.map(({ SubnetId, VpcId }) => `${SubnetId} is in ${VpcId}`)
  return [
    {
      code: 'several-vpcs',
      reason: `The task cannot start: all its subnets must be in one VPC, but ${listed(places)}.`,
      remedy: 'Give subnets of one VPC only: the one from which the database can be reached.',
      evidence: places,
    },
  ]
}

/** A group can be associated with further VPCs, which DescribeSecurityGroups does not show: a doubt. */
export function otherVpcGroups(network: DescribedNetwork, sites: readonly Site[]): readonly Problem[] {
  const [site] = sites
  if (site === undefined || network.securityGroups === undefined) return []
  const others = (site.groups ?? []).filter(({ VpcId }) => VpcId !== undefined && VpcId !== site.vpc)
  if (others.length === 0) return []
  const places = others.map(({ GroupId, VpcId }) => `${GroupId} is in ${VpcId}`)
  return [
    {
      code: 'security-group-other-vpc',
      reason: `The task may not start: its subnets are in ${site.vpc}, but ${listed(places)}.`,
      remedy: `Give security groups of ${site.vpc}, or associate the group with that VPC.`,
      evidence: places,
    },
  ]
}
