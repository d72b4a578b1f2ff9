import type { SecurityGroup, VpcEndpoint } from '@aws-sdk/client-ec2'
import type { EndpointWay } from './endpoints.ts'
import { judgeAcl } from './network-acl.ts'
import type { WayOut } from './routes.ts'
import {
  type Egress,
  egressOf,
  intoEndpoint,
  letsNothingOut,
  outToEndpoint,
  outToInternet,
  outToS3,
  type Passage,
} from './security-groups.ts'
import { type Finding, grouped, groupIds, isAws, labels, type Path, type Site, subject } from './site.ts'
import { type DescribedNetwork, listed } from './vpc.ts'

/** Security groups that let nothing out on a port, whatever the way. */
export function judgeEgressAtAll({ id, groups, targets }: Site): readonly Finding[] {
  if (groups === undefined || groups.length === 0) return []
  const names = groupIds(groups)
  return [...grouped(targets, ({ port }) => port)]
    .filter(([port]) => letsNothingOut(egressOf(groups, port)))
    .map(([port, needed]) => ({
      code: 'egress-closed',
      proof: needed.some(isAws),
      subnet: id,
      says: () =>
        `${subject(names, 'lets', 'let')} nothing out on TCP port ${port}, and the task needs ${listed(needed.map(({ label }) => label))}`,
      remedy: `Allow TCP port ${port} out to 0.0.0.0/0 in ${listed(names)}.`,
      evidence: names.map((name) => `${name} has no outbound rule for TCP port ${port}`),
    }))
}

/** Endpoints that answer for a service but do not let the task in; those with the same groups become one finding. */
export function judgeEndpointGroups(site: Site, paths: readonly Path[]): readonly Finding[] {
  const { network, groups, subnet } = site
  if (groups === undefined) return []
  const byGroups = new Map<string, { passage: Passage; paths: Path[]; endpoints: string[] }>()
  for (const path of paths) {
    const endpoint = interfaceOf(path.endpoint)
    const own = endpoint && groupsOf(network, endpoint)
    const admitted = own ? intoEndpoint(own, groupIds(groups), subnet) : 'yes'
    if (endpoint === undefined || own === undefined || admitted === 'yes') continue
    const passage = path.endpoint.kind === 'interface' ? admitted : 'maybe'
    const key = `${passage} ${listed(groupIds(own))}`
    const same = byGroups.get(key) ?? { passage, paths: [], endpoints: [] }
    same.paths.push(path)
    same.endpoints.push(endpoint.VpcEndpointId ?? '')
    byGroups.set(key, same)
  }
  return [...byGroups].map(([key, same]) => endpointClosed(site, key.slice(key.indexOf(' ') + 1), same))
}

/** The endpoint that takes over the name, for sure or perhaps. */
function interfaceOf(way: EndpointWay): VpcEndpoint | undefined {
  return way.kind === 'interface' || way.kind === 'doubt' ? way.endpoint : undefined
}

/** Undefined when a group was not described. */
function groupsOf(network: DescribedNetwork, endpoint: VpcEndpoint): readonly SecurityGroup[] | undefined {
  const ids = (endpoint.Groups ?? []).map(({ GroupId }) => GroupId)
  const found = (network.securityGroups ?? []).filter(({ GroupId }) => ids.includes(GroupId))
  return ids.length > 0 && found.length === ids.length ? found : undefined
}

function endpointClosed(
  { id, vpc, subnet, groups = [] }: Site,
  endpointGroup: string,
  { passage, paths, endpoints }: { passage: Passage; paths: readonly Path[]; endpoints: readonly string[] },
): Finding {
  const task = listed(groupIds(groups))
  const lets = passage === 'no' ? 'does not let' : 'may not let'
  return {
    code: 'endpoint-closed',
    proof: passage === 'no',
    subnet: id,
    says: (subnets) =>
      `${subject(subnets, 'reaches', 'reach')} ${labels(paths)} through ${listed(endpoints)}, whose security group ${endpointGroup} ${lets} ${task} in on TCP port 443`,
    remedy: `Allow TCP port 443 from ${task} in ${endpointGroup}.`,
    evidence: [
      `${listed(endpoints)} ${endpoints.length === 1 ? 'has' : 'have'} private DNS on and so ${endpoints.length === 1 ? 'answers' : 'answer'} for ${labels(paths)} in all of ${vpc}, NAT gateway or not`,
      `${endpointGroup} has no inbound rule that lets in TCP port 443 from all of ${id} (${subnet.CidrBlock}) or from ${task}`,
    ],
  }
}

