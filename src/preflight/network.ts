import type { Problem } from '../model.ts'
import type { Judgement } from './judgement.ts'
import type { Need } from './needs.ts'
import { judgeEgress, judgeEgressAtAll, judgeEndpointGroups, judgeNetworkAcl } from './network/firewalls.ts'
import { judgePlacement, otherVpcGroups } from './network/placement.ts'
import { wayOut } from './network/routes.ts'
import { type Finding, pathTo, type Site, siteOf, subject, targetsOf } from './network/site.ts'
import { type DescribedNetwork, listed, type Placement, routeTableOf } from './network/vpc.ts'
import { judgeWays } from './network/ways.ts'

export type { DescribedNetwork, Placement } from './network/vpc.ts'

/**
 * Judges the network that ECS is to run the task in, subnet by subnet (docs/platform-facts.md#way-out).
 * It refuses when a task cannot start in any of the subnets; where it can start in some, it warns.
 * @param network as EC2 described it; parts left out lead to no conclusion
 * @param needs the services without which the start fails
 */
export function judgeNetwork(network: DescribedNetwork, needs: readonly Need[], placement: Placement): Judgement {
  const misplaced = judgePlacement(network, placement)
  if (misplaced.length > 0) return { refusals: misplaced, warnings: [] }
  const targets = targetsOf(needs, placement.region)
  const sites = (network.subnets ?? [])
    .filter(({ SubnetId }) => SubnetId && placement.subnets.includes(SubnetId))
    .map((subnet) => siteOf(network, placement, targets, subnet))
  const findings = sites.flatMap(judgeSite)
  const inEverySubnet = sites.every(({ id }) => findings.some(({ proof, subnet }) => proof && subnet === id))
  const problems = (proof: boolean) =>
    problemsOf(
      findings.filter((one) => one.proof === proof),
      inEverySubnet,
    )
  const doubts = [...problems(false), ...otherVpcGroups(network, sites)]
  return inEverySubnet
    ? { refusals: problems(true), warnings: doubts }
    : { refusals: [], warnings: [...problems(true), ...doubts] }
}

function judgeSite(site: Site): readonly Finding[] {
  const own = [...judgeAddresses(site), ...judgeEgressAtAll(site)]
  const shared = sharedSubnet(site)
  if (shared) return [...own, shared]
  const exit = wayOut(site.network, site.subnet, site.placement)
  const table = routeTableOf(site.network, site.id)
  const paths = table ? site.targets.map((target) => pathTo(site, table, target)) : []
  return [
    ...own,
    ...(table ? judgeWays(site, table, exit, paths) : []),
    ...judgeEndpointGroups(site, paths),
    ...judgeEgress(site, exit, paths),
    ...judgeNetworkAcl(site, paths),
  ]
}

function judgeAddresses({ id, subnet }: Site): readonly Finding[] {
  if (subnet.AvailableIpAddressCount !== 0 || subnet.Ipv6Native) return []
  return [
    {
      code: 'no-free-address',
      proof: true,
      subnet: id,
      says: (subnets) => `${listed(subnets)} ${subnets.length === 1 ? 'has' : 'have'} no free IP address`,
      remedy: 'Free addresses (old network interfaces, idle tasks), or give further or larger subnets.',
      evidence: [`${id} (${subnet.CidrBlock}) has 0 free addresses`],
    },
  ]
}

/** Of a VPC shared by another account its gateways and endpoints are not shown (docs/platform-facts.md#shared-vpc). */
function sharedSubnet({ id, subnet, placement, vpc }: Site): Finding | undefined {
  if (placement.account === undefined || subnet.OwnerId === undefined || subnet.OwnerId === placement.account) {
    return undefined
  }
  return {
    code: 'shared-subnet',
    proof: false,
    subnet: id,
    says: (subnets) =>
      `${subject(subnets, 'belongs', 'belong')} to account ${subnet.OwnerId}, whose NAT gateways and endpoints cannot be seen from account ${placement.account}`,
    remedy: `Make sure, with the owner of ${vpc}, that these subnets lead to ECR, S3, CloudWatch Logs and the secrets.`,
    evidence: [`${id} is shared by account ${subnet.OwnerId}`],
  }
}

/** Findings that differ in nothing but the subnet become one problem. */
function problemsOf(findings: readonly Finding[], inEverySubnet: boolean): readonly Problem[] {
  const alike = new Map<string, Finding[]>()
  for (const finding of findings) {
    const key = `${finding.code} ${finding.says([''])}`
    alike.set(key, [...(alike.get(key) ?? []), finding])
  }
  return [...alike.values()].map((group) => problemOf(group, inEverySubnet))
}

function problemOf(group: readonly Finding[], inEverySubnet: boolean): Problem {
  const [first] = group as [Finding, ...Finding[]]
  const subnets = group.map(({ subnet }) => subnet)
  return {
    code: first.code,
    reason: `${opening(first.proof, inEverySubnet, subnets)}${first.says(subnets)}.`,
    remedy: first.remedy,
    evidence: [
      ...new Set([
        ...group.flatMap(({ evidence }) => evidence.slice(0, 1)),
        ...group.flatMap(({ evidence }) => evidence),
      ]),
    ],
  }
}

function opening(proof: boolean, inEverySubnet: boolean, subnets: readonly string[]): string {
  if (!proof) return 'The task may not start: '
  return inEverySubnet
    ? 'The task cannot start: '
    : `The task cannot start if ECS places it in ${subnets.join(' or ')}: `
}
