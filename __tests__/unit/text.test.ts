import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { broken, cut, oneLine, plain } from '../../src/text.ts'

const words = fc.array(fc.oneof(fc.stringMatching(/^\S{1,30}$/), fc.constantFrom(' ', '\t', '   ', '\u00a0')), {
  maxLength: 60,
})

describe('plain text', () => {
  it('loses colours, control characters and turned text', () => {
    expect(plain('\u001b[1;31mred\u001b[0m \u001b]8;;https://x\u0007link\u0000 \u202eabc\ufeff')).toBe(
      'red link\ufffd \ufffdabc\ufffd',
    )
    expect(plain('a\r\nb\rc\u2028d')).toBe('a\nb\nc\nd')
  })

  it('takes no letter for a part of a sequence that has no end', () => {
    expect(plain('\u001bSecret \u001b]0;Secret\nnext')).toBe('\ufffdSecret \ufffd]0;Secret\nnext')
  })

  it('on one line has a space for each line break, and its other white space as it was', () => {
    expect(oneLine('  a\t b\r\n  c\n\n')).toBe('  a\t b   c')
  })
})

describe('a cut', () => {
  it('tears no word, and comes as near to the limit as white space allows', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 2, max: 200 }), (parts, most) => {
        const text = parts.join('')
        const short = cut(text, most)
        if (text.length <= most || short === text) return
        expect(short.endsWith('…')).toBe(true)
        const kept = short.slice(0, -1)
        expect(text.startsWith(kept)).toBe(true)
        expect(text.charAt(kept.length)).toMatch(/\s/)
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    ['one two three', 9, 'one two…'],
    ['one two-and-more', 9, 'one two-and-more'],
    ['short', 9, 'short'],
    [`${'x'.repeat(20)} more`, 9, `${'x'.repeat(20)}…`],
  ])('of %j at %d is %j', (text, most, short) => {
    expect(cut(text, most)).toBe(short)
  })
})

describe('a text that is broken', () => {
  it('is whole again when put together', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 2, max: 200 }), (parts, most) => {
        expect(broken(parts.join(''), most).join('')).toBe(parts.join(''))
      }),
    )
  })
})
