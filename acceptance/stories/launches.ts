import type { Exchange } from '../recorder.ts'
import type { Story } from '../story.ts'

export const together: Story = {
  id: 'two-at-once',
  about: 'Two workflows launch one migration at the same instant: ECS lets one of them, by the client token.',
  steps: [
    [
      { step: 'one', acts: 'print migrating sleep 4', expect: { outcome: /^(succeeded|refused)$/ } },
      { step: 'the other', acts: 'print migrating sleep 4', expect: { outcome: /^(succeeded|refused)$/ } },
    ],
    {
      ask: 'how the two ended',
      assumed: 'refused, succeeded',
      seen: async ({ earlier }) =>
        earlier
          .map(({ outputs }) => outputs.outcome)
          .sort()
          .join(', '),
      settles: ['client-token'],
    },
  ],
}

export const lostAnswer: Story = {
  id: 'lost-answer',
  about: 'RunTask is done, and the connection is closed before its answer: asked again, ECS names the same task.',
  steps: [
    {
      step: 'the answer of RunTask is lost',
      acts: 'print migrated',
      loses: 'RunTask',
      expect: {
        step: 'success',
        outcome: 'succeeded',
        'RunTask was answered with': {
          assumed: 'the same task',
          seen: async ({ exchanges }) => {
            const arns = exchanges.filter(({ operation }) => operation === 'RunTask').map(arnOf)
            return arns.length > 1 && new Set(arns).size === 1 ? 'the same task' : JSON.stringify(arns)
          },
        },
      },
      settles: ['client-token'],
    },
  ],
}

const arnOf = ({ answer }: Exchange): string | undefined =>
  (answer as { readonly tasks?: readonly { readonly taskArn: string }[] }).tasks?.[0]?.taskArn

export const rerun: Story = {
  id: 're-run',
  about:
    'A runner that is gone in the middle of a migration, and "Re-run failed jobs": the next attempt follows the task.',
  steps: [
    {
      step: 'the first attempt, whose machine is lost',
      acts: 'print ready sleep 40 print migrated',
      on: { line: /ready$/, happens: 'kill' },
      job: { post: false, github: { run_id: '4711', run_attempt: '1' } },
      expect: { step: 'failure', outcome: '(not set)' },
    },
    {
      step: 'the second attempt',
      acts: 'print ready sleep 40 print migrated',
      job: { github: { run_id: '4711', run_attempt: '2' } },
      expect: {
        step: 'success',
        outcome: 'succeeded',
        'exit-code': '0',
        log: /^migrated$/,
        'RunTask of it that started another task': {
          assumed: '0',
          seen: ({ exchanges }) =>
            String(exchanges.filter(({ operation, status }) => operation === 'RunTask' && status === 200).length),
        },
      },
      settles: ['started-by'],
    },
  ],
}
