import { sameSpelling } from '../wording.ts'

/** Lines that say nothing of a migration, wherever they stand. */
const NOISE: readonly RegExp[] = [
  /^[-=+*_.~#|^\u2500-\u257f\s]*$/,
  /^\s*(?:\[?[\u2800-\u28ff|/\\-]\]?)(?:\s|$)/,
  /^npm (?:notice|http|verb|info|sill|timing|warn)\b(?! exec The following)/i,
  /^npm (?:error|ERR!) (?:A complete log|Lifecycle|code|errno|path|command|workspace|syscall|enoent This|\s)/i,
  /^npm (?:error|ERR!)\s*$/i,
  /^npm (?:error|ERR!) 404 (?!Not Found)/i,
  /^Did you mean\? {2}|^\s{8,}"[A-Z_]+"$/,
  /^\s*> \S+@\S+ \S/,
  /^Node\.js v\d/,
  /^\(Background on this error at:/,
  /^For more information, please use the --log-level/,
  /^Tasks: TOP =>/,
  /^\(See full trace/,
  /^The above exception was|^During handling of the above|^Traceback \(most recent/,
  /^SLF4J[:(]/,
  /^WARNING: License service not loaded/,
  /^Loaded Prisma config|^Prisma (?:schema loaded|config detected)/,
  /^(?:rake|rails|bin\/rails) aborted!$/,
  /^\s*Caused by:\s*$/,
  /^\s+(?:Is the server running|This probably means|before or while processing)/,
  /^Picked up (?:_JAVA_OPTIONS|JAVA_TOOL_OPTIONS)/,
  /^\s*[{}[\](),;]+\s*$/,
]

/** Stack frames, and the source lines that tracebacks show. */
const FRAMES: readonly RegExp[] = [
  /^\s+at\s/,
  /^at\s\S+\s?\(/,
  /^\s*\/\S+\.rb:\d+/,
  /^\s*from \S+:\d+/,
  /^\S+\.(?:rb|rake|ru):\d+:in\b/,
  /^\s+\S+\.go:\d+/,
  /^goroutine \d+/,
  /^\s*#\d+\s/,
  /^\s*\d+: \S+::/,
  /^\s+with \w+=/,
  /^\s*\.\.\. \d+ (?:more|common frames|levels)/,
  /^\s+\([\w. -]+\) \S+\.exs?:\d+/,
  /^\s*[\^~][\s^~]*$/,
  /^\S+\.(?:js|ts|mjs|cjs):\d+$/,
]

/** A statement, or what the server says besides its message: words such as "already exists" mean nothing there. */
const ECHOES: readonly RegExp[] = [
  /^\s*\[(?:SQL|parameters):/,
  /^\s*Statement\s*:/,
  /^\s*(?:query|sql|params|parameters|internalQuery):/i,
  /^(?:\S+: )*\s*(?:ERROR )?(?:DETAIL|HINT|CONTEXT|STATEMENT|QUERY|WHERE|LOCATION|DÉTAIL)\s*:/i,
  /^\s*(?:Line|Location|Error Code|SQL State)\s*:/,
  /^(?:\S+: )*\s*LINE \d+:/,
  /^(?:\S*: )*(?:NOTICE|INFO|DEBUG)\s*:/,
  /^\s*(?:create|alter|drop)\s+(?:or\s+replace|table|(?:unique\s+)?index|type|view|materialized|schema|extension|function|trigger|sequence|role|user|database|column|constraint|policy|domain|temp)\b(?!.*\bcan(?:no|')t\b)/i,
  /^\s*(?:insert\s+into|delete\s+from|update\s+\S+\s+set|select\s+.*(?:\bfrom\b|\()|with\s+\S+\s+as\b|do\s+\$|set\s+\S+\s*(?:=|to\b)|grant\s.*\son\s|comment\s+on\s)/i,
  /^\s*(?:begin|commit|rollback)\s*;?$/i,
  /^\s*--\s/,
]

/** Members of an error object as Node prints it: codes and numbers, never a sentence. */
const PROPERTY =
  /^\s+['"]?(?:length|severity|code|detail|hint|position|internalPosition|internalQuery|where|schema|table|column|dataType|constraint|file|line|routine|query|parameters|sql|sqlState|errno|fatal|syscall|address|port|hostname|params|clientVersion|errorCode|meta)['"]?\s*:/

export const PYTHON_FRAME = /^\s+File "/

/** The source that Python shows below a frame stands further in; the line that ends a traceback does not. */
export function isSourceOf(frame: string | undefined, line: string): boolean {
  return frame !== undefined && PYTHON_FRAME.test(frame) && indentOf(line) > indentOf(frame)
}

function indentOf(line: string): number {
  return /^\s*/.exec(line)?.[0].length ?? 0
}

type LineKind = 'message' | 'noise' | 'frame' | 'echo' | 'property'

export interface KnownLine {
  readonly text: string
  readonly kind: LineKind
}

/** What kind of line each is. */
export function classified(lines: readonly string[]): readonly KnownLine[] {
  let frame: string | undefined
  return lines.map((text) => {
    if (PYTHON_FRAME.test(text)) frame = text
    else if (!isSourceOf(frame, text)) frame = undefined
    return { text, kind: frame === undefined ? kindOf(text) : 'frame' }
  })
}

function kindOf(text: string): LineKind {
  if (isAny(NOISE, text)) return 'noise'
  if (isAny(FRAMES, text)) return 'frame'
  if (PROPERTY.test(text)) return 'property'
  if (isAny(ECHOES, text) || sameSpelling(text).endsWith(', skipping')) return 'echo'
  return 'message'
}

function isAny(patterns: readonly RegExp[], text: string): boolean {
  return patterns.some((pattern) => pattern.test(text))
}
