import { createHash } from 'node:crypto'
import type { RunTaskCommandInput, Task } from '@aws-sdk/client-ecs'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { isQuota, isTransientApiError } from '../../src/explain/api-errors.ts'
import type { Meeting } from '../../src/migration/following.ts'
import { launchOnce } from '../../src/migration/launch.ts'
import type { Launched, LaunchOrder, LaunchPorts } from '../../src/migration/launch-position.ts'
import type { IfRunning, Tasks } from '../../src/migration/ports.ts'
import type { Registration } from '../../src/migration/revisions.ts'
import { TaskHistory } from '../../src/migration/task-history.ts'
import type { Clock, DescribedTasks } from '../../src/model.ts'
import { FifoRateLimiter } from '../../src/scheduling/rate-limiter.ts'
import { failure, unanswered } from './aws-failures.ts'
import { EcsModel, type Habits, randomFrom } from './ecs-model.ts'
import { SilentLogger } from './silent-logger.ts'
import { EPOCH, VirtualClock } from './virtual-clock.ts'

const hash = (text: string): string => createHash('sha256').update(text).digest('hex')
const transient = { ofTask: () => true, ofFailures: () => true, isQuota, ofError: isTransientApiError }
const MINUTE = 60_000
const HOUR = 60 * MINUTE

const markOf = (ifRunning: IfRunning): string =>
  ifRunning === 'allow' ? 'run-ecs-migration-allow/shop' : 'run-ecs-migration/shop'

const clone = { family: 'shop-run-ecs-migration', containerDefinitions: [] }
const registered = (arn: string): Registration => ({
  kind: 'registered',
  revision: { arn, definition: {}, attempts: 1 },
})

const orderOf = (nonce: string, change: Partial<LaunchOrder> = {}): LaunchOrder => ({
  launch: {
    database: 'shop',
    clone,
    request: {
      cluster: 'default',
      startedBy: markOf(change.ifRunning ?? 'refuse'),
      tags: [{ key: 'nonce', value: nonce }],
    },
  },
  revision: async () => registered(`arn:revision:${nonce}`),
  ifRunning: 'refuse',
  longestWaitMs: HOUR,
  nonce,
  startsBefore: 0,
  ...change,
})

class LedgerInMemory {
  readonly states: string[] = []
  launching = (database: string): void => void this.states.push(`launching ${database}`)
  launched = (database: string, arn: string): void => void this.states.push(`launched ${database} ${arn}`)
  following = (database: string): void => void this.states.push(`following ${database}`)
  stopping = (database: string): void => void this.states.push(`stopping ${database}`)
  settled = (database: string): void => void this.states.push(`settled ${database}`)
}

function portsFor(tasks: Tasks, clock: VirtualClock, wall: Clock = clock) {
  const logger = new SilentLogger()
  const runState = new LedgerInMemory()
  const history = new TaskHistory(tasks, wall, 'default', 'shop-run-ecs-migration')
  const untilOver = async (arn: string, longest: number, signal: AbortSignal): Promise<void> => {
    const deadline = clock.elapsed() + longest
    while (clock.elapsed() < deadline && !signal.aborted) {
      const { tasks: found } = await tasks.describe('default', [arn])
      if (found[0]?.lastStatus === 'STOPPED') return
      await clock.sleep(5_000, signal)
    }
  }
  const starts = new FifoRateLimiter(clock, 1_000_000)
  // Whole seconds, and up to a second on the way.
  const ecsTime = (): Date => new Date(Math.floor(clock.now().getTime() / 1_000) * 1_000 - 1_000)
  const ports: LaunchPorts = {
    tasks,
    history,
    starts,
    clock: wall,
    ecsTime,
    hash,
    runState,
    logger,
    transient,
    running: new Set(),
    untilOver,
    following: { meet: async () => ({ kind: 'other', differences: [] }), endOf: async () => [] },
  }
  return { ports, logger, runState }
}

function signals() {
  const cancel = new AbortController()
  const abandon = new AbortController()
  return { cancel, abandon, signals: { cancelled: cancel.signal, abandoned: abandon.signal } }
}

/** One run of the action after the other, from one runner, for as long as the plan says. */
interface Runner {
  /** Milliseconds between the runs. */
  readonly pauses: readonly number[]
  readonly ifRunning: IfRunning
  /** How much its wall clock is ahead. */
  readonly aheadMs: number
}

const MOST_STARTS = 4

