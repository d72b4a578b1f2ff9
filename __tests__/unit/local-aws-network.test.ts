/** The local AWS's EC2, and its own idea of whether a task's packets arrive. */
import { DescribeSecurityGroupsCommand, DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { ec2 } from '../../local/aws/ec2.ts'
import { type LocalAws, startLocalAws } from '../../local/aws/index.ts'
import { routeProblem } from '../../local/aws/network/route-problem.ts'
import {
  endpointsOnly,
  type NetworkSketch,
  network,
  noWayOut,
  privateSubnetsWithNat,
  publicSubnets,
} from '../../local/aws/network/world.ts'

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'

const ecr = '123456789012.dkr.ecr.us-east-1.amazonaws.com/app:abc'
const secrets = [{ name: 'PASSWORD', valueFrom: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:db' }]
const logConfiguration = { logDriver: 'awslogs' as const, options: { 'awslogs-group': '/ecs/app' } }
const definition = { containerDefinitions: [{ name: 'app', image: ecr, secrets, logConfiguration }] }

const start = (sketch: NetworkSketch, assignPublicIp = false, own = definition) =>
  routeProblem(network(sketch), { subnet: 'subnet-a', securityGroups: ['sg-task'], assignPublicIp, definition: own })

describe('a task', () => {
  test.each([
    ['in a private subnet with a NAT gateway', start(privateSubnetsWithNat())],
    ['in a public subnet with a public IP', start(publicSubnets(), true)],
    ['with endpoints only', start(endpointsOnly())],
    ['behind a transit gateway', start({ ...noWayOut(), routeTables: { 'rtb-private': ['0.0.0.0/0 tgw-1'] } })],
  ])('%s starts', (_where, problem) => {
    expect(problem).toBeUndefined()
  })

  const { endpoints = {} } = endpointsOnly()
  const without = (name: string): NetworkSketch => ({
    ...endpointsOnly(),
    endpoints: Object.fromEntries(Object.entries(endpoints).filter(([id]) => id !== name)),
  })

  test.each([
    ['without a way out', start(noWayOut()), 'ecr-unreachable'],
    ['in a public subnet without a public IP', start(publicSubnets()), 'ecr-unreachable'],
    ['without an endpoint for its secrets', start(without('vpce-secretsmanager')), 'secrets-unreachable'],
    ['without an endpoint for its log', start(without('vpce-logs')), 'logs-unreachable'],
    ['without the way to the layers', start(without('vpce-s3')), 'ecr-unreachable'],
    [
      'in a full subnet',
      start({ ...privateSubnetsWithNat(), subnets: { 'subnet-a': { free: 0 } } }),
      'no-free-addresses',
    ],
    [
      'behind a transit gateway that leads nowhere',
      start({ ...noWayOut(), routeTables: { 'rtb-private': ['0.0.0.0/0 tgw-1'] }, deadEnds: ['tgw-1'] }),
      'ecr-unreachable',
    ],
  ])('%s does not start', (_where, problem, expected) => {
    expect(problem).toBe(expected)
  })
})

describe('EC2', () => {
  let aws: LocalAws
  let client: EC2Client

  beforeAll(async () => {
    const groups = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`sg-${index}`, {}]))
    const world = network({
      ...privateSubnetsWithNat(),
      securityGroups: { ...groups, 'sg-odd': { name: '<a & "b">' } },
    })
    aws = await startLocalAws({ images: {}, services: [ec2(() => world)], journalFolder: false })
    client = new EC2Client({
      endpoint: aws.url,
      region: aws.region,
      credentials: { accessKeyId: 'AKIALOCAL', secretAccessKey: 'none' },
      maxAttempts: 1,
    })
  })
  afterAll(async () => {
    client.destroy()
    await aws.close()
  })

  test('pages, each item once', async () => {
    const seen: (string | undefined)[] = []
    let NextToken: string | undefined
    do {
      const answer = await client.send(new DescribeSecurityGroupsCommand({ MaxResults: 5, NextToken }))
      seen.push(...(answer.SecurityGroups ?? []).map(({ GroupId }) => GroupId))
      NextToken = answer.NextToken
    } while (NextToken !== undefined)
    expect(seen).toHaveLength(14)
    expect(new Set(seen).size).toBe(14)
  })

  test('keeps odd names whole', async () => {
    const { SecurityGroups: [odd] = [] } = await client.send(
      new DescribeSecurityGroupsCommand({ GroupIds: ['sg-odd'] }),
    )
    expect([odd?.GroupName, odd?.Description]).toEqual(['<a & "b">', '<a & "b">'])
  })

  test.each([
    ['an id that does not exist', new DescribeSubnetsCommand({ SubnetIds: ['subnet-x'] }), 'InvalidSubnetID.NotFound'],
    [
      'an unknown filter',
      new DescribeSubnetsCommand({ Filters: [{ Name: 'x', Values: ['y'] }] }),
      'InvalidParameterValue',
    ],
    ['a page of four', new DescribeSubnetsCommand({ MaxResults: 4 }), 'InvalidParameterValue'],
    ['a token of another', new DescribeSubnetsCommand({ NextToken: 'made-up' }), 'InvalidParameterValue'],
  ])('refuses %s', async (_what, command, name) => {
    await expect(client.send(command)).rejects.toMatchObject({ name })
  })
})
