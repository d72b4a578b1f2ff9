import type { Failure } from '@aws-sdk/client-ecs'
import { containerOf, isInjected, type MigrationRecord } from '../migration/outcome.ts'
import { type FailedWait, failedWaitText } from '../migration/waits.ts'
import type { PreflightRefusal, PreflightResult, Problem } from '../model.ts'
import { findRefusal } from './api-errors.ts'
import type { Case } from './case.ts'
import { explainApiError } from './explain-api-error.ts'
import { lookAt, splitRemedy } from './next-steps.ts'
import { findLaunchFailure, findStopReason, knownReason, reasonsOf, type StopReason } from './stop-reasons.ts'
import { taskEvidence } from './task-evidence.ts'

/** The container never ran. */
export function notStarted(given: Case<'not-started'>): Problem {
  const { record, outcome } = given
  switch (outcome.cause) {
    case 'never-ran':
      return neverRan(given)
    case 'dependency':
      return dependencyFailed(given, outcome.failed)
    case 'run-task-failures':
      return refusedByRunTask(given, outcome.failures)
    case 'aws-error': {
      const problem = explainApiError(outcome.error)
      return {
        ...problem,
        reason: `The migration of ${record.database} did not start. ${problem.reason}`,
        evidence: [...(problem.evidence ?? []), ...checkEvidence(given.context.preflight)],
      }
    }
  }
}

function dependencyFailed({ record }: Case<'not-started'>, failed: FailedWait): Problem {
  const on = record.task && containerOf(record.task, failed.on)
  const known = on?.reason ? findStopReason(on.reason) : undefined
  return {
    code: 'dependency-failed',
    reason: `The migration of ${record.database} did not start: ${failedWaitText(failed, record.container)}${known ? ` ${known.cause}` : ''}`,
    remedy: `Look into the log of container ${failed.on}. The migration itself changed nothing: it did not run.`,
    evidence: taskEvidence(record),
  }
}

function neverRan(given: Case<'not-started'>): Problem {
  const { record } = given
  const said = reasonsOf(record.task ?? {}).join('; ')
  const known = knownReason(record.task) ?? unknownStart(given, said)
  const unsplit = given.context.startup?.unsplit
  const isUnsplit = known.id === 'command-not-found' && unsplit !== undefined
  const why = isUnsplit ? { ...known, remedy: splitRemedy(unsplit) } : known
  return startProblem(given, why, taskEvidence(record))
}

/** What is said of a start that failed; with a topic where the cause is known. */
type StartCause = Pick<StopReason, 'id' | 'cause' | 'remedy'> & Partial<Pick<StopReason, 'topic' | 'byNetwork'>>

/** A known cause with what the checks proved about the same thing; the checks' own remedy is the closer one. */
function startProblem(given: Case<'not-started'>, known: StartCause, said: readonly string[]): Problem {
  const { record, context } = given
  const proof = context.preflight?.refusals.find((refusal) => isAbout(refusal, known, record))
  return {
    code: known.id,
    reason: `The migration of ${record.database} did not start. ${known.cause}${proof ? ` ${proof.reason}` : ''}`,
    remedy: proof?.remedy ?? known.remedy,
    evidence: [...checkEvidence(context.preflight, proof), ...said],
  }
}

/** Whether what a check proved is what a failed start says. Of an unknown cause any proof may be the reason. */
function isAbout({ about }: PreflightRefusal, { topic, byNetwork }: StartCause, record: MigrationRecord): boolean {
  if (topic === undefined) return true
  if (about === 'network') return byNetwork === true
  if (about === 'log') return topic === 'Log'
  return about === 'image' && topic === 'Image' && isOfOurImage(record)
}

/** The check looks at the migration's image alone; a reason may stand on the container of another one. */
function isOfOurImage({ task, container }: MigrationRecord): boolean {
  const withReason = (task?.containers ?? []).filter(({ name, reason }) => reason && !isInjected(name))
  return withReason.length === 0 || withReason.some(({ name }) => name === container)
}

/**
 * What the checks found that concerns a task that did not start.
 * @param shown the one whose reason is in the sentence already
 */
function checkEvidence(preflight: PreflightResult | undefined, shown?: Problem): readonly string[] {
  return [
    ...(preflight?.refusals ?? []).flatMap((found) => (found === shown ? (found.evidence ?? []) : findingLines(found))),
    ...(preflight?.warnings ?? []).flatMap(findingLines),
    ...(preflight?.missingPermissions.length
      ? [`Not checked, permission missing: ${preflight.missingPermissions.join(', ')}`]
      : []),
    ...(preflight?.unchecked ?? []),
  ]
}

function findingLines(problem: Problem): readonly string[] {
  return [problem.reason, ...(problem.evidence ?? [])]
}

function unknownStart(given: Case<'not-started'>, said: string): StartCause {
  return {
    id: 'not-started',
    cause: said ? `ECS says: ${said}` : 'ECS gave no reason.',
    remedy: `Look at the task within the hour that ECS remembers it: \`${lookAt(given.record, given.context)}\`. AWS explains its messages in https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html`,
  }
}

function refusedByRunTask(given: Case<'not-started'>, failures: readonly Failure[]): Problem {
  // What it says of quotas it says in an exception, too.
  const known = failures
    .map((failure) => findLaunchFailure(failure) ?? findRefusal(failureText(failure)))
    .find((row) => row !== undefined)
  const said = failures.map(failureText)
  return startProblem(
    given,
    known ?? unknownStart(given, said.join('; ')),
    said.map((line) => `RunTask's answer: ${line}`),
  )
}

function failureText({ reason, detail, arn }: Failure): string {
  return [reason ?? 'no reason given', detail, arn].filter(Boolean).join(', ')
}
