/** Undoes what a main step that was killed or cancelled left behind. It lists and stops; it never calls RunTask. */
import type { Task } from '@aws-sdk/client-ecs'
import { clientConfig } from './aws/client.ts'
import { credentialsOf } from './aws/credentials.ts'
import { createEcs, type Ecs } from './aws/ecs.ts'
import { systemClock } from './clock.ts'
import { LogFiles } from './github/log-files.ts'
import { type LeftOver, readLeftOver, type UnreadableRun } from './github/state.ts'
import { StepLog } from './github/step-log.ts'
import { findAndRetireClones, retireFollowed, stopTasks } from './migration/cleanup.ts'
import type { SavedRun } from './migration/run-state.ts'
import { stopCommand } from './migration/stop-task.ts'
import { mayStopUnnamed } from './migration/unnamed-task.ts'
import { AwsError } from './model.ts'
import { redactor } from './report/redact.ts'

/** What main saves holds no database names, so the query cannot name one. */
const LOOK_FIRST =
  'The database server may still be executing its last statement and holding locks. Before you run it again, look. PostgreSQL: SELECT pid, datname, state, query FROM pg_stat_activity; MySQL: SHOW PROCESSLIST;'

/** The runner ends the job 4 m 45 s after a cancel, without a word: what could not be done is said before. */
const LONGEST_MS = 4 * 60_000

/** @returns the exit code of the post step: a clean-up that fails is said, and fails nothing that succeeded */
export async function post(write: (text: string) => void): Promise<number> {
  const left = readLeftOver()
  if (left === undefined) return 0
  const log = new StepLog({ write, files: new LogFiles('.'), redact: redactor(), prefixed: false })
  if (left.run === undefined) sayUnreadable(left, log)
  else await cleanUp(left, log)
  return 0
}

/** Without cluster and nonce nothing can be found, and without on-cancel nothing may be stopped. */
function sayUnreadable({ launched }: UnreadableRun, log: StepLog): void {
  const tasks = launched.length > 0 ? `: ${launched.join(', ')}` : ' whose startedBy begins with run-ecs-migration'
  log.annotate(
    'warning',
    `The main step did not end, and what it saved for this clean-up cannot be read. Nothing was stopped. A task may run on: look in ECS for tasks${tasks}.`,
    'Cleaning up failed',
  )
}

async function cleanUp(left: LeftOver, log: StepLog): Promise<void> {
  const { region, roleToAssume } = left.run
  const say = (trouble: string): void => log.line(trouble)
  const mask = (secret: string): void => log.mask(secret)
  const reached = { reachedBefore: true, say }
  const role = credentialsOf({ role: roleToAssume, region, mask, ...reached })
  const ecs = createEcs(clientConfig({ region, ...reached, ...role }))
  const deadline = new AbortController()
  setTimeout(() => deadline.abort('no time left'), LONGEST_MS).unref()
  const at = { ecs, log, signal: deadline.signal }
  log.line('Cleaning up what the main step left.')
  const known = tasksToStop(left)
  const tasks = known.join(', ') || `those of family ${left.run.family} in cluster ${left.run.cluster}`
  const unrecorded = await attempt(log, () => stopLeftOver(left, known, at), `A task may run on: look at ${tasks}.`)
  if (left.cloneSettled || isLeftStarting(left) || (unrecorded ?? []).length > 0) return
  const harmless = `A revision of ${left.run.family} may stay registered; it does no harm.`
  await attempt(log, () => retireThoseOfFollowed(left, at), harmless)
  if (left.mayHaveRegistered) await attempt(log, () => retireOwn(left, at), harmless)
}

/** What main was about to stop, and what it was watching unless on-cancel says to leave that. */
function tasksToStop({ run, launched, stopping }: LeftOver): readonly string[] {
  return run.onCancel === 'leave' ? stopping : [...launched, ...stopping]
}

/** A task that is to be left may not have started yet, and needs its revision for that. */
function isLeftStarting({ run, launched, inDoubt }: LeftOver): boolean {
  return run.onCancel === 'leave' && launched.length + inDoubt > 0
}

interface CleanUp {
  readonly ecs: Ecs
  readonly log: StepLog
  readonly signal: AbortSignal
}

/** @returns ARNs of tasks that no record names and that run on */
async function stopLeftOver(
  left: LeftOver,
  known: readonly string[],
  { ecs, log, signal }: CleanUp,
): Promise<readonly string[]> {
  const { run, launched, settled } = left
  const leave = run.onCancel === 'leave'
  const inDoubt = leave ? 0 : left.inDoubt
  const request = {
    reason: `The workflow step ended: ${run.runUrl}`,
    known,
    inDoubt,
    settled: [...settled, ...launched],
    mayStop: (task: Task, expected: boolean) => mayStopUnnamed(task, expected, left, systemClock.now()),
  }
  const found = await stopTasks({ tasks: ecs.tasks, clock: systemClock, signal }, run, request, (taskArn) => {
    log.line(`Stopped ${taskArn}. ${LOOK_FIRST}`)
  })
  if (found.count < inDoubt) log.line('No running task was found for a launch whose answer was not recorded.')
  for (const taskArn of left.foreign)
    log.line(`Left running: ${taskArn}. Another run started it, and it alone may stop it.`)
  if (leave) sayLeft([...launched, ...found.left], left.inDoubt - found.count, log)
  else for (const taskArn of found.left) sayNotStopped(taskArn, run, log)
  return found.left
}

/** @param missing launches whose task was not found */
function sayLeft(taskArns: readonly string[], missing: number, log: StepLog): void {
  const tasks = [...taskArns, ...(missing > 0 ? ['a task whose ARN was never learnt'] : [])]
  if (tasks.length > 0) log.line(`Left running, as on-cancel asks: ${tasks.join(', ')}.`)
}

function sayNotStopped(taskArn: string, { cluster }: SavedRun, log: StepLog): void {
  log.annotate(
    'warning',
    `${taskArn} of this run is still running, and what the main step saved does not say whether it was left on purpose, so it was not stopped. If nobody needs it: ${stopCommand(cluster, taskArn)}`,
    'A task runs on',
  )
}

async function retireOwn({ run }: LeftOver, { ecs, log, signal }: CleanUp): Promise<void> {
  const ports = { definitions: ecs.definitions, clock: systemClock, signal }
  for (const arn of await findAndRetireClones(ports, run, run.revisions)) log.line(`Deregistered ${arn}.`)
}

async function retireThoseOfFollowed(
  { run, followedRevisions }: LeftOver,
  { ecs, log, signal }: CleanUp,
): Promise<void> {
  const ports = { tasks: ecs.tasks, definitions: ecs.definitions, clock: systemClock, signal }
  for (const arn of await retireFollowed(ports, run, followedRevisions))
    log.line(`${arn} stays: a task of it is starting.`)
}

/** @returns undefined when it failed, which was said */
async function attempt<T>(log: StepLog, work: () => Promise<T>, consequence: string): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    log.annotate('warning', `${error.inFull}. ${consequence}`, 'Cleaning up failed')
    return undefined
  }
}
