/** The runner is expendable: a re-run, or a step with if-running attach, follows the same migration where it runs. */
import { expect } from '@jest/globals'
import type { LocalAws } from '../../local/aws/index.ts'
import {
  called,
  containerRuns,
  type Event,
  type Evidence,
  opensGate,
  type StepEvidence,
  shows,
  sidecarImage,
  untilOpened,
} from '../faults/stage.ts'
import { log, type Scenario, scenario } from './scenario.ts'

/** Obeys SIGTERM, runs until something is the case, and ends with the code it is given. */
const ending = (code: number, until = untilOpened): string =>
  `trap "echo Rolled back; exit 143" TERM; echo Applying 0001_initial; ${until}; echo Done; exit ${code}`
const after = (seconds: number): string => `sleep ${seconds} & wait`

/** The second step reads a log: what waits to be followed may end. */
const onceFollowed: Event = {
  when: ({ journal }) =>
    journal.some(({ operation, accessKeyId = '' }) => operation === 'GetLogEvents' && accessKeyId.endsWith('2')),
  happens: opensGate,
}

interface Result {
  readonly database: string
  readonly outcome: string
  readonly exitCode?: number
  readonly reason?: string
  readonly followed?: boolean
  readonly followedRunUrl?: string
}

const resultsOf = ({ run }: StepEvidence): readonly Result[] => JSON.parse(run.outputs.results ?? '[]')
const registrations = ({ journal }: Evidence) =>
  journal.filter(({ operation }) => operation === 'RegisterTaskDefinition').length
const stops = ({ journal }: Evidence) => journal.filter(({ operation }) => operation === 'StopTask').length
const deregistered = ({ journal }: Evidence): readonly unknown[] =>
  journal
    .filter(({ operation, outcome }) => operation === 'DeregisterTaskDefinition' && outcome?.status === 200)
    .map(({ input }) => input.taskDefinition)

const hasStopped = (aws: LocalAws): boolean => aws.containers.length > 0 && shows('STOPPED')(aws)

/** The machine is gone: no word, no post step. */
const lost = (when: Event['when'], after = 0): NonNullable<Scenario['first']> => ({
  runner: { post: false },
  events: [{ when, after, happens: 'kill' }],
})
const secondAttempt = { github: { run_attempt: '2' } }
const anotherRun = { github: { run_id: '16512345999' } }
const attach = { 'if-running': 'attach' }

const follows =
  (
    outcome: string,
    exitCode: number | undefined,
    attempt = 'runs/16512345678/attempts/1',
  ): NonNullable<Scenario['check']> =>
  (step, evidence) => {
    expect(resultsOf(step)).toEqual([
      expect.objectContaining({ outcome, followed: true, followedRunUrl: expect.stringContaining(attempt) }),
    ])
    expect(resultsOf(step)[0]?.exitCode).toBe(exitCode)
    expect(evidence.containers).toHaveLength(1)
    expect(registrations(evidence)).toBe(1)
  }

scenario('a re-run after the runner was lost', {
  about: 'The first attempt’s machine is gone while the container runs. The second attempt follows it to its end.',
  container: ending(0),
  events: [onceFollowed],
  first: lost(containerRuns, 500),
  runner: secondAttempt,
  check: (step, evidence) => {
    follows('succeeded', 0)(step, evidence)
    expect(deregistered(evidence)).toHaveLength(1)
  },
})

scenario('a re-run while the registry answers too late to pin the image', {
  about: 'A launch would go by the tag. To follow, the digest must be known: the registry is asked again.',
  container: ending(0),
  events: [onceFollowed],
  first: lost(containerRuns),
  faults: [{ operation: 'DescribeImages', kind: 'answer-late', delayMs: 9_000, afterMatches: 1, times: 2 }],
  runner: secondAttempt,
  approved: false,
  check: follows('succeeded', 0),
})

