/** What a person runs: `npm run demo`, `npm run local` and `npm run step`. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from '@jest/globals'

/** Runs a script by itself, in a temporary folder of its own, so that what it leaves behind can be seen. */
interface Hand {
  readonly temp: string
  start(script: string, args: readonly string[], env?: Readonly<Record<string, string>>): Running
}

interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<{ readonly exitCode: number; readonly text: string }>
  /** All that it printed up to then. */
  untilSaid(text: string): Promise<string>
}

function byHand(title: string, play: (hand: Hand) => Promise<void>): void {
  test.concurrent(title, async () => {
    const temp = mkdtempSync(join(tmpdir(), 'by-hand-'))
    chmodSync(temp, 0o755)
    const children: ChildProcess[] = []
    try {
      await play({
        temp,
        start: (...what) => {
          const running = start(temp, ...what)
          children.push(running.child)
          return running
        },
      })
    } finally {
      for (const child of children) if (child.exitCode === null) signal(child, 'SIGKILL')
      rmSync(temp, { recursive: true, force: true })
    }
  }, 60_000)
}

/** npm itself shall neither keep files in the temporary folder nor ask for a newer one of its kind. */
const ofNpm = { NODE_DISABLE_COMPILE_CACHE: '1', npm_config_update_notifier: 'false' }

function start(temp: string, script: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn('npm', ['run', script, '--', ...args], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: temp, ...ofNpm, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const said = { text: '' }
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said.text += text
    })
  }
  const ended = once(child, 'close').then(([exitCode]) => ({ exitCode: Number(exitCode), text: said.text }))
  const untilSaid = async (text: string): Promise<string> => {
    while (!said.text.includes(text)) await once(child.stdout, 'data')
    return said.text
  }
  return { child, ended, untilSaid }
}

/** Processes whose command line or environment names the folder. */
const processesLeft = (temp: string): string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
    .filter((pid) => ['cmdline', 'environ'].some((file) => contents(join('/proc', pid, file)).includes(temp)))

const contents = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

const checks = (text: string): string[] => text.split('\n').filter((line) => /^[✓✗]/.test(line))

/** As a terminal does: to every process of the foreground group. */
const signal = (child: ChildProcess, name: NodeJS.Signals): void => {
  if (child.pid !== undefined) process.kill(-child.pid, name)
}

// Compiles and builds what has changed once, and not at the same time in each test.
beforeAll(() => void spawnSync(process.execPath, ['scripts/bootstrap.mjs', 'test', '--version']), 60_000)

byHand('npm run local says how to use it, what it says works, and nothing is left of it', async ({ start, temp }) => {
  const local = start('local', [])
  const instructions = await local.untilSaid('psql ')
  const variables = Object.fromEntries(
    [...instructions.matchAll(/^ {3}export (\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
  )
  const [, inputs = ''] = /npm run step -- (.*?)\n\n/s.exec(instructions) ?? []
  const step = await start('step', inputs.replaceAll('\\\n', '').split(/ +/), variables).ended
  expect(step.exitCode).toBe(0)
  expect(step.text).toContain('Migrating database fintech_experiment at 127.0.0.1')
  expect(step.text).toMatch(/^ {2}outcome: succeeded$/m)
  expect(step.text).toMatch(/^ {2}wait for late log lines .* █+$/m)
  expect(step.text).not.toContain(variables.AWS_SECRET_ACCESS_KEY)
  const [, group, stream] = /^ {2}log-group: (\S+)\n {2}log-stream: (\S+\/)[0-9a-f]{32}$/m.exec(step.text) ?? []
  expect(instructions).toContain(`aws logs get-log-events --log-group-name ${group} `)
  expect(instructions).toContain(`--log-stream-name "${stream}\${TASK##*/}"`)
  expect(instructions).toMatch(
    / run-task .*\n(?: {5}.*\n)* {3}aws ecs wait tasks-stopped .*\n {3}aws ecs describe-tasks /,
  )
  // To npm alone, as `kill` does.
  local.child.kill('SIGINT')
  expect((await local.ended).exitCode).toBe(130)
  expect([readdirSync(temp), processesLeft(temp)]).toEqual([[], []])
})

byHand('Ctrl-C in the middle of a migration: it is stopped, rolled back, and nothing is left', async (hand) => {
  const demo = hand.start('demo', [
    '--database',
    'one',
    '--command',
    'node dist/migrate.js --also dist/rehearsals/slow',
  ])
  await demo.untilSaid('Applying 0007_slow-backfill')
  expect(processesLeft(hand.temp).length).toBeGreaterThan(0)
  signal(demo.child, 'SIGINT')
  const { exitCode, text } = await demo.ended
  expect(exitCode).toBe(130)
  expect(text).toContain('Stopped by SIGTERM during 0007_slow-backfill, which was rolled back.')
  expect([readdirSync(hand.temp), processesLeft(hand.temp)]).toEqual([[], []])
})

byHand(
  'a network without a way out: the step fails as it must, so the demo passes, and nothing is left',
  async (hand) => {
    const { exitCode, text } = await hand.start('demo', ['--no-nat']).ended
    expect(checks(text)).toEqual([
      '✓ the step FAILED, as it must',
      '✓ it names the subnet',
      '✓ no container was started, and nobody had to wait for one',
      '✓ nothing was registered',
      '✓ healthtech_experiment is untouched',
      '✓ startupwebapp_prod is untouched',
    ])
    expect(exitCode).toBe(0)
    expect(text).toContain('│ ▶ Run org/run-ecs-migration@v1\n│ Migrating fintech_experiment with ')
    expect(text).toContain('Everything ended as it should')
    expect([readdirSync(hand.temp), processesLeft(hand.temp)]).toEqual([[], []])
  },
)

byHand('where a scene does not end as it must, the demo fails', async ({ start }) => {
  const args = ['--no-nat', '--input', 'preflight=false', '--input', 'dry-run=true']
  const { exitCode, text } = await start('demo', args).ended
  expect(checks(text)[0]).toBe('✗ the step FAILED, as it must')
  expect(text).toContain('Not as it should')
  expect(exitCode).toBe(1)
})
