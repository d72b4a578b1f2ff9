/** From a container's exit to the end of the step, and to the next launch. */
import { deployActionsWaiter, fixedPoll, pause, runTask } from './reference.ts'
import { type Bench, endOf, mustSucceed, openStage, type Stage } from './stage.ts'
import { median, seconds } from './statistics.ts'
import type { Row } from './table.ts'

/** Seconds that a task runs. */
const LENGTHS = { full: [20, 90, 300], quick: [20] } as const
const SAMPLES = { full: 7, quick: 3 } as const
/** Between two samples, so that they meet the polls of others at another moment each. */
const APART_MS = 770

/** All tasks at once, in real time: they sleep. */
export async function measureExit(bench: Bench): Promise<readonly Row[]> {
  const lengths = bench.quick ? LENGTHS.quick : LENGTHS.full
  const samples = bench.quick ? SAMPLES.quick : SAMPLES.full
  bench.say(`Tasks of ${lengths.join(', ')} s, ${samples} of each, in real time`)
  const stage = await openStage(bench, { script: `sleep "\${DATABASE_NAME##*_}"` })
  try {
    const rows = await Promise.all(lengths.map((length) => measureLength(stage, length, samples)))
    return rows.flat()
  } finally {
    await stage.close()
  }
}

async function measureLength(stage: Stage, length: number, samples: number): Promise<readonly Row[]> {
  const times = async (what: string, one: (database: string) => Promise<number>): Promise<number> => {
    const all = Array.from({ length: samples }, async (_, index) => {
      await pause(index * APART_MS)
      return one(`${what}${index}_${length}`)
    })
    return median(await Promise.all(all))
  }
  const [end, next, waiter, poll] = await Promise.all([
    times('end', (database) => exitToEnd(stage, database)),
    times('next', (database) => exitToNext(stage, database)),
    times('waiter', (database) => waited(stage, database, deployActionsWaiter)),
    times('poll', (database) => waited(stage, database, fixedPoll)),
  ])
  const references = { reference: `${seconds(waiter)}; ${seconds(poll)}`, beside: "AWS's deploy action; a 6 s poll" }
  return [
    { measure: `exit to step end, task of ${length} s`, ours: seconds(end), limit: '6.0 s', ...references },
    { measure: `exit to next launch, task of ${length} s`, ours: seconds(next), limit: '1.5 s', ...references },
  ]
}

async function exitToEnd(stage: Stage, database: string): Promise<number> {
  const run = mustSucceed(await stage.step({ 'database-name': database }))
  return endOf(run) - shownExit(stage, database)
}

async function exitToNext(stage: Stage, database: string): Promise<number> {
  const next = `${database}_0`
  mustSucceed(await stage.step({ 'database-name': `${database}, ${next}` }))
  const launch = stage.aws.journal.find(({ operation, body }) => operation === 'RunTask' && body.includes(`"${next}"`))
  return (launch?.at ?? Number.NaN) - shownExit(stage, database)
}

async function waited(
  stage: Stage,
  database: string,
  wait: (stage: Stage, arn: string) => Promise<void>,
): Promise<number> {
  await wait(stage, await runTask(stage, database))
  return stage.aws.now() - shownExit(stage, database)
}

/** When ECS could first show the exit, ms since 1970. */
function shownExit({ aws, timing }: Stage, database: string): number {
  const container = aws.containers.find(({ environment }) => environment.DATABASE_NAME === database)
  return (container?.exitedAt ?? Number.NaN) + timing.exitLag + timing.stopCodeLag
}
