import { AwsError, type AwsErrorKind, type Clock } from '../model.ts'

/** A permission that was just granted takes seconds to be seen everywhere, and AWS may refuse once at random: three tries in 15 s. */
const TRIES = 3
const PAUSE_MS = 5_000

/** The client repeated these for minutes, or there is nobody left who asks. */
const FINAL: ReadonlySet<AwsErrorKind> = new Set(['throttled', 'unreachable', 'untrusted', 'proxy', 'aborted'])

/**
 * Makes a call that only observes, or that may be made twice, and repeats it where AWS refuses: one refusal ends neither a
 * watch nor a log.
 * @param signals each ends a pause
 * @throws AwsError of the last try
 */
export async function askAgain<T>(
  ask: () => Promise<T>,
  clock: Clock,
  signals: readonly AbortSignal[],
  { tries = TRIES, pauseMs = PAUSE_MS }: { readonly tries?: number; readonly pauseMs?: number } = {},
): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof AwsError) || FINAL.has(error.facts.kind) || tries <= 1) throw error
  }
  await clock.sleep(pauseMs, ...signals)
  return askAgain(ask, clock, signals, { tries: tries - 1, pauseMs })
}
