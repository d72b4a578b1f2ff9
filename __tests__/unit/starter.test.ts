import { describe, expect, it } from '@jest/globals'
import { isEarlier, isOfRun, starterOf } from '../../src/migration/starter.ts'

const run = (id: string | number, attempt: number | string, server = 'https://github.com/o/r'): string =>
  `${server}/actions/runs/${id}/attempts/${attempt}`
const tagged = (value: string) =>
  starterOf([
    { key: 'team', value: 'a' },
    { key: 'run-ecs-migration/run', value },
  ])

describe('whose task it is', () => {
  it.each<[string, string, boolean, boolean]>([
    ['an earlier attempt', run(7, 1), true, true],
    ['the one right before', run(7, 2), true, true],
    ['this attempt, by another job', run(7, 3), true, false],
    ['a later attempt', run(7, 10), true, false],
    ['another run', run(70, 1), false, false],
    ['the same number on another server', run(7, 1, 'https://ghes.example:8443/o/r'), false, false],
    ['the same number in another repository', run(7, 1, 'https://github.com/o/rr'), false, false],
    ['a tag that was cut off', run(7, 1).slice(0, -2), false, false],
    ['no number of an attempt', run(7, 'one'), false, false],
  ])('%s', (_, started, same, earlier) => {
    expect([isOfRun(tagged(started), run(7, 3)), isEarlier(tagged(started), run(7, 3))]).toEqual([same, earlier])
  })

  it('is another run’s where nothing says whose, also to a step outside of GitHub', () => {
    expect(starterOf([])).toBeUndefined()
    expect(isOfRun(starterOf([]), run(7, 3))).toBe(false)
    expect(isOfRun(tagged(run(0, 1)), run(0, 1))).toBe(false)
    expect(isEarlier(tagged(run(7, 1)), 'local')).toBe(false)
  })
})
