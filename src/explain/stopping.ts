import type { RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs'
import { containerOf, isOver, type MigrationRecord } from '../migration/outcome.ts'
import type { Problem } from '../model.ts'
import type { Stopping } from './case.ts'
import { findStopReason } from './stop-reasons.ts'

/** 128 and SIGKILL */
const KILLED = 137

/** @returns undefined of a task that another step started, perhaps of another definition */
export function stoppingOf(
  clone: Pick<RegisterTaskDefinitionCommandInput, 'containerDefinitions'> | undefined,
  { container, followed }: MigrationRecord,
): Stopping | undefined {
  const own = followed === undefined && clone?.containerDefinitions?.find(({ name }) => name === container)
  if (!own || own.stopTimeout === undefined) return undefined
  return { seconds: own.stopTimeout, hasInit: own.linuxParameters?.initProcessEnabled === true }
}

/**
 * How many seconds more the container may work, where ECS was asked to stop it and its end was not seen.
 * @param stopping undefined where the task is not of this definition
 */
export function runsOn(
  { outcome, task, container, lineCount }: MigrationRecord,
  stopping: Stopping | undefined,
): number | undefined {
  if (outcome.kind !== 'cancelled' || outcome.left || outcome.inDoubt || task === undefined || isOver(task)) return
  const isRunning = task.startedAt !== undefined || lineCount > 0
  return isRunning && containerOf(task, container)?.exitCode === undefined ? stopping?.seconds : undefined
}

/** Why a container that we stopped ended with 137: a sentence after a blank, and one before a blank. */
export function ignoredSigterm(
  { outcome, task, container }: MigrationRecord,
  stopping: Stopping | undefined,
): Pick<Problem, 'reason' | 'remedy'> | undefined {
  if (stopping === undefined || !('exitCode' in outcome) || outcome.exitCode !== KILLED || task === undefined) return
  const { reason } = containerOf(task, container) ?? {}
  if (reason !== undefined && findStopReason(reason) !== undefined) return
  const passOn = 'let an entry script start the program with exec'
  return {
    reason: ` Container ${container} did not end on SIGTERM, so ECS killed it (SIGKILL, exit code 137) after ${stopping.seconds} s, its stopTimeout.`,
    remedy: stopping.hasInit
      ? 'To make it end at once when it is stopped: let the program end on SIGTERM, which it ignores or handles without ending. '
      : `To make it end at once when it is stopped: set initProcessEnabled: true in linuxParameters of the container, for a first process such as Python ignores SIGTERM unless it handles it; ${passOn}; or let the program handle SIGTERM. `,
  }
}
