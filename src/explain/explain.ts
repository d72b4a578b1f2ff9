import type { Container, Failure, Task } from '@aws-sdk/client-ecs'
import { timeOfDay } from '../duration.ts'
import { giveCommand } from '../example-command.ts'
import {
  containerOf,
  isInjected,
  isOver,
  type MigrationRecord,
  type Outcome,
  type OutcomeKind,
  type SkipCause,
  stoppedBy,
} from '../migration/outcome.ts'
import { stopCommand } from '../migration/stop-task.ts'
import { type FailedWait, failedWaitText } from '../migration/waits.ts'
import type { AwsError, PreflightRefusal, PreflightResult, Problem, Startup } from '../model.ts'
import { TAG } from '../naming.ts'
import { explainApiError, findRefusal } from './api-errors.ts'
import { explainExit, lastWords } from './exit.ts'
import { quote } from './log/quote.ts'
import { withSetupStep } from './setup-page.ts'
import { findLaunchFailure, findStopReason, reasonsOf, type StopReason } from './stop-reasons.ts'
import type { Said } from './what-it-said.ts'

export interface ExplainContext {
  /** Name or ARN, as given. */
  readonly cluster: string
  readonly region: string
  /** This action's repository at its version, as a URL. */
  readonly source?: string
  /** The workflow run, which StopTask's reason names. */
  readonly runUrl?: string
  /** What the checks of network, image and log found. */
  readonly findings?: PreflightResult
  /** What the container executes. */
  readonly startup?: Startup
  /** What the container said; undefined where its log was not read. */
  readonly said?: Said | undefined
}

const STOPPERS: Readonly<Record<string, string>> = {
  UserInitiated: 'somebody, or another program, stopped the task',
  SpotInterruption: 'Fargate Spot took its capacity back',
  TerminationNotice: 'AWS gave notice to the host of the task',
  InfrastructureHealth: 'the host of the task was not healthy',
  ServiceSchedulerInitiated: 'the scheduler of an ECS service stopped the task',
}

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
      name !== container && !isInjected(name) && !earlier.has(name) && ![undefined, 0, 137, 143].includes(exitCode),
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

type Of<Kind extends Outcome['kind']> = Extract<Outcome, { readonly kind: Kind }>

/** What one explanation is made from. */
interface Case<Kind extends Outcome['kind']> {
  readonly record: MigrationRecord
  readonly outcome: Of<Kind>
  readonly context: ExplainContext
}

function failed(given: Case<'failed'>): Problem {
  const { outcome } = given
  if (outcome.cause === 'exit-code') return byExitCode(given, outcome.exitCode)
  if (outcome.cause === 'other-container') return byOtherContainer(given, outcome)
  if (outcome.cause === 'wrong-database') return wrongDatabase(given, outcome)
  if (outcome.cause === 'start-failed') return startGivenUp(given)
  return outcome.cause === 'no-exit-code' ? withoutExitCode(given) : fromOutside(given)
}

/** What ECS says of the container itself comes first, such as that its memory ran out. */
function byExitCode({ record, context }: Case<'failed'>, exitCode: number): Problem {
  const reason = own(record)?.reason
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
    reason: `The migration of ${record.database} failed: container ${record.container} exited with code ${exitCode}. ${killed.cause}${lastWords(context.said)}`,
    remedy: killed.remedy,
    evidence: taskEvidence(record),
  }
}

function own(record: MigrationRecord): Container | undefined {
  return record.task && containerOf(record.task, record.container)
}

/** What ECS said, whole and unchanged. */
function taskEvidence({ task, log }: MigrationRecord): readonly string[] {
  return [
    ...(task?.stopCode ? [`Stop code: ${task.stopCode}`] : []),
    ...(task?.stoppedReason ? [`Stop reason: ${task.stoppedReason}`] : []),
    ...(task?.containers ?? []).map(containerFact),
    ...(task?.taskArn ? [`Task: ${task.taskArn}`] : []),
    ...(log ? [`Log: ${log.group}, stream ${log.stream}, in ${log.region}`] : []),
  ]
}

