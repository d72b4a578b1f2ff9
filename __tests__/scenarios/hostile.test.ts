/** Whatever a container, a stop reason or a name says, it is text: it commands nothing. */
import { expect } from '@jest/globals'
import fc from 'fast-check'
import { containerRuns, type StepEvidence } from '../faults/stage.ts'
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
  expect(Object.keys(run.state).sort()).toEqual(['done', 'launch-0', 'launches', 'run'])
  expect(run.annotations).toEqual([])
  expect(JSON.parse(run.state.run ?? '')).toMatchObject({ cluster: 'default' })
  // The only values hidden are tokens of stop-commands.
  for (const mask of run.masks) expect(mask).toMatch(/^[0-9a-f-]{36}$/)
}

/** Without blocks of code, in which nothing is markup. */
const markupOf = ({ summary = '' }: StepEvidence['run']): string => summary.replace(/^(```+)\w*\n[\s\S]*?^\1$/gm, '')

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
  container: 'sleep 60',
  definition: (definition) => ({
    ...definition,
    containerDefinitions: definition.containerDefinitions?.map((container) => ({ ...container, stopTimeout: 2 })),
  }),
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

scenario('no secret is added to any output', {
  about: 'With RUNNER_DEBUG on, and a failure: variables are shown by name, passwords in URLs are starred.',
  container: 'echo "cannot connect" >&2; exit 2',
  inputs: {
    'environment-variables': 'API_KEY=s3cr3t-of-ours\nDATABASE_URL=postgres://admin:hunter2@db.internal/{database}',
    command: '["sh","-c","echo cannot connect to postgres://admin:hunter2@db; exit 2"]',
  },
  runner: { debug: true },
  approved: false,
  check: ({ run, logFiles }, { logs }) => {
    const said = new Set([...logs.values()].flat())
    // The runner's own heading shows the inputs as the workflow gives them.
    const texts = run.lines.map(({ text }) => text)
    const shown = texts.slice(texts.indexOf('##[endgroup]') + 1).filter((text) => !said.has(text))
    const everything = [
      ...shown,
      JSON.stringify(run.outputs),
      JSON.stringify(run.annotations),
      JSON.stringify(run.state),
    ]
    const summary = (run.summary ?? '').replaceAll([...said][0] ?? '', '')
    expect([...everything, summary].join('\n')).not.toMatch(/s3cr3t-of-ours|hunter2|local-secret-access-key/)
    expect([...logFiles.values()].join('')).toContain('cannot connect')
  },
})
