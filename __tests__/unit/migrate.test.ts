import type { RunTaskCommandInput, Task } from '@aws-sdk/client-ecs'
import { describe, expect, it } from '@jest/globals'
import { ImageDigests } from '../../src/migration/image-digests.ts'
import { type MigrationOrder, type MigrationPorts, migrateDatabase } from '../../src/migration/migrate.ts'
import type { MigrationRecord, Outcome } from '../../src/migration/outcome.ts'
import type { Tasks } from '../../src/migration/ports.ts'
import { TaskHistory } from '../../src/migration/task-history.ts'
import { Watch } from '../../src/migration/watch.ts'
import type { DescribedTasks, Launch, Plan } from '../../src/model.ts'
import { FifoRateLimiter } from '../../src/scheduling/rate-limiter.ts'
import { failure, unanswered } from './aws-failures.ts'
import { SilentLogger } from './silent-logger.ts'
import { VirtualClock } from './virtual-clock.ts'

const SECOND = 1_000
const variable = (name: string, value: string) => ({ name, value })

const launchOf = (environment?: { name: string; value: string }[]): Launch => ({
  database: 'shop',
  clone: { family: 'shop-run-ecs-migration', containerDefinitions: [] },
  request: {
    cluster: 'default',
    startedBy: 'run-ecs-migration/shop',
    ...(environment && { overrides: { containerOverrides: [{ name: 'app', environment }] } }),
  },
})

const plan: Plan = {
  doubts: [],
  notes: [],
  startup: { programs: [], isBare: false },
  cluster: 'default',
  image: 'repo/shop:1',
  sidecars: [],
  essential: new Set(['app']),
  clone: { family: 'shop-run-ecs-migration', containerDefinitions: [] },
  launches: [],
  container: {
    name: 'app',
    stopTimeout: 120,
    logConfiguration: {
      logDriver: 'awslogs',
      options: { 'awslogs-group': '/ecs/shop', 'awslogs-stream-prefix': 'app', 'awslogs-region': 'eu-central-1' },
    },
  },
}

/** How a task goes on, second by second after its launch; the last state stays. */
type Life = readonly (readonly [fromMs: number, state: Task])[]

interface Script {
  readonly lives: readonly Life[]
  readonly environment?: { name: string; value: string }[]
  readonly answer?: Task
  readonly lines?: readonly string[]
  readonly stop?: Tasks['stop']
  readonly describe?: (arns: readonly string[]) => Promise<DescribedTasks> | undefined
  readonly order?: Partial<MigrationOrder>
  readonly cancelAt?: number
}

const running: Task = { lastStatus: 'RUNNING', startedAt: new Date(1), containers: [{ name: 'app' }] }
const exited = (exitCode: number): Task => ({
  ...running,
  lastStatus: 'DEPROVISIONING',
  stopCode: 'EssentialContainerExited',
  containers: [{ name: 'app', exitCode }],
})
const failedStart: Task = {
  lastStatus: 'STOPPED',
  stopCode: 'TaskFailedToStart',
  stoppedReason: 'Timeout waiting for network interface provisioning to complete.',
  containers: [{ name: 'app' }],
}

