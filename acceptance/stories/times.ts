import {
  DeregisterTaskDefinitionCommand,
  DescribeTaskDefinitionCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  StopTaskCommand,
} from '@aws-sdk/client-ecs'
import type { Asked, Story } from '../story.ts'
import { describe, launch, launchOf, stopped } from './ask.ts'

const act = (...words: readonly string[]) => ({
  overrides: { containerOverrides: [{ name: 'migration', command: ['act', ...words] }] },
})

export const deregistered: Story = {
  id: 'deregistered',
  about: 'A revision that is deregistered while its task is still PROVISIONING: whether the task starts.',
  steps: [
    {
      ask: 'how the task ends',
      assumed: 'PROVISIONING, then exit 0',
      seen: async (asked) => {
        const { ecs, names } = asked
        const { taskDefinition } = await ecs.send(
          new DescribeTaskDefinitionCommand({ taskDefinition: `${names.prefix}-non-blocking` }),
        )
        const { containerDefinitions, cpu, memory, networkMode, executionRoleArn } = taskDefinition ?? {}
        const copy = await ecs.send(
          new RegisterTaskDefinitionCommand({
            family: `${names.prefix}-deregistered`,
            requiresCompatibilities: ['FARGATE'],
            containerDefinitions,
            cpu,
            memory,
            networkMode,
            executionRoleArn,
          }),
        )
        const revision = copy.taskDefinition?.taskDefinitionArn ?? ''
        const arn = await launch(asked, { ...launchOf(asked, revision), ...act('print', 'started') })
        await ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: revision }))
        const state = (await describe(asked, arn))?.lastStatus ?? 'MISSING'
        const { containers = [], stoppedReason } = await stopped(asked, arn)
        const exit = containers[0]?.exitCode
        return `${state === 'MISSING' ? 'PROVISIONING' : state}, then ${exit === undefined ? stoppedReason : `exit ${exit}`}`
      },
      settles: ['eventual-consistency'],
    },
  ],
}

export const lag: Story = {
  id: 'lag',
  about:
    'How long after RunTask DescribeTasks and ListTasks show the task, and how long a listing shows one as running.',
  steps: [
    {
      ask: 'until DescribeTasks shows it',
      assumed: /^within 60 s: /,
      seen: async (asked) => {
        const arn = await begin(asked, 'describe')
        return within(asked, async () => (await describe(asked, arn)) !== undefined)
      },
      settles: ['eventual-consistency'],
    },
    {
      ask: 'until ListTasks shows it',
      assumed: /^within 60 s: /,
      seen: async (asked) => {
        const arn = await begin(asked, 'list')
        return within(asked, async () => (await listed(asked, 'list')).includes(arn))
      },
      settles: ['eventual-consistency', 'started-by'],
    },
    {
      ask: 'from StopTask until ListTasks shows it no more',
      assumed: /^within 60 s: /,
      seen: async (asked) => {
        const arn = await begin(asked, 'stop')
        await within(asked, async () => (await describe(asked, arn))?.lastStatus === 'RUNNING')
        await asked.ecs.send(new StopTaskCommand({ cluster: asked.names.cluster, task: arn }))
        return within(asked, async () => !(await listed(asked, 'stop')).includes(arn))
      },
      settles: ['eventual-consistency', 'stop-task'],
    },
  ],
}

function begin(asked: Asked, startedBy: string): Promise<string> {
  const input = launchOf(asked, `${asked.names.prefix}-non-blocking`)
  return launch(asked, { ...input, ...act('on-term', '0', 'sleep', '30'), startedBy })
}

async function listed({ ecs, names }: Asked, startedBy: string): Promise<readonly string[]> {
  const { taskArns = [] } = await ecs.send(new ListTasksCommand({ cluster: names.cluster, startedBy }))
  return taskArns
}

const LONGEST_MS = 180_000

async function within({ now, sleep }: Asked, holds: () => Promise<boolean>): Promise<string> {
  const began = now()
  while (!(await holds())) {
    if (now() - began > LONGEST_MS) return `not within ${LONGEST_MS / 1000} s`
    await sleep(250)
  }
  const seconds = (now() - began) / 1000
  return `${seconds <= 60 ? 'within' : 'not within'} 60 s: ${seconds.toFixed(1)} s`
}

const MINUTES = [30, 61, 65, 90, 180]

export const tokenLife: Story = {
  id: 'token-life',
  about: 'How long after its task has stopped a client token is still held by it.',
  slow: true,
  steps: [
    {
      ask: 'what RunTask answers to the same token, so many minutes after the stop',
      assumed: '+30: the same task, +61: another task, +65: another task, +90: another task, +180: another task',
      seen: async (asked) => {
        const input = { ...launchOf(asked, `${asked.names.prefix}-non-blocking`), ...act('print', 'done') }
        const first = new Map<number, string>()
        for (const minutes of MINUTES)
          first.set(minutes, await launch(asked, { ...input, clientToken: `life-${minutes}` }))
        for (const arn of first.values()) await stopped(asked, arn)
        const since = asked.now()
        const answers: string[] = []
        for (const minutes of MINUTES) {
          await asked.sleep(since + minutes * 60_000 - asked.now())
          const arn = await launch(asked, { ...input, clientToken: `life-${minutes}` })
          answers.push(`+${minutes}: ${arn === first.get(minutes) ? 'the same task' : 'another task'}`)
        }
        return answers.join(', ')
      },
      settles: ['client-token'],
    },
  ],
}