async function runner(plan: Runner, name: string, ecs: EcsModel, clock: VirtualClock): Promise<void> {
  const wall: Clock = {
    now: () => new Date(clock.now().getTime() + plan.aheadMs),
    elapsed: () => clock.elapsed(),
    sleep: (ms, ...stops) => clock.sleep(ms, ...stops),
  }
  for (const [run, pause] of plan.pauses.entries()) {
    await clock.sleep(pause)
    const { ports } = portsFor(ecs, clock, wall)
    let failedStart: Task | undefined
    for (let start = 1; start <= MOST_STARTS; start++) {
      const order = orderOf(`${name}-${run}`, { ifRunning: plan.ifRunning, ...(failedStart && { failedStart }) })
      const launched = await launchOnce(order, ports, signals().signals)
      if (launched.kind !== 'launched') break
      const { taskArn } = launched.task
      await clock.sleep(ecs.endOf(taskArn) - clock.elapsed())
      failedStart = (await ecs.describe('default', [taskArn])).tasks[0]
      if (failedStart?.stopCode !== 'TaskFailedToStart') break
      ports.history.forget()
    }
  }
}

const usual: Habits = {
  listingLagMs: MINUTE,
  missingMs: 55_000,
  deliveryMs: 4 * MINUTE,
  rememberedMs: 0,
  tokenKeptMs: [HOUR, HOUR],
  namesHolder: true,
  keepsRefusals: true,
  refusedPercent: 15,
  failedPercent: 15,
  lostPercent: 15,
  longestRunMs: 3 * MINUTE,
}

async function collisionsOf(runners: readonly Runner[], habits: Habits, seed: number): Promise<readonly string[]> {
  const clock = new VirtualClock()
  const ecs = new EcsModel(clock, habits, randomFrom(seed))
  await clock.run(Promise.all(runners.map((plan, index) => runner(plan, `runner${index}`, ecs, clock))))
  return ecs.collisions
}

const soon = [fc.constant(0), fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 10 * MINUTE })]
/** Away from the hour. */
const within = fc.oneof(...soon)
/** At the same instant, soon after, or about when ECS forgets. */
const anyTime = fc.oneof(
  ...soon,
  fc.integer({ min: 50 * MINUTE, max: 75 * MINUTE }),
  fc.integer({ min: 57 * MINUTE, max: 61 * MINUTE }),
)
const runnersAt = (pause: fc.Arbitrary<number>) =>
  fc.array(
    fc.record({
      pauses: fc.array(pause, { minLength: 1, maxLength: 4 }),
      ifRunning: fc.constantFrom<IfRunning>('refuse', 'wait', 'wait', 'allow'),
      aheadMs: fc.integer({ min: -10 * MINUTE, max: 10 * MINUTE }),
    }),
    { minLength: 2, maxLength: 3 },
  )

describe('two or three runs for one database', () => {
  it.each<[string, Partial<Habits>, fc.Arbitrary<number>]>([
    ['conflicts name the task and refusals are remembered', {}, anyTime],
    ['refusals are not remembered', { keepsRefusals: false }, anyTime],
    ['listings lag by five minutes, away from the hour', { listingLagMs: 5 * MINUTE, deliveryMs: 2_000 }, within],
    [
      'conflicts name no task, and listings lag by less than the minute that they are waited for',
      { namesHolder: false, listingLagMs: 45_000 },
      anyTime,
    ],
    ['ECS shows stopped tasks for up to half an hour longer than it must', { rememberedMs: 30 * MINUTE }, anyTime],
    ['tokens end up to 50 minutes before the hour', { tokenKeptMs: [10 * MINUTE, HOUR] }, anyTime],
    ['tokens end up to half an hour late', { tokenKeptMs: [HOUR, 90 * MINUTE] }, anyTime],
    [
      'tokens end early or late, and stopped tasks are shown for longer',
      { tokenKeptMs: [20 * MINUTE, 2 * HOUR], rememberedMs: 30 * MINUTE },
      anyTime,
    ],
    ['every second answer is lost', { lostPercent: 50 }, anyTime],
    ['capacity is short', { refusedPercent: 60, failedPercent: 30 }, anyTime],
  ])(
    'never have two tasks at once where %s',
    async (_, change, pause) => {
      const property = fc.asyncProperty(runnersAt(pause), fc.integer(), async (plans, seed) => {
        expect(await collisionsOf(plans, { ...usual, ...change }, seed)).toEqual([])
      })
      // A seed says all there is to say: nothing to shrink.
      await fc.assert(property, { numRuns: Number(process.env.CHAIN_RUNS ?? 80), endOnFailure: true })
    },
    60_000,
  )

  it('would have, if the client token did not guard them: the model can tell', async () => {
    const clock = new VirtualClock()
    const ecs = new EcsModel(clock, usual, randomFrom(1))
    const free: Tasks = {
      run: (request) => ecs.run({ ...request, clientToken: String(ecs.all.length) + Math.random() }),
      describe: (cluster, arns) => ecs.describe(cluster, arns),
      list: (cluster, family, status) => ecs.list(cluster, family, status),
      stop: () => ecs.stop(),
    }
    const launches = ['a', 'b', 'c'].map((nonce) =>
      launchOnce(orderOf(nonce), portsFor(free, clock).ports, signals().signals),
    )
    await clock.run(Promise.all(launches))
    expect(ecs.collisions).not.toEqual([])
  })
})

