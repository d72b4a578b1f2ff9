/**
 * The cloud of the example shop, on this machine: a PostgreSQL server with one database for each tenant, and an AWS in
 * which the migration task is defined as its makers have it.
 */
import type { RegisterTaskDefinitionCommandInput, Secret } from '@aws-sdk/client-ecs'
import pg from 'pg'
import { ec2 } from './aws/ec2.ts'
import { ecr } from './aws/ecr.ts'
import { type Image, type LocalAws, type LocalAwsOptions, startLocalAws } from './aws/index.ts'
import { routeProblem } from './aws/network/route-problem.ts'
import { type NetworkSketch, network } from './aws/network/world.ts'
import { type PostgresServer, startPostgres } from './postgres.ts'
import { repositoryRoot } from './repository.ts'

/** The least important first: where they are migrated in this order, the first one shows what is wrong with a release. */
export const TENANT_DATABASES = ['fintech_experiment', 'healthtech_experiment', 'startupwebapp_prod'] as const

const REGION = 'us-east-1'
const ACCOUNT_ID = '123456789012'
const SECRET_ARN = `arn:aws:secretsmanager:${REGION}:${ACCOUNT_ID}:secret:rds/startupwebapp/multi-tenant-AbCdEf`
const CHECK_SECRET_ARN = `arn:aws:secretsmanager:${REGION}:${ACCOUNT_ID}:secret:rds/startupwebapp/checks-GhIjKl`

/** Names in that cloud. */
export const NAMES = {
  cluster: 'startupwebapp-cluster',
  taskDefinition: 'startupwebapp-migration-task',
  checkTaskDefinition: 'startupwebapp-check-task',
  checkSecret: CHECK_SECRET_ARN,
  logGroup: '/ecs/startupwebapp-migrations',
  image: `${ACCOUNT_ID}.dkr.ecr.${REGION}.amazonaws.com/startupwebapp-backend:3f2a1c9`,
  subnets: ['subnet-0a1b2c3d4e5f60001', 'subnet-0a1b2c3d4e5f60002'],
  securityGroup: 'sg-0a1b2c3d4e5f60003',
} as const

export interface Shop {
  readonly aws: LocalAws
  readonly postgres: PostgresServer
  /** How many tables each database has. */
  readonly tableCounts: () => Promise<TableCounts>
  /** Runs SQL in one database. */
  readonly query: (database: string, sql: string) => Promise<void>
  readonly close: () => Promise<void>
}

export type TableCounts = Readonly<Record<string, number>>

interface ShopOptions {
  readonly databases: readonly string[]
  /** false: somebody has deleted the NAT gateway, and the private subnets have no way out. */
  readonly nat?: boolean
  /** More images than the shop's own. */
  readonly images?: Readonly<Record<string, Image>>
  /** Of the migration task, instead of the shop's own. */
  readonly command?: readonly string[]
  readonly secrets?: Readonly<Record<string, string>>
  readonly aws?: Omit<LocalAwsOptions, 'images' | 'secrets' | 'clusters' | 'region' | 'accountId'>
}

/** DATABASE_NAME is not in it: which database is meant is said for each run. */
const task = (family: string, login: string, command: readonly string[]): RegisterTaskDefinitionCommandInput => ({
  family,
  requiresCompatibilities: ['FARGATE'],
  networkMode: 'awsvpc',
  cpu: '256',
  memory: '512',
  executionRoleArn: `arn:aws:iam::${ACCOUNT_ID}:role/startupwebapp-ecs-execution`,
  taskRoleArn: `arn:aws:iam::${ACCOUNT_ID}:role/startupwebapp-ecs-task`,
  containerDefinitions: [
    {
      name: 'migration',
      image: NAMES.image,
      essential: true,
      command: [...command],
      environment: [
        { name: 'NODE_ENV', value: 'production' },
        { name: 'AWS_REGION', value: REGION },
        { name: 'DB_SECRET_NAME', value: 'rds/startupwebapp/multi-tenant' },
      ],
      secrets: [
        secret('DATABASE_USER', login, 'username'),
        secret('DATABASE_PASSWORD', login, 'password'),
        secret('DATABASE_HOST', login, 'host'),
        secret('DATABASE_PORT', login, 'port'),
      ],
      logConfiguration: {
        logDriver: 'awslogs',
        options: {
          'awslogs-group': NAMES.logGroup,
          'awslogs-region': REGION,
          'awslogs-stream-prefix': 'migration',
        },
      },
    },
  ],
  tags: [{ key: 'Application', value: 'startupwebapp' }],
})

