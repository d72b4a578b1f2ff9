import type { Story } from '../story.ts'
import { statesIn } from './ask.ts'

export const exits: Story = {
  id: 'exits',
  about: 'A container that fails: how soon ECS shows its exit, and with which codes and reasons.',
  steps: [
    {
      step: 'exit 1',
      acts: 'print "no such column" exit 1',
      expect: {
        step: 'failure',
        outcome: 'failed',
        'exit-code': '1',
        'stop-code': 'EssentialContainerExited',
        'stopped-reason': 'Essential container in task exited',
        log: /^no such column/,
        'state in which the exit is shown': {
          assumed: /^(DEACTIVATING|STOPPING|DEPROVISIONING)$/,
          seen: ({ exchanges }) => exchanges.flatMap(statesIn).at(-1) ?? 'none',
        },
      },
      settles: ['stop-reasons', 'late-exit'],
    },
    {
      step: 'killed for memory',
      acts: 'eat-memory',
      expect: {
        outcome: 'failed',
        'exit-code': '137',
        cause: 'out-of-memory',
        'stop-code': 'EssentialContainerExited',
      },
      settles: ['stop-reasons'],
    },
  ],
}