const calm: Habits = {
  ...usual,
  listingLagMs: 0,
  missingMs: 0,
  deliveryMs: 0,
  refusedPercent: 0,
  failedPercent: 0,
  lostPercent: 0,
}

function calmStage(change: Partial<Habits> = {}) {
  const clock = new VirtualClock()
  const ecs = new EcsModel(clock, { ...calm, ...change }, randomFrom(7))
  const launch = (nonce: string, order: Partial<LaunchOrder> = {}, tasks: Tasks = ecs): Promise<Launched> =>
    launchOnce(orderOf(nonce, order), portsFor(tasks, clock).ports, signals().signals)
  return { clock, ecs, launch }
}

describe('a run beside another', () => {
  it('is refused also by an older task that still runs, beside newer ones that were allowed and ended', async () => {
    const { clock, ecs, launch } = calmStage({ longestRunMs: 30 * MINUTE })
    await clock.run(launch('old'))
    while (ecs.endOf(`arn:task/${ecs.all.length - 1}`) >= ecs.endOf('arn:task/0')) {
      await clock.run(launch(`new${ecs.all.length}`, { ifRunning: 'allow' }))
    }
    await clock.pass(ecs.endOf(`arn:task/${ecs.all.length - 1}`) - clock.elapsed())
    const runs = ecs.all.filter(({ endsAt }) => endsAt > clock.elapsed() + 10_000).map(({ arn }) => arn)
    expect(runs).toContain('arn:task/0')
    expect(await clock.run(launch('late'))).toMatchObject({ outcome: { kind: 'refused', cause: 'busy' } })
  })

  it('waits no longer than it may', async () => {
    const { clock, ecs, launch } = calmStage({ longestRunMs: 24 * HOUR })
    await clock.run(launch('first'))
    const waited = await clock.run(launch('second', { ifRunning: 'wait', longestWaitMs: 5 * MINUTE }))
    expect(waited).toMatchObject({ kind: 'ended', outcome: { kind: 'refused', cause: 'busy' } })
    expect(clock.elapsed()).toBeGreaterThanOrEqual(5 * MINUTE)
    expect(clock.elapsed()).toBeLessThan(6 * MINUTE)
    expect(ecs.all).toHaveLength(1)
  })

  it('takes a task that it lost sight of for running', async () => {
    const { clock, ecs, launch } = calmStage({ longestRunMs: HOUR })
    await clock.run(launch('first'))
    const { ports } = portsFor(ecs, clock)
    const lost = { ...ports, untilOver: async () => clock.sleep(MINUTE) }
    const order = orderOf('second', { ifRunning: 'wait', longestWaitMs: 10 * MINUTE })
    expect(await clock.run(launchOnce(order, lost, signals().signals))).toMatchObject({
      outcome: { kind: 'refused', cause: 'busy' },
    })
    expect(ecs.collisions).toEqual([])
  })

  it('is the same run’s business whether the cluster is given by name or by ARN', async () => {
    const { clock, ecs } = calmStage({ listingLagMs: 10 * MINUTE, longestRunMs: HOUR })
    const byArn = orderOf('arn')
    const request = { ...byArn.launch.request, cluster: 'arn:aws:ecs:eu-central-1:123456789012:cluster/default' }
    const orders = [orderOf('name'), { ...byArn, launch: { ...byArn.launch, request } }]
    await clock.run(
      Promise.all(orders.map((order) => launchOnce(order, portsFor(ecs, clock).ports, signals().signals))),
    )
    expect(ecs.all).toHaveLength(1)
  })

  it.each([55, 57, 58.6, 60.2, 61, 70, 120])('a task that ended %d min ago is no reason to wait', async (minutes) => {
    const { clock, ecs, launch } = calmStage()
    await clock.run(launch('first'))
    await clock.pass(ecs.endOf('arn:task/0') + minutes * MINUTE - clock.elapsed())
    const asked = clock.elapsed()
    expect(await clock.run(launch('second'))).toMatchObject({ kind: 'launched' })
    expect((ecs.all[1]?.createdAt ?? 0) - asked).toBeLessThan(10_000)
  })

  it.each([58.75, 59, 59.5, 59.9])('begins nothing %d min after the last one ended, and says why', async (minutes) => {
    const { clock, ecs, launch } = calmStage()
    await clock.run(launch('first'))
    const end = ecs.endOf('arn:task/0')
    await clock.pass(end + minutes * MINUTE - clock.elapsed())
    const { ports, logger } = portsFor(ecs, clock)
    const asked = clock.elapsed()
    await clock.run(launchOnce(orderOf('second'), ports, signals().signals))
    expect(ecs.all[1]?.createdAt).toBeGreaterThanOrEqual(end + 60 * MINUTE + 10_000)
    expect((ecs.all[1]?.createdAt ?? 0) - asked).toBeLessThan(95_000)
    expect(logger.messages[0]).toMatch(/ended about an hour ago .arn:task\/0.* Waiting (1 min )?\d+ s\./)
  })

  it('follows a conflict that names a task that stopped long ago, at once', async () => {
    const { clock, ecs, launch } = calmStage({ tokenKeptMs: [3 * HOUR, 3 * HOUR], rememberedMs: 6 * HOUR })
    await clock.run(launch('first'))
    await clock.pass(2 * HOUR)
    const asked = clock.elapsed()
    expect(await clock.run(launch('second'))).toMatchObject({ kind: 'launched', task: { taskArn: 'arn:task/1' } })
    expect(clock.elapsed() - asked).toBeLessThan(20_000)
    expect(ecs.collisions).toEqual([])
  })

  it('asks for a minute for a holder that is MISSING, says so, and follows it', async () => {
    const { clock, ecs, launch } = calmStage({ tokenKeptMs: [3 * HOUR, 3 * HOUR] })
    await clock.run(launch('first'))
    await clock.pass(2 * HOUR)
    const { ports, logger } = portsFor(ecs, clock)
    const asked = clock.elapsed()
    const second = await clock.run(launchOnce(orderOf('second'), ports, signals().signals))
    expect(second).toMatchObject({ kind: 'launched', task: { taskArn: 'arn:task/1' } })
    expect(clock.elapsed() - asked).toBeGreaterThan(MINUTE)
    expect(clock.elapsed() - asked).toBeLessThan(90_000)
    expect(logger.messages[0]).toMatch(/arn:task\/0.*\(MISSING\).*for up to 1 min\.$/)
  })

  it('is refused by a holder that was started a moment ago, once ECS shows it', async () => {
    const { clock, ecs } = calmStage({ longestRunMs: HOUR, listingLagMs: 5 * MINUTE })
    let unknownUntil = 0
    const late: Tasks = {
      run: (request) => ecs.run(request),
      list: (cluster, family, status) => ecs.list(cluster, family, status),
      stop: () => ecs.stop(),
      describe: (cluster, arns) => ecs.describe(cluster, clock.elapsed() < unknownUntil ? [] : arns),
    }
    await clock.run(launchOnce(orderOf('first'), portsFor(ecs, clock).ports, signals().signals))
    unknownUntil = clock.elapsed() + 50_000
    const second = await clock.run(launchOnce(orderOf('second'), portsFor(late, clock).ports, signals().signals))
    expect(second).toMatchObject({ outcome: { kind: 'refused', cause: 'busy', running: { lastStatus: 'RUNNING' } } })
    expect(clock.elapsed()).toBeGreaterThan(unknownUntil)
  })

  it('takes a task that ECS lists and does not describe for running', async () => {
    const { clock, ecs } = calmStage({ longestRunMs: 24 * HOUR })
    await clock.run(launchOnce(orderOf('first'), portsFor(ecs, clock).ports, signals().signals))
    const mute: Tasks = {
      run: (request) => ecs.run(request),
      list: (cluster, family, status) => ecs.list(cluster, family, status),
      stop: () => ecs.stop(),
      describe: async () => ({ tasks: [], failures: [] }),
    }
    const second = await clock.run(launchOnce(orderOf('second'), portsFor(mute, clock).ports, signals().signals))
    expect(second).toMatchObject({ outcome: { kind: 'refused', cause: 'busy', running: { taskArn: 'arn:task/0' } } })
    expect(ecs.all).toHaveLength(1)
  })

  it('repeats RunTask for seconds only just before the last one is forgotten', async () => {
    const { clock, ecs, launch } = calmStage()
    await clock.run(launch('first'))
    await clock.pass(ecs.endOf('arn:task/0') + 58.5 * MINUTE - clock.elapsed())
    const silent: Tasks = {
      run: (_request, signal) => unanswered(signal),
      describe: (cluster, arns) => ecs.describe(cluster, arns),
      list: (cluster, family, status) => ecs.list(cluster, family, status),
      stop: () => ecs.stop(),
    }
    const asked = clock.elapsed()
    const second = await clock.run(launchOnce(orderOf('second'), portsFor(silent, clock).ports, signals().signals))
    expect(second).toMatchObject({ outcome: { kind: 'unknown', cause: 'aws-error' } })
    expect(clock.elapsed() - asked).toBeLessThan(30_000)
  })

  it('after an allowed one has ended follows the chain alone, though one listing shows it and the other does not', async () => {
    const { clock, ecs, launch } = calmStage({ longestRunMs: HOUR })
    await clock.run(launch('allowed', { ifRunning: 'allow' }))
    await clock.pass(ecs.endOf('arn:task/0') - clock.elapsed())
    const seesNothing: Tasks = {
      run: (request) => ecs.run(request),
      describe: (cluster, arns) => ecs.describe(cluster, arns),
      list: async () => [],
      stop: () => ecs.stop(),
    }
    await clock.run(Promise.all([launch('seeing'), launch('unseeing', {}, seesNothing)]))
    expect(ecs.all).toHaveLength(2)
    expect(ecs.collisions).toEqual([])
  })

  it('counts a task as forgotten that ECS still shows to it, and no longer to another', async () => {
    const { clock, ecs, launch } = calmStage({ listingLagMs: 10 * MINUTE })
    await clock.run(launch('first'))
    await clock.pass(ecs.endOf('arn:task/0') + 30 * MINUTE - clock.elapsed())
    const old = await clock.run(ecs.describe('default', ['arn:task/0']))
    const remembering: Tasks = {
      run: (request) => ecs.run(request),
      describe: async (cluster, arns) => (arns.includes('arn:task/0') ? old : ecs.describe(cluster, arns)),
      list: async () => ['arn:task/0'],
      stop: () => ecs.stop(),
    }
    await clock.pass(40 * MINUTE)
    await clock.run(Promise.all([launch('a', {}, remembering), launch('b')]))
    expect(ecs.all).toHaveLength(2)
  })

  it('starts anew once the old task has ended, as a re-run of a failed job must', async () => {
    const { clock, ecs, launch } = calmStage()
    await clock.run(launch('attempt 1'))
    await clock.pass(5 * MINUTE)
    expect(await clock.run(launch('attempt 2'))).toMatchObject({ task: { taskArn: 'arn:task/1' } })
    expect(ecs.all).toHaveLength(2)
  })

  it('after its own failed start launches a new task, though the listing lags, and with allow too', async () => {
    for (const ifRunning of ['refuse', 'allow'] as const) {
      const { clock, ecs, launch } = calmStage({ listingLagMs: 10 * MINUTE, failedPercent: 100 })
      const first = await clock.run(launch('run', { ifRunning }))
      if (first.kind !== 'launched') throw new Error(first.kind)
      await clock.pass(ecs.endOf(first.task.taskArn) - clock.elapsed())
      const [failedStart] = (await clock.run(ecs.describe('', [first.task.taskArn]))).tasks
      if (failedStart === undefined) throw new Error('no task')
      expect(await clock.run(launch('run', { ifRunning, failedStart }))).toMatchObject({
        task: { taskArn: 'arn:task/1' },
      })
    }
  })
})

