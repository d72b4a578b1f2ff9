import { AwsError, type Clock } from '../model.ts'
import { arnParts } from '../naming.ts'
import { askAgain } from './ask-again.ts'
import type { Tasks } from './ports.ts'

interface StopOrder {
  readonly cluster: string
  readonly taskArn: string
  /** Shown by ECS as the task's stoppedReason. */
  readonly reason: string
}

/** For a moment ECS may not know a task that it has just started (docs/platform-facts.md#eventual-consistency). */
const LONGEST_NOT_THERE_MS = 60_000
const PAUSE_MS = 1_000

/**
 * Asks ECS to stop a task; again where one refusal may be transient, and while it says that there is no such task.
 * @throws AwsError when it refuses
 */
export async function stopTask(
  { tasks, clock }: { readonly tasks: Tasks; readonly clock: Clock },
  { cluster, taskArn, reason }: StopOrder,
  signal: AbortSignal,
): Promise<void> {
  const deadline = clock.elapsed() + LONGEST_NOT_THERE_MS
  for (;;) {
    try {
      return await askAgain(() => tasks.stop(cluster, taskArn, reason, signal), clock, [signal], { pauseMs: PAUSE_MS })
    } catch (error) {
      if (!isNotThereYet(error) || clock.elapsed() >= deadline || signal.aborted) throw error
    }
    await clock.sleep(PAUSE_MS, signal)
  }
}

/** What a person types to stop a task that we could not. */
export function stopCommand(cluster: string, taskArn: string): string {
  return `aws ecs stop-task --region ${arnParts(taskArn).region} --cluster ${cluster} --task ${taskArn}`
}

/** @returns what a person must know and do about a task that ECS did not stop */
export function notStopped(cluster: string, taskArn: string, why: string): string {
  return `The task could not be stopped and may run on: ${why}. Stop it yourself: ${stopCommand(cluster, taskArn)}`
}

function isNotThereYet(error: unknown): boolean {
  return error instanceof AwsError && /not found/i.test(error.message)
}
