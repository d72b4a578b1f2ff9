/**
 * The step is cancelled, or its process is killed, at every moment it goes through. The runner sends SIGINT, SIGTERM
 * 7.5 s later, SIGKILL 2.5 s after that; the post step runs in any case.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@jest/globals'
import type { FaultSpec, LocalAws } from '../../local/aws/index.ts'
import { called, containerRuns, type Event, type Evidence, type Story, shows } from '../faults/stage.ts'
import { log, type Scenario, scenario } from './scenario.ts'

/** A container that obeys SIGTERM. */
const obedient = 'trap "echo Rolled back; exit 143" TERM; echo Applying 0001_initial; sleep 60 & wait'

interface Moment {
  readonly name: string
  readonly when: Event['when']
  readonly after?: number
  /** Makes the moment last. */
  readonly world?: Partial<Story>
}

const slow = (operation: string, delayMs = 3_000): { readonly faults: readonly FaultSpec[] } => ({
  faults: [{ operation, service: 'ecs', kind: 'slow', delayMs, times: 1 }],
})

const containerEnded = (aws: LocalAws): boolean => aws.containers.some(({ exitedAt }) => exitedAt !== undefined)

const moments: readonly Moment[] = [
  {
    name: 'before the definition is described',
    when: called('DescribeTaskDefinition', 'arrived'),
    world: slow('DescribeTaskDefinition'),
  },
  {
    name: 'while the clone is registered',
    when: called('RegisterTaskDefinition', 'arrived'),
    world: slow('RegisterTaskDefinition'),
  },
  { name: 'between register and run', when: called('ListTasks', 'arrived'), world: slow('ListTasks') },
  {
    name: 'while RunTask is on its way',
    when: called('RunTask', 'arrived'),
    // ECS knows the task at once, so that it is stopped well before an image is pulled.
    world: { ...slow('RunTask', 1_000), timing: { describeLag: 0 } },
  },
  { name: 'while the task is pending', when: shows('PENDING'), world: { timing: { pending: 30_000 } } },
  { name: 'while the container runs', when: containerRuns, after: 2_000 },
  {
    name: 'while the log is read to its end',
    when: containerEnded,
    after: 3_500,
    world: { container: 'echo "Applying 0001_initial... OK"' },
  },
]

const stopsOf = ({ journal }: Evidence): readonly string[] =>
  journal.filter(({ operation }) => operation === 'StopTask').map(({ input }) => String(input.reason))

const deregistered = ({ journal }: Evidence): boolean =>
  journal.some(({ operation }) => operation === 'DeregisterTaskDefinition')

/** Whether some container still runs when all is over. */
const stillRunning = ({ containers, tasks }: Evidence): readonly string[] =>
  containers
    .filter(({ exitedAt, taskArn }) => exitedAt === undefined && tasks.get(taskArn)?.desiredStatus !== 'STOPPED')
    .map(({ taskArn }) => taskArn)

function interrupted(moment: Moment, happens: 'cancel' | 'kill', more: Partial<Scenario>): Scenario {
  return {
    about: `The moment: ${moment.name}.`,
    container: obedient,
    scale: 3,
    ...moment.world,
    events: [{ when: moment.when, happens, ...(moment.after !== undefined && { after: moment.after }) }],
    ...more,
  }
}

scenario('cancelled, and AWS is out of reach for good', {
  about: 'The runner ends the job 4 m 45 s after the cancel: post says before that what it could not do.',
  scale: 20,
  container: obedient,
  events: [
    {
      when: shows('RUNNING'),
      after: 1_500,
      happens: (aws) => void aws.faults.add({ operation: '*', kind: 'reset' }),
    },
    { when: shows('RUNNING'), after: 1_600, happens: 'cancel' },
  ],
  approved: false,
  check: ({ run: { post } }) => {
    expect(post?.conclusion).toBe('success')
    const warning = /ecs:StopTask in us-east-1[\s\S]*A task may run on: look at arn:aws:ecs:/
    expect(post?.lines.map(({ text }) => text).join('\n')).toMatch(warning)
  },
})