async function play(script: Script) {
  const clock = new VirtualClock()
  const logger = new SilentLogger()
  const cancel = new AbortController()
  const abandon = new AbortController()
  const stops: { at: number; arn: string }[] = []
  const runState: string[] = []
  const launched: { readonly arn: string; readonly at: number; readonly request: RunTaskCommandInput }[] = []
  const verdicts: { at: number; outcome: Outcome }[] = []
  const stateOf = (index: number): Task => {
    const age = clock.elapsed() - (launched[index]?.at ?? 0)
    const life = script.lives[Math.min(index, script.lives.length - 1)] ?? []
    const state = life.filter(([from]) => from <= age).at(-1)?.[1] ?? { lastStatus: 'PROVISIONING' }
    const { arn: taskArn = '', request } = launched[index] ?? {}
    const overrides = script.answer?.overrides ?? request?.overrides
    return { taskArn, createdAt: new Date(index + 1), ...(overrides && { overrides }), ...state }
  }
  const tasks: Tasks = {
    run: async (request) => {
      launched.push({ arn: `arn:aws:ecs:eu-central-1:1:task/default/${launched.length}`, at: clock.elapsed(), request })
      return { tasks: [{ ...stateOf(launched.length - 1), ...script.answer }], failures: [] }
    },
    describe: (_cluster, arns, signal) =>
      script.describe?.(arns) ??
      (signal?.aborted === true
        ? Promise.reject(failure('aborted'))
        : Promise.resolve({
            tasks: launched.flatMap(({ arn }, index) => (arns.includes(arn) ? [stateOf(index)] : [])),
            failures: [],
          })),
    list: async () => [],
    stop: async (...ask) => {
      stops.push({ at: clock.elapsed(), arn: ask[1] })
      await script.stop?.(...ask)
    },
  }
  const messages = script.lines ?? []
  const ports: MigrationPorts = {
    tasks,
    clock,
    ecsTime: () => clock.now(),
    logger,
    history: new TaskHistory(tasks, clock, 'default', 'shop-run-ecs-migration'),
    watch: new Watch(tasks, clock, 'default'),
    logCalls: new FifoRateLimiter(clock, 5),
    starts: new FifoRateLimiter(clock, 1_000_000),
    digests: new ImageDigests(),
    logs: {
      page: async (_stream, token) => ({ messages: token === undefined ? messages : [], next: 'end' }),
    },
    hash: (text) => text,
    runState: {
      launching: () => runState.push('launching'),
      launched: () => runState.push('launched'),
      following: () => runState.push('following'),
      stopping: () => runState.push('stopping'),
      settled: () => runState.push('settled'),
    },
    running: new Set(),
    following: { meet: async () => ({ kind: 'other', differences: [] }), endOf: async () => [] },
    transient: {
      ofTask: ({ stoppedReason = '' }) => stoppedReason.startsWith('Timeout waiting'),
      ofFailures: () => true,
      isQuota: () => false,
      ofError: () => false,
    },
    links: { task: (arn) => `https://task/${arn}`, log: ({ stream }) => `https://log/${stream}` },
  }
  const order: MigrationOrder = {
    plan,
    launch: launchOf(script.environment),
    revisions: {
      of: async () => ({ kind: 'registered', revision: { arn: 'arn:revision', definition: {}, attempts: 1 } }),
      started: async () => {},
      follow: () => {},
    },
    databaseVariable: 'DATABASE_NAME',
    ifRunning: 'refuse',
    nonce: 'n',
    runUrl: 'https://run',
    region: 'eu-central-1',
    timeoutMinutes: 60,
    onTimeout: 'stop',
    onCancel: 'stop',
    streamLogs: true,
    ...script.order,
  }
  if (script.cancelAt !== undefined) {
    clock.after(script.cancelAt, () => cancel.abort('SIGINT'))
    clock.after(script.cancelAt + 4_000, () => abandon.abort('SIGINT'))
  }
  const signals = { cancelled: cancel.signal, abandoned: abandon.signal }
  const onVerdict = (outcome: Outcome): void => void verdicts.push({ at: clock.elapsed(), outcome })
  const record: MigrationRecord = await clock.run(migrateDatabase(order, ports, signals, onVerdict))
  const ended = clock.elapsed()
  await clock.pass(10 * SECOND)
  expect(clock.asleep).toBe(0)
  // Of a task of another database the exit code comes later.
  expect([record.outcome]).toMatchObject(verdicts.map(({ outcome }) => outcome))
  return {
    record,
    ended,
    verdictAt: verdicts[0]?.at ?? 0,
    stops,
    runState,
    launched,
    messages: logger.messages,
    logger,
  }
}

