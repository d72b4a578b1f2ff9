/**
 * A state that is cut or damaged in any way: post must never crash or hang, and must stop no task that may have been
 * left on purpose. STATE_RUNS says how many states are tried.
 */
import { randomUUID } from 'node:crypto'
import { DescribeTasksCommand, ECSClient, RunTaskCommand } from '@aws-sdk/client-ecs'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { TAG } from '../../src/naming.ts'
import { baseDefinition, openWorld } from '../faults/stage.ts'
import { type BareEnd, startBare } from '../scenarios/bare-process.ts'

type Choice = 'stop' | 'leave'
type Recorded = 'launching' | 'launched' | 'stopping' | 'settled' | 'lost'

interface Tasks {
  /** Two of the run, and one of another. */
  readonly own: readonly string[]
  readonly other: string
}

/** Any way in which a value of the state can be damaged; undefined: it is whole. */
const damage = fc.option(
  fc.oneof(
    fc.nat(40).map((characters) => (text: string) => text.slice(0, -1 - characters)),
    fc.json().map((json) => () => json),
    fc.string({ unit: 'binary' }).map((bytes) => () => bytes.replaceAll('\0', '')),
    fc.constantFrom('1e300', '-1', '4294967296', 'null', '[]', '{}').map((json) => () => json),
  ),
  { nil: undefined, freq: 2 },
)

const left = fc.record({
  onCancel: fc.constantFrom<Choice>('stop', 'stop', 'leave'),
  onTimeout: fc.constantFrom<Choice>('stop', 'stop', 'leave'),
  records: fc.tuple(
    ...[0, 1].map(() =>
      fc.record({
        state: fc.constantFrom<Recorded>('launching', 'launched', 'stopping', 'settled', 'lost'),
        damage,
      }),
    ),
  ),
  damagedRun: fc.option(damage, { nil: undefined, freq: 2 }),
  /** Of values that are not there, or do not matter. */
  strays: fc.dictionary(fc.constantFrom('done', 'clone-settled', 'launches', 'launch-99', 'launch-x'), fc.json(), {
    maxKeys: 2,
  }),
})

const family = 'shop-migration-run-ecs-migration'

const longestMs = 8_000

test('post takes any state', async () => {
  const world = await openWorld({
    scale: 60,
    aws: { enforceRates: false },
    timing: { provisioning: 1e9, listLag: 0, describeLag: 0 },
    arrange: (aws) => void aws.seedTaskDefinition({ ...baseDefinition('true'), family }),
  })
  const { url: endpoint, region, environment } = world.aws
  const ecs = new ECSClient({
    endpoint,
    region,
    credentials: {
      accessKeyId: environment.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? '',
    },
  })
  try {
    await fc.assert(
      fc.asyncProperty(left, async (given) => {
        const nonce = randomUUID()
        const tasks = { own: [await start(ecs, nonce), await start(ecs, nonce)], other: await start(ecs, 'other') }
        const { state, readable } = stateOf(given, nonce, tasks)
        const end = await startBare(world, 'post', state).end
        const stopped = await stoppedOf(ecs, [...tasks.own, tasks.other])
        expectFair(given, readable, tasks, stopped, end)
      }),
      { numRuns: Number(process.env.STATE_RUNS ?? 80) },
    )
  } finally {
    ecs.destroy()
    await world.close()
  }
}, 240_000)

async function start(ecs: ECSClient, nonce: string): Promise<string> {
  const answer = await ecs.send(
    new RunTaskCommand({
      taskDefinition: family,
      launchType: 'FARGATE',
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-0a1b2c3d'], securityGroups: ['sg-0a1b2c3d'] } },
      tags: [{ key: TAG.nonce, value: nonce }],
    }),
  )
  return answer.tasks?.[0]?.taskArn ?? ''
}

async function stoppedOf(ecs: ECSClient, arns: readonly string[]): Promise<ReadonlySet<string>> {
  const { tasks = [] } = await ecs.send(new DescribeTasksCommand({ tasks: [...arns] }))
  return new Set(tasks.filter(({ desiredStatus }) => desiredStatus === 'STOPPED').map(({ taskArn = '' }) => taskArn))
}

type Given = typeof left extends fc.Arbitrary<infer T> ? T : never

interface Readable {
  readonly run: boolean
  /** Of each task, what can be read. */
  readonly records: readonly Recorded[]
}

function stateOf(given: Given, nonce: string, { own }: Tasks): { state: Record<string, string>; readable: Readable } {
  const whole = {
    cluster: 'default',
    family,
    nonce,
    region: 'us-east-1',
    onCancel: given.onCancel,
    onTimeout: given.onTimeout,
    timeoutMinutes: 60,
    revisions: 1,
    runUrl: 'https://github.com/o/r/actions/runs/1/attempts/1',
  }
  const state: Record<string, string> = {}
  const save = (name: string, value: unknown, harm: ((text: string) => string) | undefined): boolean => {
    const text = JSON.stringify(value)
    state[`STATE_${name}`] = harm === undefined ? text : harm(text)
    return state[`STATE_${name}`] === text
  }
  for (const [name, json] of Object.entries(given.strays)) state[`STATE_${name}`] = json
  const run = save('run', whole, given.damagedRun)
  const records = given.records.map(({ state, damage }, index): Recorded => {
    if (state === 'lost') return 'lost'
    const value = { state, ...(state !== 'launching' && { taskArn: own[index] }) }
    return save(`launch-${index}`, value, damage) ? state : 'lost'
  })
  return { state, readable: { run, records } }
}

/** What any state must leave: judged by what can be read of it. */
function expectFair(given: Given, readable: Readable, tasks: Tasks, stopped: ReadonlySet<string>, end: BareEnd): void {
  expect({ exitCode: end.exitCode, text: end.text, slow: end.ms > longestMs }).toEqual({
    exitCode: 0,
    text: expect.not.stringMatching(/a bug of the action|\n {4}at /),
    slow: false,
  })
  expect(stopped.has(tasks.other)).toBe(false)
  const isDone = given.strays.done === 'true'
  if (isDone || !readable.run) {
    expect([...stopped]).toEqual([])
    expect(end.text.includes('cannot be read')).toBe(!isDone)
  } else expectRule(given, readable, tasks, stopped, end)
}

function expectRule(given: Given, { records }: Readable, { own }: Tasks, stopped: ReadonlySet<string>, end: BareEnd) {
  const stops = given.onCancel === 'stop'
  const unnamedGo = stops && mayStopUnnamed(given, records)
  for (const [index, arn] of own.entries()) {
    const record = records[index]
    const due = record === 'stopping' || (record === 'launched' && stops) || (isUnnamed(record) && unnamedGo)
    expect({ arn, record, stopped: stopped.has(arn), text: end.text }).toMatchObject({ stopped: due })
    // What runs on for a person to judge is named.
    if (!due && record !== 'settled') expect(end.text).toContain(arn)
  }
}

/** The tasks are younger than their limit. */
function mayStopUnnamed({ records: saved, strays, onTimeout }: Given, records: readonly Recorded[]): boolean {
  const inDoubt = records.filter((record) => record === 'launching').length
  const damaged =
    saved.some(({ state }, index) => state !== 'lost' && records[index] === 'lost') ||
    Object.keys(strays).some((name) => name.startsWith('launch-'))
  if (!damaged && records.filter(isUnnamed).length <= inDoubt) return true
  return onTimeout === 'stop' && !records.includes('settled')
}

const isUnnamed = (record: Recorded | undefined): boolean => record === 'launching' || record === 'lost'
