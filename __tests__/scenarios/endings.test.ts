/** How one migration can end, when nothing is wrong with AWS or the runner. */
import { expect } from '@jest/globals'
import type { LocalAws } from '../../local/aws/index.ts'
import {
  containerRuns,
  type Event,
  group,
  image,
  inEachContainer,
  logConfiguration,
  sidecarImage,
} from '../faults/stage.ts'
import { log, scenario } from './scenario.ts'

const runningTask = (aws: LocalAws): string => aws.containers.at(-1)?.taskArn ?? ''
/** A container that obeys SIGTERM, with the code that shells give for it. */
const obedient = 'trap "echo Rolled back; exit 143" TERM; echo Applying 0001_initial; sleep 60 & wait'
/** What happens to the task 2 s after its container has started. */
const happensTo = (fate: (aws: LocalAws, taskArn: string) => void): readonly Event[] => [
  { when: containerRuns, after: 2_000, happens: (aws) => fate(aws, runningTask(aws)) },
]

scenario('no capacity, then a migration that does not end', {
  about: 'There is one time limit for the database, from its first RunTask: the second start has what the first left.',
  scale: 10,
  container: obedient,
  timing: { provisioning: 20_000, deprovisioning: 500 },
  inputs: { 'task-timeout-minutes': '1' },
  arrange: (aws) => void aws.script({ times: 1, failStart: 'capacity' }),
  approved: false,
  check: (step, { journal }) => {
    const asked = journal.filter(({ operation }) => operation === 'RunTask').map(({ at }) => at)
    const stopped = journal.filter(({ operation }) => operation === 'StopTask').map(({ at }) => at)
    expect(step.run.outputs.outcome).toBe('timed-out')
    expect([asked.length, stopped.length]).toEqual([2, 1])
    expect((stopped[0] ?? 0) - (asked[0] ?? 0)).toBeGreaterThan(59_000)
    expect((stopped[0] ?? 0) - (asked[0] ?? 0)).toBeLessThan(65_000)
  },
})

scenario('a migration that succeeds, in real time', {
  about: 'The same with the times of a real clock: at most 6 s from the moment ECS could show the exit.',
  scale: 1,
  approved: false,
  check: (step, { containers, timing }) => {
    const shown = (containers[0]?.exitedAt ?? 0) + timing.exitLag
    expect(step.endedAt - shown).toBeLessThan(6_000)
  },
})

scenario('a migration that succeeds', {
  about: 'One database. The verdict comes at the exit, 10 s before the task is STOPPED; the log is read 5 s longer.',
  container: 'echo "Applying 0001_initial... OK"; echo "Applying 0002_orders... OK"; echo "as $DATABASE_NAME"',
})

scenario('a migration that fails', {
  about: 'Exit code 3. The last words of a failed migration are waited for longer.',
  container: 'echo "Applying 0001_initial... OK"; echo "relation orders does not exist" >&2; exit 3',
})

scenario('a task so short that RUNNING is never seen', {
  about: 'The container has exited before ECS calls the task RUNNING, so that it never has a startedAt.',
  timing: {
    provisioning: 0,
    pending: 0,
    activating: 60_000,
    exitLag: 0,
    deprovisioning: 0,
    stopping: 0,
    describeLag: 1_500,
  },
  check: (step, { tasks }) => {
    expect(step.run.outputs.outcome).toBe('succeeded')
    expect([...tasks.values()].map(({ startedAt }) => startedAt)).toEqual([undefined])
  },
})

scenario('an exit code that never comes', {
  about: 'The machine below the task is gone. No exit code is made up.',
  container: obedient,
  timing: { deprovisioning: 2_000 },
  events: happensTo((aws, task) => aws.hostDied(task)),
  check: (step) => expect(step.run.outputs).not.toHaveProperty('exit-code'),
})

scenario('an image that is not there', {
  about: 'CannotPullContainerError, which nothing had looked for: no container ran, and trying again would not help.',
  scale: 1,
  inputs: { 'image-uri': `${image}-other:9`, preflight: 'false' },
  timing: { deprovisioning: 1_000 },
})

