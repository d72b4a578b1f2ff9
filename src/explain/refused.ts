import type { Task } from '@aws-sdk/client-ecs'
import { timeOfDay } from '../duration.ts'
import { type Outcome, stoppedBy } from '../migration/outcome.ts'
import type { Problem } from '../model.ts'
import { TAG } from '../naming.ts'
import type { Case } from './case.ts'
import { withSetupStep } from './setup-page.ts'

/** Nothing was started: refused by the checks, or another migration runs. */
export function refused({ record, outcome, context }: Case<'refused'>): Problem {
  if (outcome.cause === 'busy') return busy(record.database, context.cluster, outcome)
  const problems = outcome.problems.map((problem) => withSetupStep(problem, context.source))
  const [first, ...others] = problems
  if (first && others.length === 0) return first
  return {
    code: first?.code ?? 'refused',
    reason: `The migration of ${record.database} was not started, for ${problems.length} reasons. ${numbered(problems.map(({ reason }) => reason))}`,
    remedy: numbered(problems.map(({ remedy }) => remedy)),
    evidence: problems.flatMap(({ evidence = [] }) => evidence),
  }
}

/** `(1) … (2) …`, so that each reason finds its remedy; the same text stands once. */
function numbered(texts: readonly string[]): string {
  return [...new Set(texts)]
    .map((text) => `${texts.flatMap((one, index) => (one === text ? [`(${index + 1})`] : [])).join('')} ${text}`)
    .join(' ')
}

type Busy = Extract<Outcome, { readonly cause: 'busy' }>

function busy(database: string, cluster: string, { running, differences = [] }: Busy): Problem {
  const evidence = runningEvidence(running)
  if (differences.length > 0)
    return {
      code: 'busy-not-the-same',
      reason: `Another migration of ${database} runs in cluster ${cluster}, and it is not the same, so it was not followed and this one was not started. What differs: ${differences.join('; ')}.`,
      remedy: 'Run it again when that task has ended, or set if-running: wait.',
      evidence,
    }
  if (running.desiredStatus !== 'STOPPED')
    return {
      code: 'busy',
      reason: `Another migration of ${database} runs in cluster ${cluster}, so this one was not started.`,
      remedy:
        'Run it again when that task has ended, or set if-running: wait, or attach to follow it if it is the same.',
      evidence,
    }
  const by = stoppedBy(running)
  const ends = by === undefined ? 'It ends within three minutes' : `It has ended by ${timeOfDay(by)} at the latest`
  const ran = running.executionStoppedAt === undefined ? 'is being stopped and may still work' : 'has just ended'
  return {
    code: 'busy-stopping',
    reason: `Another migration of ${database} ${ran} in cluster ${cluster}, and ECS does not show it as stopped yet, so this one was not started.`,
    remedy: `${ends}: run this one again then, or set if-running: wait.`,
    evidence: [...evidence, ...(running.stoppedReason ? [`Why it stops: ${running.stoppedReason}`] : [])],
  }
}

function runningEvidence({ taskArn, createdAt, tags }: Task): readonly string[] {
  const run = tags?.find(({ key }) => key === TAG.run)?.value
  return [
    `Running task: ${taskArn}`,
    ...(run ? [`Started by: ${run}`] : []),
    ...(createdAt ? [`Since: ${createdAt.toISOString().slice(0, 10)} ${timeOfDay(createdAt)}`] : []),
  ]
}
