import type { Task } from '@aws-sdk/client-ecs'
import { describe, expect, it } from '@jest/globals'
import { startOf } from '../../src/migration/followed.ts'
import { Following, type MeetingOrder, type MeetingPorts } from '../../src/migration/following.ts'
import type { DescribedDefinition } from '../../src/model.ts'
import { failure } from './aws-failures.ts'

const run = (id: number, attempt: number): string => `https://github.com/o/r/actions/runs/${id}/attempts/${attempt}`
const image = `shop@sha256:${'a'.repeat(64)}`
const app = { name: 'app', image, stopTimeout: 20 }
const clone = { family: 'shop-run-ecs-migration', containerDefinitions: [app] }
const launch = { database: 'shop', clone, request: {} }
const signal = new AbortController().signal

const order: MeetingOrder = {
  ifRunning: 'refuse',
  runUrl: run(7, 2),
  container: app,
  databaseVariable: '',
  region: 'eu-west-1',
}
const running: Task = {
  taskArn: 'arn:task',
  taskDefinitionArn: 'arn:revision',
  desiredStatus: 'RUNNING',
  createdAt: new Date('2026-01-02T12:03:04Z'),
  overrides: { containerOverrides: [{ name: 'app' }] },
  containers: [{ name: 'app' }],
}

function stage(
  change: Partial<MeetingOrder> = {},
  startedBy = run(7, 1),
  more: Partial<DescribedDefinition> = {},
  digestOf: MeetingPorts['digestOf'] = async () => undefined,
) {
  const described: string[] = []
  const definitions = {
    describe: async (arn: string): Promise<DescribedDefinition> => {
      described.push(arn)
      const tags = [{ key: 'run-ecs-migration/run', value: startedBy }]
      return { definition: clone, tags, unknownMembers: [], ...more }
    },
  }
  const links = { task: () => 'https://task', log: () => undefined }
  const following = new Following({ ...order, ...change }, { definitions, links, digestOf })
  return { following, described }
}

