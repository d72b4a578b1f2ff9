/** One line of very much hostile text on its way into log, annotation, outputs and summary: time that grows with it, no faster. */
import { LogFiles } from '../../src/github/log-files.ts'
import { StepLog } from '../../src/github/step-log.ts'
import { errorAnnotation } from '../../src/report/annotations.ts'
import { outputsOf, resultsDocument } from '../../src/report/outputs.ts'
import { redacted, redactor } from '../../src/report/redact.ts'
import type { ReportRow } from '../../src/report/row.ts'
import { summary } from '../../src/report/summary.ts'
import { plain } from '../../src/text.ts'
import type { Bench } from './stage.ts'
import { median, milliseconds } from './statistics.ts'
import type { Row } from './table.ts'

/** Each repeated is a line that some search could look through again and again. */
const PIECES = [
  ...['x', ' ', '=', ':', '::', '##[', '/', '@', '"', '`', '<', '&', '\u001b[', '\u001b]', '\r', '\ud800', '_', '-'],
  ...['://', 'a://b:', 'x://a:b://c://c', '://a:b@', 'password', 'password=', 'a=b&', '`aws ', 'a.', 'word ', '&lt;'],
]
const SHORT = 100_000
const LONG = 1_000_000
const KNOWN = ['s3cr3t-of-ours', 'postgres://app:pass@db/{database}']

export async function measureHostile({ quick, say }: Bench): Promise<readonly Row[]> {
  say('A line of hostile text, of 100 kB and of 1 MB')
  const rounds = Array.from({ length: quick ? 3 : 7 }, () => [timeOf(SHORT), timeOf(LONG)] as const)
  const [short, long] = [median(rounds.map(([ms]) => ms)), median(rounds.map(([, ms]) => ms))]
  return [
    {
      measure: `1 MB of hostile text in one line, ${PIECES.length} kinds of it, into log, annotation, outputs and summary`,
      ours: `${(long / short).toFixed(1)} times (${milliseconds(long / PIECES.length)} each)`,
      limit: '12 times',
      reference: `1 (${milliseconds(short / PIECES.length)} each)`,
      beside: '100 kB of the same',
    },
  ]
}

/** Milliseconds for a line of each kind. */
function timeOf(length: number): number {
  const texts = PIECES.map((piece) => piece.repeat(Math.ceil(length / piece.length)))
  const begin = performance.now()
  for (const text of texts) report(text)
  return performance.now() - begin
}

function report(text: string): void {
  const redact = redactor(KNOWN)
  const log = new StepLog({ write: () => {}, files: NO_FILES, redact, prefixed: true })
  const rows = redacted([rowOf(text)], (part) => redact(plain(part)))
  log.container('shop', [text])
  log.say('shop', text)
  const error = errorAnnotation(rows)
  log.annotate('error', error?.message ?? '', error?.title)
  outputsOf(rows)
  resultsDocument(rows)
  summary(rows, { cluster: 'c', region: 'r', image: 'i', changes: [text], warnings: [text] })
}

/** Nothing goes to the disk, whose time is not ours. */
const NO_FILES = new (class extends LogFiles {
  override append(): undefined {
    return undefined
  }
})('')

function rowOf(text: string): ReportRow {
  return {
    record: {
      database: 'shop',
      outcome: { kind: 'failed', cause: 'exit-code', exitCode: 1 },
      container: 'app',
      image: 'i',
      lineCount: 1,
      lastLines: [text],
      milestones: {},
      notes: [text],
      task: { stoppedReason: text },
    },
    problem: { code: 'x', reason: text, remedy: text, evidence: [text] },
  }
}
