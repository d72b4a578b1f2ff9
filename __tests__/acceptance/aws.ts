/** `npm run acceptance -- --account …` as a person runs it, against moto: all that it does to an account but the stories. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'
import { CreateRepositoryCommand, ECRClient } from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { type Moto, startMoto } from './moto.ts'

const account = '123456789012'
const keys = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' }

let moto: Moto

beforeAll(async () => {
  moto = await startMoto()
}, 30_000)
afterAll(() => moto.close())
beforeEach(() => fetch(`${moto.url}/moto-api/reset`, { method: 'POST' }))

const limitMs = 60_000

test(
  'credentials of another account are refused before anything is done',
  async () => {
    const { code, output } = await acceptance(['--account', '999999999999'])
    expect({ code, output }).toMatchObject({ code: 1, output: expect.stringContaining(`are of account ${account}`) })
    expect(await standing()).toEqual([])
  },
  limitMs,
)

test(
  'what it costs is said, the stacks are made, a role of theirs is assumed, and they are removed in the end',
  async () => {
    const { output } = await acceptance(['--account', account])
    expect(output).toContain('It costs at most')
    expect(output).toMatch(/Making trial-account[\s\S]*Making trial-network[\s\S]*Making trial-migration/)
    expect(output).toContain('All stacks are removed.')
    expect(await standing()).toEqual([])
  },
  limitMs,
)

test(
  'what --keep left is listed with its expiry, refuses the prefix, lets another one in, and --down removes it',
  async () => {
    const kept = await acceptance(['--account', account, '--keep'])
    expect(kept.output).toContain('--prefix trial --down')
    const names = ['trial-account', 'trial-migration', 'trial-network']
    expect(await standing()).toEqual(names)

    const again = await acceptance(['--account', account])
    expect(again.code).toBe(1)
    expect(again.output).toContain('The prefix trial is in use')
    for (const name of names)
      expect(again.output).toMatch(new RegExp(`Left by an earlier run: ${name}, which expires at 20`))
    expect(await standing()).toEqual(names)

    const beside = await acceptance(['--account', account, '--prefix', 'other'])
    expect(beside.output).toContain('All stacks are removed.')
    expect(await standing()).toEqual(names)

    expect((await acceptance(['--account', account, '--down'])).code).toBe(0)
    expect(await standing()).toEqual([])
  },
  2 * limitMs,
)

test.each(['Making trial-network', 'Making trial-migration'])(
  'Ctrl-C after "%s" takes down what is there',
  async (line) => {
    const { code, output } = await acceptance(['--account', account], {
      onLine: (text, child) => void (text.startsWith(line) && child.kill('SIGINT')),
    })
    expect({ code, output }).toMatchObject({ code: 130, output: expect.stringContaining('All stacks are removed.') })
    expect(await standing()).toEqual([])
  },
  limitMs,
)

test(
  'a stack that cannot be made is named with the reason, and the others are taken down',
  async () => {
    await new ECRClient(config()).send(new CreateRepositoryCommand({ repositoryName: 'trial-backend' }))
    const { code, output } = await acceptance(['--account', account])
    expect(code).toBe(1)
    expect(output).toMatch(/trial-migration[\s\S]*already exists/)
    expect(output).toContain('All stacks are removed.')
    expect(await standing()).toEqual([])
  },
  limitMs,
)

test.each([
  [0, /Building and pushing .*trial-backend:acceptance[\s\S]*All stacks are removed/],
  [1, /docker does not answer here.*Nothing was done/],
])(
  'without --image docker builds and pushes, if it exits with %i',
  async (exit, said) => {
    const bin = mkdtempSync(join(tmpdir(), 'docker-'))
    writeFileSync(
      join(bin, 'docker'),
      `#!/bin/sh\necho "$@" >> ${bin}/calls\n[ "$1" != login ] || cat > ${bin}/login\nexit ${exit}\n`,
      { mode: 0o755 },
    )
    const { output } = await acceptance(['--account', account], { image: [], path: bin })
    expect(output).toMatch(said)
    const calls = readFileSync(join(bin, 'calls'), 'utf8').trim().split('\n')
    expect(calls.map((call) => call.split(' ')[0])).toEqual(
      exit === 0 ? ['version', 'build', 'login', 'push', 'logout'] : ['version'],
    )
    expect(await standing()).toEqual([])
    rmSync(bin, { recursive: true })
  },
  limitMs,
)

test(
  'nobody is asked where nobody is there',
  async () => {
    const { code, output } = await acceptance(['--account', account], { yes: false })
    expect({ code, output }).toMatchObject({ code: 2, output: expect.stringContaining('--yes') })
    expect(await standing()).toEqual([])
  },
  limitMs,
)

interface Run {
  readonly onLine?: (line: string, child: ChildProcess) => void
  readonly yes?: boolean
  readonly image?: readonly string[]
  /** Before the PATH. */
  readonly path?: string
}

async function acceptance(
  args: readonly string[],
  { onLine = () => {}, yes = true, image = ['--image', 'public.example/act:1'], path = '/nowhere' }: Run = {},
): Promise<{ readonly code: number | null; readonly output: string }> {
  const options = ['--region', 'eu-west-1', '--only', 'way-out', '--prefix', 'trial', ...image]
  const words = ['scripts/bootstrap.mjs', 'acceptance', ...options, ...(yes ? ['--yes'] : []), ...args]
  const child = spawn(process.execPath, words, {
    env: { PATH: `${path}:${process.env.PATH}`, HOME: process.env.HOME, AWS_ENDPOINT_URL: moto.url, ...keys },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes: Buffer) => {
      output += bytes
      for (const line of String(bytes).split('\n')) onLine(line, child)
    })
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })))
}

const config = () => ({
  endpoint: moto.url,
  region: 'eu-west-1',
  credentials: { accessKeyId: keys.AWS_ACCESS_KEY_ID, secretAccessKey: keys.AWS_SECRET_ACCESS_KEY },
})

async function standing(): Promise<readonly string[]> {
  const client = new CloudFormationClient(config())
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({}))
  client.destroy()
  return Stacks.map(({ StackName = '' }) => StackName).sort()
}
