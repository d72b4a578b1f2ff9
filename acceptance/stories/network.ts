import type { Story } from '../story.ts'

export const wayOut: Story = {
  id: 'way-out',
  about:
    'A private subnet without a way out: refused before the launch, and what ECS says, and when, if it is launched.',
  steps: [
    {
      step: 'refused before the launch',
      acts: 'print unreachable',
      inputs: ({ subnetWithoutWayOut }) => ({ subnets: subnetWithoutWayOut }),
      expect: { step: 'failure', outcome: 'refused', log: /has no route to the internet/ },
      settles: ['way-out'],
    },
    {
      step: 'launched all the same',
      acts: 'print unreachable',
      inputs: ({ subnetWithoutWayOut }) => ({ subnets: subnetWithoutWayOut, preflight: 'false' }),
      expect: {
        outcome: 'not-started',
        'stop-code': 'TaskFailedToStart',
        'stopped-reason': /^ResourceInitializationError: unable to pull secrets or registry auth/,
      },
      settles: ['way-out', 'stop-reasons'],
    },
  ],
}
