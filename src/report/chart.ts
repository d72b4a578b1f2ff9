import { spoken } from '../duration.ts'
import { isFine, type ReportRow } from './row.ts'
import { type Phase, type PhaseName, phasesOf } from './timeline.ts'

/** A picture of more databases than that is no help (docs/behaviour.md). */
const MOST_DATABASES = 10
/** With more databases than that, each gets two bars only: until the container ran, and its run. */
const MOST_IN_DETAIL = 3

const WORDS: Readonly<Record<PhaseName, string>> = {
  provision: 'provision',
  pull: 'image and secrets',
  start: 'start',
  run: 'run',
  stop: 'stop task',
  log: 'read log',
}

/**
 * A Gantt diagram in mermaid of the phases of up to 10 databases; times are those of the viewer's clock.
 * @returns undefined for more databases, or when nothing is known to have taken time
 */
export function timelineChart(rows: readonly ReportRow[]): string | undefined {
  if (rows.length > MOST_DATABASES) return undefined
  const labels = rows.map(label)
  const sections = rows.flatMap((row, index) => {
    const all = phasesOf(row.record)
    const phases = rows.length > MOST_IN_DETAIL ? inShort(all) : all
    return phases.length === 0 ? [] : [`  section ${labels[index]}`, ...bars(row, phases)]
  })
  if (sections.length === 0) return undefined
  const longest = Math.max(...labels.map(({ length }) => length))
  const head = [settings(longest), 'gantt', '  dateFormat x', '  axisFormat %H:%M:%S', '  todayMarker off']
  return [...head, ...sections].join('\n')
}

/** Until the container ran, and its run. */
function inShort(phases: readonly Phase[]): readonly Phase[] {
  const before = phases.filter(({ name }) => name === 'provision' || name === 'pull' || name === 'start')
  const [first, last] = [before[0], before.at(-1)]
  const starting = first && last ? [{ name: 'start' as const, from: first.from, to: last.to }] : []
  return [...starting, ...phases.filter(({ name }) => name === 'run')]
}

/** A name that no diagram reads as anything but a name; any other is not changed but counted: it may be a secret. */
function label({ record }: ReportRow, index: number): string {
  return /^[\p{L}\p{N}_-]{1,40}$/u.test(record.database) ? record.database : `database ${index + 1}`
}

function bars(row: ReportRow, phases: readonly Phase[]): readonly string[] {
  const wrong = isFine(row) ? undefined : culprit(phases)
  return phases.map((phase) => {
    const tag = phase === wrong ? 'crit, ' : phase.name === 'run' ? 'active, ' : 'done, '
    const span = `${phase.from.getTime()}, ${phase.to.getTime()}`
    return `    ${WORDS[phase.name]} ${length(phase)} :${tag}${span}`
  })
}

/** The phase in which it went wrong is the last but those that come after every end. */
function culprit(phases: readonly Phase[]): Phase | undefined {
  return phases.filter(({ name }) => name !== 'stop' && name !== 'log').at(-1)
}

function length({ from, to }: Phase): string {
  return spoken((to.getTime() - from.getTime()) / 1000)
}

/** Room at the left for the names, which mermaid would draw across the bars; 7 px a character at this size. */
function settings(longest: number): string {
  return `%%{init: ${JSON.stringify({ gantt: { leftPadding: 7 * longest + 24, fontSize: 12, sectionFontSize: 12, barHeight: 20 } })}}%%`
}
