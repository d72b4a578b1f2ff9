import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { CommandReader, ordinalUpper, parseCommand, WORKFLOW_COMMANDS } from '../../local/runner/commands.ts'

/** A command as one line of a table. */
const shown = (line: string): string | undefined => {
  const command = parseCommand(line)
  if (command === undefined) return undefined
  const properties = [...command.properties].map(([key, value]) => `${key}=${value}`).join(' | ')
  return `${command.name} [${properties}] ${JSON.stringify(command.data)}`
}

describe('`::name::`', () => {
  test.each([
    ['::debug::x', 'debug [] "x"'],
    ['  \t::debug::x', 'debug [] "x"'],
    ['\u00a0\u2028\u0085::debug::x', 'debug [] "x"'],
    ['::DeBuG::x', 'debug [] "x"'],
    ['::debug::', 'debug [] ""'],
    ['::debug::a::b', 'debug [] "a::b"'],
    ['::set-output name=a::b', 'set-output [name=a] "b"'],
    ['::set-output NAME=a::b', 'set-output [name=a] "b"'],
    ['::set-output name=a,name=b::c', 'set-output [name=b] "c"'],
    ['::error file=a%2Cb%3Ac,line=1::x%0Ay%0D%25', 'error [file=a,b:c | line=1] "x\\ny\\r%"'],
    ['::error %250A::%250A', 'error [] "%0A"'],
    ['::error title==a==b::x', 'error [title=a==b] "x"'],
    ['::error =title=a::x', 'error [title=a] "x"'],
    ['::error title=::x', 'error [] "x"'],
    ['::error ,, col=1::x', 'error [ col=1] "x"'],
    ['::group ::x', 'group [] "x"'],
    ['::stop-commands::token', 'stop-commands [] "token"'],
    // The runner looks for the second `::` as .NET compares text, which passes over characters without weight.
    ['::group:\0:x', 'group [] ":x"'],
    ['::group:\u200b:x', 'group [] ":x"'],
  ])('%j is a command', (line, expected) => {
    expect(shown(line)).toBe(expected)
  })

  test.each([
    ['x ::debug::y'],
    ['::debug'],
    ['::debug:x'],
    [':: debug::x'],
    ['::nothing::x'],
    ['::::debug::x'],
    ['\ufeff::debug::x'],
    ['\0::debug::x'],
    [':\u200b:debug::x'],
    ['::debug\u0131::x'],
    ['::\u017fave-state name=a::b'],
    ['::internal-set-repo-path repoFullName=a::b'],
    [''],
  ])('%j is text', (line) => {
    expect(shown(line)).toBeUndefined()
  })
})

describe('`##[name]`', () => {
  test.each([
    ['##[debug]x', 'debug [] "x"'],
    ['any text ##[debug]x', 'debug [] "x"'],
    ['::nothing::##[debug]x', 'debug [] "x"'],
    ['##[set-output name=a;]b', 'set-output [name=a] "b"'],
    ['##[set-output name=a%3Bb%5Dc]%25', 'set-output [name=a;b]c] "%"'],
    ['##[warning]a]b', 'warning [] "a]b"'],
    // What is not an escape here, though it is in the other form.
    ['##[error file=a%2Cb]x', 'error [file=a%2Cb] "x"'],
  ])('%j is a command', (line, expected) => {
    expect(shown(line)).toBe(expected)
  })

  test.each([
    ['##[debug'],
    ['##[nothing]x'],
    ['##[nothing]##[debug]x'],
    ['# #[debug]x'],
    ['##[ debug]x'],
    ['#\u200b#[debug]x'],
  ])('%j is text', (line) => {
    expect(shown(line)).toBeUndefined()
  })
})

test('a line that is a command in both forms is read in the first', () => {
  expect(shown('::debug::##[set-output name=a]b')).toBe('debug [] "##[set-output name=a]b"')
})

describe('stop-commands', () => {
  const read = (...lines: string[]): string[] => {
    const reader = new CommandReader()
    return lines.map((line) => reader.read(line).kind)
  }

  test('stops everything until the token is commanded', () => {
    expect(
      read('::stop-commands::abc', '::error::x', '::stop-commands::def', '::def::', '::abc::', '::error::x'),
    ).toEqual(['stopped', 'text', 'text', 'text', 'resumed', 'command'])
  })

  test.each([['::ABC::'], ['  ::abc::'], ['::abc x=y::z'], ['text ##[abc]'], ['##[aBc x=y]z']])(
    'the token abc is commanded by %j',
    (line) => {
      expect(read('::stop-commands::abc', line)).toEqual(['stopped', 'resumed'])
    },
  )

  test.each([['abc'], ['x ::abc::'], ['::abcd::'], ['::abc:'], ['::debug::##[abc]'], ['##[other]##[abc]']])(
    'the token abc is not commanded by %j',
    (line) => {
      expect(read('::stop-commands::abc', line)).toEqual(['stopped', 'text'])
    },
  )

  test('a used token is no command any more', () => {
    expect(read('::stop-commands::abc', '::abc::', '::abc::')).toEqual(['stopped', 'resumed', 'text'])
  })

  test.each([[''], ['pause-logging'], ['Pause-Logging'], ['error'], ['STOP-COMMANDS']])(
    '%j is refused as a token',
    (token) => {
      expect(new CommandReader().read(`::stop-commands::${token}`)).toEqual({ kind: 'token-refused', token })
    },
  )

  test('the opt-in to any token takes the command of that name away with it', () => {
    const reader = new CommandReader(true)
    const kinds = ['::stop-commands::debug', '::debug::', '::debug::x'].map((line) => reader.read(line).kind)
    expect(kinds).toEqual(['stopped', 'resumed', 'text'])
  })

  test('a token with white space or `::` in it can only be commanded in brackets, or not at all', () => {
    expect(read('::stop-commands::a b', '::a b::', '##[a b]', '::error::x')).toEqual([
      'stopped',
      'text',
      'text',
      'text',
    ])
    expect(read('::stop-commands::a::b', '::a::b::', '##[a::b]')).toEqual(['stopped', 'text', 'resumed'])
  })
})

describe('properties', () => {
  const escapeData = (text: string): string =>
    text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
  const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')

  test('what the toolkit escapes comes out as it went in', () => {
    const text = fc.string({ unit: 'binary' })
    const value = fc
      .string({ unit: 'grapheme-ascii', minLength: 1 })
      .filter((given) => /^[^\s=]([^=]*\S)?$/.test(given))
    fc.assert(
      fc.property(fc.constantFrom(...WORKFLOW_COMMANDS), value, text, (name, title, data) => {
        const command = parseCommand(`::${name} title=${escapeProperty(title)}::${escapeData(data)}`)
        expect(command).toEqual({ name, properties: new Map([['title', title]]), data })
      }),
    )
  })

  test('a line without `::` at its start and without `##[` is text', () => {
    const harmless = fc
      .string({ unit: 'binary' })
      .filter((line) => !/^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*::/.test(line))
      .filter((line) => !line.includes('##['))
    fc.assert(fc.property(harmless, (line) => parseCommand(line, () => true) === undefined))
  })
})

test('case is compared as .NET does it, unit by unit', () => {
  expect(ordinalUpper('abc-\u00df\u0131\u017f\u00e9')).toBe('ABC-\u00df\u0131\u017f\u00c9')
})
