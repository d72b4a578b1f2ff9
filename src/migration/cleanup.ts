/** What main and post both must undo: the clone, and in post the tasks that a killed main left running. */
import type { Tag, Task } from '@aws-sdk/client-ecs'
import { AwsError, type Clock, type DescribedTasks } from '../model.ts'
import { TAG } from '../naming.ts'
import { askAgain } from './ask-again.ts'
import { batches } from './batches.ts'
import type { Definitions, Tasks } from './ports.ts'
import { stopTask } from './stop-task.ts'

/** How a run finds again what it made. */
export interface Owned {
  readonly cluster: string
  /** The clones' own family. */
  readonly family: string
  readonly nonce: string
  /** Where each database has a revision of its own: only the one with this tag. */
  readonly databaseTag?: string
}

/** Listings lag behind RunTask: a task whose launch was on its way is looked for this long. */
const LONGEST_SEARCH_MS = 60_000
/** The time limit of one call, and a little. */
const LONGEST_REGISTER_MS = 15_000
const SEARCH_PAUSE_MS = 2_000
/** How long a task is looked at before it is stopped unseen. */
const LONGEST_LOOK_MS = 5_000
/** One refusal may be transient. */
const RETRY_PAUSE_MS = 1_000

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
      if (!isOwn(await definitions.describe(arn, signal), owned)) return
      await definitions.deregister(arn, signal)
      retired.push(arn)
    })
  }
  failures.throwFirst()
  return retired
}

/** Made by this run: by the nonce in its tags. */
export function isOwn(
  { tags = [] }: { readonly tags?: readonly Tag[] | undefined },
  { nonce, databaseTag }: Owned,
): boolean {
  const has = (wanted: string, text: string): boolean => tags.some(({ key, value }) => key === wanted && value === text)
  return has(TAG.nonce, nonce) && (databaseTag === undefined || has(TAG.database, databaseTag))
}

/**
 * The same for a main step that was killed: its RegisterTaskDefinition may still be on its way, so clones are looked
 * for until as many show as there can be.
 * @param most how many revisions the run may have
 */
export async function findAndRetireClones(
  ports: { readonly definitions: Definitions; readonly clock: Clock; readonly signal: AbortSignal },
  owned: Owned,
  most: number,
): Promise<readonly string[]> {
  const { definitions, clock, signal } = ports
  const deadline = clock.elapsed() + LONGEST_REGISTER_MS
  const retired: string[] = []
  for (;;) {
    retired.push(...(await retireClones(definitions, owned, signal)))
    if (retired.length >= most || clock.elapsed() >= deadline || signal.aborted) return retired
    await clock.sleep(SEARCH_PAUSE_MS, signal)
  }
}

/**
 * Deregisters revisions of followed tasks, which earlier attempts of this run registered, unless a task of one has yet to start.
 * @returns ARNs of those that stay for that
 * @throws AwsError, the first one, after all were tried
 */
export async function retireFollowed(
  ports: CleanupPorts & { readonly definitions: Definitions },
  owned: Owned,
  arns: readonly string[],
): Promise<readonly string[]> {
  if (arns.length === 0) return []
  const starting = (await runningTasks(ports, owned)).filter(({ startedAt }) => startedAt === undefined)
  const kept = arns.filter((arn) => starting.some(({ taskDefinitionArn }) => taskDefinitionArn === arn))
  const failures = new Failures()
  for (const arn of arns) {
    if (!kept.includes(arn)) await failures.keep(() => ports.definitions.deregister(arn, ports.signal))
  }
  failures.throwFirst()
  return kept
}

interface StopRequest {
  /** Shown by ECS as the task's stoppedReason. */
  readonly reason: string
  /** ARNs that main knew. */
  readonly known: readonly string[]
  /** Launches whose answer was never learnt: their tasks may appear in the listing late. */
  readonly inDoubt: number
  /** ARNs of this run's tasks that are to be left alone. */
  readonly settled: readonly string[]
  /**
   * Whether a task that no record names may be stopped.
   * @param expected no more such tasks were found than launches are in doubt
   */
  readonly mayStop: (task: Task, expected: boolean) => boolean
}

/** Tasks of the run that no record names. */
interface Found {
  readonly count: number
  /** ARNs of those that run on. */
  readonly left: readonly string[]
}

/**
 * Stops this run's tasks that still run. It never calls RunTask.
 * @param stopped called for each task that was asked to stop
 * @throws AwsError, the first one, after all tasks were tried
 */
