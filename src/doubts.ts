/** What becomes of doubts: decided here alone. */
import type { Doubt, DoubtId, Problem } from './model.ts'

export interface Prominent {
  readonly text: string
  readonly brief: string
}

/** Doubts by what becomes of them. Every text ends with the id that `accept` takes. */
export interface JudgedDoubts {
  readonly refusals: readonly Problem[]
  readonly warnings: readonly string[]
  readonly notices: readonly string[]
  /** Warnings without which no success is to be read: the text as in `warnings`, and a few words. */
  readonly prominent: readonly Prominent[]
  /** Plain lines for the log. */
  readonly accepted: readonly string[]
  /** Accepted ids that no doubt has. */
  readonly unused: readonly DoubtId[]
}

/** @param accept ids that are all right here */
export function judgeDoubts(doubts: readonly Doubt[], accept: readonly DoubtId[]): JudgedDoubts {
  const open = doubts.filter(({ id }) => !accept.includes(id))
  const textsOf = (weight: Doubt['weight']) => open.filter((doubt) => doubt.weight === weight).map(textOf)
  return {
    refusals: open.filter(({ weight }) => weight === 'refusal').map(withId),
    warnings: textsOf('warning'),
    notices: textsOf('notice'),
    prominent: open.flatMap((doubt) =>
      doubt.weight === 'warning' && doubt.brief !== undefined ? [{ text: textOf(doubt), brief: doubt.brief }] : [],
    ),
    accepted: doubts.filter(({ id }) => accept.includes(id)).map(({ reason, id }) => `Accepted: ${reason} [${id}]`),
    unused: accept.filter((id) => !doubts.some((doubt) => doubt.id === id)),
  }
}

function textOf({ reason, remedy, id }: Doubt): string {
  return `${reason} ${remedy} [${id}]`
}

function withId(doubt: Doubt): Problem {
  return {
    ...doubt,
    remedy: `${doubt.remedy} If it is all right here, add ${doubt.id} to the input accept. [${doubt.id}]`,
  }
}
