import { setMaxListeners } from 'node:events'
import type { Task } from '@aws-sdk/client-ecs'
import { describe, expect, it } from '@jest/globals'
import type { Tasks } from '../../src/migration/ports.ts'
import { type Observation, Watch } from '../../src/migration/watch.ts'
import { AwsError, type DescribedTasks } from '../../src/model.ts'
import { failure, unanswered } from './aws-failures.ts'
import { VirtualClock } from './virtual-clock.ts'

type Describe = (arns: readonly string[], signal: AbortSignal | undefined) => Promise<DescribedTasks>

function stage(describeTasks: Describe) {
  const clock = new VirtualClock()
  const calls: { readonly at: number; readonly arns: readonly string[] }[] = []
  const tasks: Tasks = {
    run: () => Promise.reject(new Error('not called')),
    list: () => Promise.reject(new Error('not called')),
    stop: () => Promise.reject(new Error('not called')),
    describe: (_cluster, arns, signal) => {
      calls.push({ at: clock.elapsed(), arns: [...arns] })
      return describeTasks(arns, signal)
    },
  }
  return { clock, calls, watch: new Watch(tasks, clock, 'default') }
}

const seen = (arns: readonly string[], lastStatus = 'RUNNING'): DescribedTasks => ({
  tasks: arns.map((taskArn): Task => ({ taskArn, lastStatus })),
  failures: [],
})
const none: DescribedTasks = { tasks: [], failures: [] }
const forever = new AbortController().signal
// As the main step does for its signals.
setMaxListeners(0, forever)

/** Observes until it ends by itself, or for so many observations. */
async function observe(watch: Watch, arn: string, signal = forever, most = Infinity): Promise<Observation[]> {
  const observations: Observation[] = []
  for await (const observation of watch.observe(arn, signal)) {
    observations.push(observation)
    if (observations.length >= most) break
  }
  return observations
}

