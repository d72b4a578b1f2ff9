/** From the registered clone to a record of each database. */
import { consoleLinks, partitionOf } from '../aws/console-links.ts'
import { createRunState } from '../github/state.ts'
import type { Owned } from '../migration/cleanup.ts'
import { ImageDigests } from '../migration/image-digests.ts'
import { type MigrationPorts, migrate } from '../migration/migrate.ts'
import type { MigrationRecord, SkipCause } from '../migration/outcome.ts'
import { Revisions } from '../migration/revisions.ts'
import { TaskHistory } from '../migration/task-history.ts'
import { Watch } from '../migration/watch.ts'
import { RunProgress } from '../scheduling/progress.ts'
import { FairRateLimiter } from '../scheduling/rate-limiter.ts'
import { type ScheduleActions, schedule } from '../scheduling/schedule.ts'
import type { RunPorts, StartedPorts } from './ports.ts'
import type { Prepared } from './prepare.ts'
import { printPreflight, record, refusedBy, withoutTasks } from './records.ts'

/** RunTask: Fargate allows an account 20 (docs/platform-facts.md#rates). */
const STARTS_PER_SECOND = 15

export async function migrateAll(runPorts: RunPorts, prepared: Prepared): Promise<readonly MigrationRecord[]> {
  const ports: StartedPorts = { ...runPorts, runState: createRunState((text) => runPorts.log.warn('', text)) }
  const { inputs, signals } = ports
  const { plan, identity } = prepared
  const owned = { cluster: inputs.cluster, family: plan.clone.family ?? '', nonce: identity.nonce }
  ports.runState.begin({
    ...owned,
    region: inputs.region,
    onCancel: inputs.onCancel,
    onTimeout: inputs.onTimeout,
    timeoutMinutes: inputs.taskTimeoutMinutes,
    runUrl: identity.runUrl,
    revisions: new Set(plan.launches.map(({ clone }) => clone)).size,
    ...(inputs.roleToAssume !== undefined && { roleToAssume: inputs.roleToAssume }),
  })
  const findings = await prepared.findings
  printPreflight(ports, findings)
  const refused = refusedBy(findings.refusals)
  if (refused !== undefined) {
    ports.runState.done()
    return withoutTasks(ports, prepared, refused)
  }
  const revisions = revisionsOf(ports, prepared, owned)
  const migrationPorts = portsOf(ports, prepared, owned)
  const order = {
    ...inputs,
    plan,
    revisions,
    nonce: owned.nonce,
    runUrl: identity.runUrl,
    region: inputs.region,
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
  if (await revisions.end(records)) ports.runState.cloneSettled()
  return records
}

function revisionsOf({ inputs, ecs, clock, log, signals }: StartedPorts, { plan }: Prepared, owned: Owned): Revisions {
  return new Revisions(
    {
      owned,
      container: plan.container.name ?? '',
      databaseVariable: inputs.databaseVariable,
      launches: plan.launches,
    },
    {
      definitions: ecs.definitions,
      clock,
      turns: new FairRateLimiter(clock, registrationsPerSecond(plan.launches.length)),
      say: (text) => log.line(text),
      warn: (text) => log.warn('', text),
      cancelled: signals.cancelled,
      abandoned: signals.abandoned,
      closing: signals.closing,
    },
  )
}

/**
 * RegisterTaskDefinition and DeregisterTaskDefinition share 20 calls at once and one a second after that
 * (docs/platform-facts.md#rates).
 */
function registrationsPerSecond(launches: number): number {
  return launches <= 10 ? 20 : 1
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

function portsOf(ports: StartedPorts, { base }: Prepared, owned: Owned): MigrationPorts {
  const { ecs, clock, log, inputs } = ports
  return {
    ...ports,
    tasks: ecs.tasks,
    ecsTime: ecs.time,
    logger: log,
    known: new TaskHistory(ecs.tasks, clock, inputs.cluster, owned.family),
    watch: new Watch(ecs.tasks, clock, inputs.cluster),
    budget: ports.logCalls,
    starts: new FairRateLimiter(clock, STARTS_PER_SECOND),
    digests: new ImageDigests(),
    running: new Set(),
    links: consoleLinks(partitionOf(base.definition.taskDefinitionArn ?? '')),
  }
}
