import type { Inputs } from '../inputs.ts'
import { isFailure, mayStillRun, type Outcome, type SkipCause } from '../migration/outcome.ts'

export type ScheduleRules = Pick<Inputs, 'maxParallel' | 'canary' | 'failFast'>

export interface ScheduleActions<R> {
  /** Migrates one database; `onVerdict` is called when its place is free, the result may come later. */
  readonly start: (database: string, onVerdict: (outcome: Outcome) => void) => Promise<R>
  readonly skip: (database: string, because: SkipCause) => R
  /** Why nothing more may be started, for a reason of the run as a whole. */
  readonly halted: () => SkipCause | undefined
}

/**
 * Many databases: the order is kept, never more than `maxParallel` at once, and those running are let finish. Those whose
 * task runs already are begun first, all at once, and take their places like the others.
 * @returns one result a database, in the given order
 */
export async function schedule<R>(
  databases: readonly string[],
  followed: ReadonlySet<string>,
  rules: ScheduleRules,
  actions: ScheduleActions<R>,
  cancelled: AbortSignal,
): Promise<readonly R[]> {
  const places = new Places(rules, cancelled)
  const results = new Map<string, Promise<R>>()
  const begin = (database: string): Promise<void> => {
    const { result, verdict } = places.occupy(database, (onVerdict) => actions.start(database, onVerdict))
    results.set(database, result)
    return verdict
  }
  for (const database of databases) if (followed.has(database)) void begin(database)
  let canary: Promise<void> | undefined
  for (const [index, database] of databases.filter((one) => !followed.has(one)).entries()) {
    if (index === 1 && rules.canary && rules.maxParallel > 1) await canary
    // The first is always begun, so that a run cancelled before it says `cancelled`, not `skipped`.
    const refusal = index === 0 && followed.size === 0 ? undefined : ((await places.free()) ?? actions.halted())
    if (refusal !== undefined) results.set(database, Promise.resolve(actions.skip(database, refusal)))
    else canary = begin(database)
  }
  await Promise.allSettled(results.values())
  return Promise.all(databases.flatMap((database) => results.get(database) ?? []))
}

/** Milliseconds that a run takes at most. With `wait`, each may wait as long for another migration as it may run. */
export function longestRunMs(
  run: Pick<Inputs, 'databases' | 'maxParallel' | 'canary' | 'ifRunning' | 'taskTimeoutMinutes'>,
): number {
  const alone = run.canary && run.maxParallel > 1 ? 1 : 0
  const rounds = alone + Math.ceil((run.databases.length - alone) / run.maxParallel)
  return rounds * (run.ifRunning === 'wait' ? 2 : 1) * run.taskTimeoutMinutes * 60_000
}

class Places {
  private readonly rules: ScheduleRules
  private readonly cancelled: AbortSignal
  /** Resolve at their verdict. */
  private readonly running = new Set<Promise<void>>()
  /** Tasks that may run on keep their place for good. */
  private kept = 0
  private halted: SkipCause | undefined

  constructor(rules: ScheduleRules, cancelled: AbortSignal) {
    this.rules = rules
    this.cancelled = cancelled
  }

  /** Waits for a place. @returns why there will be none */
  async free(): Promise<SkipCause | undefined> {
    for (;;) {
      if (this.cancelled.aborted) return { kind: 'cancelled' }
      if (this.halted !== undefined) return this.halted
      const most = this.rules.maxParallel - this.kept
      if (most <= 0) return { kind: 'no-place' }
      if (this.running.size < most) return undefined
      await Promise.race(this.running)
    }
  }

  /** `verdict`: resolves when the place is free again. */
  occupy<R>(
    database: string,
    start: (onVerdict: (outcome: Outcome) => void) => Promise<R>,
  ): { readonly result: Promise<R>; readonly verdict: Promise<void> } {
    let leave: () => void = () => {}
    const place = new Promise<void>((resolve) => {
      leave = resolve
    })
    this.running.add(place)
    const onVerdict = (outcome: Outcome): void => {
      this.running.delete(place)
      this.judge(database, outcome)
      leave()
    }
    const result = start(onVerdict)
    // A mistake of ours, not an outcome: nothing more is begun, those running end, and then it is thrown.
    result.catch(() => {
      this.halted ??= { kind: 'our-mistake', database }
      this.running.delete(place)
      leave()
    })
    return { result, verdict: place }
  }

  private judge(database: string, outcome: Outcome): void {
    if (mayStillRun(outcome)) this.kept += 1
    const busy = outcome.kind === 'refused' && outcome.cause === 'busy'
    const wrongDatabase = outcome.kind === 'failed' && outcome.cause === 'wrong-database'
    if (wrongDatabase || (this.rules.failFast && isFailure(outcome) && !busy)) {
      this.halted ??= { kind: 'failure', database, ended: outcome.kind }
    }
  }
}
