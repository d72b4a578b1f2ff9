// npm run settled
//
// Writes into the pages what recordings of a real account have shown: README.md says whether there is one, docs/acceptance.md
// which story settles which fact, and docs/platform-facts.md and docs/behaviour.md mark what rests on documentation alone.
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { readRecording, recordedDates } from '../acceptance/recording.ts'
import { stories } from '../acceptance/stories/index.ts'
import type { Row, Story } from '../acceptance/story.ts'
import { type Pages, withSection, writePages } from './generated.ts'

/** Facts, by anchor of docs/platform-facts.md, and the day on which a recording showed all that rests on it to be so. */
type Settled = ReadonlyMap<string, string>

/** Sections of docs/platform-facts.md that are about AWS; the others were read in source or measured. */
const OF_AWS = /^(ECS|CloudWatch|The network)/
const MARK = / \*\*\((?:\[documentation only\]\([^)]*\)|seen on AWS, [\d-]+)\)\*\*$/

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.exitCode = writePages('settled', settledPages())

export function settledPages(): Pages {
  const dates = recordedDates()
  const settled = settledBy(dates.map((date) => ({ date, rows: readRecording(date).rows })))
  const facts = read('docs/platform-facts.md')
  return {
    'README.md': withSection(read('README.md'), 'aws', 'settled', readmeLine(dates)),
    'docs/acceptance.md': withSection(
      read('docs/acceptance.md'),
      'stories',
      'settled',
      storyTable(stories, facts, settled),
    ),
    'docs/platform-facts.md': markedFacts(facts, settled),
    'docs/behaviour.md': markedClaims(read('docs/behaviour.md'), settled),
  }
}

function read(file: string): string {
  return readFileSync(file, 'utf8')
}

export function settledBy(recordings: readonly { readonly date: string; readonly rows: readonly Row[] }[]): Settled {
  const settled = new Map<string, string>()
  for (const { date, rows } of recordings)
    for (const fact of new Set(rows.flatMap(({ settles }) => settles)))
      if (rows.every(({ settles, same }) => same || !settles.includes(fact))) settled.set(fact, date)
      else settled.delete(fact)
  return settled
}

export function readmeLine(dates: readonly string[]): string {
  const newest = dates.at(-1)
  return newest === undefined
    ? 'Not yet run on AWS: every claim about it rests on documentation, public records and a local AWS. What only an account can show is [ready to be run in one](docs/acceptance.md).'
    : `Last run on AWS on ${newest.slice(0, 10)}: [what was assumed, and what was seen](acceptance/recorded/${newest}/report.md).`
}

/** Facts about AWS, in the page's order. */
function factsIn(page: string): readonly string[] {
  return page
    .split(/^## /m)
    .filter((part) => OF_AWS.test(part))
    .flatMap((part) => [...part.matchAll(/^### (.+)$/gm)].map(([, anchor = '']) => anchor))
}

export function storyTable(all: readonly Story[], factsPage: string, settled: Settled): string {
  const link = (fact: string) =>
    `[${fact}](platform-facts.md#${fact})${settled.has(fact) ? ` (seen ${settled.get(fact)})` : ''}`
  const rows = all.map(({ id, about, slow, steps }) => {
    const facts = [...new Set(steps.flat().flatMap(({ settles = [] }) => settles))]
    return `| \`${id}\`${slow ? ', with `--slow`' : ''} | ${about} | ${facts.map(link).join(', ')} |`
  })
  const covered = new Set(all.flatMap(({ steps }) => steps.flat().flatMap(({ settles = [] }) => settles)))
  const uncovered = factsIn(factsPage).filter((fact) => !covered.has(fact))
  return [
    '| story | what it shows | facts |',
    '|---|---|---|',
    ...rows,
    '',
    `No story shows these: ${uncovered.map(link).join(', ')}. They stay what documentation and public records say.`,
  ].join('\n')
}

/** @returns the page with one mark at the end of each fact about AWS */
export function markedFacts(page: string, settled: Settled): string {
  return page
    .split(/^(?=## )/m)
    .map((part) =>
      OF_AWS.test(part.slice(3))
        ? part
            .split(/^(?=### )/m)
            .map((fact) => marked(fact, settled))
            .join('')
        : part,
    )
    .join('')
}

function marked(fact: string, settled: Settled): string {
  const anchor = /^### (.+)$/m.exec(fact)?.[1]
  if (anchor === undefined) return fact
  const date = settled.get(anchor)
  const mark = date === undefined ? '[documentation only](acceptance.md)' : `seen on AWS, ${date.slice(0, 10)}`
  const body = fact.trimEnd().replace(MARK, '')
  return `${body} **(${mark})**${fact.slice(fact.trimEnd().length)}`
}

/** @returns the page without the marks of what has been seen */
export function markedClaims(page: string, settled: Settled): string {
  return page.replace(/ ?\[†\]\(platform-facts\.md#([\w-]+)\)/g, (mark, fact: string) =>
    settled.has(fact) ? '' : mark,
  )
}
