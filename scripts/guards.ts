/**
 * The guards that `npm run mutations` takes out. In src/ a comment `// guard: NAME` stands on the line above each, and
 * moves with it; what it marks is the next line, with the lines below it that are indented deeper and the one that
 * closes them.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Guard {
  readonly name: string
  /** What the source does because of the guard. */
  readonly does: string
  /** Stands in its place when it is taken out. */
  readonly instead: string
  /** The test that must turn red, run against a dist/ without the guard. */
  readonly test: { readonly file: string; readonly title: string }
}

export const guards: readonly Guard[] = [
  {
    name: 'stop-commands',
    does: 'commands are switched off while a container speaks',
    instead: '',
    test: { file: '__tests__/scenarios/hostile.test.ts', title: 'commands are off while a container speaks' },
  },
  {
    name: 'neutral-text',
    does: 'what looks like a command is broken',
    instead: 'return line',
    test: { file: '__tests__/scenarios/hostile.test.ts', title: 'a hostile stop reason' },
  },
  {
    name: 'token-chain',
    does: 'the client token is made of the newest known task',
    instead: 'return String(Math.random())',
    test: { file: '__tests__/scenarios/launching.test.ts', title: 'two launchers at the same instant' },
  },
  {
    name: 'allow-mark',
    does: 'a task that was allowed to run beside others is never a link of the chain',
    instead: 'startedBy: marks.chained,',
    test: { file: '__tests__/faults/chain.test.ts', title: 'that has ended lets one of two at once begin' },
  },
  {
    name: 'echo-check',
    does: 'what ECS answers must name the database that was asked for',
    instead: 'return undefined',
    test: { file: '__tests__/scenarios/databases.test.ts', title: 'ECS starts a task for another database' },
  },
  {
    name: 'drain',
    does: 'the log is read on after the exit',
    instead: 'const SETTLE_MS = { success: 0, failure: 0 } as const',
    test: { file: '__tests__/scenarios/observing.test.ts', title: 'lines that arrive long after the exit' },
  },
  {
    name: 'save-before-launch',
    does: 'what must be known to clean up is saved before RunTask',
    instead: '',
    test: { file: '__tests__/scenarios/cancelling.test.ts', title: 'killed after the answer of RunTask was lost' },
  },
  {
    name: 'both-listings',
    does: 'tasks that are being stopped are looked for as well',
    instead: '',
    test: { file: '__tests__/scenarios/launching.test.ts', title: 'a predecessor that is being stopped still runs' },
  },
  {
    name: 'same-migration',
    does: 'a task that runs is followed only if it is the same migration',
    instead: '',
    test: { file: '__tests__/scenarios/following.test.ts', title: 'a re-run that is not the same migration' },
  },
  {
    name: 'may-stop',
    does: 'a task of another run is never stopped',
    instead: 'const mayStop = true',
    test: { file: '__tests__/scenarios/following.test.ts', title: 'is cancelled' },
  },
  {
    name: 'answer-shape',
    does: 'only what has the shape of its operation is an answer',
    instead: 'return true',
    test: { file: '__tests__/scenarios/answers.test.ts', title: 'RunTask is never answered as RunTask' },
  },
  {
    name: 'register-search',
    does: 'a revision whose answer was lost is looked for before another is registered',
    instead: '',
    test: {
      file: '__tests__/scenarios/answers.test.ts',
      title: 'RegisterTaskDefinition is never answered as RegisterTaskDefinition',
    },
  },
  {
    name: 'token-masked-by-us',
    does: 'the OIDC token is hidden with commands switched on',
    instead: '',
    test: { file: '__tests__/scenarios/access.test.ts', title: 'a role that is assumed, and renewed' },
  },
  {
    name: 'mask-unescaped',
    does: 'text in the summary stands as GitHub knows it, so that it finds a secret there',
    instead: "return (part) => part.replace(/[&<>_.:-]/g, (mark) => '&#' + mark.charCodeAt(0) + ';')",
    test: { file: '__tests__/scenarios/hostile.test.ts', title: 'secrets that GitHub knows' },
  },
  {
    name: 'mask-untorn',
    does: 'lines are broken and texts are cut at white space alone',
    instead: 'return start + most',
    test: { file: '__tests__/scenarios/hostile.test.ts', title: 'secrets that GitHub knows' },
  },
  {
    name: 'starred-reports',
    does: 'passwords and known values are starred on the way into outputs and summary',
    instead: 'return redacted(data, plain)',
    test: { file: '__tests__/scenarios/hostile.test.ts', title: 'a value that AWS quotes' },
  },
]

interface Source {
  readonly path: string
  readonly lines: readonly string[]
}

const MARKER = /^\s*\/\/ guard: (\S+)$/

/** @returns names of the markers below a folder, in no order, each as often as it stands there */
export function markersIn(folder: string): string[] {
  return sourcesIn(folder).flatMap(({ lines }) => lines.flatMap((line) => MARKER.exec(line)?.[1] ?? []))
}

/**
 * The file that holds a guard, and its text without it.
 * @throws when the marker does not stand in exactly one place below the folder
 */
export function without({ name, instead }: Guard, folder: string): { readonly path: string; readonly text: string } {
  const found = sourcesIn(folder).flatMap(({ path, lines }) =>
    lines.flatMap((line, at) => (MARKER.exec(line)?.[1] === name ? [{ path, lines, at }] : [])),
  )
  const [place] = found
  if (place === undefined || found.length > 1)
    throw new Error(`"// guard: ${name}" stands in ${found.length} places of ${folder}, not in one`)
  const { path, lines, at } = place
  return { path, text: [...lines.slice(0, at), instead, ...lines.slice(endOf(lines, at + 1))].join('\n') }
}

/** Index of the line behind the statement, or the part of one, that begins at an index. */
function endOf(lines: readonly string[], begin: number): number {
  const own = indentOf(lines[begin])
  let end = begin + 1
  while (indentOf(lines[end]) > own) end += 1
  const closes = end > begin + 1 && indentOf(lines[end]) === own && /^\s*[)\]}]/.test(lines[end] ?? '')
  return closes ? end + 1 : end
}

const indentOf = (line = ''): number => (line.trim() === '' ? -1 : line.search(/\S/))

function sourcesIn(folder: string): readonly Source[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name))
    .map((path) => ({ path, lines: readFileSync(path, 'utf8').split('\n') }))
}
