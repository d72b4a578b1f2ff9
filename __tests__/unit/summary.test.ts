import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { marked, type Token, type Tokens } from 'marked'
import { API_ERRORS, ERROR_KINDS } from '../../src/explain/api-errors.ts'
import { EXIT_CODES } from '../../src/explain/exit-codes.ts'
import { explain } from '../../src/explain/explain.ts'
import { policyStatement } from '../../src/explain/explain-api-error.ts'
import { QUIET_FAILURES } from '../../src/explain/log/quiet-table.ts'
import { SIGNATURES } from '../../src/explain/log/table.ts'
import { lookAt } from '../../src/explain/next-steps.ts'
import { STOP_REASONS } from '../../src/explain/stop-reasons.ts'
import { whatItSaid } from '../../src/explain/what-it-said.ts'
import { code, link, list, paragraph, pre, prose, rowOf, tableOf } from '../../src/report/markdown.ts'
import type { ReportRow } from '../../src/report/row.ts'
import { MOST_SUMMARY_BYTES, type SummaryContext, summary } from '../../src/report/summary.ts'
import { oneLine, plain } from '../../src/text.ts'
import { readPage } from './readable.ts'
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

const cancelled = (database: string): ReportRow => ({
  record: recordOf({ kind: 'cancelled', signal: 'SIGTERM', left: false }, { database }),
})
const look = lookAt(succeeded().record, { cluster: 'production', region: 'eu-central-1' })
const policy = policyStatement({ action: 'iam:PassRole', resource: 'arn:aws:iam::123456789012:role/app' })

/** The page as a real parser of GitHub's markdown reads it: its top blocks. */
const blocksOf = (markdown: string): readonly Token[] => marked.lexer(markdown).filter(({ type }) => type !== 'space')

/** The only tags a page may hold. */
const ourTag =
  /<\/?(?:h2|h3|table|tr|th|td|p|b|ul|li|pre|code)>|<br>|<a href="https:\/\/[^\s"<>]+">|<\/a>|<details>|<\/details>|<\/?summary>/g
/** What GitHub would link or draw in a text that stands in no code: mentions, references, addresses, emoji. */
const linked = /[@#]|:\w+:|www\.|\/\/|\bGH-\d|\b[\da-f]{7,40}\b/i

/** Nothing on the page is read as markdown, no tag is a foreign one, and no text beside code is one that GitHub links. */
const problemsOf = (markdown: string): readonly string[] =>
  blocksOf(markdown).flatMap((block) => {
    if (block.type === 'code') return (block as Tokens.Code).lang === 'mermaid' ? [] : [block.raw]
    if (block.type !== 'html') return [block.raw]
    const beside = block.raw
      .replace(/<(pre|code)>[^<]*<\/\1>/g, '')
      .replace(/<a href="[^"]*">/g, '<a href="https://x">')
      .replace(ourTag, ' ')
    return /[<>]|&(?!(?:amp|lt|gt|quot|apos);)/.test(beside) || linked.test(beside) ? [beside] : []
  })

/** The lines of its `<pre>` blocks, as they are read. */
const preLines = (markdown: string): readonly (readonly string[])[] =>
  [...markdown.matchAll(/^<pre>\n([\s\S]*?)\n<\/pre>$/gm)].map(([, body = '']) => readPage(body).split('\n'))

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
    said: { reading: { kind: 'unknown', line: name }, line: reason },
    taskUrl: `https://${url}`,
    logUrl: url,
  }))

/** The same, in the words that its log makes of it. */
function explained({ record, ...row }: ReportRow): ReportRow {
  const said = whatItSaid(record, {})
  const problem = explain(record, { cluster: 'production', region: 'eu-central-1', said })
  return { ...row, record, ...(problem && { problem }), ...(said && { said }) }
}

