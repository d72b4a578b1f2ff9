import type { Logger } from '../../src/migration/ports.ts'

/** Keeps what it is given. */
export class SilentLogger implements Logger {
  /** `say [shop] text`. */
  readonly messages: string[] = []
  readonly lines: string[] = []

  say(database: string, text: string): void {
    this.messages.push(`say [${database}] ${text}`)
  }

  warn(database: string, text: string): void {
    this.messages.push(`warn [${database}] ${text}`)
  }

  notice(database: string, text: string): void {
    this.messages.push(`notice [${database}] ${text}`)
  }

  container(_database: string, messages: readonly string[]): void {
    this.lines.push(...messages)
  }

  logFile(): undefined {
    return undefined
  }
}
