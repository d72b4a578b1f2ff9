import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { errorText } from '../text.ts'

/**
 * Makes the folder of a run, for its owner alone. Its parent exists: `recursive` would make that too, and in /proc Node
 * tries forever.
 * @returns why it cannot be made
 */
export function makeFolder(folder: string): string | undefined {
  try {
    mkdirSync(folder, { mode: 0o700 })
    return undefined
  } catch (error) {
    return errorText(error)
  }
}

/** The full log of each database, in a folder of this run. The runner's masking does not reach files. */
export class LogFiles {
  private readonly folder: string
  private readonly paths = new Map<string, string>()
  private readonly broken = new Set<string>()

  /** @param folder exists */
  constructor(folder: string) {
    this.folder = folder
  }

  /** @returns why the file cannot be written, the first time: a full disk ends no migration */
  append(database: string, messages: readonly string[]): string | undefined {
    if (this.broken.has(database)) return undefined
    try {
      appendFileSync(
        this.paths.get(database) ?? this.create(database),
        messages.map((message) => `${message}\n`).join(''),
        { mode: 0o600 },
      )
      return undefined
    } catch (error) {
      this.broken.add(database)
      return errorText(error)
    }
  }

  /** Undefined when nothing was written, or not all. */
  pathOf(database: string): string | undefined {
    return this.broken.has(database) ? undefined : this.paths.get(database)
  }

  /**
   * A name that no file can have is left out, not changed: it may be a secret, which GitHub would no longer find in the
   * path. The number keeps files apart.
   */
  private create(database: string): string {
    const name = /^[\w.-]{1,100}$/.test(database) ? `-${database}` : ''
    const path = join(this.folder, `${this.paths.size + 1}${name}.log`)
    this.paths.set(database, path)
    return path
  }
}
