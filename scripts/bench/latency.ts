/** From a line that CloudWatch could show to the same line in the step's log. */
import type { JournalEntry } from '../../local/aws/index.ts'
import { fixedLogPoll, streamOf } from './reference.ts'
import { type Bench, mustSucceed, openStage, type Stage } from './stage.ts'
import { median, seconds, worst } from './statistics.ts'
import type { Row } from './table.ts'

const STREAMS = { full: [1, 10, 100], quick: [1, 10] } as const
/** A task prints for so long, a line every 2 s. */
const LINES = { full: 45, quick: 15 } as const
const EVERY_SECONDS = 2
/** Five calls a second are shared: with more than four streams, a second for every five. */
const limitOf = (streams: number): string => (streams <= 4 ? 'median 0.4 s, worst 1.0 s' : `${streams / 5} s`)

export async function measureLatency(bench: Bench): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const streams of bench.quick ? STREAMS.quick : STREAMS.full) {
    const lines = bench.quick ? LINES.quick : LINES.full
    bench.say(`${streams} log streams, a line every ${EVERY_SECONDS} s in each, for ${lines * EVERY_SECONDS} s`)
    rows.push(await measureStreams(bench, streams, lines))
  }
  return rows
}

async function measureStreams(bench: Bench, streams: number, lines: number): Promise<Row> {
  const script = `i=0; while [ $i -lt ${lines} ]; do i=$((i+1)); echo "$DATABASE_NAME line $i of ${lines}"; sleep ${EVERY_SECONDS}; done`
  const stage = await openStage(bench, { script })
  try {
    const theirs = new Map<string, number>()
    const over = new AbortController()
    const reference = fixedLogPoll(
      stage,
      () => [...new Set(stage.aws.containers.map(({ taskArn }) => streamOf(taskArn)))],
      (messages) => {
        for (const message of messages) theirs.set(message, Date.now())
      },
      over.signal,
    )
    const databases = Array.from({ length: streams }, (_, index) => `tenant_${index + 1}`)
    const parallel = {
      'database-name': databases.join(),
      'max-parallel': String(Math.min(streams, 100)),
      canary: 'false',
    }
    const run = mustSucceed(await stage.step(parallel))
    over.abort()
    await reference
    const printed = new Map(run.lines.map(({ text, at }) => [text.replace(/^\[[^\]]*\] /, ''), at]))
    const behind = (shown: ReadonlyMap<string, number>): number[] =>
      [...readable(stage)].map(([message, from]) => (shown.get(message) ?? Number.NaN) - from)
    const [ours, reader] = [behind(printed), behind(theirs)]
    if (ours.length !== streams * lines || ours.some(Number.isNaN)) throw new Error('A line was lost')
    return {
      measure: `line readable to printed, ${streams} ${streams === 1 ? 'stream' : 'streams'}`,
      ours: both(ours),
      limit: limitOf(streams),
      reference: both(reader.filter((ms) => !Number.isNaN(ms))),
      beside: 'every stream each 6 s, without regard to quotas',
    }
  } finally {
    await stage.close()
  }
}

const both = (ms: readonly number[]): string => `median ${seconds(median(ms))}, worst ${seconds(worst(ms))}`

/** Every line that was ever read, and from when on it could be: the ingestion time of the local AWS is that moment. */
function readable({ aws }: Stage): ReadonlyMap<string, number> {
  const pages = aws.journal.filter(({ operation }) => operation === 'GetLogEvents')
  return new Map(pages.flatMap(eventsOf).map(({ message, ingestionTime }) => [message, ingestionTime]))
}

interface ReadEvent {
  readonly message: string
  readonly ingestionTime: number
}

function eventsOf({ outcome }: JournalEntry): readonly ReadEvent[] {
  return (outcome?.output as { readonly events?: readonly ReadEvent[] } | undefined)?.events ?? []
}
