import { setMaxListeners } from 'node:events'

/** Time was up, or the caller gave up. */
export class TooLate extends Error {}

export interface Deadline {
  readonly signal: AbortSignal
  /** Rejects when time is up, even where the work ignores the signal. */
  race<T>(work: Promise<T>): Promise<T>
  /** Nobody waits any more: what is still under way is given up. */
  end(): void
}

/** Ends with the caller's signal or after `ms`, whichever is first. */
export function deadline(ms: number, signal?: AbortSignal): Deadline {
  const controller = new AbortController()
  // A dozen calls at once listen; Node would warn of a leak, on the user's screen.
  setMaxListeners(0, controller.signal)
  const stop = () => controller.abort()
  const timer = setTimeout(stop, ms)
  signal?.addEventListener('abort', stop, { once: true })
  if (signal?.aborted) stop()
  return {
    signal: controller.signal,
    race: (work) => raced(work, controller.signal),
    end: () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', stop)
      stop()
    },
  }
}

/** The result of `work`; rejects with TooLate when the signal aborts first, whether or not the work ends on it. */
export function raced<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(new TooLate())
    if (signal.aborted) giveUp()
    signal.addEventListener('abort', giveUp, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp))
  })
}
