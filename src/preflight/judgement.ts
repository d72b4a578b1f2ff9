import type { PreflightResult, Problem } from '../model.ts'

/** What the checks say of one part: proof that no task can start refuses, what may be all right warns. */
export interface Judgement {
  readonly refusals: readonly Problem[]
  readonly warnings: readonly Problem[]
}

export const NOTHING_WRONG: Judgement = { refusals: [], warnings: [] }

export const NOTHING_CHECKED: PreflightResult = {
  refusals: [],
  warnings: [],
  checked: [],
  missingPermissions: [],
  unchecked: [],
}
