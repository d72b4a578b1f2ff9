/** Answers that AWS may give, and seldom does. */
import { expect } from '@jest/globals'
import type { FaultSpec } from '../../local/aws/index.ts'
import type { StepEvidence } from '../faults/stage.ts'
import { log, scenario } from './scenario.ts'

type Members = Readonly<Record<string, unknown>>
type Change = (members: Members) => Members

const resultsOf = ({ run }: StepEvidence): readonly Members[] => JSON.parse(run.outputs.results ?? '[]')

/** Every answer of an operation with its tasks changed. */
const tasksOf = (operation: string, change: Change): FaultSpec => ({
  operation,
  kind: 'changed',
  change: (answer) => ({ ...answer, tasks: (answer.tasks as readonly Members[]).map(change) }),
})

/** The overrides of a task, of another database. */
const ofAnotherDatabase: Change = (task) =>
  JSON.parse(JSON.stringify(task).replaceAll('"value":"shop_1"', '"value":"crm"'))

scenario('ECS starts a task for another database, and it prints before it is stopped', {
  about: 'The task is stopped. What it printed is shown like any log: it says what was done, and to which database.',
  container: 'trap "echo Rolled back; exit 143" TERM; echo "Applying 0001_initial to crm"; sleep 20 & wait',
  inputs: { 'database-name': 'shop_1,shop_2' },
  faults: [
    { ...tasksOf('RunTask', ofAnotherDatabase), times: 1 },
    { operation: 'StopTask', kind: 'slow', delayMs: 3_000 },
  ],
  check: (step) => {
    expect(resultsOf(step)).toEqual([
      expect.objectContaining({ cause: 'wrong-database', outcome: 'failed', logUrl: expect.any(String) }),
      expect.objectContaining({ outcome: 'skipped' }),
    ])
    expect(step.logFiles.get('shop_1')).toBe('Applying 0001_initial to crm\nRolled back\n')
    expect(step.run.summary).toContain('Rolled back')
    expect(log(step)).not.toContain('ECS confirms')
  },
})

const anotherRun = { github: { run_id: '16512345999' } }

scenario('another run attaches to a task with an override that the SDK does not know', {
  about: 'What it does cannot be known: not the same migration, and the override is named.',
  container: 'echo "Applying 0001_initial"; sleep 2',
  first: {},
  faults: [
    tasksOf('DescribeTasks', (task) => ({ ...task, overrides: { ...(task.overrides as Members), shell: 'zsh' } })),
  ],
  inputs: { 'if-running': 'attach' },
  runner: anotherRun,
  approved: false,
  check: (step) => {
    expect(resultsOf(step)).toEqual([expect.objectContaining({ outcome: 'refused' })])
    expect(resultsOf(step)[0]?.reason).toContain('What differs: shell.')
  },
})

const withNulls = (members: object): Members =>
  Object.fromEntries(
    Object.entries(members).map(([name, value]) => [name, Array.isArray(value) ? [null, ...value, null] : value]),
  )

scenario('lists with nulls in every answer of ECS', {
  about: 'A null is nothing.',
  definition: (definition) => ({ ...definition, volumes: [{ name: 'files' }] }),
  faults: [
    tasksOf('DescribeTasks', (task) => withNulls({ ...task, tags: [null, { key: 'a', value: null }] })),
    tasksOf('RunTask', withNulls),
    ...['DescribeTaskDefinition', 'RegisterTaskDefinition'].map(
      (operation): FaultSpec => ({
        operation,
        kind: 'changed',
        change: ({ taskDefinition, tags, ...rest }) => ({
          ...rest,
          ...(tags !== undefined && { tags: [null] }),
          taskDefinition: withNulls(taskDefinition as object),
        }),
      }),
    ),
    ...['ListTasks', 'DescribeClusters', 'DescribeImages'].map(
      (operation): FaultSpec => ({ operation, kind: 'changed', change: withNulls }),
    ),
  ],
  approved: false,
  check: ({ run }) => expect(run.outputs.outcome).toBe('succeeded'),
})

scenario('a task with two containers of the name, of which the one that runs fails', {
  about: 'No false success.',
  container: 'sleep 0.3; exit 1',
  faults: [
    tasksOf('DescribeTasks', (task) => ({
      ...task,
      containers: [{ name: 'app', exitCode: 0, lastStatus: 'STOPPED' }, ...(task.containers as readonly Members[])],
    })),
  ],
  approved: false,
  check: ({ run }) => expect(run.outputs.outcome).toBe('failed'),
})
