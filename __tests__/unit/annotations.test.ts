import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { errorAnnotation, MOST_WARNINGS, warningAnnotations } from '../../src/report/annotations.ts'
import { closingLines, lastLine, verdict } from '../../src/report/closing.ts'
import type { ReportRow } from '../../src/report/row.ts'
import { LONGEST_ANNOTATION } from '../../src/text.ts'
import { failed, recordOf, skipped, succeeded } from './report-rows.ts'

const many = (count: number, make: (index: number) => ReportRow): readonly ReportRow[] =>
  Array.from({ length: count }, (_, index) => make(index))

describe('the error annotation', () => {
  it('is none when all is well', () => {
    expect(errorAnnotation([succeeded('a'), succeeded('b')])).toBeUndefined()
    expect(errorAnnotation([{ record: recordOf({ kind: 'dry-run' }) }])).toBeUndefined()
  })

  it('says what, why and what to do', () => {
    expect(errorAnnotation([failed('shop')])).toEqual({
      title: 'Migration failed',
      message: 'It failed.\nWhat to do: Mend it.',
    })
  })

  it('folds many databases into one, the same cause once, the skipped counted', () => {
    const rows = [succeeded('a'), failed('b'), failed('c'), skipped('d'), skipped('e')]
    expect(errorAnnotation(rows)).toEqual({
      title: '2 of 5 databases failed, 2 not attempted',
      message: 'b, c: It failed.\nWhat to do: Mend it.\n\n2 not attempted after that.',
    })
  })

  it('never calls one not migrated that was lost from sight', () => {
    const lost = { record: recordOf({ kind: 'unknown', cause: 'missing' }) }
    expect(errorAnnotation([succeeded('a'), lost, lost])?.title).toBe('The outcome of 2 of 3 databases is not known')
    expect(errorAnnotation([failed('a'), lost])?.title).toBe('1 of 2 databases failed, the outcome of 1 is not known')
  })

  it('counts those it has no room for', () => {
    const rows = many(300, (index) =>
      failed(`tenant_${index}`, {
        problem: { code: 'x', reason: `Cause ${index}: ${'long '.repeat(40)}`, remedy: 'Mend it.' },
      }),
    )
    const message = errorAnnotation(rows)?.message ?? ''
    const shown = message.match(/^tenant_\d+: /gm)?.length ?? 0
    expect(shown).toBeGreaterThan(5)
    expect(message).toMatch(new RegExp(`\n\n${300 - shown} more databases: the job summary has each\\.$`))
  })

  it('says what several databases failed of in the same way once, and names the database where it is one', () => {
    const line = 'relation "orders" does not exist'
    const words = {
      said: { reading: { kind: 'unknown', line }, line } as const,
      problem: { code: 'no-relation', reason: `${line} (exit code 1). No such table.`, remedy: 'Look.' },
    }
    expect(errorAnnotation([failed('a', words), failed('b', words)])?.message).toBe(
      `a, b: ${line} (exit code 1). No such table.\nWhat to do: Look.`,
    )
    expect(errorAnnotation([failed('a', words)])?.message).toBe(
      `a failed: ${line} (exit code 1). No such table.\nWhat to do: Look.`,
    )
  })

  it('of a command of its own names it where GitHub masks a secret, which is not the title', () => {
    const line = 'CommandError: two carts are empty'
    const checked = (database: string, command: string) =>
      failed(database, {
        command,
        said: { reading: { kind: 'unknown', line }, line },
        problem: { code: 'exit-code-1', reason: `${line} (exit code 1).`, remedy: 'Look.' },
      })
    expect(errorAnnotation([checked('a', 'python manage.py carts')])).toEqual({
      title: 'Command failed',
      message: `a: python manage.py carts failed: ${line} (exit code 1).\nWhat to do: Look.`,
    })
    const long = checked('b', `sh -c ${'check '.repeat(40)}`)
    expect(errorAnnotation([long, succeeded('c')])?.message).toMatch(
      /^b: sh -c (?:check ){10,15}check… failed: Command/,
    )
    expect(errorAnnotation([checked('a', 'x'.repeat(400))])?.message).toContain('a: the command of this step failed: ')
  })

  it('is never longer than the runner takes', () => {
    const text = fc.string({ unit: 'binary', maxLength: 6000 })
    const row = fc
      .tuple(fc.string({ unit: 'binary', maxLength: 300 }), text, text)
      .map(([name, reason, remedy]) => failed(name, { problem: { code: 'x', reason, remedy } }))
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), (rows) => {
        const annotation = errorAnnotation(rows)
        expect(annotation?.message.length).toBeLessThanOrEqual(LONGEST_ANNOTATION)
        expect(annotation?.title.length).toBeLessThanOrEqual(256)
      }),
      { numRuns: 50 },
    )
  })
})

