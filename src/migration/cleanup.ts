/** What main and post both must undo: the clone, and in post the tasks that a killed main left running. */
import type { Task } from '@aws-sdk/client-ecs'
import { TAG } from './naming.ts'
import { AwsError, type Clock, type Definitions, type Tasks } from './ports.ts'

/** How a run finds again what it made. */
export interface Owned {
  readonly cluster: string
  /** The clones' own family. */
  readonly family: string
  readonly nonce: string
}

/** Listings lag behind RunTask: a task whose launch was on its way is looked for this long. */
const LONGEST_SEARCH_MS = 60_000
/** The time limit of one call, and a little. */
const LONGEST_REGISTER_MS = 15_000
const SEARCH_PAUSE_MS = 2_000
const BATCH = 100

/**
 * Deregisters every active revision of this run; several only where an answer was lost and the call repeated.
 * @returns ARNs of what was deregistered
 * @throws AwsError, the first one, after all were tried
 */
export async function retireClones(
  definitions: Definitions,
  owned: Owned,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const retired: string[] = []
  const failures = new Failures()
  for (const arn of await definitions.listActive(owned.family, signal)) {
    await failures.keep(async () => {
      const { tags } = await definitions.describe(arn, signal)
      if (!tags.some(({ key, value }) => key === TAG.nonce && value === owned.nonce)) return
      await definitions.deregister(arn, signal)
      retired.push(arn)
    })
  }
  failures.throwFirst()
  return retired
}

/**
 * The same for a main step that was killed: its RegisterTaskDefinition may still be on its way, so the clone is looked
 * for until it shows.
 */
export async function findAndRetireClones(
  ports: { readonly definitions: Definitions; readonly clock: Clock },
  owned: Owned,
): Promise<readonly string[]> {
  const { definitions, clock } = ports
  const deadline = clock.elapsed() + LONGEST_REGISTER_MS
  for (;;) {
    const retired = await retireClones(definitions, owned)
    if (retired.length > 0 || clock.elapsed() >= deadline) return retired
    await clock.sleep(SEARCH_PAUSE_MS)
  }
}

export interface StopRequest {
  /** Shown by ECS as the task's stoppedReason. */
  readonly reason: string
  /** ARNs that main knew. */
  readonly known: readonly string[]
  /** Launches whose answer was never learnt: their tasks may appear in the listing late. */
  readonly inDoubt: number
}

/**
 * Stops this run's tasks that still run. Lists only; it never calls RunTask.
 * @param stopped called for each task that was asked to stop
 * @returns how many tasks were found that main did not know
 * @throws AwsError, the first one, after all tasks were tried
 */
export async function stopTasks(
  ports: { readonly tasks: Tasks; readonly clock: Clock },
  owned: Owned,
  { reason, known, inDoubt }: StopRequest,
  stopped: (task: Task) => void,
): Promise<number> {
  const { tasks, clock } = ports
  const settled = new Set<string>()
  const failures = new Failures()
  const deadline = clock.elapsed() + LONGEST_SEARCH_MS
  const late = (): boolean => clock.elapsed() >= deadline
  const unknown = (): number => [...settled].filter((arn) => !known.includes(arn)).length
  const stop = async (task: Task): Promise<void> => {
    const { taskArn = '', desiredStatus } = task
    try {
      if (desiredStatus !== 'STOPPED') await tasks.stop(owned.cluster, taskArn, reason)
    } catch (error) {
      if (isNotThereYet(error) && !late()) return
      settled.add(taskArn)
      throw error
    }
    settled.add(taskArn)
    if (desiredStatus !== 'STOPPED') stopped(task)
  }
  for (;;) {
    const found = await failures.keep(() => ours(tasks, owned, known))
    // What cannot be looked at is stopped unseen: a stop does nothing to a task that has ended.
    const all: readonly Task[] = found ?? known.map((taskArn) => ({ taskArn }))
    const fresh = all.filter(({ taskArn = '' }) => !settled.has(taskArn))
    // All at once: there are at most 100, as many as run in parallel, and so many StopTasks at once ECS allows (fact A3).
    await Promise.all(fresh.map((task) => failures.keep(() => stop(task))))
    const done = known.every((arn) => settled.has(arn)) && unknown() >= inDoubt
    if (found === undefined || done || late()) break
    await clock.sleep(SEARCH_PAUSE_MS)
  }
  failures.throwFirst()
  return unknown()
}

/** For about a second ECS may not know a task that it has just started (platform fact A2). */
function isNotThereYet(error: unknown): boolean {
  return error instanceof AwsError && /not found/i.test(error.message)
}

/** One thing that cannot be undone keeps nobody from undoing the others. */
class Failures {
  private first: AwsError | undefined

  /** @returns undefined when it failed */
  async keep<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      this.first ??= error
      return undefined
    }
  }

  throwFirst(): void {
    if (this.first !== undefined) throw this.first
  }
}

/** Tasks of this run: those known by ARN, whether or not ECS shows them already, and those with the nonce in their tags. */
async function ours(tasks: Tasks, owned: Owned, known: readonly string[]): Promise<readonly Task[]> {
  const listed = await tasks.list(owned.cluster, owned.family, 'RUNNING')
  const arns = [...new Set([...known, ...listed])]
  const found: Task[] = []
  for (let at = 0; at < arns.length; at += BATCH) {
    found.push(...(await tasks.describe(owned.cluster, arns.slice(at, at + BATCH))).tasks)
  }
  const shown = new Set(found.map(({ taskArn }) => taskArn))
  const hidden = known.filter((arn) => !shown.has(arn)).map((taskArn): Task => ({ taskArn }))
  const isOurs = ({ taskArn, tags }: Task): boolean =>
    known.includes(taskArn ?? '') || tags?.some(({ key, value }) => key === TAG.nonce && value === owned.nonce) === true
  return [...hidden, ...found.filter(isOurs)]
}