/** Security groups that let out something on a port, but not to where the services are. */
export function judgeEgress(site: Site, exit: WayOut, paths: readonly Path[]): readonly Finding[] {
  const { groups } = site
  if (groups === undefined || groups.length === 0) return []
  const s3 = paths.map(({ endpoint }) => (endpoint.kind === 'gateway' ? endpoint.prefixList : undefined)).find(Boolean)
  return [...grouped(paths, ({ target }) => target.port)].flatMap(([port, there]) => {
    const egress = egressOf(groups, port)
    if (letsNothingOut(egress)) return []
    const passages = there.map((path) => ({ path, passage: egressPassage(site, exit, path, egress, s3) }))
    const of = (passage: Passage) => passages.filter((one) => one.passage === passage).map(({ path }) => path)
    return [
      ...narrowEgress(site, groups, port, of('no'), true),
      ...narrowEgress(site, groups, port, of('maybe'), false),
    ]
  })
}

function egressPassage(
  { network, subnet }: Site,
  exit: WayOut,
  { target, endpoint }: Path,
  egress: Egress,
  s3: string | undefined,
): Passage {
  if (endpoint.kind === 'interface') return outToEndpoint(egress, endpoint.endpoint, network.subnets ?? [], s3)
  if (endpoint.kind === 'gateway') return outToS3(egress, endpoint.prefixList)
  // Without a way out, or with a doubtful one, that is what is to be said.
  if (exit.kind !== 'open') return 'yes'
  const overIpv6 = (subnet.Ipv6CidrBlockAssociationSet ?? []).length > 0
  const passage = outToInternet(egress, overIpv6)
  const elsewhere = exit.elsewhere.length > 0 || endpoint.kind === 'doubt' || !isAws(target)
  return passage === 'no' && elsewhere ? 'maybe' : passage
}

function narrowEgress(
  { id }: Site,
  groups: readonly SecurityGroup[],
  port: number,
  paths: readonly Path[],
  proof: boolean,
): readonly Finding[] {
  if (paths.length === 0) return []
  const names = groupIds(groups)
  const to = paths.map(({ target, endpoint }) => `${target.label}${passedBy(endpoint)}`)
  const orTo = paths.some(({ target }) => isAws(target))
    ? ", or to the endpoints' security groups and S3's prefix list"
    : ''
  return [
    {
      code: 'egress-narrow',
      proof,
      subnet: id,
      says: () =>
        proof
          ? `${subject(names, 'does', 'do')} not let TCP port ${port} out to ${listed(to)}`
          : `${subject(names, 'lets', 'let')} TCP port ${port} out to some addresses only, which may not be those of ${listed(to)}`,
      remedy: `Allow TCP port ${port} out to 0.0.0.0/0 in ${listed(names)}${orTo}.`,
      evidence: groups.map((group) => rulesShown(group, port)),
    },
  ]
}

function passedBy(endpoint: EndpointWay): string {
  return endpoint.kind === 'interface' || endpoint.kind === 'gateway' ? ` (${endpoint.endpoint.VpcEndpointId})` : ''
}

function rulesShown(group: SecurityGroup, port: number): string {
  const { blocks, prefixLists, groups, ipv6 } = egressOf([group], port)
  const allowed = [...blocks, ...prefixLists, ...groups, ...(ipv6 ? ['IPv6 addresses'] : [])]
  return `${group.GroupId} lets TCP port ${port} out to ${listed(allowed.slice(0, 10)) || 'nothing'}`
}

/**
 * An ACL applies at the subnet's border, so it proves nothing about endpoints, which may have an interface inside the
 * subnet, or about registries. S3's gateway and AWS's public addresses are outside of it.
 */
export function judgeNetworkAcl({ network, id, subnet }: Site, paths: readonly Path[]): readonly Finding[] {
  const overIpv6 = (subnet.Ipv6CidrBlockAssociationSet ?? []).length > 0
  const crosses = ({ target, endpoint }: Path) =>
    isAws(target) && (endpoint.kind === 'none' || endpoint.kind === 'gateway')
  const found = [...grouped(paths, ({ target }) => target.port)].flatMap(([port, there]): Finding[] => {
    const judged = judgeAcl(network, id, port)
    if (judged.kind === 'open') return []
    return [
      {
        code: 'network-acl',
        proof: judged.kind === 'closed' && there.some(crosses) && !overIpv6,
        subnet: id,
        says: (subnets) => `the network ACL ${judged.acl} of ${listed(subnets)} ${judged.because}`,
        remedy: `${judged.remedy}.`,
        evidence: [`${id} uses ${judged.acl}, which ${judged.because}`],
      },
    ]
  })
  // What keeps answers out is the same for every port: it is said once, as proof if it is proved for one.
  const once = grouped(found, ({ evidence }) => evidence.join())
  return [...once.values()].flatMap((same) => same.find(({ proof }) => proof) ?? same[0] ?? [])
}
