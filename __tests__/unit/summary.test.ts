import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { code, fence, inline, link, plain, prose } from '../../src/report/markdown.ts'
import type { ReportRow } from '../../src/report/row.ts'
import { MOST_SUMMARY_BYTES, type SummaryContext, summary } from '../../src/report/summary.ts'
import { failed, recordOf, skipped, succeeded } from './report-rows.ts'

const context: SummaryContext = {
  cluster: 'production',
  region: 'eu-central-1',
  image: 'shop:2',
  baseDefinition: 'arn:aws:ecs:eu-central-1:123456789012:task-definition/shop:41',
  changes: ['container app: image: shop:1 → shop:2'],
  network: { subnets: ['subnet-1', 'subnet-2'], securityGroups: ['sg-1'], assignPublicIp: 'DISABLED' },
  warnings: [],
}

interface Page {
  /** Lines outside of code blocks. */
  readonly prose: readonly string[]
  /** The code blocks, each with its language. */
  readonly blocks: readonly { readonly language: string; readonly lines: readonly string[] }[]
}

/** Splits a page as CommonMark does: a fence is closed by a line of nothing but at least as many backticks. */
const read = (markdown: string): Page => {
  const outside: string[] = []
  const blocks: { language: string; lines: string[] }[] = []
  let open: { ticks: number; lines: string[] } | undefined
  for (const line of markdown.split(/\r\n?|\n/)) {
    const mark = /^ {0,3}(`{3,})\s*([^`]*)$/.exec(line)
    if (open && mark && mark[2] === '' && (mark[1] ?? '').length >= open.ticks) open = undefined
    else if (open) open.lines.push(line)
    else if (mark) {
      const block = { language: mark[2] ?? '', lines: [] }
      blocks.push(block)
      open = { ticks: (mark[1] ?? '').length, lines: block.lines }
    } else outside.push(line)
  }
  expect(open).toBeUndefined()
  return { prose: outside, blocks }
}

/** The only tags a page may hold, and the only marks of our own. */
const ours =
  /<\/?code>|<wbr>|<br>|<a href="https:\/\/[^\s"<>]+">|<\/a>|<details><summary>[\w ]+<\/summary>|<\/details>|&#\d+;|\*\*(?:Why|What to do):\*\*/g
/** What is left may hold no mark that markdown, HTML, a formula or a mention could begin with. */
const harmless = /^[^<>&[\]\\*_`~$@{}|^=+]*$/
const bareAddress = /www\.|:\/\/|\w@\w/i

const harmlessLine = (line: string): boolean => {
  if (/^\|(?::?-+:?\|)+$/.test(line)) return true
  const text = line.replace(ours, '').replace(/^(?:#{2,3} |- )/, '')
  const cells = text.startsWith('|') ? text.replace(/ \||^\|/g, '') : text
  return harmless.test(cells) && !cells.includes('#') && !bareAddress.test(cells)
}

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        '`',
        '```',
        '~~~',
        '\n',
        '\r',
        '\r\n',
        '\u2028',
        '|',
        '<',
        '>',
        '<script>',
        '</code>',
        '</details>',
        '<!--',
        '](javascript:alert(1))',
        '[x',
        '![',
        '**',
        '__',
        '$$',
        '$x$',
        '@octocat',
        '#1',
        ':tada:',
        '&lt;',
        '&#60;',
        '\\',
        '# ',
        '- ',
        '1. ',
        '---',
        '===',
        '> ',
        '    ',
        '\t',
        '<<EOF',
        '::error::',
        '##[add-path]',
        '\u001b[31m',
        '\u0000',
        '\u202e',
        '\ufeff',
        'www.evil.example',
        'https://evil.example',
        'a@b.example',
        '\ud800',
        'word',
        ' ',
      ),
      { maxLength: 20 },
    )
    .map((parts) => parts.join('')),
)