describe('text from outside', () => {
  it('is inert as code, as prose, as a block and in a cell', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const page = [
          paragraph(code(text)),
          paragraph(prose(text)),
          tableOf(['a'], [rowOf([code(text), prose(text)])]),
          list([code(text), link('log', `https://${text}`)]),
          pre([text, text]),
        ]
        expect(problemsOf(page.join('\n\n'))).toEqual([])
        expect(blocksOf(page.join('\n\n'))).toHaveLength(page.length)
      }),
      { numRuns: 1_000 },
    )
  })

  it('reads as it was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(readPage(code(text))).toBe(oneLine(text))
        expect(readPage(prose(text))).toBe(oneLine(text))
        expect(preLines(pre([text]))).toEqual([plain(text).split('\n')])
      }),
    )
  })

  it.each([
    ['S3cr-et_pa.ss:word', '<code>S3cr-et_pa.ss:word</code>'],
    ['say "hi" to it\'s  two', `<code>say "hi" to it's  two</code>`],
    ['a < b "c" it\'s & more', '<code>a &lt; b &quot;c&quot; it&apos;s &amp; more</code>'],
    ['two\nlines', '<code>two lines</code>'],
  ])('is escaped as the runner escapes secrets, or not at all: %j', (text, html) => {
    expect(code(text)).toBe(html)
  })

  it('is read as prose in our sentences, words that GitHub could link as code', () => {
    expect(prose('Exit code 1, by @octocat (see #12): column "total" of order_line, (key \'id\'), sales.0011_x.')).toBe(
      'Exit code 1, by <code>@octocat</code> (see <code>#12):</code> column "total" of order_line, (key \'id\'), sales.0011_x.',
    )
    expect(prose('/tmp/x.sql: :tada: www.x 1234567 GH-1 a:b:c')).toBe(
      '/tmp/x.sql: <code>:tada: www.x 1234567 GH-1 a:b:c</code>',
    )
  })

  it.each([
    ['Check `database-name`, then (`environment` or `secrets`).', ['database-name', 'environment', 'secrets']],
    [`Look: \`${look}\`. MySQL: \`SHOW PROCESSLIST;\``, [look, 'SHOW PROCESSLIST;']],
    [`Add: \`${policy}\` (\`*\`), so`, [policy, '*']],
  ])('is code where we put it between backticks, and the punctuation is not: %s', (text, codes) => {
    const html = prose(text)
    expect([...html.matchAll(/<code>([^<]*)<\/code>/g)].map(([, code = '']) => readPage(code))).toEqual(codes)
    expect(readPage(html)).toBe(text.replaceAll('`', ''))
  })

  it('shows no backtick of any cause or remedy', () => {
    for (const { cause, remedy } of [
      ...SIGNATURES,
      ...QUIET_FAILURES,
      ...STOP_REASONS,
      ...EXIT_CODES,
      ...API_ERRORS,
      ...Object.values(ERROR_KINDS),
    ])
      expect(readPage(prose(`${cause} ${remedy}`))).not.toContain('`')
  })

  it.each(['`hunter.2`', '`database-name`x', '(`aws', 'x`,'])(
    'is not torn where a secret has backticks: %s',
    (secret) => {
      expect(prose(`the password ${secret} is wrong`)).toContain(`<code>${secret}</code>`)
    },
  )

  it('becomes a link only with https', () => {
    expect(link('log', 'javascript:alert(1)')).toBe('log')
    expect(link('log', 'https://x/"><script>')).toBe('log')
    expect(link('log', 'https://x/?a=1&b=2')).toBe('<a href="https://x/?a=1&amp;b=2">log</a>')
  })

  it.each(['`', ')', '"', '<', '&', "'", 'a-', '`aws ', '@', 'a', '::'])(
    'takes its time in proportion: %s',
    (piece) => {
      const text = piece.repeat(Math.ceil(300_000 / piece.length))
      const began = performance.now()
      for (const shown of [code(text), prose(text), pre([text])]) expect(shown.length).toBeGreaterThan(0)
      expect(performance.now() - began).toBeLessThan(5_000)
    },
  )
})