scenario('cancelled while ECS answers nothing', {
  ...interrupted({ name: 'every call hangs from the signal on', when: containerRuns, after: 1_500 }, 'cancel', {}),
  scale: 1,
  events: [
    {
      when: containerRuns,
      after: 1_500,
      happens: (aws) => void aws.faults.add({ operation: '*', kind: 'no-answer', forMs: 6_800 }),
    },
    { when: containerRuns, after: 1_550, happens: 'cancel' },
  ],
  approved: false,
  check: (step, evidence) => {
    expect(step.endedAt - (step.signalledAt ?? 0)).toBeLessThan(7_000)
    expect(stillRunning(evidence)).toEqual([])
  },
})

scenario('cancelled while GitHub gives no token', {
  about: 'The SDK has no signal while it waits for credentials.',
  scale: 1,
  idToken: true,
  inputs: { 'role-to-assume': 'arn:aws:iam::123456789012:role/migrate' },
  faults: [{ operation: 'GetIdToken', kind: 'no-answer' }],
  events: [{ when: called('GetIdToken', 'arrived'), after: 500, happens: 'cancel' }],
  approved: false,
  check: (step) => {
    expect(step.run.outputs.outcome).toBe('cancelled')
    expect(step.endedAt - (step.signalledAt ?? 0)).toBeLessThan(4_000)
  },
})

scenario('a dry run that is cancelled before its checks are done', {
  about: 'What was not looked at is not well.',
  inputs: { 'dry-run': 'true' },
  faults: [{ operation: 'DescribeSubnets', kind: 'no-answer' }],
  events: [{ when: called('DescribeSubnets', 'arrived'), after: 2_000, happens: 'cancel' }],
  approved: false,
  check: ({ run }) => expect(run.outputs.outcome).toBe('cancelled'),
})

for (const moment of moments) {
  scenario(
    `cancelled ${moment.name}`,
    interrupted(moment, 'cancel', {
      check: (step, evidence) => {
        expect(step.run.conclusion).toBe('cancelled')
        expect(stillRunning(evidence)).toEqual([])
        expect(stopsOf(evidence).every((reason) => reason.includes('/actions/runs/'))).toBe(true)
      },
    }),
  )
  scenario(
    `killed ${moment.name}`,
    interrupted(moment, 'kill', {
      scale: 10,
      // How far main got before it was gone is chance, and so is what post finds in the listing.
      approved: false,
      check: (_step, evidence) => {
        expect(stillRunning(evidence)).toEqual([])
        expect(evidence.journal.filter(({ operation }) => operation === 'RunTask').length).toBeLessThanOrEqual(1)
      },
    }),
  )
}

scenario('cancelled while the container runs, in real time', {
  ...interrupted({ name: 'while the container runs', when: containerRuns, after: 500 }, 'cancel', {}),
  scale: 1,
  approved: false,
  check: (step, { journal }) => {
    const signalled = step.signalledAt ?? 0
    const stop = journal.find(({ operation }) => operation === 'StopTask')
    expect((stop?.at ?? Number.POSITIVE_INFINITY) - signalled).toBeLessThan(5_000)
    expect(step.endedAt - signalled).toBeLessThan(7_000)
    expect(step.run.exitCode).toBe(1)
  },
})

scenario('cancelled while the container runs, and left', {
  ...interrupted(
    { name: 'while the container runs, with on-cancel leave', when: shows('RUNNING'), after: 2_000 },
    'cancel',
    {},
  ),
  inputs: { 'on-cancel': 'leave' },
  check: (step, evidence) => {
    expect(stopsOf(evidence)).toEqual([])
    expect(log(step)).toContain('left running')
    expect(deregistered(evidence)).toBe(true)
  },
})

scenario('cancelled while the task is pending, and left', {
  ...interrupted(
    {
      name: 'while the task is pending, with on-cancel leave',
      when: shows('PENDING'),
      after: 1_500,
      world: { timing: { pending: 30_000 } },
    },
    'cancel',
    {},
  ),
  about: 'It has not started, and needs its revision for that: nobody deregisters it.',
  inputs: { 'on-cancel': 'leave' },
  check: (step, evidence) => {
    expect(stopsOf(evidence)).toEqual([])
    expect(deregistered(evidence)).toBe(false)
    expect(log(step)).toContain('stays registered')
  },
})

