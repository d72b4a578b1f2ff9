import { describe, expect, test } from '@jest/globals'
import {
  endpointsOnly,
  type NetworkSketch,
  network,
  noWayOut,
  privateSubnetsWithNat,
  publicSubnets,
  type World,
} from '../../local/aws/network/world.ts'
import { type Need, neededServices } from '../../src/preflight/needs.ts'
import { type DescribedNetwork, judgeNetwork, type Placement } from '../../src/preflight/network.ts'

const image = '123456789012.dkr.ecr.us-east-1.amazonaws.com/app:abc'
const secret = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf:password::'

const definition = {
  containerDefinitions: [
    {
      name: 'app',
      image,
      secrets: [{ name: 'DATABASE_PASSWORD', valueFrom: secret }],
      logConfiguration: {
        logDriver: 'awslogs' as const,
        options: { 'awslogs-group': '/ecs/app', 'awslogs-region': 'us-east-1' },
      },
    },
  ],
}

const needs = neededServices(definition, 'app', image, 'us-east-1')
const needsOf = (uri: string): readonly Need[] => neededServices(definition, 'app', uri, 'us-east-1')

function described(world: World): DescribedNetwork {
  const [attributes] = Object.values(world.vpcs)
  return { ...world, ...attributes }
}

interface Case {
  readonly name: string
  readonly sketch: NetworkSketch
  readonly place?: Partial<Placement>
  readonly needs?: readonly Need[]
  /** Parts that EC2 did not describe. */
  readonly unseen?: readonly (keyof DescribedNetwork)[]
  /** Exact sentences; none when absent. */
  readonly refuses?: readonly string[]
  readonly warns?: readonly string[]
}

function judge({ sketch, place, needs: own = needs, unseen = [] }: Case) {
  const placement = {
    subnets: ['subnet-a', 'subnet-b'],
    securityGroups: ['sg-task'],
    assignPublicIp: false,
    region: 'us-east-1',
    account: '123456789012',
    ...place,
  }
  const seen = Object.entries(described(network(sketch))).filter(([part]) => !unseen.some((one) => one === part))
  return judgeNetwork(Object.fromEntries(seen), own, placement)
}

const nat = privateSubnetsWithNat()
const closed = noWayOut()
const endpoints = endpointsOnly()
const withRoute = (...routes: string[]): NetworkSketch => ({
  ...nat,
  routeTables: { ...nat.routeTables, 'rtb-private': routes },
})
const natIs = (one: NonNullable<NetworkSketch['nats']>[string]): NetworkSketch => ({ ...nat, nats: { 'nat-1': one } })
const natUses = (...routes: string[]): NetworkSketch => ({
  ...nat,
  routeTables: { ...nat.routeTables, 'rtb-public': routes },
})
const tasksGroup = (...out: string[]) => ({ 'sg-task': { out } })
const without = (...names: string[]) =>
  Object.fromEntries(Object.entries(endpoints.endpoints ?? {}).filter(([name]) => !names.includes(name)))
const all = 'ecr.api, ecr.dkr, s3, secretsmanager and logs'
const oneSubnet = { subnets: ['subnet-a'] }

