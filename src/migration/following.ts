/** A task of the database that runs already: whether this step follows it instead of starting one. */
import type { ContainerDefinition, Task } from '@aws-sdk/client-ecs'
import { AwsError, type DescribedDefinition, type Hash, type Launch, LONGEST_STOP_TIMEOUT } from '../model.ts'
import { marksOf } from '../naming.ts'
import { atTime, capitalised, type Followed, startOf } from './followed.ts'
import { logStreamOf } from './log-stream.ts'
import { containerOf, isOver } from './outcome.ts'
import type { Definitions, IfRunning, Links } from './ports.ts'
import { differencesOf, imageOf } from './same-migration.ts'
import { attemptOf, isEarlier, isOfRun, type Starter, starterOf } from './starter.ts'
import type { TaskHistory } from './task-history.ts'

export type Meeting =
  | { readonly kind: 'same'; readonly followed: Followed }
  /** It has ended or is being stopped, and this step would have followed it: its end is waited for. */
  | { readonly kind: 'ending'; readonly by: string; readonly longestMs: number }
  /** Not to be followed. `differences`: for these, and not for whose it is. */
  | { readonly kind: 'other'; readonly differences: readonly string[] }

/** What of this step decides whether it follows. */
export interface MeetingOrder {
  readonly ifRunning: IfRunning
  /** Of this step, with the attempt. */
  readonly runUrl: string
  readonly container: ContainerDefinition
  /** The variable that names the database; empty: none. */
  readonly databaseVariable: string
  readonly region: string
}

export interface MeetingPorts {
  readonly definitions: Pick<Definitions, 'describe'>
  readonly links: Links
  /** The digest that a tag stands for now; undefined where the registry does not give it. Never rejects. */
  readonly digestOf: (image: string, signal: AbortSignal) => Promise<string | undefined>
}

/** What ECS says about the revision of a task. */
type Read =
  | { readonly arn: string; readonly revision: DescribedDefinition; readonly starter?: Starter }
  | { readonly unread: string; readonly revision?: undefined; readonly starter?: undefined }

/** Beyond stopTimeout: ECS shows STOPPED 10 to 40 s after the exit (docs/platform-facts.md#late-exit). */
const STOP_MARGIN_MS = 30_000

export class Following {
  private readonly order: MeetingOrder
  private readonly ports: MeetingPorts
  private readonly revisions = new Map<string, Promise<DescribedDefinition>>()
  private readonly digests = new Map<string, Promise<string | undefined>>()

  constructor(order: MeetingOrder, ports: MeetingPorts) {
    this.order = order
    this.ports = ports
  }

  /** false: nothing can be followed, and no revision need be described for that. */
  private get isPossible(): boolean {
    const { ifRunning, runUrl } = this.order
    return ifRunning === 'attach' || (ifRunning !== 'allow' && (attemptOf(runUrl)?.attempt ?? 1) > 1)
  }

  /**
   * @param running a task of the database that is not over
   * @throws AwsError only when the signal aborts
   */
  async meet(running: Task, launch: Launch, signal: AbortSignal): Promise<Meeting> {
    if (!this.isPossible) return { kind: 'other', differences: [] }
    const { ifRunning, runUrl, container, databaseVariable } = this.order
    const read = await this.read(running, signal)
    const { starter } = read
    if (ifRunning !== 'attach' && !isEarlier(starter, runUrl)) return { kind: 'other', differences: [] }
    const by = this.nameOf(starter)
    const name = container.name ?? ''
    const { taskArn, desiredStatus } = running
    if (desiredStatus === 'STOPPED' || containerOf(running, name)?.exitCode !== undefined) {
      const own = read.revision?.definition.containerDefinitions?.find((one) => one.name === name)
      return { kind: 'ending', by, longestMs: (own?.stopTimeout ?? LONGEST_STOP_TIMEOUT) * 1_000 + STOP_MARGIN_MS }
    }
    if (taskArn === undefined || desiredStatus !== 'RUNNING')
      return { kind: 'other', differences: ['its state, which ECS does not show'] }
    if (read.revision === undefined)
      return { kind: 'other', differences: [`its task definition, which cannot be read: ${read.unread}`] }
    const task = { ...running, taskArn }
    const imageDigest = await this.digestOf(imageOf(launch.clone, name), signal)
    const names = { container: name, databaseVariable, imageDigest }
    const differences = differencesOf({ task, revision: read.revision }, launch, names)
    // guard: same-migration
    if (differences.length > 0) return { kind: 'other', differences }
    const whose = { by, isOwn: isOfRun(starter, runUrl), isEarlier: isEarlier(starter, runUrl) }
    const followed = { task, revisionArn: read.arn, ...whose, ...(starter && { runUrl: starter.runUrl }) }
    return { kind: 'same', followed }
  }

