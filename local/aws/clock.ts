/** Wall time and waits of the local AWS, both scaled alike. */
export interface Clock {
  /** ms since 1970. */
  now(): number
  /** Resolves after `ms` of this clock, or at once when the signal aborts; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** So many ms pass at once; what waits, waits on. */
  pass(ms: number): void
  /** Ends every wait, now and later: the owner of the clock is closing. */
  close(): void
  isClosed(): boolean
}

/**
 * @param scale how many times faster than real time
 * @param origin where scaled and real time meet, ms since 1970
 */
export function createClock(scale: number, origin: number): Clock {
  const waits = new Set<() => void>()
  let isClosed = false
  let passed = 0
  return {
    now: () => Math.round(origin + (Date.now() - origin) * scale) + passed,
    sleep(ms, signal) {
      if (ms <= 0 || isClosed || signal?.aborted) return Promise.resolve()
      return new Promise((resolve) => {
        const wake = () => {
          clearTimeout(timer)
          waits.delete(wake)
          signal?.removeEventListener('abort', wake)
          resolve()
        }
        const timer = setTimeout(wake, ms / scale)
        waits.add(wake)
        signal?.addEventListener('abort', wake, { once: true })
      })
    },
    pass(ms) {
      passed += ms
    },
    close() {
      isClosed = true
      for (const wake of [...waits]) wake()
    },
    isClosed: () => isClosed,
  }
}