describe('one migration', () => {
  it('is judged at the exit, and its log is read to the end after that', async () => {
    const life: Life = [
      [10 * SECOND, running],
      [30_500, exited(0)],
      [45 * SECOND, { ...exited(0), lastStatus: 'STOPPED' }],
    ]
    const { record, verdictAt, ended, runState, logger } = await play({ lives: [life], lines: ['one', 'two'] })
    expect(record).toMatchObject({ outcome: { kind: 'succeeded' }, lineCount: 2, lastLines: ['one', 'two'] })
    expect(verdictAt).toBe(31 * SECOND)
    expect(ended - verdictAt).toBeGreaterThanOrEqual(5 * SECOND)
    expect(ended - 30_500).toBeLessThanOrEqual(6 * SECOND)
    expect(runState).toEqual(['launching', 'launched', 'settled'])
    expect(logger.lines).toEqual(['one', 'two'])
  })

  it('shows a line at each change of state, and one every minute', async () => {
    const life: Life = [
      [5 * SECOND, running],
      [200 * SECOND, exited(0)],
    ]
    const { messages } = await play({ lives: [life] })
    const states = messages.filter((line) => /Task (still )?[A-Z]+ after/.test(line))
    expect(states).toEqual([
      'say [shop] Task PROVISIONING after 0 s',
      'say [shop] Task RUNNING after 5 s',
      'say [shop] Task still RUNNING after 1 min',
      'say [shop] Task still RUNNING after 2 min',
      'say [shop] Task still RUNNING after 3 min',
      'say [shop] Task DEPROVISIONING after 200 s',
    ])
  })

  it('whose dependency failed is said at once, and stopped where ECS leaves it pending', async () => {
    const containerDefinitions = [
      { name: 'app', dependsOn: [{ containerName: 'vault', condition: 'SUCCESS' as const }] },
      { name: 'vault' },
    ]
    const waiting = { ...plan, clone: { ...plan.clone, containerDefinitions } }
    const pending = (change: Task = {}): Task => ({
      lastStatus: 'PENDING',
      containers: [{ name: 'app' }, { name: 'vault', lastStatus: 'STOPPED', exitCode: 2 }],
      ...change,
    })
    const life: Life = [
      [4 * SECOND, pending()],
      [50 * SECOND, pending({ lastStatus: 'STOPPED', stopCode: 'UserInitiated' })],
    ]
    const { record, messages, stops } = await play({ lives: [life], order: { plan: waiting } })
    expect(messages).toContain('say [shop] vault exited with 2; app waits for its success and cannot start.')
    expect(stops.map(({ at }) => at)).toEqual([34 * SECOND])
    expect(record.outcome).toMatchObject({ kind: 'not-started', cause: 'dependency' })
    const quick: Life = [[4 * SECOND, pending({ lastStatus: 'STOPPED', stopCode: 'TaskFailedToStart' })]]
    expect((await play({ lives: [quick], order: { plan: waiting } })).stops).toEqual([])
  })

  it('is said at once, and in its record, of another container that ends before it', async () => {
    const tunnel = { name: 'tunnel', lastStatus: 'STOPPED', exitCode: 255 }
    const life: Life = [
      [3 * SECOND, running],
      [6 * SECOND, { ...running, containers: [{ name: 'app' }, tunnel] }],
      [90 * SECOND, { ...exited(1), containers: [{ name: 'app', exitCode: 1 }, tunnel] }],
    ]
    const { record, messages } = await play({ lives: [life] })
    expect(messages.filter((line) => line.includes('tunnel'))).toEqual([
      'say [shop] Container tunnel ended with code 255 before app.',
    ])
    expect(record.endedEarlier).toEqual([{ container: 'tunnel', exitCode: 255 }])
  })

  it('is failed when it was stopped from outside, though the container then exits 0', async () => {
    const stopped: Task = { ...exited(0), stopCode: 'UserInitiated' }
    const { record } = await play({
      lives: [
        [
          [5 * SECOND, running],
          [9 * SECOND, stopped],
        ],
      ],
    })
    expect(record.outcome).toEqual({ kind: 'failed', cause: 'stopped-from-outside', exitCode: 0 })
  })

  it('is unknown, and left alone, when it can no longer be watched', async () => {
    const denied = failure('expired-credentials')
    let calls = 0
    const { record, stops, runState } = await play({
      lives: [[[0, running]]],
      describe: () => (++calls > 5 ? Promise.reject(denied) : undefined),
    })
    expect(record.outcome).toEqual({ kind: 'unknown', cause: 'aws-error', error: denied })
    expect(record.milestones.exitSeen).toBeUndefined()
    expect(stops).toEqual([])
    expect(runState).toEqual(['launching', 'launched', 'settled'])
  })
})

