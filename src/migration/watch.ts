import type { Task } from '@aws-sdk/client-ecs'
import { AwsError, type Clock } from '../model.ts'
import { askAgain } from './ask-again.ts'
import { batches } from './batches.ts'
import { Mailbox } from './mailbox.ts'
import type { Tasks } from './ports.ts'

/** One DescribeTasks a second, for up to 100 tasks together. */
const POLL_MS = 1_000
/** AWS answers MISSING for a task it has just launched (docs/platform-facts.md#eventual-consistency). */
const MISSING_TOLERANCE_MS = 60_000

/** What one poll showed of a task. After `lost` nothing more comes. */
export type Observation =
  | { readonly kind: 'seen'; readonly task: Task }
  | { readonly kind: 'missing' }
  | { readonly kind: 'lost'; readonly cause: 'missing' }
  | { readonly kind: 'lost'; readonly cause: 'aws-error'; readonly error: AwsError }

interface Observer {
  readonly mailbox: Mailbox<Observation>
  missingSince: number | undefined
}

/** The one poller of a run: asks ECS once a second about every task somebody observes. */
export class Watch {
  private readonly tasks: Tasks
  private readonly clock: Clock
  private readonly cluster: string
  private readonly observers = new Map<string, Observer>()
  private polling: Promise<void> | undefined
  private stop = new AbortController()

  constructor(tasks: Tasks, clock: Clock, cluster: string) {
    this.tasks = tasks
    this.clock = clock
    this.cluster = cluster
  }

  /**
   * Observations of one task, until the caller leaves the loop, the signal aborts, or the task is lost:
   * MISSING for a minute, or ECS not to be asked any more (the client has retried transient errors already).
   */
  async *observe(taskArn: string, signal: AbortSignal): AsyncGenerator<Observation, void, undefined> {
    const observer: Observer = { mailbox: new Mailbox(), missingSince: undefined }
    this.observers.set(taskArn, observer)
    this.polling ??= this.poll()
    try {
      for await (const observation of observer.mailbox.read(signal)) {
        yield observation
        if (observation.kind === 'lost') return
      }
    } finally {
      this.observers.delete(taskArn)
      if (this.observers.size === 0) this.stop.abort()
    }
  }

  private async poll(): Promise<void> {
    this.stop = new AbortController()
    const { signal } = this.stop
    while (!signal.aborted) {
      const began = this.clock.elapsed()
      const error = await this.pollOnce(signal)
      if (error !== undefined) this.sendAll({ kind: 'lost', cause: 'aws-error', error })
      const took = error === undefined ? this.clock.elapsed() - began : 0
      await this.clock.sleep(POLL_MS - took, signal)
    }
    this.polling = this.observers.size > 0 ? this.poll() : undefined
  }

  /** @returns the error that ended the calls, if one did */
  private async pollOnce(signal: AbortSignal): Promise<AwsError | undefined> {
    try {
      await askAgain(() => this.look(signal), this.clock, [signal])
      return undefined
    } catch (error) {
      if (signal.aborted) return undefined
      if (error instanceof AwsError) return error
      throw error
    }
  }

  private async look(signal: AbortSignal): Promise<void> {
    for (const batch of batches([...this.observers.keys()])) {
      const { tasks } = await this.tasks.describe(this.cluster, batch, signal)
      this.deliver(batch, tasks)
    }
  }

  private deliver(asked: readonly string[], tasks: readonly Task[]): void {
    const found = new Map(tasks.map((task) => [task.taskArn, task]))
    for (const arn of asked) {
      const observer = this.observers.get(arn)
      const task = found.get(arn)
      if (observer === undefined) continue
      observer.mailbox.put(task === undefined ? this.missing(observer) : { kind: 'seen', task })
      if (task !== undefined) observer.missingSince = undefined
    }
  }

  private missing(observer: Observer): Observation {
    observer.missingSince ??= this.clock.elapsed()
    const long = this.clock.elapsed() - observer.missingSince >= MISSING_TOLERANCE_MS
    return long ? { kind: 'lost', cause: 'missing' } : { kind: 'missing' }
  }

  private sendAll(observation: Observation): void {
    for (const { mailbox } of this.observers.values()) mailbox.put(observation)
  }
}
