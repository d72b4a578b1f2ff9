/** One step, read top to bottom: describe, plan, register, migrate, clean up, report. */
import type { AwsVpcConfiguration } from '@aws-sdk/client-ecs'
import type { Checks } from './aws/checks.ts'
import { consoleLinks, partitionOf } from './aws/console-links.ts'
import { expiryWarning } from './aws/credentials.ts'
import type { Ecs } from './aws/ecs.ts'
import { parseImage, pinned } from './diagnosis/image.ts'
import { readRunIdentity } from './github/run-context.ts'
import { createLedger, type RunLedger } from './github/state.ts'
import type { StepLog } from './github/step-log.ts'
import type { Inputs } from './inputs.ts'
import { CallBudget } from './migration/call-budget.ts'
import { type Owned, retireClones } from './migration/cleanup.ts'
import { chooseContainer } from './migration/clone.ts'
import { ImageDigests } from './migration/image-digests.ts'
import { KnownTasks } from './migration/known-tasks.ts'
import type { LaunchSignals } from './migration/launch.ts'
import { type MigrationPorts, migrate } from './migration/migrate.ts'
import { regionOf } from './migration/naming.ts'
import { type MigrationRecord, mayStillRun, type Outcome, type SkipCause } from './migration/outcome.ts'
import { makePlan, type Plan, type RunIdentity, wrongDatabase } from './migration/plan.ts'
import {
  AwsError,
  type Clock,
  type DescribedDefinition,
  type Findings,
  type Hash,
  type Logs,
  Refusal,
  type RegisteredRevision,
  type TransientStart,
} from './migration/ports.ts'
import { type ScheduleActions, schedule } from './migration/schedule.ts'
import { Watch } from './migration/watch.ts'
import { publish } from './publish.ts'
import { definitionDiff } from './report/diff.ts'
import { RunProgress } from './report/progress.ts'

export interface RunSignals extends LaunchSignals {
  /** After a cancellation: even cleaning up must end now, and is left to the post step. */
  readonly closing: AbortSignal
}

export interface RunPorts {
  readonly inputs: Inputs
  /** Random, one for each run of the step. */
  readonly nonce: string
  /** Where log files and the results file go. */
  readonly folder: string
  readonly log: StepLog
  readonly signals: RunSignals
  readonly ecs: Ecs
  readonly logs: Logs
  /** Turns for GetLogEvents. */
  readonly logCalls: CallBudget
  readonly checks: Checks
  readonly clock: Clock
  readonly hash: Hash
  readonly transient: TransientStart
}

/** RunTask: Fargate allows an account 20 (platform fact A3). */
const STARTS_PER_SECOND = 15

const NOTHING_CHECKED: Findings = { refusals: [], warnings: [], missingPermissions: [], unchecked: [] }

/** What was found out before anything was made. */
interface Prepared {
  readonly region: string
  readonly identity: RunIdentity
  readonly base: DescribedDefinition
  readonly network: AwsVpcConfiguration
  readonly plan: Plan
  readonly changes: readonly string[]
  /** Looked up beside everything else; never rejects. */
  readonly findings: Promise<Findings>
}

/** From here on there is something to undo. */
interface StartedPorts extends RunPorts {
  readonly ledger: RunLedger
}

/** @returns the exit code of the step */
export async function runStep(ports: RunPorts): Promise<number> {
  const { inputs, log, ecs } = ports
  const region = await ecs.region().catch(() => undefined)
  if (region === undefined) {
    const message =
      'No AWS Region is set. Give the input aws-region, or set AWS_REGION (aws-actions/configure-aws-credentials does).'
    log.annotate('error', message, 'No AWS Region; nothing was started')
    return 1
  }
  let prepared: Prepared | undefined
  let records: readonly MigrationRecord[]
  try {
    prepared = await prepare(ports, region)
    records = inputs.dryRun ? await dryRun(ports, prepared) : await migrateAll(ports, prepared)
  } catch (error) {
    records = withoutTasks(ports, prepared, outcomeOf(error, ports.signals.cancelled))
  }
  const findings = await findingsFor(ports, prepared, records)
  return publish({
    ...ports,
    region,
    records,
    ...(prepared && { prepared, identity: prepared.identity }),
    ...(findings && { findings }),
  })
}

/** After a failure to start the checks are the evidence: they run now if they did not before. */
async function findingsFor(
  ports: RunPorts,
  prepared: Prepared | undefined,
  records: readonly MigrationRecord[],
): Promise<Findings | undefined> {
  // What AWS refused with an error has its cause in the error.
  const failed = records.some(({ outcome }) => outcome.kind === 'not-started' && outcome.cause !== 'aws-error')
  if (prepared === undefined || !failed) return undefined
  if (ports.inputs.preflight) return prepared.findings
  return check(ports, Promise.resolve(prepared.base), Promise.resolve(prepared.network))
}

