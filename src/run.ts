/** One step, read top to bottom, once its target is being described: plan, preflight, register and migrate, report. */
import type { Target } from './describe-target.ts'
import { judgeDoubts } from './doubts.ts'
import { parseImage, pinned } from './image-reference.ts'
import type { Inputs } from './inputs.ts'
import type { Owned } from './migration/cleanup.ts'
import { type Followed, startOf } from './migration/followed.ts'
import { Following } from './migration/following.ts'
import { ImageDigests } from './migration/image-digests.ts'
import { type MigrationPorts, migrateDatabase } from './migration/migrate.ts'
import { cancelledBy, type MigrationRecord, type Outcome, refusedFor } from './migration/outcome.ts'
import type { Definitions, Logs, RateLimiter, StopSignals, Tasks, TransientStart } from './migration/ports.ts'
import { type Circumstances, recordWithoutTask } from './migration/record.ts'
import { Revisions } from './migration/revisions.ts'
import type { SavedRun, StepState } from './migration/run-state.ts'
import { TaskHistory } from './migration/task-history.ts'
import { Watch } from './migration/watch.ts'
import {
  AwsError,
  type Clock,
  type DescribedDefinition,
  type Hash,
  type Plan,
  type PreflightResult,
  Refusal,
  type RunIdentity,
} from './model.ts'
import { marksOf } from './naming.ts'
import { planJob } from './plan/job.ts'
import { makePlan, type PlanRequest } from './plan/plan.ts'
import type { Checks } from './preflight/checks.ts'
import { doubtsOf } from './preflight/doubts.ts'
import { NOTHING_CHECKED } from './preflight/judgement.ts'
import { lossRemark } from './preflight/log-mode.ts'
import { checkRequest } from './preflight/request.ts'
import { type Announced, announce, changesOf } from './report/announcement.ts'
import { printDoubts, printPreflight } from './report/doubts.ts'
import { printCoverage, printRequest } from './report/dry-run.ts'
import type { TasksOf } from './report/first-failure.ts'
import type { PublishPorts } from './report/publication.ts'
import { publish } from './report/publish.ts'
import { withProgress } from './scheduling/progress.ts'
import { FifoRateLimiter, registrationsPerSecond, STARTS_PER_SECOND } from './scheduling/rate-limiter.ts'
import { longestRunMs, type ScheduleActions, schedule } from './scheduling/schedule.ts'

export interface StepSignals extends StopSignals {
  /** After a cancellation: even cleaning up must end now, and is left to the post step. */
  readonly closing: AbortSignal
}

/** What a step is made with: its inputs, and what main connects to AWS, to GitHub and to the process. */
export interface Step extends Omit<PublishPorts, 'tasksOf'> {
  readonly target: Target
  readonly definitions: Definitions
  readonly inputs: Inputs
  readonly identify: () => Promise<RunIdentity>
  readonly signals: StepSignals
  readonly tasks: Tasks
  /** The time by ECS's own clock, never ahead of it. */
  readonly ecsTime: () => Date
  readonly logs: Logs
  /** Turns for GetLogEvents. */
  readonly logCalls: RateLimiter
  readonly checks: Checks
  readonly runState: StepState
  readonly transient: TransientStart
  /** A warning where the credentials may expire before the run has ended. */
  readonly expiryWarning: (longestMs: number) => Promise<string | undefined>
  readonly clock: Clock
  readonly hash: Hash
}

/** What is known before anything is made. */
interface Planned extends Announced {
  readonly identity: RunIdentity
}

