/** How many calls one step makes for many databases, and how its time grows, at AWS's rates. */
import type { JournalEntry } from '../../local/aws/index.ts'
import { type Bench, mustSucceed, openStage, type Stage } from './stage.ts'
import { seconds } from './statistics.ts'
import type { Row } from './table.ts'

const DATABASES = { full: [1, 10, 100, 500], quick: [1, 10, 50] } as const
const MOST_PARALLEL = 100
/** Each task prints five lines and runs for so long. */
const TASK_SECONDS = 5
const SCRIPT = `for i in 1 2 3 4 5; do echo "$DATABASE_NAME line $i"; done; sleep ${TASK_SECONDS}`
/** So many jobs of a matrix are really run; more would measure this machine. */
const MATRIX = 10

export async function measureCalls(bench: Bench): Promise<readonly Row[]> {
  bench.say(`A matrix of ${MATRIX} jobs with a database each`)
  const matrix = await measureMatrix(bench)
  const rows: Row[] = []
  for (const count of bench.quick ? DATABASES.quick : DATABASES.full) {
    bench.say(`${count} databases in one step, at most ${MOST_PARALLEL} at once, at AWS's rates`)
    rows.push(...(await measureStep(bench, count, matrix)))
  }
  return rows
}

/** Of one job of the matrix. */
interface Matrix {
  readonly calls: number
  readonly ms: number
}

async function measureMatrix(bench: Bench): Promise<Matrix> {
  const stage = await openStage(bench, { script: SCRIPT })
  try {
    const runs = await Promise.all(
      Array.from({ length: MATRIX }, (_, index) => stage.step({ 'database-name': `tenant_${index + 1}` })),
    )
    const ms = runs.map((run) => mustSucceed(run).durationMs)
    return { calls: stage.aws.journal.length / MATRIX, ms: ms.reduce((sum, one) => sum + one, 0) / MATRIX }
  } finally {
    await stage.close()
  }
}

async function measureStep(bench: Bench, count: number, matrix: Matrix): Promise<readonly Row[]> {
  const stage = await openStage(bench, { script: SCRIPT, aws: { enforceRates: true } })
  try {
    const databases = Array.from({ length: count }, (_, index) => `tenant_${index + 1}`)
    const run = mustSucceed(
      await stage.step({ 'database-name': databases.join('\n'), 'max-parallel': String(MOST_PARALLEL) }),
    )
    const what = count === 1 ? '1 database' : `${count} databases`
    return [
      {
        measure: `API calls, ${what}`,
        ours: callsOf(stage),
        limit: 'none throttled',
        reference: String(Math.round(matrix.calls * count)),
        beside: `a job each, from ${MATRIX} measured ones`,
      },
      {
        measure: `time of the step, ${what}`,
        ours: seconds(run.durationMs),
        reference: seconds(matrix.ms * count),
        beside: 'a job each: minutes of runners, without their start',
      },
    ]
  } finally {
    await stage.close()
  }
}

/** By operation, the most frequent first; those of once or twice together. */
function callsOf({ aws: { journal } }: Stage): string {
  const counts = new Map<string, number>()
  for (const { operation } of journal) counts.set(operation, (counts.get(operation) ?? 0) + 1)
  const sorted = [...counts].sort(([, a], [, b]) => b - a)
  const often = sorted.filter(([, count]) => count > 2).map(([operation, count]) => `${operation} ${count}`)
  const seldom = sorted.filter(([, count]) => count <= 2).reduce((sum, [, count]) => sum + count, 0)
  return `${journal.length} (${[...often, `others ${seldom}`].join(', ')}; throttled ${journal.filter(isThrottled).length})`
}

function isThrottled({ outcome }: JournalEntry): boolean {
  return outcome?.error?.code === 'ThrottlingException'
}
