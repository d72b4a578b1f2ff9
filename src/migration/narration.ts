/** What is said about one database while its task runs. */
import type { Task } from '@aws-sdk/client-ecs'
import { toTheMinute } from '../duration.ts'
import type { Clock, LogStream } from '../model.ts'
import { type Followed, startOf } from './followed.ts'
import { containerOf, type History, type JudgedContainer, type Outcome } from './outcome.ts'
import type { Links, Logger } from './ports.ts'
import { failedWaitText } from './waits.ts'

/** While the state of a task does not change, a line so often. */
const REPEAT_MS = 60_000

interface StartedTask {
  readonly taskArn: string
  /** Set where another step started it. */
  readonly followed: Followed | undefined
  readonly stream: LogStream | undefined
  /** What ECS confirms about the database. */
  readonly proof: string | undefined
  /** When its time limit ends. */
  readonly until: Date
  /** This step stops it then. */
  readonly stops: boolean
}

export function startedLines(started: StartedTask, links: Links): string[] {
  const { taskArn, followed, stream, proof, until, stops } = started
  return [
    followed === undefined ? `Started task ${taskArn}` : `Following ${startOf(followed)}`,
    ...(proof === undefined ? [] : [proof]),
    `Task: ${links.task(taskArn) ?? taskArn}`,
    ...(stream === undefined ? [] : [`Log:  ${links.log(stream) ?? `${stream.group}, stream ${stream.stream}`}`]),
    `It will ${stops ? 'be stopped' : 'no longer be watched'} at ${toTheMinute(until)} if it has not ended by then.`,
  ]
}

/** What became of the other containers: it may be why the migration fails or hangs. */
export function newsLines(before: History, { endedEarlier, failedWait }: History, judged: JudgedContainer): string[] {
  const ended = endedEarlier.slice(before.endedEarlier.length).map(({ container, exitCode }) => {
    const essential = judged.essential.has(container) ? ', which is essential,' : ''
    const code = exitCode === undefined ? 'without an exit code' : `with code ${exitCode}`
    return `Container ${container}${essential} ended ${code} before ${judged.container}.`
  })
  const isNew = failedWait !== undefined && before.failedWait === undefined
  return isNew ? [...ended, failedWaitText(failedWait, judged.container)] : ended
}

/** @param logEnded its log is read to the end already */
export function verdictLine(outcome: Outcome, task: Task, container: string, logEnded: boolean): string | undefined {
  if (outcome.kind === 'unknown')
    return `The task can no longer be observed and may still be running: ${outcome.cause === 'missing' ? 'ecs:DescribeTasks answers that there is no such task (MISSING)' : outcome.error.inFull}.`
  const exitCode = containerOf(task, container)?.exitCode
  // What ECS reports for a container that never ran is no exit.
  if (exitCode === undefined || outcome.kind === 'not-started') return undefined
  return `Container ${container} exited with code ${exitCode}.${logEnded ? '' : ' Reading its log to the end.'}`
}

/** One line at each change of a task's state, and now and then one that it has not changed. */
export class StateLines {
  private readonly database: string
  private readonly clock: Clock
  private readonly logger: Logger
  private readonly began: number
  private status = ''
  private saidAt: number

  constructor(database: string, { clock, logger }: { readonly clock: Clock; readonly logger: Logger }) {
    this.database = database
    this.clock = clock
    this.logger = logger
    this.began = clock.elapsed()
    this.saidAt = this.began
  }

  show(task: Task): void {
    const now = this.clock.elapsed()
    const status = task.lastStatus ?? 'UNKNOWN'
    const changed = status !== this.status
    if (!changed && now - this.saidAt < REPEAT_MS) return
    const seconds = Math.round((now - this.began) / 1_000)
    this.logger.say(
      this.database,
      changed ? `Task ${status} after ${seconds} s` : `Task still ${status} after ${Math.round(seconds / 60)} min`,
    )
    this.status = status
    this.saidAt = now
  }
}