describe('a run that meets the same migration', () => {
  const stage = (meeting: Meeting) => {
    const { clock, ecs, launch } = calmStage({ longestRunMs: HOUR })
    const { ports, logger } = portsFor(ecs, clock)
    const following = { meet: async () => meeting, endOf: async () => ['how it ended'] }
    const order = { ...orderOf('second', { ifRunning: 'attach' }), revision: async () => registered('arn:other') }
    const follow = () => launchOnce(order, { ...ports, following }, signals().signals)
    return { clock, ecs, launch, follow, logger }
  }

  it('waits for its near end, says how it ended, and starts anew by the chain', async () => {
    const { clock, ecs, launch, follow, logger } = stage({ kind: 'ending', by: 'another run', longestMs: HOUR })
    await clock.run(launch('first'))
    expect(await clock.run(follow())).toMatchObject({ kind: 'launched', task: { taskArn: 'arn:task/1' } })
    expect(ecs.collisions).toEqual([])
    expect(logger.messages.join()).toMatch(
      /just ended. Waiting until ECS shows it as stopped, at most 1 h.*how it ended/,
    )
  })

  it('is refused where it does not end in time, and at once where it is another one', async () => {
    const late = stage({ kind: 'ending', by: 'another run', longestMs: 50_000 })
    await late.clock.run(late.launch('first'))
    const asked = late.clock.elapsed()
    const end = late.ecs.endOf('arn:task/0')
    expect(end - asked).toBeGreaterThan(60_000)
    expect(await late.clock.run(late.follow())).toMatchObject({ outcome: { kind: 'refused', cause: 'busy' } })
    expect(late.clock.elapsed() - asked).toBeLessThan(60_000)
    const other = stage({ kind: 'other', differences: ['command'] })
    await other.clock.run(other.launch('first'))
    expect(await other.clock.run(other.follow())).toMatchObject({
      outcome: { kind: 'refused', cause: 'busy', differences: ['command'] },
    })
  })
})

