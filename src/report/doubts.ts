import { type JudgedDoubts, judgeDoubts } from '../doubts.ts'
import type { Doubt, DoubtId, PreflightResult } from '../model.ts'
import type { StepLogger } from './ports.ts'

/**
 * Prints what is doubtful, by what the input `accept` says of it.
 * @returns what it refuses
 */
export function printDoubts(
  log: StepLogger,
  doubts: readonly Doubt[],
  accept: readonly DoubtId[],
): JudgedDoubts['refusals'] {
  const { warnings, notices, accepted, refusals } = judgeDoubts(doubts, accept)
  for (const text of warnings) log.warn('', text)
  for (const text of notices) log.notice('', text)
  for (const text of accepted) log.line(text)
  return refusals
}

/** Prints what the checks before the launch found. */
export function printPreflight(
  log: StepLogger,
  { unchecked }: PreflightResult,
  doubts: readonly Doubt[],
  accept: readonly DoubtId[],
): void {
  for (const line of unchecked) log.line(line)
  printDoubts(log, doubts, accept)
}