const right: readonly Case[] = [
  { name: 'private subnets, NAT gateway', sketch: nat },
  { name: 'endpoints only', sketch: endpoints },
  { name: 'public subnets, public IP', sketch: publicSubnets(), place: { assignPublicIp: true } },
  {
    name: 'the main route table, where a subnet has none of its own',
    sketch: {
      ...nat,
      subnets: { 'subnet-a': {}, 'subnet-b': {}, 'subnet-public': { routeTable: 'rtb-public' } },
      mainRoutes: ['0.0.0.0/0 nat-1'],
    },
  },
  {
    name: 'regional NAT gateway without a subnet',
    sketch: {
      ...natIs({ routeTable: 'rtb-nat' }),
      routeTables: { ...nat.routeTables, 'rtb-nat': ['0.0.0.0/0 igw-1'] },
    },
  },
  { name: 'NAT gateway and public IP together', sketch: nat, place: { assignPublicIp: true } },
  { name: 'a blackhole for another destination', sketch: withRoute('0.0.0.0/0 nat-1', '10.9.0.0/16 pcx-1 blackhole') },
  { name: 'a NAT gateway and a route to another network', sketch: withRoute('0.0.0.0/0 nat-1', '10.9.0.0/16 tgw-1') },
  {
    name: 'endpoints that let in the subnets by block',
    sketch: {
      ...endpoints,
      securityGroups: { ...endpoints.securityGroups, 'sg-endpoints': { in: ['443 10.0.0.0/16'] } },
    },
  },
  {
    name: "egress to the endpoints' group and S3's prefix list only",
    sketch: {
      ...endpoints,
      securityGroups: { ...endpoints.securityGroups, ...tasksGroup('443 sg-endpoints', '443 pl-s3') },
    },
  },
  {
    name: "egress to the VPC's block and S3's prefix list only",
    sketch: {
      ...endpoints,
      securityGroups: { ...endpoints.securityGroups, ...tasksGroup('443 10.0.0.0/16', '443 pl-s3') },
    },
  },
  {
    name: 'egress to port 443 and the database only',
    sketch: { ...nat, securityGroups: tasksGroup('443 0.0.0.0/0', '5432 10.0.0.0/16') },
  },
  {
    name: 'two groups that add up',
    sketch: { ...nat, securityGroups: { 'sg-db': { out: ['5432 10.0.0.0/16'] }, ...tasksGroup('443 0.0.0.0/0') } },
    place: { securityGroups: ['sg-db', 'sg-task'] },
  },
  { name: 'no security group given: the default one', sketch: nat, place: { securityGroups: [] } },
  {
    name: 'a network ACL with the usual rules',
    sketch: {
      ...nat,
      subnets: { ...nat.subnets, 'subnet-a': { routeTable: 'rtb-private', acl: 'acl-1' } },
      networkAcls: { 'acl-1': { rules: ['100 allow out tcp 443 0.0.0.0/0', '100 allow in tcp 1024-65535 0.0.0.0/0'] } },
    },
  },
  {
    name: 'an endpoint in another VPC answers for nothing here',
    sketch: { ...nat, endpoints: { 'vpce-x': { service: 'logs', vpc: 'vpc-other', groups: ['sg-default'] } } },
  },
  {
    name: 'an endpoint with private DNS off, beside a NAT gateway',
    sketch: { ...nat, endpoints: { 'vpce-x': { service: 'logs', privateDns: false } } },
  },
  {
    name: 'a rejected endpoint, beside a NAT gateway',
    sketch: { ...nat, endpoints: { 'vpce-x': { service: 'logs', state: 'rejected' } } },
  },
  {
    name: 'a task without ECR, secrets and logs needs none of their endpoints',
    sketch: { ...endpoints, endpoints: without('vpce-secretsmanager', 'vpce-ssm', 'vpce-logs') },
    needs: neededServices({ containerDefinitions: [{ name: 'app' }] }, 'app', image, 'us-east-1'),
  },
  { name: 'route tables that could not be described', sketch: closed, unseen: ['routeTables'] },
  { name: 'subnets that could not be described', sketch: closed, unseen: ['subnets'] },
  {
    name: 'a NAT gateway that could not be described',
    sketch: natIs({ subnet: 'subnet-public', state: 'deleted' }),
    unseen: ['natGateways'],
  },
  {
    name: 'DNS support off, with a NAT gateway',
    sketch: { ...nat, dnsSupport: false },
    place: oneSubnet,
  },
]