scenario('a re-run while the registry may not be read', {
  about: 'It cannot be shown to be the same migration: refused, and the reason says what is not known.',
  container: ending(0),
  first: lost(containerRuns),
  faults: [{ operation: 'DescribeImages', kind: 'access-denied', afterMatches: 1 }],
  runner: secondAttempt,
  approved: false,
  check: (step) => {
    expect(resultsOf(step)).toEqual([expect.objectContaining({ outcome: 'refused' })])
    expect(resultsOf(step)[0]?.reason).toMatch(
      /image \(running: \S+@sha256:\w+; here: \S+:1\.2\.3 with digest not known\)/,
    )
  },
})

scenario('a re-run while the task is pending, of a migration that fails', {
  about: 'The verdict is the container’s own.',
  container: ending(3),
  events: [onceFollowed],
  timing: { pending: 20_000 },
  first: { ...lost(shows('PENDING')), until: shows('PENDING') },
  runner: secondAttempt,
  approved: false,
  check: follows('failed', 3),
})

scenario('a re-run while the first attempt’s task is being stopped', {
  about:
    'It was cancelled and takes its time to end. The second attempt waits for that, says what became of it, and starts anew.',
  container: 'trap "sleep 1; exit 143" TERM; echo "Applying 0001_initial"; sleep 1 & wait',
  timing: { deprovisioning: 3_000 },
  first: { events: [{ when: containerRuns, after: 300, happens: 'cancel' }], until: called('StopTask') },
  runner: secondAttempt,
  check: (step, evidence) => {
    expect(resultsOf(step)).toEqual([expect.objectContaining({ outcome: 'succeeded', followed: false })])
    expect(log(step)).toMatch(/The task that attempt 1 of this run started .* ended .* with exit code 143/)
    expect(evidence.containers).toHaveLength(2)
  },
})

for (const code of [0, 1])
  scenario(`a re-run after the first attempt’s task ended with ${code} while nobody watched`, {
    about: 'Its end is reported, with links, and decides nothing: an old success is not the new attempt’s.',
    container: ending(code, after(2)),
    timing: { deprovisioning: 1_000 },
    first: { ...lost(containerRuns), until: hasStopped },
    runner: secondAttempt,
    approved: code === 1,
    check: (step, evidence) => {
      expect(log(step)).toMatch(new RegExp(`The task that attempt 1 of this run started .* with exit code ${code}`))
      expect(resultsOf(step)).toEqual([expect.objectContaining({ exitCode: code, followed: false })])
      expect(evidence.containers).toHaveLength(2)
    },
  })

scenario('a task that fails to start while it is followed', {
  about: 'It counts as this step’s first start: it registers its own clone and starts again.',
  container: ending(0),
  events: [onceFollowed],
  timing: { pending: 8_000 },
  arrange: (aws) =>
    aws.script({ times: 1, failStart: { reason: 'Timeout waiting for network interface provisioning to complete.' } }),
  first: { ...lost(shows('PENDING')), until: shows('PENDING') },
  runner: secondAttempt,
  approved: false,
  check: (step, evidence) => {
    expect(log(step)).toContain('Following the task that attempt 1')
    expect(resultsOf(step)).toEqual([expect.objectContaining({ outcome: 'succeeded', followed: false })])
    expect(registrations(evidence)).toBe(2)
    expect(deregistered(evidence)).toHaveLength(2)
  },
})

scenario('another run attaches to the same migration', {
  about: 'Two people started the same: the second one follows. The clone is left to the run that made it.',
  container: ending(0),
  events: [onceFollowed],
  first: {},
  inputs: attach,
  runner: anotherRun,
  approved: false,
  check: (step, evidence) => {
    follows('succeeded', 0)(step, evidence)
    expect(log(step)).toContain('Following the task that another run started')
  },
})

const withMore: Scenario['definition'] = (definition) => ({
  ...definition,
  containerDefinitions: [
    ...(definition.containerDefinitions ?? []),
    { name: 'router', image: `${sidecarImage}:1`, essential: false, command: ['sleep', '60'] },
  ],
})