  /**
   * The tasks to follow among those that run, before anything is launched; what cannot be seen the launch sees.
   * @returns by database
   */
  async find(
    launches: readonly Launch[],
    history: TaskHistory,
    hash: Hash,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, Followed>> {
    if (!this.isPossible) return new Map()
    const meet = async (launch: Launch): Promise<readonly (readonly [string, Followed])[]> => {
      const { chained, allowed } = marksOf(launch.database, hash)
      const { tasks } = await history.of([chained, allowed], signal)
      const running = tasks.find((task) => !isOver(task))
      const meeting = running && (await this.meet(running, launch, signal))
      return meeting?.kind === 'same' ? [[launch.database, meeting.followed]] : []
    }
    try {
      return new Map((await Promise.all(launches.map(meet))).flat())
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      return new Map()
    }
  }

  /**
   * What became of a task that nobody watched to its end: an earlier attempt's, or one whose end was waited for.
   * @returns lines for the log; none for any other task
   */
  async endOf(task: Task, awaited: boolean, signal: AbortSignal): Promise<readonly string[]> {
    const { runUrl, container, region } = this.order
    if (!isOver(task) || !this.isPossible) return []
    const { starter } = await this.read(task, signal)
    if (!awaited && !isEarlier(starter, runUrl)) return []
    const { taskArn = '', stoppedAt, stoppedReason } = task
    const exitCode = containerOf(task, container.name ?? '')?.exitCode
    const code = exitCode === undefined ? 'without an exit code' : `with exit code ${exitCode}`
    const why = stoppedReason === undefined ? '' : `, ${stoppedReason}`
    const stream = logStreamOf(container, taskArn, region)
    const log = stream && this.ports.links.log(stream)
    return [
      `${capitalised(startOf({ task, by: this.nameOf(starter), ...starter }))} ended${atTime(stoppedAt)} ${code}${why}. That decides nothing here: a new task is started.`,
      `Its task: ${this.ports.links.task(taskArn) ?? taskArn}`,
      ...(log === undefined ? [] : [`Its log:  ${log}`]),
    ]
  }

  /** A launch does without the digest; nothing is followed without it, so the registry is asked once more. */
  private digestOf(image: string, signal: AbortSignal): Promise<string | undefined> {
    const asked = this.digests.get(image) ?? this.ports.digestOf(image, signal)
    this.digests.set(image, asked)
    return asked
  }

  private async read({ taskDefinitionArn: arn }: Task, signal: AbortSignal): Promise<Read> {
    if (arn === undefined) return { unread: 'ECS does not name it' }
    const describing = this.revisions.get(arn) ?? this.ports.definitions.describe(arn, signal)
    this.revisions.set(arn, describing)
    try {
      const revision = await describing
      const starter = starterOf(revision.tags)
      return { arn, revision, ...(starter && { starter }) }
    } catch (error) {
      this.revisions.delete(arn)
      if (!(error instanceof AwsError) || error.facts.kind === 'aborted') throw error
      return { unread: error.inFull }
    }
  }

  private nameOf(starter: Starter | undefined): string {
    const { runUrl } = this.order
    if (!isOfRun(starter, runUrl)) return 'another run'
    if (starter?.attempt === attemptOf(runUrl)?.attempt) return 'another step of this run'
    return `attempt ${starter?.attempt} of this run`
  }
}
