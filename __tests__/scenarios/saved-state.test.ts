/** What main saves for post, into a file that cannot be written. __tests__/many/any-state.ts damages it in any way. */
import { mkdirSync, readdirSync, renameSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { called, containerRuns, openWorld, type RunningStep } from '../faults/stage.ts'
import { startBare } from './bare-process.ts'
import { log, scenario } from './scenario.ts'

function stateFileOf({ jobFolder }: RunningStep): string {
  const folder = join(jobFolder, '_temp', '_runner_file_commands')
  const name = readdirSync(folder).find((file) => file.startsWith('save_state_'))
  if (name === undefined) throw new Error('There is no file for the state')
  return join(folder, name)
}

/** Nothing can be written into what stands in its place. */
function takeStateFile(step: RunningStep): void {
  const file = stateFileOf(step)
  renameSync(file, `${file}.kept`)
  mkdirSync(file)
}

/** The runner, and the invariants, read what was written before. */
function giveStateFile(step: RunningStep): void {
  const file = stateFileOf(step).replace('.kept', '')
  rmdirSync(file)
  renameSync(`${file}.kept`, file)
}

const slow = (operation: string) => ({ operation, service: 'ecs', kind: 'slow', delayMs: 3_000, times: 1 }) as const

scenario('the state cannot be written any more when the task was launched', {
  about: 'The migration is healthy: a warning names the file, and the step goes on watching.',
  faults: [slow('RunTask')],
  events: [
    { when: called('RunTask', 'arrived'), happens: (_aws, step) => takeStateFile(step) },
    { when: containerRuns, after: 1_000, happens: (_aws, step) => giveStateFile(step) },
  ],
  container: 'sleep 1; echo "Applying 0001_initial... OK"',
  approved: false,
  check: (step) => {
    expect(step.run.conclusion).toBe('success')
    expect(log(step)).toMatch(/Warning: What the post step needs .*save_state_\S+ \(GITHUB_STATE\): EISDIR/)
    expect(log(step)).not.toContain('a bug of the action')
  },
})

for (const operation of ['DescribeTaskDefinition', 'ListTasks'])
  scenario(`the state cannot be written before the launch, from ${operation} on`, {
    about: 'Without it nobody could stop the task if the step were killed: it is not started.',
    faults: [slow(operation)],
    events: [{ when: called(operation, 'arrived'), happens: (_aws, step) => takeStateFile(step) }],
    approved: false,
    check: (step, { journal }) => {
      expect(step.run.outputs.outcome).toBe('refused')
      expect(step.run.annotations.map(({ message }) => message).join('\n')).toMatch(
        /save_state_\S+ \(GITHUB_STATE\): EISDIR/,
      )
      expect(journal.filter(({ operation }) => operation === 'RunTask')).toEqual([])
    },
  })

test.concurrent('post ends where its output is closed', async () => {
  const world = await openWorld({ scale: 20 })
  try {
    const { child, end } = startBare(world, 'post', { STATE_run: '{"cut' })
    child.stdout?.destroy()
    expect((await end).exitCode).toBe(0)
  } finally {
    await world.close()
  }
})
