/** From the start of Node to the first call to AWS: what is loaded before it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultInputs } from '../../__tests__/faults/stage.ts'
import { readActionMetadata } from '../../local/runner/action-metadata.ts'
import type { Bench } from './stage.ts'
import { median, milliseconds } from './statistics.ts'
import type { Row } from './table.ts'

const RUNS = { full: 40, quick: 10 } as const

/** Ours and an empty script by turns, so that other load on the machine affects both. */
export async function measureStart(bench: Bench): Promise<readonly Row[]> {
  const runs = bench.quick ? RUNS.quick : RUNS.full
  bench.say(`${runs} starts by turns with an empty script`)
  const folder = mkdtempSync(join(tmpdir(), 'bench-start-'))
  const empty = join(folder, 'empty.mjs')
  writeFileSync(empty, '')
  const server = await listen()
  try {
    const times = { ours: [] as number[], empty: [] as number[] }
    const env = { ...inputs(bench.root), ...awsAt(server.port), RUNNER_TEMP: folder, PATH: process.env.PATH ?? '' }
    for (let run = 0; run < runs; run++) {
      times.empty.push(await untilExit(bench.node, empty))
      times.ours.push(await untilCall(bench.node, join(bench.root, 'dist', 'index.js'), env, server))
    }
    return [
      {
        measure: 'node start to first AWS call',
        ours: milliseconds(median(times.ours)),
        limit: '150 ms',
        reference: milliseconds(median(times.empty)),
        beside: 'an empty script, start to exit',
      },
      distSize(bench.root),
    ]
  } finally {
    server.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Listener {
  readonly port: number
  /** Resolves at the next request. */
  readonly nextCall: () => Promise<void>
  readonly close: () => void
}

async function listen(): Promise<Listener> {
  let called = (): void => {}
  const server = createServer((_request, response) => {
    called()
    response.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    nextCall: () =>
      new Promise((resolve) => {
        called = resolve
      }),
    close: () => void server.close(),
  }
}

async function untilExit(node: string, script: string): Promise<number> {
  const began = performance.now()
  await ended(spawn(node, [script], { stdio: 'ignore' }))
  return performance.now() - began
}

async function untilCall(
  node: string,
  script: string,
  env: Readonly<Record<string, string>>,
  server: Listener,
): Promise<number> {
  const call = server.nextCall()
  const began = performance.now()
  const child = spawn(node, [script], { env, stdio: 'ignore' })
  const end = ended(child)
  const exit = end.then(() => Promise.reject(new Error(`${script} ended without a call to AWS`)))
  await Promise.race([call, exit])
  const took = performance.now() - began
  exit.catch(() => {})
  child.kill('SIGKILL')
  await end
  return took
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => child.once('exit', () => resolve()))
}

function inputs(root: string): Record<string, string> {
  const defaults = readActionMetadata(root).inputs.map(({ name, default: value = '' }) => [name, value] as const)
  const all = { ...Object.fromEntries(defaults), ...defaultInputs }
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]))
}

const awsAt = (port: number): Record<string, string> => ({
  AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'AKIALOCALLOCALLOCAL1',
  AWS_SECRET_ACCESS_KEY: 'local-secret-access-key-of-no-worth',
})

/** Of what a runner downloads: the code, without licences. */
function distSize(root: string): Row {
  const dist = join(root, 'dist')
  const code = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'))
  const bytes = code.reduce((sum, name) => sum + statSync(join(dist, name)).size, 0)
  return {
    measure: 'size of dist',
    ours: `${(bytes / 1e6).toFixed(2)} MB`,
    reference: '2.63 MB',
    beside: "dist/index.js of AWS's deploy action v2.6.3",
  }
}
