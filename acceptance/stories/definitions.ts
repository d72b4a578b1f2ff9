import type { Exchange } from '../recorder.ts'
import type { Story } from '../story.ts'
import { launch, launchOf, readLog, stopped } from './ask.ts'

export const sidecar: Story = {
  id: 'sidecar',
  about:
    'A container that is not essential and whose image cannot be pulled: whether the task runs, and what it shows.',
  steps: [
    {
      step: 'beside a migration that succeeds',
      acts: 'print migrated sleep 5',
      role: 'many',
      inputs: ({ prefix }) => ({ 'task-definition': `${prefix}-sidecar` }),
      expect: {
        step: 'success',
        outcome: 'succeeded',
        'reason of the sidecar': {
          assumed: /^CannotPullContainerError/,
          seen: ({ exchanges }) => exchanges.flatMap(reasonsIn).at(-1) ?? 'none',
        },
      },
      settles: ['guardduty', 'stop-reasons'],
    },
  ],
}

interface Tasks {
  readonly tasks?: readonly { readonly containers?: readonly { readonly reason?: string }[] }[]
}

function reasonsIn({ operation, answer }: Exchange): readonly string[] {
  if (operation !== 'DescribeTasks') return []
  const { tasks = [] } = answer as Tasks
  return tasks.flatMap(({ containers = [] }) => containers.flatMap(({ reason }) => reason ?? []))
}

export const shell: Story = {
  id: 'shell',
  about: 'Entry point `sh -c` and a command of several words: what runs, and that the step refuses it.',
  steps: [
    {
      step: 'refused before the launch',
      role: 'many',
      inputs: ({ prefix }) => ({ 'task-definition': `${prefix}-shell` }),
      expect: { step: 'failure', outcome: 'refused', log: /of which the shell takes \["act"\] alone/ },
    },
    {
      ask: 'exit code and lines of the task that is launched by hand',
      assumed: 'exit 0, 0 lines',
      seen: async (asked) => {
        const { names } = asked
        const arn = await launch(asked, launchOf(asked, `${names.prefix}-shell`))
        const { containers = [] } = await stopped(asked, arn)
        const lines = await readLog(asked, names.othersLogGroup, `migration/migration/${arn.split('/').at(-1)}`)
        return `exit ${containers[0]?.exitCode}, ${lines.length} lines`
      },
      settles: ['entry-point'],
    },
  ],
}

export const missingImage: Story = {
  id: 'missing-image',
  about: 'A tag that nobody pushed: refused before the launch, and what ECS says, and when, if it is launched.',
  steps: [
    {
      step: 'refused before the launch',
      acts: 'print unreachable',
      inputs: ({ repository }) => ({ 'image-uri': `${repository}:no-such-tag` }),
      expect: { step: 'failure', outcome: 'refused', log: /no-such-tag/ },
    },
    {
      step: 'launched all the same',
      acts: 'print unreachable',
      inputs: ({ repository }) => ({ 'image-uri': `${repository}:no-such-tag`, preflight: 'false' }),
      expect: {
        outcome: 'not-started',
        cause: 'image-missing',
        'stop-code': 'TaskFailedToStart',
        'stopped-reason': /^CannotPullContainerError: .*not found/,
      },
      settles: ['stop-reasons'],
    },
  ],
}

export const database: Story = {
  id: 'database',
  about: 'A real database, by its secret: the name that the container was given is the one it is connected to.',
  database: true,
  steps: [
    {
      step: 'ask the database who it is',
      acts: 'database',
      inputs: ({ database }) => ({
        'database-name': database?.name ?? '',
        subnets: database?.subnets ?? '',
        'security-groups': database?.securityGroups ?? '',
      }),
      expect: {
        outcome: 'succeeded',
        'the database said': {
          assumed: 'the name it was given',
          seen: ({ run, names }) =>
            run.lines.some(({ text }) => text === names.database?.name) ? 'the name it was given' : 'something else',
        },
      },
    },
  ],
}
