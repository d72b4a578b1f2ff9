import { describe, expect, it } from '@jest/globals'
import { quietDoubts } from '../../src/explain/quiet.ts'
import type { MigrationRecord } from '../../src/migration/outcome.ts'

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
const ids = (...args: Parameters<typeof quietDoubts>): readonly string[] => quietDoubts(...args).map(({ id }) => id)

describe('a success without a line', () => {
  it('is in doubt where a bare interpreter ran, however long', () => {
    expect(ids([record(90)], { command: ['ruby'], isBare: true })).toEqual(['quiet'])
    expect(ids([record(1)], { command: ['./migrate'], isBare: false })).toEqual([])
  })

  it('is in doubt where nothing is known of the words and the container lived under 2 s', () => {
    expect(ids([record(1.9)], { isBare: false })).toEqual(['quiet'])
    expect(ids([record(2)], { isBare: false })).toEqual([])
    expect(ids([record(0, { task: {} })], { isBare: false })).toEqual(['quiet'])
    expect(ids([record(1)], { entryPoint: ['/migrate'], command: [], isBare: false })).toEqual([])
  })

  it('is none where a line was printed, the log was not read, or it failed', () => {
    const { printedNothing: _nothing, ...read } = record(1)
    expect(ids([read], { isBare: true })).toEqual([])
    const failed = record(1, { outcome: { kind: 'failed', cause: 'exit-code', exitCode: 1 } })
    expect(ids([failed], { isBare: true })).toEqual([])
  })

  it('is told once for many databases', () => {
    const [doubt, ...more] = quietDoubts([record(1), record(1, { database: 'b' })], { isBare: true })
    expect(more).toEqual([])
    expect(doubt?.reason).toContain('ledger and 1 more')
  })
})