/** Starts both servers and defines what the shop's makers have in AWS. */
export async function startShop(options: ShopOptions): Promise<Shop> {
  const postgres = await startPostgres({ databases: options.databases })
  try {
    const aws = await startAws(postgres, options)
    return {
      aws,
      postgres,
      tableCounts: () => countTables(postgres, options.databases),
      query: async (database, sql) => void (await inDatabase(postgres, database, (client) => client.query(sql))),
      close: async () => {
        await aws.close()
        await postgres.close()
      },
    }
  } catch (error) {
    await postgres.close()
    throw error
  }
}

async function startAws(postgres: PostgresServer, options: ShopOptions): Promise<LocalAws> {
  const server = { host: postgres.host, port: String(postgres.port) }
  const login = { username: postgres.user, password: postgres.password, ...server }
  const checks = { username: 'checks', password: 'not-secret', ...server }
  const application: Image = { folder: `${repositoryRoot()}/examples/app`, command: ['node', 'dist/server.js'] }
  const images = { [NAMES.image]: application, ...options.images }
  const world = network(privateNetwork(options.nat ?? true))
  const aws = await startLocalAws({
    ...options.aws,
    region: REGION,
    accountId: ACCOUNT_ID,
    clusters: [NAMES.cluster],
    images,
    services: [ec2(() => world), ecr(() => ({ images }))],
    network: (placement) => routeProblem(world, placement),
    secrets: {
      [SECRET_ARN]: JSON.stringify(login),
      [CHECK_SECRET_ARN]: JSON.stringify(checks),
      ...options.secrets,
    },
  })
  aws.seedLogGroup(NAMES.logGroup)
  const command = options.command ?? ['node', 'dist/migrate.js']
  aws.seedTaskDefinition(task(NAMES.taskDefinition, SECRET_ARN, command))
  aws.seedTaskDefinition(task(NAMES.checkTaskDefinition, CHECK_SECRET_ARN, command))
  return aws
}

/** Two private subnets that reach AWS through one NAT gateway. */
function privateNetwork(nat: boolean): NetworkSketch {
  const [first, second] = NAMES.subnets
  const publicSubnet = 'subnet-0a1b2c3d4e5f60009'
  const gateway = 'nat-0a1b2c3d4e5f60007'
  return {
    region: REGION,
    account: ACCOUNT_ID,
    vpc: 'vpc-0a1b2c3d4e5f60000',
    subnets: {
      [first]: { routeTable: 'rtb-0a1b2c3d4e5f60005' },
      [second]: { routeTable: 'rtb-0a1b2c3d4e5f60005' },
      [publicSubnet]: { routeTable: 'rtb-0a1b2c3d4e5f60006' },
    },
    routeTables: {
      'rtb-0a1b2c3d4e5f60005': nat ? [`0.0.0.0/0 ${gateway}`] : [],
      'rtb-0a1b2c3d4e5f60006': ['0.0.0.0/0 igw-0a1b2c3d4e5f60008'],
    },
    nats: nat ? { [gateway]: { subnet: publicSubnet } } : {},
    securityGroups: {
      [NAMES.securityGroup]: { name: 'startupwebapp-migration', out: ['443 0.0.0.0/0', '5432 sg-0a1b2c3d4e5f60004'] },
      'sg-0a1b2c3d4e5f60004': { name: 'startupwebapp-rds', in: [`5432 ${NAMES.securityGroup}`] },
    },
  }
}

async function countTables(postgres: PostgresServer, databases: readonly string[]): Promise<TableCounts> {
  const sql = `SELECT count(*)::int AS tables FROM information_schema.tables WHERE table_schema = 'public'`
  const counts = databases.map(async (database): Promise<[string, number]> => {
    const { rows } = await inDatabase(postgres, database, (client) => client.query<{ tables: number }>(sql))
    return [database, rows[0]?.tables ?? 0]
  })
  return Object.fromEntries(await Promise.all(counts))
}

async function inDatabase<T>(
  { host, port, user, password }: PostgresServer,
  database: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ host, port, user, password, database })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

function secret(name: string, arn: string, key: string): Secret {
  return { name, valueFrom: `${arn}:${key}::` }
}