describe('a task that runs already', () => {
  it.each<[string, Partial<MeetingOrder>, string, string, [isOwn?: boolean, isEarlier?: boolean]]>([
    ['an earlier attempt’s', {}, run(7, 1), 'same', [true, true]],
    ['an earlier attempt’s, whatever if-running says', { ifRunning: 'wait' }, run(7, 1), 'same', [true, true]],
    ['an earlier attempt’s, with allow', { ifRunning: 'allow' }, run(7, 1), 'other', []],
    ['this attempt’s', {}, run(7, 2), 'other', []],
    ['this attempt’s, with attach', { ifRunning: 'attach' }, run(7, 2), 'same', [true, false]],
    ['another run’s', {}, run(6, 1), 'other', []],
    ['another run’s, with attach', { ifRunning: 'attach' }, run(6, 1), 'same', [false, false]],
    ['nobody knows whose, with attach', { ifRunning: 'attach' }, '', 'same', [false, false]],
  ])('%s', async (_, change, startedBy, kind, whose) => {
    const meeting = await stage(change, startedBy).following.meet(running, launch, signal)
    expect(meeting.kind).toBe(kind)
    const { isOwn, isEarlier } = meeting.kind === 'same' ? meeting.followed : {}
    expect([isOwn, isEarlier]).toEqual([whose[0], whose[1]])
  })

  it.each<[string, Task]>([
    ['it is being stopped', { ...running, desiredStatus: 'STOPPED' }],
    ['its exit shows', { ...running, containers: [{ name: 'app', exitCode: 0 }] }],
  ])('is waited for where %s, for its own stopTimeout and 30 s', async (_, task) => {
    expect(await stage().following.meet(task, launch, signal)).toMatchObject({ kind: 'ending', longestMs: 50_000 })
  })

  it.each<[string, Task, Partial<DescribedDefinition>, RegExp]>([
    [
      'another command',
      running,
      { definition: { ...clone, containerDefinitions: [{ ...app, command: ['x'] }] } },
      /command/,
    ],
    ['a state that ECS does not show', { taskArn: 'arn:task', taskDefinitionArn: 'arn:revision' }, {}, /its state/],
    ['a revision that ECS does not name', { ...running, taskDefinitionArn: undefined }, {}, /cannot be read/],
  ])('is not followed with %s, and that is named', async (_, task, more, named) => {
    const { following } = stage({ ifRunning: 'attach' }, run(7, 1), more)
    expect(await following.meet(task, launch, signal)).toMatchObject({
      kind: 'other',
      differences: [expect.stringMatching(named)],
    })
  })

  it('is not followed, nor taken for its own run’s, where its revision cannot be read; it is asked for again', async () => {
    let denied = true
    const definitions = {
      describe: async () => {
        if (denied) throw failure('access-denied', { action: 'ecs:DescribeTaskDefinition' })
        return { definition: clone, tags: [], unknownMembers: [] }
      },
    }
    const links = { task: () => undefined, log: () => undefined }
    const following = new Following(
      { ...order, ifRunning: 'attach' },
      { definitions, links, digestOf: async () => undefined },
    )
    expect(await following.meet(running, launch, signal)).toMatchObject({ kind: 'other' })
    denied = false
    expect(await following.meet(running, launch, signal)).toMatchObject({ kind: 'same', followed: { isOwn: false } })
  })

  it('is compared with what the registry says of a tag, which is asked once', async () => {
    const asked: string[] = []
    const tagged = { ...launch, clone: { ...clone, containerDefinitions: [{ ...app, image: 'shop:1.2' }] } }
    const resolved = (digest: string | undefined) => async (tag: string) => {
      asked.push(tag)
      return digest
    }
    const meet = async (digest: string | undefined) => {
      const { following } = stage({}, run(7, 1), {}, resolved(digest))
      await following.meet(running, tagged, signal)
      return following.meet(running, tagged, signal)
    }
    expect(await meet(`sha256:${'a'.repeat(64)}`)).toMatchObject({ kind: 'same' })
    expect(asked).toEqual(['shop:1.2'])
    for (const digest of [undefined, `sha256:${'b'.repeat(64)}`])
      expect(await meet(digest)).toMatchObject({
        kind: 'other',
        differences: [`image (running: ${image}; here: shop:1.2 with digest ${digest ?? 'not known'})`],
      })
  })

  it('costs no call where nothing could be followed, and one for all tasks of a revision', async () => {
    const first = stage({ runUrl: run(7, 1) })
    await first.following.meet(running, launch, signal)
    expect(first.described).toEqual([])
    const { following, described } = stage()
    await Promise.all([1, 2, 3].map(() => following.meet(running, launch, signal)))
    expect(described).toEqual(['arn:revision'])
  })

  it('is named by who started it, when, and where', async () => {
    const meeting = await stage().following.meet(running, launch, signal)
    expect(meeting.kind === 'same' && startOf(meeting.followed)).toBe(
      `the task that attempt 1 of this run started at 2026-01-02T12:03Z (${run(7, 1)})`,
    )
  })
})

describe('a task that is over', () => {
  const over: Task = {
    ...running,
    lastStatus: 'STOPPED',
    stoppedAt: new Date('2026-01-02T12:40:00Z'),
    stoppedReason: 'Essential container in task exited',
    containers: [{ name: 'app', exitCode: 3 }],
  }

  it('is reported where an earlier attempt started it, or its end was waited for', async () => {
    const [said, task] = await stage().following.endOf(over, false, signal)
    expect(said).toMatch(
      /^The task that attempt 1 of this run .* ended at 2026-01-02T12:40Z with exit code 3, Essential/,
    )
    expect(task).toContain('https://task')
    expect(await stage({}, run(6, 1)).following.endOf(over, false, signal)).toEqual([])
    expect(await stage({ ifRunning: 'attach' }, run(6, 1)).following.endOf(over, true, signal)).toHaveLength(2)
  })

  it('is no business of a first attempt', async () => {
    const { following, described } = stage({ runUrl: run(7, 1) })
    expect(await following.endOf(over, false, signal)).toEqual([])
    expect(described).toEqual([])
  })
})
