/** What a step is made with: the edge of the process, handed down. */

import type { Ecs } from '../aws/ecs.ts'
import type { RunLedger } from '../github/state.ts'
import type { StepLog } from '../github/step-log.ts'
import type { Inputs } from '../inputs.ts'
import type { LaunchSignals } from '../migration/launch.ts'
import type { Logs, TransientStart } from '../migration/ports.ts'
import type { Clock, Hash } from '../model.ts'
import type { Checks } from '../preflight/checks.ts'
import type { Redact } from '../report/redact.ts'
import type { FairRateLimiter } from '../scheduling/rate-limiter.ts'

export interface RunSignals extends LaunchSignals {
  /** After a cancellation: even cleaning up must end now, and is left to the post step. */
  readonly closing: AbortSignal
}

export interface RunPorts {
  readonly inputs: Inputs
  /** Random, one for each run of the step. */
  readonly nonce: string
  /** Where log files and the results file go; it exists. */
  readonly folder: string
  readonly log: StepLog
  /** Takes passwords and the values of the inputs out of what is reported. */
  readonly redact: Redact
  readonly signals: RunSignals
  readonly ecs: Ecs
  readonly logs: Logs
  /** Turns for GetLogEvents. */
  readonly logCalls: FairRateLimiter
  readonly checks: Checks
  readonly clock: Clock
  readonly hash: Hash
  readonly transient: TransientStart
}

/** From here on there is something to undo. */
export interface StartedPorts extends RunPorts {
  readonly runState: RunLedger
}
