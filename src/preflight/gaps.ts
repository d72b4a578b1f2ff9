import { AwsError } from '../model.ts'
import { TooLate } from './deadline.ts'

/** What was looked up, and what could not be and why, so that the looking goes on. */
export interface Gaps {
  /** The result, or undefined when it failed; why is kept. Never rejects. A result that is undefined shows nothing. */
  note<T>(what: string, work: Promise<T>): Promise<T | undefined>
  /** What was seen whenever it was looked up, by the names given to `note`. */
  seen(): readonly string[]
  denied(): readonly string[]
  unchecked(): readonly string[]
}

/** @param limitMs the time limit that TooLate stands for */
export function createGaps(limitMs: number): Gaps {
  const seen = new Set<string>()
  const missed = new Set<string>()
  const denied = new Set<string>()
  const failed = new Map<string, Set<string>>()
  const keep = (what: string, error: unknown): void => {
    if (error instanceof AwsError && error.facts.kind === 'access-denied') {
      denied.add(error.facts.action)
      return
    }
    const tooLate = error instanceof TooLate || (error instanceof AwsError && error.facts.kind === 'aborted')
    const why = tooLate ? `no answer from AWS within ${limitMs / 1000} s` : messageOf(error)
    failed.set(why, (failed.get(why) ?? new Set()).add(what))
  }
  return {
    note: async (what, work) => {
      try {
        const result = await work
        if (result !== undefined) seen.add(what)
        return result
      } catch (error) {
        missed.add(what)
        keep(what, error)
        return undefined
      }
    },
    seen: () => [...seen].filter((what) => !missed.has(what)),
    denied: () => [...denied].sort(),
    unchecked: () => [...failed].map(([why, whats]) => `Not checked: ${[...whats].join(', ')} (${why}).`),
  }
}

/** An error in one line: AWS's with the call that failed. */
export function messageOf(error: unknown): string {
  if (error instanceof AwsError) return error.inFull
  return error instanceof Error ? error.message : String(error)
}
