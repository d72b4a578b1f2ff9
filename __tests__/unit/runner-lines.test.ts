import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { LineReader, splitLines } from '../../local/runner/lines.ts'

describe('lines of a stream', () => {
  test.each([
    ['', []],
    ['a', ['a']],
    ['a\n', ['a']],
    ['a\nb', ['a', 'b']],
    ['a\r\nb\r\n', ['a', 'b']],
    ['a\rb\r', ['a', 'b']],
    ['\n\r\r\n', ['', '', '']],
    ['a\u2028b\u0085c\u000bd\0', ['a\u2028b\u0085c\u000bd\0']],
    ['\ufeffa\n\ufeffb', ['a', '\ufeffb']],
  ])('%j', (text, lines) => {
    expect(splitLines(text)).toEqual(lines)
  })

  test('what is not UTF-8 becomes a replacement character and no line end', () => {
    const reader = new LineReader()
    expect(reader.push(Uint8Array.of(0x61, 0xff, 0xc3, 0x0a, 0xe2, 0x82))).toEqual(['a\ufffd\ufffd'])
    expect(reader.end()).toEqual(['\ufffd'])
  })

  test('how the bytes are cut into chunks makes no difference', () => {
    const text = fc
      .array(fc.constantFrom('\r', '\n', 'a', '\u20ac', '\ufeff', '😀'), { maxLength: 30 })
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 5 }), (whole, size) => {
        const bytes = new TextEncoder().encode(whole)
        const reader = new LineReader()
        const lines: string[] = []
        for (let start = 0; start < bytes.length; start += size)
          lines.push(...reader.push(bytes.slice(start, start + size)))
        expect([...lines, ...reader.end()]).toEqual(splitLines(whole))
      }),
    )
  })
})
