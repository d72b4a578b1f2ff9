import type { Story } from '../story.ts'
import { statesIn } from './ask.ts'

export const quickStart: Story = {
  id: 'quick-start',
  about:
    "The inputs of README's quick start, with infra's own role and nothing else, migrate one database, then three.",
  steps: [
    {
      step: 'one database',
      acts: 'print "Applying 0001_initial... OK"',
      expect: {
        step: 'success',
        outcome: 'succeeded',
        'exit-code': '0',
        'stop-code': 'EssentialContainerExited',
        log: /^Applying 0001_initial\.\.\. OK/,
        'image-digest': /^sha256:/,
        'states, in order': {
          // A look may miss any of them.
          assumed:
            /^(PROVISIONING )?(PENDING )?(ACTIVATING )?(RUNNING )?(DEACTIVATING )?(STOPPING )?(DEPROVISIONING )?$/,
          seen: ({ exchanges }) => [...new Set(exchanges.flatMap(statesIn))].map((state) => `${state} `).join(''),
        },
        warnings: { assumed: 'none', seen: ({ run }) => annotations(run, 'warning') },
        notices: { assumed: 'none', seen: ({ run }) => annotations(run, 'notice') },
      },
      settles: ['register-members', 'stop-reasons', 'states'],
    },
    {
      step: 'three databases, one after the other',
      acts: 'print "{database} migrated"',
      inputs: { 'database-name': 'quick-start-a\nquick-start-b\nquick-start-c' },
      expect: {
        step: 'success',
        outcome: 'succeeded',
        log: /^\[quick-start-c\] quick-start-c migrated/,
        'post log': /^Post job cleanup/,
        'clones left': {
          assumed: '0',
          seen: async ({ ecs, names }) => {
            const { ListTaskDefinitionsCommand } = await import('@aws-sdk/client-ecs')
            const familyPrefix = `${names.family}-run-ecs-migration`
            const { taskDefinitionArns = [] } = await ecs.send(new ListTaskDefinitionsCommand({ familyPrefix }))
            return String(taskDefinitionArns.length)
          },
        },
      },
    },
  ],
}

const annotations = (
  { annotations }: { readonly annotations: readonly { readonly type: string; readonly message: string }[] },
  type: string,
): string =>
  annotations
    .filter((one) => one.type === type)
    .map(({ message }) => message)
    .join('; ') || 'none'
