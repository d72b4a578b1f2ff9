import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parseCommand } from '../../local/runner/commands.ts'
import { splitLines } from '../../local/runner/lines.ts'
import { neutralLines } from '../../src/github/neutral-text.ts'
import { hostileText } from './hostile-text.ts'

describe('neutral text', () => {
  it('never is a command, whatever it was and whatever stands before it', () => {
    fc.assert(
      fc.property(
        hostileText,
        fc.constantFrom('', '[shop] ', '::', '##[', '##', ' ', '[##[error]] '),
        (text, prefix) => {
          for (const line of neutralLines(text, prefix)) {
            // Not the first line of the stream, whose byte order mark the runner takes away.
            expect(splitLines(`x\n${line}\n`)).toEqual(['x', line])
            expect(parseCommand(line)).toBeUndefined()
          }
        },
      ),
      { numRuns: 500 },
    )
  })

  it('stays what it was where nothing in it is dangerous, the order of lines included', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom(...'aé🐘 :#[]\t\u001b') }), { minLength: 1 }), (lines) => {
        const shown = neutralLines(lines.join('\n')).map((line) => line.replaceAll('\u200b', ''))
        // One line end at the end belongs to the event and is no line of its own.
        expect(shown.join('\n')).toBe(lines.join('\n').replace(/\n$/, ''))
      }),
    )
  })

  it.each([
    ['::set-output name=a::b', ['\u200b::set-output name=a::b']],
    ['a::b', ['a::b']],
    [' \t\u00a0\ufeff::set-output::b', [' \t\u00a0\ufeff\u200b::set-output::b']],
    ['x ##[add-mask]y', ['x ##\u200b[add-mask]y']],
    ['x ##[Error title=a]y', ['x ##\u200b[Error title=a]y']],
    ['x ##[secret]y ##[errors] ##[', ['x ##[secret]y ##[errors] ##[']],
    ['one\ntwo\r\nthree\n', ['one', 'two', 'three']],
    ['50%\r100%', ['50%', '100%']],
    ['a\n\nb', ['a', '', 'b']],
    ['', ['']],
    ['NUL \0 BEL \u0007', ['NUL ␀ BEL ␇']],
    ['\u001b[31mred\u001b[0m', ['\u001b[31mred\u001b[0m']],
  ])('of %j is %j', (text, lines) => {
    expect(neutralLines(text)).toEqual(lines)
  })

  it('breaks long lines at white space alone, and loses nothing of them', () => {
    const word = fc.nat(6_000).map((length) => 'w'.repeat(length))
    fc.assert(
      fc.property(fc.array(fc.tuple(word, fc.constantFrom(' ', '\t', '  ', '\u00a0')), { maxLength: 12 }), (parts) => {
        const text = `x${parts.flat().join('')}`
        const lines = neutralLines(text)
        expect(lines.join('')).toBe(text)
        for (const line of lines.slice(0, -1)) expect(line).toMatch(/\s$/)
        // As long as the limit and the word that reaches over it.
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(4_096 + 6_001)
      }),
      { numRuns: 200 },
    )
  })

  it('does not break a secret that is as long as they get', () => {
    const secret = 's'.repeat(48_000)
    expect(neutralLines(`${'x'.repeat(4_000)} ${secret} end`)).toEqual([`${'x'.repeat(4_000)} `, `${secret} `, 'end'])
  })

  it('breaks what has no white space after 64 kB, never inside a character', () => {
    const long = `x${'🐘'.repeat(70_000)}`
    const lines = neutralLines(long)
    expect(lines.join('')).toBe(long)
    expect(lines.map((line) => line.length)).toEqual([65_535, 65_536, 8_930])
  })

  it('takes time in proportion to the text', () => {
    const began = performance.now()
    for (const hostile of [' ', ':', '##[', '\ufeff', '\r', '#']) neutralLines(hostile.repeat(262_118))
    // Far from what it takes, and far from what the square of it would.
    expect(performance.now() - began).toBeLessThan(30_000)
  }, 60_000)
})
