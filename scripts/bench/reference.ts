/** What others do, to stand beside ours in the same run. */
import { GetLogEventsCommand, type GetLogEventsCommandOutput } from '@aws-sdk/client-cloudwatch-logs'
import { DescribeTasksCommand, RunTaskCommand, type Task, waitUntilTasksStopped } from '@aws-sdk/client-ecs'
import { defaultInputs, family, group } from '../../__tests__/faults/stage.ts'
import type { Stage } from './stage.ts'

const network = { subnets: [defaultInputs.subnets], securityGroups: [defaultInputs['security-groups']] }

/** Longer than any task here. */
const LONGEST_SECONDS = 20 * 60

/** A task as a workflow of one's own starts it. @returns its ARN */
export async function runTask({ ecs }: Stage, database: string): Promise<string> {
  const { tasks = [] } = await ecs.send(
    new RunTaskCommand({
      taskDefinition: family,
      launchType: 'FARGATE',
      networkConfiguration: { awsvpcConfiguration: network },
      overrides: { containerOverrides: [{ name: 'app', environment: [{ name: 'DATABASE_NAME', value: database }] }] },
    }),
  )
  const arn = tasks[0]?.taskArn
  if (arn === undefined) throw new Error('RunTask started nothing')
  return arn
}

/** The SDK's waiter with the settings of aws-actions/amazon-ecs-deploy-task-definition (wait-for-task-stopped). */
export async function deployActionsWaiter({ ecs }: Stage, arn: string): Promise<void> {
  const settings = { client: ecs, minDelay: 15, maxDelay: 600, maxWaitTime: LONGEST_SECONDS }
  await waitUntilTasksStopped(settings, { tasks: [arn] })
}

const POLL_MS = 6_000

/** DescribeTasks every 6 s until STOPPED, as geekcell/github-action-aws-ecs-run-task and the SDK's own settings do. */
export async function fixedPoll({ ecs }: Stage, arn: string): Promise<void> {
  for (;;) {
    const { tasks = [] } = await ecs.send(new DescribeTasksCommand({ tasks: [arn] }))
    if (isStopped(tasks[0])) return
    await pause(POLL_MS)
  }
}

/** Each stream read to its end every 6 s. @param take is given the messages of each page at once */
export async function fixedLogPoll(
  { logs }: Stage,
  streams: () => readonly string[],
  take: (messages: readonly string[]) => void,
  over: AbortSignal,
): Promise<void> {
  const tokens = new Map<string, string>()
  while (!over.aborted) {
    const began = performance.now()
    for (const logStreamName of streams()) await readToEnd(logs, logStreamName, tokens, take)
    await pause(POLL_MS - (performance.now() - began))
  }
}

async function readToEnd(
  logs: Stage['logs'],
  logStreamName: string,
  tokens: Map<string, string>,
  take: (messages: readonly string[]) => void,
): Promise<void> {
  for (;;) {
    const nextToken = tokens.get(logStreamName)
    const ask = {
      logGroupName: group,
      logStreamName,
      startFromHead: true,
      ...(nextToken !== undefined && { nextToken }),
    }
    const page = await logs.send(new GetLogEventsCommand(ask)).catch(unlessAbsent)
    take((page?.events ?? []).map(({ message = '' }) => message))
    if (page?.nextForwardToken === undefined || page.nextForwardToken === nextToken) return
    tokens.set(logStreamName, page.nextForwardToken)
  }
}

function unlessAbsent(error: unknown): GetLogEventsCommandOutput | undefined {
  if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined
  throw error
}

/** Where the container `app` of a task writes. */
export function streamOf(taskArn: string): string {
  return `migration/app/${taskArn.split('/').at(-1)}`
}

const isStopped = (task: Task | undefined): boolean => task?.lastStatus === 'STOPPED'

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)))
}
