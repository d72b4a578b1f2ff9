/** Another task for the same database: whether it is over, and waiting for it. */
import type { Task } from '@aws-sdk/client-ecs'
import { spoken } from '../duration.ts'
import type { Clock } from '../model.ts'
import { isOver } from './outcome.ts'
import type { Logger } from './ports.ts'
import type { TaskHistory } from './task-history.ts'
import type { Watch } from './watch.ts'

interface AskPorts {
  readonly history: TaskHistory
  readonly clock: Clock
  readonly logger: Logger
}

/** A task that was started a moment ago is MISSING for a while, and so is one that ECS has forgotten. */
const LONGEST_MISSING_MS = 60_000
const ASK_AGAIN_MS = 3_000
const STILL_WAITING_MS = 60_000

/**
 * What ECS says now of a task that it named itself.
 * @returns the ARN alone where ECS lists a task that it does not describe; undefined where it knew none for a minute,
 *   neither by DescribeTasks nor in the listings: it is over
 * @throws AwsError
 */
export async function describeNamed(
  taskArn: string,
  database: string,
  { history, clock, logger }: AskPorts,
  cancelled: AbortSignal,
): Promise<Task | undefined> {
  const until = clock.elapsed() + LONGEST_MISSING_MS
  for (let asked = 0; !cancelled.aborted; asked++) {
    const task = await history.describe(taskArn, cancelled)
    if (task !== undefined) return task
    const left = until - clock.elapsed()
    if (left <= 0) return (await history.lists(taskArn, cancelled)) ? { taskArn } : undefined
    if (asked === 0)
      logger.say(
        database,
        `ECS names ${taskArn} as the latest task for ${database}, and does not show it (MISSING): it was started a moment ago, or ended long ago. Asking again for up to ${spoken(left / 1_000)}.`,
      )
    await clock.sleep(Math.min(left, ASK_AGAIN_MS), cancelled)
  }
  return { taskArn }
}

/** Says why and how long, and now and then how long still; a cancel ends it. */
export async function waitSaying(
  why: string,
  ms: number,
  database: string,
  { clock, logger }: Pick<AskPorts, 'clock' | 'logger'>,
  cancelled: AbortSignal,
): Promise<void> {
  if (ms > 0) logger.say(database, `${why} Waiting ${spoken(ms / 1_000)}.`)
  const until = clock.elapsed() + ms
  for (let left = ms; left > 0 && !cancelled.aborted; left = until - clock.elapsed()) {
    if (left < ms) logger.say(database, `Still waiting, ${spoken(left / 1_000)} left`)
    await clock.sleep(Math.min(left, STILL_WAITING_MS), cancelled)
  }
}

interface WaitPorts {
  readonly watch: Watch
  readonly clock: Clock
  readonly logger: Logger
}

/** Until the task is seen over or lost from sight, or the time or the signal ends the waiting. */
export async function waitForTask(
  taskArn: string,
  longestMs: number,
  database: string,
  { watch, clock, logger }: WaitPorts,
  signal: AbortSignal,
): Promise<void> {
  const over = new AbortController()
  const waited = AbortSignal.any([signal, over.signal])
  void clock.sleep(longestMs, waited).then(() => over.abort())
  void sayStillWaiting(database, { clock, logger }, waited)
  try {
    for await (const observation of watch.observe(taskArn, waited))
      if (observation.kind === 'seen' && isOver(observation.task)) return
  } finally {
    over.abort()
  }
}

async function sayStillWaiting(
  database: string,
  { clock, logger }: Pick<WaitPorts, 'clock' | 'logger'>,
  over: AbortSignal,
): Promise<void> {
  for (let minutes = 1; ; minutes++) {
    await clock.sleep(STILL_WAITING_MS, over)
    if (over.aborted) return
    logger.say(database, `Still waiting for the other migration after ${minutes} min`)
  }
}
