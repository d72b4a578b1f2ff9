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
  log: 'wait for late log lines',
}

/**
 * A Gantt diagram in mermaid of the phases of up to 10 databases; times are UTC.
 * @returns undefined for more databases, or when nothing is known to have taken time
 */
export function timelineChart(rows: readonly ReportRow[]): string | undefined {
  if (rows.length > MOST_DATABASES) return undefined
  const labels = rows.length === 1 ? [''] : rows.map(label)
  const shown = rows.map(({ record }) => {
    const phases = phasesOf(record)
    return rows.length > MOST_IN_DETAIL ? inShort(phases) : phases
  })
  const times = shown.flat().flatMap(({ from, to }) => [from.getTime(), to.getTime()])
  if (times.length === 0) return undefined
  const [first, last] = [Math.min(...times), Math.max(...times)]
  const sections = rows.flatMap((row, index) => {
    const phases = shown[index] ?? []
    const section = rows.length === 1 ? [] : [`  section ${labels[index]}`]
    return phases.length === 0 ? [] : [...section, ...bars(row, phases, first)]
  })
  const longestName = Math.max(...labels.map(({ length }) => length))
  return [...head({ longestName, bars: shown.flat().length, spanMs: last - first }), ...sections].join('\n')
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

function bars(row: ReportRow, phases: readonly Phase[], first: number): readonly string[] {
  const wrong = isFine(row) ? undefined : failedPhase(phases)
  return phases.map((phase) => {
    const span = [phase.from, phase.to].map((time) => inUtc(time, first)).join(', ')
    return `    ${WORDS[phase.name]} ${length(phase)} :${phase === wrong ? 'crit, ' : ''}${span}`
  })
}

/** The phase in which it went wrong is the last but those that come after every end. */
function failedPhase(phases: readonly Phase[]): Phase | undefined {
  return phases.filter(({ name }) => name !== 'stop' && name !== 'log').at(-1)
}

function length({ from, to }: Phase): string {
  return spoken((to.getTime() - from.getTime()) / 1000)
}

const DAY_MS = 86_400_000
/** On this day and those after it clocks are changed nowhere. */
const NEUTRAL_DAY = Date.UTC(2000, 0, 1)

/** Mermaid takes a time of day for one of the reader's zone and shows it as it is: so it is UTC for everybody. */
function inUtc(time: Date, first: number): string {
  const moved = new Date(NEUTRAL_DAY + time.getTime() - Math.floor(first / DAY_MS) * DAY_MS)
  return moved.toISOString().replace('T', ' ').replace('Z', '')
}

const BLUE = '#0969da'
const RED = '#cf222e'

/** Colours that can be read in GitHub's light and its dark theme. */
const COLOURS = {
  taskBkgColor: BLUE,
  taskBorderColor: BLUE,
  critBkgColor: RED,
  critBorderColor: RED,
  taskTextColor: '#ffffff',
  sectionBkgColor: 'transparent',
  sectionBkgColor2: 'transparent',
  altSectionBkgColor: 'transparent',
}

const BAR_HEIGHT = 20
const BAR_GAP = 4
const TOP = 50

interface Picture {
  /** In characters. */
  readonly longestName: number
  readonly bars: number
  readonly spanMs: number
}

function head({ longestName, bars, spanMs }: Picture): readonly string[] {
  const gantt = {
    // Room for the names, which mermaid would draw across the bars; 7 px a character at this size.
    leftPadding: 7 * longestName + 24,
    // Where the lines of the grid begin: at their end, for they would cross the labels.
    gridLineStartPadding: bars * (BAR_HEIGHT + BAR_GAP) + TOP,
    topPadding: TOP,
    barHeight: BAR_HEIGHT,
    barGap: BAR_GAP,
    fontSize: 12,
    sectionFontSize: 12,
  }
  return [
    `%%{init: ${JSON.stringify({ gantt, themeVariables: COLOURS })}}%%`,
    'gantt',
    '  dateFormat YYYY-MM-DD HH:mm:ss.SSS',
    '  axisFormat %H:%M:%S UTC',
    `  tickInterval ${tickInterval(spanMs)}`,
    '  todayMarker off',
  ]
}

/** Those that begin at a whole minute or hour. */
const STEPS = [1, 2, 5, 10, 15, 30]
const MOST_TICKS = 6

/** Of mermaid's form, such as `15second`. */
function tickInterval(spanMs: number): string {
  const units = [
    ['second', STEPS, 1_000],
    ['minute', STEPS, 60_000],
    ['hour', [1, 3, 6, 12], 3_600_000],
  ] as const
  for (const [unit, counts, ms] of units) {
    const count = counts.find((some) => spanMs / (some * ms) <= MOST_TICKS)
    if (count !== undefined) return `${count}${unit}`
  }
  return `${Math.ceil(spanMs / MOST_TICKS / DAY_MS)}day`
}
