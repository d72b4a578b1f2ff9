import type { Task } from '@aws-sdk/client-ecs'
import { describe, expect, it } from '@jest/globals'
import type { Tasks } from '../../src/migration/ports.ts'
import { TaskHistory } from '../../src/migration/task-history.ts'
import { failure } from './aws-failures.ts'
import { VirtualClock } from './virtual-clock.ts'

function stage(running: readonly Task[], stopped: readonly Task[]) {
  const clock = new VirtualClock()
  const calls: string[] = []
  const state = { denied: false }
  const all = [...running, ...stopped]
  const arns = (tasks: readonly Task[]): string[] => tasks.map(({ taskArn = '' }) => taskArn)
  const tasks: Tasks = {
    run: () => Promise.reject(new Error('not called')),
    stop: () => Promise.reject(new Error('not called')),
    list: async (_cluster, family, status) => {
      calls.push(`list ${family} ${status}`)
      if (state.denied) throw failure('access-denied', { action: 'ecs:ListTasks' })
      return arns(status === 'RUNNING' ? running : stopped)
    },
    describe: async (_cluster, asked) => {
      calls.push(`describe ${asked.length}`)
      return { tasks: all.filter(({ taskArn = '' }) => asked.includes(taskArn)), failures: [] }
    },
  }
  return { clock, calls, state, tasks, history: new TaskHistory(tasks, clock, 'default', 'shop-run-ecs-migration') }
}

const task = (taskArn: string, startedBy: string, created: number): Task => ({
  taskArn,
  startedBy,
  createdAt: new Date(created),
})

describe('history tasks', () => {
  it('are found under both desired statuses, newest first, for one database', async () => {
    const { history } = stage([task('b', 'x', 2)], [task('a', 'x', 1), task('c', 'x', 3), task('d', 'y', 4)])
    expect((await history.of(['x'])).tasks.map(({ taskArn }) => taskArn)).toEqual(['c', 'b', 'a'])
  })

  it('include one that ends while they are listed, however long either listing takes', async () => {
    for (const slow of ['RUNNING', 'STOPPED']) {
      const { clock, history, tasks } = stage([], [task('a', 'x', 1)])
      tasks.list = async (_cluster, _family, status) => {
        await clock.sleep(status === slow ? 2_000 : 0)
        return status === (clock.elapsed() < 1_000 ? 'RUNNING' : 'STOPPED') ? ['a'] : []
      }
      expect(await clock.run(history.lists('a'))).toBe(true)
    }
  })

  it('are listed once for all databases that ask together, and described 100 at a time', async () => {
    const many = Array.from({ length: 230 }, (_, index) => task(`t${index}`, `db${index}`, index))
    const { history, calls } = stage(many.slice(0, 30), many)
    await Promise.all(many.map(({ startedBy = '' }) => history.of([startedBy])))
    expect(calls).toEqual([
      'list shop-run-ecs-migration RUNNING',
      'list shop-run-ecs-migration STOPPED',
      'describe 100',
      'describe 100',
      'describe 30',
    ])
  })

  it('are listed again after 10 s, or when they are forgotten, and say how old they are', async () => {
    const { history, calls, clock } = stage([task('a', 'x', 1)], [])
    const lists = (): number => calls.filter((call) => call.startsWith('list')).length
    await history.of(['x'])
    await clock.pass(10_000)
    expect(await history.of(['x'])).toMatchObject({ ageMs: 10_000 })
    expect(lists()).toBe(2)
    await clock.pass(1)
    await history.of(['x'])
    expect(lists()).toBe(4)
    history.forget()
    await history.of(['x'])
    expect(lists()).toBe(6)
  })

  it('of several marks are found together, and a task that is listed is listed, whatever describes it', async () => {
    const { history, calls } = stage([task('a', 'x', 1)], [task('b', 'y', 2), task('c', 'z', 3)])
    expect((await history.of(['x', 'y'])).tasks.map(({ taskArn }) => taskArn)).toEqual(['b', 'a'])
    expect(await history.lists('c')).toBe(true)
    expect(await history.lists('d')).toBe(false)
    expect(calls.filter((call) => call.startsWith('list'))).toHaveLength(6)
  })

  it('are asked for anew after the listing failed', async () => {
    const { clock, history, state } = stage([task('a', 'x', 1)], [])
    state.denied = true
    await expect(clock.run(history.of(['x']))).rejects.toMatchObject({ facts: { action: 'ecs:ListTasks' } })
    state.denied = false
    expect((await history.of(['x'])).tasks).toHaveLength(1)
  })
})
