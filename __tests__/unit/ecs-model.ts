/**
 * RunTask's idempotency and the listings of ECS, as strict as AWS documents them and as vague as they are seen to be,
 * with everything that may go wrong drawn from a seed. Time is virtual.
 */
import type { RunTaskCommandInput, Task } from '@aws-sdk/client-ecs'
import type { Tasks } from '../../src/migration/ports.ts'
import type { DescribedTasks } from '../../src/model.ts'
import { failure } from './aws-failures.ts'
import type { VirtualClock } from './virtual-clock.ts'

export interface Habits {
  /** A listing shows a new task so much later, at most. */
  readonly listingLagMs: number
  /** DescribeTasks answers MISSING for a new task so long, at most. */
  readonly missingMs: number
  /** A RunTask may arrive so late, at most: the client repeats it while AWS cannot be reached. */
  readonly deliveryMs: number
  /** A stopped task is shown for an hour, and up to so much longer; it differs from call to call. */
  readonly rememberedMs: number
  /** A token is kept after its task has stopped for at least, and at most, so long. */
  readonly tokenKeptMs: readonly [least: number, most: number]
  /** Whether a conflict names the tasks that hold the token. */
  readonly namesHolder: boolean
  /** Whether a refusal for want of capacity keeps the token. */
  readonly keepsRefusals: boolean
  /** Of 100 starts: refused by RunTask; failed before any container ran. */
  readonly refusedPercent: number
  readonly failedPercent: number
  /** Of 100 answers of RunTask: lost, so that the client repeats the call. */
  readonly lostPercent: number
  /** A task runs so long, at most. */
  readonly longestRunMs: number
}

const HOUR = 60 * 60_000
const SECOND = 1_000
const AFTER_LAUNCH_MS = 5 * 60 * SECOND
/** Following a chain of forgotten tasks takes a minute for each, and RunTask may arrive minutes late. */
const AFTER_NAMING_MS = 15 * 60 * SECOND
/** `startedBy` of tasks that may run beside others. */
const ALLOWED = 'run-ecs-migration-allow'

interface ModelTask {
  readonly arn: string
  readonly startedBy: string
  readonly createdAt: number
  readonly endsAt: number
  readonly failsToStart: boolean
  /** From here on its token is free again. */
  readonly tokenEndsAt: number
}

interface TokenHolder {
  readonly parameters: string
  readonly task: ModelTask | undefined
  readonly at: number
  /** When a conflict last named its task. */
  namedAt: number
}

