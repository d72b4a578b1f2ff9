import type { Clock } from './clock.ts'
import type { ServiceRequest } from './request.ts'

/**
 * What can go wrong with a request:
 * - not done: `throttling`, `server-error` (500), `unavailable` (503), `access-denied`, `expired-token`, `error` (any
 *   AWS error, see `error`), `reset` (connection reset), `no-answer` (held open for ever)
 * - done, but the caller does not learn it: `answer-lost` (reset after the work), `answer-hung` (held open after the
 *   work), `server-error-after-work` (500), `cut-off` (half of the answer, then a reset), `stalled` (half of the answer,
 *   then nothing: held open), `garbled` (half of the answer, as if it were all); or something else comes in its place:
 *   `empty` (200 and nothing), `foreign` (a page of something that is not AWS, see `answer`), `wrong-type` (its lists are
 *   objects, its objects lists), `redirect` (302), `no-http` (bytes that are no HTTP)
 * - late: `slow` (before the work), `answer-late` (after it), both by `delayMs`
 * - done, and answered as `change` makes of it: `changed`
 * - done differently: `missing` (DescribeTasks and StopTask know no task), `failures` (RunTask starts nothing and
 *   says so in `failures`), `stale` (ListTasks and DescribeTasks as of `delayMs` ago), `empty-page` (a log page without events, but with a
 *   new token)
 */
export type FaultKind =
  | 'throttling'
  | 'server-error'
  | 'unavailable'
  | 'access-denied'
  | 'expired-token'
  | 'error'
  | 'reset'
  | 'no-answer'
  | 'answer-lost'
  | 'answer-hung'
  | 'server-error-after-work'
  | 'cut-off'
  | 'stalled'
  | 'garbled'
  | 'empty'
  | 'foreign'
  | 'wrong-type'
  | 'redirect'
  | 'no-http'
  | 'changed'
  | 'slow'
  | 'answer-late'
  | 'missing'
  | 'failures'
  | 'stale'
  | 'empty-page'

export interface FaultSpec {
  /** `RunTask`, or `*` for every one. */
  readonly operation: string
  readonly kind: FaultKind
  /** `ecs`, `logs`, `sts`, `oidc`, …; any when absent. */
  readonly service?: string
  /** How many requests it hits; without `times` and `forMs`: all, until cleared. */
  readonly times?: number
  /** For how long after its first hit. */
  readonly forMs?: number
  /** How many matching requests pass before it begins. */
  readonly afterMatches?: number
  /** Only requests whose input it accepts. */
  readonly when?: (input: ServiceRequest['input'], call: ServiceRequest) => boolean
  /** For `slow`, `answer-late` and `stale`. */
  readonly delayMs?: number
  /** For `error`. */
  readonly error?: { readonly code: string; readonly message: string; readonly status?: number }
  /** For `foreign`; 200 and a page in HTML when absent. */
  readonly answer?: { readonly status?: number; readonly body?: string; readonly headers?: Record<string, string> }
  /** For `changed`: makes the answer that is sent of the one in JSON that AWS would send. */
  readonly change?: (answer: Readonly<Record<string, unknown>>) => unknown
  /** For `failures`; AWS's text for lacking Fargate capacity when absent. */
  readonly failures?: readonly { readonly reason: string; readonly detail?: string; readonly arn?: string }[]
}

export interface Faults {
  /** @returns a function that takes this fault away again */
  add(fault: FaultSpec): () => void
  clear(): void
}

interface Planted {
  readonly spec: FaultSpec
  passed: number
  hits: number
  firstHit: number | undefined
}

/** Faults as the server asks for them: the first planted one that applies to a call is played. */
export interface PlayableFaults extends Faults {
  pick(call: ServiceRequest): FaultSpec | undefined
}

export function createFaults(clock: Clock): PlayableFaults {
  let planted: readonly Planted[] = []
  return {
    add(spec) {
      const fault: Planted = { spec, passed: 0, hits: 0, firstHit: undefined }
      planted = [...planted, fault]
      return () => {
        planted = planted.filter((other) => other !== fault)
      }
    },
    clear() {
      planted = []
    },
    pick: (call) => planted.find((fault) => hits(fault, call, clock.now()))?.spec,
  }
}

/** Whether the fault is played on this call; counts what passes and what it hits. */
function hits(fault: Planted, call: ServiceRequest, now: number): boolean {
  const { spec } = fault
  if (!matches(spec, call) || isSpent(fault, now)) return false
  if (fault.passed < (spec.afterMatches ?? 0)) {
    fault.passed += 1
    return false
  }
  fault.firstHit ??= now
  fault.hits += 1
  return true
}

const matches = (spec: FaultSpec, call: ServiceRequest): boolean =>
  (spec.operation === '*' || spec.operation === call.operation) &&
  (spec.service === undefined || spec.service === call.service) &&
  (spec.when === undefined || spec.when(call.input, call))

const isSpent = ({ spec, hits, firstHit }: Planted, now: number): boolean =>
  (spec.times !== undefined && hits >= spec.times) ||
  (spec.forMs !== undefined && firstHit !== undefined && now - firstHit >= spec.forMs)
