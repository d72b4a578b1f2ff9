/** A row of an explanation table: texts by which AWS or a system tells of a cause, the cause, and what to do. */
export interface Cause {
  /** Stable, in kebab case: becomes `Problem.code`. */
  readonly id: string
  /** Wordings, any of which tells this cause. `…` stands for whatever comes between two pieces. */
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

type Known = Pick<Cause, 'patterns' | 'general'>

/**
 * The row that says most about a text: the longest wording that occurs in it, of a general row only if no other fits.
 * A message that was cut off (Fargate 1.4 does that) so falls back to the row for its beginning.
 * @returns undefined when no wording occurs
 */
export function mostSpecific<Row extends Known>(rows: readonly Row[], text: string): Row | undefined {
  const said = normalise(text)
  return (
    longest(
      rows.filter(({ general }) => !general),
      said,
    ) ??
    longest(
      rows.filter(({ general }) => general),
      said,
    )
  )
}

/** Spellings that AWS mixes for one and the same message become one: quotes, white space, can't and cannot. */
function normalise(text: string): string {
  return text
    .toLowerCase()
    .replace(/[‘’]/g, "'")
    .replace(/\s+/g, ' ')
    .replace(/\bcannot\b|\bcan not\b/g, "can't")
}

/** The row of which most characters occur in the text. */
function longest<Row extends Known>(rows: readonly Row[], said: string): Row | undefined {
  let best: Row | undefined
  let most = 0
  for (const row of rows) {
    const length = Math.max(0, ...row.patterns.map((pattern) => matched(normalise(pattern), said)))
    if (length > most) {
      best = row
      most = length
    }
  }
  return best
}

/** The characters of `pattern` found in `text` (both normalised), in order; 0 when one piece is not there. */
function matched(pattern: string, text: string): number {
  let from = 0
  let length = 0
  for (const piece of pattern.split(GAP).map((part) => part.trim())) {
    const at = text.indexOf(piece, from)
    if (at < 0) return 0
    from = at + piece.length
    length += piece.length
  }
  return length
}
