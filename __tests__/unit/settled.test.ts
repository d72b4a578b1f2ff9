import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { stories } from '../../acceptance/stories/index.ts'
import type { Row } from '../../acceptance/story.ts'
import { markedClaims, markedFacts, readmeLine, settledBy, storyTable } from '../../scripts/settled.ts'

const row = (fact: string, same: boolean): Row => ({
  story: 's',
  step: 's',
  what: 'w',
  assumed: 'a',
  seen: same ? 'a' : 'b',
  same,
  settles: [fact],
})
const facts =
  '# Facts\n\n## ECS: tasks\n\n### one\n\nIs so. *Source*: x.\n\n### two\n\nIs so too.\n\n## The GitHub runner\n\n### three\n\nRead.\n'
const open = ' **([documentation only](acceptance.md))**'

test('a fact is settled by the newest recording that has it, if all rows that rest on it are as assumed', () => {
  const first = { date: '2026-12-01', rows: [row('one', true), row('two', true), row('two', false)] }
  expect([...settledBy([first])]).toEqual([['one', '2026-12-01']])
  const second = { date: '2027-01-01', rows: [row('one', false), row('two', true)] }
  expect([...settledBy([first, second])]).toEqual([['two', '2027-01-01']])
})

test('facts about AWS are marked until they are seen, once, and others never', () => {
  const marked = markedFacts(facts, new Map())
  expect(marked.split(open)).toHaveLength(3)
  expect(marked).toContain('Is so. *Source*: x. **([doc')
  expect(markedFacts(marked, new Map())).toBe(marked)
  const seen = markedFacts(marked, new Map([['two', '2027-01-01']]))
  expect(seen).toContain('Is so too. **(seen on AWS, 2027-01-01)**\n\n## The GitHub runner')
  expect(seen.split(open)).toHaveLength(2)
  expect(markedFacts(seen, new Map())).toBe(marked)
})

test('the mark at a claim goes when its fact is seen', () => {
  const page = 'It holds. [†](platform-facts.md#one) So does this. [†](platform-facts.md#two)\n'
  expect(markedClaims(page, new Map())).toBe(page)
  expect(markedClaims(page, new Map([['one', '2027-01-01']]))).toBe(
    'It holds. So does this. [†](platform-facts.md#two)\n',
  )
})

test('README says whether, and when, it ran on AWS', () => {
  expect(readmeLine([])).toMatch(/^Not yet run on AWS/)
  expect(readmeLine(['2026-12-01', '2027-01-01'])).toContain('on 2027-01-01: ')
})

test('every fact that a story settles is one of the page, and the table has every story', () => {
  const page = readFileSync('docs/platform-facts.md', 'utf8')
  const settled = new Set(stories.flatMap(({ steps }) => steps.flat().flatMap(({ settles = [] }) => settles)))
  for (const fact of settled) expect(page).toContain(`### ${fact}\n`)
  const table = storyTable(stories, page, new Map())
  for (const { id } of stories) expect(table).toContain(`| \`${id}\``)
})
