import { isFine, isSkipped, outcomeWords, type ReportRow } from './row.ts'

/** Those that ended in the same way, other than they should. */
interface Share {
  /** Of the first `2 of 5 databases failed`, of others `1 not attempted`. */
  readonly text: string
  readonly members: readonly ReportRow[]
}

/**
 * How many are not fine, by outcome, in the order of their first. Only those that failed are called failed: those not
 * attempted are counted apart, and of one lost from sight nobody knows.
 */
export function tally(rows: readonly ReportRow[]): readonly Share[] {
  const bad = rows.filter((row) => !isFine(row))
  const ordered = [...bad.filter((row) => !isSkipped(row)), ...bad.filter(isSkipped)]
  return [...new Set(ordered.map(outcomeWords))].map((outcome, index) => {
    const members = ordered.filter((row) => outcomeWords(row) === outcome)
    const count = index === 0 ? `${members.length} of ${rows.length} databases` : `${members.length}`
    return { text: counted(count, outcome, index === 0), members }
  })
}

function counted(count: string, outcome: string, isFirst: boolean): string {
  if (outcome === 'not known') return `${isFirst ? 'The' : 'the'} outcome of ${count} is not known`
  return `${count} ${outcome === 'skipped' ? 'not attempted' : outcome}`
}
