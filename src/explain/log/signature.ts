import type { Cause } from '../wording.ts'

/** Where docs/troubleshooting.md lists a signature. */
export type Section = 'connection' | 'database' | 'tool-state' | 'image'

/**
 * What a database server, a driver, a migration tool or a shell prints for one cause. Wordings are written as the
 * server or driver says them, so that they hold for tools nobody has tried. Letter case and white space do not count,
 * `…` stands for any text, `^` and `$` for the ends of a line.
 */
export interface Signature extends Omit<Cause, 'general'> {
  readonly section: Section
  /** SQLSTATE, error numbers or names; they count only where no line says it in words. */
  readonly codes?: readonly string[]
  /**
   * How much it says, where others match too: `weak` after every other, `generic` last. A consequence of an
   * earlier error is not a cause at all.
   */
  readonly weight?: 'weak' | 'generic'
  /** The line holds values of rows, which reach mail and pull requests only as `'…'`. */
  readonly showsValues?: true
  /** A line as it is printed, for docs/troubleshooting.md; above it, where that counts, a line before it. */
  readonly example: string
}

/** Stands in a remedy for the task's own security groups. */
export const TASK_GROUPS = '{task-security-groups}'

export const POSTGRES_CODES = 'https://www.postgresql.org/docs/current/errcodes-appendix.html'
export const MYSQL_CODES = 'https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html'

/** As a file about one section lists it. */
export type Row = Omit<Signature, 'section'>
