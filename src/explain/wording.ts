/** A row of an explanation table: texts by which AWS or a system names a cause, the cause, and what to do. */
export interface Cause {
  /** Stable, in kebab case: becomes `Problem.code`. */
  readonly id: string
  /**
   * Wordings, any of which means this cause. `…` stands for whatever comes between two pieces, `^` at the beginning and
   * `$` at the end for the ends of the text.
   */
  readonly patterns: readonly string[]
  /** The wordings are the beginning that several causes share: the row counts where no closer one fits. */
  readonly general?: true
  /** One sentence: what happened and why. */
  readonly cause: string
  /** What to do about it. */
  readonly remedy: string
  /** Where the wording and its meaning are documented, or were seen. */
  readonly source: string
}

const GAP = '…'

/** Stands for both ends of a text; no text holds one when its white space is made alike. */
const END = '\n'

/** A wording made ready: found by its pieces and not by a regular expression, so that no text takes more than linear time. */
interface Wording<Row> {
  readonly row: Row
  readonly pieces: readonly string[]
  /** Characters that must occur: of several wordings, the longest says most. */
  readonly length: number
}

type Known = Pick<Cause, 'patterns' | 'general'>

/**
 * The row that says most about a text: the longest wording that occurs in it, of a general row only if no other fits.
 * A message that was cut off (Fargate 1.4 does that) so falls back to the row for its beginning.
 * @returns undefined when no wording occurs
 */
export function mostSpecific<Row extends Known>(rows: readonly Row[], text: string): Row | undefined {
  const said = sameSpelling(text)
  return (
    longestWording(wordingsOf(rows.filter(({ general }) => !general)), said) ??
    longestWording(wordingsOf(rows.filter(({ general }) => general)), said)
  )
}

/** The wordings of many rows, for `longestWording` and `anyOccurs`. */
export function wordingsOf<Row extends Pick<Cause, 'patterns'>>(rows: readonly Row[]): readonly Wording<Row>[] {
  return rows.flatMap((row) => row.patterns.map((pattern) => wording(row, pattern)))
}

function wording<Row>(row: Row, pattern: string): Wording<Row> {
  const pieces = sameSpelling(pattern)
    .replace(/^\^|\$$/g, END)
    .split(GAP)
    .map((piece) => piece.replace(/^ | $/g, ''))
  return { row, pieces, length: pieces.join('').length }
}

/** Spellings that are mixed for one and the same message become one: letter case, quotes, white space, can't and cannot. */
export function sameSpelling(text: string): string {
  return text
    .toLowerCase()
    .replace(/[‘’]/g, "'")
    .replace(/\s+/g, ' ')
    .replace(/\bcannot\b|\bcan not\b/g, "can't")
}

/**
 * The row of which most characters occur; of two equal ones the first.
 * @param said in the same spelling
 */
export function longestWording<Row>(wordings: readonly Wording<Row>[], said: string): Row | undefined {
  const text = END + said + END
  let best: Wording<Row> | undefined
  for (const one of wordings) {
    if (one.length > (best?.length ?? 0) && occurs(one, text)) best = one
  }
  return best?.row
}

/** @param said in the same spelling */
export function anyOccurs(wordings: readonly Wording<unknown>[], said: string): boolean {
  const text = END + said + END
  return wordings.some((one) => occurs(one, text))
}

/** All pieces, in order. */
function occurs({ pieces }: Wording<unknown>, text: string): boolean {
  let from = 0
  for (const piece of pieces) {
    const at = text.indexOf(piece, from)
    if (at < 0) return false
    from = at + piece.length
  }
  return true
}
