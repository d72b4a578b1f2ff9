import type { TableCounts } from '../shop.ts'

/** Where the demo writes, and how wide. */
export interface Screen {
  readonly colour: boolean
  write(line: string): void
}

/** Whether something is as it should be. */
export interface Check {
  readonly text: string
  readonly held: boolean
}

export function terminal(): Screen {
  return {
    colour: process.stdout.isTTY === true && !process.env.NO_COLOR,
    write: (line) => process.stdout.write(`${line}\n`),
  }
}

/** What a reader of a step's log should know first. */
export const READING = [
  'The log of each step is shown as on GitHub, its groups folded (▶). From ::stop-commands::*** on, GitHub takes no line for',
  'a command, whatever a container prints; ::***:: ends that. The links to the AWS console lead nowhere.',
]

/** A title, and what the reader should know before what follows. */
export function chapter(screen: Screen, title: string, ...story: readonly string[]): void {
  screen.write('')
  screen.write(bold(screen, title))
  screen.write(bold(screen, '─'.repeat([...title].length)))
  for (const line of story) screen.write(line)
  screen.write('')
}

export function bold(screen: Screen, text: string): string {
  return styled(screen, '1', text)
}

function styled(screen: Screen, style: string, text: string): string {
  return screen.colour ? `\u001b[${style}m${text}\u001b[0m` : text
}

/** Lines behind a rule, so that they are seen to come from elsewhere. */
export function quote(screen: Screen, text: string): void {
  for (const line of text.replace(/\n$/, '').split('\n')) screen.write(`${faint(screen, '│')} ${line}`)
}

function faint(screen: Screen, text: string): string {
  return styled(screen, '2', text)
}

export function showChecks(screen: Screen, checks: readonly Check[]): void {
  for (const { text, held } of checks)
    screen.write(held ? `${styled(screen, '32', '✓')} ${text}` : `${styled(screen, '31', '✗')} ${text}`)
}

/** The number of tables in each database, and where it has changed. */
export function showCounts(screen: Screen, before: TableCounts, after: TableCounts): void {
  const width = Math.max(...Object.keys(after).map((name) => name.length))
  screen.write('Tables in PostgreSQL, counted in each database:')
  for (const [database, count] of Object.entries(after)) {
    const was = before[database] ?? 0
    const change = count === was ? `${count}` : bold(screen, `${was} → ${count}`)
    screen.write(`  ${database.padEnd(width)}  ${change}`)
  }
}
