import type { Task } from '@aws-sdk/client-ecs'
import type { Clock } from '../model.ts'
import { askAgain } from './ask-again.ts'
import { batches } from './batches.ts'
import type { Tasks } from './ports.ts'

/**
 * A listing is read once more for so long: what `allow` started meanwhile is on no chain, and only a listing shows it.
 */
const FRESH_MS = 10_000

/** A listing that is denied for good refuses the launch: that is said soon. */
const LIST_PAUSE_MS = 1_000

/** What ECS listed, and the tasks among it that DescribeTasks knows. */
interface Listing {
  readonly arns: ReadonlySet<string>
  readonly tasks: readonly Task[]
}

/** Tasks as ECS listed them a while ago. */
interface Past {
  /** Newest first. */
  readonly tasks: readonly Task[]
  /** Milliseconds since ECS was asked. */
  readonly ageMs: number
}

/** The migrations ECS still remembers, read once for all databases of a run. */
export class TaskHistory {
  private readonly tasks: Tasks
  private readonly clock: Clock
  private readonly cluster: string
  private readonly family: string
  private last: { readonly at: number; readonly listing: Promise<Listing> } | undefined

  /** @param family the clones' own family */
  constructor(tasks: Tasks, clock: Clock, cluster: string, family: string) {
    this.tasks = tasks
    this.clock = clock
    this.cluster = cluster
    this.family = family
  }

  /**
   * Tasks of one database. Under both desired statuses: a task being stopped can run on for minutes.
   * @param marks the database's `startedBy`
   * @throws AwsError, access denied above all
   */
  async of(marks: readonly string[], signal?: AbortSignal): Promise<Past> {
    const { at, listing } = this.read(signal)
    const { tasks } = await listing
    return {
      tasks: tasks
        .filter(({ startedBy = '' }) => marks.includes(startedBy))
        .sort((a, b) => createdAt(b) - createdAt(a)),
      ageMs: this.clock.elapsed() - at,
    }
  }

  /** Whether ECS lists the task now, under either status. */
  async lists(taskArn: string, signal?: AbortSignal): Promise<boolean> {
    this.forget()
    return (await this.read(signal).listing).arns.has(taskArn)
  }

  /** The next question lists again. */
  forget(): void {
    this.last = undefined
  }

  async describe(taskArn: string, signal?: AbortSignal): Promise<Task | undefined> {
    const ask = () => this.tasks.describe(this.cluster, [taskArn], signal)
    const { tasks } = await askAgain(ask, this.clock, signal === undefined ? [] : [signal])
    return tasks[0]
  }

  private read(signal?: AbortSignal): { readonly at: number; readonly listing: Promise<Listing> } {
    const now = this.clock.elapsed()
    if (this.last !== undefined && now - this.last.at <= FRESH_MS) return this.last
    const signals = signal === undefined ? [] : [signal]
    const listing = askAgain(() => this.list(signal), this.clock, signals, { pauseMs: LIST_PAUSE_MS })
    this.last = { at: now, listing }
    listing.catch(() => this.forget())
    return this.last
  }

  private async list(signal?: AbortSignal): Promise<Listing> {
    // One after the other, in this order: a task that ends in between is in the second list.
    const listed = new Set(await this.tasks.list(this.cluster, this.family, 'RUNNING', signal))
    // guard: both-listings
    for (const arn of await this.tasks.list(this.cluster, this.family, 'STOPPED', signal)) listed.add(arn)
    const tasks: Task[] = []
    for (const batch of batches([...listed]))
      tasks.push(...(await this.tasks.describe(this.cluster, batch, signal)).tasks)
    return { arns: listed, tasks }
  }
}

function createdAt(task: Task): number {
  return task.createdAt?.getTime() ?? 0
}
