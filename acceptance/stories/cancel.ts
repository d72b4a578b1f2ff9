import type { Story } from '../story.ts'

export const cancel: Story = {
  id: 'cancel',
  about: 'A workflow that is cancelled, or a runner that dies: whether the task gets SIGTERM, and how it is shown.',
  steps: [
    {
      step: 'cancelled, and the container ends on SIGTERM',
      acts: 'on-term 3 print ready sleep 600',
      on: { line: /ready$/, happens: 'cancel' },
      expect: { step: 'cancelled', outcome: 'cancelled', 'stop-code': /^(UserInitiated|\(not set\))$/ },
      settles: ['stop-task'],
    },
    {
      step: 'killed without a word: the post step stops the task',
      acts: 'on-term 3 print ready sleep 600',
      inputs: { 'database-name': 'cancel-by-post' },
      on: { line: /ready$/, happens: 'kill' },
      expect: { step: 'failure', 'post log': /[Ss]topp/ },
      settles: ['stop-task'],
    },
    {
      step: 'a time limit, and the container ignores SIGTERM',
      acts: 'ignore-term print ready sleep 600',
      inputs: { 'database-name': 'cancel-by-limit', 'task-timeout-minutes': '0.5' },
      expect: { step: 'failure', outcome: 'timed-out', 'exit-code': '137', 'stop-code': 'UserInitiated' },
      settles: ['stop-task'],
    },
  ],
}
