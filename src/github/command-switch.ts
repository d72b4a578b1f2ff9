import { randomUUID } from 'node:crypto'

/**
 * Switches the runner's workflow commands off while a container's lines are printed, with a token nobody can guess, and
 * on again for one of our own.
 */
export class CommandSwitch {
  private readonly write: (text: string) => void
  private token: string | undefined

  /** @param write to standard output */
  constructor(write: (text: string) => void) {
    this.write = write
  }

  /** The runner shows the line with a masked token. */
  off(): void {
    if (this.token !== undefined) return
    this.token = randomUUID()
    // guard: stop-commands
    this.write(`::stop-commands::${this.token}\n`)
  }

  on(): void {
    if (this.token === undefined) return
    this.write(`::${this.token}::\n`)
    this.token = undefined
  }
}
