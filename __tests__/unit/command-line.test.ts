import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parseCommand } from '../../src/command-line.ts'

describe('a command', () => {
  it.each([
    ['python manage.py migrate', ['python', 'manage.py', 'migrate']],
    ['  a   b\tc ', ['a', 'b', 'c']],
    [`sh -c 'a && b | c > d; e'`, ['sh', '-c', 'a && b | c > d; e']],
    [`x "a b" 'c d' e\\ f`, ['x', 'a b', 'c d', 'e f']],
    [`x ''`, ['x', '']],
    [
      'flyway -url=jdbc:postgresql://h/{database} migrate',
      ['flyway', '-url=jdbc:postgresql://h/{database}', 'migrate'],
    ],
    ['psql -f *.sql', ['psql', '-f', '*.sql']],
    ['["sh", "-c", "a && b"]', ['sh', '-c', 'a && b']],
    [`a '#b'`, ['a', '#b']],
    [`a '$HOME'`, ['a', '$HOME']],
    ['a "\\$HOME \\`" b\\$c', ['a', '$HOME `', 'b$c']],
    ['grep "^a$" b$ c#d', ['grep', '^a$', 'b$', 'c#d']],
    ['a "x\\n"', ['a', 'x\\n']],
    [
      'python manage.py migrate \\\n  --noinput \\\r\n  --plan',
      ['python', 'manage.py', 'migrate', '--noinput', '--plan'],
    ],
    ['a "b\\\nc" d\\\ne', ['a', 'bc', 'de']],
    ["a 'b\\\nc'", ['a', 'b\\\nc']],
  ])('%j has the words %j', (text, words) => {
    expect(parseCommand(text)).toEqual(words)
  })

  it.each([
    ['a && b', '&&'],
    ['a | b', '|'],
    ['a; b', ';'],
    ['a > b', '>'],
    ['a $HOME', '$HOME'],
    ['a "$HOME"', '$HOME'],
    ['a `b`', '`'],
    ['a #b', '#'],
    ['(a)', '('],
    ['python manage.py check\npython manage.py migrate', 'several lines'],
    ['a "`b`"', '`'],
    ['a "x$(date)"', '$('],
    [`a "\${B:-c}"`, `\${B:-c}`],
    ['a "$1"', '$1'],
    ["a $'b'", '$'],
  ])('%j needs a shell, and the error suggests one', (text, what) => {
    expect(parseCommand(text)).toMatchObject({
      given: expect.stringContaining(what),
      accepted: expect.stringContaining(JSON.stringify(['sh', '-ec', text])),
    })
  })

  it('suggests the form that fits the entry point', () => {
    const accepted = (entryPoint: readonly string[]): string => {
      const parsed = parseCommand('rake db:migrate && rake db:seed', entryPoint)
      return 'accepted' in parsed ? parsed.accepted : ''
    }
    const oneWord = '["rake db:migrate && rake db:seed"]'
    const withShell = '["sh","-ec","rake db:migrate && rake db:seed"]'
    for (const entryPoint of [
      ['/bin/bash', '-lc'],
      ['ash', '-eo', 'pipefail', '-c'],
      ['sh', '-c', '--'],
    ]) {
      expect(accepted(entryPoint)).toContain(oneWord)
      expect(accepted(entryPoint)).not.toContain(withShell)
    }
    for (const entryPoint of [['tini', '--'], ['sh', '-c', 'exec "$@"', '--'], ['sh']]) {
      expect(accepted(entryPoint)).toContain(withShell)
      expect(accepted(entryPoint)).not.toContain(`: ${oneWord}`)
    }
  })

  it('says of a pipe alone that it hides exit codes', () => {
    expect(parseCommand('dump | psql')).toMatchObject({ accepted: expect.stringContaining('hides the exit code') })
    expect(parseCommand('dump || psql')).toMatchObject({ accepted: expect.not.stringContaining('hides') })
  })

  it.each(['"a', "'a", `a "b' c`, 'it"s'])('%j has a quote that is not closed', (text) => {
    expect(parseCommand(text)).toMatchObject({ given: 'a quote that is not closed' })
  })

  it.each(['[', '["a"', '["a", 1]', '[]', '[["a"]]'])('%j is no JSON array of strings', (text) => {
    expect(parseCommand(text)).toMatchObject({ accepted: expect.stringContaining('a JSON array of strings') })
  })

  it('comes back word for word, in single quotes or as JSON', () => {
    const word = fc.string({ unit: fc.constantFrom(...`aZ0 '"$\\\`*?{}()[]<>|&;#~!=%^:/.,-\t\né`), maxLength: 12 })
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
        expect(parseCommand(JSON.stringify(words))).toEqual(words)
        const quoted = words.map((text) => `'${text.replaceAll("'", `'"'"'`)}'`).join(' ')
        expect(parseCommand(quoted)).toEqual(words)
      }),
      { numRuns: 1_000 },
    )
  })
})
