/** Where the report goes. The adapters in `github/` implement these interfaces. */
import type { Logger } from '../migration/ports.ts'

export interface StepLogger extends Logger {
  /** Every warning and notice so far, in full. */
  readonly warnings: readonly string[]
  readonly notices: readonly string[]
  /** One line about the step as a whole. */
  line(text: string): void
  group(title: string, lines: readonly string[]): void
  /** @param title of our own words only: no secret is masked in it */
  annotate(kind: 'error' | 'warning' | 'notice', message: string, title?: string): void
}

/** Each of them throws where it cannot be written. */
export interface ResultChannels {
  output(name: string, value: string): void
  /** @returns the file's path */
  resultsFile(document: string): string
  /** Nothing happens where the workflow has no job summary. */
  summary(markdown: string): Promise<void>
}