const differences: readonly (readonly [string, Readonly<Record<string, string>>, RegExp])[] = [
  [
    'image',
    { 'image-uri': '123456789012.dkr.ecr.us-east-1.amazonaws.com/tools/sidecar:1', 'container-name': 'app' },
    /image \(running: .*@sha256/,
  ],
  ['command', { command: '["sh","-c","echo other"]' }, /command \(running: .*here: \["sh","-c","echo other"\]/],
  ['variable', { 'environment-variables': 'API_KEY=hunter2hunter2' }, /differs: variable API_KEY\./],
  [
    'secret',
    { secrets: 'PGPASSWORD=arn:aws:ssm:us-east-1:123456789012:parameter/other' },
    /differs: secret PGPASSWORD\./,
  ],
  ['sidecar', { sidecars: 'none' }, /differs: container router\./],
]

for (const [what, inputs, named] of differences)
  scenario(`another run attaches with a different ${what}`, {
    about: 'Not the same migration: refused, and the difference is named.',
    container: ending(0),
    definition: withMore,
    first: {},
    inputs: { ...attach, ...inputs },
    runner: anotherRun,
    approved: what === 'command',
    check: (step, evidence) => {
      expect(resultsOf(step)).toEqual([expect.objectContaining({ outcome: 'refused' })])
      expect(resultsOf(step)[0]?.reason).toMatch(named)
      expect(log(step)).not.toMatch(/(?<!=)hunter2hunter2/)
      expect(registrations(evidence)).toBe(1)
    },
  })

scenario('a re-run that is not the same migration', {
  about: 'if-running is refuse: the reason names what differs.',
  container: ending(0),
  first: lost(containerRuns),
  inputs: { 'environment-variables': 'STAGE=test' },
  runner: secondAttempt,
  approved: false,
  check: (step) => expect(resultsOf(step)[0]?.reason).toContain('What differs: variable STAGE.'),
})

scenario('a re-run with if-running allow', {
  about: 'It runs beside the other, as allow says.',
  container: ending(0),
  events: [onceFollowed],
  first: lost(containerRuns),
  inputs: { 'if-running': 'allow' },
  runner: secondAttempt,
  approved: false,
  check: (step, { containers }) => {
    expect(resultsOf(step)).toEqual([expect.objectContaining({ outcome: 'succeeded', followed: false })])
    expect(containers).toHaveLength(2)
  },
})

for (const [whose, runner, mayStop] of [
  ['its own run', secondAttempt, true],
  ['another run', anotherRun, false],
] as const) {
  const story: Scenario = {
    about: mayStop
      ? 'Its own run started the task: it is stopped.'
      : 'Another run started the task: it is left, and that is said.',
    container: ending(0),
    first: lost(containerRuns),
    inputs: attach,
    runner,
    approved: false,
  }
  const judged =
    (outcome: string): NonNullable<Scenario['check']> =>
    (step, evidence) => {
      expect(resultsOf(step)).toEqual([expect.objectContaining({ outcome, followed: true })])
      expect(stops(evidence)).toBe(mayStop ? 1 : 0)
      if (!mayStop) expect(log(step)).toContain('another run started it')
    }
  const following = called('GetLogEvents')
  scenario(`a follower of a task of ${whose} is cancelled`, {
    ...story,
    events: [{ when: following, happens: 'cancel' }],
    check: judged('cancelled'),
  })
  scenario(`a follower of a task of ${whose} reaches its time limit`, {
    ...story,
    inputs: { ...attach, 'task-timeout-minutes': '0.2' },
    check: judged('timed-out'),
  })
  scenario(`a follower of a task of ${whose} is killed`, {
    ...story,
    events: [{ when: following, happens: 'kill' }],
    check: (step, evidence) => {
      expect(stops(evidence)).toBe(mayStop ? 1 : 0)
      const said = step.run.post?.lines.map(({ text }) => text).join('\n')
      expect(said).toMatch(mayStop ? /Stopped arn/ : /Left running: .* Another run started it/)
      expect(deregistered(evidence)).toHaveLength(mayStop ? 1 : 0)
      // It registered nothing, and knows it: nothing is looked for.
      expect(evidence.journal.filter(({ operation }) => operation === 'ListTaskDefinitions')).toEqual([])
    },
  })
}

const asNamed = `echo "Applying to $DATABASE_NAME"; ${untilOpened}; case "$DATABASE_NAME" in *bad*) exit 1;; esac`

scenario('the checks refuse, and the migration runs already', {
  about: 'What runs is followed all the same.',
  container: ending(0),
  events: [onceFollowed],
  first: lost(containerRuns),
  inputs: { preflight: 'true', subnets: 'subnet-0public' },
  runner: secondAttempt,
  approved: false,
  check: follows('succeeded', 0),
})

scenario('the checks refuse, and what is followed fails to start', {
  about: 'It ends as the checks say: this step starts nothing.',
  container: ending(0),
  timing: { pending: 8_000 },
  arrange: (aws) =>
    aws.script({ times: 1, failStart: { reason: 'Timeout waiting for network interface provisioning to complete.' } }),
  first: { ...lost(shows('PENDING')), until: shows('PENDING') },
  inputs: { preflight: 'true', subnets: 'subnet-0public' },
  runner: secondAttempt,
  approved: false,
  check: (step, evidence) => {
    expect(log(step)).toContain('Following the task that attempt 1')
    expect(resultsOf(step)).toEqual([expect.objectContaining({ outcome: 'refused' })])
    expect(registrations(evidence)).toBe(1)
    expect(evidence.containers).toHaveLength(0)
    expect(deregistered(evidence)).toHaveLength(1)
  },
})

scenario('one of several databases is attached to by itself', {
  about: 'Of several, the overrides name the database, and of one its definition: it is the same migration.',
  container: asNamed,
  events: [onceFollowed],
  first: { inputs: { 'database-name': 'shop_1\nshop_2', 'max-parallel': '2', canary: 'false' } },
  inputs: { ...attach, 'database-name': 'shop_1' },
  runner: anotherRun,
  approved: false,
  check: (step, evidence) => {
    expect(resultsOf(step)).toEqual([expect.objectContaining({ outcome: 'succeeded', followed: true })])
    expect(registrations(evidence)).toBe(1)
  },
})

scenario('another job of the same run attaches', {
  about: 'The first job may still launch from its revision, so the second one leaves that to it.',
  container: ending(0),
  events: [onceFollowed],
  first: lost(containerRuns, 500),
  inputs: attach,
  approved: false,
  check: (step, evidence) => {
    follows('succeeded', 0)(step, evidence)
    expect(deregistered(evidence)).toEqual([])
  },
})

scenario('a dry run while the migration runs', {
  about: 'It says what it would follow.',
  container: ending(0),
  first: lost(containerRuns),
  inputs: { 'dry-run': 'true' },
  runner: secondAttempt,
  approved: false,
  check: (step) => expect(log(step)).toContain('It would follow the task that attempt 1 of this run started'),
})

scenario('a fleet of which two run already', {
  about:
    'These are attached at once and count toward max-parallel; the third is the canary, for it is the first to be launched.',
  container: asNamed,
  events: [onceFollowed],
  timing: { deprovisioning: 500 },
  first: {
    ...lost(called('RunTask', 'done', 2)),
    inputs: { 'database-name': 'shop_3\nshop_1\nshop_2\nshop_4', 'max-parallel': '2', canary: 'false' },
    until: (aws) => aws.containers.length >= 2,
  },
  inputs: { 'database-name': 'shop_3\nshop_1\nshop_2\nshop_4', 'max-parallel': '3' },
  runner: secondAttempt,
  approved: false,
  check: (step, evidence) => {
    const results = resultsOf(step)
    expect(results.map(({ outcome }) => outcome)).toEqual(['succeeded', 'succeeded', 'succeeded', 'succeeded'])
    expect(results.map(({ followed }) => followed)).toEqual([true, true, false, false])
    expect(evidence.containers).toHaveLength(4)
    expect(registrations(evidence)).toBe(2)
    expect(deregistered(evidence)).toHaveLength(2)
  },
})
