import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { interpretOutput, type StepOutputOptions } from '../../local/runner/step-output.ts'

const read = (lines: readonly string[], options?: StepOutputOptions) => {
  const { output, aborted } = interpretOutput(`${lines.join('\n')}\n`, options)
  return {
    lines: output.lines,
    annotations: output.annotations.map(({ type, message }) => `${type}: ${message}`),
    outputs: { ...output.outputs.all },
    state: { ...output.state.all },
    env: { ...output.env },
    path: output.path,
    masks: output.masks.added,
    failed: output.failed,
    aborted,
  }
}

describe('what a step prints', () => {
  test('plain lines are the log', () => {
    expect(read(['a', '', ' b'])).toMatchObject({ lines: ['a', '', ' b'], annotations: [], failed: false })
  })

  test('annotations are shown in the log under their type', () => {
    const { lines, annotations } = read([
      '::error title=T::one%0Atwo',
      '##[warning]three',
      '::notice file=a,line=2::four',
    ])
    expect(lines).toEqual(['##[error]one', 'two', '##[warning]three', '##[notice]four'])
    expect(annotations).toEqual(['error: one\ntwo', 'warning: three', 'notice: four'])
  })

  test('only 10 annotations of a type count, each of 4,096 characters', () => {
    const { lines, annotations } = read([...Array(12).fill(`::warning::${'x'.repeat(5000)}`), '::error::y'])
    expect(annotations.map((text) => text.length)).toEqual([
      ...Array(10).fill('warning: '.length + 4096),
      'error: y'.length,
    ])
    expect(lines).toHaveLength(13)
    expect(lines[11]).toBe(`##[warning]${'x'.repeat(4096)}`)
  })

  test('the old commands still set outputs and state, with a warning', () => {
    const run = read(['::set-output name=a::1', '::set-output name=A::2', '::save-state name=__proto__::3'])
    expect(run.outputs).toEqual({ a: '2' })
    expect(Object.keys(run.state)).toEqual(['__proto__'])
    expect(run.annotations).toHaveLength(3)
    expect(run.annotations[0]).toMatch(/^warning: The `set-output` command is deprecated/)
    expect(run.failed).toBe(false)
  })

  test.each([
    ['::set-env name=a::b', 'The `set-env` command is disabled.'],
    ['text ##[add-path]/tmp', 'The `add-path` command is disabled.'],
    ['::set-output::b', "Required field 'name' is missing in ##[set-output] command."],
    ['::echo::maybe', "Invalid echo command value. Possible values can be: 'on', 'off'. Current value is: 'maybe'."],
    ['::add-matcher::/no/such/file.json', 'ENOENT'],
  ])('%s fails the step', (line, message) => {
    const { annotations, failed, env, path } = read([line])
    const errors = annotations.filter((text) => text.startsWith('error: '))
    expect(failed).toBe(true)
    expect(errors[0]).toBe(`error: Unable to process command '${line}' successfully.`)
    expect(errors[1]).toContain(message)
    expect([env, path]).toEqual([{}, []])
  })

  test('set-env and add-path act where they were opted into', () => {
    const { env, path, failed } = read(['::set-env name=a::b', '::add-path::/x', '::set-env name=node_options::c'], {
      env: { ACTIONS_ALLOW_UNSECURE_COMMANDS: 'TRUE' },
    })
    expect({ env, path, failed }).toEqual({ env: { a: 'b' }, path: ['/x'], failed: false })
  })

  test('masks hide a value, its lines and its encoded forms from then on', () => {
    const secret = 'pass"word\nsecond'
    const { lines, masks } = read([
      'pass"word',
      `::add-mask::${secret.replace('\n', '%0A')}`,
      'pass"word pass\\"word second',
      Buffer.from('user:pass"word').toString('base64'),
      '::error::second',
    ])
    expect(masks).toEqual([secret, 'pass"word', 'second'])
    expect(lines[0]).toBe('pass"word')
    expect(lines[1]).toBe('*** *** ***')
    expect(lines[2]).not.toContain(Buffer.from('word').toString('base64'))
    expect(lines[3]).toBe('##[error]***')
  })

  test.each([
    ['a&b<c>"d"\'e\'', 'a&amp;b&lt;c&gt;&quot;d&quot;&apos;e&apos;', '***'],
    ['first&second&third-part', 'first&second& and third-part', '*** and ***'],
    ['first&+second-part', 'first&+ and econd-part', '*** and ***'],
    ['S3cr-et_pa.ss', 'S3cr&#45;et&#95;pa.ss S3cr-\u200bet_pa.ss', 'S3cr&#45;et&#95;pa.ss S3cr-\u200bet_pa.ss'],
  ])('of %j the forms that the runner knows are hidden, and no others: %j', (secret, line, shown) => {
    expect(read([`::add-mask::${secret}`, line]).lines).toEqual([shown])
  })

  test('hide nothing in the title of an annotation, as the runner does', () => {
    const { annotations } = interpretOutput('::add-mask::s3cr3t\n::error title=of s3cr3t::in s3cr3t\n').output
    expect(annotations).toEqual([{ type: 'error', message: 'in ***', properties: { title: 'of s3cr3t' } }])
  })

  test('an empty mask is only warned of', () => {
    expect(read(['::add-mask:: ', 'text'])).toMatchObject({
      masks: [],
      lines: [expect.stringMatching(/^##\[warning\]/), 'text'],
    })
  })

  test('groups are in the log, and echo shows the commands themselves', () => {
    const { lines } = read(['::group::a', '::echo::on', '::endgroup::b', '::error::c', '::echo::off', '::endgroup::'])
    expect(lines).toEqual(['##[group]a', '::endgroup::b', '##[endgroup]', '##[error]c', '::echo::off', '##[endgroup]'])
  })

  test('debug messages are shown in debug mode only', () => {
    expect(read(['::debug::a%0Ab']).lines).toEqual([])
    expect(read(['::debug::a%0Ab'], { debug: true }).lines).toEqual(['##[debug]a', '##[debug]b'])
  })

  test('between stop-commands and its token nothing acts, and the token is hidden', () => {
    const run = read([
      '::stop-commands::secret-token',
      '::error::a',
      '##[set-output name=a]b',
      '::secret-token::',
      '::error::c',
    ])
    expect(run.annotations).toEqual(['error: c'])
    expect(run.outputs).toEqual({})
    expect(run.lines).toEqual(['::stop-commands::***', '::error::a', '##[set-output name=a]b', '::***::', '##[error]c'])
  })

  test('a refused token ends the reading and fails the step', () => {
    const run = read(['::stop-commands::debug', '::set-output name=a::b'])
    expect(run).toMatchObject({ aborted: true, failed: true, outputs: {} })
    expect(run.annotations[0]).toMatch(/^error: You cannot use a endToken/)
  })

  test("the runner's own markers are defused", () => {
    expect(read(['x ##[start-action display=a]', '##[end-action]']).lines).toEqual([
      'x ##[\\start-action display=a]',
      '##[\\end-action]',
    ])
  })
})

describe('problem matchers', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'matchers-'))
    const single = {
      owner: 'one',
      severity: 'warning',
      pattern: [{ regexp: '^(\\w+):(\\d+) bad (.+)$', file: 1, line: 2, message: 3 }],
    }
    const several = {
      owner: 'two',
      pattern: [
        { regexp: '^== (\\S+)$', file: 1 },
        { regexp: '^  (\\d+) (notice|error) (.+)$', line: 1, severity: 2, message: 3, loop: true },
      ],
    }
    writeFileSync(join(folder, 'matchers.json'), JSON.stringify({ problemMatcher: [single, several] }))
    writeFileSync(
      join(folder, 'broken.json'),
      JSON.stringify({ problemMatcher: [{ owner: 'three', pattern: [{ regexp: 'a' }] }] }),
    )
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const annotationsOf = (lines: readonly string[]) => {
    const { output } = interpretOutput(lines.join('\n'), { workspace: folder })
    return output.annotations
  }

  test('turn plain lines into annotations, also while commands are stopped', () => {
    expect(
      annotationsOf(['::add-matcher::matchers.json', '::stop-commands::t', 'sql:7 bad thing', 'x sql:7 bad thing']),
    ).toEqual([{ type: 'warning', message: 'thing', properties: { file: 'sql', line: '7' } }])
  })

  test('over several lines, the last of which may repeat', () => {
    const found = annotationsOf([
      '::add-matcher::matchers.json',
      '== a.sql',
      '  1 error x',
      '  2 notice y',
      '-',
      '  3 error z',
    ])
    expect(found).toEqual([
      { type: 'error', message: 'x', properties: { file: 'a.sql', line: '1' } },
      { type: 'notice', message: 'y', properties: { file: 'a.sql', line: '2' } },
    ])
  })

  test.each([['::remove-matcher owner=ONE::'], ['::remove-matcher::matchers.json']])('are gone after %s', (line) => {
    expect(annotationsOf(['::add-matcher::matchers.json', line, 'sql:7 bad thing'])).toEqual([])
  })

  test('a file that says too little fails the step', () => {
    const { output } = interpretOutput('::add-matcher::broken.json', { workspace: folder })
    expect(output.failed).toBe(true)
    expect(output.annotations[1]?.message).toBe("At least one pattern must set 'message'")
  })
})
