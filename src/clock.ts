import type { Clock } from './model.ts'

/** The machine's clocks. */
export const systemClock: Clock = {
  now: () => new Date(),
  elapsed: () => performance.now(),
  sleep: (ms, ...signals) =>
    new Promise((resolve) => {
      if (ms <= 0 || signals.some((signal) => signal.aborted)) return resolve()
      const done = (): void => {
        clearTimeout(timer)
        for (const signal of signals) signal.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, ms)
      for (const signal of signals) signal.addEventListener('abort', done)
    }),
}
