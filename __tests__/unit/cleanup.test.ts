import type { Task } from '@aws-sdk/client-ecs'
import { describe, expect, it } from '@jest/globals'
import { retireClones, stopTasks } from '../../src/migration/cleanup.ts'
import type { Definitions, Tasks } from '../../src/migration/ports.ts'
import { TAG } from '../../src/naming.ts'
import { failure } from './aws-failures.ts'
import { VirtualClock } from './virtual-clock.ts'

const owned = { cluster: 'default', family: 'shop-run-ecs-migration', nonce: 'ours' }
const nonce = (value: string) => [{ key: TAG.nonce, value }]

interface Listed extends Task {
  /** The listing shows it from this moment on. */
  readonly from?: number
}

function stage(tasks: readonly Listed[], refused: readonly string[] = [], denied = false, hangs = false) {
  const clock = new VirtualClock()
  const stopped: string[] = []
  const stoppedAt: number[] = []
  const port: Tasks = {
    run: () => Promise.reject(new Error('post never launches')),
    list: async (_cluster, _family, status) => {
      if (hangs) await clock.sleep(5 * 60_000)
      return tasks
        .filter(({ desiredStatus = 'RUNNING', from = 0 }) => desiredStatus === status && from <= clock.elapsed())
        .map(({ taskArn = '' }) => taskArn)
    },
    describe: async (_cluster, arns) => {
      if (denied) throw failure('access-denied')
      return { tasks: tasks.filter(({ taskArn = '' }) => arns.includes(taskArn)), failures: [] }
    },
    stop: async (_cluster, arn) => {
      if (refused.includes(arn)) throw failure('rejected', { action: 'ecs:StopTask' })
      stopped.push(arn)
      stoppedAt.push(clock.elapsed())
    },
  }
  const unnamed: string[] = []
  const stop = async (known: readonly string[], inDoubt: number, settled: readonly string[] = []) => {
    const { count } = await clock.run(
      stopTasks(
        { tasks: port, clock, signal: new AbortController().signal },
        owned,
        {
          reason: 'r',
          known,
          inDoubt,
          settled,
          mayStop: ({ taskArn = '' }, expected) => {
            unnamed.push(`${taskArn} ${expected ? 'expected' : 'unexpected'}`)
            return expected
          },
        },
        () => {},
      ),
    )
    return count
  }
  return { clock, stopped, stoppedAt, unnamed, stop }
}

describe('stopping what main left running', () => {
  it('finds a task whose ARN was never learnt, also when the listing lags', async () => {
    const { stop, stopped, clock } = stage([{ taskArn: 'late', tags: nonce('ours'), from: 31_000 }])
    expect(await stop([], 1)).toBe(1)
    expect(stopped).toEqual(['late'])
    expect(clock.elapsed()).toBe(32_000)
  })

  it('leaves alone what main left on purpose, and does not take it for the one in doubt', async () => {
    const { stop, stopped } = stage([
      { taskArn: 'left', tags: nonce('ours') },
      { taskArn: 'late', tags: nonce('ours'), from: 10_000 },
    ])
    expect(await stop([], 1, ['left'])).toBe(1)
    expect(stopped).toEqual(['late'])
  })

  it('looks once when no launch is in doubt, and stops what it finds only where it may', async () => {
    const { stop, stopped, unnamed, clock } = stage([
      { taskArn: 'left', tags: nonce('ours') },
      { taskArn: 'recorded', tags: nonce('ours') },
      { taskArn: 'a', tags: nonce('ours') },
    ])
    expect(await stop(['a'], 0, ['recorded'])).toBe(1)
    expect({ stopped, unnamed, ms: clock.elapsed() }).toEqual({ stopped: ['a'], unnamed: ['left unexpected'], ms: 0 })
  })

  it('takes no task for the one in doubt where more are found', async () => {
    const { stop, stopped, unnamed } = stage([
      { taskArn: 'a', tags: nonce('ours') },
      { taskArn: 'b', tags: nonce('ours') },
    ])
    expect(await stop([], 1)).toBe(2)
    expect({ stopped, unnamed }).toEqual({ stopped: [], unnamed: ['a unexpected', 'b unexpected'] })
  })

  it('stops what it knows at once, however long the listing takes', async () => {
    const { stop, stopped, stoppedAt } = stage([{ taskArn: 'a' }], [], false, true)
    await stop(['a'], 1)
    expect(stopped).toEqual(['a'])
    expect(stoppedAt).toEqual([0])
  })

  it('gives up the search after a minute', async () => {
    const { stop, clock } = stage([])
    expect(await stop([], 1)).toBe(0)
    expect(clock.elapsed()).toBe(60_000)
  })

  it('does not ask twice for a stop', async () => {
    const { stop, stopped } = stage([
      { taskArn: 'a', desiredStatus: 'STOPPED', tags: nonce('ours') },
      { taskArn: 'b', tags: nonce('ours') },
      { taskArn: 'c', tags: nonce('ours'), from: 10_000 },
    ])
    expect(await stop(['a', 'b'], 1)).toBe(1)
    expect(stopped).toEqual(['b', 'c'])
  })

  it('still looks for a task that was never learnt when another one cannot be stopped', async () => {
    const late = { taskArn: 'late', tags: nonce('ours'), from: 10_000 }
    const { stop, stopped } = stage([{ taskArn: 'a', tags: nonce('ours') }, late], ['a'])
    await expect(stop(['a'], 1)).rejects.toMatchObject({ facts: { action: 'ecs:StopTask' } })
    expect(stopped).toEqual(['late'])
  })

  it('stops unseen the tasks it knows when it may not look at them, and then says so', async () => {
    const { stop, stopped } = stage([{ taskArn: 'a' }, { taskArn: 'b' }], [], true)
    await expect(stop(['a', 'b'], 0)).rejects.toMatchObject({ facts: { kind: 'access-denied' } })
    expect(stopped).toEqual(['a', 'b'])
  })

  it('stops the others when one cannot be stopped, and then says so', async () => {
    const { stop, stopped } = stage(
      ['a', 'b', 'c'].map((taskArn) => ({ taskArn, tags: nonce('ours') })),
      ['a'],
    )
    await expect(stop(['a', 'b', 'c'], 0)).rejects.toMatchObject({ facts: { action: 'ecs:StopTask' } })
    expect(stopped).toEqual(['b', 'c'])
  })
})

describe('retiring the clones', () => {
  function definitions(nonces: Readonly<Record<string, string>>, refused: readonly string[] = []) {
    const deregistered: string[] = []
    const port: Definitions = {
      register: () => Promise.reject(new Error('not called')),
      listActive: async () => Object.keys(nonces),
      describe: async (arn) => ({ definition: {}, tags: nonce(nonces[arn] ?? ''), unknownMembers: [] }),
      deregister: async (arn) => {
        if (refused.includes(arn)) throw failure('throttled', { action: 'ecs:DeregisterTaskDefinition' })
        deregistered.push(arn)
      },
    }
    return { port, deregistered }
  }

  it('goes on past one that cannot be deregistered, and then says so', async () => {
    const { port, deregistered } = definitions({ a: 'ours', b: 'ours' }, ['a'])
    await expect(retireClones(port, owned)).rejects.toMatchObject({ facts: { kind: 'throttled' } })
    expect(deregistered).toEqual(['b'])
  })
})
