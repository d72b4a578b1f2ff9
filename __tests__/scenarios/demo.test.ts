import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'

/** The demo's own temporary folder, so that what it leaves behind can be seen. */
let temp: string
beforeEach(() => {
  temp = mkdtempSync(join(tmpdir(), 'demo-'))
  chmodSync(temp, 0o755)
})
afterEach(() => rmSync(temp, { recursive: true, force: true }))

const startDemo = (...args: string[]) => {
  const child = spawn(process.execPath, ['scripts/bootstrap.mjs', 'demo', ...args], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: temp },
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
  const untilSaid = async (text: string): Promise<void> => {
    while (!said.text.includes(text)) await once(child.stdout, 'data')
  }
  return { child, ended, untilSaid }
}

/** Processes whose command line or environment names the demo's folder. */
const processesLeft = (): string[] =>
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
const ctrlC = (child: ChildProcess): void => {
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT')
}

test('a network without a way out: the step fails as it must, so the demo passes, and nothing is left', async () => {
  const { exitCode, text } = await startDemo('--no-nat').ended
  expect(checks(text)).toEqual([
    '✓ the step FAILED, as it must',
    '✓ it names the subnet',
    '✓ no container was started, and nobody had to wait for one',
    '✓ nothing was registered',
    '✓ healthtech_experiment is untouched',
    '✓ fintech_experiment is untouched',
  ])
  expect(exitCode).toBe(0)
  expect(text).toContain('Everything ended as it should')
  expect([readdirSync(temp), processesLeft()]).toEqual([[], []])
}, 60_000)

test('where a scene does not end as it must, the demo fails', async () => {
  const { exitCode, text } = await startDemo('--no-nat', '--input', 'preflight=false', '--input', 'dry-run=true').ended
  expect(checks(text)[0]).toBe('✗ the step FAILED, as it must')
  expect(text).toContain('Not as it should')
  expect(exitCode).toBe(1)
}, 60_000)

test('Ctrl-C in the middle of a migration: it is stopped, rolled back, and nothing is left', async () => {
  const demo = startDemo('--database', 'one', '--command', 'node dist/migrate.js --also dist/rehearsals/slow')
  await demo.untilSaid('Applying 0007_slow-backfill')
  expect(processesLeft().length).toBeGreaterThan(0)
  ctrlC(demo.child)
  const { exitCode, text } = await demo.ended
  expect(exitCode).toBe(130)
  expect(text).toContain('Stopped by SIGTERM during 0007_slow-backfill, which was rolled back.')
  expect([readdirSync(temp), processesLeft()]).toEqual([[], []])
}, 60_000)

test('a command line that makes no sense is answered with help', async () => {
  const { exitCode, text } = await startDemo('--bogus').ended
  expect(exitCode).toBe(2)
  expect(text).toMatch(/^Unknown option '--bogus'/m)
  expect(text).toContain('npm run demo -- [options]')
}, 60_000)