export async function stopTasks(
  ports: CleanupPorts,
  owned: Owned,
  request: StopRequest,
  stopped: (taskArn: string) => void,
): Promise<Found> {
  const failures = new Failures()
  // The runner ends the job 4 m 45 s after a cancel: what is known waits for no search.
  const [found] = await Promise.all([
    findAndStop(ports, owned, request, { failures, stopped }),
    stopKnown(ports, owned, request, { failures, stopped }),
  ])
  failures.throwFirst()
  return found
}

interface CleanupPorts {
  readonly tasks: Tasks
  readonly clock: Clock
  /** Ends everything, calls on their way included. */
  readonly signal: AbortSignal
}

interface Progress {
  readonly failures: Failures
  readonly stopped: (taskArn: string) => void
}

async function stopKnown(
  ports: CleanupPorts,
  { cluster }: Owned,
  { known, reason }: StopRequest,
  { failures, stopped }: Progress,
): Promise<void> {
  if (known.length === 0) return
  const ended = await endedOf(ports, cluster, known, failures)
  // All at once: there are at most 100, as many as run in parallel, and so many StopTasks at once ECS allows (docs/platform-facts.md#rates).
  await Promise.all(
    known
      .filter((arn) => !ended.has(arn))
      .map((arn) =>
        failures.keep(async () => {
          await stopTask(ports, { cluster, taskArn: arn, reason }, ports.signal)
          stopped(arn)
        }),
      ),
  )
}

/** Those that need no stop. What cannot be looked at soon is stopped unseen: that does nothing to a task that has ended. */
async function endedOf(
  { tasks, clock, signal }: CleanupPorts,
  cluster: string,
  arns: readonly string[],
  failures: Failures,
): Promise<ReadonlySet<string>> {
  const looked = new AbortController()
  const until = AbortSignal.any([looked.signal, signal])
  const look = async (): Promise<DescribedTasks | undefined> =>
    tasks.describe(cluster, arns, until).catch((error: unknown) => {
      // Given up on, it is no failure.
      if (looked.signal.aborted) return undefined
      throw error
    })
  const described = await Promise.race([
    failures.keep(look),
    clock.sleep(LONGEST_LOOK_MS, looked.signal).then(() => undefined),
  ])
  looked.abort()
  const ended = (described?.tasks ?? []).filter(({ desiredStatus }) => desiredStatus === 'STOPPED')
  return new Set(ended.map(({ taskArn = '' }) => taskArn))
}

/** Looks in the listing, and while launches are in doubt again: it lags behind RunTask. */
async function findAndStop(
  ports: CleanupPorts,
  owned: Owned,
  { reason, known, settled, inDoubt, mayStop }: StopRequest,
  { failures, stopped }: Progress,
): Promise<Found> {
  const { clock, signal } = ports
  const found = new Set<string>()
  const left: string[] = []
  const deadline = clock.elapsed() + LONGEST_SEARCH_MS
  const recorded = new Set([...known, ...settled])
  for (;;) {
    const fresh = await failures.keep(async () =>
      (await runningTasks(ports, owned))
        .filter((task) => isOwn(task, owned))
        .filter(({ taskArn = '' }) => !recorded.has(taskArn) && !found.has(taskArn)),
    )
    if (fresh === undefined) break
    for (const { taskArn = '' } of fresh) found.add(taskArn)
    const expected = found.size <= inDoubt
    await Promise.all(
      fresh.map((task) =>
        failures.keep(async () => {
          const { taskArn = '', desiredStatus } = task
          if (desiredStatus === 'STOPPED') return
          if (!mayStop(task, expected)) return void left.push(taskArn)
          await stopTask(ports, { cluster: owned.cluster, taskArn, reason }, ports.signal)
          stopped(taskArn)
        }),
      ),
    )
    if (found.size >= inDoubt || clock.elapsed() >= deadline) break
    await clock.sleep(SEARCH_PAUSE_MS, signal)
  }
  return { count: found.size, left }
}

/** One failure does not stop the rest of the cleanup. */
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

/** Tasks of the family that ECS lists as running. */
async function runningTasks({ tasks, clock, signal }: CleanupPorts, owned: Owned): Promise<readonly Task[]> {
  const ask = <T>(call: () => Promise<T>): Promise<T> => askAgain(call, clock, [signal], { pauseMs: RETRY_PAUSE_MS })
  const arns = await ask(() => tasks.list(owned.cluster, owned.family, 'RUNNING', signal))
  const found: Task[] = []
  for (const batch of batches(arns))
    found.push(...(await ask(() => tasks.describe(owned.cluster, batch, signal))).tasks)
  return found
}