scenario('a secret that is not there', {
  about: 'ResourceInitializationError: no container ran.',
  scale: 1,
  definition: inEachContainer({
    secrets: [
      { name: 'DATABASE_PASSWORD', valueFrom: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:gone-AbCdEf' },
    ],
  }),
  timing: { deprovisioning: 1_000 },
})

scenario('no capacity, then some', {
  about: 'A start that ran no container, for a cause that passes, is tried again.',
  timing: { deprovisioning: 1_000 },
  arrange: (aws) => void aws.script({ times: 1, failStart: 'capacity' }),
})

scenario('network interfaces that never come', {
  about: 'Tried again three times, and then given up.',
  scale: 10,
  timing: { deprovisioning: 500, provisioning: 100 },
  arrange: (aws) => void aws.script({ failStart: 'interface-timeout' }),
  // What the checks find out in 8 s of compressed time is chance.
  approved: false,
  check: (step, { journal }) => {
    expect(journal.filter(({ operation }) => operation === 'RunTask')).toHaveLength(4)
    expect(step.run.outputs.outcome).toBe('not-started')
  },
})

scenario('an essential sidecar that ends first', {
  about:
    'app needs the proxy, which so stays essential. ECS ends the task because of it: the migration did not fail by itself, and did not succeed.',
  container: obedient,
  definition: (definition) => ({
    ...definition,
    containerDefinitions: [
      ...(definition.containerDefinitions ?? []).map((app) => ({
        ...app,
        dependsOn: [{ containerName: 'proxy', condition: 'START' as const }],
      })),
      { name: 'proxy', image: `${sidecarImage}:3`, essential: true, command: ['sh', '-c', 'sleep 0.6; exit 7'] },
    ],
  }),
})

scenario('a sidecar that the migration does not need', {
  about: 'In the definition it is, but app does not need it: it ends first, badly, and cannot end the migration.',
  container: 'sleep 0.4; echo "Applying 0001_initial... OK"',
  definition: (definition) => ({
    ...definition,
    containerDefinitions: [
      ...(definition.containerDefinitions ?? []),
      { name: 'exporter', image: `${sidecarImage}:3`, essential: true, command: ['sh', '-c', 'exit 7'] },
    ],
  }),
})

scenario('stopped from outside', {
  about: 'A person stops the task in the console.',
  container: obedient,
  events: happensTo((aws, task) =>
    aws.stopFromOutside(task, { stopCode: 'UserInitiated', reason: 'Task stopped by user' }),
  ),
})

scenario('out of memory', {
  about: 'The kernel kills the container: 137, and the reason says why.',
  container: obedient,
  events: happensTo((aws, task) => aws.outOfMemory(task)),
})

scenario('timed out', {
  about: 'The limit is 0.1 min. The task is stopped, its log read to the end.',
  container: obedient,
  inputs: { 'task-timeout-minutes': '0.1' },
})

scenario('timed out and left', {
  about: 'on-timeout leave: the task is not stopped, and the step says that it may run on.',
  container: obedient,
  inputs: { 'task-timeout-minutes': '0.1', 'on-timeout': 'leave' },
})

scenario('timed out, and the container ignores SIGTERM', {
  about: 'SIGKILL comes after the stopTimeout of 6 s; it is waited for.',
  scale: 10,
  container: 'trap "" TERM; echo Applying 0001_initial; while true; do sleep 0.1; done',
  definition: inEachContainer({ stopTimeout: 6 }),
  inputs: { 'task-timeout-minutes': '0.1' },
  check: (step) => {
    expect(step.run.outputs['exit-code']).toBe('137')
    expect(log(step)).toContain('SIGKILL to what has not ended after 6 s.')
    expect(log(step)).toMatch(/did not end on SIGTERM, so ECS killed it \(SIGKILL, exit code 137\) after 6 s/)
    expect(log(step)).toContain('set initProcessEnabled: true in linuxParameters')
  },
})

scenario('timed out, and the container ends with 0', {
  about: 'It had only the last line left to print: no longer limit is advised, and no session to look for.',
  scale: 10,
  container: 'trap "echo OK; exit 0" TERM; echo "  Applying orders.0004_total..."; sleep 60 & wait',
  inputs: { 'task-timeout-minutes': '0.1' },
  approved: false,
  check: (step) => {
    expect(step.run.outputs).toMatchObject({ outcome: 'timed-out', 'exit-code': '0' })
    for (const shown of [log(step), step.run.summary]) {
      expect(shown).toMatch(/What to do:(?:<\/b>)? Container app ended with 0 .* most likely everything is applied, /)
      expect(shown).not.toMatch(/Raise task-timeout-minutes|waiting for a lock|pg_stat_activity/)
    }
  },
})

scenario('timed out under a lock, with an init process', {
  about: 'The migration is under way: it may wait for a lock. The init process is set already, so that is no advice.',
  scale: 10,
  container: 'trap "" TERM; echo "  Applying orders.0004_total..."; while true; do sleep 0.1; done',
  definition: inEachContainer({ stopTimeout: 6, linuxParameters: { initProcessEnabled: true } }),
  inputs: { 'task-timeout-minutes': '0.1' },
  approved: false,
  check: (step) => {
    expect(log(step)).toMatch(/orders\.0004_total was under way and may be waiting for a lock.*recipes\.md#lock-guard/)
    expect(log(step)).toContain('let the program end on SIGTERM')
    expect(log(step)).not.toContain('initProcessEnabled: true')
  },
})

scenario('a log group that is missing', {
  about: 'The agent cannot make the stream, so the task does not start. Nothing had looked for the group.',
  scale: 1,
  inputs: { preflight: 'false' },
  definition: inEachContainer({
    logConfiguration: {
      ...logConfiguration('migration'),
      options: { ...logConfiguration('migration').options, 'awslogs-group': `${group}-gone` },
    },
  }),
  timing: { deprovisioning: 1_000 },
})

scenario('another log driver', {
  about: 'There is no log to show; the verdict does not depend on it.',
  definition: inEachContainer({
    logConfiguration: { logDriver: 'splunk', options: { 'splunk-url': 'https://splunk.example' } },
  }),
})

scenario('stream-logs off', {
  about: 'The log is not read at all.',
  inputs: { 'stream-logs': 'false' },
  check: (step, { journal }) => {
    expect(journal.map(({ operation }) => operation)).not.toContain('GetLogEvents')
    expect(step.run.lines.map(({ text }) => text)).not.toContain('Applying 0001_initial... OK')
  },
})
