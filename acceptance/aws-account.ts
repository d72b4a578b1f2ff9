/** An account of AWS: checked, deployed to, played in, and left as it was found. */
import { execFileSync, spawnSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import { ECRClient, GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr'
import { ECSClient, ListTasksCommand, StopTaskCommand } from '@aws-sdk/client-ecs'
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { type Account, namesFrom, opensAws } from './account.ts'
import { type Leftover, type Stacks, stackNames, stacksOf } from './stacks.ts'
import type { Names } from './story.ts'

export interface AwsOptions {
  readonly account: string
  readonly region: string
  readonly prefix: string
  /** Absent: built from image/ with docker, and pushed. */
  readonly image?: string
  readonly boundary?: string
  /** A real database, for the story that has one. */
  readonly database?: NonNullable<Names['database']> & { readonly secret: string }
}

/** Why a run does not begin. */
export class NotHere extends Error {}

export interface Deployment {
  readonly leftovers: readonly Leftover[]
  /** Makes the stacks and the image. @throws Error with AWS's reasons, or the signal's */
  deploy(signal: AbortSignal): Promise<Account>
  /** Removes all of it, also half of it. */
  takeDown(): Promise<void>
}

/**
 * Looks, and changes nothing.
 * @throws NotHere where the credentials are of another account, or nothing can build the image
 */
export async function openDeployment(options: AwsOptions, say: (line: string) => void): Promise<Deployment> {
  const { account, region, prefix, boundary } = options
  const config = { region }
  const { Account: own, Arn = '' } = await new STSClient(config).send(new GetCallerIdentityCommand({}))
  if (own !== account)
    throw new NotHere(`The credentials are of account ${own} (${Arn}), not of ${account}: nothing was done.`)
  if (options.image === undefined && !answersToUs('docker', 'version'))
    throw new NotHere(
      'docker does not answer here, which builds the image: give a public one by --image. Nothing was done.',
    )
  const partition = Arn.split(':')[1] ?? 'aws'
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = process.env
  const idToken = url !== undefined && token !== undefined ? { url, token } : undefined
  const stacks = stacksOf(new CloudFormationClient(config), prefix, {
    ...(idToken === undefined && { principal: `arn:${partition}:iam::${account}:root` }),
    ...(boundary !== undefined && { boundary }),
  })
  return {
    leftovers: await stacks.leftovers(),
    async deploy(signal) {
      const names = await deployStacks(options, partition, stacks, signal, say)
      if (options.image === undefined) await pushImage(names, say)
      return accountOf(names, idToken)
    },
    async takeDown() {
      await stopTasks(new ECSClient(config), `${prefix}-cluster`)
      for (const name of stackNames(prefix).toReversed()) {
        say(`Removing ${name} …`)
        await stacks.remove(name)
      }
    },
  }
}

function answersToUs(...[program, ...args]: readonly [string, ...string[]]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0
}

async function deployStacks(
  options: AwsOptions,
  partition: string,
  stacks: Stacks,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<Names> {
  const { account, region, prefix, database } = options
  const fixed = namesFrom(prefix, account, region)
  const image = options.image ?? `${fixed.repository}:acceptance`
  const [accountStack, networkStack, migrationStack] = stackNames(prefix)
  const create = (name: string, template: string, parameters: Readonly<Record<string, string>>) => {
    say(`Making ${name} from ${template} …`)
    return stacks.create({ name, template, parameters: { AppName: prefix, ...parameters } }, signal)
  }
  const base = await create(accountStack, 'acceptance/account.yml', { Image: image, Secret: database?.secret ?? '' })
  const { VpcId = '', DatabaseSecurityGroupId = '', DatabaseSecretArn = '' } = base
  const { PrivateSubnetIds = '' } = await create(networkStack, 'infra/network.yml', {
    VpcId,
    WayOut: 'nat-gateway',
    PublicSubnetId: base.PublicSubnetId ?? '',
    VpcCidr: '10.77.0.0/16',
    PrivateSubnetCidrA: '10.77.240.0/24',
    PrivateSubnetCidrB: '10.77.241.0/24',
  })
  const migration = await create(migrationStack, 'infra/migration.yml', {
    VpcId,
    DatabaseSecurityGroupId,
    DatabaseSecretArn,
    Command: 'act,print,the command of the definition',
    LogRetentionInDays: '1',
    GitHubEnvironment: 'acceptance',
    GitHubOidcProviderArn: `arn:${partition}:iam::${account}:oidc-provider/token.actions.githubusercontent.com`,
    ...repository(),
  })
  return {
    ...fixed,
    image,
    subnets: PrivateSubnetIds.split(','),
    subnetWithoutWayOut: base.SubnetWithoutWayOut ?? '',
    securityGroup: migration.TaskSecurityGroupId ?? '',
    migrationRole: migration.MigrationRoleArn ?? '',
    roleForMany: base.RoleForManyArn ?? '',
    manyLines: 200_000,
    ...(database !== undefined && { database }),
  }
}

/** Whom infra's roles trust. Outside of a job of GitHub's nobody is meant. */
function repository(): Readonly<Record<string, string>> {
  const [owner = 'nobody', name = 'nothing'] = process.env.GITHUB_REPOSITORY?.split('/') ?? []
  return {
    GitHubOwner: owner,
    GitHubRepository: name,
    GitHubOwnerId: process.env.GITHUB_REPOSITORY_OWNER_ID ?? '0',
    GitHubRepositoryId: process.env.GITHUB_REPOSITORY_ID ?? '0',
  }
}

async function pushImage({ image, region, repository: name }: Names, say: (line: string) => void): Promise<void> {
  say(`Building and pushing ${image} …`)
  const { authorizationData = [] } = await new ECRClient({ region }).send(new GetAuthorizationTokenCommand({}))
  const [user = '', password = ''] = Buffer.from(authorizationData[0]?.authorizationToken ?? '', 'base64')
    .toString()
    .split(':')
  const [registry = ''] = name.split('/')
  const docker = (...args: readonly string[]) => void execFileSync('docker', args, { stdio: ['ignore', 2, 2] })
  docker('build', '--platform', 'linux/amd64', '--provenance=false', '--tag', image, 'acceptance/image')
  execFileSync('docker', ['login', '--username', user, '--password-stdin', registry], {
    input: password,
    stdio: ['pipe', 2, 2],
  })
  try {
    docker('push', image)
  } finally {
    docker('logout', registry)
  }
}

function accountOf(names: Names, idToken: { readonly url: string; readonly token: string } | undefined): Account {
  const sts = new STSClient({ region: names.region })
  const assumed = async (RoleArn: string) => {
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'acceptance' }))
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {}
    return {
      env: { AWS_ACCESS_KEY_ID: AccessKeyId, AWS_SECRET_ACCESS_KEY: SecretAccessKey, AWS_SESSION_TOKEN: SessionToken },
      secrets: [SecretAccessKey, SessionToken],
    }
  }
  // For tests: an AWS on this machine.
  const upstream = process.env.AWS_ENDPOINT_URL
  return {
    names,
    leads: { opens: opensAws, ...(upstream !== undefined && { upstream }) },
    identity: async (role) => {
      if (role === 'many') return assumed(names.roleForMany)
      if (idToken === undefined) return assumed(names.migrationRole)
      return { inputs: { 'role-to-assume': names.migrationRole }, idToken, secrets: [idToken.token] }
    },
    credentials: async () => {
      const { accessKeyId, secretAccessKey, sessionToken } = await sts.config.credentials()
      return { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) }
    },
    now: Date.now,
    sleep: (ms) => sleep(ms),
    pace: () => ({}),
    close: async () => {},
  }
}

/** A cluster that runs tasks cannot be removed. */
async function stopTasks(ecs: ECSClient, cluster: string): Promise<void> {
  try {
    const { taskArns = [] } = await ecs.send(new ListTasksCommand({ cluster }))
    await Promise.all(taskArns.map((task) => ecs.send(new StopTaskCommand({ cluster, task }))))
  } catch (error) {
    if ((error as Error).name !== 'ClusterNotFoundException') throw error
  }
}
