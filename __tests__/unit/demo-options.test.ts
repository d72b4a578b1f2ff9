import { describe, expect, test } from '@jest/globals'
import { readOptions } from '../../local/demo/options.ts'
import { scenes } from '../../local/demo/story.ts'

const tenants = ['fintech_experiment', 'healthtech_experiment', 'startupwebapp_prod']

const play = (...argv: string[]): [databases: string, ends: string][] => {
  return scenes(readOptions(argv)).map(({ databases, ends }) => [databases.join(' '), ends])
}

describe('the scenes of the demo', () => {
  test('without options: one run a database, and a second run of all that finds nothing to do', () => {
    expect(play()).toEqual([...tenants.map((name) => [name, 'succeeded']), [tenants.join(' '), 'nothing to do']])
  })

  test.each([
    [
      ['--database', 'a', '--database', 'b', '--database', 'a'],
      [
        ['a', 'succeeded'],
        ['b', 'succeeded'],
        ['a b', 'nothing to do'],
      ],
    ],
    [
      ['--fail'],
      [
        ['fintech_experiment', 'succeeded'],
        ['fintech_experiment', 'failed'],
      ],
    ],
    [
      ['--fail', '--database', 'b'],
      [
        ['b', 'succeeded'],
        ['b', 'failed'],
      ],
    ],
    [['--no-nat'], [['fintech_experiment', 'refused']]],
    [['--dry-run', '--database', 'a'], [['a', 'dry run']]],
    [['--command', 'ls', '--database', 'a'], [['a', 'as it was']]],
    [['--cancel-after', '2', '--database', 'a'], [['a', 'cancelled']]],
    [
      ['--all-at-once'],
      [
        [tenants.join(' '), 'succeeded'],
        [tenants.join(' '), 'nothing to do'],
      ],
    ],
  ])('%j', (argv, expected) => {
    expect(play(...argv)).toEqual(expected)
  })

  test('--all-at-once takes a number, or means all', () => {
    const parallel = (...argv: string[]) => readOptions(['--all-at-once', ...argv]).allAtOnce
    expect([parallel(), parallel('2'), parallel('--debug'), parallel('--database', 'a')]).toEqual([3, 2, 3, 1])
  })

  test('--input gives any input of the action', () => {
    expect(readOptions(['--input', 'tags=a=b', '--input', 'canary=false']).inputs).toEqual({
      tags: 'a=b',
      canary: 'false',
    })
  })

  test.each([
    [['--bogus'], /Unknown option '--bogus'/],
    [['--cancel-after', 'x'], /--cancel-after takes a number above 0, not 'x'/],
    [['--all-at-once=0'], /--all-at-once takes a number above 0, not '0'/],
    [['--input', 'x'], /--input takes NAME=VALUE, not 'x'/],
  ])('%j is refused', (argv, message) => {
    expect(() => readOptions(argv)).toThrow(message)
  })
})
