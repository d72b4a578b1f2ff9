/** The preflight with AWS's own clients against the local AWS. */
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { ec2 } from '../../local/aws/ec2.ts'
import { type EcrRegistry, ecr } from '../../local/aws/ecr.ts'
import { type JournalEntry, type LocalAws, startLocalAws } from '../../local/aws/index.ts'
import { endpointsOnly, network, noWayOut, privateSubnetsWithNat, type World } from '../../local/aws/network/world.ts'
import { clientConfig } from '../../src/aws/client.ts'
import { createLookups } from '../../src/aws/lookups.ts'
import { type CheckRequest, type Checks, createChecks } from '../../src/preflight/checks.ts'

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'

const registryHost = '123456789012.dkr.ecr.us-east-1.amazonaws.com'
const digest = `sha256:${'a'.repeat(64)}`
const image = `${registryHost}/app:abc`

const definition = {
  containerDefinitions: [
    {
      name: 'app',
      image: `${registryHost}/app:old`,
      secrets: [{ name: 'PASSWORD', valueFrom: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf' }],
      logConfiguration: { logDriver: 'awslogs' as const, options: { 'awslogs-group': '/ecs/app' } },
    },
  ],
}

const request: CheckRequest = {
  cluster: 'default',
  image,
  definition,
  container: 'app',
  network: { subnets: ['subnet-a', 'subnet-b'], securityGroups: ['sg-task'], assignPublicIp: false },
  account: '123456789012',
}

const everything = ['cluster', 'image', 'log group', 'network']
const allIsWell = {
  refusals: [],
  warnings: [],
  checked: everything,
  missingPermissions: [],
  unchecked: [],
  imageBytes: 50_000_000,
}

let aws: LocalAws
let world: World
let registry: EcrRegistry
let checks: Checks
let folder: string

const configOf = () => ({
  ...clientConfig({
    region: 'us-east-1',
    credentials: async () => ({ accessKeyId: 'AKIALOCAL', secretAccessKey: 'none' }),
    say: () => {},
  }),
  endpoint: aws.url,
})

const lookups = (region = async () => 'us-east-1') => createLookups(configOf(), region)
const checksWithin = (limitMs: number) => createChecks(lookups(), limitMs)

beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'checks-test-'))
  world = network(privateSubnetsWithNat())
  registry = { repositories: { app: [{ tags: ['abc'], digest }] } }
  aws = await startLocalAws({ images: {}, services: [ec2(() => world), ecr(() => registry)], journalFolder: false })
  aws.seedLogGroup('/ecs/app')
  checks = checksWithin(8000)
})

afterEach(async () => {
  await aws.close()
  rmSync(folder, { recursive: true, force: true })
})

const calls = () => aws.journal.map(({ service, operation }) => `${service}:${operation}`)
const codes = (problems: readonly { readonly code: string }[]) => problems.map(({ code }) => code)

describe('a sound start', () => {
  test('has nothing to say', async () => {
    expect(await checks.run(request)).toEqual(allIsWell)
  })

  test('is found sound by endpoints alone', async () => {
    world = network(endpointsOnly())
    expect(await checks.run(request)).toEqual(allIsWell)
  })

  test('is asked for in two rounds, each thing once', async () => {
    await checks.run(request)
    expect(calls().sort()).toEqual([
      'ec2:DescribeNatGateways',
      'ec2:DescribeNetworkAcls',
      'ec2:DescribeRouteTables',
      'ec2:DescribeSecurityGroups',
      'ec2:DescribeSecurityGroups',
      'ec2:DescribeSubnets',
      'ec2:DescribeSubnets',
      'ec2:DescribeVpcAttribute',
      'ec2:DescribeVpcAttribute',
      'ec2:DescribeVpcEndpoints',
      'ecr:DescribeImages',
      'ecs:DescribeClusters',
      'logs:DescribeLogGroups',
    ])
  })

  test('asks for all of a round at the same time', async () => {
    // What is loaded at the first call would keep others waiting.
    await checks.run(request)
    const before = aws.journal.length
    aws.faults.add({ operation: '*', kind: 'slow', delayMs: 400 })
    await checksWithin(8000).run(request)
    expect(roundsOf(aws.journal.slice(before))).toBe(2)
  })

  test('begins before definition and network are known', async () => {
    let resolveDefinition: (known: typeof definition) => void = () => {}
    const late = new Promise<typeof definition>((resolve) => {
      resolveDefinition = resolve
    })
    const result = checks.run({ ...request, definition: late })
    await until(() => calls().includes('ec2:DescribeRouteTables') && calls().includes('ecr:DescribeImages'))
    expect(calls()).not.toContain('logs:DescribeLogGroups')
    resolveDefinition(definition)
    expect(await result).toEqual(allIsWell)
  })
})