function containerFact(container: Container): string {
  const exit = container.exitCode === undefined ? 'no exit code' : `exit code ${container.exitCode}`
  const whose = isInjected(container.name) ? " (GuardDuty's, which AWS adds: no part of the migration)" : ''
  return `Container ${container.name}${whose}: ${exit}${container.reason ? `, reason: ${container.reason}` : ''}`
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
    reason: `${cutOff(record, outcome.exitCode)}: container ${container}, which is essential, ended first${exit}, and ECS stopped ${record.container}${ours} with it.${causeOrWords(reason)}${lastWords(context.said)}`,
    remedy: `Look into the log of container ${container}; in the task definition that migrations use, make it essential: false if the migration can do without it. ${serverMayStillWork(record)}`,
    evidence: taskEvidence(record),
  }
}

/** A container may exit with 0 on SIGTERM, whether its work is done or not. */
function cutOff(record: MigrationRecord, exitCode: number | undefined): string {
  return exitCode === 0
    ? `Whether the migration of ${record.database} was done is not known`
    : `The migration of ${record.database} was cut off`
}

/** A client that is gone does not end the statement it sent: the server finds out when it next writes to it. */
function serverMayStillWork(record: MigrationRecord): string {
  if (neverBegan(record)) return `Container ${record.container} never started, so it changed nothing.`
  return `The database server may still be executing the last statement and holding its locks. Before you run this again, look. PostgreSQL: \`${activityQuery(record.database)}\` MySQL: \`SHOW PROCESSLIST;\``
}

/** Proved only where the task is over. */
function neverBegan({ task, container, lineCount }: MigrationRecord): boolean {
  if (task === undefined || !isOver(task) || task.startedAt !== undefined || lineCount > 0) return false
  return containerOf(task, container)?.exitCode === undefined
}

/** How to see what a PostgreSQL server still does for a database; in a literal `'` is written twice. */
export function activityQuery(database: string): string {
  return `SELECT pid, state, now() - query_start AS since, wait_event_type, query FROM pg_stat_activity WHERE datname = '${database.replaceAll("'", "''")}' AND pid <> pg_backend_pid();`
}

function wrongDatabase(
  { record }: Case<'failed'>,
  { evidence }: Extract<Outcome, { readonly cause: 'wrong-database' }>,
): Problem {
  return {
    code: 'wrong-database',
    reason: `ECS shows that the task was not given the database ${record.database}, so this counts as failed and no further database is started.`,
    remedy: `Find out which database the task worked on before you run anything else: its log and the evidence tell. ${serverMayStillWork(record)}`,
    evidence: [evidence, ...taskEvidence(record)],
  }
}

function withoutExitCode({ record, context }: Case<'failed'>): Problem {
  return {
    code: 'no-exit-code',
    reason: `The task for ${record.database} ended and ECS gave no exit code for container ${record.container}, so whether the migration finished is not known; it counts as failed.${causeOrWords(...reasonsOf(record.task ?? {}))}${lastWords(context.said)}`,
    remedy: `See in the log, and in the table of the migration tool, how far it came. ${serverMayStillWork(record)}`,
    evidence: taskEvidence(record),
  }
}

/** ECS gives a task up when one of its containers cannot start, also while others run. */
function startGivenUp({ record, outcome }: Case<'failed'>): Problem {
  const others = (record.task?.containers ?? []).filter(({ name }) => name !== record.container && !isInjected(name))
  const culprit =
    others.find(({ exitCode, reason }) => exitCode === undefined && reason !== undefined) ??
    others.find(({ exitCode }) => exitCode !== undefined && exitCode !== 0)
  const known = knownReason(record.task)
  return {
    code: 'start-given-up',
    reason: `${cutOff(record, outcome.exitCode)}: ECS gave up the start of its task${culprit ? ` (${containerFact(culprit)})` : ''}, and container ${record.container} exited with code ${outcome.exitCode} meanwhile.${causeOrWords(...reasonsOf(record.task ?? {}))}`,
    remedy: `${known ? `${known.remedy} ` : ''}${serverMayStillWork(record)}`,
    evidence: taskEvidence(record),
  }
}

