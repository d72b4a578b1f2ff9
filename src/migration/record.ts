import type { Task } from '@aws-sdk/client-ecs'
import type { LogRead } from './follow-log.ts'
import type { FollowedTask } from './follow-task.ts'
import type { Followed } from './followed.ts'
import type { MigrationRecord, Outcome } from './outcome.ts'

/** What is known of a migration beside its task. */
export interface Circumstances {
  readonly container: string
  readonly image: string
  /** What was done besides: starts tried again. */
  readonly notes?: readonly string[]
  readonly taskDefinitionArn?: string | undefined
  /** RunTask was called. */
  readonly requested?: Date | undefined
  readonly logFile?: string | undefined
  readonly followed?: Followed | undefined
}

/** The record of a database that no task runs for. */
export function recordWithoutTask(
  database: string,
  outcome: Outcome,
  { container, image, notes = [], taskDefinitionArn, requested, logFile, followed }: Circumstances,
): MigrationRecord {
  return {
    database,
    outcome,
    container,
    image,
    notes,
    ...(taskDefinitionArn !== undefined && { taskDefinitionArn }),
    ...(logFile !== undefined && { logFile }),
    ...(followed && { followed }),
    milestones: { ...(requested && { requested }) },
    lineCount: 0,
    lastLines: [],
  }
}

/** The record of a task that was followed to its end. */
export function recordOf(
  database: string,
  { outcome, task, history, exitSeen, stream }: Omit<FollowedTask, 'log'>,
  log: LogRead,
  known: Circumstances,
): MigrationRecord {
  const { endedEarlier } = history
  const record = recordWithoutTask(database, outcome, known)
  return {
    ...record,
    task,
    lineCount: log.lineCount,
    lastLines: log.lastLines,
    milestones: {
      ...record.milestones,
      ...(exitSeen && { exitSeen }),
      ...(log.until && { logRead: log.until }),
    },
    ...(endedEarlier.length > 0 && { endedEarlier }),
    ...(stream && hasLog(outcome, task, log) && { log: stream }),
    ...(log.note !== undefined && { logNote: log.note }),
    ...(log.printedNothing && { printedNothing: true }),
    ...(log.servingLine !== undefined && { servingLine: log.servingLine }),
  }
}

/** Where no container ran there is no log, and no link leads to one. */
function hasLog(outcome: Outcome, task: Task, { lineCount }: LogRead): boolean {
  return lineCount > 0 || task.startedAt !== undefined || outcome.kind !== 'not-started'
}
