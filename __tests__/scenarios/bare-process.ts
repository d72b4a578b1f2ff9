/** A process of dist/ without a runner around it: for what no runner does to it, such as a folder that is none. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { repositoryRoot } from '../../local/repository.ts'
import { readActionMetadata } from '../../local/runner/action-metadata.ts'
import { actionRoot, defaultInputs, type OpenWorld } from '../faults/stage.ts'

export interface BareProcess {
  readonly child: ChildProcess
  readonly end: Promise<BareEnd>
}

export interface BareEnd {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  /** Both outputs. */
  readonly text: string
  readonly ms: number
}

/** A process that hangs would outlive its test. */
const LONGEST_MS = 45_000

/**
 * @param env besides AWS's; it wins
 * @param nodeArguments before the script
 */
export function startBare(
  { aws, pace }: OpenWorld,
  stage: 'main' | 'post',
  env: Readonly<Record<string, string>>,
  nodeArguments: readonly string[] = [],
): BareProcess {
  const folder = mkdtempSync(join(tmpdir(), 'bare-'))
  for (const name of ['state', 'output', 'summary']) writeFileSync(join(folder, name), '')
  const started = performance.now()
  const script = join(actionRoot(), 'dist', stage === 'main' ? 'index.js' : 'post.js')
  const time = pace.scale === 1 ? [] : ['--import', join(repositoryRoot(), 'scripts/preload-time.mjs')]
  const child = spawn(process.execPath, [...time, ...nodeArguments, script], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH ?? '',
      ...aws.environment,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      TIME_SCALE: String(pace.scale),
      TIME_ORIGIN: String(pace.origin),
      GITHUB_STATE: join(folder, 'state'),
      GITHUB_OUTPUT: join(folder, 'output'),
      GITHUB_STEP_SUMMARY: join(folder, 'summary'),
      RUNNER_TEMP: folder,
      ...env,
    },
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (bytes: Buffer) => {
      text += bytes.toString()
    })
  const hung = setTimeout(() => child.kill('SIGKILL'), LONGEST_MS)
  const end = new Promise<BareEnd>((resolve) => {
    child.once('close', (exitCode, signal) => {
      clearTimeout(hung)
      rmSync(folder, { recursive: true, force: true })
      resolve({ exitCode, signal, text, ms: performance.now() - started })
    })
  })
  return { child, end }
}

/** Inputs as the runner gives them, the defaults of action.yml included. */
export function inputs(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const defaults = readActionMetadata(actionRoot()).inputs.map(
    ({ name, default: value = '' }) => [name, value] as const,
  )
  const all = [...defaults, ...Object.entries({ ...defaultInputs, ...more })]
  return Object.fromEntries(all.map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]))
}