async function prepare(ports: RunPorts, region: string): Promise<Prepared> {
  const { inputs, log, ecs, checks, signals, hash } = ports
  const { cancelled } = signals
  const describing = heard(ecs.definitions.describe(inputs.taskDefinition, cancelled))
  const placing = heard(networkOf(inputs, ecs, cancelled))
  const findings = inputs.preflight ? check(ports, describing, placing) : Promise.resolve(NOTHING_CHECKED)
  const [base, network, digest, identity] = await Promise.all([
    describing,
    placing,
    checks.resolveDigest(inputs.imageUri, cancelled),
    readRunIdentity(ports.nonce),
  ])
  for (const member of base.unknownMembers) {
    log.warn(
      '',
      `The task definition has ${member}, which this version of the action does not know: the clone runs without it.`,
    )
  }
  const parsed = parseImage(inputs.imageUri)
  const image = parsed === undefined || digest === undefined ? inputs.imageUri : pinned(parsed, digest)
  const plan = makePlan({ inputs, base, network, identity, image }, hash)
  const changes = definitionDiff(base.definition, plan.clone, {
    container: plan.container.name ?? '',
    databaseVariable: inputs.databaseVariable,
    baseTags: base.tags,
  })
  const prepared = { region, identity, base, network, plan, changes, findings }
  await announce(ports, prepared)
  return prepared
}

function check(
  { inputs, checks, signals }: RunPorts,
  describing: Promise<DescribedDefinition>,
  network: Promise<AwsVpcConfiguration>,
): Promise<Findings> {
  const definition = heard(describing.then(({ definition }) => definition))
  const request = {
    cluster: inputs.cluster,
    image: inputs.imageUri,
    definition: heard(definition.then(({ containerDefinitions = [], ...rest }) => ({ ...rest, containerDefinitions }))),
    container: heard(definition.then((described) => chooseContainer(described, inputs.containerName).name ?? '')),
    network: heard(
      network.then(({ subnets = [], securityGroups = [], assignPublicIp }) => ({
        subnets,
        securityGroups,
        assignPublicIp: assignPublicIp === 'ENABLED',
        parallel: Math.min(inputs.maxParallel, inputs.databases.length),
      })),
    ),
    // arn:PARTITION:ecs:REGION:ACCOUNT:…
    account: heard(definition.then(({ taskDefinitionArn }) => taskDefinitionArn?.split(':')[4])),
  }
  return checks.run(request, signals.cancelled)
}

/** A definition that cannot be described ends the run where it is awaited; here nobody needs to hear it again. */
function heard<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {})
  return promise
}

/** Explicit inputs win over the service's; a public IP is never inherited. */
async function networkOf(inputs: Inputs, ecs: Ecs, signal: AbortSignal): Promise<AwsVpcConfiguration> {
  const { networkFromService, subnets, securityGroups, assignPublicIp } = inputs
  const inherited =
    networkFromService !== undefined && (subnets.length === 0 || securityGroups.length === 0)
      ? await ecs.services.network(inputs.cluster, networkFromService, signal)
      : undefined
  return {
    subnets: subnets.length > 0 ? [...subnets] : (inherited?.subnets ?? []),
    securityGroups: securityGroups.length > 0 ? [...securityGroups] : (inherited?.securityGroups ?? []),
    assignPublicIp: assignPublicIp ? 'ENABLED' : 'DISABLED',
  }
}

async function announce(ports: RunPorts, { region, base, network, plan, changes }: Prepared): Promise<void> {
  const { inputs, log } = ports
  const { databases, cluster } = inputs
  const what = databases.length === 1 ? databases[0] : `${databases.length} databases`
  log.line(`${inputs.dryRun ? 'Dry run for' : 'Migrating'} ${what} with ${plan.image}`)
  log.line(`Cluster ${cluster} in ${region}, container ${plan.container.name} of ${base.definition.taskDefinitionArn}`)
  log.line(
    `Subnets ${network.subnets?.join(', ')}; security groups ${network.securityGroups?.join(', ')}; public IP ${network.assignPublicIp === 'ENABLED' ? 'yes' : 'no'}`,
  )
  log.group('What the clone of the task definition changes', changes)
  const warning = await credentialsWarning(ports)
  if (warning !== undefined) log.warn('', warning)
}

async function credentialsWarning({ inputs, ecs, clock }: RunPorts): Promise<string | undefined> {
  const { databases, maxParallel, canary, ifRunning } = inputs
  const alone = canary && maxParallel > 1 ? 1 : 0
  const rounds = alone + Math.ceil((databases.length - alone) / maxParallel)
  // Each may wait as long for another migration as it may run itself.
  const limits = ifRunning === 'wait' ? 2 : 1
  return expiryWarning(await ecs.credentials(), clock.now(), rounds * limits * inputs.taskTimeoutMinutes * 60_000)
}

