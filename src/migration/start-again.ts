/** When a start that failed is tried again: RunTask refused it, or it is proved that no container ran. */
import type { Task } from '@aws-sdk/client-ecs'
import type { Clock } from '../model.ts'
import type { LogRead } from './follow-log.ts'
import type { FollowedTask } from './follow-task.ts'

/** The first start, and three more. */
export const MOST_STARTS = 4
const PAUSE_MS = 5_000

/** @param starts how many were tried: the more, the longer */
export function pauseBeforeStart(starts: number, clock: Clock, cancelled: AbortSignal): Promise<void> {
  return clock.sleep(PAUSE_MS * starts, cancelled)
}

/** ECS says that it could not start the task, and shows neither a start nor an exit code. */
function noContainerRan({ stopCode, startedAt, containers = [] }: Task): boolean {
  return (
    stopCode === 'TaskFailedToStart' &&
    startedAt === undefined &&
    containers.every(({ exitCode }) => exitCode === undefined)
  )
}

/**
 * @param mayPass whether the cause of a failed start passes by itself
 * @param readLog asked only where everything else allows it: an empty log is part of the proof
 */
export async function mayStartAgain(
  { outcome, task }: Pick<FollowedTask, 'outcome' | 'task'>,
  mayPass: (task: Task) => boolean,
  readLog: () => Promise<LogRead>,
): Promise<boolean> {
  if (outcome.kind !== 'not-started' || !noContainerRan(task) || !mayPass(task)) return false
  const log = await readLog()
  return log.readable && log.lineCount === 0
}

/** A start that ran no container. */
export interface FailedStart {
  readonly task: Task
  /** RunTask was called so many times. */
  readonly starts: number
  /** When it was called last; not where another step started the task. */
  readonly requested: Date | undefined
}

export function failedStartNote({ starts, task }: FailedStart): string {
  return `Start ${starts} failed and no container ran (${task.stoppedReason ?? 'no reason given'}). Trying again.`
}
