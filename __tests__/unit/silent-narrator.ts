import type { LogEvent, Narrator } from '../../src/migration/ports.ts'

/** Keeps what is told. */
export class SilentNarrator implements Narrator {
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

  container(_database: string, events: readonly LogEvent[]): void {
    this.lines.push(...events.map(({ message }) => message))
  }

  logFile(): undefined {
    return undefined
  }
}