const nastyRow: fc.Arbitrary<ReportRow> = fc
  .record({
    name: nasty,
    reason: nasty,
    remedy: nasty,
    evidence: fc.array(nasty, { maxLength: 4 }),
    lines: fc.array(nasty, { maxLength: 30 }),
    url: nasty,
  })
  .map(({ name, reason, remedy, evidence, lines, url }) => ({
    record: recordOf(
      { kind: 'failed', cause: 'exit-code', exitCode: 1 },
      {
        database: name,
        image: url,
        logNote: reason,
        logFile: remedy,
        lineCount: lines.length,
        lastLines: lines,
        notes: evidence,
        milestones: { requested: new Date(0), exitSeen: new Date(5000), logRead: new Date(6000) },
      },
    ),
    problem: { code: 'x', reason, remedy, evidence },
    taskUrl: `https://${url}`,
    logUrl: url,
  }))

describe('text from outside', () => {
  it('holds no mark after inline, code and prose', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        for (const shown of [inline(text), code(text), prose(text), link(text, text), link(text, `https://${text}`)]) {
          expect(shown).not.toMatch(/[\r\n]/)
          expect(harmlessLine(`x ${shown}`) ? '' : shown).toBe('')
        }
      }),
      { numRuns: 500 },
    )
  })

  it('stays inside its fence', () => {
    fc.assert(
      fc.property(fc.array(nasty, { maxLength: 30 }), (lines) => {
        const { prose: outside, blocks } = read(`before\n\n${fence(lines)}\n\nafter`)
        expect(outside.filter(Boolean)).toEqual(['before', 'after'])
        expect(blocks.map((block) => block.lines.join('\n'))).toEqual([lines.map(plain).join('\n')])
      }),
      { numRuns: 500 },
    )
  })

  it('reads as it was written', () => {
    const decoded = (html: string): string =>
      html.replace(/<[^>]+>/g, '').replace(/&#(\d+);/g, (_all, number: string) => String.fromCharCode(Number(number)))
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(decoded(inline(text))).toBe(plain(text).replace(/\s+/g, ' ').trim())
      }),
    )
  })

  it('loses colours, control characters and turned text', () => {
    expect(plain('\u001b[1;31mred\u001b[0m \u001b]8;;https://x\u0007link\u0000 \u202eabc\ufeff')).toBe(
      'red link\ufffd \ufffdabc\ufffd',
    )
    expect(plain('a\r\nb\rc\u2028d')).toBe('a\nb\nc\nd')
  })

  it('becomes a link only with https', () => {
    expect(link('log', 'javascript:alert(1)')).toBe('log')
    expect(link('log', 'https://x/"><script>')).toBe('log')
    expect(link('log', 'https://x/?a=1&b=2')).toBe('<a href="https://x/?a=1&amp;b=2">log</a>')
  })
})

