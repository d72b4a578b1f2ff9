/** local/ in the place of an account: what the stacks would make is read from the same templates. */
import { join } from 'node:path'
import type { RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs'
import { ec2 } from '../local/aws/ec2.ts'
import { ecr } from '../local/aws/ecr.ts'
import { type Image, type LocalAws, startLocalAws } from '../local/aws/index.ts'
import { routeProblem } from '../local/aws/network/route-problem.ts'
import { network } from '../local/aws/network/world.ts'
import { repositoryRoot } from '../local/repository.ts'
import { type Known, readTemplate, resolveValue } from '../scripts/infra/cloudformation.ts'
import { type Account, namesFrom, opensAws } from './account.ts'
import type { Names } from './story.ts'

/** Time runs so many times faster, for the steps as for the local AWS: most of a step is waiting. */
const SCALE = 5
/** What a story waits for longer than this is over at once. */
const LONG_WAIT_MS = 60_000
const root = repositoryRoot()
const fixed = namesFrom('acceptance', '123456789012', 'eu-west-1')

const names: Names = {
  ...fixed,
  image: `${fixed.repository}:acceptance`,
  subnets: ['subnet-0a1b2c3d4e5f60001', 'subnet-0a1b2c3d4e5f60002'],
  subnetWithoutWayOut: 'subnet-0a1b2c3d4e5f60003',
  securityGroup: 'sg-0a1b2c3d4e5f60004',
  migrationRole: `arn:aws:iam::${fixed.accountId}:role/acceptance-MigrationRole`,
  // Only AWS's buffer could lose any, and there are none of AWS's limits here.
  manyLines: 20_000,
  roleForMany: `arn:aws:iam::${fixed.accountId}:role/acceptance-RoleForMany`,
}

const secretArn = `arn:aws:secretsmanager:${fixed.region}:${fixed.accountId}:secret:acceptance/database-AbCdEf`

/** What the templates refer to. */
const known: Known = {
  'AWS::Partition': 'aws',
  'AWS::Region': fixed.region,
  'AWS::AccountId': fixed.accountId,
  AppName: fixed.prefix,
  Image: names.image,
  Command: ['act', 'print', 'the command of the definition'],
  DatabaseSecretArn: secretArn,
  LogGroup: fixed.logGroup,
  'Repository.RepositoryUri': fixed.repository,
  'ExecutionRole.Arn': `arn:aws:iam::${fixed.accountId}:role/acceptance/execution`,
  'TaskRole.Arn': `arn:aws:iam::${fixed.accountId}:role/acceptance/task`,
}

export async function openLocalAccount(): Promise<Account> {
  const image: Image = {
    folder: join(root, 'acceptance/image'),
    environment: {
      MEMORY_HAS_NO_LIMIT: 'true',
      PATH: `${join(root, 'acceptance/image')}:/usr/local/bin:/usr/bin:/bin`,
    },
  }
  const images = { [names.image]: image }
  let origin = Date.now()
  const world = network(sketch)
  const aws = await startLocalAws({
    region: names.region,
    accountId: names.accountId,
    clusters: [names.cluster],
    images,
    secrets: { [secretArn]: JSON.stringify({ username: 'x', password: 'x', host: 'x', port: '1' }) },
    services: [ec2(() => world), ecr(() => ({ images, account: names.accountId }))],
    network: (placement) => routeProblem(world, placement),
    roles: [names.migrationRole, names.roleForMany],
    enforceRates: true,
    // As long on AWS: long enough for a busy machine to look while it lasts.
    timing: { provisioning: 8_000 },
    timeScale: SCALE,
    timeOrigin: origin,
  })
  for (const group of [names.logGroup, names.othersLogGroup]) aws.seedLogGroup(group)
  aws.seedLogGroup(names.infrequentLogGroup, names.region, 'INFREQUENT_ACCESS')
  for (const definition of definitions()) aws.seedTaskDefinition(definition)
  const kernel = setInterval(() => killForMemory(aws), 20)
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url = '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: token = '' } = aws.oidcEnvironment
  return {
    names,
    leads: { opens: opensAws, upstream: aws.url },
    identity: async (role) => ({
      inputs: {
        'aws-region': names.region,
        'role-to-assume': role === 'many' ? names.roleForMany : names.migrationRole,
      },
      idToken: { url, token },
    }),
    credentials: async () => ({ accessKeyId: 'AKIALOCALLOCALLOCAL1', secretAccessKey: 'of-no-worth' }),
    now: aws.now,
    sleep: (ms) => {
      if (ms < LONG_WAIT_MS) return pause(ms / SCALE)
      aws.pass(ms)
      origin += ms / (1 - SCALE)
      return Promise.resolve()
    },
    pace: () => ({
      nodeArguments: ['--import', join(root, 'scripts/preload-time.mjs')],
      timeScale: SCALE,
      env: { TIME_SCALE: String(SCALE), TIME_ORIGIN: String(origin) },
    }),
    close: async () => {
      clearInterval(kernel)
      await aws.close()
    },
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** This machine sets a process no limit: what the kernel would do is done to a container that eats memory. */
function killForMemory(aws: LocalAws): void {
  for (const { taskArn, command, exitedAt, startedAt } of aws.containers)
    if (exitedAt === undefined && command.includes('eat-memory') && aws.now() > startedAt + 1000)
      aws.outOfMemory(taskArn)
}

const sketch = {
  region: names.region,
  account: names.accountId,
  subnets: {
    [names.subnets[0] ?? '']: { routeTable: 'rtb-0a1b2c3d4e5f60005' },
    [names.subnets[1] ?? '']: { routeTable: 'rtb-0a1b2c3d4e5f60005' },
    [names.subnetWithoutWayOut]: {},
    'subnet-0a1b2c3d4e5f60009': { routeTable: 'rtb-0a1b2c3d4e5f60006' },
  },
  routeTables: {
    'rtb-0a1b2c3d4e5f60005': ['0.0.0.0/0 nat-0a1b2c3d4e5f60007'],
    'rtb-0a1b2c3d4e5f60006': ['0.0.0.0/0 igw-0a1b2c3d4e5f60008'],
  },
  nats: { 'nat-0a1b2c3d4e5f60007': { subnet: 'subnet-0a1b2c3d4e5f60009' } },
  securityGroups: { [names.securityGroup]: { out: ['443 0.0.0.0/0'] } },
}

function definitions(): readonly RegisterTaskDefinitionCommandInput[] {
  return ['infra/migration.yml', 'acceptance/account.yml'].flatMap((file) => {
    const template = readTemplate(join(root, file))
    const group = file.startsWith('infra') ? names.logGroup : names.othersLogGroup
    return Object.values(template.Resources)
      .filter(({ Type }) => Type === 'AWS::ECS::TaskDefinition')
      .map(({ Properties }) => lowered(resolveValue(template, { ...known, LogGroup: group }, Properties)))
  }) as readonly RegisterTaskDefinitionCommandInput[]
}

/** CloudFormation writes `ContainerDefinitions` what the API writes `containerDefinitions`. */
function lowered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowered)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key.charAt(0).toLowerCase() + key.slice(1), lowered(member)]),
  )
}
