import type { Found } from './find-cause.ts'
import { quote } from './quote.ts'
import { TASK_GROUPS } from './signature.ts'

export interface LogFacts {
  /** Undefined where the container ended without one, or still ran. */
  readonly exitCode?: number
  /** The one that was asked for, by its name. */
  readonly database?: string
  /** The command of the container. */
  readonly words?: readonly string[]
  /** Those that the command starts in the end. */
  readonly programs?: readonly (readonly string[])[]
  /** The task's own, for the remedy. */
  readonly securityGroups?: readonly string[]
}

/** A cause that stands in the log, with the line that says it. */
export interface LogCause {
  /** Stable, as docs/troubleshooting.md lists it. */
  readonly id: string
  readonly line: string
  /** A sentence. */
  readonly cause: string
  readonly remedy: string
}

export function logCauseOf({ row, line }: Found, { securityGroups = [] }: LogFacts): LogCause {
  return {
    id: row.id,
    line: quote(line, row.showsValues),
    cause: row.cause,
    remedy: row.remedy.replace(TASK_GROUPS, groups(securityGroups)),
  }
}

function groups(ids: readonly string[]): string {
  if (ids.length === 0) return "the task's security group"
  return `the task's security ${ids.length === 1 ? 'group' : 'groups'} (${ids.join(', ')})`
}
