/** A local AWS with one image, one task definition and real SDK clients, for the tests of the local AWS. */
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import {
  CloudWatchLogsClient,
  GetLogEventsCommand,
  type GetLogEventsCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs'
import {
  DescribeTasksCommand,
  ECSClient,
  type RegisterTaskDefinitionCommandInput,
  RunTaskCommand,
  type RunTaskCommandInput,
  type Task,
} from '@aws-sdk/client-ecs'
import { type LocalAws, type LocalAwsOptions, startLocalAws, type Timing } from '../../local/aws/index.ts'

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'

export const image = '123456789012.dkr.ecr.us-east-1.amazonaws.com/app'
export const group = '/ecs/migrations'
export const secretArn = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf'

/** Everything at once, where a test is not about time. */
export const instant: Timing = {
  provisioning: 0,
  pending: 0,
  activating: 0,
  deactivating: 0,
  stopping: 0,
  deprovisioning: 0,
  deleted: 0,
  exitLag: 0,
  stopCodeLag: 0,
  streamLag: 0,
  logLag: 0,
  listLag: 0,
  describeLag: 0,
  tokenKept: 60 * 60_000,
}

export interface Setup extends AsyncDisposable {
  readonly aws: LocalAws
  readonly ecs: ECSClient
  readonly logs: CloudWatchLogsClient
  readonly folder: string
}

export async function setup(options: Partial<LocalAwsOptions> = {}): Promise<Setup> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'local-aws-test-'))
  const aws = await startLocalAws({
    images: { [image]: { folder } },
    secrets: { [secretArn]: JSON.stringify({ password: 'a secret', port: 5432 }) },
    // These tests send what AWS refuses, which is not what the action may send.
    journalFolder: false,
    ...options,
    timing: { ...instant, ...options.timing },
  })
  aws.seedLogGroup(group)
  const client = clientOptions(aws)
  const ecs = new ECSClient(client)
  const logs = new CloudWatchLogsClient(client)
  return {
    aws,
    ecs,
    logs,
    folder,
    async [Symbol.asyncDispose]() {
      ecs.destroy()
      logs.destroy()
      await aws.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export const clientOptions = (aws: LocalAws) => ({
  endpoint: aws.url,
  region: aws.region,
  credentials: { accessKeyId: 'AKIALOCAL', secretAccessKey: 'none' },
  maxAttempts: 1,
})

export const definition = (script: string): RegisterTaskDefinitionCommandInput => ({
  family: 'migration',
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: '256',
  memory: '512',
  executionRoleArn: 'arn:aws:iam::123456789012:role/execution',
  containerDefinitions: [
    {
      name: 'app',
      image,
      command: ['sh', '-c', script],
      logConfiguration: {
        logDriver: 'awslogs',
        options: { 'awslogs-group': group, 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'migration' },
      },
    },
  ],
})

export const launch: RunTaskCommandInput = {
  taskDefinition: 'migration',
  launchType: 'FARGATE',
  networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-0a1b2c3d'] } },
}

/** Starts one task and gives its ARN. */
export async function run(ecs: ECSClient, input: Partial<RunTaskCommandInput> = {}): Promise<string> {
  const { tasks = [] } = await ecs.send(new RunTaskCommand({ ...launch, ...input }))
  const arn = tasks[0]?.taskArn
  if (arn === undefined) throw new Error('RunTask started nothing')
  return arn
}

export async function describeOne(ecs: ECSClient, arn: string, include?: ['TAGS']): Promise<Task | undefined> {
  const { tasks = [] } = await ecs.send(new DescribeTasksCommand({ tasks: [arn], ...(include ? { include } : {}) }))
  return tasks[0]
}

/** Polls until the task is in a state that satisfies the test, and gives it. */
export async function until(ecs: ECSClient, arn: string, isIt: (task: Task) => boolean): Promise<Task> {
  const deadline = Date.now() + 15_000
  for (;;) {
    const task = await describeOne(ecs, arn)
    if (task && isIt(task)) return task
    if (Date.now() > deadline) throw new Error(`The task never came to it: ${JSON.stringify(task)}`)
    await pause(10)
  }
}

export const isStopped = (task: Task) => task.lastStatus === 'STOPPED'
export const isRunning = (task: Task) => task.lastStatus === 'RUNNING'

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Every message of the container's stream, by forward tokens to the end. */
export async function messages(logs: CloudWatchLogsClient, taskArn: string, container = 'app'): Promise<string[]> {
  const found: string[] = []
  const logStreamName = `migration/${container}/${taskArn.split('/').at(-1)}`
  for (let token: string | undefined; ; ) {
    const page: GetLogEventsCommandOutput = await logs.send(
      new GetLogEventsCommand({ logGroupName: group, logStreamName, startFromHead: true, nextToken: token }),
    )
    found.push(...(page.events ?? []).map(({ message = '' }) => message))
    if (page.nextForwardToken === token) return found
    token = page.nextForwardToken
  }
}