function tellFindings({ log }: RunPorts, { warnings, missingPermissions, unchecked }: Findings): void {
  for (const { reason, remedy } of warnings) log.warn('', `${reason} ${remedy}`)
  for (const line of unchecked) log.line(line)
  if (missingPermissions.length > 0) {
    log.notice('', `Not everything was checked before the launch: this role lacks ${missingPermissions.join(', ')}.`)
  }
}

async function dryRun(ports: RunPorts, { plan, findings }: Prepared): Promise<readonly MigrationRecord[]> {
  const { inputs, log } = ports
  const [first] = plan.launches
  const parameters = JSON.stringify(
    { ...first?.request, taskDefinition: `${plan.clone.family} (a new revision)` },
    byNameAlone(inputs.databaseVariable),
    2,
  )
  log.group(
    `RunTask would be called with this${inputs.databases.length > 1 ? `, and so for each of ${inputs.databases.length} databases` : ''}`,
    [parameters],
  )
  const found = await findings
  tellFindings(ports, found)
  log.line(
    `${inputs.preflight ? 'Checked: cluster, image, log groups and network. ' : ''}Not checked: whether this role may register and run.`,
  )
  const outcome = refusedBy(found) ?? { kind: 'dry-run' }
  return inputs.databases.map((database) => record(database, outcome, plan))
}

/** Values of variables may be secret: but for the database's they are not shown. */
function byNameAlone(databaseVariable: string): (key: string, value: unknown) => unknown {
  return (key, value) =>
    key === 'environment' && Array.isArray(value)
      ? value.map(({ name, value }) => ({ name, value: name === databaseVariable ? value : '(not shown)' }))
      : value
}

async function migrateAll(runPorts: RunPorts, prepared: Prepared): Promise<readonly MigrationRecord[]> {
  const ports: StartedPorts = { ...runPorts, ledger: createLedger() }
  const { inputs, signals } = ports
  const { plan, identity } = prepared
  const owned = { cluster: inputs.cluster, family: plan.clone.family ?? '', nonce: identity.nonce }
  ports.ledger.begin({
    ...owned,
    region: prepared.region,
    onCancel: inputs.onCancel,
    runUrl: identity.runUrl,
    ...(inputs.roleToAssume !== undefined && { roleToAssume: inputs.roleToAssume }),
  })
  const [revision, findings] = await Promise.all([register(ports, prepared), prepared.findings])
  tellFindings(ports, findings)
  const refused = refusedBy(findings)
  if (refused !== undefined) {
    await cleanUp(ports, owned, revision, [])
    return withoutTasks(ports, prepared, refused)
  }
  const migrationPorts = portsOf(ports, prepared, owned)
  const order = {
    ...inputs,
    plan,
    revisionArn: revision.arn,
    nonce: owned.nonce,
    runUrl: identity.runUrl,
    region: prepared.region,
    timeoutMinutes: inputs.taskTimeoutMinutes,
  }
  const launches = new Map(plan.launches.map((launch) => [launch.database, launch]))
  const migrateOne: MigrateOne = async (database, onVerdict) => {
    const launch = launches.get(database)
    if (launch === undefined) throw new Error(`no launch is planned for ${database}`)
    return migrate({ ...order, launch }, migrationPorts, signals, onVerdict)
  }
  const actions = {
    start: migrateOne,
    halted: () => migrationPorts.digests.mixed,
    skip: (database: string, because: SkipCause) => record(database, { kind: 'skipped', because }, plan),
  }
  const records = await withProgress(ports, actions, (told) =>
    schedule(inputs.databases, inputs, told, signals.cancelled),
  )
  await cleanUp(ports, owned, revision, records)
  return records
}

type Actions = ScheduleActions<MigrationRecord>
type MigrateOne = Actions['start']

/** While many databases are migrated, a line now and then says where they are. */
async function withProgress<T>(
  { inputs, clock, log }: RunPorts,
  { start, skip, halted }: Actions,
  work: (actions: Actions) => Promise<T>,
): Promise<T> {
  const progress = new RunProgress(inputs.databases.length, clock)
  const over = new AbortController()
  void progress.tell((line) => log.line(line), over.signal)
  const told: Actions = {
    halted,
    start: async (database, onVerdict) => {
      progress.starts(database)
      const result = await start(database, (outcome) => {
        progress.judged(database, outcome)
        onVerdict(outcome)
      })
      progress.finished(database)
      return result
    },
    skip: (database, because) => {
      progress.skips()
      return skip(database, because)
    },
  }
  try {
    return await work(told)
  } finally {
    over.abort()
  }
}