/** Mulberry32: numbers from 0 to 1, the same ones for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export class EcsModel implements Tasks {
  /** Two tasks of one database at once: what must never be. */
  readonly collisions: string[] = []
  readonly all: ModelTask[] = []
  private readonly clock: VirtualClock
  private readonly habits: Habits
  private readonly random: () => number
  private readonly tokens = new Map<string, TokenHolder>()

  constructor(clock: VirtualClock, habits: Habits, random: () => number) {
    this.clock = clock
    this.habits = habits
    this.random = random
  }

  async run(request: RunTaskCommandInput, signal?: AbortSignal): Promise<DescribedTasks> {
    await this.takes(this.percent(10) ? this.habits.deliveryMs : 2 * SECOND)
    for (;;) {
      // Repeated by the client, which has given up.
      if (isAborted(signal)) throw failure('aborted', { action: 'ecs:RunTask' })
      const answer = this.launch(request)
      await this.takes(2 * SECOND)
      if (isAborted(signal)) throw failure('aborted', { action: 'ecs:RunTask' })
      if (this.percent(this.habits.lostPercent)) continue
      if (answer instanceof Error) throw answer
      return answer
    }
  }

  async describe(_cluster: string, arns: readonly string[]): Promise<DescribedTasks> {
    await this.takes(SECOND)
    const now = this.clock.elapsed()
    const found = this.all.filter((task) => arns.includes(task.arn) && this.isShown(task, this.habits.missingMs))
    await this.takes(SECOND)
    return { tasks: found.map((task) => shown(task, now, this.clock)), failures: [] }
  }

  async list(_cluster: string, _family: string, desiredStatus: 'RUNNING' | 'STOPPED'): Promise<readonly string[]> {
    await this.takes(SECOND)
    const now = this.clock.elapsed()
    const found = this.all.filter(
      (task) => task.endsAt <= now === (desiredStatus === 'STOPPED') && this.isShown(task, this.habits.listingLagMs),
    )
    await this.takes(SECOND)
    return found.map(({ arn }) => arn)
  }

  async stop(): Promise<void> {
    throw new Error('not called')
  }

  endOf(arn: string): number {
    return this.all.find((task) => task.arn === arn)?.endsAt ?? 0
  }

  private launch(request: RunTaskCommandInput): DescribedTasks | Error {
    const now = this.clock.elapsed()
    const { clientToken = '', ...rest } = request
    const parameters = JSON.stringify(rest)
    const holder = this.holderOf(clientToken, now)
    if (holder !== undefined) return this.replay(holder, parameters, now)
    if (this.percent(this.habits.refusedPercent)) {
      if (this.habits.keepsRefusals) this.tokens.set(clientToken, { parameters, task: undefined, at: now, namedAt: 0 })
      return { tasks: [], failures: [{ reason: 'Capacity is unavailable at this time.' }] }
    }
    const task = this.start(request.startedBy ?? '', now)
    this.tokens.set(clientToken, { parameters, task, at: now, namedAt: 0 })
    return { tasks: [shown(task, now, this.clock)], failures: [] }
  }

  private start(startedBy: string, now: number): ModelTask {
    const failsToStart = this.percent(this.habits.failedPercent)
    const endsAt = now + Math.ceil(this.random() * (failsToStart ? 60 * SECOND : this.habits.longestRunMs))
    const [least, most] = this.habits.tokenKeptMs
    const tokenEndsAt = endsAt + least + this.random() * (most - least)
    const task = { arn: `arn:task/${this.all.length}`, startedBy, createdAt: now, endsAt, failsToStart, tokenEndsAt }
    const rivals = this.all.filter((other) => other.startedBy === startedBy && other.endsAt > now)
    if (rivals.length > 0 && !startedBy.startsWith(ALLOWED))
      this.collisions.push(`${task.arn} at ${now} beside ${rivals.map(({ arn }) => arn).join()}`)
    this.all.push(task)
    return task
  }

  /**
   * A token that is kept longer than the hour that ECS documents does not end while somebody follows it, nor soon
   * after a launch: what docs/one-at-a-time.md assumes of it.
   */
  private tokenEndOf({ endsAt, tokenEndsAt }: ModelTask, namedAt: number): number {
    if (tokenEndsAt <= endsAt + HOUR) return tokenEndsAt
    if (namedAt > endsAt + HOUR && namedAt + AFTER_NAMING_MS > tokenEndsAt) return namedAt + AFTER_NAMING_MS
    const soon = (end: number, { createdAt }: ModelTask): number =>
      createdAt <= end && createdAt > end - AFTER_LAUNCH_MS ? createdAt + AFTER_LAUNCH_MS : end
    return this.all.reduce(soon, tokenEndsAt)
  }

  private replay(holder: TokenHolder, parameters: string, now: number): DescribedTasks | Error {
    const { task } = holder
    if (holder.parameters === parameters) {
      if (task === undefined) return { tasks: [], failures: [{ reason: 'Capacity is unavailable at this time.' }] }
      const { taskArn, lastStatus } = shown(task, now, this.clock)
      return { tasks: [{ taskArn, lastStatus }], failures: [] }
    }
    holder.namedAt = now
    const resourceIds = task !== undefined && this.habits.namesHolder ? [task.arn] : []
    return failure('conflict', { action: 'ecs:RunTask', resourceIds })
  }

  /** A token outlives its task; a kept refusal lives for a day. */
  private holderOf(token: string, now: number): TokenHolder | undefined {
    const holder = this.tokens.get(token)
    if (holder === undefined) return undefined
    const end = holder.task === undefined ? holder.at + 24 * HOUR : this.tokenEndOf(holder.task, holder.namedAt)
    return now < end ? holder : undefined
  }

  /** Not yet for a while, and not for ever. */
  private isShown({ createdAt, endsAt }: ModelTask, lagMs: number): boolean {
    const now = this.clock.elapsed()
    return now >= createdAt + this.random() * lagMs && now < endsAt + HOUR + this.random() * this.habits.rememberedMs
  }

  private takes(most: number): Promise<void> {
    return this.clock.sleep(this.random() * most)
  }

  private percent(of: number): boolean {
    return this.random() * 100 < of
  }
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true
}

function shown(task: ModelTask, now: number, clock: VirtualClock): Task {
  const epoch = clock.now().getTime() - clock.elapsed()
  const over = task.endsAt <= now
  return {
    taskArn: task.arn,
    startedBy: task.startedBy,
    createdAt: new Date(epoch + task.createdAt),
    lastStatus: over ? 'STOPPED' : 'RUNNING',
    ...(over && { stoppedAt: new Date(epoch + task.endsAt) }),
    ...(over && task.failsToStart && { stopCode: 'TaskFailedToStart' as const }),
  }
}
