import { readFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { type Command, CommandReader } from './commands.ts'
import { splitLines } from './lines.ts'
import { Masks } from './masks.ts'
import { NamedValues } from './named-values.ts'
import { type Match, type Matcher, Matchers, readMatchers } from './problem-matchers.ts'

type AnnotationType = 'error' | 'warning' | 'notice'

export interface Annotation {
  readonly type: AnnotationType
  readonly message: string
  /** `title`, `file`, `line`, … as given. */
  readonly properties: Readonly<Record<string, string>>
}

/** ExecutionContext.cs: more annotations of a type are only lines in the log. */
const MOST_ANNOTATIONS_OF_A_TYPE = 10
/** ExecutionContext.cs: in UTF-16 units. */
const LONGEST_ANNOTATION = 4096

export interface StepOutputOptions {
  /** Shared by the stages of a job. */
  readonly masks?: Masks
  readonly matchers?: readonly Matcher[]
  /** ACTIONS_STEP_DEBUG: debug messages are shown, commands echoed. */
  readonly debug?: boolean
  /** The `env` context, for the two opt-ins to unsafe commands. */
  readonly env?: Readonly<Record<string, string>>
  /** Where relative paths of matcher files start. */
  readonly workspace?: string
  /** Each line of the log as it comes. */
  readonly onLine?: (text: string) => void
}

/** The step cannot go on: the runner stops reading it and fails it. */
export class StepAborted extends Error {}

const REFUSED_TOKEN =
  "You cannot use a endToken that is an empty string, the string 'pause-logging', or another workflow command. For more " +
  'information see: https://docs.github.com/actions/learn-github-actions/workflow-commands-for-github-actions#example-stopping-and-starting-workflow-commands ' +
  'or opt into insecure command execution by setting the `ACTIONS_ALLOW_UNSECURE_STOPCOMMAND_TOKENS` environment variable to `true`.'

/** These are not shown again when echoing is on (`OmitEcho`). */
const NEVER_ECHOED: ReadonlySet<string> = new Set(['add-mask', 'debug', 'error', 'notice', 'warning'])

/**
 * One stage of a step as the runner sees it: lines go in, log lines, annotations, outputs and the other effects of
 * workflow commands come out. Beside reading a matcher's file it touches nothing outside.
 */
export class StepOutput {
  /** The log, masked, as the raw log file has it: `##[error]…`, `##[group]…`. */
  readonly lines: string[] = []
  /** All that was obeyed, in order, `stop-commands` and the ends of stops included. */
  readonly commands: Command[] = []
  readonly annotations: Annotation[] = []
  readonly outputs = new NamedValues()
  readonly state = new NamedValues()
  readonly env: Record<string, string> = Object.create(null)
  readonly path: string[] = []
  readonly masks: Masks
  readonly matchers: Matchers
  /** A command failed, which fails the step whatever its exit code. */
  failed = false

  private readonly reader: CommandReader
  private readonly options: StepOutputOptions
  private echo: boolean
  private readonly counts: Record<AnnotationType, number> = { error: 0, warning: 0, notice: 0 }

  constructor(options: StepOutputOptions = {}) {
    this.options = options
    this.masks = options.masks ?? new Masks()
    this.matchers = new Matchers(options.matchers)
    this.echo = options.debug ?? false
    this.reader = new CommandReader(isTrue(options.env?.ACTIONS_ALLOW_UNSECURE_STOPCOMMAND_TOKENS))
  }

  /**
   * Takes one line of stdout or stderr.
   *
   * @throws StepAborted on a `stop-commands` token that the runner refuses; later lines are not read
   */
  receive(line: string): void {
    const reading = this.reader.read(line)
    switch (reading.kind) {
      case 'text':
        this.receiveText(line)
        break
      case 'command':
        this.commands.push(reading.command)
        this.obey(reading.command, line)
        break
      case 'token-refused':
        throw new StepAborted(REFUSED_TOKEN)
      case 'stopped':
        this.commands.push({ name: 'stop-commands', properties: new Map(), data: reading.token })
        if (reading.token.length > 6) this.masks.add(reading.token)
        this.write(line)
        break
      case 'resumed':
        this.commands.push({ name: reading.token, properties: new Map(), data: '' })
        this.write(line)
    }
  }

  /** Something the runner itself reports as an error of this step. */
  error(message: string): void {
    this.annotate('error', message)
  }

  warning(message: string): void {
    this.annotate('warning', message)
  }

  /** Only seen with ACTIONS_STEP_DEBUG. */
  debug(message: string): void {
    if (this.options.debug)
      for (const line of message.replaceAll('\r\n', '\n').split('\n')) this.write(`##[debug]${line}`)
  }

  /** A line of the log; what has line ends takes several. */
  write(text: string): void {
    for (const line of this.masks.apply(text).split('\n')) {
      this.lines.push(line)
      this.options.onLine?.(line)
    }
  }

  private receiveText(line: string): void {
    const harmless = line
      .replaceAll('##[start-action', '##[\\start-action')
      .replaceAll('##[end-action', '##[\\end-action')
    const match = this.matchers.match(harmless)
    if (match === undefined || !this.annotateMatch(match, harmless)) this.write(harmless)
  }

  private obey(command: Command, line: string): void {
    if (this.echo && !NEVER_ECHOED.has(command.name)) this.write(line)
    try {
      this.effects[command.name]?.(command)
    } catch (error) {
      this.error(`Unable to process command '${NEVER_ECHOED.has(command.name) ? command.name : line}' successfully.`)
      this.error(error instanceof Error ? error.message : String(error))
      this.failed = true
    }
  }

  private readonly effects: Readonly<Record<string, (command: Command) => void>> = {
    'add-mask': (command) => this.addMask(command.data),
    'add-matcher': (command) => this.addMatchers(command.data),
    'add-path': (command) => {
      this.requireUnsafe(command.name)
      requireText(command.data, "Value cannot be null. (Parameter 'path')")
      this.path.push(command.data)
    },
    debug: (command) => this.debug(command.data),
    echo: (command) => this.setEcho(command.data),
    endgroup: () => this.write('##[endgroup]'),
    error: (command) => this.annotate('error', command.data, command.properties),
    group: (command) => this.write(`##[group]${command.data}`),
    notice: (command) => this.annotate('notice', command.data, command.properties),
    'remove-matcher': (command) => this.removeMatchers(command),
    'save-state': (command) => this.setNamed(command, this.state),
    'set-env': (command) => {
      this.requireUnsafe(command.name)
      const name = requireName(command)
      if (name.toUpperCase() === 'NODE_OPTIONS') {
        this.error("Can't update NODE_OPTIONS environment variable using ::set-env:: command.")
      } else this.env[name] = command.data
    },
    'set-output': (command) => this.setNamed(command, this.outputs),
    warning: (command) => this.annotate('warning', command.data, command.properties),
  }

  private setNamed(command: Command, values: NamedValues): void {
    this.warning(deprecated(command.name))
    values.set(requireName(command), command.data)
  }

  private requireUnsafe(name: string): void {
    if (this.options.env?.ACTIONS_ALLOW_UNSECURE_COMMANDS?.toLowerCase() !== 'true') throw new Error(disabled(name))
  }

  private addMask(value: string): void {
    if (value.trim() === '') {
      this.warning("Can't add secret mask for empty string in ##[add-mask] command.")
      return
    }
    if (this.echo) this.write('::add-mask::***')
    this.masks.add(value)
    for (const line of value.split(/[\r\n]/)) this.masks.add(line.trim())
  }

  private setEcho(value: string): void {
    requireText(value, "Value cannot be null. (Parameter 'value')")
    const wanted = value.trim().toUpperCase()
    if (wanted !== 'ON' && wanted !== 'OFF') {
      throw new Error(`Invalid echo command value. Possible values can be: 'on', 'off'. Current value is: '${value}'.`)
    }
    this.echo = wanted === 'ON'
  }

  private addMatchers(file: string): void {
    if (file === '') this.warning('File path must be specified.')
    else for (const matcher of this.readMatcherFile(file)) this.matchers.add(matcher)
  }

  private removeMatchers(command: Command): void {
    const owner = command.properties.get('owner') ?? ''
    if ((owner === '') === (command.data === '')) {
      this.warning('Either an owner name or a file path must be specified in ##[remove-matcher] command.')
      return
    }
    const owners = owner === '' ? this.readMatcherFile(command.data).map((matcher) => matcher.owner) : [owner]
    for (const name of owners) this.matchers.remove(name)
  }

  private readMatcherFile(file: string): readonly Matcher[] {
    return readMatchers(readFileSync(isAbsolute(file) ? file : join(this.options.workspace ?? '', file), 'utf8'))
  }

  /** @returns false where the match says too little to annotate, and the line stays a line */
  private annotateMatch(match: Match, line: string): boolean {
    const type = match.severity === undefined ? 'error' : match.severity.toLowerCase()
    if (!match.message?.trim() || (type !== 'error' && type !== 'warning' && type !== 'notice')) return false
    const properties = new Map<string, string>()
    for (const key of ['file', 'line', 'column', 'code'] as const) {
      const value = match[key]
      if (value) properties.set(key === 'column' ? 'col' : key, value)
    }
    this.annotate(type, match.message, properties, line)
    return true
  }

  private annotate(
    type: AnnotationType,
    text: string,
    properties: ReadonlyMap<string, string> = new Map(),
    logText?: string,
  ): void {
    const message = this.masks.apply(text).slice(0, LONGEST_ANNOTATION)
    if (this.counts[type] < MOST_ANNOTATIONS_OF_A_TYPE) {
      this.counts[type]++
      this.annotations.push({ type, message, properties: Object.fromEntries(properties) })
    }
    const shown = logText || message
    if (shown !== '') this.write(`##[${type}]${shown}`)
  }
}

function isTrue(value: string | undefined): boolean {
  return /^(1|\$?true)$/i.test(value ?? '')
}

function requireText(value: string, message: string): void {
  if (value === '') throw new Error(message)
}

function requireName(command: Command): string {
  const name = command.properties.get('name')
  if (!name) throw new Error(`Required field 'name' is missing in ##[${command.name}] command.`)
  return name
}

/** What the runner says about commands that it still obeys, but should not be used. */
function deprecated(name: string): string {
  return (
    `The \`${name}\` command is deprecated and will be disabled soon. Please upgrade to using Environment Files. ` +
    'For more information see: https://github.blog/changelog/2022-10-11-github-actions-deprecating-save-state-and-set-output-commands/'
  )
}

function disabled(name: string): string {
  return (
    `The \`${name}\` command is disabled. Please upgrade to using Environment Files or opt into unsecure command ` +
    'execution by setting the `ACTIONS_ALLOW_UNSECURE_COMMANDS` environment variable to `true`. For more information see: ' +
    'https://github.blog/changelog/2020-10-01-github-actions-deprecating-set-env-and-add-path-commands/'
  )
}

/**
 * Reads the whole output of a process at once: what would the runner make of it?
 *
 * @param text stdout as it was written
 * @returns the output obeyed so far, and `aborted` if the runner would have stopped reading
 */
export function interpretOutput(
  text: string,
  options: StepOutputOptions = {},
): { readonly output: StepOutput; readonly aborted: boolean } {
  const output = new StepOutput(options)
  try {
    for (const line of splitLines(text)) output.receive(line)
    return { output, aborted: false }
  } catch (error) {
    if (!(error instanceof StepAborted)) throw error
    output.error(error.message)
    output.failed = true
    return { output, aborted: true }
  }
}
