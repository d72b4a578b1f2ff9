/** `npm run bench`: how fast the built action is, each measure beside a reference in the same run, against a local AWS. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { repositoryRoot } from '../local/repository.ts'
import { parsed, runProgram, UsageError } from '../local/usage.ts'
import { measureCalls } from './bench/calls.ts'
import { measureExit } from './bench/exit.ts'
import { measureHostile } from './bench/hostile.ts'
import { measureLatency } from './bench/latency.ts'
import { measureLines } from './bench/lines.ts'
import type { Bench } from './bench/stage.ts'
import { measureStart } from './bench/start.ts'
import { type Row, table } from './bench/table.ts'

const PAGE = 'docs/performance.md'
const MARKS = ['<!-- bench -->', '<!-- /bench -->'] as const

const PARTS: Readonly<Record<string, (bench: Bench) => Promise<readonly Row[]>>> = {
  start: measureStart,
  exit: measureExit,
  latency: measureLatency,
  lines: measureLines,
  calls: measureCalls,
  hostile: measureHostile,
}

const USAGE = `npm run bench -- [options] [part …]

Measures dist/ against a local AWS and prints a table. Parts, all of them when none is named:

  start      node start to the first AWS call; size of dist
  exit       container exit to step end, and to the next launch
  latency    log line readable to printed, for 1, 10 and 100 streams
  lines      10,000 and 100,000 log lines: how far behind, memory, CPU
  calls      API calls and time for 1, 10, 100 and 500 databases
  hostile    1 MB of hostile text in one line against 100 kB, in this process

  --quick        fewer and shorter runs: 2 minutes instead of 26: AWS's waiter is late by minutes
  --node PATH    the Node that runs the action (this one)
  --write        also put the table into ${PAGE}; with some parts only, nothing but their rows would be left there,
                 so it wants all of them
  --help         this text
`

const OPTIONS = {
  quick: { type: 'boolean' },
  node: { type: 'string' },
  write: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

async function main(argv: string[]): Promise<number> {
  const { values, positionals } = parsed(() => parseArgs({ args: argv, options: OPTIONS, allowPositionals: true }))
  if (values.help === true) {
    process.stdout.write(USAGE)
    return 0
  }
  const unknown = positionals.filter((name) => !Object.hasOwn(PARTS, name))
  if (unknown.length > 0) throw new UsageError(`There is no part ${unknown.join(', ')}`)
  if (values.write === true && positionals.length > 0) throw new UsageError('--write wants all parts')
  const node = values.node ?? process.execPath
  const say = (text: string): void => console.error(text)
  const bench = { root: repositoryRoot(), node, quick: values.quick === true, say }
  const text = await measure(bench, positionals.length > 0 ? positionals : Object.keys(PARTS))
  process.stdout.write(`${text}\n`)
  if (values.write === true) write(join(bench.root, PAGE), text)
  return 0
}

/** One part after the other, so that none disturbs another. */
async function measure(bench: Bench, names: readonly string[]): Promise<string> {
  const rows: Row[] = []
  for (const name of names) rows.push(...((await PARTS[name]?.(bench)) ?? []))
  return `${table(rows)}\n\n${machine(bench)}`
}

function machine({ node, quick }: Bench): string {
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()
  const [cpu] = cpus()
  const date = new Date().toISOString().slice(0, 10)
  return `Measured on ${date} with \`npm run bench${quick ? ' -- --quick' : ''}\`: Node ${version}, ${cpus().length} × ${cpu?.model ?? 'unknown processor'}, ${process.platform}.`
}

function write(path: string, text: string): void {
  const page = readFileSync(path, 'utf8')
  const [from, to] = MARKS.map((mark) => page.indexOf(mark)) as [number, number]
  if (from < 0 || to < from) throw new Error(`${path} has no place for the table: ${MARKS.join(' and ')}`)
  writeFileSync(path, `${page.slice(0, from)}${MARKS[0]}\n\n${text}\n\n${page.slice(to)}`)
}

await runProgram(USAGE, main)
