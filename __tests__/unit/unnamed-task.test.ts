import { describe, expect, it } from '@jest/globals'
import { mayStopUnnamed, type RunRecords } from '../../src/migration/unnamed-task.ts'

const now = new Date('2026-01-02T12:00:00Z')
const young = { createdAt: new Date('2026-01-02T11:59:00Z') }
const old = { createdAt: new Date('2026-01-02T11:00:00Z') }

const records = (
  onCancel: 'stop' | 'leave',
  onTimeout: 'stop' | 'leave',
  more: Partial<RunRecords> = {},
): RunRecords => ({ run: { onCancel, onTimeout, timeoutMinutes: 60 }, noneSettled: true, damaged: false, ...more })

describe('a running task that no record names', () => {
  it('of a launch in doubt is stopped, unless it may have been left at its time limit', () => {
    expect(mayStopUnnamed(old, true, records('stop', 'stop', { noneSettled: false }), now)).toBe(true)
    expect(mayStopUnnamed(young, true, records('stop', 'leave'), now)).toBe(true)
    expect(mayStopUnnamed(old, true, records('stop', 'leave'), now)).toBe(false)
    expect(mayStopUnnamed({}, true, records('stop', 'leave'), now)).toBe(false)
  })

  it.each([
    { expected: false, damaged: false },
    { expected: false, damaged: true },
    { expected: true, damaged: true },
  ])('is stopped only where nothing can have been left on purpose: $expected, $damaged', ({ expected, damaged }) => {
    const may = (...given: Parameters<typeof records>): boolean =>
      mayStopUnnamed(young, expected, records(given[0], given[1], { damaged, ...given[2] }), now)
    expect(may('stop', 'stop')).toBe(true)
    expect(may('stop', 'stop', { noneSettled: false })).toBe(false)
    expect(may('stop', 'leave')).toBe(false)
  })

  it('is never stopped where on-cancel says to leave it', () => {
    for (const expected of [true, false])
      for (const onTimeout of ['stop', 'leave'] as const)
        expect(mayStopUnnamed(young, expected, records('leave', onTimeout), now)).toBe(false)
  })
})
