import type { Task } from '@aws-sdk/client-ecs'
import { timeOfDay } from '../duration.ts'
import { containerOf, isOver } from '../migration/outcome.ts'
import type { Links } from '../migration/ports.ts'
import type { ReportRow } from './row.ts'

/** Causes by which a tool says only that an earlier run of it failed. */
const FAILED_EARLIER: ReadonlySet<string> = new Set(['dirty', 'failed-earlier'])

/** Tasks of a database that ECS still knows, newest first: it forgets one about an hour after its end. */
export type TasksOf = (database: string) => Promise<readonly Task[]>

/** Names the run that failed first, in whose log the cause stands, where that is not in this one and ECS still knows it. */
export async function withFirstFailure(
  row: ReportRow,
  tasksOf: TasksOf,
  linksFor: (arn: string) => Links,
): Promise<ReportRow> {
  const { record, problem } = row
  if (problem === undefined || !FAILED_EARLIER.has(problem.code)) return row
  const first = firstOfFailures(await tasksOf(record.database), row)
  if (first?.taskArn === undefined) return row
  const url = linksFor(first.taskArn).task(first.taskArn)
  const when = first.createdAt === undefined ? '' : ` started at ${timeOfDay(first.createdAt)}`
  return {
    ...row,
    problem: { ...problem, reason: `${problem.reason} That was task ${url ?? first.taskArn}${when}.` },
    ...(url !== undefined && { firstFailureUrl: url }),
  }
}

/** The oldest of those that failed one after the other, up to this one. */
function firstOfFailures(tasks: readonly Task[], { record }: ReportRow): Task | undefined {
  const before = tasks.filter((task) => isOver(task) && task.taskArn !== record.task?.taskArn)
  const success = before.findIndex((task) => !hasFailed(task, record.container))
  return (success === -1 ? before : before.slice(0, success)).at(-1)
}

function hasFailed(task: Task, container: string): boolean {
  return ![undefined, 0].includes(containerOf(task, container)?.exitCode)
}