const wrong: readonly Case[] = [
  {
    name: 'no way out',
    sketch: closed,
    refuses: [
      `The task cannot start: subnet-a and subnet-b use rtb-private, which has no route to the internet and no endpoint for ${all}.`,
    ],
  },
  {
    name: 'no way out, main route table',
    sketch: { ...closed, subnets: { 'subnet-a': {} } },
    place: oneSubnet,
    refuses: [
      `The task cannot start: subnet-a uses rtb-main, which has no route to the internet and no endpoint for ${all}.`,
    ],
  },
  {
    name: 'only secretsmanager has no endpoint',
    sketch: { ...endpoints, endpoints: without('vpce-secretsmanager') },
    place: oneSubnet,
    refuses: [
      'The task cannot start: subnet-a uses rtb-private, which has no route to the internet and no endpoint for secretsmanager.',
    ],
  },
  {
    name: 'only ecr.dkr and logs have no endpoint',
    sketch: { ...endpoints, endpoints: without('vpce-ecr.dkr', 'vpce-logs') },
    place: oneSubnet,
    refuses: [
      'The task cannot start: subnet-a uses rtb-private, which has no route to the internet and no endpoint for ecr.dkr and logs.',
    ],
  },
  {
    name: 'no S3 endpoint',
    sketch: { ...endpoints, endpoints: without('vpce-s3') },
    place: oneSubnet,
    refuses: [
      'The task cannot start: subnet-a uses rtb-private, which has no route to the internet and no endpoint for s3.',
    ],
  },
  {
    name: 'S3 endpoint on another route table',
    sketch: {
      ...endpoints,
      endpoints: { ...endpoints.endpoints, 'vpce-s3': { service: 's3', type: 'Gateway', routeTables: ['rtb-main'] } },
    },
    place: oneSubnet,
    refuses: [
      'The task cannot start: subnet-a uses rtb-private, which has no route to the internet; endpoint vpce-s3 for s3 is not associated with rtb-private.',
    ],
  },
  {
    name: 'an endpoint that failed',
    sketch: {
      ...endpoints,
      endpoints: { ...endpoints.endpoints, 'vpce-ecr.api': { service: 'ecr.api', state: 'failed' } },
    },
    place: oneSubnet,
    refuses: [
      'The task cannot start: subnet-a uses rtb-private, which has no route to the internet; endpoint vpce-ecr.api for ecr.api is in state failed.',
    ],
  },
  {
    name: 'a secret in another region, endpoints only',
    sketch: endpoints,
    place: oneSubnet,
    needs: [{ service: 'secretsmanager', region: 'eu-west-1', why: ['container app: secret X'] }],
    refuses: [
      'The task cannot start: subnet-a uses rtb-private, which has no route to the internet and no endpoint for secretsmanager (eu-west-1).',
    ],
  },
  {
    name: 'default route into a blackhole',
    sketch: withRoute('0.0.0.0/0 nat-1 blackhole'),
    place: oneSubnet,
    refuses: [
      `The task cannot start: subnet-a uses rtb-private, whose route 0.0.0.0/0 leads to nat-1, which is gone or detached (blackhole), and there is no endpoint for ${all}.`,
    ],
  },
  {
    name: 'internet gateway detached',
    sketch: { ...publicSubnets(), routeTables: { 'rtb-public': ['0.0.0.0/0 igw-1 blackhole'] } },
    place: { ...oneSubnet, assignPublicIp: true },
    refuses: [
      `The task cannot start: subnet-a uses rtb-public, whose route 0.0.0.0/0 leads to igw-1, which is gone or detached (blackhole), and there is no endpoint for ${all}.`,
    ],
  },
  {
    name: 'internet gateway without public IP',
    sketch: publicSubnets(),
    refuses: [
      `The task cannot start: subnet-a and subnet-b use rtb-public, whose way to the internet, igw-1, serves only tasks with a public IP address (this one gets none), and there is no endpoint for ${all}.`,
    ],
  },
  {
    name: 'NAT gateway deleted',
    sketch: natIs({ subnet: 'subnet-public', state: 'deleted' }),
    place: oneSubnet,
    refuses: [
      `The task cannot start: subnet-a uses rtb-private, whose route 0.0.0.0/0 leads to nat-1, whose state is deleted, and there is no endpoint for ${all}.`,
    ],
  },
  {
    name: 'NAT gateway failed',
    sketch: natIs({ subnet: 'subnet-public', state: 'failed' }),
    place: oneSubnet,
    refuses: [
      `The task cannot start: subnet-a uses rtb-private, whose route 0.0.0.0/0 leads to nat-1, whose state is failed, and there is no endpoint for ${all}.`,
    ],
  },
  {
    name: 'private NAT gateway',
    sketch: natIs({ subnet: 'subnet-public', connectivity: 'private' }),
    place: oneSubnet,
    refuses: [
      `The task cannot start: subnet-a uses rtb-private, whose route 0.0.0.0/0 leads to nat-1, a private NAT gateway, which does not lead to the internet, and there is no endpoint for ${all}.`,
    ],
  },
  {
    name: 'NAT gateway in a private subnet, back to itself',
    sketch: natIs({ subnet: 'subnet-a' }),
    place: oneSubnet,
    refuses: [
      `The task cannot start: subnet-a uses rtb-private, whose route 0.0.0.0/0 leads to nat-1 in subnet-a, which uses rtb-private, which leads 0.0.0.0/0 back to nat-1 itself, and there is no endpoint for ${all}.`,
    ],
  },
  {
    name: 'NAT gateway whose subnet has no route out',
    sketch: natUses(),
    place: oneSubnet,
    refuses: [
      `The task cannot start: subnet-a uses rtb-private, whose route 0.0.0.0/0 leads to nat-1 in subnet-public, which uses rtb-public, which has no route to the internet, and there is no endpoint for ${all}.`,
    ],
  },
  {
    name: 'NAT gateway whose internet gateway is detached',
    sketch: natUses('0.0.0.0/0 igw-1 blackhole'),
    place: oneSubnet,
    refuses: [
      `The task cannot start: subnet-a uses rtb-private, whose route 0.0.0.0/0 leads to nat-1 in subnet-public, which uses rtb-public, whose route 0.0.0.0/0 leads to igw-1, which is gone or detached (blackhole), and there is no endpoint for ${all}.`,
    ],
  },
  {
    name: 'regional NAT gateway without a route out',
    sketch: { ...natIs({ routeTable: 'rtb-nat' }), routeTables: { ...nat.routeTables, 'rtb-nat': [] } },
    place: oneSubnet,
    refuses: [
      `The task cannot start: subnet-a uses rtb-private, whose route 0.0.0.0/0 leads to nat-1, which uses rtb-nat, which has no route to the internet, and there is no endpoint for ${all}.`,
    ],
  },
  {
    name: 'an endpoint that does not let the task in, though there is a NAT gateway',
    sketch: {
      ...nat,
      securityGroups: { ...nat.securityGroups, 'sg-endpoints': { in: ['443 sg-web'] } },
      endpoints: { 'vpce-1': { service: 'secretsmanager', groups: ['sg-endpoints'] } },
    },
    refuses: [
      'The task cannot start: subnet-a and subnet-b reach secretsmanager through vpce-1, whose security group sg-endpoints does not let sg-task in on TCP port 443.',
    ],
  },
  {
    name: 'endpoints whose group is closed',
    sketch: { ...endpoints, securityGroups: { ...endpoints.securityGroups, 'sg-endpoints': { in: ['80 0.0.0.0/0'] } } },
    refuses: [
      'The task cannot start: subnet-a and subnet-b reach ecr.api, ecr.dkr, secretsmanager and logs through vpce-ecr.api, vpce-ecr.dkr, vpce-secretsmanager and vpce-logs, whose security group sg-endpoints does not let sg-task in on TCP port 443.',
    ],
  },
  {
    name: 'an endpoint that lets in another block',
    sketch: {
      ...nat,
      securityGroups: { ...nat.securityGroups, 'sg-endpoints': { in: ['443 10.0.1.0/24'] } },
      endpoints: { 'vpce-1': { service: 'logs', groups: ['sg-endpoints'] } },
    },
    place: oneSubnet,
    refuses: [
      'The task cannot start: subnet-a reaches logs through vpce-1, whose security group sg-endpoints does not let sg-task in on TCP port 443.',
    ],
  },
  {
    name: 'no free address',
    sketch: {
      ...nat,
      subnets: {
        ...nat.subnets,
        'subnet-a': { routeTable: 'rtb-private', free: 0 },
        'subnet-b': { routeTable: 'rtb-private', free: 0 },
      },
    },
    refuses: ['The task cannot start: subnet-a and subnet-b have no free IP address.'],
  },
  {
    name: 'egress to the database only',
    sketch: { ...nat, securityGroups: tasksGroup('5432 10.0.0.0/16') },
    refuses: [`The task cannot start: sg-task lets nothing out on TCP port 443, and the task needs ${all}.`],
  },
  {
    name: 'no egress at all',
    sketch: { ...endpoints, securityGroups: { ...endpoints.securityGroups, ...tasksGroup() } },
    refuses: [`The task cannot start: sg-task lets nothing out on TCP port 443, and the task needs ${all}.`],
  },
  {
    name: 'egress over IPv6 only, subnets without IPv6',
    sketch: { ...nat, securityGroups: tasksGroup('443 ::/0') },
    refuses: [`The task cannot start: sg-task does not let TCP port 443 out to ${all}.`],
  },
  {
    name: 'egress to UDP 443 only',
    sketch: { ...nat, securityGroups: tasksGroup('udp 443 0.0.0.0/0') },
    refuses: [`The task cannot start: sg-task lets nothing out on TCP port 443, and the task needs ${all}.`],
  },
  {
    name: 'egress to private addresses only, with a NAT gateway',
    sketch: { ...nat, securityGroups: tasksGroup('443 10.0.0.0/16') },
    refuses: [`The task cannot start: sg-task does not let TCP port 443 out to ${all}.`],
  },
  {
    name: "egress to the endpoints' group, but not to S3",
    sketch: { ...endpoints, securityGroups: { ...endpoints.securityGroups, ...tasksGroup('443 sg-endpoints') } },
    refuses: ['The task cannot start: sg-task does not let TCP port 443 out to s3 (vpce-s3).'],
  },
  {
    name: 'egress to S3, but not to the endpoints',
    sketch: {
      ...endpoints,
      securityGroups: { ...endpoints.securityGroups, ...tasksGroup('443 pl-s3', '443 10.9.0.0/16') },
    },
    refuses: [
      'The task cannot start: sg-task does not let TCP port 443 out to ecr.api (vpce-ecr.api), ecr.dkr (vpce-ecr.dkr), secretsmanager (vpce-secretsmanager) and logs (vpce-logs).',
    ],
  },
  {
    name: 'network ACL without port 443 out',
    sketch: {
      ...nat,
      subnets: { ...nat.subnets, 'subnet-a': { routeTable: 'rtb-private', acl: 'acl-1' } },
      networkAcls: { 'acl-1': { rules: ['100 allow out tcp 5432 10.0.0.0/16', '100 allow in all 0.0.0.0/0'] } },
    },
    place: oneSubnet,
    refuses: ['The task cannot start: the network ACL acl-1 of subnet-a lets nothing out to TCP port 443.'],
  },
  {
    name: 'network ACL that denies before it allows',
    sketch: {
      ...nat,
      subnets: { ...nat.subnets, 'subnet-a': { routeTable: 'rtb-private', acl: 'acl-1' } },
      networkAcls: {
        'acl-1': {
          rules: ['200 allow out all 0.0.0.0/0', '100 deny out tcp 443 0.0.0.0/0', '100 allow in all 0.0.0.0/0'],
        },
      },
    },
    place: oneSubnet,
    refuses: ['The task cannot start: the network ACL acl-1 of subnet-a lets nothing out to TCP port 443.'],
  },
  {
    name: 'network ACL that lets no answer in',
    sketch: {
      ...nat,
      subnets: { ...nat.subnets, 'subnet-a': { routeTable: 'rtb-private', acl: 'acl-1' } },
      networkAcls: { 'acl-1': { rules: ['100 allow out all 0.0.0.0/0', '100 allow in tcp 443 0.0.0.0/0'] } },
    },
    place: oneSubnet,
    refuses: [
      'The task cannot start: the network ACL acl-1 of subnet-a lets no answer in: no TCP port from 1024 to 65535 is allowed inbound, and network ACLs keep no state.',
    ],
  },
  {
    name: 'a subnet that does not exist',
    sketch: nat,
    place: { subnets: ['subnet-a', 'subnet-x'] },
    refuses: ['The task cannot start: subnet-x does not exist in Region us-east-1 of account 123456789012.'],
  },
  {
    name: 'security groups that do not exist',
    sketch: nat,
    place: { securityGroups: ['sg-x', 'sg-y'] },
    refuses: ['The task cannot start: sg-x and sg-y do not exist in Region us-east-1 of account 123456789012.'],
  },
  {
    name: 'subnets of two VPCs',
    sketch: { ...nat, subnets: { ...nat.subnets, 'subnet-b': { vpc: 'vpc-other' } } },
    refuses: [
      'The task cannot start: all its subnets must be in one VPC, but subnet-a is in vpc-main and subnet-b is in vpc-other.',
    ],
  },
]

