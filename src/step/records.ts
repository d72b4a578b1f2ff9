/** Records of databases that no task was launched for, and what the checks said of them. */

import { type JudgedDoubts, judgeDoubts } from '../doubts.ts'
import type { MigrationRecord, Outcome } from '../migration/outcome.ts'
import type { Plan, PreflightResult, Problem } from '../model.ts'
import { doubtsOf } from '../preflight/doubts.ts'
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

/** @param refusals proof, or doubt that was not accepted */
export function refusedBy(refusals: readonly Problem[]): Outcome | undefined {
  return refusals.length === 0 ? undefined : { kind: 'refused', cause: 'problems', problems: refusals }
}

/** Prints what is doubtful, by what the input `accept` says of it. */
export function printDoubts({ log }: Pick<RunPorts, 'log'>, { warnings, notices, accepted }: JudgedDoubts): void {
  for (const text of warnings) log.warn('', text)
  for (const text of notices) log.notice('', text)
  for (const text of accepted) log.line(text)
}

/** Prints what the checks before the launch found. */
export function printPreflight({ log, inputs }: Pick<RunPorts, 'log' | 'inputs'>, result: PreflightResult): void {
  for (const line of result.unchecked) log.line(line)
  printDoubts({ log }, judgeDoubts(doubtsOf(result), inputs.accept))
}