/** RunTask gives these answers, one after the other; everything else is empty. */
function scripted(...answers: readonly ((signal: AbortSignal | undefined) => Promise<DescribedTasks>)[]) {
  const clock = new VirtualClock()
  const requests: RunTaskCommandInput[] = []
  const tasks: Tasks = {
    run: (request, signal) => {
      requests.push(request)
      const answer = answers[requests.length - 1]
      return answer?.(signal) ?? Promise.reject(new Error('one call too many'))
    },
    describe: async () => ({ tasks: [], failures: [] }),
    list: async () => [],
    stop: () => Promise.reject(new Error('not called')),
  }
  return { clock, requests, tasks, ...portsFor(tasks, clock) }
}

const answered = (answer: DescribedTasks) => async () => answer
const refused = answered({ tasks: [], failures: [{ reason: 'RESOURCE:ENI' }] })
const started = answered({ tasks: [{ taskArn: 'arn:new', lastStatus: 'PROVISIONING' }], failures: [] })
const thrown = (kind: Parameters<typeof failure>[0]) => async () => {
  throw failure(kind, { action: 'ecs:RunTask' })
}

describe('RunTask', () => {
  it('is written down before it is called, and its answer after', async () => {
    const { clock, ports, runState, requests } = scripted(async () => {
      expect(runState.states).toEqual(['launching shop'])
      return { tasks: [{ taskArn: 'arn:new' }], failures: [] }
    })
    await clock.run(launchOnce(orderOf('n'), ports, signals().signals))
    expect(runState.states).toEqual(['launching shop', 'launched shop arn:new'])
    expect(requests[0]?.clientToken).toMatch(/^[\x21-\x7e]{1,64}$/)
    expect(requests[0]?.taskDefinition).toBe('arn:revision:n')
  })

  it('is not tried again for a refusal that will not pass', async () => {
    const { clock, ports, requests } = scripted(refused)
    const stubborn = {
      ...ports,
      transient: { ofTask: () => false, ofFailures: () => false, isQuota, ofError: () => false },
    }
    await clock.run(launchOnce(orderOf('n'), stubborn, signals().signals))
    expect(requests).toHaveLength(1)
  })

  const full = async (): Promise<DescribedTasks> => ({
    tasks: [],
    failures: [{ reason: "You've reached the limit on the number of vCPUs you can run concurrently" }],
  })

  it('waits for the quota only while tasks of this step run', async () => {
    const { clock, ports, requests } = scripted(full, full, full, full, full, full, full, full)
    const running = new Set(['arn:other'])
    clock.after(35_000, () => running.clear())
    const stubborn = { ...ports, running, transient: { ...ports.transient, ofFailures: () => false } }
    expect(await clock.run(launchOnce(orderOf('n'), stubborn, signals().signals))).toMatchObject({
      outcome: { kind: 'not-started', cause: 'run-task-failures' },
    })
    expect(clock.elapsed()).toBe(40_000)
    // A refusal that ECS remembers under a token is not repeated, but a conflict.
    expect(new Set(requests.map(({ tags }) => JSON.stringify(tags))).size).toBe(5)
  })

  it('that was never sent has started nothing', async () => {
    const unsent = async () => {
      throw failure('unreachable', { action: 'ecs:RunTask', unsent: true })
    }
    const { clock, ports, runState } = scripted(unsent)
    expect(await clock.run(launchOnce(orderOf('n'), ports, signals().signals))).toMatchObject({
      kind: 'ended',
      outcome: { kind: 'not-started', cause: 'aws-error' },
    })
    expect(runState.states).toEqual(['launching shop', 'settled shop'])
  })

  it('is tried again when missing capacity comes as an exception', async () => {
    const full = async () => {
      throw failure('rejected', {
        action: 'ecs:RunTask',
        message: 'Capacity is unavailable at this time. Please try again later or in a different availability zone',
      })
    }
    const { clock, ports, requests } = scripted(full, started)
    expect(await clock.run(launchOnce(orderOf('n'), ports, signals().signals))).toMatchObject({ kind: 'launched' })
    expect(requests).toHaveLength(2)
  })

  it('that was refused only after an attempt without an answer leaves it open too', async () => {
    const { clock, ports } = scripted(async () => {
      throw failure('expired-credentials', { action: 'ecs:RunTask', unanswered: true })
    })
    expect(await clock.run(launchOnce(orderOf('n'), ports, signals().signals))).toMatchObject({
      outcome: { kind: 'unknown', cause: 'aws-error' },
    })
  })

  it.each(['access-denied', 'expired-credentials', 'rejected', 'throttled'] as const)(
    'that AWS answered with %s has started nothing',
    async (kind) => {
      const { clock, ports, runState } = scripted(thrown(kind))
      expect(await clock.run(launchOnce(orderOf('n'), ports, signals().signals))).toMatchObject({
        kind: 'ended',
        outcome: { kind: 'not-started', cause: 'aws-error', error: { facts: { kind } } },
      })
      expect(runState.states.at(-1)).toBe('settled shop')
    },
  )
})

