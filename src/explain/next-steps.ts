import { containerOf, isOver, type MigrationRecord, type Outcome } from '../migration/outcome.ts'
import { page } from '../text.ts'
import type { Case, ExplainContext } from './case.ts'

/**
 * What a database is left with after a stop. A client that is gone does not end the statement it sent: the server finds out
 * when it next writes to it.
 */
export function afterStop(record: MigrationRecord, { source }: Pick<ExplainContext, 'source'>): string {
  if (neverBegan(record)) return `Container ${record.container} never started, so it changed nothing.`
  if (endedWell(record))
    return `Container ${record.container} ended with 0 although its task was stopped: most likely everything is applied, unless the program ends so whenever it is told to stop. Run it again: it should say that nothing is pending.`
  return `The database server may still be executing the last statement and holding its locks. Before you run this again, look. PostgreSQL: \`${activityQuery(record.database)}\`, ${HOW_TO_END} If only a task reaches the database: ${page(QUERY_RECIPE, source)}`
}

/** Follows the query for PostgreSQL. */
export const HOW_TO_END =
  'then `SELECT pg_terminate_backend(PID);` ends a session. MySQL: `SHOW PROCESSLIST;`, then `KILL ID;`.'

/** With 0, although its task was stopped: what was sent to the database had been answered. A server ends so, too. */
export function endedWell({ outcome, servingLine }: Pick<MigrationRecord, 'outcome' | 'servingLine'>): boolean {
  return 'exitCode' in outcome && outcome.exitCode === 0 && servingLine === undefined
}

const QUERY_RECIPE = 'docs/recipes.md#ask-the-database'
export const LOCK_RECIPE = 'docs/recipes.md#lock-guard'

/** Proved only where the task is over. */
function neverBegan({ task, container, lineCount }: MigrationRecord): boolean {
  if (task === undefined || !isOver(task) || task.startedAt !== undefined || lineCount > 0) return false
  return containerOf(task, container)?.exitCode === undefined
}

/** How to see what a PostgreSQL server still does for a database; in a literal `'` is written twice. */
export function activityQuery(database: string): string {
  return `SELECT pid, state, now() - query_start AS since, wait_event_type, pg_blocking_pids(pid) AS blocked_by, query FROM pg_stat_activity WHERE datname = '${database.replaceAll("'", "''")}' AND pid <> pg_backend_pid();`
}

/** Where to look at a task: ECS forgets it about an hour after its end. */
export function lookAt(record: MigrationRecord, context: ExplainContext): string {
  return record.task?.taskArn
    ? `aws ecs describe-tasks --cluster ${context.cluster} --region ${context.region} --tasks ${record.task.taskArn}`
    : `aws ecs list-tasks --cluster ${context.cluster} --region ${context.region} --desired-status RUNNING`
}

/** Of a task that was left running. */
export function watchIt({ record, context }: Pick<Case<Outcome['kind']>, 'record' | 'context'>): string {
  return `Watch it to its end before you run anything else on this database: run the same again with if-running: attach, or \`${lookAt(record, context)}\`. ${afterStop(record, context)}`
}

/** A command line that was given as one word, which only a shell would split. */
export function splitRemedy(word: string): string {
  return `"${word}" is one word, and the image has no program of that name. Give each word apart, without brackets, by the input command: ${word}`
}
