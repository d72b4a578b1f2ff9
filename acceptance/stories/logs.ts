import { readFileSync } from 'node:fs'
import { GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import type { Evidence, Story } from '../story.ts'
import { readLog } from './ask.ts'

const long = ({ manyLines }: { readonly manyLines: number }): string => `lines ${manyLines}`

export const longLog: Story = {
  id: 'long-log',
  about: 'A long numbered log on both outputs: what CloudWatch holds of it in each mode, and that all of that is read.',
  steps: [
    {
      step: 'mode blocking',
      acts: long,
      expect: {
        outcome: 'succeeded',
        'of both outputs CloudWatch holds': { assumed: 'every line', seen: held },
        'the log file': { assumed: 'the same lines', seen: compared },
      },
      settles: ['log-driver', 'get-log-events'],
    },
    {
      step: 'mode non-blocking',
      acts: long,
      role: 'many',
      inputs: ({ prefix }) => ({ 'task-definition': `${prefix}-non-blocking` }),
      expect: {
        outcome: 'succeeded',
        'of both outputs CloudWatch holds': { assumed: /^(every line|\d+ of \d+ lines)$/, seen: held },
        'the log file': { assumed: 'the same lines', seen: compared },
      },
      settles: ['log-driver', 'get-log-events'],
    },
  ],
}

async function held(evidence: Evidence): Promise<string> {
  const lines = await fresh(evidence)
  const printed = 2 * evidence.names.manyLines
  return lines.length === printed ? 'every line' : `${lines.length} of ${printed} lines`
}

async function compared(evidence: Evidence): Promise<string> {
  const lines = await fresh(evidence)
  const file = readFileSync(evidence.run.outputs['log-file'] ?? '', 'utf8')
  return file.trimEnd() === lines.join('\n') ? 'the same lines' : `${file.split('\n').length - 1} lines, not the same`
}

function fresh(evidence: Evidence): Promise<readonly string[]> {
  const { outputs } = evidence.run
  return readLog(evidence, outputs['log-group'] ?? '', outputs['log-stream'] ?? '')
}

export const infrequent: Story = {
  id: 'infrequent-access',
  about: 'A log group of the class Infrequent Access: whether it is seen before, and what GetLogEvents answers.',
  steps: [
    {
      step: 'a migration that logs there',
      acts: 'print migrated',
      role: 'many',
      inputs: ({ prefix, infrequentLogGroup }) => ({
        'task-definition': `${prefix}-non-blocking`,
        'log-group': infrequentLogGroup,
      }),
      expect: {
        outcome: 'succeeded',
        log: /is of the class INFREQUENT_ACCESS/,
        'what GetLogEvents answers': {
          assumed: /^InvalidOperationException.*INFREQUENT_ACCESS/,
          seen: async ({ logs, run: { outputs } }) => {
            const stream = { logGroupName: outputs['log-group'], logStreamName: outputs['log-stream'] }
            return logs.send(new GetLogEventsCommand(stream)).then(
              ({ events = [] }) => `${events.length} events`,
              ({ name, message }: Error) => `${name}: ${message}`,
            )
          },
        },
      },
      settles: ['get-log-events'],
    },
  ],
}
