import type { Logger } from '../migration/ports.ts'
import { cut, LONGEST_ANNOTATION, plain } from '../text.ts'
import { CommandSwitch } from './command-switch.ts'
import type { LogFiles } from './log-files.ts'
import { neutralLines } from './neutral-text.ts'

interface StepLogOptions {
  readonly write: (text: string) => void
  readonly files: LogFiles
  readonly redact: (text: string) => string
  readonly prefixed: boolean
  /** Given where something else prints to standard output as well. */
  readonly commands?: CommandSwitch
}

type AnnotationKind = 'error' | 'warning' | 'notice'

/**
 * What the step prints. Everything but our own commands is text that the runner does not obey: what looks like a
 * command is broken, and from a container's first line on commands are switched off besides, with a token nobody can
 * guess; for one of our own they are switched on again.
 */
export class StepLog implements Logger {
  /** Every warning in full, for the annotations at the end. */
  readonly warnings: string[] = []
  readonly notices: string[] = []
  private readonly write: (text: string) => void
  private readonly files: LogFiles
  private readonly redact: (text: string) => string
  private readonly prefixed: boolean
  private readonly commands: CommandSwitch

  /**
   * @param options.write to standard output; standard error is read apart and could overtake it
   * @param options.redact takes passwords out of our own words
   * @param options.prefixed every line about a database begins with its name
   */
  constructor(options: StepLogOptions) {
    this.write = options.write
    this.files = options.files
    this.redact = options.redact
    this.prefixed = options.prefixed
    this.commands = options.commands ?? new CommandSwitch(options.write)
  }

  /** Our own words about the run, with what AWS says in them. */
  line(text: string): void {
    this.print('', [this.redact(text)])
  }

  say(database: string, text: string): void {
    this.print(this.prefix(database), [this.redact(text)])
  }

  warn(database: string, text: string): void {
    this.warnings.push(this.prefix(database) + this.redact(text))
    this.print(this.prefix(database), [`Warning: ${this.redact(text)}`])
  }

  notice(database: string, text: string): void {
    this.notices.push(this.prefix(database) + this.redact(text))
    this.print(this.prefix(database), [`Note: ${this.redact(text)}`])
  }

  container(database: string, messages: readonly string[]): void {
    const trouble = this.files.append(database, messages)
    if (trouble !== undefined) this.warn(database, `There will be no log file, for it cannot be written: ${trouble}`)
    this.commands.off()
    this.print(this.prefix(database), messages)
  }

  logFile(database: string): string | undefined {
    return this.files.pathOf(database)
  }

  /** @param title of our own words only: where commands are echoed, it is shown in an encoding that hides secrets */
  group(title: string, lines: readonly string[]): void {
    this.command('group', title)
    this.print('', lines.map(this.redact))
    this.command('endgroup', '')
  }

  /**
   * The one way of text from outside into an annotation.
   * @param title of our own words only: the runner hides no secret in it (ExecutionContext.cs, AddIssue)
   */
  annotate(kind: AnnotationKind, message: string, title?: string): void {
    const text = cut(this.redact(plain(message)), LONGEST_ANNOTATION)
    this.command(kind, text, title === undefined ? {} : { title })
  }

  /** From here on the runner shows `***` instead. */
  mask(secret: string): void {
    this.command('add-mask', secret)
  }

  /** One of our own commands, encoded as the runner decodes it (ActionCommand.cs). */
  private command(name: string, data: string, properties: Readonly<Record<string, string>> = {}): void {
    // guard: token-masked-by-us
    this.commands.on()
    const list = Object.entries(properties).map(([key, value]) => `${key}=${encodedProperty(value)}`)
    this.write(`::${name}${list.length > 0 ? ` ${list.join(',')}` : ''}::${encoded(data)}\n`)
  }

  /** An array, for a page of 200,000 lines would be too many arguments. */
  private print(prefix: string, texts: readonly string[]): void {
    this.write(`${texts.flatMap((text) => neutralLines(text, prefix)).join('\n')}\n`)
  }

  private prefix(database: string): string {
    return this.prefixed && database !== '' ? `[${this.redact(database)}] ` : ''
  }
}

function encoded(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function encodedProperty(text: string): string {
  return encoded(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
