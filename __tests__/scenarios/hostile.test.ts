/** Whatever a container, a stop reason or a name says, it is text: it commands nothing. */
import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { containerRuns, inEachContainer, openWorld, type StepEvidence } from '../faults/stage.ts'
import { leaks, masked, readPage, secretText } from '../unit/readable.ts'
import { scenario } from './scenario.ts'

const examples: readonly string[] = [
  '::set-output name=outcome::succeeded',
  '::save-state name=run::{"cluster":"evil"}',
  '::error::forged',
  '   ::warning title=forged::indented',
  '\ufeff::error::after a byte order mark',
  'progress 10 %\r::error::after a carriage return',
  'before\u2028::error::after U+2028',
  'in the middle ##[set-output name=a]b',
  '##[error]forged',
  '##[group]forged',
  '::stop-commands::mine',
  '::mine::',
  '::add-mask::migrated',
  '::add-path::/tmp/evil',
  '::set-env name=NODE_OPTIONS::--require=/tmp/evil.js',
  '::echo::on',
  '::ADD-MATCHER::/tmp/matcher.json',
  '::debug::x%0A::error::y',
  '\u001b[31mred\u001b[0m and \u0000 NUL \u0007 bell',
  'GITHUB_OUTPUT<<EOF',
  `${'long '.repeat(50_000)}::error::at the end of 250 kB`,
  '::',
  '##[',
  ':::error::',
  '\u0085::error::next line',
  '\u000b::error::vertical tab',
]

/** Words that the runner's rules are about, in any order. */
const fuzz = fc.array(
  fc.oneof(
    fc.constantFrom(
      '::',
      '##[',
      ']',
      '\r',
      '\t',
      ' ',
      '\u2028',
      '\ufeff',
      '%0A',
      'error',
      'set-output',
      'stop-commands',
      ' name=a',
      '::error::x',
      '##[add-path]/x',
      '\u001b[0m',
      'E',
      ':',
    ),
    fc.string({ unit: 'binary', maxLength: 6 }),
  ),
  { minLength: 1, maxLength: 12 },
)

const fuzzed = (seed: number): readonly string[] =>
  fc.sample(fuzz, { numRuns: 1_500, seed }).map((parts) => parts.join('').replaceAll('\n', ''))

/** What the runner made of the step is what the step alone said. */
function expectUnmoved({ run }: StepEvidence): void {
  expect(run.env).toEqual({})
  expect(run.path).toEqual([])
  expect(run.matchers).toEqual([])
  expect(run.outputs.outcome).toBe('succeeded')
  expect(Object.keys(run.state).sort()).toEqual(['done', 'launch-0', 'registering', 'run'])
  expect(run.annotations).toEqual([])
  expect(JSON.parse(run.state.run ?? '')).toMatchObject({ cluster: 'default' })
  // The only values hidden are tokens of stop-commands.
  for (const mask of run.masks) expect(mask).toMatch(/^[0-9a-f-]{36}$/)
}

/** The page without what stands in code, where no tag is. */
const markupOf = ({ summary = '' }: StepEvidence['run']): string =>
  summary.replace(/<(code|pre)>[^<]*<\/\1>/g, '').replace(/^```mermaid\n[\s\S]*?^```$/m, '')

scenario('hostile output', {
  about: 'Every trick in the book, and none works.',
  container: 'cat hostile.txt',
  files: { 'hostile.txt': Buffer.concat([Buffer.from(`${examples.join('\n')}\n`), Buffer.from([0xff, 0xfe, 0x0a])]) },
  approved: false,
  check: expectUnmoved,
})

scenario('commands are off while a container speaks', {
  about: 'Two guards, not one: what looks like a command is broken, and commands are switched off besides.',
  container: 'echo "Applying 0001_initial"',
  approved: false,
  check: ({ run }) => {
    const obeyed = run.commands.map(({ name }) => name)
    const off = obeyed.indexOf('stop-commands')
    expect(off).toBeGreaterThan(-1)
    expect(run.lines.findIndex(({ text }) => text.startsWith('::stop-commands::'))).toBeLessThan(
      run.lines.findIndex(({ text }) => text === 'Applying 0001_initial'),
    )
  },
})

const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31))

scenario('fuzzed output', {
  about: `1,500 lines made of what the runner's rules are about. FUZZ_SEED=${seed} makes the same ones.`,
  container: 'cat hostile.txt',
  files: { 'hostile.txt': `${fuzzed(seed).join('\n')}\n` },
  approved: false,
  check: (step) => {
    try {
      expectUnmoved(step)
    } catch (error) {
      throw new Error(`with FUZZ_SEED=${seed}`, { cause: error })
    }
  },
})