/** @throws Refusal when what ECS registered does not carry the database that was asked for */
async function register(
  { inputs, ecs, signals, log, ledger }: StartedPorts,
  { plan }: Prepared,
): Promise<RegisteredRevision> {
  const revision = await ecs.definitions.register(plan.clone, signals.abandoned).catch((error: unknown) => {
    if (madeNothing(error)) ledger.done()
    throw error
  })
  log.line(`Registered ${revision.arn}`)
  const [database] = inputs.databases
  if (database === undefined || inputs.databases.length > 1) return revision
  const expected = { container: plan.container.name ?? '', variable: inputs.databaseVariable, database }
  const wrong = wrongDatabase(expected, revision.definition.containerDefinitions ?? [])
  if (wrong === undefined) return revision
  throw new Refusal({
    code: 'clone-names-another-database',
    reason: `ECS registered a definition for another database: ${wrong}.`,
    remedy:
      'Nothing was started. Run the step again; if it happens again, report it with the request id of RegisterTaskDefinition.',
  })
}

/** Refused, so that the post step has nothing to look for. */
function madeNothing(error: unknown): boolean {
  if (!(error instanceof AwsError)) return false
  const { kind, unanswered } = error.facts
  return unanswered !== true && kind !== 'unreachable' && kind !== 'aborted'
}

function portsOf(ports: StartedPorts, { base }: Prepared, owned: Owned): MigrationPorts {
  const { ecs, clock, log, inputs } = ports
  return {
    ...ports,
    tasks: ecs.tasks,
    narrator: log,
    known: new KnownTasks(ecs.tasks, clock, inputs.cluster, owned.family),
    watch: new Watch(ecs.tasks, clock, inputs.cluster),
    budget: ports.logCalls,
    starts: new CallBudget(clock, STARTS_PER_SECOND),
    digests: new ImageDigests(),
    links: consoleLinks(partitionOf(base.definition.taskDefinitionArn ?? '')),
  }
}

/** The clone goes when no launch is in doubt; post does what cannot be done here. */
async function cleanUp(
  ports: StartedPorts,
  owned: Owned,
  revision: RegisteredRevision,
  records: readonly MigrationRecord[],
): Promise<void> {
  const { ecs, ledger, log, signals } = ports
  if (records.some(keepsRevision)) {
    log.line(
      `${revision.arn} stays registered: a task of it may still be starting, or AWS cannot be asked. Later: aws ecs deregister-task-definition --region ${regionOf(revision.arn)} --task-definition ${revision.arn}`,
    )
    ledger.cloneSettled()
    return
  }
  if (records.some(isInDoubt)) return log.line(`The post step deregisters ${revision.arn}.`)
  try {
    await ecs.definitions.deregister(revision.arn, signals.closing)
    // A repeated call may have registered a second one whose answer was lost.
    if (revision.attempts > 1) await retireClones(ecs.definitions, owned, signals.closing)
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    if (error.facts.kind === 'aborted') return log.line(`The post step deregisters ${revision.arn}.`)
    log.warn(
      '',
      `${revision.arn} could not be deregistered: ${error.inFull}. It does no harm; deregister it when you can.`,
    )
  }
  ledger.cloneSettled()
}

/** Left, or lost from sight, before it had started: a revision that is gone could keep it from starting. Or AWS is out of reach. */
function keepsRevision({ outcome, task }: MigrationRecord): boolean {
  if (mayStillRun(outcome) && task?.startedAt === undefined) return true
  return outcome.kind === 'unknown' && outcome.cause === 'aws-error' && outcome.error.facts.kind !== 'access-denied'
}

/** A RunTask whose answer was not awaited. */
function isInDoubt({ outcome }: MigrationRecord): boolean {
  return outcome.kind === 'cancelled' && outcome.inDoubt === true
}

function refusedBy({ refusals }: Findings): Outcome | undefined {
  return refusals.length === 0 ? undefined : { kind: 'refused', cause: 'problems', problems: refusals }
}

function outcomeOf(error: unknown, cancelled: AbortSignal): Outcome {
  if (error instanceof Refusal) return { kind: 'refused', cause: 'problems', problems: [error.problem] }
  if (!(error instanceof AwsError)) throw error
  if (error.facts.kind === 'aborted') return { kind: 'cancelled', signal: String(cancelled.reason), left: false }
  return { kind: 'not-started', cause: 'aws-error', error }
}

function withoutTasks(
  { inputs }: RunPorts,
  prepared: Prepared | undefined,
  outcome: Outcome,
): readonly MigrationRecord[] {
  return inputs.databases.map((database) => record(database, outcome, prepared?.plan, inputs.imageUri))
}

function record(
  database: string,
  outcome: Outcome,
  plan: Plan | undefined,
  image = plan?.image ?? '',
): MigrationRecord {
  return {
    database,
    outcome,
    container: plan?.container.name ?? '',
    image,
    lineCount: 0,
    lastLines: [],
    milestones: {},
    notes: [],
  }
}