/** @returns the exit code of the step */
export async function runStep(step: Step): Promise<number> {
  const { inputs, target } = step
  const preflight = startPreflight(step, target)
  let planned: Planned | undefined
  let records: readonly MigrationRecord[]
  try {
    planned = await planStep(step, target, preflight.before)
    announce(step.log, inputs, planned)
    const warning = await step.expiryWarning(longestRunMs(inputs))
    if (warning !== undefined) step.log.warn('', warning)
    records = await (inputs.dryRun ? dryRun : registerAndMigrate)(step, planned, preflight.before)
  } catch (error) {
    records = withoutTasks(inputs, planned, outcomeOf(step, error))
  }
  const found = planned && records.some(failedToStart) ? await preflight.afterwards() : undefined
  const { imageBytes } = records.some(({ task }) => task !== undefined) ? await preflight.before : NOTHING_CHECKED
  const ports = { ...step, tasksOf: planned ? earlierTasks(step, planned) : async () => [] }
  return publish({ inputs, records, planned, preflight: found, imageBytes }, ports)
}

const LONGEST_LOOK_BACK_MS = 5_000

/** What ECS remembers of a database; nothing where it does not say so soon. */
function earlierTasks(step: Step, planned: Planned): TasksOf {
  const { hash, signals } = step
  const history = historyOf(step, planned)
  return async (database) => {
    const signal = AbortSignal.any([signals.cancelled, AbortSignal.timeout(LONGEST_LOOK_BACK_MS)])
    try {
      return (await history.of([marksOf(database, hash).chained], signal)).tasks
    } catch {
      // It only adds a link.
      return []
    }
  }
}

function historyOf({ tasks, clock, inputs }: Step, { plan }: Planned): TaskHistory {
  return new TaskHistory(tasks, clock, inputs.cluster, plan.clone.family ?? '')
}

interface Preflight {
  /** Looked up beside everything else; never rejects. Nothing where the inputs ask for no preflight. */
  readonly before: Promise<PreflightResult>
  /** After a failure to start the checks are the evidence: they run now if they did not before. */
  readonly afterwards: () => Promise<PreflightResult>
}

function startPreflight({ inputs, checks, signals }: Step, { base, network }: Target): Preflight {
  const run = (): Promise<PreflightResult> => {
    const job = base.then(({ definition }) => planJob(definition, inputs))
    return checks.run(checkRequest(inputs, job, network), signals.cancelled)
  }
  if (!inputs.preflight) return { before: Promise.resolve(NOTHING_CHECKED), afterwards: run }
  const result = run()
  return { before: result, afterwards: () => result }
}

async function planStep(step: Step, target: Target, preflight: Promise<PreflightResult>): Promise<Planned> {
  const { inputs, checks, log, identify, signals } = step
  const [base, network, digest, identity] = await Promise.all([
    target.base,
    target.network,
    checks.resolveDigest(inputs.imageUri, signals.cancelled),
    identify(),
  ])
  for (const member of base.unknownMembers)
    log.warn(
      '',
      `The task definition has ${member}, which this version of the action does not know: the clone runs without it.`,
    )
  const parsed = parseImage(inputs.imageUri)
  const image = parsed === undefined || digest === undefined ? inputs.imageUri : pinned(parsed, digest)
  const plan = await planOf(step, { inputs, base, network, identity, image, source: step.source }, preflight)
  return { identity, base, network, plan, changes: changesOf(base, plan, inputs.databaseVariable) }
}

/** @throws Refusal of everything that the plan refuses; in a dry run, of what the checks refuse as well */
async function planOf(step: Step, request: PlanRequest, preflight: Promise<PreflightResult>): Promise<Plan> {
  try {
    return makePlan(request, step.hash)
  } catch (error) {
    if (!(error instanceof Refusal && step.inputs.dryRun)) throw error
    const found = await preflight
    showChecks(step, found)
    throw new Refusal(error.problem, [...error.problems.slice(1), ...found.refusals], error.doubts)
  }
}

function showChecks({ inputs, log }: Step, found: PreflightResult): void {
  printPreflight(log, found, doubtsOf(found), inputs.accept)
}

