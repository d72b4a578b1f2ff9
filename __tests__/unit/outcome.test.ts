import type { Container, Task } from '@aws-sdk/client-ecs'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  type JudgedContainer,
  judge,
  NO_HISTORY,
  type OurStop,
  type Outcome,
  remember,
} from '../../src/migration/outcome.ts'
import { waitsOf } from '../../src/migration/waits.ts'

const who: JudgedContainer = { container: 'app', essential: new Set(['app', 'proxy']), waits: [] }
const timedOut: OurStop = { kind: 'timed-out', minutes: 60, left: false }
const at = (seconds: number): Date => new Date(seconds * 1_000)

interface Seen {
  readonly task: Task
  /** Our stop, as soon as it was asked for. */
  readonly stop?: OurStop
}

/** The verdict over observations in order, and undefined while there is none. */
function verdict(...observations: readonly Seen[]): Outcome | undefined {
  return verdictOf(who, ...observations)
}

function verdictOf(who: JudgedContainer, ...observations: readonly Seen[]): Outcome | undefined {
  let history = NO_HISTORY
  for (const { task, stop } of observations) {
    history = remember(history, task, who, stop !== undefined)
    const outcome = judge(task, who, history, stop)
    if (outcome !== undefined) return outcome
  }
  return undefined
}

const running: Task = {
  lastStatus: 'RUNNING',
  startedAt: at(10),
  containers: [
    { name: 'app', lastStatus: 'RUNNING' },
    { name: 'proxy', lastStatus: 'RUNNING' },
  ],
}
/** As ECS shows a container's exit while the task deprovisions. */
const exited = (exitCode: number, more: Task = {}): Task => ({
  ...running,
  lastStatus: 'DEPROVISIONING',
  stopCode: 'EssentialContainerExited',
  containers: [
    { name: 'app', lastStatus: 'STOPPED', exitCode },
    { name: 'proxy', lastStatus: 'STOPPED', exitCode: 0 },
  ],
  ...more,
})

