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
