/**
 * The preflight against packets: whatever it refuses must fail in the simulated network, in every subnet; and where it
 * finds nothing to say, every packet must arrive. The two share no code.
 */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { routeProblem } from '../../local/aws/network/route-problem.ts'
import { type NetworkSketch, network, type World } from '../../local/aws/network/world.ts'
import { neededServices } from '../../src/preflight/needs.ts'
import { judgeNetwork } from '../../src/preflight/network.ts'

const defaultRoutes = [
  [],
  ['0.0.0.0/0 nat-1'],
  ['0.0.0.0/0 nat-1 blackhole'],
  ['0.0.0.0/0 igw-1'],
  ['0.0.0.0/0 tgw-1'],
  ['0.0.0.0/0 eni-1', '10.9.0.0/16 pcx-1'],
  ['10.9.0.0/16 pcx-1'],
  ['0.0.0.0/0 vpce-firewall'],
  ['0.0.0.0/0 igw-1', '10.9.0.0/16 pcx-1'],
]
const ownRoutes = [['0.0.0.0/0 igw-1'], [], ['0.0.0.0/0 nat-1'], ['0.0.0.0/0 tgw-1'], ['0.0.0.0/0 igw-1 blackhole']]
const rules = [
  'all 0.0.0.0/0',
  '443 0.0.0.0/0',
  '443 10.0.0.0/16',
  '443 10.0.1.0/24',
  '443 sg-endpoints',
  '443 pl-s3',
  '443 52.0.0.0/8',
  '5000 10.0.1.0/24',
  '5000 10.9.0.0/16',
  '5432 0.0.0.0/0',
]
const admissions = ['443 sg-task', '443 10.0.0.0/16', '443 10.0.0.0/25', '443 10.9.0.0/16', 'all 0.0.0.0/0']
const aclRules = [
  ['100 allow out all 0.0.0.0/0', '100 allow in all 0.0.0.0/0'],
  ['100 allow out tcp 443 0.0.0.0/0', '100 allow in tcp 1024-65535 0.0.0.0/0'],
  ['100 allow out tcp 443 10.0.0.0/16', '100 allow in all 0.0.0.0/0'],
  ['100 deny out tcp 443 0.0.0.0/0', '200 allow out all 0.0.0.0/0', '100 allow in all 0.0.0.0/0'],
  ['100 allow out all 0.0.0.0/0', '100 allow in tcp 22 0.0.0.0/0'],
  ['100 allow out tcp 5000 10.0.1.20/32', '100 allow in tcp 1024-65535 10.0.1.20/32'],
]
const registries = { 'registry.corp:5000': '10.0.1.20', 'harbor.corp': '10.0.1.21', 'images.partner:5000': '10.9.0.20' }
const services = ['ecr.api', 'ecr.dkr', 'logs', 'secretsmanager']

const mostly = <T>(usual: T, others: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: others })

const endpoint = fc.record({
  privateDns: mostly(true, fc.constant(false)),
  state: mostly('available', fc.constantFrom('pendingAcceptance', 'failed', 'partial')),
})

const interfaces = fc
  .tuple(fc.subarray(services), fc.array(endpoint, { minLength: 4, maxLength: 4 }))
  .map(([chosen, each]) =>
    Object.fromEntries(
      chosen.map((service, index) => [`vpce-${service}`, { service, groups: ['sg-endpoints'], ...each[index] }]),
    ),
  )

const s3 = fc.constantFrom<NonNullable<NetworkSketch['endpoints']>>(
  {},
  { 'vpce-s3': { service: 's3', type: 'Gateway', routeTables: ['rtb-a', 'rtb-main'] } },
  { 'vpce-s3': { service: 's3', type: 'Gateway', routeTables: ['rtb-main'] } },
  { 'vpce-s3': { service: 's3', groups: ['sg-endpoints'] } },
)

const sketch: fc.Arbitrary<NetworkSketch> = fc
  .record({
    a: fc.constantFrom(...defaultRoutes),
    main: fc.constantFrom(...defaultRoutes),
    nat: fc.constantFrom(...ownRoutes),
    state: mostly<'available' | 'deleted' | 'pending'>('available', fc.constantFrom('deleted', 'pending')),
    connectivity: mostly<'public' | 'private'>('public', fc.constant('private')),
    regional: fc.boolean(),
    out: fc.subarray(rules),
    admitted: fc.subarray(admissions),
    interfaces,
    s3,
    acl: mostly(0, fc.nat(aclRules.length - 1)),
    free: mostly(250, fc.constant(0)),
    dns: mostly(true, fc.constant(false)),
    deadEnds: fc.subarray(['tgw-1', 'eni-1', 'vpce-firewall']),
    zones: fc.subarray(services.map((service) => `vpce-${service}`)),
    partialAnswers: fc.boolean(),
  })
  .map((one) => ({
    subnets: {
      'subnet-a': { routeTable: 'rtb-a', acl: 'acl-1', free: one.free },
      'subnet-b': {},
      'subnet-public': { routeTable: 'rtb-public' },
    },
    mainRoutes: one.main,
    routeTables: { 'rtb-a': one.a, 'rtb-public': one.nat },
    nats: {
      'nat-1': {
        state: one.state,
        connectivity: one.connectivity,
        ...(one.regional ? { routeTable: 'rtb-public' } : { subnet: 'subnet-public' }),
      },
    },
    endpoints: { ...one.interfaces, ...one.s3 },
    securityGroups: { 'sg-task': { out: one.out }, 'sg-endpoints': { in: one.admitted } },
    networkAcls: { 'acl-1': { rules: aclRules[one.acl] ?? [] } },
    dnsHostnames: one.dns,
    deadEnds: one.deadEnds,
    zones: one.zones,
    partialAnswers: one.partialAnswers,
    registries,
  }))

