import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** The full log of each database, in a folder of this run. The runner's masking does not reach files. */
export class LogFiles {
  private readonly folder: string
  private readonly paths = new Map<string, string>()
  private readonly broken = new Set<string>()

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
      )
      return undefined
    } catch (error) {
      this.broken.add(database)
      return error instanceof Error ? error.message : String(error)
    }
  }

  /** Undefined when nothing was written, or not all. */
  pathOf(database: string): string | undefined {
    return this.broken.has(database) ? undefined : this.paths.get(database)
  }

  /** A name can hold what no file name may; the number keeps two that look alike apart. */
  private create(database: string): string {
    mkdirSync(this.folder, { recursive: true })
    const name = database.replace(/[^\w.-]/g, '_').slice(0, 100)
    const path = join(this.folder, `${this.paths.size + 1}-${name}.log`)
    this.paths.set(database, path)
    return path
  }
}