const hostileReason =
  'stopped\n::error::forged\n##[set-output name=a]b\n| table | `code` <script>alert(1)</script> [x](javascript:alert(1))\nEOF\nghadelimiter_1'

scenario('a hostile stop reason', {
  about: 'Whoever may call StopTask chooses a text that is shown everywhere.',
  container: 'trap "exit 143" TERM; sleep 60 & wait',
  events: [
    {
      when: containerRuns,
      after: 1_000,
      happens: (aws) =>
        aws.stopFromOutside(aws.containers[0]?.taskArn ?? '', { stopCode: 'UserInitiated', reason: hostileReason }),
    },
  ],
  approved: false,
  check: ({ run }) => {
    expect(run.outputs['stopped-reason']).toBe(hostileReason)
    expect(run.outputs).not.toHaveProperty('a')
    expect(run.annotations.map(({ message }) => message)).not.toContain('forged')
    expect(markupOf(run)).not.toMatch(/<script>|\]\(javascript:/)
  },
})

const hostileName = 'a](javascript:alert(1))|<script>x</script>`%0A::error::x##[group]y<<EOF'

scenario('a hostile database name', {
  about: 'A name may hold anything but white space, commas and control characters.',
  container: 'echo "$DATABASE_NAME"',
  inputs: { 'database-name': hostileName },
  approved: false,
  check: ({ run }, { containers }) => {
    expect(containers[0]?.environment.DATABASE_NAME).toBe(hostileName)
    expect(run.outputs.outcome).toBe('succeeded')
    expect(run.annotations).toEqual([])
    expect(markupOf(run)).not.toMatch(/<script>|\]\(javascript:/)
  },
})

/** What the step itself printed, without the runner's own heading, which shows the inputs as the workflow gives them. */
const ownWords = ({ run }: StepEvidence): string => {
  const texts = run.lines.map(({ text }) => text)
  return texts.slice(texts.indexOf('##[endgroup]') + 1).join('\n')
}

