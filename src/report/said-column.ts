/** The column of the summary's table in which each database says what its log ended with. */
import { cut } from '../text.ts'
import { code } from './markdown.ts'
import { isFine, type ReportRow } from './row.ts'

/** Characters of a line in the table of many. */
const SHORT = 80

export interface SaidColumn {
  /** What all that succeeded said, or most of many; for the inside of a block of HTML. */
  readonly common?: string
  /** The cell of a row: empty where `common` says it, bold where most said something else. */
  readonly cell: (row: ReportRow) => string
}

/** What many said is shown once, above the table; in it, what differs. */
export function saidColumn(rows: readonly ReportRow[]): SaidColumn {
  const isLong = rows.length > 10
  const words = ({ record, said }: ReportRow): string => {
    if (record.printedNothing) return 'printed nothing'
    return said?.line === undefined ? '' : code(isLong ? cut(said.line, SHORT) : said.line)
  }
  const fine = rows.filter(isFine)
  const usual = mostSaid(fine.map(words))
  const count = fine.filter((row) => words(row) === usual).length
  const once = usual !== undefined && fine.length > 1 && (count === fine.length || isLong) ? usual : undefined
  return {
    ...(once !== undefined && { common: sentence(once, [count, fine.length, rows.length]) }),
    cell: (row) => {
      const text = words(row)
      if (text === once) return ''
      return usual !== undefined && isFine(row) && text !== '' && text !== usual ? `<b>${text}</b>` : text
    },
  }
}

/** What more than half of them said; undefined where there is none. */
function mostSaid(words: readonly string[]): string | undefined {
  const counts = new Map<string, number>()
  for (const text of words) counts.set(text, (counts.get(text) ?? 0) + 1)
  return [...counts].find(([text, count]) => text !== '' && count > words.length / 2)?.[0]
}

/** `All 3 say: 57 tables` */
function sentence(words: string, [count, fine, all]: readonly [number, number, number]): string {
  const total = count < fine ? `${count} of ${fine}` : fine === 2 ? 'Both' : `All ${fine}`
  const who = fine < all ? `${total} that succeeded` : total
  return words.startsWith('<') ? `${who} say: ${words}` : `${who} ${words}`
}
