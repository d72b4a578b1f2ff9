import type { Container } from '@aws-sdk/client-ecs'
import { isInjected, type MigrationRecord } from '../migration/outcome.ts'

/** What ECS said, whole and unchanged. */
export function taskEvidence({ task, log }: MigrationRecord): readonly string[] {
  return [
    ...(task?.stopCode ? [`Stop code: ${task.stopCode}`] : []),
    ...(task?.stoppedReason ? [`Stop reason: ${task.stoppedReason}`] : []),
    ...(task?.containers ?? []).map(containerFact),
    ...(task?.taskArn ? [`Task: ${task.taskArn}`] : []),
    ...(log ? [`Log: ${log.group}, stream ${log.stream}, in ${log.region}`] : []),
  ]
}

export function containerFact(container: Container): string {
  const exit = container.exitCode === undefined ? 'no exit code' : `exit code ${container.exitCode}`
  const whose = isInjected(container.name) ? " (GuardDuty's, which AWS adds: no part of the migration)" : ''
  return `Container ${container.name ?? '(no name)'}${whose}: ${exit}${container.reason ? `, reason: ${container.reason}` : ''}`
}
