import { starred, starredWord } from '../../secret-words.ts'
import { MASK, withoutStatements } from './statements.ts'
import { lastBreak } from './terminal.ts'

const MOST_QUOTED = 300

/** What tools put before the message, and what is left out: the message alone says why. */
const PREFIXES: readonly RegExp[] = [
  /^\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?\]?\s+/,
  /^\[[A-Z]+\]\s+/,
  /^(?:INFO|DEBUG|WARN(?:ING)?|ERROR)\s+\[[\w.]+\]\s+/,
  /^psql:[^\s:]+:\d+:\s+/,
  /^psql: error:\s+/,
  /^(?:sqlalchemy|django|psycopg2?|asyncpg|pymysql|MySQLdb|mysql|aiomysql|sqlite3)[\w.]*\.\w+: (?:\([\w.]+\) )?/,
  /^\((?:psycopg2?|pymysql|sqlalchemy|MySQLdb)[\w.]*\) /,
  /^<class '[\w.]+'>: /,
  /^(?:ActiveRecord|PG|Mysql2)::\w+(?:::\w+)?: (?=\S)/,
  /^(?:QueryFailedError|DrizzleQueryError|DriverException|PrismaClient\w+): /,
  /^Caused by: (?:[\w.$]+: )?/,
  /^Unexpected error running \w+: /,
  /^(?:goose run|goose|pq|cause|driverError|original|parent|previous)\s*: /,
  /^Message\s+: /,
  /^\[cause\]: /,
  /^(?:[\w$]+\.)+\w*Exception: /,
  /^Reason: /,
  /^ERROR \S+: failed to run \w+ migration: (?:failed to execute SQL query '…': )?/,
  /^\(conn=\d+\) /,
  /^Exception Primary Reason: +/,
  /^Acquire connection error: /,
  /^migration failed with error: /,
  /^(?:ERROR|FATAL|PANIC|FAILED|Error|error|fatal)(?: \[[\w.]+\])?: +/,
  /^'…' - /,
]

/** golang-migrate gives the driver's own message in a second line. */
const IN_BRACKETS = /^\(details: (.*)\)$/

/** A number and one text in brackets, as Python's MySQL drivers write their errors behind the name of the class. */
const TUPLE = /^\((\d+), (['"])((?:\\.|(?!\2)[^\\])*)\2\)$/

/**
 * One line of a log for a sentence, an annotation, an output: at most 300 characters, never a part of a word, words
 * that hold a password starred, whole statements as `'…'`, no DETAIL.
 * @param showsValues the line holds values of rows: they become `'…'`, too
 */
export function quote(line: string, showsValues = false): string {
  const message = withoutPrefixes(withoutStatements(withoutUserInfo(withoutDetail(unwrapped(line)))))
  return shortened(showsValues ? withoutValues(message) : message)
}

/** A name of several words within quotes. */
export function asWord(name: string): string {
  return /\s/.test(name) ? `"${name}"` : name
}

function unwrapped(line: string): string {
  return line.trim().replace(/\s+/g, ' ').replace(IN_BRACKETS, '$1')
}

function withoutPrefixes(line: string): string {
  for (let text = line; ; ) {
    const prefix = PREFIXES.find((pattern) => pattern.test(text) && text.replace(pattern, '') !== '')
    if (prefix === undefined) {
      // Without a class before it, it may be a row that a program prints.
      const message = text === line ? text : text.replace(TUPLE, '$3 ($1)')
      return once(message.replace(/ =+$/, '').trim())
    }
    text = text.replace(prefix, '').trimStart()
  }
}

/** What is said twice in one line, for both addresses of a host: `…; …`. */
function once(text: string): string {
  const half = (text.length - 2) / 2
  return text.slice(half, -half) === '; ' && text.slice(0, half) === text.slice(-half) ? text.slice(0, half) : text
}

/** `DETAIL: Key (email)=(a@x) is duplicated.` holds values of rows, also behind the message on one line. */
function withoutDetail(line: string): string {
  const text = line.replace(/(?<=\S)\s+DETAIL:.*$/i, '')
  return text.replace(/\bKey \([^)]*\)=\(.*\)/g, `Key ${MASK}`)
}

/** A URL that no parser takes is printed all the same: what follows its user is most of a password. */
const BROKEN_URL = /:\/\/[^\s"'`/:@[\]]+:(?!\d{1,5}(?:[/?"'`,;)]|$))[^"'`:;,.)]/

function withoutUserInfo(line: string): string {
  return line
    .replace(/\S+/g, (word) => (BROKEN_URL.test(word) ? starred(word) : starredWord(word)))
    .replace(/\binvalid port ".*" after/g, 'invalid port "***" after')
}

/**
 * Values stand in quotes after "entry", "value" or a colon. A value may hold quotes itself, so all counts up to what
 * follows every such value. Names of constraints, tables and columns stay.
 */
const VALUES: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/\b(duplicate key value is) \(.*\)/i, `$1 (${MASK})`],
  [/\b(entry|value:?) (['"]).*\2(?= for | is )/i, `$1 ${MASK}`],
  [/(?<!collation|character set): (["']).*\1(?= at row|[).]*$)/, `: ${MASK}`],
  [/\(`[^`]*`\.`[^`]*`, CONSTRAINT.*$/i, `(${MASK})`],
  [/: 0x[0-9a-f]{2}(?: 0x[0-9a-f]{2})*/i, `: ${MASK}`],
]

function withoutValues(line: string): string {
  const [pattern, instead = MASK] = VALUES.find(([known]) => known.test(line)) ?? []
  return pattern === undefined ? line : line.replace(pattern, instead)
}

/** Cut between words. */
function shortened(text: string): string {
  if (text.length <= MOST_QUOTED) return text
  const head = text.slice(0, lastBreak(text.slice(0, MOST_QUOTED - 1))).trimEnd()
  return head === '' ? '…' : `${head} …`
}
