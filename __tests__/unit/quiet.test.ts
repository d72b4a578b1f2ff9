import { describe, expect, it } from '@jest/globals'
import { judgeDoubts } from '../../src/doubts.ts'
import { quietDoubts } from '../../src/explain/quiet.ts'
import { whatItSaid } from '../../src/explain/what-it-said.ts'
import type { MigrationRecord } from '../../src/migration/outcome.ts'
import type { Doubt, Startup } from '../../src/model.ts'

const record = (seconds: number, change: Partial<MigrationRecord> = {}): MigrationRecord => ({
  database: 'ledger',
  outcome: { kind: 'succeeded', exitCode: 0 },
  container: 'app',
  image: 'shop:1',
  lineCount: 0,
  lastLines: [],
  printedNothing: true,
  milestones: {},
  notes: [],
  task: { startedAt: new Date(1_000), executionStoppedAt: new Date(1_000 + seconds * 1_000) },
  ...change,
})
const doubtsOf = (records: readonly MigrationRecord[], startup: Startup): readonly Doubt[] =>
  quietDoubts(
    records.map((record) => {
      const said = whatItSaid(record, { startup })
      return { record, ...(said && { said }) }
    }),
    startup,
  )
const ids = (...args: Parameters<typeof doubtsOf>): readonly string[] => doubtsOf(...args).map(({ id }) => id)

describe('a success without a line', () => {
  it('is in doubt where a bare interpreter ran, however long', () => {
    expect(ids([record(90)], { command: ['ruby'], programs: [], isBare: true })).toEqual(['quiet'])
    expect(ids([record(1)], { command: ['./migrate'], programs: [], isBare: false })).toEqual([])
  })

  it('is in doubt where nothing is known of the words and the container lived under 2 s', () => {
    expect(ids([record(1.9)], { programs: [], isBare: false })).toEqual(['quiet'])
    expect(ids([record(2)], { programs: [], isBare: false })).toEqual([])
    expect(ids([record(0, { task: {} })], { programs: [], isBare: false })).toEqual(['quiet'])
    expect(ids([record(1)], { entryPoint: ['/migrate'], command: [], programs: [], isBare: false })).toEqual([])
  })

  it('is none where a line was printed, the log was not read, or it failed', () => {
    const { printedNothing: _nothing, ...read } = record(1)
    expect(ids([read], { programs: [], isBare: true })).toEqual([])
    const failed = record(1, { outcome: { kind: 'failed', cause: 'exit-code', exitCode: 1 } })
    expect(ids([failed], { programs: [], isBare: true })).toEqual([])
  })

  it('is said once for many databases', () => {
    const [doubt, ...more] = doubtsOf([record(1), record(1, { database: 'b' })], { programs: [], isBare: true })
    expect(more).toEqual([])
    expect(doubt?.reason).toContain('ledger and 1 more')
  })
})

describe('a success against which its log speaks', () => {
  const said = (lines: readonly string[], change: Partial<MigrationRecord> = {}): MigrationRecord => {
    const { printedNothing: _, ...read } = record(20, { lastLines: lines, lineCount: lines.length, ...change })
    return read
  }
  const refused = ['psql:3.sql:2: ERROR:  permission denied for schema sales', 'COMMENT']
  const psql = { command: ['psql', '-f', '3.sql'], programs: [], isBare: false }

  it('is a warning that quotes the line and names the way to make it fail', () => {
    const [doubt, ...more] = doubtsOf([said(refused)], psql)
    expect(more).toEqual([])
    expect(doubt).toMatchObject({ id: 'quiet-failure', weight: 'warning' })
    expect(doubt?.reason).toContain('"permission denied for schema sales"')
    expect(doubt?.remedy).toContain('ON_ERROR_STOP=1')
    expect(judgeDoubts(doubt === undefined ? [] : [doubt], ['quiet-failure'])).toMatchObject({
      warnings: [],
      accepted: [expect.stringContaining('[quiet-failure]')],
    })
  })

  it('has an id of its own where the tool was connected to another database', () => {
    const [doubt] = doubtsOf([said(['Database: jdbc:postgresql://db:5432/orders (PostgreSQL 16.4)', 'done'])], psql)
    expect(doubt).toMatchObject({ id: 'another-database', weight: 'warning' })
    expect(doubt?.reason).toMatch(/^The migration of ledger exited 0 .*"Database: jdbc:postgresql:\/\/db:5432\/orders /)
  })

  it('is said once for each cause, however many databases have it', () => {
    const names = doubtsOf(
      [
        said(refused, { database: 'a' }),
        said(['WARNING: No migrations found. Are your locations set up correctly?'], { database: 'b' }),
        said(refused, { database: 'c' }),
      ],
      psql,
    ).map(({ reason }) => reason.slice(0, reason.indexOf(' exited')))
    expect(names).toEqual(['The migration of a and 1 more', 'The migration of b'])
  })

  it.each([
    ['failed', said(refused, { outcome: { kind: 'failed', cause: 'exit-code', exitCode: 3 } }), psql],
    ['only looked', said(refused), { command: ['tool', '--check'], programs: [['tool', '--check']], isBare: false }],
    ['said no such thing', said(['12 tables']), psql],
    ['was not read', said([]), psql],
  ])('is none where it %s', (_, given, startup) => {
    expect(ids([given], startup)).toEqual([])
  })
})
