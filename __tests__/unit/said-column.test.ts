import { describe, expect, it } from '@jest/globals'
import type { LogReading } from '../../src/explain/log/read-log.ts'
import { closingLines } from '../../src/report/closing.ts'
import type { ReportRow } from '../../src/report/row.ts'
import { type SummaryContext, summary } from '../../src/report/summary.ts'
import { readPage } from './readable.ts'
import { digest, failed, succeeded } from './report-rows.ts'

const context: SummaryContext = { cluster: 'c', region: 'eu-west-1', image: 'shop:2', changes: [], warnings: [] }

const saying = (database: string, line: string, kind: 'success' | 'nothing-to-do' = 'success'): ReportRow => {
  const { record, ...row } = succeeded(database)
  return { ...row, record: { ...record, lastLines: [line], lineCount: 1 }, said: { reading: { kind, line }, line } }
}
const silent = (database: string): ReportRow => {
  const { record, ...row } = succeeded(database)
  const reading: LogReading = { kind: 'silent' }
  return { ...row, record: { ...record, lastLines: [], lineCount: 0, printedNothing: true }, said: { reading } }
}
const many = (count: number, line: string): readonly ReportRow[] =>
  Array.from({ length: count }, (_, index) => saying(`t${index}`, line))
const page = (rows: readonly ReportRow[]): string => summary(rows, context)
/** The last cell of each row of the tables, heads included. */
const lastCells = (rows: readonly ReportRow[]): readonly (string | undefined)[] =>
  [...page(rows).matchAll(/<t[hd]>((?:(?!<t[hd]>).)*)<\/t[hd]><\/tr>/g)].map(([, cell]) => cell)

describe('what the databases said last', () => {
  it('stands beside each where it differs, the odd one in bold', () => {
    const rows = [saying('a', '41 tables'), saying('b', '41 tables'), saying('c', '40 <tables>')]
    expect(lastCells(rows)).toEqual([
      'What it said',
      '<code>41 tables</code>',
      '<code>41 tables</code>',
      '<b><code>40 &lt;tables&gt;</code></b>',
    ])
    expect(page(rows)).not.toContain(' say: ')
    expect(lastCells([saying('a', 'x'), saying('b', 'y')]).join()).not.toContain('<b>')
    expect(page([saying('a', 'x')])).toContain('<p>It said: <code>x</code></p>')
  })

  it('stands once where all say the same, and no column is empty', () => {
    const text = page(many(3, '41 tables'))
    expect(text).toContain('<p>All 3 say: <code>41 tables</code></p>')
    expect(text).not.toContain('What it said')
    expect(page(many(2, '41 tables'))).toContain('<p>Both say: ')
    expect(page([silent('a'), silent('b'), silent('c')])).toContain('<p>All 3 printed nothing</p>')
    expect(page([succeeded('a'), succeeded('b')])).not.toMatch(/say|printed|What it said/)
  })

  it('names silence among others', () => {
    expect(lastCells([saying('a', 'x'), silent('b')])).toEqual(['What it said', '<code>x</code>', 'printed nothing'])
  })

  it('speaks of the successes where one failed, which shows the line that says why', () => {
    const line = 'relation "orders" does not exist'
    const bad = failed('bad', { said: { reading: { kind: 'unknown', line }, line } })
    expect(page([...many(3, 'ok'), bad])).toContain('<p>All 3 that succeeded say: <code>ok</code></p>')
    expect(lastCells([...many(3, 'ok'), bad])).toEqual(['What it said', '', '', '', `<code>${line}</code>`])
  })

  it('of many is said once, and shortened where it differs', () => {
    const rows = [...many(40, '41 tables'), saying('odd', `40 ${'tables '.repeat(40)}`)]
    const text = page(rows)
    expect(text).toContain('<p>40 of 41 say: <code>41 tables</code></p>')
    expect(text).toMatch(/<td><b><code>40 (?:tables )+tables…<\/code><\/b><\/td>/)
    expect(text.match(/41 tables/g)).toHaveLength(1)
  })
})

describe('nothing was pending', () => {
  const none = (database: string): ReportRow => saying(database, 'No migrations to apply.', 'nothing-to-do')

  it('is said of all at once with the image, and of one in the verdict', () => {
    const text = page([none('a'), none('b'), none('c')])
    expect(readPage(text)).toContain(`Nothing was pending in all 3 (${digest.slice(0, 19)}).`)
    expect(text).toContain('<p>All 3 say: <code>No migrations to apply.</code></p>')
    expect(page([none('a')]).split('\n')[0]).toContain('exit code 0, nothing was pending.</h2>')
    expect(closingLines([none('a')])).toEqual(['a: succeeded in 52 s, exit code 0, nothing was pending'])
  })

  it('is not where one had something to do, or the log was not read as a whole', () => {
    const { record, ...row } = none('b')
    const longer: ReportRow = { ...row, record: { ...record, lineCount: 200 } }
    const unsure: ReportRow = { ...row, record: { ...record, logNote: 'The log was still growing.' } }
    for (const other of [saying('b', 'ok'), longer, unsure])
      expect(page([none('a'), other])).not.toContain('Nothing was pending')
    for (const other of [longer, unsure]) expect(closingLines([other]).join()).not.toContain('pending')
  })
})