async function dryRun(
  step: Step,
  planned: Planned,
  preflight: Promise<PreflightResult>,
): Promise<readonly MigrationRecord[]> {
  const { inputs, log, signals } = step
  const { plan } = planned
  const doubtful = printDoubts(log, plan.doubts, inputs.accept)
  printRequest(log, inputs, plan)
  const { followed } = await lookForRunning(step, planned)
  for (const [database, task] of followed)
    log.line(`${inputs.databases.length > 1 ? `${database}: ` : ''}It would follow ${startOf(task)}, and start none.`)
  const found = await preflight
  if (signals.cancelled.aborted) return withoutTasks(inputs, planned, cancelledBy(signals.cancelled))
  showChecks(step, found)
  const remark = lossRemark(plan.container)
  if (remark !== undefined) log.line(remark)
  printCoverage(log, found, judgeDoubts([...plan.doubts, ...doubtsOf(found)], inputs.accept).unused)
  const problems = [...doubtful, ...found.refusals]
  return withoutTasks(inputs, planned, problems.length === 0 ? { kind: 'dry-run' } : refusedFor(problems))
}

async function registerAndMigrate(
  step: Step,
  planned: Planned,
  preflight: Promise<PreflightResult>,
): Promise<readonly MigrationRecord[]> {
  const { inputs, log } = step
  const doubtful = printDoubts(log, planned.plan.doubts, inputs.accept)
  if (doubtful.length > 0) return withoutTasks(inputs, planned, refusedFor(doubtful))
  const [found, running] = await Promise.all([preflight, lookForRunning(step, planned)])
  showChecks(step, found)
  const { refusals } = found
  if (refusals.length === 0) return migrateAll(step, planned, running, { databases: inputs.databases })
  const refused = refusedFor(refusals)
  const without = withoutTasks(inputs, planned, refused)
  const { followed } = running
  if (followed.size === 0) return without
  // What runs already is followed all the same.
  const records = await migrateAll(step, planned, running, { databases: [...followed.keys()], refused })
  return without.map((one) => records.find(({ database }) => database === one.database) ?? one)
}

/** What ECS shows of the databases before anything is launched. */
interface Running {
  readonly history: TaskHistory
  readonly following: Following
  /** What runs already and is the same migration, by database. */
  readonly followed: ReadonlyMap<string, Followed>
}

/** A launch does not wait so long for the registry. */
const LONGEST_DIGEST_LOOKUP_MS = 5 * 60_000

async function lookForRunning(step: Step, planned: Planned): Promise<Running> {
  const { inputs, definitions, checks, hash, signals, linksFor } = step
  const { identity, base, plan } = planned
  const history = historyOf(step, planned)
  const links = linksFor(base.definition.taskDefinitionArn ?? '')
  const order = { ...inputs, runUrl: identity.runUrl, container: plan.container }
  const digestOf = (image: string, signal: AbortSignal) => checks.resolveDigest(image, signal, LONGEST_DIGEST_LOOKUP_MS)
  const following = new Following(order, { definitions, links, digestOf })
  return { history, following, followed: await following.find(plan.launches, history, hash, signals.cancelled) }
}

async function migrateAll(
  step: Step,
  planned: Planned,
  running: Running,
  { databases, refused }: { readonly databases: readonly string[]; readonly refused?: Outcome },
): Promise<readonly MigrationRecord[]> {
  const { inputs, clock, log, runState, signals } = step
  const { identity, base, plan } = planned
  const owned = { cluster: inputs.cluster, family: plan.clone.family ?? '', nonce: identity.nonce }
  runState.begin(savedRun(inputs, owned, identity, plan))
  const revisions = revisionsOf(step, owned, plan, refused)
  const digests = new ImageDigests()
  const ports = migrationPorts(step, running, base, digests)
  const order = { ...inputs, plan, revisions, nonce: identity.nonce, runUrl: identity.runUrl }
  const launches = new Map(plan.launches.map((launch) => [launch.database, launch]))
  const actions: ScheduleActions<MigrationRecord> = {
    start: async (database, onVerdict) => {
      const launch = launches.get(database)
      if (launch === undefined) throw new Error(`no launch is planned for ${database}`)
      const followed = running.followed.get(database)
      return migrateDatabase({ ...order, launch, ...(followed && { followed }) }, ports, signals, onVerdict)
    },
    halted: () => digests.mixed,
    skip: (database, because) => recordWithoutTask(database, { kind: 'skipped', because }, subjectOf(inputs, planned)),
  }
  const progress = { count: databases.length, clock, print: (line: string) => log.line(line) }
  const records = await withProgress(actions, progress, (watched) =>
    schedule(databases, new Set(running.followed.keys()), inputs, watched, signals.cancelled),
  )
  if (await revisions.end(records)) runState.cloneSettled()
  return records
}