describe('a task of another database', () => {
  const asked = [variable('DATABASE_NAME', 'shop'), variable('DATABASE_URL', 'postgres://u:secret@db/shop')]
  const answered = (environment: { name: string; value: string }[]): Task => ({
    overrides: { containerOverrides: [{ name: 'app', environment }] },
  })

  it.each([
    ['another value', answered([variable('DATABASE_NAME', 'crm')])],
    ['no variable', answered([])],
    ['another container', { overrides: { containerOverrides: [{ name: 'proxy', environment: asked }] } }],
    ['no overrides at all', { overrides: undefined }],
  ])('is stopped at once when ECS shows %s', async (_, answer) => {
    const { record, stops, runState } = await play({ lives: [[[0, running]]], environment: asked, answer })
    expect(record.outcome).toMatchObject({ kind: 'failed', cause: 'wrong-database' })
    expect(stops).toEqual([{ at: 0, arn: record.task?.taskArn }])
    expect(runState.at(-1)).toBe('settled')
  })

  it('is judged at once and followed to its end: exit code and log are its own', async () => {
    const life: Life = [
      [0, running],
      [20 * SECOND, { ...exited(0), ...answered([variable('DATABASE_NAME', 'crm')]), stopCode: 'UserInitiated' }],
    ]
    const { record, verdictAt } = await play({
      lives: [life],
      environment: asked,
      answer: answered([]),
      lines: ['Dropped'],
    })
    expect(record.outcome).toMatchObject({ kind: 'failed', cause: 'wrong-database', exitCode: 0 })
    expect(record.lastLines).toEqual(['Dropped'])
    expect(verdictAt).toBe(0)
  })

  it('is known by every variable that names the database, whose value stays unsaid', async () => {
    const answer = answered([variable('DATABASE_NAME', 'shop'), variable('DATABASE_URL', 'postgres://u:secret@db/crm')])
    const { record, messages, stops } = await play({ lives: [[[0, running]]], environment: asked, answer })
    expect(record.outcome).toMatchObject({ kind: 'failed', cause: 'wrong-database' })
    expect(stops).toHaveLength(1)
    expect(JSON.stringify([record.outcome, messages])).not.toContain('secret')
    expect(JSON.stringify(record.outcome)).toContain('DATABASE_URL')
  })

  it('that cannot be stopped is an outcome all the same, and stays in the runState for the post step', async () => {
    const { record, runState, messages } = await play({
      lives: [[[0, running]]],
      environment: asked,
      answer: answered([]),
      stop: () => Promise.reject(failure('access-denied', { action: 'ecs:StopTask' })),
    })
    expect(record.outcome).toMatchObject({ kind: 'failed', cause: 'wrong-database' })
    expect(runState).toEqual(['launching', 'launched', 'stopping'])
    expect(messages.at(-1)).toContain('aws ecs stop-task')
  })

  it('is found at the end where RunTask’s answer did not show it', async () => {
    const wrong = answered([variable('DATABASE_NAME', 'crm')])
    const life: Life = [[SECOND, { ...exited(0), ...wrong }]]
    const { record } = await play({ lives: [life], environment: asked, answer: {}, describe: () => undefined })
    expect(record.outcome).toMatchObject({ kind: 'failed', cause: 'wrong-database' })
  })
})

describe('a start that failed', () => {
  const failing: Life = [[20 * SECOND, failedStart]]

  it('is tried again while no container ran, and the next one follows it', async () => {
    const good: Life = [[10 * SECOND, exited(0)]]
    const { record, launched, messages } = await play({ lives: [failing, failing, good] })
    expect(record.outcome).toMatchObject({ kind: 'succeeded' })
    expect(record.notes).toHaveLength(2)
    expect(new Set(launched.map(({ request }) => request.clientToken)).size).toBe(3)
    expect(launched[1]?.request.clientToken).toContain(launched[0]?.arn)
    expect(messages.filter((line) => line.includes('Trying again'))).toHaveLength(2)
  })

  it('is tried again three times, no more', async () => {
    const { record, launched } = await play({ lives: [failing] })
    expect(launched).toHaveLength(4)
    expect(record.outcome).toEqual({ kind: 'not-started', cause: 'never-ran' })
  })

  it.each<[string, Script]>([
    ['it had started', { lives: [[[0, { ...failedStart, startedAt: new Date(1) }]]] }],
    [
      'a container has an exit code',
      { lives: [[[0, { ...failedStart, containers: [{ name: 'proxy', exitCode: 1 }] }]]] },
    ],
    ['its log has a line', { lives: [[[0, failedStart]]], lines: ['BEGIN'] }],
    [
      'its log has a line, even where it is not streamed',
      { lives: [[[0, failedStart]]], lines: ['BEGIN'], order: { streamLogs: false } },
    ],
    ['the cause will not pass', { lives: [[[0, { ...failedStart, stoppedReason: 'CannotPullContainerError' }]]] }],
    ['the container had ended and failed', { lives: [[[0, exited(1)]]] }],
  ])('is not tried again when %s', async (_, script) => {
    const { launched } = await play(script)
    expect(launched).toHaveLength(1)
  })

  it('has no more time than the first', async () => {
    const { verdictAt, launched, stops } = await play({
      lives: [[[20 * SECOND, failedStart]], [[0, running]]],
      order: { timeoutMinutes: 1 },
    })
    expect(launched).toHaveLength(2)
    expect(stops.map(({ at }) => at)).toEqual([60 * SECOND])
    expect(verdictAt).toBeGreaterThan(60 * SECOND)
  })

  it('is not tried again when the time limit is nearly over', async () => {
    const { record, launched } = await play({
      lives: [[[20 * SECOND, failedStart]]],
      order: { timeoutMinutes: 0.55 },
    })
    expect(launched).toHaveLength(1)
    expect(record.outcome).toEqual({ kind: 'not-started', cause: 'never-ran' })
  })

  it('and then a cancel is cancelled, with no exit of the first start in its times', async () => {
    const { record } = await play({ lives: [failing], cancelAt: 21 * SECOND })
    expect(record.outcome).toMatchObject({ kind: 'cancelled' })
    expect(record.milestones.exitSeen).toBeUndefined()
  })
})

