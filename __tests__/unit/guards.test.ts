import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { type Guard, guards, markersIn, without } from '../../scripts/guards.ts'

describe('the guards of npm run mutations', () => {
  test('each is marked once in the source, and every marker is one of them', () => {
    expect(markersIn('src').sort()).toEqual(guards.map(({ name }) => name).sort())
  })

  test.each(guards)('$name is guarded by a test that is there', ({ test: { file, title } }) => {
    expect(readFileSync(file, 'utf8')).toContain(title)
  })
})

describe('a guard taken out', () => {
  const guard: Guard = { name: 'one', does: '', instead: 'gone', test: { file: '', title: '' } }
  const taken = (source: string): string => {
    const folder = mkdtempSync(join(tmpdir(), 'guards-'))
    try {
      writeFileSync(join(folder, 'a.ts'), source)
      return without(guard, folder).text
    } finally {
      rmSync(folder, { recursive: true })
    }
  }

  test.each([
    ['a line', '  // guard: one\n  a()\n  b()\n', 'gone\n  b()\n'],
    ['a chain', '  // guard: one\n  return a\n    .b()\n    .c()\n}\n', 'gone\n}\n'],
    ['a block', '  // guard: one\n  if (a) {\n    b\n  }\n  c\n', 'gone\n  c\n'],
  ])('%s', (_what, source, text) => expect(taken(source)).toBe(text))

  test.each([
    ['nowhere', 'a()\n', 'stands in 0 places'],
    ['twice', '// guard: one\na()\n// guard: one\nb()\n', 'stands in 2 places'],
    ['with another name', '// guard: one-more\na()\n', 'stands in 0 places'],
  ])('a marker %s is an error', (_where, source, said) => expect(() => taken(source)).toThrow(said))
})