function fromOutside({ record, outcome, context }: Case<'failed'>): Problem {
  const stopCode = record.task?.stopCode
  const known = knownReason(record.task)
  const who = (stopCode && STOPPERS[stopCode]) ?? 'the task was stopped from outside'
  const trail = stopCode === 'UserInitiated' ? 'AWS CloudTrail tells who called StopTask. ' : ''
  return {
    code: 'stopped-from-outside',
    reason: `${cutOff(record, outcome.exitCode)}: ${who}${outcome.exitCode === 0 ? `, and container ${record.container} exited with code 0` : ''}.${lastWords(context.said)}`,
    remedy: `${known && known.topic === 'Stopped while it ran' && !trail ? `${known.remedy} ` : trail}${serverMayStillWork(record)}`,
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

/** The first of the reasons ECS gives that is known. */
function knownReason(task: Task | undefined): StopReason | undefined {
  return reasonsOf(task ?? {})
    .map(findStopReason)
    .find((row) => row !== undefined)
}

function notStarted(given: Case<'not-started'>): Problem {
  const { record, outcome } = given
  switch (outcome.cause) {
    case 'never-ran':
      return neverRan(given)
    case 'dependency':
      return waitedInVain(given, outcome.failed)
    case 'run-task-failures':
      return refusedByRunTask(given, outcome.failures)
    case 'aws-error': {
      const problem = explainApiError(outcome.error)
      return {
        ...problem,
        reason: `The migration of ${record.database} did not start. ${problem.reason}`,
        evidence: [...(problem.evidence ?? []), ...checkEvidence(given.context.findings)],
      }
    }
  }
}

function waitedInVain({ record }: Case<'not-started'>, failed: FailedWait): Problem {
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
  const proof = context.findings?.refusals.find((refusal) => isAbout(refusal, known, record))
  return {
    code: known.id,
    reason: `The migration of ${record.database} did not start. ${known.cause}${proof ? ` ${proof.reason}` : ''}`,
    remedy: proof?.remedy ?? known.remedy,
    evidence: [...checkEvidence(context.findings, proof), ...said],
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
 * What the checks found that bears on a task that did not start.
 * @param shown the one whose reason is in the sentence already
 */
function checkEvidence(findings: PreflightResult | undefined, shown?: Problem): readonly string[] {
  return [
    ...(findings?.refusals ?? []).flatMap((found) => (found === shown ? (found.evidence ?? []) : findingLines(found))),
    ...(findings?.warnings ?? []).flatMap(findingLines),
    ...(findings?.missingPermissions.length
      ? [`Not checked, permission missing: ${findings.missingPermissions.join(', ')}`]
      : []),
    ...(findings?.unchecked ?? []),
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

/** Where to look at a task: ECS forgets it about an hour after its end. */
function lookAt(record: MigrationRecord, context: ExplainContext): string {
  return record.task?.taskArn
    ? `aws ecs describe-tasks --cluster ${context.cluster} --region ${context.region} --tasks ${record.task.taskArn}`
    : `aws ecs list-tasks --cluster ${context.cluster} --region ${context.region} --desired-status RUNNING`
}

/** Of a task that was left running. */
function watchIt({ record, context }: Pick<Case<Outcome['kind']>, 'record' | 'context'>): string {
  return `Watch it to its end before you run anything else on this database: run the same again with if-running: attach, or \`${lookAt(record, context)}\`. ${serverMayStillWork(record)}`
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

function timedOut(given: Case<'timed-out'>): Problem {
  const { record, outcome, context } = given
  const said = lastWords(context.said)
  const server = serverRemedy(record, context)
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
        reason: `${limit}; its task was asked to stop.${said}`,
        remedy: `${server || 'Raise task-timeout-minutes if the migration needs longer. '}${serverMayStillWork(record)}`,
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

/** A command line that was given as one word, which only a shell would split. */
function splitRemedy(word: string): string {
  return `"${word}" is one word, and the image has no program of that name. Give each word apart, without brackets, by the input command: ${word}`
}

function notStopped({ record, context }: Pick<Case<'cancelled'>, 'record' | 'context'>, reason: string): Problem {
  const taskArn = record.task?.taskArn
  const command = taskArn === undefined ? lookAt(record, context) : stopCommand(context.cluster, taskArn)
  return {
    code: 'not-stopped',
    reason: `${reason} It may still be running.`,
    remedy: `The post step tries once more; if it cannot, stop it yourself: \`${command}\`. ${serverMayStillWork(record)}`,
    evidence: taskEvidence(record),
  }
}

function cancelled(given: Case<'cancelled'>): Problem {
  const { record, outcome, context } = given
  const by = `The run was cancelled (${outcome.signal})`
  const said = lastWords(context.said)
  const run = context.runUrl ? [`Workflow run: ${context.runUrl}`] : []
  const evidence = [...taskEvidence(record), ...run]
  if (outcome.inDoubt)
    return {
      code: 'cancelled-while-launching',
      reason: `${by} while RunTask for ${record.database} had not answered: a task may have been launched.`,
      remedy: `The post step looks for it and stops it. ${serverMayStillWork(record)}`,
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
        reason: `${by}; the task for ${record.database} was asked to stop.${said}`,
        remedy: serverMayStillWork(record),
        evidence,
      }
}

function refused({ record, outcome, context }: Case<'refused'>): Problem {
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

function unknown(given: Case<'unknown'>): Problem {
  const { record, outcome } = given
  if (outcome.cause === 'aws-error' && record.task === undefined) return mayHaveStarted(given, outcome.error)
  const which = record.task?.taskArn ? `task ${record.task.taskArn}` : 'its task'
  const still = `The migration of ${record.database} was launched and can no longer be observed: ${which} may still be running. It is not known whether it worked.`
  if (outcome.cause === 'missing')
    return {
      code: 'task-missing',
      reason: `${still} ECS answers that it has no such task (MISSING).`,
      remedy: `Look at the log and the table of the migration tool before you run it again: ECS forgets a task about an hour after its end. ${serverMayStillWork(record)}`,
      evidence: taskEvidence(record),
    }
  const problem = explainApiError(outcome.error)
  return {
    code: problem.code,
    reason: `${still} ${problem.reason}`,
    remedy: `See how it ended: \`${lookAt(given.record, given.context)}\`. ${serverMayStillWork(record)} For the next run: ${problem.remedy}`,
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
    remedy: `The post step looks for it and stops it, unless on-cancel is leave. Look before you run it again: \`${lookAt(record, context)}\`. ${serverMayStillWork(record)} For the next run: ${problem.remedy}`,
    ...(problem.evidence && { evidence: problem.evidence }),
  }
}

function skipped({ record, outcome }: Case<'skipped'>): Problem {
  return {
    code: 'skipped',
    reason: `The migration of ${record.database} was not attempted, because ${skipReason(outcome.because)}.`,
    remedy: SKIP_REMEDIES[outcome.because.kind],
  }
}

const ENDED: Readonly<Record<OutcomeKind, string>> = {
  succeeded: 'succeeded',
  failed: 'failed',
  'not-started': 'did not start',
  'timed-out': 'timed out',
  cancelled: 'was cancelled',
  refused: 'was refused',
  unknown: 'can no longer be observed',
  skipped: 'was skipped',
  'dry-run': 'was a dry run',
}

/** Ends the sentence "it was not attempted, because …". */
export function skipReason(because: SkipCause): string {
  switch (because.kind) {
    case 'failure':
      return `${because.database} ${ENDED[because.ended]}`
    case 'cancelled':
      return 'the step was cancelled'
    case 'no-place':
      return 'as many tasks as may run at once (max-parallel) may still be running'
    case 'mixed-images':
      return `the image's tag moved meanwhile: ${because.difference}`
    case 'our-mistake':
      return `the action itself failed while it migrated ${because.database}`
  }
}

const SKIP_REMEDIES: Readonly<Record<SkipCause['kind'], string>> = {
  failure: 'Fix what failed and run it again: a database that is migrated already has nothing to do then.',
  cancelled: 'Run it again: a database that is migrated already has nothing to do then.',
  'no-place': 'See to the tasks that may still be running, then run it again.',
  'mixed-images': 'Name the image by its digest, and run it again.',
  'our-mistake': 'Report it with the log of this step, and run it again.',
}