describe('the summary', () => {
  it('says the verdict first, then a row a database', () => {
    const lines = summary([succeeded('a'), failed('b'), skipped('c')], context).split('\n')
    expect(lines[0]).toBe('## ❌ 1 of 3 databases succeeded&#58; 1 failed, 1 skipped.')
    expect(
      lines
        .filter((line) => /^\| [✅❌⏭]/u.test(line))
        .map((line) =>
          line
            .replace(/<[^>]+>/g, '')
            .split(' | ')
            .slice(0, 4),
        ),
    ).toEqual([
      ['| ✅ a', 'succeeded', '0', '52 s'],
      ['| ❌ b', 'failed', '1', '52 s'],
      ['| ⏭️ c', 'skipped', '', ''],
    ])
  })

  it('tells of a failure why, what to do, the last lines, the evidence, and until when the log was read', () => {
    const text = summary([failed('shop')], context)
    const { prose: lines, blocks } = read(text)
    expect(lines).toEqual(
      expect.arrayContaining([
        '### ❌ <code>shop</code>&#58; failed'.replace('&#58;', ':'),
        '**Why:** It failed.',
        '**What to do:** Mend it.',
        'The last 3 of 3 lines of the log:',
      ]),
    )
    expect(blocks.map(({ language }) => language)).toEqual(['mermaid', '', '', ''])
    expect(blocks[1]?.lines).toEqual(['one', 'two', 'boom'])
    expect(text).toMatch(/Log read until 2026&#45;11&#45;22T03&#58;<wbr>01&#58;<wbr>04/)
    expect(text).toContain('Stop code&#58; X')
  })

  it('says what was launched, folded', () => {
    const { blocks } = read(summary([succeeded()], context))
    expect(blocks.at(-2)?.lines).toEqual([
      'cluster: production, in eu-central-1',
      'image: shop:2',
      'cloned from: arn:aws:ecs:eu-central-1:123456789012:task-definition/shop:41',
      'subnets: subnet-1, subnet-2',
      'security groups: sg-1',
      'public IP: no',
    ])
    expect(blocks.at(-1)?.lines).toEqual(['container app: image: shop:1 → shop:2'])
  })

  it('cuts nothing so that a password loses the mark by which it is known', () => {
    const url = (fill: number): string => `${'x'.repeat(fill)} postgres://shop:s3cret@db/shop ${'y'.repeat(5000)}`
    for (const fill of [120, 470, 480, 970, 980, 1970, 1980, 3970, 3980]) {
      const text = url(fill)
      const problem = { code: 'x', reason: text, remedy: text, evidence: [text] }
      const row = failed(text, { problem })
      const record = { ...row.record, lastLines: [text], notes: [text], logNote: text }
      expect(summary([{ ...row, record }], { ...context, warnings: [text], changes: [text] })).not.toMatch(/s3/)
    }
  })

  it('marks an unknown outcome as neither good nor bad', () => {
    const row = { record: recordOf({ kind: 'unknown', cause: 'missing' }) } as const
    expect(summary([row], context).split('\n')[0]).toBe('## ❓ shop&#58; not known.')
  })

  it('cannot be broken out of by anything from outside', () => {
    const given = fc.record({ rows: fc.array(nastyRow, { minLength: 1, maxLength: 12 }), text: nasty })
    fc.assert(
      fc.property(given, ({ rows, text }) => {
        const hostile = {
          ...context,
          cluster: text,
          region: text,
          image: text,
          baseDefinition: text,
          changes: [text],
          launch: [text],
          warnings: [text],
          resultsFile: text,
          network: { subnets: [text], securityGroups: [text] },
        }
        for (const line of read(summary(rows, hostile)).prose) expect(harmlessLine(line) ? '' : line).toBe('')
      }),
      { numRuns: 150 },
    )
  })

  it('folds the successes of many, and puts the failures first', () => {
    const rows = Array.from({ length: 1000 }, (_, index) =>
      index % 100 === 7 ? failed(`t${index}`) : succeeded(`t${index}`),
    )
    const text = summary(rows, context)
    const folded = text.indexOf('<summary>990 succeeded</summary>')
    expect(text.indexOf('<code>t907</code>')).toBeLessThan(folded)
    expect(text.indexOf('<code>t999</code>')).toBeGreaterThan(folded)
    expect(text).not.toContain('mermaid')
    for (const { record } of rows) expect(text).toContain(`<code>${record.database}</code>`)
  })

  it.each(['plain_name', '@#:`'.repeat(32), '𝔘'.repeat(64)])(
    'is under 1 MiB with 1,000 failures of the longest kind, and counts what it leaves out: %s',
    (name) => {
      const long = '@:#|`'.repeat(2000)
      const row = failed(name)
      const rows = Array.from({ length: 1000 }, () => ({
        ...row,
        problem: { code: 'x', reason: long, remedy: long, evidence: Array.from({ length: 100 }, () => long) },
        record: { ...row.record, lastLines: Array.from({ length: 30 }, () => long), notes: [long], logNote: long },
      }))
      const warnings = Array.from({ length: 500 }, () => long)
      const text = summary(rows, {
        ...context,
        warnings,
        changes: warnings,
        launch: warnings,
        resultsFile: '/tmp/r.json',
      })
      expect(Buffer.byteLength(text)).toBeLessThan(MOST_SUMMARY_BYTES)
      expect(text).toMatch(/\d+ more that are not well did not fit here\. All results are in <code>/)
      expect(text).toContain('What was launched')
      expect(text).toMatch(/- and \d+ more, in the log of this step/)
      read(text)
    },
  )

  it('is under 1 MiB for 10,000 successes', () => {
    const text = summary(
      Array.from({ length: 10_000 }, (_, index) => succeeded(`tenant_${index}`)),
      context,
    )
    expect(Buffer.byteLength(text)).toBeLessThan(MOST_SUMMARY_BYTES)
    expect(text).toContain('All 10000 databases succeeded')
    expect(text).toMatch(/\d+ more did not fit here/)
  })
})