/** Rules that let a task reach a registry in the VPC on its own port, and nothing else beyond the endpoints. */
const onlyToRegistry = {
  securityGroups: { ...endpoints.securityGroups, ...tasksGroup('443 sg-endpoints', '443 pl-s3', '8443 10.0.7.0/24') },
  networkAcls: {
    'acl-1': { rules: ['100 allow out tcp 8443 10.0.7.0/24', '100 allow in tcp 1024-65535 10.0.7.0/24'] },
  },
  subnets: { 'subnet-a': { routeTable: 'rtb-private', acl: 'acl-1' } },
}
const registryAlone = neededServices(
  { containerDefinitions: [{ name: 'app' }] },
  'app',
  'artifacts.internal:8443/billing:7',
  'us-east-1',
)

const doubtful: readonly Case[] = [
  {
    name: 'a registry in the VPC on a port of its own, which group and ACL let through',
    sketch: { ...closed, ...onlyToRegistry },
    place: oneSubnet,
    needs: registryAlone,
    warns: [
      'The task may not start: subnet-a uses rtb-private, which has no route to the internet, and whether a way leads to artifacts.internal:8443 cannot be seen from here.',
      'The task may not start: the network ACL acl-1 of subnet-a lets TCP port 8443 out only to 10.0.7.0/24.',
    ],
  },
  {
    name: 'the same with a NAT gateway',
    sketch: { ...nat, ...onlyToRegistry, subnets: { ...nat.subnets, ...onlyToRegistry.subnets } },
    place: oneSubnet,
    needs: registryAlone,
    warns: [
      'The task may not start: sg-task lets TCP port 8443 out to some addresses only, which may not be those of artifacts.internal:8443.',
      'The task may not start: the network ACL acl-1 of subnet-a lets TCP port 8443 out only to 10.0.7.0/24.',
    ],
  },
  {
    name: 'a registry on a port that no rule lets out',
    sketch: { ...nat, securityGroups: tasksGroup('443 0.0.0.0/0') },
    place: oneSubnet,
    needs: registryAlone,
    warns: [
      'The task may not start: sg-task lets nothing out on TCP port 8443, and the task needs artifacts.internal:8443.',
    ],
  },
  {
    name: 'a registry on a port that an ACL keeps in',
    sketch: {
      ...nat,
      subnets: { ...nat.subnets, 'subnet-a': { routeTable: 'rtb-private', acl: 'acl-1' } },
      networkAcls: { 'acl-1': { rules: ['100 allow out tcp 443 0.0.0.0/0', '100 allow in tcp 1024-65535 0.0.0.0/0'] } },
    },
    place: oneSubnet,
    needs: [...needs, ...registryAlone],
    warns: ['The task may not start: the network ACL acl-1 of subnet-a lets nothing out to TCP port 8443.'],
  },
  {
    name: 'Docker Hub image, endpoints only',
    sketch: endpoints,
    place: oneSubnet,
    needs: needsOf('postgres:16'),
    warns: [
      'The task may not start: subnet-a uses rtb-private, which has no route to the internet, and whether a way leads to docker.io cannot be seen from here.',
    ],
  },
  {
    name: 'an endpoint with private DNS off',
    sketch: {
      ...endpoints,
      endpoints: {
        ...endpoints.endpoints,
        'vpce-logs': { service: 'logs', groups: ['sg-endpoints'], privateDns: false },
      },
    },
    place: oneSubnet,
    warns: [
      'The task may not start: subnet-a uses rtb-private, which has no route to the internet, and endpoint vpce-logs for logs has private DNS off: only a DNS zone of your own leads to it.',
    ],
  },
  {
    name: 'an endpoint of which a part works',
    sketch: {
      ...endpoints,
      endpoints: {
        ...endpoints.endpoints,
        'vpce-secretsmanager': { service: 'secretsmanager', groups: ['sg-endpoints'], state: 'partial' },
      },
    },
    place: oneSubnet,
    warns: [
      'The task may not start: subnet-a uses rtb-private, which has no route to the internet, and endpoint vpce-secretsmanager for secretsmanager is in state partial.',
    ],
  },
  {
    name: 'DNS host names off, endpoints only',
    sketch: { ...endpoints, dnsHostnames: false },
    place: oneSubnet,
    needs: [{ service: 'logs', region: 'us-east-1', why: ['container app: log group /ecs/app'] }],
    warns: [
      'The task may not start: subnet-a uses rtb-private, which has no route to the internet, and endpoint vpce-logs for logs has private DNS, which does nothing while enableDnsHostnames of vpc-main is off.',
    ],
  },
  {
    name: 'S3 by an interface endpoint that is closed, beside a NAT gateway',
    sketch: {
      ...nat,
      securityGroups: { ...nat.securityGroups, 'sg-endpoints': { in: [] } },
      endpoints: { 'vpce-s3': { service: 's3', groups: ['sg-endpoints'] } },
    },
    place: oneSubnet,
    warns: [
      'The task may not start: subnet-a reaches s3 through vpce-s3, whose security group sg-endpoints may not let sg-task in on TCP port 443.',
    ],
  },
  {
    name: 'a closed network ACL, where everything may be answered inside the subnet',
    sketch: {
      ...endpoints,
      subnets: { 'subnet-a': { routeTable: 'rtb-private', acl: 'acl-1' } },
      networkAcls: { 'acl-1': { rules: [] } },
    },
    place: oneSubnet,
    needs: [{ service: 'logs', region: 'us-east-1', why: ['container app: log group /ecs/app'] }],
    warns: ['The task may not start: the network ACL acl-1 of subnet-a lets nothing out to TCP port 443.'],
  },
  {
    name: 'one of two subnets without a way out',
    sketch: {
      ...nat,
      subnets: { ...nat.subnets, 'subnet-b': { routeTable: 'rtb-closed' } },
      routeTables: { ...nat.routeTables, 'rtb-closed': [] },
    },
    warns: [
      `The task cannot start if ECS places it in subnet-b: subnet-b uses rtb-closed, which has no route to the internet and no endpoint for ${all}.`,
    ],
  },
  {
    name: 'one of two subnets without free addresses',
    sketch: { ...nat, subnets: { ...nat.subnets, 'subnet-b': { routeTable: 'rtb-private', free: 0 } } },
    warns: ['The task cannot start if ECS places it in subnet-b: subnet-b has no free IP address.'],
  },
  {
    name: 'transit gateway',
    sketch: withRoute('0.0.0.0/0 tgw-1'),
    warns: [
      `The task may not start: subnet-a and subnet-b use rtb-private, whose route 0.0.0.0/0 leads to tgw-1, and what lies behind that cannot be seen from here; the task needs ${all}.`,
    ],
  },
  {
    name: 'virtual private gateway',
    sketch: withRoute('0.0.0.0/0 vgw-1'),
    place: oneSubnet,
    warns: [
      `The task may not start: subnet-a uses rtb-private, whose route 0.0.0.0/0 leads to vgw-1, and what lies behind that cannot be seen from here; the task needs ${all}.`,
    ],
  },
  {
    name: 'a NAT instance or appliance',
    sketch: withRoute('0.0.0.0/0 eni-1'),
    place: oneSubnet,
    warns: [
      `The task may not start: subnet-a uses rtb-private, whose route 0.0.0.0/0 leads to eni-1, and what lies behind that cannot be seen from here; the task needs ${all}.`,
    ],
  },
  {
    name: 'a firewall endpoint',
    sketch: withRoute('0.0.0.0/0 vpce-firewall'),
    place: oneSubnet,
    warns: [
      `The task may not start: subnet-a uses rtb-private, whose route 0.0.0.0/0 leads to vpce-firewall, and what lies behind that cannot be seen from here; the task needs ${all}.`,
    ],
  },
  {
    name: 'Cloud WAN',
    sketch: withRoute('0.0.0.0/0 arn:aws:networkmanager::123456789012:core-network/core-network-1'),
    place: oneSubnet,
    warns: [
      `The task may not start: subnet-a uses rtb-private, whose route 0.0.0.0/0 leads to arn:aws:networkmanager::123456789012:core-network/core-network-1, and what lies behind that cannot be seen from here; the task needs ${all}.`,
    ],
  },
  {
    name: 'no default route, but a peered network',
    sketch: withRoute('10.9.0.0/16 pcx-1'),
    place: oneSubnet,
    warns: [
      `The task may not start: subnet-a uses rtb-private, which has no route to the internet, and whose route 10.9.0.0/16 to pcx-1 may or may not lead to what the task needs; the task needs ${all}.`,
    ],
  },
  {
    name: 'public subnet without public IP, but a transit gateway',
    sketch: { ...publicSubnets(), routeTables: { 'rtb-public': ['0.0.0.0/0 igw-1', '10.0.0.0/8 tgw-1'] } },
    place: oneSubnet,
    warns: [
      `The task may not start: subnet-a uses rtb-public, whose way to the internet, igw-1, serves only tasks with a public IP address (this one gets none), and whose route 10.0.0.0/8 to tgw-1 may or may not lead to what the task needs; the task needs ${all}.`,
    ],
  },
  {
    name: 'IPv6 only',
    sketch: {
      ...nat,
      subnets: { ...nat.subnets, 'subnet-a': { routeTable: 'rtb-private', ipv6: true } },
      routeTables: { ...nat.routeTables, 'rtb-private': ['::/0 eigw-1'] },
    },
    place: oneSubnet,
    warns: [
      `The task may not start: subnet-a uses rtb-private, which leads to the internet over IPv6 only (::/0 to eigw-1); the task needs ${all}.`,
    ],
  },
  {
    name: 'a NAT gateway that EC2 does not show',
    sketch: withRoute('0.0.0.0/0 nat-other'),
    place: oneSubnet,
    warns: [
      `The task may not start: subnet-a uses rtb-private, whose route 0.0.0.0/0 leads to nat-other, which EC2 does not show to these credentials; the task needs ${all}.`,
    ],
  },
  {
    name: 'a NAT gateway being made',
    sketch: natIs({ subnet: 'subnet-public', state: 'pending' }),
    place: oneSubnet,
    warns: [
      `The task may not start: subnet-a uses rtb-private, whose route 0.0.0.0/0 leads to nat-1, which is still being made (pending); the task needs ${all}.`,
    ],
  },
  {
    name: 'a NAT gateway behind a transit gateway',
    sketch: natUses('0.0.0.0/0 tgw-1'),
    place: oneSubnet,
    warns: [
      `The task may not start: subnet-a uses rtb-private, whose route 0.0.0.0/0 leads to nat-1 in subnet-public, which uses rtb-public, which leads 0.0.0.0/0 to tgw-1, and what lies behind that cannot be seen from here; the task needs ${all}.`,
    ],
  },
  {
    name: 'a private NAT gateway before a transit gateway',
    sketch: { ...natUses('0.0.0.0/0 tgw-1'), nats: { 'nat-1': { subnet: 'subnet-public', connectivity: 'private' } } },
    place: oneSubnet,
    warns: [
      `The task may not start: subnet-a uses rtb-private, whose route 0.0.0.0/0 leads to nat-1, a private NAT gateway that hands on to tgw-1, and what lies behind that cannot be seen from here; the task needs ${all}.`,
    ],
  },
  {
    name: 'a subnet shared by another account',
    sketch: {
      ...closed,
      subnets: {
        'subnet-a': { routeTable: 'rtb-private', owner: '999999999999' },
        'subnet-b': { routeTable: 'rtb-private', owner: '999999999999' },
      },
    },
    warns: [
      'The task may not start: subnet-a and subnet-b belong to account 999999999999, whose NAT gateways and endpoints cannot be seen from account 123456789012.',
    ],
  },
  {
    name: 'endpoints that could not be described',
    sketch: closed,
    place: oneSubnet,
    unseen: ['endpoints'],
    warns: [
      `The task may not start: subnet-a uses rtb-private, which has no route to the internet, and whether endpoints answer for ${all} could not be checked.`,
    ],
  },
  {
    name: 'an endpoint that waits for acceptance',
    sketch: {
      ...endpoints,
      endpoints: { ...endpoints.endpoints, 'vpce-logs': { service: 'logs', state: 'pendingAcceptance' } },
    },
    place: oneSubnet,
    warns: [
      'The task may not start: subnet-a uses rtb-private, which has no route to the internet, and endpoint vpce-logs for logs is not ready yet (pendingAcceptance).',
    ],
  },
  {
    name: 'S3 by an interface endpoint',
    sketch: {
      ...endpoints,
      endpoints: { ...endpoints.endpoints, 'vpce-s3': { service: 's3', groups: ['sg-endpoints'] } },
    },
    place: oneSubnet,
    warns: [
      "The task may not start: subnet-a uses rtb-private, which has no route to the internet, and endpoint vpce-s3 for s3 is of the interface type, where ECR's layers ask for the gateway type.",
    ],
  },
  {
    name: "a registry of one's own, endpoints only",
    sketch: endpoints,
    place: oneSubnet,
    needs: needsOf('registry.corp.example/app:1'),
    warns: [
      'The task may not start: subnet-a uses rtb-private, which has no route to the internet, and whether a way leads to registry.corp.example cannot be seen from here.',
    ],
  },
  {
    name: 'egress to some public addresses',
    sketch: { ...nat, securityGroups: tasksGroup('443 52.0.0.0/8') },
    warns: [
      `The task may not start: sg-task lets TCP port 443 out to some addresses only, which may not be those of ${all}.`,
    ],
  },
  {
    name: "egress to a prefix list that is not S3's",
    sketch: { ...nat, securityGroups: tasksGroup('443 pl-9') },
    warns: [
      `The task may not start: sg-task lets TCP port 443 out to some addresses only, which may not be those of ${all}.`,
    ],
  },
  {
    name: 'an endpoint that lets in half of a subnet',
    sketch: {
      ...nat,
      securityGroups: { ...nat.securityGroups, 'sg-endpoints': { in: ['443 10.0.0.0/25'] } },
      endpoints: { 'vpce-1': { service: 'logs', groups: ['sg-endpoints'] } },
    },
    place: oneSubnet,
    warns: [
      'The task may not start: subnet-a reaches logs through vpce-1, whose security group sg-endpoints may not let sg-task in on TCP port 443.',
    ],
  },
  {
    name: 'an endpoint that lets in a prefix list',
    sketch: {
      ...nat,
      securityGroups: { ...nat.securityGroups, 'sg-endpoints': { in: ['443 pl-9'] } },
      endpoints: { 'vpce-1': { service: 'logs', groups: ['sg-endpoints'] } },
    },
    place: oneSubnet,
    warns: [
      'The task may not start: subnet-a reaches logs through vpce-1, whose security group sg-endpoints may not let sg-task in on TCP port 443.',
    ],
  },
  {
    name: 'network ACL that lets port 443 out to some addresses',
    sketch: {
      ...nat,
      subnets: { ...nat.subnets, 'subnet-a': { routeTable: 'rtb-private', acl: 'acl-1' } },
      networkAcls: {
        'acl-1': {
          rules: [
            '100 allow out tcp 443 10.0.0.0/16',
            '110 allow out tcp 443 52.0.0.0/8',
            '100 allow in all 0.0.0.0/0',
          ],
        },
      },
    },
    place: oneSubnet,
    warns: [
      'The task may not start: the network ACL acl-1 of subnet-a lets TCP port 443 out only to 10.0.0.0/16 and 52.0.0.0/8.',
    ],
  },
  {
    name: 'a security group of another VPC',
    sketch: { ...nat, securityGroups: { 'sg-task': { vpc: 'vpc-other' } } },
    warns: ['The task may not start: its subnets are in vpc-main, but sg-task is in vpc-other.'],
  },
]