const inEcr = '123456789012.dkr.ecr.us-east-1.amazonaws.com/app:abc'
const definition = {
  containerDefinitions: [
    {
      name: 'app',
      image: inEcr,
      secrets: [{ name: 'PASSWORD', valueFrom: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf' }],
      logConfiguration: { logDriver: 'awslogs' as const, options: { 'awslogs-group': '/ecs/app' } },
    },
  ],
}

const toolIn = (host: string) => ({ name: 'tool', image: `${host}/tools/wait:3` })
/** An image in ECR with secret and log; the same beside one in another registry; nothing but the other registry. */
const definitions = fc.constantFrom(
  definition,
  ...['registry.corp:5000', 'harbor.corp', 'images.partner:5000', 'docker.io'].flatMap((host) => [
    { containerDefinitions: [...definition.containerDefinitions, toolIn(host)] },
    { containerDefinitions: [{ ...toolIn(host), name: 'app' }] },
  ]),
)
type Definition = typeof definitions extends fc.Arbitrary<infer Drawn> ? Drawn : never

function play(world: World, definition: Definition, subnets: readonly string[], assignPublicIp: boolean) {
  const placement = { subnets, securityGroups: ['sg-task'], assignPublicIp, region: 'us-east-1' }
  const needs = neededServices(definition, 'app', definition.containerDefinitions[0]?.image ?? '', 'us-east-1')
  const [attributes] = Object.values(world.vpcs)
  const failures = subnets.map((subnet) => routeProblem(world, { ...placement, subnet, definition }))
  return { judged: judgeNetwork({ ...world, ...attributes }, needs, placement), failures }
}

const subnets = fc.constantFrom(['subnet-a'], ['subnet-b'], ['subnet-a', 'subnet-b'])

test('what is refused fails in every subnet', () => {
  fc.assert(
    fc.property(sketch, definitions, subnets, fc.boolean(), (drawn, needed, chosen, publicIp) => {
      const { judged, failures } = play(network(drawn), needed, chosen, publicIp)
      if (judged.refusals.length > 0) expect(failures).not.toContain(undefined)
    }),
    { numRuns: 2000 },
  )
})

test('what is passed without a word starts in every subnet', () => {
  fc.assert(
    fc.property(sketch, definitions, subnets, fc.boolean(), (drawn, needed, chosen, publicIp) => {
      // A zone that leads to an endpoint cannot be seen from outside, and so is never warned of.
      const { judged, failures } = play(network({ ...drawn, zones: [] }), needed, chosen, publicIp)
      if (judged.refusals.length + judged.warnings.length === 0) {
        expect(failures.filter((failure) => failure !== undefined)).toEqual([])
      }
    }),
    { numRuns: 2000 },
  )
})

test('about a registry that is no AWS service nothing is ever proved', () => {
  const alone = definitions.filter(({ containerDefinitions }) => containerDefinitions[0]?.image !== inEcr)
  fc.assert(
    fc.property(sketch, alone, subnets, fc.boolean(), (drawn, needed, chosen, publicIp) => {
      const { judged } = play(network(drawn), needed, chosen, publicIp)
      expect(judged.refusals.map(({ code }) => code).filter((code) => code !== 'no-free-address')).toEqual([])
    }),
    { numRuns: 1000 },
  )
})

test('the drawn networks are of all three kinds', () => {
  const kinds = fc.sample(fc.tuple(sketch, fc.boolean()), { numRuns: 2000, seed: 1 }).map(([drawn, publicIp]) => {
    const { judged } = play(network(drawn), definition, ['subnet-a'], publicIp)
    return judged.refusals.length > 0 ? 'refused' : judged.warnings.length > 0 ? 'warned' : 'passed'
  })
  const count = (kind: string) => kinds.filter((one) => one === kind).length
  expect(count('refused')).toBeGreaterThan(100)
  expect(count('warned')).toBeGreaterThan(100)
  expect(count('passed')).toBeGreaterThan(20)
})
