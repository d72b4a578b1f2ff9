/** Steps for one database that follow one another, where what ECS shows and remembers is at its weakest. */
import { createHash } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { overlaps } from './invariants.ts'
import { containerRuns, type OpenWorld, openWorld, type Step, type StepEvidence, type World } from './stage.ts'

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

/** Milliseconds of the world from a step's first listing to the RunTask that started its task. */
function launchTook({ aws }: OpenWorld, { startedAt, endedAt }: StepEvidence): number {
  const calls = aws.journal.filter(({ at }) => at >= startedAt && at <= endedAt)
  const launch = calls.findLast(({ operation, outcome }) => operation === 'RunTask' && outcome?.status === 200)
  const listing = calls.find(({ operation }) => operation === 'ListTasks')
  return (launch?.at ?? Number.NaN) - (listing?.at ?? Number.NaN)
}

inWorld(
  'about an hour after the last one a step waits 90 s at most, and says why and how long',
  { scale: 10 },
  async (world) => {
    await world.run({})
    // Early in the 90 s, so that a busy machine still starts both within them.
    world.pass(58.9 * minuteMs)
    const both = await Promise.all([world.run(waits), world.run(waits)])
    expect(outcomes(...both)).toEqual(['succeeded', 'succeeded'])
    expect(said(both[0])).toMatch(/ended about an hour ago \(arn:\S+\).* Waiting (1 min )?\d+ s\./)
    const [first] = world.aws.journal.filter(({ operation, at }) => operation === 'RunTask' && at >= both[0].startedAt)
    expect((first?.at ?? Number.NaN) - both[0].startedAt).toBeLessThan(90_000 + 30_000)
  },
)

const lagging = { timing: { listLag: minuteMs } }
inWorld(
  'an allowed task that has ended lets one of two at once begin, though one listing does not show it',
  lagging,
  async (world) => {
    expect(outcomes(await world.run({ inputs: { 'if-running': 'allow' } }))).toEqual(['succeeded'])
    world.pass(2 * minuteMs)
    // The second step of this world is shown it as it was an hour ago.
    const second = (_input: object, { request }: { request: { accessKeyId?: string } }): boolean =>
      request.accessKeyId?.endsWith('2') === true
    world.aws.faults.add({ operation: 'ListTasks', kind: 'stale', delayMs: hourMs, when: second })
    const both = await Promise.all([world.run({}), world.run({})])
    expect([...outcomes(...both)].sort()).toEqual(['refused', 'succeeded'])
  },
)

inWorld('an allowed task that runs holds others up', { container: 'sleep 1.5' }, async (world) => {
  const allowed = world.run({ inputs: { 'if-running': 'allow' } })
  while (!containerRuns(world.aws)) await new Promise((resolve) => setTimeout(resolve, 20))
  expect(outcomes(await world.run({}))).toEqual(['refused'])
  expect(outcomes(await world.run(waits), await allowed)).toEqual(['succeeded', 'succeeded'])
  const [first, second] = world.aws.containers
  expect(second?.startedAt).toBeGreaterThanOrEqual(first?.exitedAt ?? Number.POSITIVE_INFINITY)
})

inWorld('two databases of which one is called as the other was changed', { container: 'sleep 1.5' }, async (world) => {
  const hash = createHash('sha256').update('shop.eu').digest('hex').slice(0, 12)
  const first = world.run({ inputs: { 'database-name': 'shop.eu' } })
  while (!containerRuns(world.aws)) await new Promise((resolve) => setTimeout(resolve, 20))
  expect(outcomes(await world.run({ inputs: { 'database-name': `shop-eu-${hash}` } }), await first)).toEqual([
    'succeeded',
    'succeeded',
  ])
})

inWorld('a job every hour does not wait', { scale: 20 }, async (world) => {
  await world.run({})
  world.pass(57 * minuteMs)
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
  { scale: 20, timing: { tokenKept: 4 * hourMs } },
  async (world) => {
    await world.run({})
    world.pass(2 * hourMs)
    const next = await world.run({})
    expect(outcomes(next)).toEqual(['succeeded'])
    expect(said(next)).toMatch(/does not show it \(MISSING\).* Asking again for up to (1 min|\d\d s)\./)
    expect(launchTook(world, next)).toBeLessThan(120_000)
  },
)

inWorld(
  'a conflict that names a task which ECS does not show yet is refused as soon as it does',
  { scale: 20, container: 'sleep 6', timing: { listLag: 5 * minuteMs, describeLag: 45_000 } },
  async (world) => {
    const first = world.run({})
    while (!containerRuns(world.aws)) await new Promise((resolve) => setTimeout(resolve, 20))
    const second = await world.run({})
    expect(outcomes(second, await first)).toEqual(['refused', 'succeeded'])
    expect(said(second)).toContain('(MISSING)')
  },
)
