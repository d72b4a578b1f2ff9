/** Where a statement stands inside a line, as drivers and tools print it around their message. */

const VERBS =
  '(?:alter|create|drop|insert|update|delete|select|truncate|grant|revoke|comment|reindex|refresh|merge|call|lock|vacuum|copy|do|with|set)'

/**
 * The second word tells a statement from a sentence: `update users set`, `create table`, `do $$`. Some sentences of
 * servers begin so, too ("CREATE INDEX CONCURRENTLY cannot run …"), and are distinguished by where they stand.
 */
const STATEMENT = new RegExp(`\\b${VERBS}\\s+(?:[\\w."\`$*(@]+)`, 'i')

/** Stands for what must not be quoted: a statement, a value. */
export const MASK = "'…'"

/**
 * Every whole statement of a line becomes `'…'`. Known places: after `SQL:` or `query` in quotes or brackets, before
 * ` - message` (Knex, MikroORM), after ` in line N: ` (golang-migrate), after `near` in quotes (MySQL).
 */
export function withoutStatements(line: string): string {
  return [failedQuery, quoted, beforeDash, afterLine, inBrackets, nearMore].reduce((text, mask) => mask(text), line)
}

/** `Failed query: create table …` of Drizzle: the rest of the line. */
function failedQuery(line: string): string {
  return line.replace(/\b(Failed query): .*/i, `$1: ${MASK}`)
}

/** `failed to execute SQL query "…": ERROR: …` */
function quoted(line: string): string {
  const begin = /\b(?:sql query|query|statement|sql)\s?:?\s?["'`]/i.exec(line)
  if (begin === null) return line
  const from = begin.index + begin[0].length
  const quote = line[from - 1] ?? ''
  const ends = [`${quote}: ERROR:`, `${quote}: `, quote].map((end) => line.lastIndexOf(end))
  const close = ends.find((end) => end >= from) ?? -1
  return close < from || !STATEMENT.test(line.slice(from, close))
    ? line
    : `${line.slice(0, from - 1)}${MASK}${line.slice(close + 1)}`
}

/** `error: alter table … - message`: the message follows the last dash. */
function beforeDash(line: string): string {
  const dash = line.lastIndexOf(' - ')
  if (dash < 0) return line
  const begin = STATEMENT.exec(line.slice(0, dash))
  if (begin === null || !/^(?:[\w .'"-]*: )*$/.test(line.slice(0, begin.index))) return line
  return `${line.slice(0, begin.index)}${MASK}${line.slice(dash)}`
}

/** `migration failed: message in line 0: alter table …` */
function afterLine(line: string): string {
  const place = / in line \d+: /.exec(line)
  return place === null ? line : `${line.slice(0, place.index + place[0].length)}${MASK}`
}

/** `(Connection: pgsql, SQL: …)` of Laravel, `[SQL: …]` of SQLAlchemy, `[Failed SQL: (0) …]` of Liquibase. */
function inBrackets(line: string): string {
  const begin = /[([](?:Connection: \w+, |Failed )?SQL: /i.exec(line)
  return begin === null ? line : `${line.slice(0, begin.index).trimEnd()}`
}

/** `near 'TABEL users (id int)' at line 1`: the rest of the statement. */
function nearMore(line: string): string {
  const begin = /\bnear (['"])/.exec(line)
  if (begin === null) return line
  const from = begin.index + begin[0].length
  const close = line.lastIndexOf(begin[1] ?? '')
  const inside = line.slice(from, close)
  return close <= from || !/\s/.test(inside) ? line : `${line.slice(0, from - 1)}${MASK}${line.slice(close + 1)}`
}
