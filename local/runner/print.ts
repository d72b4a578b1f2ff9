import type { LogLine } from './run-action.ts'

/** How the log is shown. */
export interface PrintOptions {
  /** Receives lines without their ends. */
  readonly write: (line: string) => void
  readonly colour?: boolean
  /** Time of day before each line, as GitHub shows it on request. */
  readonly timestamps?: boolean
  /** Shows what is in groups, as after a click on each. */
  readonly unfolded?: boolean
}

interface Style {
  /** What GitHub puts in place of the tag. */
  readonly label: string
  /** SGR parameters of the whole line. */
  readonly colour: string
}

const STYLES: Readonly<Record<string, Style>> = {
  error: { label: 'Error: ', colour: '31' },
  warning: { label: 'Warning: ', colour: '33' },
  notice: { label: 'Notice: ', colour: '36' },
  debug: { label: '##[debug]', colour: '35' },
  command: { label: '', colour: '34' },
  group: { label: '▼ ', colour: '1' },
}

const TAGGED = /^##\[(error|warning|notice|debug|command|group|endgroup)\](.*)$/s

/**
 * Shows a log as GitHub's page shows it: errors red, warnings yellow, of a group its title, with the lines set in under
 * it where it is unfolded.
 *
 * @returns takes the lines one by one
 */
export function logPrinter(options: PrintOptions): (line: Pick<LogLine, 'text' | 'at'>) => void {
  let inGroup = false
  return ({ text, at }) => {
    const tag = TAGGED.exec(text)?.[1]
    if (tag === 'group' || tag === 'endgroup') inGroup = false
    const time = options.timestamps ? `${new Date(at).toISOString()} ` : ''
    const isFolded = inGroup && !options.unfolded
    if (tag !== 'endgroup' && !isFolded) options.write(`${time}${inGroup ? '  ' : ''}${shown(text, options)}`)
    if (tag === 'group') inGroup = true
  }
}

/** A line with what GitHub makes of its tag. */
function shown(text: string, { colour, unfolded }: PrintOptions): string {
  const [, tag = '', rest = ''] = TAGGED.exec(text) ?? []
  const style = STYLES[tag]
  if (style === undefined) return text
  const label = tag === 'group' && !unfolded ? '▶ ' : style.label
  return paint(`${label}${rest}`, style.colour, colour)
}

function paint(text: string, colour: string, wanted: boolean | undefined): string {
  return wanted ? `\u001b[${colour}m${text}\u001b[0m` : text
}
