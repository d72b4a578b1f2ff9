/** Steps for one database that follow one another, where what ECS shows and remembers is at its weakest. */
import { createHash } from 'node:crypto'
import { expect, test } from '@jest/globals'
import type { JournalEntry } from '../../local/aws/index.ts'
import { overlaps } from './invariants.ts'
import {
  aDuration,
  containerRuns,
  type Event,
  type OpenWorld,
  opensGate,
  openWorld,
  type Step,
  type StepEvidence,
  tasksIn,
  untilOpened,
  type World,
} from './stage.ts'

const limitMs = 120_000
const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** The clock is set forward after a step: its task is STOPPED by then. */
const stopsAtOnce = { deprovisioning: 500 }

function inWorld(title: string, story: World, play: (world: OpenWorld) => Promise<void>): void {
  test.concurrent(
    title,
    async () => {
      const container = 'echo "Applying 0001_initial... OK"; sleep 0.8'
      const timing = { ...stopsAtOnce, ...story.timing }
      const world = await openWorld({ container, scale: 10, ...story, timing })
      try {
        await play(world)
        expect(overlaps(await world.evidence())).toEqual([])
      } finally {
        await world.close()
      }
    },
    limitMs,
  )
}

const waits: Step = { inputs: { 'if-running': 'wait' } }
const outcomes = (...steps: readonly StepEvidence[]): readonly (string | undefined)[] =>
  steps.map(({ run }) => run.outputs.outcome)
const said = ({ run }: StepEvidence): string => run.lines.map(({ text }) => text).join('\n')

/** So much of the world's time has passed since its last task stopped, for the steps that are run from then on. */
function passSinceTheEnd(world: OpenWorld, ms: number): void {
  const stopped = world.aws.journal.flatMap(tasksIn).map((arn) => world.aws.task(arn)?.stoppedAt?.getTime() ?? 0)
  world.pass(Math.max(...stopped) + ms - world.aws.now())
}

const running = async ({ aws }: OpenWorld): Promise<void> => {
  while (!containerRuns(aws)) await new Promise((resolve) => setTimeout(resolve, 20))
}

/** Milliseconds of the world from a step's first listing to the RunTask that started its task. */
function launchTook({ aws }: OpenWorld, { startedAt, endedAt }: StepEvidence): number {
  const calls = aws.journal.filter(({ at }) => at >= startedAt && at <= endedAt)
  const launch = calls.findLast(({ operation, outcome }) => operation === 'RunTask' && outcome?.status === 200)
  const listing = calls.find(({ operation }) => operation === 'ListTasks')
  return (launch?.at ?? Number.NaN) - (listing?.at ?? Number.NaN)
}

inWorld(
  'about an hour after the last one a step waits 90 s at most, and says why and how long',
  // Here the 90 s are 9 s in which a busy machine must have started both.
  {},
  async (world) => {
    await world.run({})
    passSinceTheEnd(world, 58.7 * minuteMs)
    const both = await Promise.all([world.run(waits), world.run(waits)])
    expect(outcomes(...both)).toEqual(['succeeded', 'succeeded'])
    expect(said(both[0])).toMatch(new RegExp(`ended about an hour ago \\(arn:\\S+\\).* Waiting ${aDuration}\\.`))
    const [first] = world.aws.journal.filter(({ operation, at }) => operation === 'RunTask' && at >= both[0].startedAt)
    expect((first?.at ?? Number.NaN) - both[0].startedAt).toBeLessThan(90_000 + 30_000)
  },
)