const sentences = (problems: readonly { readonly reason: string }[]) => problems.map(({ reason }) => reason)

describe.each([
  ['lets through, without a word,', right],
  ['refuses', wrong],
  ['warns of', doubtful],
])('the preflight %s', (_verb, cases) => {
  test.each(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    const judged = judge(one)
    expect({ refuses: sentences(judged.refusals), warns: sentences(judged.warnings) }).toEqual({
      refuses: one.refuses ?? [],
      warns: one.warns ?? [],
    })
  })
})

test('every group of cases says what its name promises', () => {
  expect(right.filter(({ refuses, warns }) => refuses ?? warns)).toEqual([])
  expect(wrong.filter(({ refuses }) => !refuses)).toEqual([])
  expect(doubtful.filter(({ refuses, warns }) => refuses || !warns)).toEqual([])
})

test('a problem says what to build and on what it rests', () => {
  const [problem] = judge({ name: '', sketch: closed }).refusals
  expect(problem).toEqual({
    code: 'no-route',
    reason: `The task cannot start: subnet-a and subnet-b use rtb-private, which has no route to the internet and no endpoint for ${all}.`,
    remedy:
      'Build a NAT gateway in a public subnet and a route 0.0.0.0/0 to it in rtb-private. ' +
      'Or, without the internet: interface endpoints for ecr.api, ecr.dkr, secretsmanager and logs in vpc-main, ' +
      'with private DNS on and port 443 open to sg-task, and a gateway endpoint for s3 on rtb-private.',
    evidence: [
      `subnet-a uses rtb-private, which has no route to the internet and no endpoint for ${all}`,
      `subnet-b uses rtb-private, which has no route to the internet and no endpoint for ${all}`,
      'rtb-private: 10.0.0.0/16 to local',
      `ecr.api, ecr.dkr and s3 are needed for container app: image ${image}`,
      'secretsmanager is needed for container app: secret DATABASE_PASSWORD',
      'logs is needed for container app: log group /ecs/app',
    ],
  })
})