describe('a cancel', () => {
  const long: Life = [[5 * SECOND, running]]

  it('stops the task and reports in time, without an exit that nobody saw', async () => {
    const { record, stops, ended, runState } = await play({ lives: [long], cancelAt: 60 * SECOND })
    expect(record.outcome).toEqual({ kind: 'cancelled', signal: 'SIGINT', left: false })
    expect(stops[0]?.at).toBe(60 * SECOND)
    expect(ended).toBeLessThanOrEqual(66 * SECOND)
    expect(record.milestones.exitSeen).toBeUndefined()
    expect(runState.at(-1)).toBe('settled')
  })

  it('whose StopTask is not answered leaves the task to the post step', async () => {
    const { record, runState, ended } = await play({
      lives: [long],
      cancelAt: 60 * SECOND,
      stop: (_cluster, _arn, _reason, signal) => unanswered(signal),
    })
    expect(record.outcome).toEqual({ kind: 'cancelled', signal: 'SIGINT', left: true, stopFailed: true })
    expect(runState).toEqual(['launching', 'launched', 'stopping'])
    expect(ended).toBeLessThanOrEqual(66 * SECOND)
  })

  it('after the container had ended by itself changes no verdict', async () => {
    const life: Life = [
      [5 * SECOND, running],
      [60 * SECOND, exited(0)],
    ]
    const { record, stops } = await play({ lives: [life], cancelAt: 60_500 })
    expect(record.outcome).toEqual({ kind: 'succeeded', exitCode: 0 })
    expect(stops.length).toBeLessThanOrEqual(1)
  })

  it('leaves the task where on-cancel asks for that', async () => {
    const { record, stops, runState } = await play({
      lives: [long],
      cancelAt: 60 * SECOND,
      order: { onCancel: 'leave' },
    })
    expect(record.outcome).toEqual({ kind: 'cancelled', signal: 'SIGINT', left: true })
    expect(stops).toEqual([])
    expect(runState.at(-1)).toBe('settled')
  })
})

describe('a migration that takes too long', () => {
  it('is stopped, watched to its end and called timed-out', async () => {
    const life: Life = [
      [5 * SECOND, running],
      [3_640 * SECOND, { ...exited(143), stopCode: 'UserInitiated' }],
    ]
    const { record, stops } = await play({ lives: [life] })
    expect(stops).toHaveLength(1)
    expect(record.outcome).toEqual({ kind: 'timed-out', minutes: 60, left: false, exitCode: 143 })
  })

  it('that ignores SIGTERM is waited for as long as its stopTimeout and 30 s more', async () => {
    const { verdictAt, stops } = await play({ lives: [[[0, running]]], order: { timeoutMinutes: 1 } })
    expect(stops[0]?.at).toBe(60 * SECOND)
    expect(verdictAt).toBe(60 * SECOND + 150 * SECOND)
  })
})
