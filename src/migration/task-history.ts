import type { Task } from '@aws-sdk/client-ecs'
import type { Clock } from '../model.ts'
import { askAgain } from './ask-again.ts'
import type { Tasks } from './ports.ts'

/** What one DescribeTasks accepts. */
const BATCH = 100
/** A listing may be stale, the client token makes up for that; but not for more than a token's life. */
const FRESH_MS = 5 * 60_000

/** The migrations ECS still remembers, read once for all databases of a run. */
export class TaskHistory {
  private readonly tasks: Tasks
  private readonly clock: Clock
  private readonly cluster: string
  private readonly family: string
  private listing: { readonly at: number; readonly tasks: Promise<readonly Task[]> } | undefined

  /** @param family the clones' own family */
  constructor(tasks: Tasks, clock: Clock, cluster: string, family: string) {
    this.tasks = tasks
    this.clock = clock
    this.cluster = cluster
    this.family = family
  }

  /**
   * Tasks of one database, newest first. Under both desired statuses: a task being stopped can run on for minutes.
   * @param startedBy the database's mark
   * @throws AwsError, access denied above all
   */
  async of(startedBy: string, signal?: AbortSignal): Promise<readonly Task[]> {
    const tasks = await this.read(signal)
    return tasks.filter((task) => task.startedBy === startedBy).sort((a, b) => createdAt(b) - createdAt(a))
  }

  /** The next question lists again. */
  forget(): void {
    this.listing = undefined
  }

  async describe(taskArn: string, signal?: AbortSignal): Promise<Task | undefined> {
    const ask = () => this.tasks.describe(this.cluster, [taskArn], signal)
    const { tasks } = await askAgain(ask, this.clock, signal === undefined ? [] : [signal])
    return tasks[0]
  }

  private read(signal?: AbortSignal): Promise<readonly Task[]> {
    const now = this.clock.elapsed()
    if (this.listing === undefined || now - this.listing.at > FRESH_MS) {
      const tasks = this.list(signal)
      this.listing = { at: now, tasks }
      tasks.catch(() => this.forget())
    }
    return this.listing.tasks
  }

  private async list(signal?: AbortSignal): Promise<readonly Task[]> {
    // Both are awaited, also where one is denied: no call is left behind.
    const listings = await Promise.allSettled([
      this.tasks.list(this.cluster, this.family, 'RUNNING', signal),
      this.tasks.list(this.cluster, this.family, 'STOPPED', signal),
    ])
    const refused = listings.find((listing) => listing.status === 'rejected')
    if (refused !== undefined) throw refused.reason
    const arns = [...new Set(listings.flatMap((listing) => (listing.status === 'fulfilled' ? listing.value : [])))]
    const found: Task[] = []
    for (let at = 0; at < arns.length; at += BATCH) {
      found.push(...(await this.tasks.describe(this.cluster, arns.slice(at, at + BATCH), signal)).tasks)
    }
    return found
  }
}

function createdAt(task: Task): number {
  return task.createdAt?.getTime() ?? 0
}
