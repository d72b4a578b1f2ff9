import { containerOf, isInjected, isOver, type MigrationRecord, type Outcome } from '../migration/outcome.ts'
import type { Problem } from '../model.ts'
import type { Case } from './case.ts'
import { explainExit, lastLineSaid } from './exit.ts'
import { afterStop, endedWell, splitRemedy } from './next-steps.ts'
import { findStopReason, knownReason, reasonsOf } from './stop-reasons.ts'
import { containerFact, taskEvidence } from './task-evidence.ts'

const STOPPERS: Readonly<Record<string, string>> = {
  UserInitiated: 'somebody, or another program, stopped the task',
  SpotInterruption: 'Fargate Spot took its capacity back',
  TerminationNotice: 'AWS gave notice to the host of the task',
  InfrastructureHealth: 'the host of the task was not healthy',
  ServiceSchedulerInitiated: 'the scheduler of an ECS service stopped the task',
}

/** The container ran, or may have run, and it did not end well. */
export function failed(given: Case<'failed'>): Problem {
  const { outcome } = given
  if (outcome.cause === 'exit-code') return byExitCode(given, outcome.exitCode)
  if (outcome.cause === 'other-container') return byOtherContainer(given, outcome)
  if (outcome.cause === 'wrong-database') return wrongDatabase(given, outcome)
  if (outcome.cause === 'start-failed') return startGivenUp(given)
  return outcome.cause === 'no-exit-code' ? withoutExitCode(given) : fromOutside(given)
}

/** What ECS says of the container itself comes first, such as that its memory ran out. */
function byExitCode({ record, context }: Case<'failed'>, exitCode: number): Problem {
  const reason = record.task && containerOf(record.task, record.container)?.reason
  const killed = reason ? findStopReason(reason) : undefined
  if (killed === undefined) {
    const unsplit = exitCode === 126 || exitCode === 127 ? context.startup?.unsplit : undefined
    const exit = explainExit(record, exitCode, context.said)
    return {
      ...exit,
      reason: `${exit.reason}${reason ? ` ECS says: ${reason}` : ''}`,
      ...(unsplit !== undefined && { remedy: splitRemedy(unsplit) }),
      evidence: taskEvidence(record),
    }
  }
  return {
    code: killed.id,
    reason: `The migration of ${record.database} failed: container ${record.container} exited with code ${exitCode}. ${killed.cause}${lastLineSaid(context.said)}`,
    remedy: killed.remedy,
    evidence: taskEvidence(record),
  }
}

function byOtherContainer(
  { record, context }: Case<'failed'>,
  outcome: Extract<Outcome, { readonly cause: 'other-container' }>,
): Problem {
  const { container, containerExitCode } = outcome
  const reason = record.task && containerOf(record.task, container)?.reason
  const exit = containerExitCode === undefined ? '' : ` with code ${containerExitCode}`
  const ours = outcome.exitCode === 0 ? `, which exited with code 0` : ''
  return {
    code: 'other-container',
    reason: `${cutOff(record, outcome.exitCode)}: container ${container}, which is essential, ended first${exit}, and ECS stopped ${record.container}${ours} with it.${causeOrWords(reason)}${lastLineSaid(context.said)}`,
    remedy: `Look into the log of container ${container}; in the task definition that migrations use, make it essential: false if the migration can do without it. ${afterStop(record, context)}`,
    evidence: taskEvidence(record),
  }
}

/** A container may exit with 0 on SIGTERM, whether its work is done or not. */
function cutOff(record: MigrationRecord, exitCode: number | undefined): string {
  return exitCode === 0
    ? `Whether the migration of ${record.database} was done is not known`
    : `The migration of ${record.database} was cut off`
}

function wrongDatabase(
  { record, context }: Case<'failed'>,
  { evidence }: Extract<Outcome, { readonly cause: 'wrong-database' }>,
): Problem {
  const ran = mayHaveRun(record)
  return {
    code: 'wrong-database',
    reason: `ECS shows that the task was not given the database ${record.database}, so this counts as failed and no further database is started.${ran ? lastLineSaid(context.said) : ' It was stopped before a container ran.'}`,
    remedy: ran
      ? `Find out which database the task worked on before you run anything else: its log and the evidence tell.${endedWell(record) ? '' : ` ${afterStop(record, context)}`}`
      : 'No database was touched. Run it again; if it happens again, report it with the request id of RunTask.',
    evidence: [evidence, ...taskEvidence(record)],
  }
}

function mayHaveRun({ task, lineCount }: MigrationRecord): boolean {
  if (task === undefined || !isOver(task) || task.startedAt !== undefined || lineCount > 0) return true
  return (task.containers ?? []).some(({ exitCode }) => exitCode !== undefined)
}

function withoutExitCode({ record, context }: Case<'failed'>): Problem {
  return {
    code: 'no-exit-code',
    reason: `The task for ${record.database} ended and ECS gave no exit code for container ${record.container}, so whether the migration finished is not known; it counts as failed.${causeOrWords(...reasonsOf(record.task ?? {}))}${lastLineSaid(context.said)}`,
    remedy: `See in the log, and in the table of the migration tool, how far it came. ${afterStop(record, context)}`,
    evidence: taskEvidence(record),
  }
}

/** ECS gives a task up when one of its containers cannot start, also while others run. */
function startGivenUp({ record, outcome, context }: Case<'failed'>): Problem {
  const others = (record.task?.containers ?? []).filter(({ name }) => name !== record.container && !isInjected(name))
  const failedContainer =
    others.find(({ exitCode, reason }) => exitCode === undefined && reason !== undefined) ??
    others.find(({ exitCode }) => exitCode !== undefined && exitCode !== 0)
  const known = knownReason(record.task)
  return {
    code: 'start-given-up',
    reason: `${cutOff(record, outcome.exitCode)}: ECS gave up the start of its task${failedContainer ? ` (${containerFact(failedContainer)})` : ''}, and container ${record.container} exited with code ${outcome.exitCode} meanwhile.${causeOrWords(...reasonsOf(record.task ?? {}))}`,
    remedy: `${known ? `${known.remedy} ` : ''}${afterStop(record, context)}`,
    evidence: taskEvidence(record),
  }
}

function fromOutside({ record, outcome, context }: Case<'failed'>): Problem {
  const stopCode = record.task?.stopCode
  const known = knownReason(record.task)
  const who = (stopCode && STOPPERS[stopCode]) ?? 'the task was stopped from outside'
  const trail = stopCode === 'UserInitiated' ? 'AWS CloudTrail shows who called StopTask. ' : ''
  return {
    code: 'stopped-from-outside',
    reason: `${cutOff(record, outcome.exitCode)}: ${who}${outcome.exitCode === 0 ? `, and container ${record.container} exited with code 0` : ''}.${lastLineSaid(context.said)}`,
    remedy: `${known && known.topic === 'Stopped while it ran' && !trail ? `${known.remedy} ` : trail}${afterStop(record, context)}`,
    evidence: taskEvidence(record),
  }
}

/** Continues a reason: the known cause of what ECS says, else ECS's own words. */
function causeOrWords(...said: readonly (string | undefined)[]): string {
  const words = said.filter((text) => text !== undefined && text !== '')
  const known = words.map((text) => findStopReason(text ?? '')).find((row) => row !== undefined)
  if (known !== undefined) return ` ${known.cause}`
  return words.length === 0 ? '' : ` ECS says: ${words.join('; ')}`
}
