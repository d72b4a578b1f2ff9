import { describe, expect, test } from '@jest/globals'
import { logPrinter, type PrintOptions } from '../../local/runner/print.ts'
import { summaryText } from '../../local/runner/summary-text.ts'

const printed = (lines: readonly string[], options: Partial<PrintOptions> = {}): string[] => {
  const shown: string[] = []
  const print = logPrinter({ write: (line) => shown.push(line), ...options })
  for (const text of lines) print({ text, at: Date.UTC(2026, 10, 22, 3, 4, 5, 678) })
  return shown
}

describe('a log as GitHub shows it', () => {
  const log = [
    '##[group]Title',
    'inside',
    '##[error]broken',
    '##[endgroup]',
    '##[warning]odd',
    '##[notice]so',
    'x ##[error]y',
  ]

  test('annotations by their names, groups folded', () => {
    expect(printed(log)).toEqual(['▶ Title', 'Warning: odd', 'Notice: so', 'x ##[error]y'])
  })

  test('groups unfolded: set in', () => {
    expect(printed(log, { unfolded: true })).toEqual([
      '▼ Title',
      '  inside',
      '  Error: broken',
      'Warning: odd',
      'Notice: so',
      'x ##[error]y',
    ])
  })

  test('a group ends where the next begins', () => {
    const groups = ['##[group]a', 'b', '##[group]c', 'd', '##[endgroup]', 'e']
    expect(printed(groups)).toEqual(['▶ a', '▶ c', 'e'])
    expect(printed(groups, { unfolded: true })).toEqual(['▼ a', '  b', '▼ c', '  d', 'e'])
  })

  test('in colour', () => {
    expect(printed(['##[error]broken', 'plain'], { colour: true })).toEqual([
      '\u001b[31mError: broken\u001b[0m',
      'plain',
    ])
  })

  test('with the time', () => {
    expect(printed(['plain'], { timestamps: true })).toEqual(['2026-11-22T03:04:05.678Z plain'])
  })
})

describe('a job summary as text', () => {
  test('tags and entities are undone, details folded, tables in columns', () => {
    const markdown = [
      '## ✅ a&#95;b&#58; <code>x</code> &amp; **y** [link](https://x)',
      '',
      '| Name | Code |',
      '|:--|--:|',
      '| long&nbsp;name | 0 |',
      '',
      'one<br>two',
      '<details><summary>More</summary>',
      '',
      '```',
      'hidden',
      '```',
      '<details><summary>Inner</summary>x</details>',
      '</details>',
      '- item',
    ]
    expect(summaryText(markdown.join('\n')).split('\n')).toEqual([
      '✅ a_b: x & y link',
      '',
      'Name        Code',
      'long name   0',
      '',
      'one',
      'two',
      '▸ More',
      '• item',
    ])
  })

  test('code stays as it is', () => {
    expect(summaryText('```\n| a | &amp; **b**\n```')).toBe('| a | &amp; **b**')
  })

  test('a timeline becomes bars on one scale', () => {
    const chart = [
      '```mermaid',
      'gantt',
      '  dateFormat YYYY-MM-DD HH:mm:ss.SSS',
      '  section db',
      '    a 1 s :2000-01-01 03:12:05.000, 2000-01-01 03:12:06.000',
    ]
    const text = summaryText(
      [...chart, '    b 3 s :crit, 2000-01-01 03:12:06.000, 2000-01-01 03:12:09.000', '```'].join('\n'),
    )
    expect(text.split('\n')).toEqual([
      'db',
      `  a 1 s  ${'█'.repeat(10)}`,
      `  b 3 s  ${' '.repeat(10)}${'█'.repeat(30)}`,
    ])
  })
})
