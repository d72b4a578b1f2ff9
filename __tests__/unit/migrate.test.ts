import type { RunTaskCommandInput, Task } from '@aws-sdk/client-ecs'
import { describe, expect, it } from '@jest/globals'
import { ImageDigests } from '../../src/migration/image-digests.ts'
import { type MigrationOrder, type MigrationPorts, migrateDatabase } from '../../src/migration/migrate.ts'
import type { MigrationRecord, Outcome } from '../../src/migration/outcome.ts'
import type { Tasks } from '../../src/migration/ports.ts'
import { TaskHistory } from '../../src/migration/task-history.ts'
import { Watch } from '../../src/migration/watch.ts'
import type { Launch, Plan } from '../../src/model.ts'
import { FifoRateLimiter } from '../../src/scheduling/rate-limiter.ts'
import { failure } from './aws-failures.ts'
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
  const verdicts: Outcome[] = []
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
    describe: async (_cluster, arns, signal) => {
      if (signal?.aborted === true) throw failure('aborted')
      return { tasks: launched.flatMap(({ arn }, index) => (arns.includes(arn) ? [stateOf(index)] : [])), failures: [] }
    },
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
    taskTimeoutMinutes: 60,
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
  const onVerdict = (outcome: Outcome): void => void verdicts.push(outcome)
  const record: MigrationRecord = await clock.run(migrateDatabase(order, ports, signals, onVerdict))
  await clock.pass(10 * SECOND)
  expect(clock.asleep).toBe(0)
  // Of a task of another database the exit code comes later.
  expect([record.outcome]).toMatchObject(verdicts)
  return { record, stops, runState, launched, messages: logger.messages }
}

describe('one migration', () => {
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
    const { record } = await play({ lives: [life], environment: asked, answer: {} })
    expect(record.outcome).toMatchObject({ kind: 'failed', cause: 'wrong-database' })
  })
})

describe('a start that failed', () => {
  const failing: Life = [[20 * SECOND, failedStart]]

  it('is not tried again when its log has a line, even where it is not streamed', async () => {
    const { launched } = await play({ lives: [[[0, failedStart]]], lines: ['BEGIN'], order: { streamLogs: false } })
    expect(launched).toHaveLength(1)
  })

  it('is not tried again when the time limit is nearly over', async () => {
    const { record, launched } = await play({
      lives: [[[20 * SECOND, failedStart]]],
      order: { taskTimeoutMinutes: 0.55 },
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
