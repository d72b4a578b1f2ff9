/** The clone from its registration to its end: who registers it sees to it that it goes. */
import { type Owned, retireClones } from '../migration/cleanup.ts'
import { wrongDatabase } from '../migration/database-proof.ts'
import { type MigrationRecord, mayStillRun } from '../migration/outcome.ts'
import { registerOnce } from '../migration/register.ts'
import { AwsError, Refusal, type RegisteredRevision } from '../model.ts'
import { regionOf } from '../naming.ts'
import type { StartedPorts } from './ports.ts'
import type { Prepared } from './prepare.ts'

/** @throws Refusal when what ECS registered does not carry the database that was asked for */
export async function register(
  { inputs, ecs, signals, clock, log, runState }: StartedPorts,
  { plan }: Prepared,
  owned: Owned,
): Promise<RegisteredRevision> {
  const ports = { definitions: ecs.definitions, clock, signal: signals.abandoned }
  const revision = await registerOnce(ports, plan.clone, owned).catch((error: unknown) => {
    if (madeNothing(error)) runState.done()
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

/** Refused, or never sent, so that the post step has nothing to look for. */
function madeNothing(error: unknown): boolean {
  return error instanceof AwsError && error.facts.kind !== 'aborted' && !error.mayBeDone
}

/** The clone goes when no launch is in doubt; post does what cannot be done here. */
export async function cleanUp(
  ports: StartedPorts,
  owned: Owned,
  revision: RegisteredRevision,
  records: readonly MigrationRecord[],
): Promise<void> {
  const { ecs, runState, log, signals } = ports
  if (records.some(keepsRevision)) {
    log.line(
      `${revision.arn} stays registered: a task of it may still be starting, or AWS cannot be asked. Later: aws ecs deregister-task-definition --region ${regionOf(revision.arn)} --task-definition ${revision.arn}`,
    )
    runState.cloneSettled()
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
  runState.cloneSettled()
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
