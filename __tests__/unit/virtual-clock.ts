import type { Clock } from '../../src/model.ts'

interface Sleeper {
  readonly at: number
  readonly wake: () => void
}

/** When virtual time begins. */
export const EPOCH = Date.UTC(2026, 10, 22, 3, 0, 0)
const LONGEST_MS = 7 * 24 * 60 * 60_000

/**
 * Time that passes only while everybody sleeps, and then at once: days take milliseconds, and each run is the same.
 * What is awaited beside `sleep` must settle without timers or I/O.
 */
export class VirtualClock implements Clock {
  private time = 0
  private sleepers: Sleeper[] = []

  now(): Date {
    return new Date(EPOCH + this.time)
  }

  elapsed(): number {
    return this.time
  }

  sleep(ms: number, ...signals: readonly AbortSignal[]): Promise<void> {
    if (ms <= 0 || signals.some((signal) => signal.aborted)) return Promise.resolve()
    return new Promise((resolve) => {
      const wake = (): void => {
        this.sleepers = this.sleepers.filter((other) => other !== sleeper)
        for (const signal of signals) signal.removeEventListener('abort', wake)
        resolve()
      }
      const sleeper = { at: this.time + ms, wake }
      this.sleepers.push(sleeper)
      for (const signal of signals) signal.addEventListener('abort', wake)
    })
  }

  /** Does something so many milliseconds from now. */
  after(ms: number, action: () => void): void {
    this.sleepers.push({ at: this.time + ms, wake: action })
  }

  /** How many wait for time to pass: 0 when no timer would keep a process alive. */
  get asleep(): number {
    return this.sleepers.length
  }

  /** Lets time pass until the work is settled. @throws when it never will be */
  async run<T>(work: Promise<T>): Promise<T> {
    let settled = false
    const settle = (): void => {
      settled = true
    }
    work.then(settle, settle)
    for (;;) {
      await quiet()
      if (settled) return work
      this.step()
    }
  }

  /** Lets so many milliseconds pass. */
  async pass(ms: number): Promise<void> {
    await this.run(this.sleep(ms))
  }

  private step(): void {
    const at = Math.min(...this.sleepers.map((sleeper) => sleeper.at))
    if (!(at < LONGEST_MS)) throw new Error(`nothing happens any more at ${this.time} ms, or for ever`)
    this.time = Math.max(this.time, at)
    const due = this.sleepers.filter((sleeper) => sleeper.at <= this.time)
    this.sleepers = this.sleepers.filter((sleeper) => sleeper.at > this.time)
    for (const { wake } of due) wake()
  }
}

/** Until every promise that can settle now has settled. */
function quiet(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
