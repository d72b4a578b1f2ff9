import type { MigrationRecord } from '../migration/outcome.ts'
import type { Startup } from '../model.ts'
import { type LogReading, lastSaid, readLog } from './log/read-log.ts'

/** What the container said, as far as it was read. */
export interface Said {
  readonly reading: LogReading
  /** The one line to show; undefined where it printed nothing. */
  readonly line?: string
}

interface SaidContext {
  /** What the container executes. */
  readonly startup?: Startup
  /** The task's own. */
  readonly securityGroups?: readonly string[]
}

/** @returns undefined where the log was not read: then nobody knows whether it says anything */
export function whatItSaid(record: MigrationRecord, { startup, securityGroups }: SaidContext): Said | undefined {
  const { outcome, lastLines, milestones } = record
  if (milestones.logRead === undefined && lastLines.length === 0) return undefined
  const byItself = outcome.kind === 'succeeded' || (outcome.kind === 'failed' && outcome.cause === 'exit-code')
  const reading = readLog(lastLines, {
    ...(byItself && { exitCode: outcome.exitCode }),
    database: record.database,
    words: [...(startup?.entryPoint ?? []), ...(startup?.command ?? [])],
    programs: startup?.programs ?? [],
    ...(securityGroups && { securityGroups }),
  })
  const line = byItself ? ('line' in reading ? reading.line : undefined) : lastSaid(lastLines)
  return { reading, ...(line !== undefined && { line }) }
}
