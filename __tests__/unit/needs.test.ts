import type { ContainerDefinition } from '@aws-sdk/client-ecs'
import { expect, test } from '@jest/globals'
import { neededLogGroups } from '../../src/preflight/log-group.ts'
import { type Need, neededServices } from '../../src/preflight/needs.ts'

const ecr = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:abc'
const secret = (region: string, name: string) => `arn:aws:secretsmanager:${region}:123456789012:secret:${name}`
const parameter = (region: string, name: string) => `arn:aws:ssm:${region}:123456789012:parameter/${name}`

const needsOf = (container: Partial<ContainerDefinition>, image = ecr) =>
  neededServices({ containerDefinitions: [{ name: 'app', ...container }] }, 'app', image, 'eu-west-1')

const withoutImage = (needs: readonly Need[]) => needs.filter(({ service }) => service !== 'ecr')

test('an image in ECR needs ECR in the region and account of its URI', () => {
  expect(needsOf({}, ecr.replace('eu-west-1', 'us-east-2'))).toEqual([
    {
      service: 'ecr',
      region: 'us-east-2',
      account: '123456789012',
      why: ['container app: image 123456789012.dkr.ecr.us-east-2.amazonaws.com/app:abc'],
    },
  ])
})

test.each([
  ['postgres:16', 'docker.io'],
  ['ghcr.io/acme/app:1', 'ghcr.io'],
  ['public.ecr.aws/docker/library/postgres:16', 'public.ecr.aws'],
  ['registry.corp.example:5000/app', 'registry.corp.example:5000'],
])('the image %s needs the registry %s', (image, host) => {
  expect(needsOf({}, image)).toEqual([{ service: 'registry', host, why: [`container app: image ${image}`] }])
})

test('the image of the definition does not count where it is replaced, those of other containers do', () => {
  const containerDefinitions = [
    { name: 'app', image: 'old.example/app:1' },
    { name: 'proxy', image: 'quay.io/envoy:1' },
  ]
  const hosts = neededServices({ containerDefinitions }, 'app', ecr, 'eu-west-1').map(
    ({ host, account }) => host ?? account,
  )
  expect(hosts).toEqual(['123456789012', 'quay.io'])
})

test.each<[string, Partial<ContainerDefinition>, readonly Need[]]>([
  [
    'a secret in Secrets Manager',
    { secrets: [{ name: 'PASSWORD', valueFrom: `${secret('eu-west-1', 'db-AbCdEf')}:password::` }] },
    [{ service: 'secretsmanager', region: 'eu-west-1', why: ['container app: secret PASSWORD'] }],
  ],
  [
    'several secrets in one service',
    {
      secrets: [
        { name: 'USER', valueFrom: secret('eu-west-1', 'user') },
        { name: 'PASSWORD', valueFrom: secret('eu-west-1', 'password') },
      ],
    },
    [
      {
        service: 'secretsmanager',
        region: 'eu-west-1',
        why: ['container app: secret USER', 'container app: secret PASSWORD'],
      },
    ],
  ],
  [
    'a secret in another region',
    { secrets: [{ name: 'PASSWORD', valueFrom: secret('us-east-1', 'db') }] },
    [{ service: 'secretsmanager', region: 'us-east-1', why: ['container app: secret PASSWORD'] }],
  ],
  [
    'a parameter by ARN',
    { secrets: [{ name: 'HOST', valueFrom: parameter('eu-central-1', 'db/host') }] },
    [{ service: 'ssm', region: 'eu-central-1', why: ['container app: secret HOST'] }],
  ],
  [
    'a parameter by name, which is of the region of the task',
    { secrets: [{ name: 'HOST', valueFrom: '/db/host' }] },
    [{ service: 'ssm', region: 'eu-west-1', why: ['container app: secret HOST'] }],
  ],
  [
    'a secret of another partition',
    { secrets: [{ name: 'X', valueFrom: 'arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:x' }] },
    [{ service: 'secretsmanager', region: 'cn-north-1', why: ['container app: secret X'] }],
  ],
  [
    'the login to a private registry',
    { repositoryCredentials: { credentialsParameter: secret('eu-west-1', 'hub') } },
    [{ service: 'secretsmanager', region: 'eu-west-1', why: ['container app: registry login'] }],
  ],
  [
    'awslogs, in the region of the task',
    { logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/ecs/app' } } },
    [{ service: 'logs', region: 'eu-west-1', why: ['container app: log group /ecs/app'] }],
  ],
  [
    'awslogs, in another region',
    {
      logConfiguration: {
        logDriver: 'awslogs',
        options: { 'awslogs-group': '/ecs/app', 'awslogs-region': 'us-east-1' },
      },
    },
    [{ service: 'logs', region: 'us-east-1', why: ['container app: log group /ecs/app'] }],
  ],
  [
    'awslogs with an endpoint of its own',
    { logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-endpoint': 'https://logs.example' } } },
    [],
  ],
  [
    'another log driver with a secret option',
    {
      logConfiguration: {
        logDriver: 'splunk',
        secretOptions: [{ name: 'splunk-token', valueFrom: secret('eu-west-1', 'splunk') }],
      },
    },
    [{ service: 'secretsmanager', region: 'eu-west-1', why: ['container app: log option splunk-token'] }],
  ],
  [
    'an environment file',
    { environmentFiles: [{ type: 's3', value: 'arn:aws:s3:::bucket/prod.env' }] },
    [{ service: 's3', region: 'eu-west-1', why: ['container app: environment file arn:aws:s3:::bucket/prod.env'] }],
  ],
])('%s', (_what, container, needs) => {
  expect(withoutImage(needsOf(container))).toEqual(needs)
})

test('a definition without containers needs nothing', () => {
  expect(neededServices({}, 'app', ecr, 'eu-west-1')).toEqual([])
})

test('log groups must be there, but where the container makes its own', () => {
  const container = (name: string, options: Record<string, string>): ContainerDefinition => ({
    name,
    logConfiguration: { logDriver: 'awslogs', options },
  })
  const containerDefinitions = [
    container('app', { 'awslogs-group': '/ecs/app' }),
    container('far', { 'awslogs-group': '/ecs/far', 'awslogs-region': 'us-east-1' }),
    container('own', { 'awslogs-group': '/ecs/own', 'awslogs-create-group': 'true' }),
    { name: 'fire', logConfiguration: { logDriver: 'awsfirelens' as const } },
    { name: 'mute' },
  ]
  expect(neededLogGroups({ containerDefinitions }, 'eu-west-1')).toEqual([
    { container: 'app', group: '/ecs/app', region: 'eu-west-1' },
    { container: 'far', group: '/ecs/far', region: 'us-east-1' },
  ])
})
