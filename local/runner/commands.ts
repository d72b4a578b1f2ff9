/**
 * Which lines of a step's output the GitHub runner obeys. Written from the runner's own rules (v2.336: ActionCommand.cs,
 * ActionCommandManager.cs, OutputManager.cs) and pure, so that it can judge what our action prints.
 */

/** What a step's output can command today. Names are compared without regard to case. */
export const WORKFLOW_COMMANDS = [
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning',
] as const

/** A line that the runner takes as a command, its escapes undone. */
export interface Command {
  /** In lower case, except for the token that ends a stop. */
  readonly name: string
  /** Keys in lower case, since the runner ignores their case. */
  readonly properties: ReadonlyMap<string, string>
  readonly data: string
}

/** What becomes of one line. */
type Reading =
  | { readonly kind: 'text' }
  | { readonly kind: 'command'; readonly command: Command }
  /** From here on nothing is obeyed until a line commands `token`. */
  | { readonly kind: 'stopped'; readonly token: string }
  | { readonly kind: 'resumed'; readonly token: string }
  /** The runner ends the step with an error over such a token. */
  | { readonly kind: 'token-refused'; readonly token: string }

/** .NET's white space, which TrimStart and Trim take away. JavaScript's differs: U+0085 is in it, U+FEFF is not. */
const WHITE_SPACE = '\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000'
const LEADING_SPACE = new RegExp(`^[${WHITE_SPACE}]+`)
const TRAILING_SPACE = new RegExp(`[${WHITE_SPACE}]+$`)

/**
 * The second `::`. The runner looks for it with .NET's culture-sensitive IndexOf, which passes over characters that have
 * no weight in Unicode collation (controls, format characters, variation selectors): `::group:<NUL>:x` is a command.
 * At the start of a line the same rule cannot make one, since the name is then cut out at the wrong place.
 */
const SEPARATOR = /:(?:[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\p{Cf}\p{Variation_Selector}]|\u034f)*:/gu

/** In the order in which they are undone; `%25` comes last. */
type Escapes = readonly (readonly [code: string, character: string])[]

const DATA_ESCAPES: Escapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%25', '%'],
]
const PROPERTY_ESCAPES: Escapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%3A', ':'],
  ['%2C', ','],
  ['%25', '%'],
]
const BRACKET_ESCAPES: Escapes = [
  ['%3B', ';'],
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%5D', ']'],
  ['%25', '%'],
]

/** `a=b` as .NET splits it when it drops empty parts: `=a==b=c` is `a` and `b=c`, `a=` is nothing. */
const PROPERTY = /^=*([^=]+)=+([^=].*)$/s

type Registered = (name: string) => boolean

const BUILT_IN: ReadonlySet<string> = new Set(WORKFLOW_COMMANDS.map(ordinalUpper))

/**
 * Reads the lines of one process, both streams in the order in which the runner takes them, and keeps the one state
 * that lines have on each other: `stop-commands`. Each stage of a step (main, post) starts with a new one.
 */
export class CommandReader {
  private readonly registered = new Set(BUILT_IN)
  private readonly allowAnyToken: boolean
  private token: string | undefined

  /** @param allowAnyToken as ACTIONS_ALLOW_UNSECURE_STOPCOMMAND_TOKENS does */
  constructor(allowAnyToken = false) {
    this.allowAnyToken = allowAnyToken
  }

  /** The token that ends the present stop, if commands are stopped. */
  get stoppedBy(): string | undefined {
    return this.token
  }

  read(line: string): Reading {
    const command = parseCommand(line, (name) => this.registered.has(ordinalUpper(name)))
    if (command === undefined) return { kind: 'text' }
    if (this.token !== undefined) return this.readStopped(command, this.token)
    return command.name === 'stop-commands' ? this.stop(command.data) : { kind: 'command', command }
  }

  private readStopped(command: Command, token: string): Reading {
    if (token === '' || ordinalUpper(command.name) !== ordinalUpper(token)) return { kind: 'text' }
    this.registered.delete(ordinalUpper(token))
    this.token = undefined
    return { kind: 'resumed', token }
  }

  private stop(token: string): Reading {
    const upper = ordinalUpper(token)
    const refused = token === '' || upper === 'PAUSE-LOGGING' || this.registered.has(upper)
    if (refused && !this.allowAnyToken) return { kind: 'token-refused', token }
    this.token = token
    this.registered.add(upper)
    return { kind: 'stopped', token }
  }
}

/**
 * Reads one line as the runner does.
 *
 * @param line without its end
 * @param registered whether a name is a command; by default {@link WORKFLOW_COMMANDS}
 * @returns undefined for a line that is only text
 */
export function parseCommand(line: string, registered: Registered = isWorkflowCommand): Command | undefined {
  return parseColons(line, registered) ?? parseBracket(line, registered)
}

function isWorkflowCommand(name: string): boolean {
  return BUILT_IN.has(ordinalUpper(name))
}

/** `::name key=value,key=value::data`, white space before it allowed. */
function parseColons(line: string, registered: Registered): Command | undefined {
  const message = line.replace(LEADING_SPACE, '')
  if (!message.startsWith('::')) return undefined
  SEPARATOR.lastIndex = 2
  const end = SEPARATOR.exec(message)?.index
  if (end === undefined) return undefined
  const { name, rest } = cutName(message.slice(2, end))
  if (!registered(name)) return undefined
  return {
    name: isWorkflowCommand(name) ? name.toLowerCase() : name,
    properties: readProperties(rest.replace(LEADING_SPACE, '').replace(TRAILING_SPACE, ''), ',', PROPERTY_ESCAPES),
    data: undoEscapes(message.slice(end + 2), DATA_ESCAPES),
  }
}

function cutName(info: string): { name: string; rest: string } {
  const space = info.indexOf(' ')
  return space < 0 ? { name: info, rest: '' } : { name: info.slice(0, space), rest: info.slice(space + 1) }
}

function readProperties(text: string, divider: string, escapes: Escapes): ReadonlyMap<string, string> {
  const properties = new Map<string, string>()
  for (const part of text.split(divider)) {
    const [, key, value] = PROPERTY.exec(part) ?? []
    if (key !== undefined && value !== undefined) properties.set(key.toLowerCase(), undoEscapes(value, escapes))
  }
  return properties
}

function undoEscapes(text: string, escapes: Escapes): string {
  return escapes.reduce((undone, [code, character]) => undone.replaceAll(code, character), text)
}

/** `##[name key=value;key=value]data`, anywhere in the line; the first `##[` counts. */
function parseBracket(line: string, registered: Registered): Command | undefined {
  const start = line.indexOf('##[')
  if (start < 0) return undefined
  const end = line.indexOf(']', start)
  if (end < 0) return undefined
  const { name, rest } = cutName(line.slice(start + 3, end))
  if (!registered(name)) return undefined
  return {
    name: isWorkflowCommand(name) ? name.toLowerCase() : name,
    properties: readProperties(rest, ';', BRACKET_ESCAPES),
    data: undoEscapes(line.slice(end + 1), BRACKET_ESCAPES),
  }
}

/** How .NET's OrdinalIgnoreCase sees a text: each UTF-16 unit in upper case, the Turkish i and the long s as they are. */
export function ordinalUpper(text: string): string {
  return text.replace(/[^\u0131\u017f]/g, (unit) => {
    const upper = unit.toUpperCase()
    return upper.length === 1 ? upper : unit
  })
}