scenario('cancelled, and ECS shows the exit long after the stop', {
  ...interrupted({ name: 'while the container runs', when: shows('RUNNING'), after: 2_000 }, 'cancel', {}),
  about: 'As on AWS: from StopTask to a visible exit it took 43 to 48 s. The step is gone by then.',
  timing: { exitLag: 45_000 },
  check: (step, evidence) => {
    expect(step.run.outputs.outcome).toBe('cancelled')
    expect(step.run.outputs['exit-code']).toBeUndefined()
    expect(stopsOf(evidence)).toHaveLength(1)
    expect(stillRunning(evidence)).toEqual([])
  },
})

scenario('cancelled, and the container ignores SIGTERM', {
  ...interrupted({ name: 'while the container runs', when: shows('RUNNING'), after: 2_000 }, 'cancel', {}),
  about: 'It works on when the step has ended, for its stopTimeout: that is said wherever the outcome is.',
  container: 'trap "" TERM; echo Applying 0001_initial; while true; do sleep 0.1; done',
  approved: false,
  check: (step) => {
    const still = 'cancelled after'
    expect(log(step)).toMatch(new RegExp(`^shop_prod: ${still} .*, and its container may run on for up to 120 s$`, 'm'))
    expect(step.run.summary).toMatch(new RegExp(`${still} .* may run on for up to 120 s`))
    expect(step.run.annotations.map(({ message }) => message).join()).toMatch(
      /may run on for up to 120 s .*and may still commit\./,
    )
  },
})

scenario('cancelled when the container had just ended by itself', {
  about: 'ECS shows the exit 2 s after it happened, and the signal comes in between: the exit code decides.',
  scale: 2,
  timing: { exitLag: 2_000 },
  events: [{ when: containerEnded, after: 800, happens: 'cancel' }],
  approved: false,
  check: (step) => expect(step.run.outputs.outcome).toBe('succeeded'),
})

scenario('cancelled in a job container', {
  about: 'The signal ends only the docker client; node lives on unaware, and the post step does what there is to do.',
  scale: 10,
  container: obedient,
  runner: { jobContainer: true },
  events: [{ when: containerRuns, after: 2_000, happens: 'cancel' }],
  approved: false,
  check: (_step, evidence) => expect(stillRunning(evidence)).toEqual([]),
})

scenario('killed after the answer of RunTask was lost', {
  about: 'The ARN was never learnt: post finds the task by the nonce in its tags.',
  scale: 10,
  container: obedient,
  faults: [{ operation: 'RunTask', kind: 'answer-hung', times: 1 }],
  timing: { listLag: 6_000 },
  events: [{ when: called('RunTask', 'arrived'), after: 500, happens: 'kill' }],
  approved: false,
  check: (_step, evidence) => {
    expect(stopsOf(evidence)).toHaveLength(1)
    expect(stillRunning(evidence)).toEqual([])
  },
})

/** Takes the last bytes off the file with the state, as where a process is killed in the middle of a write. */
function cutState(jobFolder: string, bytes: number): void {
  const folder = join(jobFolder, '_temp', '_runner_file_commands')
  const file = readdirSync(folder).find((name) => name.startsWith('save_state_'))
  if (file === undefined) throw new Error('There is no file for the state')
  const content = readFileSync(join(folder, file))
  writeFileSync(join(folder, file), content.subarray(0, content.length - bytes))
}

for (const bytes of [1, 20, 60, 120]) {
  scenario(`killed, and the state is cut off ${bytes} bytes before its end`, {
    about: 'The record of the task is incomplete: post finds the task by the nonce in its tags.',
    scale: 10,
    container: obedient,
    events: [
      {
        when: containerRuns,
        after: 3_000,
        happens: (_aws, step) => {
          cutState(step.jobFolder, bytes)
          step.send('kill')
        },
      },
    ],
    approved: false,
    check: (_step, evidence) => {
      expect(stopsOf(evidence)).toHaveLength(1)
      expect(stillRunning(evidence)).toEqual([])
    },
  })
}

scenario('the step has a limit of its own', {
  about: 'timeout-minutes of the step: the same signals, and the conclusion is a failure.',
  scale: 1,
  container: obedient,
  runner: { timeoutMinutes: 0.06 },
  approved: false,
  check: (step, evidence) => {
    expect(step.run.conclusion).toBe('failure')
    expect(stillRunning(evidence)).toEqual([])
  },
})
