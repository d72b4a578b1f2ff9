/** `npm run bench`: how fast the built action is, each measure beside a reference in the same run, against a local AWS. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { repositoryRoot } from '../local/repository.ts'
import { UsageError } from '../local/usage.ts'
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

const OPTIONS = {
  quick: { type: 'boolean' },
  node: { type: 'string' },
  write: { type: 'boolean' },
} as const

async function main(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: argv, options: OPTIONS, allowPositionals: true })
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

process.exitCode = await main(process.argv.slice(2))
