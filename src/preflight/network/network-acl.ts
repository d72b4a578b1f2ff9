import type { NetworkAcl, NetworkAclEntry } from '@aws-sdk/client-ec2'
import { EVERYWHERE } from './cidr.ts'
import { type DescribedNetwork, listed } from './vpc.ts'

/** What a subnet's network ACL does to a TLS connection that leaves the subnet. */
type AclState =
  | { readonly kind: 'open' }
  /** `because` continues "The network ACL acl-… of subnet-… ". */
  | { readonly kind: 'closed' | 'doubt'; readonly acl: string; readonly because: string; readonly remedy: string }

/** Ports that a client may use for its end of the connection: 1024-65535. */
const EPHEMERAL = [1024, 65_535] as const

type Ports = readonly [from: number, to: number]

/**
 * Closed only when no rule lets the packets through whatever their address: out to the port, or back in to the
 * ports that clients use. Rules are taken in order of their number (https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html).
 */
export function judgeAcl(network: DescribedNetwork, subnetId: string, port: number): AclState {
  const acl = network.networkAcls?.find(({ Associations = [] }) =>
    Associations.some((one) => one.SubnetId === subnetId),
  )
  if (acl === undefined) return { kind: 'open' }
  return judgeOutbound(acl, port) ?? judgeInbound(acl) ?? { kind: 'open' }
}

function judgeOutbound(acl: NetworkAcl, port: number): AclState | undefined {
  const blocks = allowedBlocks(acl, true, [port, port])
  if (blocks.includes(EVERYWHERE)) return undefined
  const remedy = `Allow TCP port ${port} out to ${EVERYWHERE} in ${acl.NetworkAclId}`
  if (blocks.length === 0) return closed(acl, `lets nothing out to TCP port ${port}`, remedy)
  return doubt(acl, `lets TCP port ${port} out only to ${listed(blocks)}`, remedy)
}

function judgeInbound(acl: NetworkAcl): AclState | undefined {
  const blocks = allowedBlocks(acl, false, EPHEMERAL)
  if (blocks.includes(EVERYWHERE)) return undefined
  const remedy = `Allow TCP ports 1024-65535 in from ${EVERYWHERE} in ${acl.NetworkAclId}`
  if (blocks.length > 0) return doubt(acl, `lets answers in only from ${listed(blocks)}`, remedy)
  const because = 'lets no answer in: no TCP port from 1024 to 65535 is allowed inbound, and network ACLs keep no state'
  return closed(acl, because, remedy)
}

function closed({ NetworkAclId: acl = '' }: NetworkAcl, because: string, remedy: string): AclState {
  return { kind: 'closed', acl, because, remedy }
}

function doubt({ NetworkAclId: acl = '' }: NetworkAcl, because: string, remedy: string): AclState {
  return { kind: 'doubt', acl, because, remedy }
}

/** IPv4 blocks that may pass, up to the rule that denies all that is left. Rules apply in the order of their numbers. */
function allowedBlocks(acl: NetworkAcl, egress: boolean, ports: Ports): readonly string[] {
  const blocks: string[] = []
  const rules = (acl.Entries ?? [])
    .filter((entry) => entry.Egress === egress && entry.CidrBlock !== undefined)
    .sort((one, other) => (one.RuleNumber ?? 0) - (other.RuleNumber ?? 0))
  for (const rule of rules) {
    if (rule.RuleAction === 'allow' && touches(rule, ports)) blocks.push(rule.CidrBlock ?? '')
    if (rule.RuleAction === 'deny' && rule.CidrBlock === EVERYWHERE && holdsAll(rule, ports)) break
  }
  return blocks
}

/** Protocol numbers as EC2 gives them: 6 is TCP, -1 all. */
function portsOf({ Protocol, PortRange }: NetworkAclEntry): Ports | undefined {
  if (Protocol === '-1') return [0, 65_535]
  if (Protocol !== '6') return undefined
  return [PortRange?.From ?? 0, PortRange?.To ?? 65_535]
}

function touches(rule: NetworkAclEntry, [from, to]: Ports): boolean {
  const ports = portsOf(rule)
  return ports !== undefined && ports[0] <= to && from <= ports[1]
}

function holdsAll(rule: NetworkAclEntry, [from, to]: Ports): boolean {
  const ports = portsOf(rule)
  return ports !== undefined && ports[0] <= from && to <= ports[1]
}