test('the evidence names what is missing, subnet by subnet', () => {
  const sketch = { ...endpoints, endpoints: without('vpce-secretsmanager') }
  const [problem] = judge({ name: '', sketch, place: oneSubnet }).refusals
  expect(problem?.evidence).toContain(
    'subnet-a uses rtb-private, which has no route to the internet and no endpoint for secretsmanager',
  )
})

test('several causes are all named', () => {
  const sketch = {
    ...closed,
    subnets: { 'subnet-a': { routeTable: 'rtb-private', free: 0 } },
    securityGroups: tasksGroup(),
  }
  const codes = judge({ name: '', sketch, place: oneSubnet }).refusals.map(({ code }) => code)
  expect(codes).toEqual(['no-free-address', 'egress-closed', 'no-route'])
})

test('a VPC of another partition names its endpoints otherwise', () => {
  const world = network(endpoints)
  const inChina = world.endpoints.map((one) => ({ ...one, ServiceName: `cn.${one.ServiceName}` }))
  const placement = { ...oneSubnet, securityGroups: ['sg-task'], assignPublicIp: false, region: 'us-east-1' }
  expect(judgeNetwork({ ...described(world), endpoints: inChina }, needs, placement)).toEqual({
    refusals: [],
    warnings: [],
  })
})