describe('a mistake is found', () => {
  test('a subnet that does not exist', async () => {
    const { refusals } = await checks.run({
      ...request,
      network: { ...(await request.network), subnets: ['subnet-x'] },
    })
    expect(refusals.map(({ reason }) => reason)).toEqual([
      'The task cannot start: subnet-x does not exist in Region us-east-1 of account 123456789012.',
    ])
  })

  test('an endpoint that does not let the task in, its own security group among a hundred others', async () => {
    const others = Object.fromEntries(Array.from({ length: 1500 }, (_, index) => [`sg-${index}`, { out: [] }]))
    const sketch = endpointsOnly()
    world = network({ ...sketch, securityGroups: { ...sketch.securityGroups, ...others, 'sg-endpoints': { in: [] } } })
    const { refusals } = await checks.run(request)
    expect(codes(refusals)).toEqual(['endpoint-closed'])
    expect(calls().filter((call) => call === 'ec2:DescribeSecurityGroups')).toHaveLength(3)
  })

  test('a route table on the second page', async () => {
    const sketch = noWayOut()
    const others = Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`rtb-${index}`, ['0.0.0.0/0 nat-1']]))
    world = network({ ...sketch, routeTables: { ...others, ...sketch.routeTables } })
    expect(codes((await checks.run(request)).refusals)).toEqual(['no-route'])
  })

  test('an image by a digest that is not there', async () => {
    const gone = `sha256:${'b'.repeat(64)}`
    const { refusals } = await checks.run({ ...request, image: `${registryHost}/app@${gone}` })
    expect(refusals.map(({ reason }) => reason)).toEqual([
      `The ECR repository app in account 123456789012, Region us-east-1 has no image with digest ${gone}.`,
    ])
  })

  test('a repository that is not there', async () => {
    const { refusals } = await checks.run({ ...request, image: `${registryHost}/other:abc` })
    expect(codes(refusals)).toEqual(['image-repository-not-found'])
  })

  test('a repository of another account, which is asked for by its registry id', async () => {
    registry = { account: '210987654321', repositories: { app: [{ tags: ['abc'], digest }] } }
    const elsewhere = image.replace('123456789012', '210987654321')
    expect(await checks.run({ ...request, image: elsewhere })).toEqual(allIsWell)
  })

  test('an image that a pull-through cache has yet to fetch, as a doubt', async () => {
    registry = { repositories: {}, cacheRules: ['hub'] }
    const { refusals, warnings } = await checks.run({ ...request, image: `${registryHost}/hub/app:1` })
    expect([codes(refusals), codes(warnings)]).toEqual([[], ['image-not-cached-yet']])
  })

  test('a digest that a pull-through cache has not fetched, with what to do first', async () => {
    registry = { repositories: { 'quay/tools': [] }, cacheRules: ['quay'] }
    const uri = `${registryHost}/quay/tools@sha256:${'7'.repeat(64)}`
    const { refusals, warnings } = await checks.run({ ...request, image: uri })
    expect([codes(refusals), codes(warnings)]).toEqual([[], ['image-not-cached-yet']])
    expect(warnings[0]?.reason).toContain('by digest most likely does not')
    expect(warnings[0]?.remedy).toContain(`docker pull ${registryHost}/quay/tools:TAG`)
  })

  test('the wrong architecture', async () => {
    registry = { repositories: { app: [{ tags: ['abc'], digest, platforms: ['linux/arm64', 'unknown/unknown'] }] } }
    const { refusals } = await checks.run(request)
    expect(refusals.map(({ reason }) => reason)).toEqual([
      `The task runs on linux/amd64, and the image ${image} has only linux/arm64.`,
    ])
  })

  test('the right architecture of several', async () => {
    registry = { repositories: { app: [{ tags: ['abc'], digest, platforms: ['linux/amd64', 'linux/arm64'] }] } }
    const onArm = { ...definition, runtimePlatform: { cpuArchitecture: 'ARM64' as const } }
    expect(await checks.run({ ...request, definition: onArm })).toEqual({
      ...allIsWell,
      checked: ['cluster', 'image', "image's architecture", 'log group', 'network'],
    })
  })

  test('a cluster that is not there', async () => {
    const { refusals } = await checks.run({ ...request, cluster: 'staging' })
    expect(refusals.map(({ reason }) => reason)).toEqual(['There is no cluster staging in Region us-east-1.'])
  })

  test('a cluster that was deleted', async () => {
    aws.seedCluster('old', 'INACTIVE')
    const { refusals } = await checks.run({ ...request, cluster: 'old' })
    expect(refusals.map(({ reason }) => reason)).toEqual([
      'The cluster old in Region us-east-1 is INACTIVE: it was deleted.',
    ])
  })

  test('a cluster whose capacity providers are being set up, as a doubt', async () => {
    aws.seedCluster('new', 'PROVISIONING')
    const { refusals, warnings } = await checks.run({ ...request, cluster: 'new' })
    expect([codes(refusals), codes(warnings)]).toEqual([[], ['cluster-not-active']])
  })

  test('a log group that is not there, though a longer name is', async () => {
    aws.seedLogGroup('/ecs/app-migrations-of-another')
    const log = { logDriver: 'awslogs' as const, options: { 'awslogs-group': '/ecs/app-migrations' } }
    const [app] = definition.containerDefinitions
    const { refusals } = await checks.run({
      ...request,
      definition: { containerDefinitions: [{ ...app, logConfiguration: log }] },
    })
    expect(codes(refusals)).toEqual(['log-group-not-found'])
  })

  test('a log group whose lines cannot be read here, as a doubt, and only where it is the migration that logs there', async () => {
    aws.seedLogGroup('/ecs/rare', undefined, 'INFREQUENT_ACCESS')
    const log = { logDriver: 'awslogs' as const, options: { 'awslogs-group': '/ecs/rare' } }
    const [app] = definition.containerDefinitions
    const checked = (container: string) =>
      checks.run({ ...request, container, definition: { containerDefinitions: [{ ...app, logConfiguration: log }] } })
    const { refusals, warnings } = await checked(app?.name ?? '')
    expect([codes(refusals), codes(warnings)]).toEqual([[], ['log-class']])
    expect(warnings[0]?.reason).toContain('/ecs/rare')
    expect(codes((await checked('another')).warnings)).toEqual([])
  })

  test('a log group in the region that awslogs-region names', async () => {
    aws.seedLogGroup('/ecs/there', 'eu-west-1')
    const options = { 'awslogs-group': '/ecs/there', 'awslogs-region': 'eu-west-1' }
    const [app] = definition.containerDefinitions
    const elsewhere = { ...app, logConfiguration: { logDriver: 'awslogs' as const, options } }
    expect(await checks.run({ ...request, definition: { containerDefinitions: [elsewhere] } })).toEqual(allIsWell)
  })
})

