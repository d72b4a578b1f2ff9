/** A small sample of the fault matrix, the same each time; `npm run faults` plays all of it or another sample. */
import { describe, expect, test } from '@jest/globals'
import { cellNamed, pairCells, runCell, singleCells } from '../faults/matrix.ts'
import { chanceOf } from '../faults/random.ts'

const limitMs = 120_000

/** What is most likely to start two migrations, lose one, or lie about it. */
const always = [
  'good/RunTask:answer-lost:thrice',
  'good/RunTask:server-error-after-work:once',
  'good/RunTask:cut-off:once',
  'good/RunTask:garbled:once',
  'good/RunTask:garbled:ever',
  'good/RunTask:answer-hung:ever',
  'good/RunTask:stalled:ever',
  'two/RunTask:answer-lost:once',
  'killed/RunTask:answer-hung:ever',
  'cancelled/RunTask:answer-late:ever',
  'good/DescribeTasks:access-denied:ever',
  'good/DescribeTasks:missing:minutes',
  'good/DescribeTasks:stalled:once',
  'good/GetLogEvents:reset:minutes',
  'good/*:unavailable:minutes',
  'role/GetIdToken:cut-off:minutes',
  'role/GetIdToken:stalled:minutes',
]

const sample = chanceOf(2026)
  .shuffle([...singleCells(), ...pairCells()])
  .slice(0, 16)
  .map(({ id }) => id)

describe('the fault matrix', () => {
  test.concurrent.each([...always, ...sample])(
    '%s',
    async (id) => {
      const { broken, account } = await runCell(cellNamed(id))
      if (broken.length > 0) throw new Error(`${broken.join('\n')}\n\n${account}`)
      expect(broken).toEqual([])
    },
    limitMs,
  )

  test('has every operation, every kind of fault, and no cell twice', () => {
    const ids = [...singleCells(), ...pairCells()].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBeGreaterThan(3_000)
  })
})
