/** Steps of the built action against a local AWS, with what is needed to time them. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { ECSClient } from '@aws-sdk/client-ecs'
import { ec2 } from '../../local/aws/ec2.ts'
import { ecr } from '../../local/aws/ecr.ts'
import { type LocalAws, type LocalAwsOptions, startLocalAws, type Timing } from '../../local/aws/index.ts'
import { network } from '../../local/aws/network/world.ts'
import { type ActionRequest, runAction, type StepRun } from '../../local/runner/run-action.ts'

/** How the measuring is done, the same for all parts. */
export interface Bench {
  /** The folder with action.yml and dist/. */
  readonly root: string
  /** The Node that runs the action; the local AWS and the references run in this process. */
  readonly node: string
  /** Fewer and shorter runs. */
  readonly quick: boolean
  /** Says on the screen what goes on. */
  readonly say: (text: string) => void
}

export interface Stage {
  readonly aws: LocalAws
  /** Clients as the references use them. */
  readonly ecs: ECSClient
  readonly logs: CloudWatchLogsClient
  readonly timing: Timing
  /** One step of the action; inputs besides those that every step needs. */
  step(inputs: Readonly<Record<string, string>>, more?: Partial<ActionRequest>): Promise<StepRun>
  close(): Promise<void>
}

export const FAMILY = 'tenants'
export const CLUSTER = 'default'
export const GROUP = '/ecs/tenants'
export const STREAM_PREFIX = 'migration'
export const NETWORK = { subnets: ['subnet-0a1b2c3d'], securityGroups: ['sg-0a1b2c3d'] }
const ACCOUNT = '123456789012'
const IMAGE = `${ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/tenants`

/** As on AWS where it matters here: the exit is seen late, lines later still, and STOPPED comes 10 s after the exit. */
const TIMING: Timing = {
  provisioning: 600,
  pending: 400,
  activating: 200,
  deactivating: 50,
  stopping: 50,
  deprovisioning: 10_000,
  deleted: 0,
  exitLag: 600,
  stopCodeLag: 0,
  streamLag: 100,
  logLag: 1_500,
  listLag: 300,
  describeLag: 200,
  tokenKept: 60 * 60_000,
}

export interface StageOptions {
  /** Shell script of the container. */
  readonly script: string
  readonly timing?: Partial<Timing>
  readonly aws?: Partial<LocalAwsOptions>
}

export async function openStage({ root, node }: Bench, options: StageOptions): Promise<Stage> {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'
  // Each step listens to this process's exit.
  process.setMaxListeners(0)
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const images = { [IMAGE]: { folder } }
  const timing = { ...TIMING, ...options.timing }
  const world = network({
    subnets: { 'subnet-0a1b2c3d': { routeTable: 'rtb-private' }, 'subnet-0public': { routeTable: 'rtb-public' } },
    routeTables: { 'rtb-private': ['0.0.0.0/0 nat-1'], 'rtb-public': ['0.0.0.0/0 igw-1'] },
    nats: { 'nat-1': { subnet: 'subnet-0public' } },
    securityGroups: { 'sg-0a1b2c3d': {} },
  })
  const services = [ec2(() => world), ecr(() => ({ images }))]
  const aws = await startLocalAws({ images, services, timing, journalFolder: false, ...options.aws })
  aws.seedLogGroup(GROUP)
  aws.seedTaskDefinition(definition(options.script))
  const client = {
    endpoint: aws.url,
    region: aws.region,
    credentials: { accessKeyId: 'AKIAREFERENCE0000000', secretAccessKey: 'none' },
  }
  const ecs = new ECSClient(client)
  const logs = new CloudWatchLogsClient(client)
  return {
    aws,
    ecs,
    logs,
    timing,
    step: (inputs, more = {}) =>
      runAction({
        root,
        node,
        ...more,
        inputs: { ...requiredInputs, ...inputs },
        env: { ...aws.environment, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', ...more.env },
      }),
    async close() {
      ecs.destroy()
      logs.destroy()
      await aws.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export const requiredInputs = {
  'image-uri': `${IMAGE}:2`,
  'database-name': 'tenant_1',
  'task-definition': FAMILY,
  subnets: NETWORK.subnets.join(),
  'security-groups': NETWORK.securityGroups.join(),
}

const definition = (script: string) => ({
  family: FAMILY,
  networkMode: 'awsvpc' as const,
  requiresCompatibilities: ['FARGATE' as const],
  cpu: '256',
  memory: '512',
  executionRoleArn: `arn:aws:iam::${ACCOUNT}:role/execution`,
  containerDefinitions: [
    {
      name: 'app',
      image: `${IMAGE}:1`,
      essential: true,
      command: ['sh', '-c', script],
      logConfiguration: {
        logDriver: 'awslogs' as const,
        options: { 'awslogs-group': GROUP, 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': STREAM_PREFIX },
      },
    },
  ],
})

/** When a step's process had ended, ms since 1970. */
export function endOf(run: StepRun): number {
  return run.startedAt.getTime() + run.durationMs
}

/** @throws when a step did not end as it must: a number measured on it would mean nothing */
export function mustSucceed(run: StepRun): StepRun {
  if (run.conclusion === 'success') return run
  throw new Error(`The step did not succeed:\n${run.lines.map(({ text }) => text).join('\n')}`)
}
