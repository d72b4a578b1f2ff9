/** Undoes what a main step that was killed or cancelled left behind. It lists and stops; it never calls RunTask. */
import { clientConfig } from './aws/client.ts'
import { credentialsOf } from './aws/credentials.ts'
import { createEcs, type Ecs } from './aws/ecs.ts'
import { systemClock } from './clock.ts'
import { LogFiles } from './github/log-files.ts'
import { type LeftOver, readLeftOver } from './github/state.ts'
import { StepLog } from './github/step-log.ts'
import { findAndRetireClones, stopTasks } from './migration/cleanup.ts'
import { AwsError } from './migration/ports.ts'
import { redact } from './report/redact.ts'

/** @returns the exit code of the post step: a clean-up that fails is said, and fails nothing that succeeded */
export async function post(): Promise<number> {
  const left = readLeftOver()
  if (left === undefined) return 0
  const write = (text: string): void => void process.stdout.write(text)
  const log = new StepLog({ write, files: new LogFiles('.'), redact, prefixed: false })
  const { region, roleToAssume } = left.run
  const tell = (trouble: string): void => log.line(trouble)
  const mask = (secret: string): void => log.mask(secret)
  const ecs = createEcs(clientConfig({ region, tell, ...credentialsOf({ role: roleToAssume, region, tell, mask }) }))
  log.line('Cleaning up what the main step left.')
  const tasks = left.taskArns.join(', ') || `those of family ${left.run.family} in cluster ${left.run.cluster}`
  await attempt(log, () => stopLeftOver(left, ecs, log), `A task may run on: look at ${tasks}.`)
  await attempt(
    log,
    () => retire(left, ecs, log),
    `A revision of ${left.run.family} may stay registered; it does no harm.`,
  )
  return 0
}

async function stopLeftOver({ run, taskArns, inDoubt }: LeftOver, ecs: Ecs, log: StepLog): Promise<void> {
  if (taskArns.length === 0 && inDoubt === 0) return
  if (run.onCancel === 'leave') {
    log.line(`Left running, as on-cancel asks: ${taskArns.join(', ') || 'a task whose ARN was never learnt'}.`)
    return
  }
  const options = { reason: `The workflow step ended: ${run.runUrl}`, known: taskArns, inDoubt }
  const found = await stopTasks({ tasks: ecs.tasks, clock: systemClock }, run, options, ({ taskArn }) => {
    log.line(`Stopped ${taskArn}. The database server may still be executing its last statement and holding locks.`)
  })
  if (found < inDoubt)
    log.line('No task was found for a launch whose answer was never learnt: it started none, as far as ECS lists.')
}

async function retire({ run }: LeftOver, ecs: Ecs, log: StepLog): Promise<void> {
  for (const arn of await findAndRetireClones({ definitions: ecs.definitions, clock: systemClock }, run))
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