const secrets = fc
  .sample(secretText, { numRuns: 40, seed })
  .filter((secret) => !/##\[\w+\]|,/.test(secret))
  .concat('S3cr-et_pa.ss:word', 'ghs_SuperSecretTokenValue123', 'a&b<c>"d"\'e\'')
/** At each limit at which a line could be broken or a text cut. */
const talkative = (secret: string): readonly string[] => [
  secret,
  `password ${secret} refused`,
  `${'x'.repeat(4_096 - secret.length / 2)}${secret} tail`,
  `${'word '.repeat(100)}${secret}`,
]

scenario('secrets that GitHub knows', {
  about: `What the runner hides in the log it hides in all that the step writes. FUZZ_SEED=${seed} makes the same secrets.`,
  container: 'cat secrets.txt; exit 1',
  files: { 'secrets.txt': `${secrets.flatMap(talkative).join('\n')}\n` },
  inputs: {
    'database-name': secrets.slice(0, 3).join('\n'),
    'fail-fast': 'false',
    'environment-variables': `A=${secrets[3]}`,
  },
  runner: { secrets, debug: true },
  approved: false,
  check: (step) => {
    const { run } = step
    expect(run.outputs.outcome).toBe('failed')
    expect(run.annotations.length).toBeGreaterThan(0)
    const shown = {
      log: ownWords(step),
      summary: readPage(run.summary ?? ''),
      annotations: JSON.stringify(run.annotations),
      outputs: masked(Object.values(run.outputs).join('\n'), secrets),
      state: masked(Object.values({ ...run.state, ...run.post?.state }).join('\n'), secrets),
    }
    for (const [where, text] of Object.entries(shown)) expect([where, leaks(text, secrets)]).toEqual([where, []])
  },
})

scenario('a dry run for a secret name', {
  about: 'What AWS’s rules make of a name is not shown: GitHub would not find the secret in it.',
  inputs: { 'database-name': 'S3cr-et_pa.ss:word(7)', 'dry-run': 'true' },
  runner: { secrets: ['S3cr-et_pa.ss:word(7)'] },
  approved: false,
  check: (step) => {
    const shown = [ownWords(step), readPage(step.run.summary ?? '')].join('\n')
    expect(leaks(shown, ['S3cr-et_pa.ss:word(7)'])).toEqual([])
    expect(shown).toContain('"startedBy": "(the name of the database, as AWS allows it)"')
  },
})

test('what the step leaves on the runner is for its owner alone', async () => {
  const world = await openWorld({ scale: 5, container: 'echo Applied' })
  try {
    const { run } = await world.run({})
    const files = [run.outputs['log-file'] ?? '', run.outputs['results-file'] ?? '']
    expect(files.map((path) => statSync(path).mode & 0o777)).toEqual([0o600, 0o600])
    expect(statSync(dirname(files[0] ?? '')).mode & 0o777).toBe(0o700)
  } finally {
    await world.close()
  }
}, 60_000)

scenario('a database named by a URL', {
  about: 'The name stands before every line, and holds a password.',
  container: 'echo Applied; exit 1',
  inputs: {
    'database-name': 'postgres://app:hunter2@db/one\ntwo',
    'fail-fast': 'false',
  },
  approved: false,
  check: (step) => {
    const { outputs, annotations, summary = '' } = step.run
    const everything = [ownWords(step), summary, JSON.stringify(annotations), JSON.stringify(outputs)].join('\n')
    expect(everything).not.toMatch(/hunter2/)
    expect(everything).toContain('[***] Applied')
  },
})

scenario('a value that AWS quotes', {
  about: 'The step knows the values of environment-variables, and stars them in what AWS says.',
  container: 'trap "exit 143" TERM; sleep 60 & wait',
  inputs: { 'environment-variables': 'API_KEY=s3cr3t-of-ours\nSTAGE=us-east-1' },
  events: [
    {
      when: containerRuns,
      after: 500,
      happens: (aws) =>
        aws.stopFromOutside(aws.containers[0]?.taskArn ?? '', {
          stopCode: 'UserInitiated',
          reason: "Value 's3cr3t-of-ours' at jdbc:mysql://db/shop?user=a&password=hunter2 in us-east-1",
        }),
    },
  ],
  approved: false,
  check: (step) => {
    const { outputs, annotations, summary = '' } = step.run
    const everything = [ownWords(step), summary, JSON.stringify(annotations), JSON.stringify(outputs)].join('\n')
    expect(everything).not.toMatch(/s3cr3t-of-ours|hunter2/)
    expect(outputs['stopped-reason']).toBe('Value *** at *** in us-east-1')
  },
})

const lineOf240kB = 'x://a:b://c://c'.repeat(16_000)

scenario('lines of 240 kB without white space', {
  about: 'Thirty of them swallow neither verdict, annotation nor summary, and none of their text is lost.',
  container: 'cat long.txt; exit 1',
  files: { 'long.txt': `${lineOf240kB}\n`.repeat(30) },
  approved: false,
  check: ({ run }) => {
    expect(run.outputs.outcome).toBe('failed')
    expect(run.annotations).toHaveLength(1)
    expect(run.summary).toContain('too long to show here')
    const pieces = run.lines.map(({ text }) => text).filter((text) => /^[x:/abc]{1000,}$/.test(text))
    expect(pieces.join('')).toBe(lineOf240kB.repeat(30))
    expect(run.durationMs).toBeLessThan(30_000)
  },
})

scenario('no secret is added to any output', {
  about: 'With RUNNER_DEBUG on, and a failure: variables are shown by name, passwords in URLs are starred.',
  container: 'echo "cannot connect" >&2; exit 2',
  definition: inEachContainer({
    environment: [{ name: 'DATABASE_NAME', value: '0ld-value' }],
  }),
  inputs: {
    'environment-variables': 'API_KEY=s3cr3t-of-ours\nDATABASE_URL=postgres://admin:hunter2@db.internal/{database}',
    command: '["sh","-c","echo cannot connect to postgres://admin:hunter2@db; exit 2"]',
  },
  runner: { debug: true },
  approved: false,
  check: ({ run, logFiles }, { logs }) => {
    const said = new Set([...logs.values()].flat())
    const texts = run.lines.map(({ text }) => text)
    const shown = texts.slice(texts.indexOf('##[endgroup]') + 1).filter((text) => !said.has(text))
    const everything = [
      ...shown,
      JSON.stringify(run.outputs),
      JSON.stringify(run.annotations),
      JSON.stringify(run.state),
    ]
    const summary = (run.summary ?? '').replaceAll([...said][0] ?? '', '')
    expect([...everything, summary].join('\n')).not.toMatch(/s3cr3t-of-ours|hunter2|0ld-value|local-secret-access-key/)
    expect(summary).toContain('variable DATABASE_NAME: now shop_prod (old value not shown)')
    expect([...logFiles.values()].join('')).toContain('cannot connect')
  },
})
