/** `npm run interleavings`: steps for one database at once. */
import { parseArgs } from 'node:util'
import { runInterleaving } from '../__tests__/faults/interleavings.ts'
import { positive } from '../local/usage.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '20' },
    seed: { type: 'string' },
    'at-once': { type: 'string', default: '3' },
    show: { type: 'boolean', default: false },
  },
})

const first = positive('--seed', values.seed ?? String(Math.ceil(Math.random() * 2 ** 31)))
const seeds = Array.from({ length: positive('--runs', values.runs) }, (_, index) => first + index)
const queue = [...seeds]
const outcomes = new Map<string, number>()
let red = 0

async function work(): Promise<void> {
  for (let seed = queue.shift(); seed !== undefined; seed = queue.shift()) {
    const run = await runInterleaving(seed)
    for (const outcome of run.outcomes) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    if (values.show) console.log(run.account)
    if (run.broken.length === 0) continue
    red += 1
    console.log(`RED  seed ${seed} (${run.outcomes.join(', ')})`)
    for (const sentence of run.broken) console.log(`     ${sentence}`)
    console.log(`     again: npm run interleavings -- --runs 1 --show --seed ${seed}`)
  }
}

await Promise.all(Array.from({ length: positive('--at-once', values['at-once']) }, work))
console.log(`outcomes: ${[...outcomes].map(([outcome, times]) => `${times} ${outcome}`).join(', ')}`)
console.log(`${seeds.length} interleavings from seed ${first} on, ${red} red`)
process.exitCode = red === 0 ? 0 : 1
