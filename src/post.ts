/** Undoes what a main step that was killed or cancelled left behind. It lists and stops; it never calls RunTask. */
import { clientConfig } from './aws/client.ts'
import { credentialsOf } from './aws/credentials.ts'
import { createEcs, type Ecs } from './aws/ecs.ts'
import { systemClock } from './clock.ts'
import { LogFiles } from './github/log-files.ts'
import { type LeftOver, readLeftOver } from './github/state.ts'
import { StepLog } from './github/step-log.ts'
import { findAndRetireClones, stopTasks } from './migration/cleanup.ts'
import { AwsError } from './model.ts'
import { redactor } from './report/redact.ts'

/** Main's runState holds no database names, so the query cannot name one. */
const LOOK_FIRST =
  'The database server may still be executing its last statement and holding locks. Before you run it again, look. PostgreSQL: SELECT pid, datname, state, query FROM pg_stat_activity; MySQL: SHOW PROCESSLIST;'

/** The runner ends the job 4 m 45 s after a cancel, without a word (platform fact C): what could not be done is said before. */
const LONGEST_MS = 4 * 60_000

/** @returns the exit code of the post step: a clean-up that fails is said, and fails nothing that succeeded */
export async function post(): Promise<number> {
  const left = readLeftOver()
  if (left === undefined) return 0
  const write = (text: string): void => void process.stdout.write(text)
  const log = new StepLog({ write, files: new LogFiles('.'), redact: redactor(), prefixed: false })
  const { region, roleToAssume } = left.run
  const tell = (trouble: string): void => log.line(trouble)
  const mask = (secret: string): void => log.mask(secret)
  const reached = { reachedBefore: true, tell }
  const role = credentialsOf({ role: roleToAssume, region, mask, ...reached })
  const ecs = createEcs(clientConfig({ region, ...reached, ...role }))
  const deadline = new AbortController()
  setTimeout(() => deadline.abort('no time left'), LONGEST_MS).unref()
  const at = { ecs, log, signal: deadline.signal }
  log.line('Cleaning up what the main step left.')
  const known = tasksToStop(left)
  const tasks = known.join(', ') || `those of family ${left.run.family} in cluster ${left.run.cluster}`
  await attempt(log, () => stopLeftOver(left, known, at), `A task may run on: look at ${tasks}.`)
  if (left.cloneSettled || isLeftStarting(left)) return 0
  await attempt(log, () => retire(left, at), `A revision of ${left.run.family} may stay registered; it does no harm.`)
  return 0
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

async function stopLeftOver(left: LeftOver, known: readonly string[], { ecs, log, signal }: CleanUp): Promise<void> {
  const { run, launched, settled } = left
  const leave = run.onCancel === 'leave'
  const inDoubt = leave ? 0 : left.inDoubt
  if (leave && (launched.length > 0 || left.inDoubt > 0))
    log.line(`Left running, as on-cancel asks: ${launched.join(', ') || 'a task whose ARN was never learnt'}.`)
  if (known.length + inDoubt === 0) return
  const request = { reason: `The workflow step ended: ${run.runUrl}`, known, inDoubt, settled }
  const found = await stopTasks({ tasks: ecs.tasks, clock: systemClock, signal }, run, request, (taskArn) => {
    log.line(`Stopped ${taskArn}. ${LOOK_FIRST}`)
  })
  if (found < inDoubt)
    log.line('No task was found for a launch whose answer was never learnt: it started none, as far as ECS lists.')
}

async function retire({ run }: LeftOver, { ecs, log, signal }: CleanUp): Promise<void> {
  for (const arn of await findAndRetireClones({ definitions: ecs.definitions, clock: systemClock, signal }, run))
    log.line(`Deregistered ${arn}.`)
}

async function attempt(log: StepLog, work: () => Promise<void>, consequence: string): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    log.annotate('warning', `${error.inFull}. ${consequence}`, 'Cleaning up failed')
  }
}
