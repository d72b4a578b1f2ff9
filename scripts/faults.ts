/** `npm run faults`: the fault matrix. */
import { parseArgs } from 'node:util'
import { type Cell, type CellResult, cellNamed, pairCells, runCell, singleCells } from '../__tests__/faults/matrix.ts'
import { chanceOf } from '../__tests__/faults/random.ts'
import { positive, UsageError } from '../local/usage.ts'

const { values } = parseArgs({
  options: {
    cells: { type: 'string' },
    minutes: { type: 'string' },
    seed: { type: 'string' },
    'at-once': { type: 'string', default: '6' },
    only: { type: 'string', default: '' },
    cell: { type: 'string' },
  },
})

const progressEvery = 100

/** Cells in a random order, from which as many are taken as there is room and time for. */
async function sample(cells: readonly Cell[], most: number, untilMs: number): Promise<readonly CellResult[]> {
  const queue = [...cells.slice(0, most)]
  const results: CellResult[] = []
  const work = async (): Promise<void> => {
    for (let cell = queue.shift(); cell !== undefined && Date.now() < untilMs; cell = queue.shift()) {
      const result = await runCell(cell)
      results.push(result)
      if (results.length % progressEvery === 0) console.error(`… ${results.length} cells`)
      if (result.broken.length > 0) printBroken(result)
      if (values.cell !== undefined) console.log(result.account)
    }
  }
  await Promise.all(Array.from({ length: positive('--at-once', values['at-once']) }, work))
  return results
}

function printBroken({ cell, outcome, broken }: CellResult): void {
  console.log(`RED  ${cell.id} (${outcome})`)
  for (const sentence of broken) console.log(`     ${sentence}`)
  console.log(`     again: npm run faults -- --cell '${cell.id}'`)
}

/** Rows are operations, columns kinds of faults; a field counts cells that were run, and failed ones behind a slash. */
function printMatrix(results: readonly CellResult[]): void {
  const single = results.filter(({ cell }) => cell.strikes.length === 1)
  const pairs = results.filter(({ cell }) => cell.strikes.length === 2)
  const strikeOf = ({ cell }: CellResult) => cell.strikes[0] ?? { operation: '', kind: '' }
  const operations = [...new Set(single.map((result) => strikeOf(result).operation))].sort()
  const kinds = [...new Set(single.map((result) => strikeOf(result).kind))].sort()
  const width = Math.max(...operations.map(({ length }) => length), 9)
  console.log(`\n${'operation'.padEnd(width)}  ${kinds.map((kind) => kind.padStart(kind.length)).join('  ')}`)
  for (const operation of operations) {
    const fields = kinds.map((kind) => {
      const here = single.filter((result) => strikeOf(result).operation === operation && strikeOf(result).kind === kind)
      return count(here).padStart(kind.length)
    })
    console.log(`${operation.padEnd(width)}  ${fields.join('  ')}`)
  }
  console.log(`\npairs of phases: ${count(pairs) || '0'}`)
}

function count(results: readonly CellResult[]): string {
  const red = results.filter(({ broken }) => broken.length > 0).length
  if (results.length === 0) return ''
  return red === 0 ? `${results.length}` : `${results.length}/${red}`
}

function printCounts(results: readonly CellResult[], seed: number, seconds: number): void {
  const outcomes = new Map<string, number>()
  for (const { outcome } of results) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
  const ends = [...outcomes].sort(([, a], [, b]) => b - a).map(([outcome, times]) => `${times} ${outcome}`)
  const red = results.filter(({ broken }) => broken.length > 0).length
  const all = singleCells().length + pairCells().length
  console.log(`outcomes: ${ends.join(', ')}`)
  console.log(`${results.length} of ${all} cells in ${Math.round(seconds)} s, ${red} red, seed ${seed}`)
}

/** @throws UsageError */
function patternOf(text: string): RegExp {
  try {
    return new RegExp(text)
  } catch (cause) {
    throw new UsageError(`--only: ${(cause as Error).message}`, { cause })
  }
}

async function main(): Promise<number> {
  const began = Date.now()
  const seed = positive('--seed', values.seed ?? String(Math.ceil(Math.random() * 2 ** 31)))
  const only = patternOf(values.only)
  const wanted = [...singleCells(), ...pairCells()].filter(({ id }) => only.test(id))
  const cells = values.cell === undefined ? chanceOf(seed).shuffle(wanted) : [cellNamed(values.cell)]
  const most = positive('--cells', values.cells ?? 'Infinity')
  const untilMs = began + positive('--minutes', values.minutes ?? 'Infinity') * 60_000
  const results = await sample(cells, most, untilMs)
  printMatrix(results)
  printCounts(results, seed, (Date.now() - began) / 1_000)
  return results.length > 0 && results.every(({ broken }) => broken.length === 0) ? 0 : 1
}

process.exitCode = await main()
