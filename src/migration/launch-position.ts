/** What a launch is given, how far it has come, and how it ends. */
import type { Task } from '@aws-sdk/client-ecs'
import type { Clock, Hash, Launch } from '../model.ts'
import type { Link } from './chain.ts'
import type { Followed } from './followed.ts'
import type { Following } from './following.ts'
import type { Outcome } from './outcome.ts'
import type { IfRunning, Logger, RateLimiter, RunState, Tasks, TransientStart } from './ports.ts'
import type { Registration } from './revisions.ts'
import type { TaskHistory } from './task-history.ts'

export interface LaunchOrder {
  readonly launch: Launch
  /** Registers what the task runs, if nobody did yet; asked when nothing stands in the way of the launch. */
  readonly revision: () => Promise<Registration>
  readonly ifRunning: IfRunning
  /** Milliseconds to wait for another migration of the database, with `wait`. */
  readonly longestWaitMs: number
  /** Makes this run's token its own with `allow`. */
  readonly nonce: string
  /** This run's own start that failed: the next one follows it, also where no listing shows it yet. */
  readonly failedStart?: Task
  /** How many starts were tried before. */
  readonly startsBefore: number
}

export interface LaunchPorts {
  readonly tasks: Tasks
  readonly history: TaskHistory
  readonly following: Pick<Following, 'meet' | 'endOf'>
  /** Turns for RunTask: Fargate's rate is planned for, not run into. */
  readonly starts: RateLimiter
  readonly clock: Clock
  /** The time by ECS's own clock, never ahead of it. */
  readonly ecsTime: () => Date
  readonly hash: Hash
  readonly runState: RunState
  readonly logger: Logger
  readonly transient: TransientStart
  /** Tasks of this step that run now, by ARN: what they take of the account's quota they give back. */
  readonly running: ReadonlySet<string>
  /** Resolves when the task is over, or when the time or the signal ends the waiting. */
  readonly untilOver: (taskArn: string, longestMs: number, signal: AbortSignal) => Promise<void>
}

export type Launched =
  | {
      readonly kind: 'launched'
      readonly task: Task & { readonly taskArn: string }
      /** RunTask was called. */
      readonly requested: Date
      /** RunTask was called so many times in this run, refusals that were tried again included. */
      readonly starts: number
    }
  /** The same migration runs already: nothing was started. */
  | { readonly kind: 'followed'; readonly followed: Followed }
  | { readonly kind: 'ended'; readonly outcome: Outcome }
  /** Cancelled before RunTask was called. */
  | { readonly kind: 'cancelled' }
  /** Cancelled while RunTask was on its way: the post step looks for the task. */
  | { readonly kind: 'in-doubt' }

/** Look at what ECS shows: does anything run, and which place in the chain is free? */
interface Look {
  readonly kind: 'look'
}

/** ECS named this task: as running, or as the holder of the token that was tried. */
export interface Meet {
  readonly kind: 'meet'
  readonly taskArn: string
  readonly holder: boolean
}

/** Call RunTask at this place of the chain, where so many conflicts have named no task. */
export interface Start {
  readonly kind: 'start'
  readonly link: Link
  readonly nameless: number
  /** When ECS was last asked for other tasks, on the monotonic clock. */
  readonly seenAt: number
}

/** What a launch does next. */
export type Next = Look | Meet | Start

/** How far a launch has come. Each step makes another one. */
export interface Position {
  readonly next: Next
  /** RunTask was called so many times and refused. */
  readonly starts: number
  /** Refusals for the account's quota, which count as no start. */
  readonly quotaRefusals: number
  /** The task that this launch already said it waits for. */
  readonly waitsFor?: string
  /** The task whose near end this launch has waited for, where it would have followed it. */
  readonly awaited?: string
  /** The task before this one's place of whose end was reported. */
  readonly reported?: string
  /** Tasks that ECS listed, and had forgotten by the time they were looked at again. */
  readonly forgotten: readonly string[]
}

export const LOOK: Look = { kind: 'look' }

/** What does not change while a launch goes on. */
export interface Scene extends LaunchPorts {
  readonly order: LaunchOrder
  readonly database: string
  readonly cancelled: AbortSignal
  readonly abandoned: AbortSignal
  /** On the monotonic clock. */
  readonly waitUntil: number
}
