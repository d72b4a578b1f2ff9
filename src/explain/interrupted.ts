import { giveCommand } from '../example-command.ts'
import type { MigrationRecord } from '../migration/outcome.ts'
import { stopCommand } from '../migration/stop-task.ts'
import type { Problem } from '../model.ts'
import { page } from '../text.ts'
import type { Case, ExplainContext } from './case.ts'
import { lastLineSaid } from './exit.ts'
import { asWord, quote } from './log/quote.ts'
import { afterStop, endedWell, LOCK_RECIPE, lookAt, watchIt } from './next-steps.ts'
import { ignoredSigterm, runsOn } from './stopping.ts'
import { taskEvidence } from './task-evidence.ts'

/** The time limit ended it. */
export function timedOut(given: Case<'timed-out'>): Problem {
  const { record, outcome, context } = given
  const said = lastLineSaid(context.said)
  const server = serverRemedy(record, context)
  const killed = ignoredSigterm(record, context.stopping)
  const limit = `The migration of ${record.database} did not end within ${outcome.minutes} ${outcome.minutes === 1 ? 'minute' : 'minutes'} (task-timeout-minutes)`
  if (outcome.stopFailed) return notStopped(given, `${limit}; ECS did not confirm that its task was stopped.${said}`)
  return outcome.left
    ? {
        code: 'timed-out-and-left',
        reason: `${limit}; its task was left running, ${whyLeft(record, 'on-timeout')}.${said}`,
        remedy: `${server}${watchIt(given)}`,
        evidence: taskEvidence(record),
      }
    : {
        code: 'timed-out',
        reason: `${limit}; its task was asked to stop.${killed?.reason ?? ''}${said}`,
        remedy: `${server || (endedWell(record) ? '' : longer(context))}${killed?.remedy ?? ''}${afterStop(record, context)}`,
        evidence: taskEvidence(record),
      }
}

/** A cancel of the run ended it. */
export function cancelled(given: Case<'cancelled'>): Problem {
  const { record, outcome, context } = given
  const by = `The run was cancelled (${outcome.signal})`
  const said = lastLineSaid(context.said)
  const killed = ignoredSigterm(record, context.stopping)
  const run = context.runUrl ? [`Workflow run: ${context.runUrl}`] : []
  const evidence = [...taskEvidence(record), ...run]
  if (outcome.inDoubt)
    return {
      code: 'cancelled-while-launching',
      reason: `${by} while RunTask for ${record.database} had not answered: a task may have been launched.`,
      remedy: `The post step looks for it and stops it. ${afterStop(record, context)}`,
      evidence,
    }
  if (!record.task)
    return {
      code: 'cancelled-before-launch',
      reason: `${by} before a task for ${record.database} was launched.`,
      remedy: 'Nothing was started, so nothing has to be undone. Run it again.',
      evidence,
    }
  if (outcome.stopFailed)
    return notStopped(given, `${by}; ECS did not confirm that the task for ${record.database} was stopped.${said}`)
  return outcome.left
    ? {
        code: 'cancelled-and-left',
        reason: `${by}; the task for ${record.database} was left running, ${whyLeft(record, 'on-cancel')}.${said}`,
        remedy: watchIt(given),
        evidence,
      }
    : {
        code: 'cancelled',
        reason: `${by}; the task for ${record.database} was asked to stop.${mayRunOn(record, context)}${killed?.reason ?? ''}${said}`,
        remedy: `${killed?.remedy ?? ''}${afterStop(record, context)}`,
        evidence,
      }
}

/** A migration that waits for a lock waits as long as it may. */
function longer({ said, source }: ExplainContext): string {
  const raise = 'Raise task-timeout-minutes if the migration needs longer. '
  const begun = said !== undefined && 'underWay' in said.reading ? said.reading.underWay : undefined
  if (begun === undefined) return raise
  return `${raise}But ${asWord(begun.migration)} was under way and may be waiting for a lock: then no limit is long enough, and blocked_by in the query below names who holds it. To give up sooner: ${page(LOCK_RECIPE, source)} `
}

function mayRunOn(record: MigrationRecord, { stopping }: ExplainContext): string {
  const seconds = runsOn(record, stopping)
  return seconds === undefined
    ? ''
    : ` Its end was not seen: the container may run on for up to ${seconds} s (its stopTimeout), and may still commit.`
}

function notStopped({ record, context }: Pick<Case<'cancelled'>, 'record' | 'context'>, reason: string): Problem {
  const taskArn = record.task?.taskArn
  const command = taskArn === undefined ? lookAt(record, context) : stopCommand(context.cluster, taskArn)
  return {
    code: 'not-stopped',
    reason: `${reason} It may still be running.`,
    remedy: `The post step tries once more; if it cannot, stop it yourself: \`${command}\`. ${afterStop(record, context)}`,
    evidence: taskEvidence(record),
  }
}

function whyLeft({ followed }: MigrationRecord, input: string): string {
  return followed?.isOwn === false ? 'for another run started it, and it alone may stop it' : `as ${input} asks`
}

/** @returns empty where the log does not say that a server runs */
function serverRemedy({ servingLine }: MigrationRecord, { startup }: ExplainContext): string {
  if (servingLine === undefined) return ''
  const words = [...(startup?.entryPoint ?? []), ...(startup?.command ?? [])].join(' ')
  return `Its log says "${quote(servingLine)}": most likely a server ran, which does not end however long the limit is. ${giveCommand(`${servingLine} ${words}`)} `
}