describe('what cannot be looked at', () => {
  test('every denied permission is named, once, and nothing is concluded', async () => {
    world = network(noWayOut())
    aws.faults.add({ operation: '*', kind: 'access-denied' })
    expect(await checks.run(request)).toEqual({
      refusals: [],
      warnings: [],
      checked: [],
      missingPermissions: [
        'ec2:DescribeNatGateways',
        'ec2:DescribeNetworkAcls',
        'ec2:DescribeRouteTables',
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeSubnets',
        'ec2:DescribeVpcAttribute',
        'ec2:DescribeVpcEndpoints',
        'ecr:DescribeImages',
        'ecs:DescribeClusters',
        'logs:DescribeLogGroups',
      ],
      unchecked: [],
    })
  })

  test('subnets that may not be read: the other permissions are found out all the same', async () => {
    aws.faults.add({ operation: 'DescribeSubnets', kind: 'access-denied' })
    aws.faults.add({ operation: 'DescribeNetworkAcls', kind: 'access-denied' })
    const result = await checks.run({ ...request, network: { ...(await request.network), securityGroups: [] } })
    const missingPermissions = ['ec2:DescribeNetworkAcls', 'ec2:DescribeSubnets']
    expect(result).toEqual({ ...allIsWell, checked: ['cluster', 'image', 'log group'], missingPermissions })
  })

  test('one denied permission leaves the others their say', async () => {
    aws.faults.add({ operation: 'DescribeNatGateways', kind: 'access-denied' })
    aws.faults.add({ operation: 'DescribeLogGroups', kind: 'access-denied' })
    expect(await checks.run({ ...request, image: `${registryHost}/app:gone` })).toMatchObject({
      refusals: [{ code: 'image-not-found' }],
      missingPermissions: ['ec2:DescribeNatGateways', 'logs:DescribeLogGroups'],
    })
  })

  test('a manifest list that may not be read', async () => {
    registry = { repositories: { app: [{ tags: ['abc'], digest, platforms: ['linux/arm64'] }] } }
    aws.faults.add({ operation: 'BatchGetImage', kind: 'access-denied' })
    expect(await checks.run(request)).toEqual({ ...allIsWell, missingPermissions: ['ecr:BatchGetImage'] })
  })

  test('cache rules that may not be read: a usual prefix is a doubt, another name is none', async () => {
    aws.faults.add({ operation: 'DescribePullThroughCacheRules', kind: 'access-denied' })
    const usual = await checks.run({ ...request, image: `${registryHost}/docker-hub/app:1` })
    expect([codes(usual.refusals), codes(usual.warnings)]).toEqual([[], ['image-not-cached-yet']])
    const own = await checks.run({ ...request, image: `${registryHost}/team/app:1` })
    expect(codes(own.refusals)).toEqual(['image-repository-not-found'])
  })

  test('what never answers is given up in time, the rest is judged', async () => {
    world = network(noWayOut())
    aws.faults.add({ operation: 'DescribeSecurityGroups', kind: 'no-answer' })
    aws.faults.add({ operation: 'DescribeImages', kind: 'no-answer' })
    const started = performance.now()
    const result = await checksWithin(700).run(request)
    expect(performance.now() - started).toBeLessThan(1500)
    expect(codes(result.refusals)).toEqual(['no-route'])
    expect(result.unchecked).toEqual(['Not checked: the image, the security groups (no answer from AWS within 0.7 s).'])
  })

  test('the caller can end it', async () => {
    aws.faults.add({ operation: '*', kind: 'no-answer' })
    const controller = new AbortController()
    const result = checks.run(request, controller.signal)
    setTimeout(() => controller.abort(), 50)
    expect((await result).refusals).toEqual([])
  })

  test('an error of AWS is shown as it is', async () => {
    const error = { code: 'OptInRequired', message: 'You are not subscribed to this service.', status: 401 }
    aws.faults.add({ operation: 'DescribeVpcEndpoints', kind: 'error', error })
    expect((await checks.run(request)).unchecked).toEqual([
      expect.stringMatching(
        /^Not checked: the VPC endpoints \(ec2:DescribeVpcEndpoints in us-east-1: OptInRequired: You are not subscribed to this service\. \(request [\da-f-]+\)\)\.$/,
      ),
    ])
  })

  test('what is denied is not said to be checked: the rest is, by name', async () => {
    aws.faults.add({ operation: 'DescribeNetworkAcls', kind: 'access-denied' })
    aws.faults.add({ operation: 'DescribeClusters', kind: 'access-denied' })
    expect((await checks.run(request)).checked).toEqual([
      'image',
      'log group',
      'subnets',
      'security groups',
      'route tables',
      'NAT gateways',
      'VPC endpoints',
      'DNS settings of the VPC',
    ])
  })

  test('a sidecar whose image is no reference', async () => {
    const containerDefinitions = [...definition.containerDefinitions, { name: 'nginx', image: 'Nginx:stable' }]
    expect((await checks.run({ ...request, definition: { containerDefinitions } })).unchecked).toEqual([
      'Image Nginx:stable of container nginx is no image reference: the way to it was not checked.',
    ])
  })

  test('an image of another registry', async () => {
    const result = await checks.run({ ...request, image: 'ghcr.io/acme/app:1' })
    expect(result).toEqual({
      refusals: [],
      warnings: [],
      checked: ['cluster', 'log group', 'network'],
      missingPermissions: [],
      unchecked: [
        'Image ghcr.io/acme/app:1 is in ghcr.io: only images in Amazon ECR are looked up, so whether it exists was not checked.',
      ],
    })
  })

  test('a definition that cannot be described ends nothing: that is said where it is asked for', async () => {
    const failing = Promise.reject(new Error('no such definition'))
    const checked = ['cluster', 'image', 'network']
    expect(await checks.run({ ...request, definition: failing })).toEqual({ ...allIsWell, checked })
  })

  test('a region that is set nowhere', async () => {
    const lost = createChecks(lookups(async () => Promise.reject(new Error('Region is missing'))))
    expect((await lost.run(request)).unchecked).toEqual(['Nothing was checked: Region is missing'])
  })
})

