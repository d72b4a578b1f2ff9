/** The folder that a run leaves, and those that people have committed. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '../local/repository.ts'
import { type Known, scrubber, suspicious } from './scrub.ts'
import type { Recording } from './shape.ts'
import type { Row } from './story.ts'

const folder = join(repositoryRoot(), 'acceptance/recorded')

/** Dates of the recordings that are committed, the newest last. */
export function recordedDates(): readonly string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => /^\d{4}-\d\d-\d\d/.test(name))
    .sort()
}

export function readRecording(date: string): { readonly exchanges: Recording; readonly rows: readonly Row[] } {
  const read = (name: string) => JSON.parse(readFileSync(join(folder, date, name), 'utf8'))
  const stories = readdirSync(join(folder, date)).filter((name) => name.endsWith('.json') && name !== 'report.json')
  return {
    exchanges: Object.fromEntries(stories.map((name) => [name.replace(/\.json$/, ''), read(name)])),
    rows: read('report.json'),
  }
}

/**
 * Writes a file for each story, and the report as a page and as data.
 * @throws Error where something is left that could tell whose account it was; then nothing is written
 */
export function writeRecording(target: string, exchanges: Recording, rows: readonly Row[], known: Known): void {
  const report = scrubber(known)(rows) as readonly Row[]
  const files = {
    ...Object.fromEntries(Object.entries(exchanges).map(([story, all]) => [`${story}.json`, lines(all)])),
    'report.json': lines(report),
    'report.md': reportPage(report),
  }
  for (const [name, text] of Object.entries(files)) {
    const [left] = suspicious(text, known)
    if (left !== undefined)
      throw new Error(`${name} was not written, nor the rest: '${left}' in it could tell whose account it was`)
  }
  mkdirSync(target, { recursive: true })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(target, name), text)
}

/** An entry a line: a diff of two recordings can be read. */
const lines = (all: readonly unknown[]): string => `[\n${all.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`

function reportPage(rows: readonly Row[]): string {
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
  const table = rows.map(
    ({ story, step, what, settles, assumed, seen, same }) =>
      `| ${[`${story}: ${step}`, what, settles.join(', '), assumed, seen, same ? 'same' : '**not the same**'].map(cell).join(' | ')} |`,
  )
  return `# What was assumed of AWS, and what was seen\n\n| step | looked at | fact | assumed | seen | |\n|---|---|---|---|---|---|\n${table.join('\n')}\n`
}
