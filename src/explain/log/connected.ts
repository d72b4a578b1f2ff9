/** The database that a tool says it is connected to, in its own fixed words. */
import type { KnownLine } from './line-kinds.ts'
import type { LogCause, LogFacts } from './log-cause.ts'
import { ANOTHER_DATABASE } from './quiet-table.ts'
import { quote } from './quote.ts'

/** Seen in `__tests__/corpus`. */
const CONNECTED: readonly RegExp[] = [
  // Flyway 11.20
  /^Database: jdbc:[\w:-]+:\/\/[^/\s]*\/([^?;\s]+)/,
  // Prisma 6.19
  /^Datasource "[^"]+": [\w ]+ database "([^"]+)"/,
]

/** Undefined where no line names a database, or any of them names the one that was asked for. */
export function anotherDatabase(lines: readonly KnownLine[], { database }: LogFacts): LogCause | undefined {
  if (database === undefined) return undefined
  const named = lines.flatMap(({ text }) => {
    const name = CONNECTED.map((words) => words.exec(text)?.[1]).find((found) => found !== undefined)
    return name === undefined ? [] : [{ name, text }]
  })
  const last = named.at(-1)
  const asked = [database, encodeURIComponent(database)]
  if (last === undefined || named.some(({ name }) => asked.includes(name))) return undefined
  const { id, remedy } = ANOTHER_DATABASE
  const cause = `It was connected to the database ${quote(last.name)}, and not to ${database}.`
  return { id, line: quote(last.text), cause, remedy }
}
