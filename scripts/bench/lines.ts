/** A migration that prints very much, all at once: how far behind the step's log is, and what that costs. */
import { readFileSync } from 'node:fs'
import { fixedLogPoll, streamOf } from './reference.ts'
import { type Bench, mustSucceed, openStage, type Stage } from './stage.ts'
import { mebibytes, seconds } from './statistics.ts'
import type { Row } from './table.ts'

const LINES = { full: [10_000, 100_000], quick: [10_000] } as const
/** To compare memory and CPU with. */
const FEW_LINES = 10
/** A line of 120 characters. */
const scriptOf = (lines: number): string =>
  `i=0; while [ $i -lt ${lines} ]; do i=$((i+1)); echo "line $i of ${lines} ${'.'.repeat(90)}"; done; sleep 2`

export async function measureLines(bench: Bench): Promise<readonly Row[]> {
  const few = await measureStep(bench, FEW_LINES)
  const rows: Row[] = []
  for (const lines of bench.quick ? LINES.quick : LINES.full) {
    const many = await measureStep(bench, lines)
    const name = `${lines.toLocaleString('en')} log lines`
    rows.push(
      {
        measure: `${name}: readable to printed, the last one`,
        ours: seconds(many.behindMs),
        limit: '20 s',
        reference: seconds(many.theirsMs),
        beside: 'all pages each 6 s',
      },
      {
        measure: `${name}: peak memory, CPU`,
        ours: `${mebibytes(many.usage.memory)}, ${seconds(many.usage.cpuMs)}`,
        limit: '150 MiB',
        reference: `${mebibytes(few.usage.memory)}, ${seconds(few.usage.cpuMs)}`,
        beside: `ours with ${FEW_LINES} lines`,
      },
    )
  }
  return rows
}

interface Measured {
  readonly behindMs: number
  readonly theirsMs: number
  readonly usage: Usage
}

async function measureStep(bench: Bench, lines: number): Promise<Measured> {
  bench.say(`A task that prints ${lines} lines at once`)
  const stage = await openStage(bench, { script: scriptOf(lines) })
  try {
    let theirEnd = Number.NaN
    const over = new AbortController()
    const streams = (): string[] => stage.aws.containers.map(({ taskArn }) => streamOf(taskArn))
    const take = (messages: readonly string[]): void => {
      if (messages.some((message) => isLast(message, lines))) theirEnd = Date.now()
    }
    const reference = fixedLogPoll(stage, streams, take, over.signal)
    const watch = watchProcess()
    const run = mustSucceed(await stage.step({}, { onStart: (_stage, pid) => watch.of(pid) }))
    const usage = watch.end()
    over.abort()
    await reference
    const printed = run.lines.filter(({ text }) => / of \d+ \.+$/.test(text))
    if (printed.length !== lines) throw new Error(`${printed.length} of ${lines} lines were printed`)
    const from = readableFrom(stage, lines)
    return { behindMs: (printed.at(-1)?.at ?? Number.NaN) - from, theirsMs: theirEnd - from, usage }
  } finally {
    await stage.close()
  }
}

function isLast(message: string, lines: number): boolean {
  return message.startsWith(`line ${lines} `)
}

/** When the last line could be read: its ingestion time in the local AWS. */
function readableFrom({ aws }: Stage, lines: number): number {
  for (const { outcome } of aws.journal) {
    const { events = [] } = (outcome?.output ?? {}) as { events?: { message: string; ingestionTime: number }[] }
    const last = events.findLast(({ message }) => isLast(message, lines))
    if (last !== undefined) return last.ingestionTime
  }
  return Number.NaN
}

interface Usage {
  /** Bytes at the highest. */
  readonly memory: number
  readonly cpuMs: number
}

const LOOK_EVERY_MS = 50
/** `getconf CLK_TCK` is 100 on every Linux. */
const TICK_MS = 10

/** Looks at /proc while a process runs; elsewhere than on Linux there is nothing to see. */
function watchProcess(): { readonly of: (pid: number) => void; readonly end: () => Usage } {
  let usage: Usage = { memory: Number.NaN, cpuMs: Number.NaN }
  let timer: NodeJS.Timeout | undefined
  const look = (pid: number): void => {
    try {
      const peak = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
      // After the name in parentheses: utime and stime are the 12th and 13th field.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')
      if (peak === undefined) return
      usage = { memory: Number(peak) * 1024, cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS }
    } catch {
      // It has just ended.
    }
  }
  return {
    // The first process is the main step.
    of: (pid) => {
      timer ??= setInterval(() => look(pid), LOOK_EVERY_MS)
    },
    end: () => {
      clearInterval(timer)
      return usage
    },
  }
}
