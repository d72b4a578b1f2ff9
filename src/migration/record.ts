import type { MigrationRecord, Outcome } from './outcome.ts'

/** What would have run. */
export interface Subject {
  readonly container: string
  readonly image: string
}

/** The record of a database that no task was launched for. */
export function recordWithoutTask(database: string, outcome: Outcome, { container, image }: Subject): MigrationRecord {
  return { database, outcome, container, image, lineCount: 0, lastLines: [], milestones: {}, notes: [] }
}