describe('the verdict', () => {
  it('comes at the exit, not at STOPPED', () => {
    expect(verdict({ task: running })).toBeUndefined()
    expect(verdict({ task: exited(0) })).toEqual({ kind: 'succeeded', exitCode: 0 })
    expect(verdict({ task: exited(3) })).toEqual({ kind: 'failed', cause: 'exit-code', exitCode: 3 })
  })

  it('waits for the stop code, which may lag behind the exit code', () => {
    const { stopCode: _, ...early } = exited(0)
    expect(verdict({ task: early })).toBeUndefined()
    expect(verdict({ task: early }, { task: exited(0) })).toEqual({ kind: 'succeeded', exitCode: 0 })
  })

  it('needs no RUNNING, and takes DELETED for an end', () => {
    expect(verdict({ task: exited(0, { lastStatus: 'DELETED' }) })).toEqual({ kind: 'succeeded', exitCode: 0 })
    expect(verdict({ task: { lastStatus: 'DELETED', stopCode: 'TaskFailedToStart' } })).toEqual({
      kind: 'not-started',
      cause: 'never-ran',
    })
  })

  it.each([
    'UserInitiated',
    'SpotInterruption',
    'TerminationNotice',
    'InfrastructureHealth',
    'ServiceSchedulerInitiated',
  ] as const)('is failed when others stopped the task (%s), even if the container then exits 0', (stopCode) => {
    const times = { stoppingAt: at(20), executionStoppedAt: at(22) }
    for (const exitCode of [0, 143]) {
      expect(verdict({ task: running }, { task: exited(exitCode, { stopCode, ...times }) })).toEqual({
        kind: 'failed',
        cause: 'stopped-from-outside',
        exitCode,
      })
    }
  })

  it('is the exit code when the container had ended before others stopped the task', () => {
    const task = exited(0, { stopCode: 'UserInitiated', executionStoppedAt: at(19), stoppingAt: at(20) })
    expect(verdict({ task })).toEqual({ kind: 'succeeded', exitCode: 0 })
  })

  it('is never a success where ECS shows no reason why the task stopped', () => {
    const { stopCode: _, ...silent } = exited(0, { lastStatus: 'STOPPED' })
    expect(verdict({ task: silent })).toMatchObject({ kind: 'failed' })
  })

  it('is our stop when that ended the container, whatever its exit code', () => {
    const task = exited(0, { stopCode: 'UserInitiated', stoppingAt: at(20), executionStoppedAt: at(25) })
    expect(verdict({ task: running, stop: timedOut }, { task, stop: timedOut })).toEqual({ ...timedOut, exitCode: 0 })
  })

  it('is the exit code when our stop came too late: by the times, or because the exit was seen before', () => {
    const late = exited(0, { stopCode: 'UserInitiated', executionStoppedAt: at(19), stoppingAt: at(20) })
    expect(verdict({ task: running }, { task: late, stop: timedOut })).toEqual({ kind: 'succeeded', exitCode: 0 })
    const { stopCode: _, ...early } = exited(4)
    const stopped = exited(4, { stopCode: 'UserInitiated', lastStatus: 'STOPPED' })
    expect(verdict({ task: early }, { task: stopped, stop: timedOut })).toEqual({
      kind: 'failed',
      cause: 'exit-code',
      exitCode: 4,
    })
  })

  it('is our stop when others had stopped the task and the container only then exits', () => {
    const { stopCode: _, ...others } = { ...running, stopCode: 'UserInitiated' as const }
    const ended = exited(0, { stopCode: 'UserInitiated', stoppingAt: at(20), executionStoppedAt: at(25) })
    expect(verdict({ task: others }, { task: ended, stop: timedOut })).toMatchObject({ kind: 'timed-out' })
  })

  it('is our stop when others were stopping the container before, and its exit code came late', () => {
    const stopped: Task = {
      ...running,
      stopCode: 'UserInitiated',
      containers: [{ name: 'app', lastStatus: 'STOPPED' }],
    }
    const ended = exited(0, { stopCode: 'UserInitiated' })
    expect(verdict({ task: stopped }, { task: ended, stop: timedOut })).toEqual({ ...timedOut, exitCode: 0 })
  })

  it('does not blame another container that only our stop ended', () => {
    const containers = [
      { name: 'app', lastStatus: 'RUNNING' },
      { name: 'proxy', lastStatus: 'STOPPED', exitCode: 143 },
    ]
    const first: Task = { ...running, containers }
    expect(verdict({ task: first, stop: timedOut }, { task: exited(0), stop: timedOut })).toEqual({
      kind: 'succeeded',
      exitCode: 0,
    })
  })

  it('names another essential container that was seen to end the task first', () => {
    const first: Task = {
      ...running,
      containers: [
        { name: 'app', lastStatus: 'RUNNING' },
        { name: 'proxy', lastStatus: 'STOPPED', exitCode: 1 },
      ],
    }
    expect(verdict({ task: first }, { task: exited(143) })).toEqual({
      kind: 'failed',
      cause: 'other-container',
      container: 'proxy',
      containerExitCode: 1,
      exitCode: 143,
    })
  })

  it('is the exit code where both ended between two looks, for ECS does not say which was first', () => {
    const together = (exitCode: number): Task => ({
      ...exited(exitCode),
      containers: [
        { name: 'app', lastStatus: 'STOPPED', exitCode },
        { name: 'proxy', lastStatus: 'STOPPED', exitCode: 1 },
      ],
    })
    expect(verdict({ task: running }, { task: together(0) })).toEqual({ kind: 'succeeded', exitCode: 0 })
    expect(verdict({ task: running }, { task: together(3) })).toMatchObject({ cause: 'exit-code', exitCode: 3 })
    // It obeyed SIGTERM, which ECS sends when an essential container has ended.
    expect(verdict({ task: running }, { task: together(143) })).toMatchObject({ cause: 'other-container' })
  })

  describe('of a container that waits for others', () => {
    const waits = waitsOf(
      [
        { name: 'app', dependsOn: [{ containerName: 'gate', condition: 'START' }] },
        { name: 'gate', dependsOn: [{ containerName: 'fetch', condition: 'SUCCESS' }] },
        { name: 'fetch' },
        { name: 'apart', dependsOn: [{ containerName: 'app', condition: 'START' }] },
      ],
      'app',
    )
    const waiting = { ...who, waits }
    const pending = (fetch: Container, change: Task = {}): Task => ({
      lastStatus: 'PENDING',
      ...change,
      containers: [{ name: 'app', lastStatus: 'PENDING' }, { name: 'gate' }, { name: 'fetch', ...fetch }],
    })
    const inVain = (exitCode?: number) => ({
      kind: 'not-started',
      cause: 'dependency',
      failed: { waiting: 'gate', on: 'fetch', condition: 'SUCCESS', ...(exitCode !== undefined && { exitCode }) },
    })
    const ends = (...seen: readonly Seen[]) => verdictOf(waiting, ...seen)
    const stopped: Task = { lastStatus: 'STOPPED', stopCode: 'TaskFailedToStart' }

    it('says whose failure kept it from starting, also where ECS reports 143 for it', () => {
      const failed = { lastStatus: 'STOPPED', exitCode: 3 }
      expect(ends({ task: pending(failed) })).toBeUndefined()
      expect(ends({ task: pending(failed) }, { task: pending(failed, stopped) })).toEqual(inVain(3))
      const task = pending(failed, stopped)
      const reported = { ...task, containers: [{ name: 'app', exitCode: 143 }, ...(task.containers ?? []).slice(1)] }
      expect(ends({ task: reported })).toEqual(inVain(3))
      expect(ends({ task: pending({ lastStatus: 'STOPPED' }) }, { task: pending({}, stopped) })).toEqual(inVain())
      expect(
        ends({ task: pending(failed) }, { task: pending(failed, { ...stopped, stopCode: 'UserInitiated' }) }),
      ).toEqual(inVain(3))
    })

    it('blames no container that a stop ended, or that ended well', () => {
      const killed = { lastStatus: 'STOPPED', exitCode: 143 }
      expect(ends({ task: pending(killed, { ...stopped, stopCode: 'UserInitiated' }) })).toEqual({
        kind: 'not-started',
        cause: 'never-ran',
      })
      expect(ends({ task: pending(killed, stopped), stop: timedOut })).toEqual({
        kind: 'not-started',
        cause: 'never-ran',
      })
      expect(ends({ task: pending({ lastStatus: 'STOPPED', exitCode: 0 }) }, { task: exited(0) })).toMatchObject({
        kind: 'succeeded',
      })
      // Nothing ran: the image of one could not be pulled.
      expect(ends({ task: pending({ lastStatus: 'STOPPED' }, stopped) })).toEqual({
        kind: 'not-started',
        cause: 'never-ran',
      })
    })
  })

  it.each([0, 1, 137])('a task that ECS gave up while it started is no success: exit code %i', (exitCode) => {
    const task: Task = { lastStatus: 'STOPPED', stopCode: 'TaskFailedToStart', containers: [{ name: 'app', exitCode }] }
    expect(verdict({ task })).toEqual({ kind: 'failed', cause: 'start-failed', exitCode })
  })

  it('remembers the others that ended before it, each once, and none that a stop ended', () => {
    const seen = (change: Task, ...codes: readonly (number | undefined)[]): Task => ({
      ...running,
      ...change,
      containers: [
        { name: 'app', lastStatus: 'RUNNING' },
        ...codes.map((exitCode, index) => ({ name: `side-${index}`, ...(exitCode !== undefined && { exitCode }) })),
      ],
    })
    const tasks = [
      seen({}, undefined, 4),
      seen({}, undefined, 4),
      seen({}, 0, 4),
      seen({ stopCode: 'UserInitiated' }, 0, 4, 1),
    ]
    const history = tasks.reduce((before, task) => remember(before, task, who, false), NO_HISTORY)
    expect(history.endedEarlier).toEqual([
      { container: 'side-1', exitCode: 4 },
      { container: 'side-0', exitCode: 0 },
    ])
  })

  it('ignores containers that are not essential', () => {
    const containers = [
      { name: 'app', lastStatus: 'RUNNING' },
      { name: 'init', lastStatus: 'STOPPED', exitCode: 1 },
    ]
    expect(verdict({ task: { ...running, containers } }, { task: exited(0) })).toMatchObject({ kind: 'succeeded' })
  })

  it('makes up no exit code: a started task that ends without one has failed', () => {
    const task: Task = { lastStatus: 'STOPPED', startedAt: at(1), containers: [{ name: 'app' }] }
    expect(verdict({ task: { ...task, stopCode: 'EssentialContainerExited' } })).toEqual({
      kind: 'failed',
      cause: 'no-exit-code',
    })
    expect(verdict({ task: { ...task, stopCode: 'SpotInterruption' } })).toEqual({
      kind: 'failed',
      cause: 'stopped-from-outside',
    })
  })

  it('is not-started when the container never ran, and cancelled when it was us who kept it from running', () => {
    const task: Task = { lastStatus: 'STOPPED', stopCode: 'UserInitiated', containers: [{ name: 'app' }] }
    const cancelled: OurStop = { kind: 'cancelled', signal: 'SIGINT', left: false }
    expect(verdict({ task })).toEqual({ kind: 'not-started', cause: 'never-ran' })
    expect(verdict({ task, stop: cancelled })).toEqual(cancelled)
  })

  it('is succeeded only for an exit code 0 that was the container’s own', () => {
    const stopCodes = ['EssentialContainerExited', 'UserInitiated', 'SpotInterruption', 'TaskFailedToStart'] as const
    const second = fc.option(fc.integer({ min: 0, max: 100 }).map(at), { nil: undefined })
    const state = fc.record({
      lastStatus: fc.constantFrom('RUNNING', 'STOPPING', 'DEPROVISIONING', 'STOPPED', 'DELETED'),
      stopCode: fc.option(fc.constantFrom(...stopCodes), { nil: undefined }),
      stoppingAt: second,
      executionStoppedAt: second,
    })
    const moment = fc.nat(6)
    const states = fc.array(state, { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(states, fc.constantFrom(0, 0, 1), moment, moment, moment, (tasks, exitCode, ours, others, stop) => {
        // An exit that was shown stays, and so does our stop; the rest is what ECS may show in any order.
        const observations = tasks.map((task, index): Seen => {
          const app = { name: 'app', ...(index >= ours && { exitCode }) }
          const proxy = { name: 'proxy', ...(index >= others && { exitCode: 0 }) }
          const shown = Object.fromEntries(Object.entries(task).filter(([, value]) => value !== undefined))
          return { task: { ...shown, containers: [app, proxy] }, ...(index >= stop && { stop: timedOut }) }
        })
        if (verdict(...observations)?.kind !== 'succeeded') return
        expect(exitCode).toBe(0)
        const own = observations.slice(ours).some(({ task, stop: asked }) => {
          const { stopCode, executionStoppedAt, stoppingAt } = task
          if (stopCode === 'EssentialContainerExited' || (stopCode === undefined && asked === undefined)) return true
          return executionStoppedAt !== undefined && stoppingAt !== undefined && executionStoppedAt < stoppingAt
        })
        expect(own).toBe(true)
      }),
      { numRuns: 3_000 },
    )
  })
})

describe("GuardDuty's agent, which AWS adds", () => {
  const reason = 'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref'
  const agent: Container = { name: 'aws-guardduty-agent-Qz81', lastStatus: 'STOPPED', reason }
  const beside = (task: Task): Task => ({ ...task, containers: [...(task.containers ?? []), agent] })

  it.each([
    [0, { kind: 'succeeded', exitCode: 0 }],
    [3, { kind: 'failed', cause: 'exit-code', exitCode: 3 }],
  ])('that cannot be pulled changes nothing of exit code %i', (exitCode, outcome) => {
    expect(verdict({ task: beside(running) }, { task: beside(exited(exitCode)) })).toEqual(outcome)
  })

  it('is no news, as another container would be', () => {
    const other = { ...agent, name: 'aws-otel-agent' }
    expect(remember(NO_HISTORY, beside(running), who, false).endedEarlier).toEqual([])
    const task = { ...running, containers: [...(running.containers ?? []), other] }
    expect(remember(NO_HISTORY, task, who, false).endedEarlier).toEqual([{ container: 'aws-otel-agent' }])
  })
})

describe('what ECS shows in part, or at odds with itself', () => {
  const stopped: Task = { lastStatus: 'STOPPED', stopCode: 'EssentialContainerExited' }

  it.each<[string, readonly Seen[], Partial<Outcome>]>([
    [
      'of two containers of the name the one that failed counts',
      [
        {
          task: exited(0, {
            containers: [
              { name: 'app', exitCode: 0 },
              { name: 'app', exitCode: 3 },
            ],
          }),
        },
      ],
      { kind: 'failed', exitCode: 3 },
    ],
    [
      'of two containers of the name the one that has not ended counts',
      [
        {
          task: {
            ...exited(0, { containers: [{ name: 'app', exitCode: 0 }, { name: 'app' }] }),
            lastStatus: 'STOPPED',
          },
        },
      ],
      { kind: 'failed', cause: 'no-exit-code' },
    ],
    ['without containers and times, but ended by one', [{ task: stopped }], { kind: 'failed', cause: 'no-exit-code' }],
    [
      'once seen running, it was started',
      [{ task: { lastStatus: 'RUNNING' } }, { task: { lastStatus: 'STOPPED', stopCode: 'TaskFailedToStart' } }],
      { kind: 'failed', cause: 'stopped-from-outside' },
    ],
    [
      'an end before there was a task proves no end before the stop',
      [
        {
          task: exited(0, {
            stopCode: 'UserInitiated',
            createdAt: at(3),
            executionStoppedAt: at(2),
            stoppingAt: at(30),
          }),
          stop: timedOut,
        },
      ],
      { kind: 'timed-out', exitCode: 0 },
    ],
    [
      'an end before ECS shows that it runs is that of a short one',
      [
        {
          task: exited(0, {
            stopCode: 'UserInitiated',
            createdAt: at(1),
            startedAt: at(4),
            executionStoppedAt: at(3),
            stoppingAt: at(30),
          }),
          stop: timedOut,
        },
      ],
      { kind: 'succeeded', exitCode: 0 },
    ],
  ])('%s', (_, seen, expected) => {
    expect(verdict(...seen)).toMatchObject(expected)
  })
})
