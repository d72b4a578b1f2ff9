/** Records of databases that no task was launched for, and what the checks said of them. */
import type { MigrationRecord, Outcome } from '../migration/outcome.ts'
import type { Plan, PreflightResult } from '../model.ts'
import type { RunPorts } from './ports.ts'
import type { Prepared } from './prepare.ts'

export function withoutTasks(
  { inputs }: RunPorts,
  prepared: Prepared | undefined,
  outcome: Outcome,
): readonly MigrationRecord[] {
  return inputs.databases.map((database) => record(database, outcome, prepared?.plan, inputs.imageUri))
}

export function record(
  database: string,
  outcome: Outcome,
  plan: Plan | undefined,
  image = plan?.image ?? '',
): MigrationRecord {
  return {
    database,
    outcome,
    container: plan?.container.name ?? '',
    image,
    lineCount: 0,
    lastLines: [],
    milestones: {},
    notes: [],
  }
}

export function refusedBy({ refusals }: PreflightResult): Outcome | undefined {
  return refusals.length === 0 ? undefined : { kind: 'refused', cause: 'problems', problems: refusals }
}

export function tellFindings({ log }: RunPorts, { warnings, missingPermissions, unchecked }: PreflightResult): void {
  for (const { reason, remedy } of warnings) log.warn('', `${reason} ${remedy}`)
  for (const line of unchecked) log.line(line)
  if (missingPermissions.length > 0) {
    log.notice('', `Not everything was checked before the launch: this role lacks ${missingPermissions.join(', ')}.`)
  }
}