describe('warnings', () => {
  it('are at most nine; the last folds the rest and none is lost', () => {
    const texts = many(30, () => succeeded()).map((_, index) => `warning number ${index}`)
    const shown = warningAnnotations(texts)
    expect(shown).toHaveLength(MOST_WARNINGS)
    for (const text of texts) expect(shown.join('\n')).toContain(text)
    expect(shown.at(-1)).toMatch(/^22 more warnings/)
  })

  it('come once each', () => {
    expect(warningAnnotations(['a', 'b', 'a'])).toEqual(['a', 'b'])
  })

  it('are never longer than the runner takes, nor more', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 9000 }), { maxLength: 400 }), (texts) => {
        const shown = warningAnnotations(texts)
        expect(shown.length).toBeLessThanOrEqual(MOST_WARNINGS)
        for (const text of shown) expect(text.length).toBeLessThanOrEqual(LONGEST_ANNOTATION)
      }),
      { numRuns: 50 },
    )
  })
})

describe('the last lines', () => {
  it.each<[string | undefined, string, readonly ReportRow[]]>([
    [undefined, 'shop: succeeded in 52 s, exit code 0.', [succeeded()]],
    [undefined, 'shop: failed, container exited with 1 after 52 s.', [failed()]],
    ['All 2 databases succeeded.', 'All 2 databases succeeded.', [succeeded('a'), succeeded('b')]],
    [
      '2 of 4 databases failed: b, c; 1 not attempted: d.',
      '2 of 4 databases failed, 1 not attempted.',
      [succeeded('a'), skipped('d'), failed('b'), failed('c')],
    ],
    [
      'The outcome of 1 of 3 databases is not known: shop; 1 failed: b; 1 not attempted: c.',
      'The outcome of 1 of 3 databases is not known, 1 failed, 1 not attempted.',
      [{ record: recordOf({ kind: 'unknown', cause: 'missing' }) }, failed('b'), skipped('c')],
    ],
    [
      'Dry run: nothing was registered and nothing was started.',
      'Dry run: nothing was registered and nothing was started.',
      [{ record: recordOf({ kind: 'dry-run' }) }],
    ],
  ])('%s', (line, heading, rows) => {
    expect(lastLine(rows)).toBe(line)
    expect(verdict(rows)).toBe(heading)
  })

  const hostile = failed('shop', {
    problem: { code: 'x', reason: 'a\r\n::error::b', remedy: 'c', evidence: ['d\u2028e'] },
  })

  it('of one database leave why and what to do to the annotation', () => {
    expect(closingLines([hostile])).toEqual(['shop: failed, container exited with 1 after 52 s', '    d e'])
  })

  it('of several tell why and what to do, each on one line whatever AWS said, and the worst last', () => {
    expect(closingLines([hostile, skipped('c'), skipped('d'), succeeded('e')])).toEqual([
      'e: succeeded in 52 s, exit code 0',
      'c, d: skipped, because a failed',
      'shop: failed, container exited with 1 after 52 s',
      '  Why: a ::error::b',
      '  What to do: c',
      '    d e',
    ])
  })
})
