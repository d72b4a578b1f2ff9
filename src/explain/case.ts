import type { MigrationRecord, Outcome } from '../migration/outcome.ts'
import type { PreflightResult, Startup } from '../model.ts'
import type { Said } from './what-it-said.ts'

export interface ExplainContext {
  /** Name or ARN, as given. */
  readonly cluster: string
  readonly region: string
  /** This action's repository at its version, as a URL. */
  readonly source?: string
  /** The workflow run, which StopTask's reason names. */
  readonly runUrl?: string
  /** What the checks of network, image and log found. */
  readonly preflight?: PreflightResult
  /** What the container executes. */
  readonly startup?: Startup
  /** How the container of a task of ours is stopped. */
  readonly stopping?: Stopping
  /** What the container said; undefined where its log was not read. */
  readonly said?: Said | undefined
}

export interface Stopping {
  /** From SIGTERM to SIGKILL. */
  readonly seconds: number
  /** `linuxParameters.initProcessEnabled`: the first process is one that passes SIGTERM on. */
  readonly hasInit: boolean
}

type Of<Kind extends Outcome['kind']> = Extract<Outcome, { readonly kind: Kind }>

/** What one explanation is made from. */
export interface Case<Kind extends Outcome['kind']> {
  readonly record: MigrationRecord
  readonly outcome: Of<Kind>
  readonly context: ExplainContext
}