describe('a cancel', () => {
  it('before RunTask calls nothing', async () => {
    const { clock, ports, requests } = scripted()
    const { cancel, signals: both } = signals()
    cancel.abort('SIGINT')
    expect(await clock.run(launchOnce(orderOf('n'), ports, both))).toEqual({ kind: 'cancelled' })
    expect(requests).toEqual([])
  })

  it('while RunTask is on its way waits for the answer, for the task must be stopped', async () => {
    const { cancel, signals: both } = signals()
    const stage = scripted(async () => {
      await stage.clock.sleep(3_000)
      return { tasks: [{ taskArn: 'arn:new' }], failures: [] }
    })
    stage.clock.after(1_000, () => cancel.abort('SIGINT'))
    expect(await stage.clock.run(launchOnce(orderOf('n'), stage.ports, both))).toMatchObject({ kind: 'launched' })
  })

  it('whose RunTask is not answered in time is in doubt, and stays in the runState', async () => {
    const { cancel, abandon, signals: both } = signals()
    const { clock, ports, runState } = scripted((signal) => unanswered(signal))
    clock.after(1_000, () => cancel.abort('SIGINT'))
    clock.after(5_000, () => abandon.abort('SIGINT'))
    expect(await clock.run(launchOnce(orderOf('n'), ports, both))).toEqual({ kind: 'in-doubt' })
    expect(runState.states).toEqual(['launching shop'])
  })

  it('between two tries, or while waiting, begins nothing more', async () => {
    const { cancel, signals: both } = signals()
    const { clock, ports, requests } = scripted(refused, started)
    clock.after(2_000, () => cancel.abort('SIGINT'))
    expect(await clock.run(launchOnce(orderOf('n'), ports, both))).toEqual({ kind: 'cancelled' })
    expect(requests).toHaveLength(1)
    expect(clock.elapsed()).toBeCloseTo(2_000)
  })
})

it('virtual time begins where the model’s does', () => {
  expect(new VirtualClock().now().getTime()).toBe(EPOCH)
})
