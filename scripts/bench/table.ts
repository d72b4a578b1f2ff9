/** One measure of ours beside the same of a reference, both from one run. */
export interface Row {
  readonly measure: string
  readonly ours: string
  readonly reference: string
  /** What the reference is. */
  readonly beside: string
  /** What must not be exceeded; absent where nothing is required. */
  readonly limit?: string
}

/** @returns a Markdown table */
export function table(rows: readonly Row[]): string {
  const lines = rows.map(({ measure, ours, reference, beside, limit = '' }) =>
    [measure, `**${ours}**`, limit, reference, beside].map((cell) => ` ${cell} `).join('|'),
  )
  return [
    '| measure | ours | limit | reference | what the reference is |',
    '|:--|--:|--:|--:|:--|',
    ...lines.map((line) => `|${line}|`),
  ].join('\n')
}