describe('the digest of a tag', () => {
  test('is looked up once, for clone and check alike', async () => {
    expect(await checks.resolveDigest(image)).toBe(digest)
    expect((await checks.run(request)).refusals).toEqual([])
    expect(calls().filter((call) => call === 'ecr:DescribeImages')).toHaveLength(1)
  })

  test.each([
    ['its own', ['mirror']],
    ['that holds for all', ['ROOT']],
  ])('is left alone where a cache rule %s refreshes the tag', async (_which, cacheRules) => {
    registry = { repositories: { 'mirror/tools/wait': [{ tags: ['3'], digest }] }, cacheRules }
    expect(await checks.resolveDigest(`${registryHost}/mirror/tools/wait:3`)).toBeUndefined()
  })

  test('is found where the cache rules are of other repositories', async () => {
    registry = { repositories: { app: [{ tags: ['abc'], digest }] }, cacheRules: ['mirror', 'ap'] }
    expect(await checks.resolveDigest(image)).toBe(digest)
  })

  test('is found where the cache rules may not be read', async () => {
    aws.faults.add({ operation: 'DescribePullThroughCacheRules', kind: 'access-denied' })
    expect(await checks.resolveDigest(image)).toBe(digest)
  })

  test('needs no call where the image is given by digest', async () => {
    expect(await checks.resolveDigest(`${registryHost}/app@${digest}`)).toBe(digest)
    expect(calls()).toEqual([])
  })

  test.each([
    ['of another registry', 'ghcr.io/acme/app:1'],
    ['that does not exist', `${registryHost}/app:gone`],
    ['of no image at all', 'https://example.com/'],
  ])('%s is not known', async (_what, uri) => {
    expect(await checks.resolveDigest(uri)).toBeUndefined()
  })

  test('is asked for anew where the registry did not answer in time', async () => {
    const slow = checksWithin(200)
    aws.faults.add({ operation: 'DescribeImages', kind: 'answer-late', delayMs: 500, times: 2 })
    expect(await slow.resolveDigest(image)).toBeUndefined()
    expect(await slow.resolveDigest(image, undefined, 5_000)).toBe(digest)
  })

  test('of a cached image is not taken for its own where the cache rules came too late', async () => {
    registry = { repositories: { 'mirror/app': [{ tags: ['abc'], digest }] }, cacheRules: ['mirror'] }
    const slow = checksWithin(200)
    aws.faults.add({ operation: 'DescribePullThroughCacheRules', kind: 'answer-late', delayMs: 500, times: 1 })
    const cached = `${registryHost}/mirror/app:abc`
    expect(await slow.resolveDigest(cached)).toBeUndefined()
    expect(await slow.resolveDigest(cached, undefined, 5_000)).toBeUndefined()
  })

  test('that may not be read is not known', async () => {
    aws.faults.add({ operation: 'DescribeImages', kind: 'access-denied' })
    expect(await checks.resolveDigest(image)).toBeUndefined()
  })
})

test('the local AWS describes the images that its tasks can pull', async () => {
  registry = { images: { [`${registryHost}/shop`]: { folder } } }
  const found = await checks.resolveDigest(`${registryHost}/shop:v1`)
  expect(found).toMatch(/^sha256:[0-9a-f]{64}$/)
  expect(await checks.resolveDigest(`${registryHost}/app:abc`)).toBeUndefined()
})

/** How many of the calls had to wait for another one's answer, at the most, one after another. */
function roundsOf(calls: readonly JournalEntry[]): number {
  let rounds = 0
  let answered = Number.NEGATIVE_INFINITY
  for (const { at, outcome } of [...calls].sort((one, other) => (one.outcome?.at ?? 0) - (other.outcome?.at ?? 0))) {
    if (at < answered) continue
    rounds += 1
    answered = outcome?.at ?? Number.POSITIVE_INFINITY
  }
  return rounds
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10))
}
