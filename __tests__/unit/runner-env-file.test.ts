import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseEnvFile } from '../../local/runner/env-file.ts'

describe('a file of values', () => {
  test.each([
    ['', []],
    ['\n\n', []],
    ['a=b', [['a', 'b']]],
    ['a=b=c<<d\n', [['a', 'b=c<<d']]],
    ['a=\n', [['a', '']]],
    ['=b\n', [['', 'b']]],
    ['a b=c\n', [['a b', 'c']]],
    ['a=b\r\n', [['a', 'b\r']]],
    ['a<<X\nX\n', [['a', '']]],
    ['a<<X\nX', [['a', '']]],
    ['a<<X\n\nX\n', [['a', '']]],
    [
      'a<<X\n1\n2\nX\nb=c',
      [
        ['a', '1\n2'],
        ['b', 'c'],
      ],
    ],
    ['a<<X\n X\nXX\nX \nX\n', [['a', ' X\nXX\nX ']]],
    ['a<<b=c\nd\nb=c\n', [['a', 'd']]],
    ['a<<<X\n1\n<X\n', [['a', '1']]],
    ['a<<X\nb=c\n::set-output name=x::y\nX\n', [['a', 'b=c\n::set-output name=x::y']]],
    ['\ufeffa=b', [['a', 'b']]],
  ])('%j', (text, pairs) => {
    expect(parseEnvFile(text)).toEqual({ pairs })
  })

  test.each([
    ['a', "Invalid format 'a'"],
    ['<<X\nX\n', "Invalid format '<<X'. Name must not be empty and delimiter must not be empty"],
    ['a<<\nb\n', "Invalid format 'a<<'. Name must not be empty and delimiter must not be empty"],
    ['a<<X\nb\n', "Invalid value. Matching delimiter not found 'X'"],
    ['a<<X\nb', 'Invalid value. EOF marker missing new line.'],
    ['a<<X\r\nb\r\nX\n', "Invalid value. Matching delimiter not found 'X\r'"],
  ])('%j cannot be read', (text, error) => {
    expect(parseEnvFile(`good=1\n${text}`)).toEqual({ pairs: [['good', '1']], error })
  })

  test('what the toolkit writes comes out as it went in', () => {
    const name = fc.stringMatching(/^[a-z-]{1,10}$/)
    const value = fc.string({ unit: fc.constantFrom('a', '=', '<', '\n', '\r', '::', 'EOF') })
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value)), (pairs) => {
        const text = pairs.map(([key, data]) => `${key}<<ghadelimiter_1\n${data}\nghadelimiter_1\n`).join('')
        expect(parseEnvFile(text)).toEqual({ pairs })
      }),
    )
  })
})
