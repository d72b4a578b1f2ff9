import { describe, expect, it } from '@jest/globals'
import { type LimitRequest, Limits } from '../../src/migration/limits.ts'
import type { RunState, Tasks } from '../../src/migration/ports.ts'
import { TimeLimit } from '../../src/migration/time-limit.ts'
import { failure, unanswered } from './aws-failures.ts'
import { SilentLogger } from './silent-logger.ts'
import { VirtualClock } from './virtual-clock.ts'

const taskArn = 'arn:aws:ecs:us-east-1:123456789012:task/default/0a1b'
const request: LimitRequest = {
  database: 'shop',
  cluster: 'default',
  taskArn,
  mayStop: true,
  taskTimeoutMinutes: 60,
  onTimeout: 'stop',
  onCancel: 'stop',
  stopTimeout: 120,
  runUrl: 'https://github.com/o/r/actions/runs/1/attempts/1',
}

function stage(change: Partial<LimitRequest> = {}, stop: Tasks['stop'] = async () => {}) {
  const clock = new VirtualClock()
  const logger = new SilentLogger()
  const cancel = new AbortController()
  const stops: { readonly at: number; readonly reason: string }[] = []
  const tasks: Tasks = {
    run: () => Promise.reject(new Error('not called')),
    describe: () => Promise.reject(new Error('not called')),
    list: () => Promise.reject(new Error('not called')),
    stop: (cluster, arn, reason, signal) => {
      stops.push({ at: clock.elapsed(), reason })
      return stop(cluster, arn, reason, signal)
    },
  }
  const saved: string[] = []
  const runState: RunState = {
    launching: () => {},
    launched: () => {},
    following: () => {},
    stopping: (database) => void saved.push(`stopping ${database}, ${stops.length} sent`),
    settled: () => {},
  }
  const asked = { ...request, ...change }
  const limit = new TimeLimit(clock, asked.taskTimeoutMinutes * 60_000)
  limit.begin()
  const make = () => new Limits(asked, limit, { tasks, clock, logger, runState }, cancel.signal)
  const exhausted = (limits: Limits): Promise<number> =>
    new Promise((resolve) => limits.exhausted.addEventListener('abort', () => resolve(clock.elapsed())))
  return { clock, logger, cancel, stops, saved, make, exhausted }
}

describe('a task of another run', () => {
  it.each<[string, Partial<LimitRequest>, number | undefined]>([
    ['at its limit', {}, undefined],
    ['at a cancel', {}, 1_000],
    ['where both inputs say leave', { onTimeout: 'leave', onCancel: 'leave' }, 1_000],
  ])('is never asked to stop, %s, and that is said', async (_, change, cancelAt) => {
    const { clock, logger, cancel, stops, make } = stage({ ...change, mayStop: false })
    const limits = make()
    if (cancelAt !== undefined) clock.after(cancelAt, () => cancel.abort('SIGINT'))
    void limits.endStuck()
    await clock.pass(61 * 60_000)
    expect(stops).toEqual([])
    expect(limits.stop).toMatchObject({ left: true })
    expect(logger.messages.join()).toContain('another run started it, and it alone may stop it')
  })
})

describe('the time limit', () => {
  it('stops the task after the limit, names the run, and waits for stopTimeout and 30 s', async () => {
    const { clock, stops, saved, make, exhausted } = stage()
    const limits = make()
    const end = await clock.run(exhausted(limits))
    expect(stops).toEqual([{ at: 3_600_000, reason: `Timed out after 60 min: ${request.runUrl}` }])
    // Saved before, for the post step.
    expect(saved).toEqual(['stopping shop, 0 sent'])
    expect(end).toBe(3_600_000 + 150_000)
    expect(limits.unseenEnd).toEqual({ kind: 'timed-out', minutes: 60, left: false })
    expect(limits.stopFailed).toBe(false)
    limits.end()
    expect(clock.asleep).toBe(0)
  })

  it('holds no longer once the verdict is known', async () => {
    const { clock, cancel, stops, make } = stage()
    const limits = make()
    limits.end()
    await clock.pass(2 * 3_600_000)
    cancel.abort('SIGINT')
    await clock.pass(10_000)
    expect({ stops, stop: limits.stop, asleep: clock.asleep }).toEqual({ stops: [], stop: undefined, asleep: 0 })
  })
})

describe('a cancel', () => {
  it('stops the task at once and watches it for 4.5 s', async () => {
    const { clock, cancel, stops, make, exhausted } = stage()
    const limits = make()
    clock.after(10_000, () => cancel.abort('SIGINT'))
    expect(await clock.run(exhausted(limits))).toBe(14_500)
    expect(stops).toEqual([{ at: 10_000, reason: `Cancelled: ${request.runUrl}` }])
    expect(limits.unseenEnd).toEqual({ kind: 'cancelled', signal: 'SIGINT', left: false })
  })

  it('that came while RunTask was on its way leaves time to report before the runner kills us', async () => {
    const { clock, cancel, stops, make, exhausted } = stage()
    cancel.abort('SIGTERM')
    const limits = make()
    expect(await clock.run(exhausted(limits))).toBe(1_500)
    expect(stops).toHaveLength(1)
  })

  it('after the time limit sends no second stop, and the first cause stays', async () => {
    const { clock, cancel, stops, make, exhausted } = stage({ taskTimeoutMinutes: 1 })
    const limits = make()
    clock.after(70_000, () => cancel.abort('SIGINT'))
    expect(await clock.run(exhausted(limits))).toBe(74_500)
    expect(stops).toHaveLength(1)
    expect(limits.stop).toMatchObject({ kind: 'timed-out' })
  })
})

describe('a stop that ECS did not confirm', () => {
  it('is said with the command that helps, when it is refused', async () => {
    const { clock, cancel, logger, make, exhausted } = stage({}, () =>
      Promise.reject(failure('access-denied', { action: 'ecs:StopTask' })),
    )
    const limits = make()
    cancel.abort('SIGINT')
    // Three tries.
    expect(await clock.run(exhausted(limits))).toBe(2_000)
    expect(limits.stopFailed).toBe(true)
    expect(limits.unseenEnd).toEqual({ kind: 'cancelled', signal: 'SIGINT', left: true, stopFailed: true })
    expect(logger.messages.at(-1)).toContain('ecs:StopTask in eu-central-1: ')
    expect(logger.messages.at(-1)).toContain(`aws ecs stop-task --region us-east-1 --cluster default --task ${taskArn}`)
  })

  it('is never called stopped, when it is not answered', async () => {
    const { clock, cancel, logger, make, exhausted } = stage({}, (_cluster, _arn, _reason, signal) =>
      unanswered(signal),
    )
    const limits = make()
    cancel.abort('SIGINT')
    expect(await clock.run(exhausted(limits))).toBe(4_500)
    expect(limits.stopFailed).toBe(true)
    expect(limits.unseenEnd).toEqual({ kind: 'cancelled', signal: 'SIGINT', left: true, stopFailed: true })
    expect(logger.messages.at(-1)).toContain('may run on')
  })

  it('is nobody’s worry when the task was seen to end meanwhile', async () => {
    const { clock, cancel, logger, make } = stage({}, (_cluster, _arn, _reason, signal) => unanswered(signal))
    const limits = make()
    cancel.abort('SIGINT')
    await clock.pass(2_000)
    limits.end()
    await clock.pass(10_000)
    expect(logger.messages).toEqual([
      'say [shop] Cancelled (SIGINT). Stopping the task: ECS sends SIGTERM to its containers, and SIGKILL to what has not ended after 120 s.',
    ])
    expect(clock.asleep).toBe(0)
  })
})
