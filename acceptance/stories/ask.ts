/** Questions to ECS and CloudWatch Logs that stories put themselves, beside the action. */
import { GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { DescribeTasksCommand, RunTaskCommand, type RunTaskCommandInput, type Task } from '@aws-sdk/client-ecs'
import type { Exchange } from '../recorder.ts'
import type { Asked } from '../story.ts'

const LOOK_EVERY_MS = 1000
const MOST_LOOKS = 600

/** What RunTask needs to start a definition where the stories' tasks run. */
export const launchOf = ({ names }: Asked, taskDefinition: string): RunTaskCommandInput => ({
  cluster: names.cluster,
  taskDefinition,
  launchType: 'FARGATE',
  networkConfiguration: {
    awsvpcConfiguration: { subnets: [...names.subnets], securityGroups: [names.securityGroup] },
  },
})

/** @returns the task's ARN. @throws Error with the failures where none was started */
export async function launch(asked: Asked, input: RunTaskCommandInput): Promise<string> {
  const { tasks = [], failures = [] } = await asked.ecs.send(new RunTaskCommand(input))
  const arn = tasks[0]?.taskArn
  if (arn === undefined) throw new Error(`RunTask started nothing: ${JSON.stringify(failures)}`)
  return arn
}

export async function describe({ ecs, names }: Asked, taskArn: string): Promise<Task | undefined> {
  const { tasks = [] } = await ecs.send(new DescribeTasksCommand({ cluster: names.cluster, tasks: [taskArn] }))
  return tasks[0]
}

/** The task once it is STOPPED. */
export async function stopped(asked: Asked, taskArn: string): Promise<Task> {
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    const task = await describe(asked, taskArn)
    if (task?.lastStatus === 'STOPPED') return task
    await asked.sleep(LOOK_EVERY_MS)
  }
  throw new Error(`${taskArn} did not stop`)
}

/** States of tasks that an answer to DescribeTasks shows. */
export function statesIn({ operation, answer }: Exchange): readonly string[] {
  const { tasks = [] } = (answer ?? {}) as { readonly tasks?: readonly Task[] }
  return operation === 'DescribeTasks' ? tasks.map(({ lastStatus = 'none' }) => lastStatus) : []
}

/** All lines of a stream, read from its head. */
export async function readLog(
  { logs }: Asked,
  logGroupName: string,
  logStreamName: string,
): Promise<readonly string[]> {
  const lines: string[] = []
  for (let nextToken: string | undefined; ; ) {
    const page = await logs.send(
      new GetLogEventsCommand({ logGroupName, logStreamName, startFromHead: true, ...(nextToken && { nextToken }) }),
    )
    for (const { message = '' } of page.events ?? []) lines.push(message)
    if (page.nextForwardToken === nextToken) return lines
    nextToken = page.nextForwardToken
  }
}
