/**
 * The line in which the tasks of one database follow one another, and the hour after which ECS forgets a link of it.
 * Pure; the argument why no two tasks run at once stands in docs/one-at-a-time.md.
 */
import type { Task } from '@aws-sdk/client-ecs'
import type { Hash } from '../model.ts'

/** The place of a launch in the chain. Its hash is the client token: two launchers at one place collide in ECS. */
export interface Link {
  /** The task that the launch comes after, which is over; undefined: none that anybody need know. */
  readonly after?: Task
  /** ECS named this task as the one that holds the token: it counts, however long ago it stopped. */
  readonly followed: boolean
  /** How many refused starts ECS remembers after it. */
  readonly refused: number
}

interface TokenOf {
  /** Name or ARN: it is the same cluster. */
  readonly cluster: string
  readonly database: string
  /** The run's own, where it may run beside others; they neither hinder it nor are hindered by its token. */
  readonly nonce?: string
}

/** @returns at most 64 characters, as ECS allows: the token of this place */
export function tokenOf({ after, refused }: Link, { cluster, database, nonce }: TokenOf, hash: Hash): string {
  const own = nonce === undefined ? [] : [nonce]
  // guard: token-chain
  return hash([cluster.split('/').at(-1), database, after?.taskArn ?? 'none', refused, ...own].join('\n'))
}

const SECOND = 1_000
const MINUTE = 60 * SECOND

/**
 * Milliseconds after a task has stopped. ECS shows it for at least an hour (DescribeTasks) and keeps its token for at
 * most an hour (RunTask). So everybody counts it until shortly before, and nobody from shortly after; in between nobody
 * calls RunTask. The width covers the last RunTask's repeats, a minute by which a listing lags, and the Date header's
 * whole seconds.
 */
export const FORGETTING = {
  /** From here on it is looked at once more right before RunTask. */
  nearMs: 55 * MINUTE,
  /** Until here a RunTask may be sent that comes after the task… */
  lastRequestMs: 58 * MINUTE + 40 * SECOND,
  /** …and repeated until here. */
  lastRepeatMs: 58 * MINUTE + 52 * SECOND,
  /** From here on the task counts as forgotten, whether or not ECS still shows it. */
  overMs: 60 * MINUTE + 10 * SECOND,
}

type Memory = 'known' | 'being-forgotten' | 'forgotten'

/** @param agoMs since the task stopped; undefined: ECS does not say */
export function memoryOf(agoMs: number | undefined): Memory {
  if (agoMs === undefined || agoMs < FORGETTING.lastRequestMs) return 'known'
  return agoMs < FORGETTING.overMs ? 'being-forgotten' : 'forgotten'
}

/** @returns milliseconds from the task's stop to `at`; undefined while it runs, or when ECS does not say */
export function stoppedFor(task: Task | undefined, at: Date): number | undefined {
  return task?.stoppedAt && at.getTime() - task.stoppedAt.getTime()
}

/** Whether a task comes after another one in the chain; one that ECS does not describe was met at its very end. */
export function isNewer(task: Task | undefined, than: Task | undefined): boolean {
  if (task === undefined || task.taskArn === than?.taskArn) return false
  if (than === undefined) return true
  return than.createdAt !== undefined && (task.createdAt?.getTime() ?? 0) > than.createdAt.getTime()
}
