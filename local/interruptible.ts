/** Signals that come this soon after the first are the same Ctrl-C, passed on by npm as well as sent by the terminal. */
const SAME_KEY_MS = 700

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const
type Signal = keyof typeof EXIT_CODES

/**
 * Does work that Ctrl-C (or SIGTERM, or a closed terminal) asks to end early: the first signal aborts, a second one
 * ends the process at once.
 *
 * @param work gets the signal, ends on it and cleans up
 * @returns the work's exit code, or 128 + the signal's number
 */
export async function interruptible(work: (interrupted: AbortSignal) => Promise<number>): Promise<number> {
  const abort = new AbortController()
  let first: { signal: Signal; at: number } | undefined
  const onSignal = (signal: Signal): void => {
    if (first === undefined) {
      first = { signal, at: performance.now() }
      console.error('\nStopping and cleaning up. Press Ctrl-C again to end at once.')
      abort.abort()
    } else if (performance.now() - first.at > SAME_KEY_MS) process.exit(EXIT_CODES[first.signal])
  }
  const signals = Object.keys(EXIT_CODES) as Signal[]
  for (const signal of signals) process.on(signal, onSignal)
  // Whoever reads us has gone, as with `| head`: nothing more to print, but there is still something to clean up.
  process.stdout.on('error', () => abort.abort())
  try {
    const exitCode = await work(abort.signal)
    return first === undefined ? exitCode : EXIT_CODES[first.signal]
  } finally {
    for (const signal of signals) process.removeListener(signal, onSignal)
  }
}
