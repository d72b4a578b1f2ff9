/** The clones of a step: registered when the first launch needs one, deregistered when no launch needs it any more. */
import type { RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs'
import { AwsError, type Clock, type Launch, type Problem, Refusal, type RegisteredRevision } from '../model.ts'
import { arnParts, TAG } from '../naming.ts'
import { type Owned, retireClones, retireFollowed } from './cleanup.ts'
import { wrongDatabase, wrongSecret } from './database-proof.ts'
import { cancelledBy, type MigrationRecord, mayStillRun, type Outcome, refusedFor } from './outcome.ts'
import type { Definitions, RateLimiter, Tasks } from './ports.ts'
import { registerOnce } from './register.ts'

interface RevisionPorts {
  readonly definitions: Definitions
  readonly tasks: Tasks
  readonly clock: Clock
  /** Turns for registering and deregistering. */
  readonly turns: RateLimiter
  /** Prints a line of our own. */
  readonly say: (text: string) => void
  readonly warn: (text: string) => void
  /** Writes down that a revision is about to be made. @throws Refusal where that cannot be written */
  readonly registering: () => void
  /** The step was cancelled: nothing more is registered. */
  readonly cancelled: AbortSignal
  /** Ends a registration on its way. */
  readonly abandoned: AbortSignal
  /** Ends cleaning up: the post step does the rest. */
  readonly closing: AbortSignal
}

interface RevisionOrder {
  readonly owned: Owned
  readonly container: string
  readonly databaseVariable: string
  readonly launches: readonly Launch[]
  /** The checks refuse: what runs is followed, and nothing is registered. */
  readonly refused?: Outcome
}

/** What a launch gets: a revision, or how it ends without one. */
export type Registration =
  | { readonly kind: 'registered'; readonly revision: RegisteredRevision }
  /** `revision`: it was registered, and must not be used. */
  | { readonly kind: 'ended'; readonly outcome: Outcome; readonly revision?: RegisteredRevision }

type Clone = RegisterTaskDefinitionCommandInput

export class Revisions {
  private readonly order: RevisionOrder
  private readonly ports: RevisionPorts
  private readonly registrations = new Map<Clone, Promise<Registration>>()
  private readonly gone = new Set<string>()
  /** Revisions of earlier attempts, by the database that follows a task of them. */
  private readonly followed = new Map<string, string>()
  private mayBeMade = false

  constructor(order: RevisionOrder, ports: RevisionPorts) {
    this.order = order
    this.ports = ports
  }

  /** The revision of a launch. It is registered at the first call for its clone. */
  of(launch: Launch): Promise<Registration> {
    const { refused } = this.order
    if (refused !== undefined) return Promise.resolve({ kind: 'ended', outcome: refused })
    const known = this.registrations.get(launch.clone)
    if (known !== undefined) return known
    const registering = this.register(launch)
    this.registrations.set(launch.clone, registering)
    return registering
  }

  /** A task of an earlier attempt is followed: its revision goes like one of this step's. */
  follow(database: string, arn: string): void {
    this.followed.set(database, arn)
  }

  /** The container of a launch has started: where each database has its own revision, this one can go. */
  async started(launch: Launch): Promise<void> {
    const revision = await this.registered(launch.clone)
    if (revision === undefined || tagOf(launch) === undefined) return
    await this.deregister(revision, this.ownedBy(launch))
  }

  /**
   * Deregisters what is left.
   * @param records what became of every launch
   * @returns whether nothing is left for the post step to do
   */
  async end(records: readonly MigrationRecord[]): Promise<boolean> {
    const settled = await Promise.all([...this.registrations.keys()].map((clone) => this.endOf(clone, records)))
    return (await this.endFollowed(records)) && settled.every(Boolean)
  }

  private async endFollowed(records: readonly MigrationRecord[]): Promise<boolean> {
    const { closing: signal, say, warn } = this.ports
    const stays = records.filter(keepsRevision).flatMap(({ database }) => this.followed.get(database) ?? [])
    const arns = [...new Set(this.followed.values())].filter((arn) => !stays.includes(arn))
    try {
      for (const arn of [...stays, ...(await retireFollowed({ ...this.ports, signal }, this.order.owned, arns))])
        say(staysText(arn))
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      if (error.facts.kind === 'aborted') return false
      warn(notDeregistered(arns.join(', '), error))
    }
    return true
  }

  private async register(launch: Launch): Promise<Registration> {
    const { definitions, clock, turns, say, registering, cancelled, abandoned } = this.ports
    try {
      await turns.turn(cancelled)
      if (cancelled.aborted) return { kind: 'ended', outcome: cancelledBy(cancelled) }
      registering()
      const revision = await registerOnce({ definitions, clock, signal: abandoned }, launch.clone, this.ownedBy(launch))
      say(`Registered ${revision.arn}`)
      const problem = this.problemOf(launch, revision)
      if (problem === undefined) return { kind: 'registered', revision }
      return { kind: 'ended', outcome: refusedFor([problem]), revision }
    } catch (error) {
      if (error instanceof Refusal) return { kind: 'ended', outcome: refusedFor(error.problems) }
      if (!(error instanceof AwsError)) throw error
      this.mayBeMade ||= error.facts.kind === 'aborted' || error.mayBeDone
      if (error.facts.kind === 'aborted') return { kind: 'ended', outcome: cancelledBy(abandoned) }
      return { kind: 'ended', outcome: { kind: 'not-started', cause: 'aws-error', error } }
    }
  }

  /** @returns what keeps the revision from being used: it is not what was asked for */
  private problemOf(launch: Launch, { definition }: RegisteredRevision): Problem | undefined {
    const { container, databaseVariable: variable } = this.order
    const answered = definition.containerDefinitions ?? []
    const wrong =
      this.launchesOf(launch.clone).length > 1
        ? wrongSecret(container, launch.clone, answered)
        : (wrongDatabase({ container, variable, database: launch.database }, answered) ??
          wrongSecret(container, launch.clone, answered))
    if (wrong === undefined) return undefined
    return {
      code: 'clone-names-another-database',
      reason: `ECS registered a definition for another database: ${wrong}.`,
      remedy:
        'Nothing was started. Run the step again; if it happens again, report it with the request id of RegisterTaskDefinition.',
    }
  }

  private launchesOf(clone: Clone): readonly Launch[] {
    return this.order.launches.filter((launch) => launch.clone === clone)
  }

  /** A revision of one database among several carries its name beside the nonce. */
  private ownedBy(launch: Launch): Owned {
    const databaseTag = tagOf(launch)
    return { ...this.order.owned, ...(databaseTag !== undefined && { databaseTag }) }
  }

  private async registered(clone: Clone): Promise<RegisteredRevision | undefined> {
    const registration = await this.registrations.get(clone)
    return registration?.revision
  }

  private async endOf(clone: Clone, records: readonly MigrationRecord[]): Promise<boolean> {
    const revision = await this.registered(clone)
    if (revision === undefined) return !this.mayBeMade
    const launches = this.launchesOf(clone)
    const names = new Set(launches.map(({ database }) => database))
    const its = records.filter(({ database }) => names.has(database))
    if (its.some(keepsRevision)) {
      this.ports.say(staysText(revision.arn))
      return true
    }
    if (its.some(isInDoubt)) return this.leaveToPost(revision)
    const [first] = launches
    return this.deregister(revision, first ? this.ownedBy(first) : this.order.owned)
  }

  private leaveToPost({ arn }: RegisteredRevision): false {
    this.ports.say(`The post step deregisters ${arn}.`)
    return false
  }

  /** @returns whether nothing is left to do */
  private async deregister(revision: RegisteredRevision, owned: Owned): Promise<boolean> {
    if (this.gone.has(revision.arn)) return true
    const { definitions, turns, warn, closing } = this.ports
    try {
      await turns.turn(closing)
      await definitions.deregister(revision.arn, closing)
      this.gone.add(revision.arn)
      // A repeated call may have registered a second one whose answer was lost.
      if (revision.attempts > 1) await retireClones(definitions, owned, closing)
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      if (error.facts.kind === 'aborted') return this.leaveToPost(revision)
      warn(notDeregistered(revision.arn, error))
    }
    return true
  }
}

function staysText(arn: string): string {
  return `${arn} stays registered: a task of it may still be starting, or AWS cannot be asked. Later: aws ecs deregister-task-definition --region ${arnParts(arn).region} --task-definition ${arn}`
}

function notDeregistered(what: string, { inFull }: AwsError): string {
  return `${what} could not be deregistered: ${inFull}. It does no harm; deregister it when you can.`
}

/** Where each database has a revision of its own, its tag. */
function tagOf({ clone }: Launch): string | undefined {
  return clone.tags?.find(({ key }) => key === TAG.database)?.value
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
