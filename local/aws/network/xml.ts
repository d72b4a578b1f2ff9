/** EC2's XML: member names with a small first letter, lists as `…Set` of `item`, with the exceptions below. */
import { escapeXml } from '../aws-query.ts'

/** Names that do not follow the rule, from EC2's service model. */
const listNames: Readonly<Record<string, string>> = {
  SecurityGroups: 'securityGroupInfo',
  Subnets: 'subnetSet',
  RouteTables: 'routeTableSet',
  NatGateways: 'natGatewaySet',
  VpcEndpoints: 'vpcEndpointSet',
  NetworkAcls: 'networkAclSet',
  Associations: 'associationSet',
  Routes: 'routeSet',
  Entries: 'entrySet',
  RouteTableIds: 'routeTableIdSet',
  SubnetIds: 'subnetIdSet',
  Groups: 'groupSet',
  UserIdGroupPairs: 'groups',
  IsDefault: 'default',
}

/** A security group's own description; everywhere else it is `description`. */
const isGroup = (value: object) => 'GroupId' in value && 'IpPermissions' in value

export function xmlOf(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => `<item>${xmlOf(item)}</item>`).join('')
  if (value instanceof Date) return value.toISOString()
  if (typeof value !== 'object' || value === null) return escapeXml(String(value))
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => {
      const tag = name === 'Description' && isGroup(value) ? 'groupDescription' : elementName(name)
      return `<${tag}>${xmlOf(member)}</${tag}>`
    })
    .join('')
}

function elementName(member: string): string {
  return listNames[member] ?? member.charAt(0).toLowerCase() + member.slice(1)
}