function savedRun(inputs: Inputs, owned: Owned, { runUrl }: RunIdentity, { launches }: Plan): SavedRun {
  const { region, onCancel, onTimeout, taskTimeoutMinutes, roleToAssume } = inputs
  return {
    ...owned,
    region,
    onCancel,
    onTimeout,
    timeoutMinutes: taskTimeoutMinutes,
    runUrl,
    revisions: new Set(launches.map(({ clone }) => clone)).size,
    recordsRegistering: true,
    ...(roleToAssume !== undefined && { roleToAssume }),
  }
}

function revisionsOf(step: Step, owned: Owned, { container, launches }: Plan, refused?: Outcome): Revisions {
  const { inputs, definitions, tasks, clock, log, runState, signals } = step
  const { databaseVariable } = inputs
  return new Revisions(
    { owned, container: container.name ?? '', databaseVariable, launches, ...(refused && { refused }) },
    {
      definitions,
      tasks,
      clock,
      turns: new FifoRateLimiter(clock, registrationsPerSecond(launches.length)),
      say: (text) => log.line(text),
      warn: (text) => log.warn('', text),
      registering: runState.registering,
      cancelled: signals.cancelled,
      abandoned: signals.abandoned,
      closing: signals.closing,
    },
  )
}

function migrationPorts(
  step: Step,
  { history, following }: Running,
  { definition }: DescribedDefinition,
  digests: ImageDigests,
): MigrationPorts {
  const { inputs, tasks, ecsTime, clock, hash, log, logs, logCalls, runState, transient, linksFor } = step
  return {
    tasks,
    ecsTime,
    clock,
    hash,
    logger: log,
    logs,
    logCalls,
    runState,
    transient,
    history,
    following,
    watch: new Watch(tasks, clock, inputs.cluster),
    starts: new FifoRateLimiter(clock, STARTS_PER_SECOND),
    digests,
    running: new Set(),
    links: linksFor(definition.taskDefinitionArn ?? ''),
  }
}

/** What AWS refused with an error has its cause in the error. */
function failedToStart({ outcome }: MigrationRecord): boolean {
  return outcome.kind === 'not-started' && outcome.cause !== 'aws-error' && outcome.cause !== 'dependency'
}

function withoutTasks(inputs: Inputs, planned: Planned | undefined, outcome: Outcome): readonly MigrationRecord[] {
  return inputs.databases.map((database) => recordWithoutTask(database, outcome, subjectOf(inputs, planned)))
}

/** What was to run, as far as it is known. */
function subjectOf({ imageUri }: Inputs, planned: Planned | undefined): Pick<Circumstances, 'container' | 'image'> {
  return { container: planned?.plan.container.name ?? '', image: planned?.plan.image ?? imageUri }
}

/** How the step ends where nothing was launched. @throws what is neither a refusal nor an answer of AWS */
function outcomeOf({ inputs, log, signals }: Step, error: unknown): Outcome {
  if (error instanceof Refusal) return refusedFor([...error.problems, ...printDoubts(log, error.doubts, inputs.accept)])
  if (!(error instanceof AwsError)) throw error
  if (error.facts.kind === 'aborted') return cancelledBy(signals.cancelled)
  return { kind: 'not-started', cause: 'aws-error', error }
}
