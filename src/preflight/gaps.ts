import { TooLate } from '../aws/time-limit.ts'
import { AwsError } from '../model.ts'

/** What could not be looked up and why, so that the looking goes on. */
export interface Gaps {
  /** The result, or undefined when it failed; why is kept. Never rejects. */
  note<T>(what: string, work: Promise<T>): Promise<T | undefined>
  denied(): readonly string[]
  unchecked(): readonly string[]
}

/** @param limitMs the time limit that TooLate stands for */
export function createGaps(limitMs: number): Gaps {
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
        return await work
      } catch (error) {
        keep(what, error)
        return undefined
      }
    },
    denied: () => [...denied].sort(),
    unchecked: () => [...failed].map(([why, whats]) => `Not checked: ${[...whats].join(', ')} (${why}).`),
  }
}

/** An error in one line: AWS's with the call that failed. */
export function messageOf(error: unknown): string {
  if (error instanceof AwsError) return error.inFull
  return error instanceof Error ? error.message : String(error)
}
