import type { LogLine } from './run-action.ts'

/** How the log is shown. */
export interface PrintOptions {
  /** Receives lines without their ends. */
  readonly write: (line: string) => void
  readonly colour?: boolean
  /** Time of day before each line, as GitHub shows it on request. */
  readonly timestamps?: boolean
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

/**
 * Shows a log as GitHub's page shows it: errors red, warnings yellow, the lines of a group set in under its title.
 *
 * @returns takes the lines one by one
 */
export function logPrinter(options: PrintOptions): (line: Pick<LogLine, 'text' | 'at'>) => void {
  let inGroup = false
  return ({ text, at }) => {
    const [, tag, rest] = /^##\[(error|warning|notice|debug|command|group|endgroup)\](.*)$/s.exec(text) ?? []
    if (tag === 'endgroup') {
      inGroup = false
      return
    }
    if (tag === 'group') inGroup = false
    const style = tag === undefined ? undefined : STYLES[tag]
    const shown = style === undefined ? text : paint(`${style.label}${rest}`, style.colour, options.colour)
    const time = options.timestamps ? `${new Date(at).toISOString()} ` : ''
    options.write(`${time}${inGroup ? '  ' : ''}${shown}`)
    if (tag === 'group') inGroup = true
  }
}

function paint(text: string, colour: string, wanted: boolean | undefined): string {
  return wanted ? `\u001b[${colour}m${text}\u001b[0m` : text
}
