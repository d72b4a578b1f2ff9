/** A container's main process: a real child process that stands where a container would have PID 1. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Readable } from 'node:stream'

export interface ProcessSpec {
  readonly folder: string
  readonly workingDirectory?: string | undefined
  readonly command: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  /** `linuxParameters.initProcessEnabled`: an init process passes signals on. */
  readonly hasInit: boolean
}

interface ProcessExit {
  /** As ECS shows it: 128 + n after signal n. */
  readonly exitCode: number
  readonly signal?: NodeJS.Signals
}

export interface ContainerProcess {
  readonly pid: number
  readonly stdout: Readable
  readonly stderr: Readable
  readonly exit: Promise<ProcessExit>
  /** SIGTERM as PID 1 of a container gets it. */
  terminate(): void
  /** SIGKILL to all of the container. */
  kill(): void
}

/** Why a process could not be started, as the container runtime says it. */
export class CannotStart extends Error {}

/** @throws CannotStart when the command cannot be executed */
export async function startProcess(spec: ProcessSpec): Promise<ContainerProcess> {
  const [file, ...args] = spec.command
  if (file === undefined) throw new CannotStart('no command specified: unknown')
  const child = spawnChild(spec, file, args)
  const exit = exitOf(child)
  await spawned(child, file)
  const pid = child.pid ?? 0
  return {
    pid,
    stdout: child.stdout,
    stderr: child.stderr,
    exit,
    terminate: () => {
      if (spec.hasInit) signalGroup(pid, 'SIGTERM')
      else if (child.exitCode === null && child.signalCode === null && handlesTerm(pid)) child.kill('SIGTERM')
    },
    kill: () => signalGroup(pid, 'SIGKILL'),
  }
}

function spawnChild(spec: ProcessSpec, file: string, args: readonly string[]) {
  try {
    return spawn(file, args, {
      cwd: workingFolder(spec),
      env: spec.environment,
      // A group of its own: the end of PID 1 is the end of every process of a container.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  } catch (error) {
    // Node refuses what no process can be given, such as a NUL in a variable.
    throw new CannotStart(error instanceof Error ? error.message : String(error))
  }
}

/** The image's folder stands for its working directory; another one is looked for inside it. */
function workingFolder({ folder, workingDirectory }: ProcessSpec): string {
  if (workingDirectory === undefined) return folder
  const inside = path.join(folder, workingDirectory)
  return existsSync(inside) ? inside : folder
}

function spawned(child: ChildProcess, file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EACCES' ? 'permission denied' : whyNotFound(file)
      reject(new CannotStart(`exec: "${file}": ${why}: unknown`))
    })
  })
}

const whyNotFound = (file: string) =>
  file.includes('/') ? `stat ${file}: no such file or directory` : 'executable file not found in $PATH'

function exitOf(child: ChildProcess): Promise<ProcessExit> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL')
      resolve(signal === null ? { exitCode: code ?? 0 } : { exitCode: 128 + signalNumber(signal), signal })
    })
  })
}

const signalNumbers: Partial<Record<NodeJS.Signals, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGILL: 4,
  SIGABRT: 6,
  SIGBUS: 7,
  SIGFPE: 8,
  SIGKILL: 9,
  SIGSEGV: 11,
  SIGPIPE: 13,
  SIGALRM: 14,
  SIGTERM: 15,
}

const signalNumber = (signal: NodeJS.Signals): number => signalNumbers[signal] ?? 0

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch {
    // The group is gone already.
  }
}

/**
 * The kernel does not deliver SIGTERM to PID 1 of a container that has no handler for it: such a process runs
 * on until SIGKILL. Where the handler mask cannot be read (not Linux) the signal is sent.
 */
function handlesTerm(pid: number): boolean {
  try {
    const mask = /^SigCgt:\s*([0-9a-f]+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return mask === undefined || (BigInt(`0x${mask}`) & (1n << 14n)) !== 0n
  } catch {
    return true
  }
}