describe('the watch', () => {
  it('asks once a second, for all tasks together', async () => {
    const { clock, calls, watch } = stage(async (arns) => seen(arns))
    const arns = Array.from({ length: 100 }, (_, index) => `arn${index}`)
    await clock.run(Promise.all(arns.map((arn) => observe(watch, arn, forever, 61))))
    expect(clock.elapsed()).toBeGreaterThanOrEqual(60_000)
    expect(calls.length).toBeLessThanOrEqual(62)
    expect(calls.at(-2)?.arns).toHaveLength(100)
  })

  it('asks in batches of 100', async () => {
    const { clock, calls, watch } = stage(async (arns) => seen(arns))
    const arns = Array.from({ length: 250 }, (_, index) => `arn${index}`)
    await clock.run(Promise.all(arns.map((arn) => observe(watch, arn, forever, 2))))
    expect(calls.every(({ arns: asked }) => asked.length <= 100)).toBe(true)
    expect(calls.filter(({ at }) => at === 1_000).map(({ arns: asked }) => asked.length)).toEqual([100, 100, 50])
  })

  it('does not ask again before the second is over, and at once when ECS took longer', async () => {
    const { clock, calls, watch } = stage(async (arns) => {
      await clock.sleep(calls.length === 2 ? 3_000 : 300)
      return seen(arns)
    })
    await clock.run(observe(watch, 'arn', forever, 5))
    expect(calls.map(({ at }) => at)).toEqual([0, 1_000, 4_000, 5_000, 6_000])
  })

  it('stops asking when nobody observes, and leaves no timer', async () => {
    const { clock, calls, watch } = stage(async (arns) => seen(arns))
    await clock.run(observe(watch, 'arn', forever, 3))
    const asked = calls.length
    await clock.pass(10_000)
    expect(calls).toHaveLength(asked)
    expect(clock.asleep).toBe(0)
  })

  it('begins again for whoever comes later, also in the very moment it stops', async () => {
    const { clock, calls, watch } = stage(async (arns) => {
      await clock.sleep(100)
      return seen(arns)
    })
    for (const pause of [0, 0, 50, 950, 5_000]) {
      await clock.run(observe(watch, 'arn', forever, 2))
      await clock.pass(pause)
    }
    expect(calls.length).toBeGreaterThanOrEqual(10)
    const first = observe(watch, 'a', forever, 3)
    const leaves = new AbortController()
    const second = observe(watch, 'b', leaves.signal)
    clock.after(1_500, () => leaves.abort())
    expect(await clock.run(first)).toHaveLength(3)
    expect((await clock.run(second)).length).toBeGreaterThanOrEqual(1)
  })

  it('begins again for whoever comes while its last call is still on the way', async () => {
    const { clock, watch } = stage(async (arns) => {
      await clock.sleep(500)
      return seen(arns)
    })
    const leaves = new AbortController()
    clock.after(1_200, () => leaves.abort())
    await clock.run(observe(watch, 'a', leaves.signal))
    expect(clock.elapsed()).toBe(1_200)
    expect(await clock.run(observe(watch, 'b', forever, 2))).toHaveLength(2)
  })

  it('ends with its signal, also while ECS does not answer', async () => {
    const { clock, watch } = stage((_, signal) => unanswered(signal))
    const leaves = new AbortController()
    clock.after(90_000, () => leaves.abort())
    expect(await clock.run(observe(watch, 'arn', leaves.signal))).toEqual([])
    expect(clock.elapsed()).toBe(90_000)
  })

  it('accepts MISSING for a minute, and each time anew', async () => {
    const { clock, watch } = stage(async (arns) => {
      const second = clock.elapsed() / 1_000
      return second === 50 || second === 80 ? seen(arns) : none
    })
    const observations = await clock.run(observe(watch, 'arn'))
    expect(observations.at(-1)).toEqual({ kind: 'lost', cause: 'missing' })
    expect(observations.filter(({ kind }) => kind === 'seen')).toHaveLength(2)
    expect(clock.elapsed()).toBe(81_000 + 60_000)
  })

  it('ends for all with the missing permission, after three tries and within 15 s', async () => {
    const { clock, calls, watch } = stage(async () => {
      throw failure('access-denied')
    })
    const both = await clock.run(Promise.all([observe(watch, 'a'), observe(watch, 'b')]))
    for (const observations of both) {
      expect(observations).toHaveLength(1)
      expect(observations[0]).toMatchObject({ kind: 'lost', cause: 'aws-error', error: expect.any(AwsError) })
    }
    expect(calls).toHaveLength(3)
    expect(clock.elapsed()).toBeLessThanOrEqual(15_000)
  })

  it.each(['access-denied', 'rejected', 'no-credentials', 'expired-credentials', 'not-found'] as const)(
    'asks again for a moment after a refusal: %s',
    async (kind) => {
      const { clock, watch } = stage(async (arns) => {
        if (clock.elapsed() < 6_000) throw failure(kind)
        return seen(arns)
      })
      expect(await clock.run(observe(watch, 'arn', forever, 1))).toMatchObject([{ kind: 'seen' }])
    },
  )

  it('ends for all when AWS was unreachable for as long as the client retries, and watches later tasks again', async () => {
    const { clock, watch } = stage(async (arns) => {
      if (clock.elapsed() < 10_000) throw failure('unreachable')
      return seen(arns)
    })
    expect(await clock.run(observe(watch, 'a'))).toMatchObject([{ kind: 'lost', cause: 'aws-error' }])
    await clock.pass(10_000)
    expect(await clock.run(observe(watch, 'b', forever, 1))).toMatchObject([{ kind: 'seen' }])
  })

  it('leaves no listener on the caller’s signal', async () => {
    const { clock, watch } = stage(async (arns) => seen(arns))
    const { signal } = new AbortController()
    let listeners = 0
    const counted = new Proxy(signal, {
      get(target, name) {
        if (name === 'addEventListener') listeners += 1
        if (name === 'removeEventListener') listeners -= 1
        const value = Reflect.get(target, name)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    await clock.run(observe(watch, 'arn', counted, 100))
    expect(listeners).toBe(0)
  })
})
