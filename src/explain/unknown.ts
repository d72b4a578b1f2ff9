import type { AwsError, Problem } from '../model.ts'
import type { Case } from './case.ts'
import { explainApiError } from './explain-api-error.ts'
import { afterStop, lookAt } from './next-steps.ts'
import { taskEvidence } from './task-evidence.ts'

/** A task that can no longer be observed, or that RunTask may have started. */
export function unknown(given: Case<'unknown'>): Problem {
  const { record, outcome, context } = given
  if (outcome.cause === 'aws-error' && record.task === undefined) return mayHaveStarted(given, outcome.error)
  const which = record.task?.taskArn ? `task ${record.task.taskArn}` : 'its task'
  const still = `The migration of ${record.database} was launched and can no longer be observed: ${which} may still be running. It is not known whether it worked.`
  if (outcome.cause === 'missing')
    return {
      code: 'task-missing',
      reason: `${still} ECS answers that it has no such task (MISSING).`,
      remedy: `Look at the log and the table of the migration tool before you run it again: ECS forgets a task about an hour after its end. ${afterStop(record, context)}`,
      evidence: taskEvidence(record),
    }
  const problem = explainApiError(outcome.error)
  return {
    code: problem.code,
    reason: `${still} ${problem.reason}`,
    remedy: `See how it ended: \`${lookAt(given.record, given.context)}\`. ${afterStop(record, context)} For the next run: ${problem.remedy}`,
    evidence: [...(problem.evidence ?? []), ...taskEvidence(record)],
  }
}

/** RunTask was sent, and nothing that came back was its answer. */
function mayHaveStarted(given: Case<'unknown'>, error: AwsError): Problem {
  const { record, context } = given
  const problem = explainApiError(error)
  return {
    code: problem.code,
    reason: `RunTask for ${record.database} was not answered: a task may have been started. ${problem.reason}`,
    remedy: `The post step looks for it and stops it, unless on-cancel is leave. Look before you run it again: \`${lookAt(record, context)}\`. ${afterStop(record, context)} For the next run: ${problem.remedy}`,
    ...(problem.evidence && { evidence: problem.evidence }),
  }
}