inWorld(
  'an allowed task that has ended lets one of two at once begin, though one listing does not show it',
  { container: untilOpened, timing: { listLag: minuteMs } },
  async (world) => {
    world.openGate()
    expect(outcomes(await world.run({ inputs: { 'if-running': 'allow' } }))).toEqual(['succeeded'])
    world.closeGate()
    world.pass(2 * minuteMs)
    // The second step of this world is shown it as it was an hour ago.
    const second = (_input: object, { request }: { request: { accessKeyId?: string } }): boolean =>
      request.accessKeyId?.endsWith('2') === true
    world.aws.faults.add({ operation: 'ListTasks', kind: 'stale', delayMs: hourMs, when: second })
    const both = [world.run({}), world.run({})]
    expect(outcomes(await Promise.race(both))).toEqual(['refused'])
    world.openGate()
    expect([...outcomes(...(await Promise.all(both)))].sort()).toEqual(['refused', 'succeeded'])
  },
)

inWorld('an allowed task that runs holds others up', { container: untilOpened }, async (world) => {
  const allowed = world.run({ inputs: { 'if-running': 'allow' } })
  await running(world)
  expect(outcomes(await world.run({}))).toEqual(['refused'])
  const third = ({ accessKeyId = '' }: JournalEntry): boolean => accessKeyId.endsWith('3')
  const waited: Event['when'] = ({ journal }) =>
    journal.filter(third).some(({ operation }) => operation === 'DescribeTasks')
  const later = await world.run({ ...waits, events: [{ when: waited, happens: opensGate }] })
  expect(outcomes(later, await allowed)).toEqual(['succeeded', 'succeeded'])
  const [first, second] = world.aws.containers
  expect(second?.startedAt).toBeGreaterThanOrEqual(first?.exitedAt ?? Number.POSITIVE_INFINITY)
})

inWorld(
  'two databases of which one is called as the other was changed',
  { container: `[ "$DATABASE_NAME" != shop.eu ] || ${untilOpened}` },
  async (world) => {
    const hash = createHash('sha256').update('shop.eu').digest('hex').slice(0, 12)
    const first = world.run({ inputs: { 'database-name': 'shop.eu' } })
    await running(world)
    expect(outcomes(await world.run({ inputs: { 'database-name': `shop-eu-${hash}` } }))).toEqual(['succeeded'])
    world.openGate()
    expect(outcomes(await first)).toEqual(['succeeded'])
  },
)

inWorld('a job every hour does not wait', {}, async (world) => {
  await world.run({})
  passSinceTheEnd(world, 57 * minuteMs)
  const next = await world.run({})
  expect(outcomes(next)).toEqual(['succeeded'])
  expect(launchTook(world, next)).toBeLessThan(30_000)
})

inWorld(
  'a conflict that names a task which stopped long ago is followed',
  { scale: 20, timing: { tokenKept: 4 * hourMs }, aws: { stoppedTaskRetentionMs: 4 * hourMs } },
  async (world) => {
    await world.run({})
    world.pass(2 * hourMs)
    const both = await Promise.all([world.run(waits), world.run(waits)])
    expect(outcomes(...both)).toEqual(['succeeded', 'succeeded'])
  },
)

inWorld(
  'a conflict that names a task which ECS does not show any more is followed after a minute',
  { timing: { tokenKept: 4 * hourMs } },
  async (world) => {
    await world.run({})
    world.pass(2 * hourMs)
    const next = await world.run({})
    expect(outcomes(next)).toEqual(['succeeded'])
    expect(said(next)).toMatch(new RegExp(`does not show it \\(MISSING\\).* Asking again for up to ${aDuration}\\.`))
    expect(launchTook(world, next)).toBeLessThan(120_000)
  },
)

inWorld(
  'a conflict that names a task which ECS does not show yet is refused as soon as it does',
  // Here ECS shows the task 4.5 s later: a busy machine must have started the second step by then.
  { container: untilOpened, timing: { listLag: 5 * minuteMs, describeLag: 45_000 } },
  async (world) => {
    const first = world.run({})
    await running(world)
    const second = await world.run({})
    expect(outcomes(second)).toEqual(['refused'])
    expect(said(second)).toContain('(MISSING)')
    world.openGate()
    expect(outcomes(await first)).toEqual(['succeeded'])
  },
)
