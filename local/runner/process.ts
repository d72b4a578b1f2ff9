import { type ChildProcess, spawn } from 'node:child_process'
import { LineReader } from './lines.ts'

/** ProcessInvoker.cs: how long a cancelled process has before the next, stronger signal. */
const INTERRUPT_MS = 7500
const TERMINATE_MS = 2500
/** ProcessInvoker.cs: how long output is still read after the process has exited. */
const DRAIN_MS = 5000

interface ProcessRequest {
  readonly command: string
  readonly arguments: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  /** Each line of either stream. @throws ends the reading, and the run with what it threw */
  readonly onLine: (line: string) => void
  readonly onStart?: (pid: number) => void
  /** SIGINT, 7.5 s later SIGTERM, 2.5 s later SIGKILL, each to this one process. */
  readonly cancel?: AbortSignal
  /** SIGKILL at once. */
  readonly kill?: AbortSignal
  /** The run counts as over at once, though the process lives on: its job is in a container, and only docker got the signal. */
  readonly detach?: AbortSignal
}

export interface ProcessEnd {
  /** Absent when a signal ended it, or when it was left running. */
  readonly exitCode?: number
  readonly signal?: NodeJS.Signals
}

/** A process of the runner, and what may still be done to it once its step is over. */
export interface RunningProcess {
  readonly end: Promise<ProcessEnd>
  /** Ends it and all that it started, at once, and waits until it is gone. Does nothing when nothing is left. */
  readonly sweep: () => Promise<void>
}

/**
 * Starts a process as the runner does: no standard input, both outputs read line by line, stderr before stdout where
 * both have something to read. It gets a process group of its own, so that Ctrl-C in a terminal reaches it only
 * through the runner.
 */
export function startProcess(request: ProcessRequest): RunningProcess {
  const child = spawn(request.command, request.arguments, {
    cwd: request.cwd,
    env: request.env,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  })
  child.stdin.end()
  const killAll = (): void => signalGroup(child)
  process.once('exit', killAll)
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  const sweep = async (): Promise<void> => {
    process.removeListener('exit', killAll)
    killAll()
    child.stdout.destroy()
    child.stderr.destroy()
    await gone
  }
  return { end: follow(child, request), sweep }
}

async function follow(child: ChildProcess, request: ProcessRequest): Promise<ProcessEnd> {
  const over = new AbortController()
  try {
    return await new Promise<ProcessEnd>((resolve, reject) => {
      child.once('spawn', () => {
        if (child.pid !== undefined) request.onStart?.(child.pid)
      })
      child.once('error', reject)
      child.once('exit', () => setTimeout(() => resolve(endOf(child)), DRAIN_MS).unref())
      child.once('close', () => resolve(endOf(child)))
      onAbort(request.kill, over.signal, () => child.kill('SIGKILL'))
      onAbort(request.detach, over.signal, () => resolve({}))
      onAbort(request.cancel, over.signal, () => interrupt(child))
      readLines(child, request.onLine, over.signal, reject)
    })
  } finally {
    over.abort()
  }
}

function endOf(child: ChildProcess): ProcessEnd {
  return {
    ...(child.exitCode === null ? {} : { exitCode: child.exitCode }),
    ...(child.signalCode === null ? {} : { signal: child.signalCode }),
  }
}

/** Runs `action` when `signal` aborts, also if it has already; not any more once `over` has. */
function onAbort(signal: AbortSignal | undefined, over: AbortSignal, action: () => void): void {
  if (signal?.aborted) action()
  else signal?.addEventListener('abort', action, { once: true, signal: over })
}

function interrupt(child: ChildProcess): void {
  child.kill('SIGINT')
  const stronger = setTimeout(() => {
    child.kill('SIGTERM')
    strongest = setTimeout(() => child.kill('SIGKILL'), TERMINATE_MS)
  }, INTERRUPT_MS)
  let strongest: NodeJS.Timeout | undefined
  child.once('close', () => {
    clearTimeout(stronger)
    clearTimeout(strongest)
  })
}

/** What comes after `over` is read, so that nobody waits for a reader, and dropped. */
function readLines(
  child: ChildProcess,
  onLine: (line: string) => void,
  over: AbortSignal,
  fail: (error: unknown) => void,
): void {
  const errors: string[] = []
  const outputs: string[] = []
  let failed = false
  const deliver = (): void => {
    const lines = [...errors.splice(0), ...outputs.splice(0)]
    if (failed || over.aborted) return
    try {
      for (const line of lines) onLine(line)
    } catch (error) {
      failed = true
      fail(error)
    }
  }
  const read = (stream: NodeJS.ReadableStream | null, queue: string[]): void => {
    const reader = new LineReader()
    const take = (lines: readonly string[]): void => {
      for (const line of lines) queue.push(line)
      setImmediate(deliver)
    }
    stream?.on('data', (bytes: Buffer) => take(reader.push(bytes)))
    stream?.on('end', () => {
      for (const line of reader.end()) queue.push(line)
      deliver()
    })
  }
  read(child.stderr, errors)
  read(child.stdout, outputs)
}

function signalGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // Nobody is left in the group.
  }
}
