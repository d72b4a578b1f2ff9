import { isInjected, type MigrationRecord } from '../migration/outcome.ts'
import type { Problem } from '../model.ts'
import type { ExplainContext } from './case.ts'
import { failed } from './failed.ts'
import { cancelled, timedOut } from './interrupted.ts'
import { notStarted } from './not-started.ts'
import { refused } from './refused.ts'
import { withSetupStep } from './setup-page.ts'
import { skipped } from './skipped.ts'
import { unknown } from './unknown.ts'

/**
 * Why a migration did not end well and what to do, in words, with what they rest on.
 * @returns undefined when there is nothing to explain: it succeeded, or was a dry run
 */
export function explain(record: MigrationRecord, context: ExplainContext): Problem | undefined {
  const problem = problemOf(record, context)
  const others = othersEnded(record)
  return problem && others.length > 0 ? { ...problem, reason: [problem.reason, ...others].join(' ') } : problem
}

/** What ended a migration may be the end of a container that it worked through. */
function othersEnded({ outcome, task, container, endedEarlier = [] }: MigrationRecord): readonly string[] {
  const isFailure = outcome.kind === 'failed' || outcome.kind === 'timed-out'
  if (!isFailure || (outcome.kind === 'failed' && outcome.cause === 'start-failed')) return []
  const named = outcome.kind === 'failed' && outcome.cause === 'other-container' ? outcome.container : undefined
  const earlier = new Map(endedEarlier.map((ended) => [ended.container, ended.exitCode]))
  // With these codes a container ends when the task ends.
  const together = (task?.containers ?? []).filter(
    ({ name = '', exitCode }) =>
      name !== '' &&
      name !== container &&
      !isInjected(name) &&
      !earlier.has(name) &&
      ![undefined, 0, 137, 143].includes(exitCode),
  )
  return [
    ...[...earlier].map(([name, code]) => [
      name,
      `had ended before it${code === undefined ? '' : `, with code ${code}`}`,
    ]),
    ...together.map(({ name = '', exitCode }) => [name, `ended, too, with code ${exitCode}`]),
  ].flatMap(([name, end]) => (name === named ? [] : [`Container ${name} ${end}.`]))
}

function problemOf(record: MigrationRecord, context: ExplainContext): Problem | undefined {
  const { outcome } = record
  switch (outcome.kind) {
    case 'succeeded':
    case 'dry-run':
      return undefined
    case 'failed':
      return failed({ record, outcome, context })
    case 'not-started':
      return withSetupStep(notStarted({ record, outcome, context }), context.source)
    case 'timed-out':
      return timedOut({ record, outcome, context })
    case 'cancelled':
      return cancelled({ record, outcome, context })
    case 'refused':
      return refused({ record, outcome, context })
    case 'unknown':
      return unknown({ record, outcome, context })
    case 'skipped':
      return skipped({ record, outcome, context })
  }
}
