import type { Logger } from '../../src/migration/ports.ts'

/** Keeps what is told. */
export class SilentLogger implements Logger {
  /** `say [shop] text`. */
  readonly told: string[] = []
  readonly lines: string[] = []

  say(database: string, text: string): void {
    this.told.push(`say [${database}] ${text}`)
  }

  warn(database: string, text: string): void {
    this.told.push(`warn [${database}] ${text}`)
  }

  notice(database: string, text: string): void {
    this.told.push(`notice [${database}] ${text}`)
  }

  container(_database: string, messages: readonly string[]): void {
    this.lines.push(...messages)
  }

  logFile(): undefined {
    return undefined
  }
}