describe('the summary', () => {
  it('says the verdict first, then a row a database', () => {
    const lines = summary([succeeded('a'), failed('b'), skipped('c')], context).split('\n')
    expect(lines[0]).toBe('<h2>❌ 1 of 3 databases failed, 1 not attempted.</h2>')
    expect(
      lines
        .filter((line) => /^<tr><td>[✅❌⏭]/u.test(line))
        .map((line) => line.split('</td>').slice(0, 4).map(readPage)),
    ).toEqual([
      ['✅\u00a0a', 'succeeded', '52\u00a0s', 'task\u00a0·\u00a0log'],
      ['❌\u00a0b', 'failed, exit code 1', '52\u00a0s', ''],
      ['⏭️\u00a0c', 'skipped: a failed', '', ''],
    ])
  })

  it('names one database once, and one image once', () => {
    const count = (text: string, part: string | RegExp) => text.split(part).length - 1
    const one = summary([succeeded('shop')], context)
    expect(one).not.toMatch(/<table>|<h3>|^ +section/m)
    expect(count(one, '<code>shop</code>')).toBe(1)
    const many = summary([succeeded('a'), failed('b')], context)
    expect([count(many, 'sha256:'), count(one, 'sha256:')]).toEqual([1, 1])
    const other = { ...succeeded('c').record, task: { containers: [{ name: 'app', imageDigest: 'sha256:1' }] } }
    const differing = summary([succeeded('a'), { record: other }], context)
    expect(differing).toMatch(/<th>Image<\/th>[\s\S]*<code>sha256:1<\/code>/)
  })

  it('has the end of each log, folded, of up to ten databases', () => {
    const lines = Array.from({ length: 80 }, (_, index) => `line ${index}`)
    const row = (database: string): ReportRow => {
      const { record } = succeeded(database)
      return { record: { ...record, lineCount: 214, lastLines: lines } }
    }
    const text = summary(
      Array.from({ length: 10 }, (_, index) => row(`t${index}`)),
      context,
    )
    expect(text).toContain(
      '<summary>Log of <code>t9</code>: the last 30 of 214 lines, read until <code>03:00:57 UTC</code></summary>',
    )
    expect(preLines(text).filter((block) => block.includes('line 79'))).toEqual(
      Array.from({ length: 10 }, () => lines.slice(50)),
    )
    const more = Array.from({ length: 11 }, (_, index) => row(`t${index}`))
    expect(summary(more, context)).not.toContain('line 79')
  })

  it.each([
    [[succeeded()], 'steps.ID.outputs.log-file }}'],
    [[succeeded('a'), failed('b')], 'runner.temp }}/run-ecs-migration-*/'],
  ])('says how to keep the whole log, whose file ends with the job', (rows, path) => {
    const text = summary(rows, context)
    expect(preLines(text).flat()).toContain(`    path: \${{ ${path}`)
    expect(text).not.toContain('/tmp/log')
  })

  it('says of a failure why, what to do, the last lines, the evidence, and until when the log was read', () => {
    const text = summary([failed('shop')], context)
    expect(text.split('\n')).toEqual(
      expect.arrayContaining([
        '<h2>❌ <code>shop</code>: failed, container exited with 1 after 52 s.</h2>',
        '<p><b>Why:</b> It failed.</p>',
        '<p><b>What to do:</b> Mend it.</p>',
        '<p>To run it again: after a fix in code start a new run, for a re-run keeps the commit.</p>',
        '<p>Log: all 3 lines, read until <code>03:01:04 UTC</code>:</p>',
      ]),
    )
    expect(preLines(text)[0]).toEqual(['one', 'two', 'boom'])
    expect(text).toContain('<li><code>Stop code: X')
  })

  it('says once how to run it again', () => {
    const row = failed('shop')
    const remedy = 'Correct it, and start a new run, since a re-run keeps the commit.'
    const said = { ...row, problem: { code: 'syntax', reason: 'Bad.', remedy } }
    for (const rows of [[row], [said], [row, failed('b')]]) {
      expect(summary(rows, context).match(/keeps the commit/g)).toHaveLength(1)
    }
    expect(summary([cancelled('a')], context)).not.toContain('keeps the commit')
  })

  it('has of a long traceback the frames of the application, and says how many lines of libraries it leaves out', () => {
    const library = Array.from({ length: 30 }, (_, at) => [
      `  File "/usr/lib/python3.12/site-packages/django/x${at}.py", line ${at}, in f`,
      '    return self.g(',
    ])
    const own = ['  File "/app/manage.py", line 7, in main', '    execute()']
    const lastLines = ['Traceback (most recent call last):', ...own, ...library.flat(), 'ValueError: boom']
    const { record } = failed('shop')
    const text = summary([{ record: { ...record, lineCount: 214, lastLines } }], context)
    expect(text).toContain('<p>Log: the last 64 of 214 lines without those of libraries, read until ')
    expect(preLines(text)[0]).toEqual([lastLines[0], ...own, '    … 60 lines in libraries', 'ValueError: boom'])
  })

  it.each([
    [{ lineCount: 3 }, 'Log: all 3 lines, read until <code>03:01:04 UTC</code>:'],
    [{ lineCount: 45 }, 'Log: the last 3 of 45 lines, read until <code>03:01:04 UTC</code>:'],
    [
      { lineCount: 3, logNote: 'The log was not read to its end.' },
      'Log: the 3 lines read until <code>03:01:04 UTC</code>:',
    ],
    [
      { lineCount: 9, logNote: 'The log was still growing.' },
      'Log: the last 3 of the 9 lines read until <code>03:01:04 UTC</code>:',
    ],
    [{ lineCount: 1, lastLines: ['boom'] }, 'Log: the only line, read until <code>03:01:04 UTC</code>:'],
    [
      { lineCount: 1, lastLines: ['boom'], logNote: 'The log was not read to its end.' },
      'Log: the 1 line read until <code>03:01:04 UTC</code>:',
    ],
  ])('never says how long a log is that was not read whole: %j', (more, title) => {
    const row = failed('shop')
    expect(summary([{ ...row, record: { ...row.record, ...more } }], context)).toContain(`<p>${title}</p>`)
  })

  it('says in the row of each of several databases how long its container may run on', () => {
    const row = { ...cancelled('b'), runsOnSeconds: 45 }
    expect(summary([succeeded('a'), row], context)).toMatch(
      /<td>cancelled, and its container may run on for up to 45 s</,
    )
  })

  it.each([
    [{ kind: 'dry-run' } as const, 'What would be launched'],
    [{ kind: 'skipped', because: { kind: 'cancelled' } } as const, 'What was to be launched'],
  ])('does not call launched what was not: %j', (outcome, title) => {
    const { task: _, ...record } = succeeded().record
    const text = summary([{ record: { ...record, outcome } }], context)
    expect(text).toContain(title)
    expect(text).not.toContain('What was launched')
  })

  const again =
    'To run all 4 again is as good where the command skips what is applied already, as tools with a history table do. After a fix in the data or the account, “Re-run failed jobs” does that; after a fix in code start a new run'
  it.each([
    [
      [succeeded('a'), failed('b'), succeeded('c'), skipped('d')],
      `2 of 4. Fix what failed, then run it for these: as a list where the input takes one, else one by one. ${again}`,
      'b, d',
    ],
    [
      [succeeded('a'), succeeded('b'), failed('c'), succeeded('d')],
      `1 of 4. Fix what failed, then run it for this one. ${again}`,
      'c',
    ],
    [[succeeded('a'), cancelled('b'), skipped('d'), skipped('e')], `3 of 4. Run it for these: as a list`, 'b, d, e'],
    [
      [failed('a'), skipped('b')],
      '2 of 2. Fix what failed, then run it again. After a fix in the data or the account, “Re-run failed jobs” does that; after a fix in code start a new run, for a re-run keeps the commit.</p>',
      'a, b',
    ],
  ])(
    'has right below the table which databases are still to do, and how, for a list and for a choice',
    (rows, text, names) => {
      const [, below = ''] = summary(rows, context).split('</table>\n')
      expect(below.trimStart().slice(0, '<p>Still to do: '.length + text.length)).toBe(`<p>Still to do: ${text}`)
      expect(preLines(below)[0]).toEqual([names])
    },
  )

  it('names nothing to do where all succeeded, nor of a single database', () => {
    for (const fine of [[succeeded('a'), succeeded('b')], [failed('a')]])
      expect(summary(fine, context)).not.toContain('Still to do')
  })

  it('distinguishes the steps of a job by the command in the heading', () => {
    const command = 'node check.js --all'
    const heading = (rows: readonly ReportRow[]) => summary(rows, context).split('\n')[0]
    expect(heading([{ ...failed('a'), command }])).toMatch(
      /^<h2>❌ <code>node check\.js --all<\/code> · <code>a<\/code>: failed, /,
    )
    expect(
      heading([
        { ...succeeded('a'), command },
        { ...succeeded('b'), command },
      ]),
    ).toBe('<h2>✅ <code>node check.js --all</code> · All 2 databases succeeded.</h2>')
  })

  it('says what was launched, folded', () => {
    const blocks = preLines(summary([succeeded()], context))
    expect(blocks.at(-2)).toEqual([
      'cluster: production, in eu-central-1',
      'image: shop:2',
      'cloned from: arn:aws:ecs:eu-central-1:123456789012:task-definition/shop:41',
      'subnets: subnet-1, subnet-2',
      'security groups: sg-1',
      'public IP: no',
    ])
    expect(blocks.at(-1)).toEqual(['container app: image: shop:1 → shop:2'])
  })

  it('tears no word where it cuts', () => {
    const word = `S3cr-${'et_'.repeat(40)}pa.ss:word`
    for (const fill of [120, 470, 480, 970, 980, 1970, 1980, 3970, 3980]) {
      const text = `${'x '.repeat(fill / 2)}${word} ${'y '.repeat(5000)}`
      const problem = { code: 'x', reason: text, remedy: text, evidence: [text] }
      const row = failed(word, { problem })
      const record = { ...row.record, lastLines: [text], notes: [text], logNote: text }
      const page = summary([{ ...row, record }], { ...context, warnings: [text], changes: [text] })
      expect(page.replaceAll(word, '')).not.toMatch(/S3cr|et_|pa\.ss/)
    }
  })

  it('says where a text without white space is too long to show', () => {
    const long = 'x'.repeat(40_000)
    const row = failed('shop', { problem: { code: 'x', reason: long, remedy: 'Mend it.', evidence: [long] } })
    const page = summary([{ ...row, record: { ...row.record, lastLines: ['before', long] } }], context)
    expect(page).not.toContain('xxx')
    expect(preLines(page)[0]).toEqual(['before', '(too long to show here; the log of this step has it)'])
  })

  it('marks an unknown outcome as neither good nor bad', () => {
    const row = { record: recordOf({ kind: 'unknown', cause: 'missing' }) } as const
    expect(summary([row], context).split('\n')[0]).toBe('<h2>❓ <code>shop</code>: not known.</h2>')
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
        expect(problemsOf(summary(rows, hostile))).toEqual([])
        expect(problemsOf(summary(rows.map(explained), hostile))).toEqual([])
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
      expect(text).toMatch(
        /\d+ more that did not succeed did not fit here\. The file of the output <code>results-file<\/code> has all/,
      )
      expect(text).toContain('What was launched')
      expect(text).toMatch(/<li>and \d+ more, in the log of this step/)
      expect(problemsOf(text)).toEqual([])
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
