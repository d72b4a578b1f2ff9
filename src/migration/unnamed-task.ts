import type { Task } from '@aws-sdk/client-ecs'
import type { SavedRun } from './run-state.ts'

/** What the records of a run say that did not end normally. */
export interface RunRecords {
  readonly run: Pick<SavedRun, 'onCancel' | 'onTimeout' | 'timeoutMinutes'>
  /** No launch is known to be settled: ended, left on purpose, or lost from sight. */
  readonly noneSettled: boolean
  /** The record of a launch cannot be read. */
  readonly damaged: boolean
}

/**
 * Whether a running task of this run may be stopped although no record names it: its own record was never written, or
 * is lost with what it said. A task that may have been left on purpose is never stopped.
 * @param expected there is a launch whose answer main never learnt, which must have started this task
 */
export function mayStopUnnamed(task: Task, expected: boolean, records: RunRecords, now: Date): boolean {
  const { run, noneSettled, damaged } = records
  if (run.onCancel === 'leave') return false
  if (expected && !damaged) return run.onTimeout === 'stop' || !isPastLimit(task, run.timeoutMinutes, now)
  return run.onTimeout === 'stop' && noneSettled
}

/** Main may have left it at its time limit, and could not write that down. */
function isPastLimit({ createdAt }: Task, timeoutMinutes: number, now: Date): boolean {
  return createdAt === undefined || now.getTime() - createdAt.getTime() >= timeoutMinutes * 60_000
}
