import { anyOccurs, longestWording, sameSpelling, wordingsOf } from '../wording.ts'
import { RAISED_BY_CODE } from './image.ts'
import type { KnownLine } from './line-kinds.ts'
import { endsTraceback, importsSettings, lastOwnException } from './python.ts'
import type { Section, Signature } from './signature.ts'
import { withoutStatements } from './statements.ts'
import { SIGNATURES } from './table.ts'

export interface Found {
  readonly row: Signature
  readonly line: string
  readonly index: number
}

function strong(...sections: readonly Section[]) {
  return wordingsOf(SIGNATURES.filter((row) => sections.includes(row.section) && row.weight === undefined))
}

function weighing(weight: Signature['weight']) {
  return wordingsOf(SIGNATURES.filter((row) => row.weight === weight))
}

type Wordings = ReturnType<typeof weighing>

/** The server knows best why it refused; then the tool of its own history; then the program. */
const STRONG = [strong('connection', 'database'), strong('tool-state'), strong('image')]
const WEAK = [weighing('weak')]
const GENERIC = [weighing('generic')]

/** By number or name; where several rows share one, the first. */
const BY_CODE = new Map(SIGNATURES.toReversed().flatMap((row) => (row.codes ?? []).map((code) => [code, row] as const)))

/**
 * The cause of the best class, and in it the last line: chained errors repeat one message, and a later one of a better
 * class is the root. Words come before bare codes, since a code such as 42501 has several causes.
 */
export function findCause(lines: readonly KnownLine[]): Found | undefined {
  const texts = lines.map((line, index) => `${searchable(line)}${importsSettings(lines, index) ? SETTINGS : ''}`)
  return (
    lastOfFirst(STRONG, texts, lines) ??
    lastCode(lines) ??
    lastRaised(texts, lines) ??
    lastOfFirst(WEAK, texts, lines) ??
    lastOfItsOwn(lines) ??
    lastOfFirst(GENERIC, texts, lines)
  )
}

/** Marks a missing module as the one that Django takes its settings from. */
const SETTINGS = ' {settings-module}'

function lastOfFirst(
  classes: readonly Wordings[],
  texts: readonly string[],
  lines: readonly KnownLine[],
): Found | undefined {
  for (const wordings of classes) {
    const index = texts.findLastIndex((text) => anyOccurs(wordings, text))
    const row = longestWording(wordings, texts[index] ?? '')
    if (row !== undefined) return { row, index, line: lines[index]?.text ?? '' }
  }
  return undefined
}

/** A line as the tables read it, without statements and history tables; empty where it cannot name a cause. */
export function searchable({ text, kind }: KnownLine): string {
  if (kind !== 'message') return ''
  const said = sameSpelling(withoutStatements(text).replace(VARIABLE, '$1{variable}$1')).replace(HISTORY, '')
  return anyOccurs(CONSEQUENCES, said) ? '' : said
}

/** A quoted name in capitals is that of a variable; `KeyError: 'email'` is a mistake in a program. */
const VARIABLE = /(['"])[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)*\1/g

/** Tables in which tools keep their history: that one is not there is a first run, or follows from the error before. */
const HISTORY =
  /(?:relation|table|index) ["'`]*(?:[\w$]+["'`]*\.["'`]*)?(?:goose_db_version|schema_migrations|django_migrations|alembic_version|knex_migrations\w*|_prisma_migrations|databasechangelog\w*|flyway_schema_history|_?yoyo_\w+|pgmigrations|sequelizemeta|migrations|mikro_orm_migrations|__drizzle_migrations|ar_internal_metadata|doctrine_migration_versions|_sqlx_migrations|__diesel_schema_migrations|__efmigrationshistory)["'`]* (?:does not|doesn't) exist/g

const CONSEQUENCES = wordingsOf([
  {
    patterns: [
      'current transaction is aborted',
      'client has encountered a connection error and is not queryable',
      'connection is already closed',
      'connection is closed',
      'this connection has been closed',
      "can't use … after … closed",
      "can't operate on a closed",
      "can't reconnect until invalid transaction is rolled back",
    ],
  },
])

const CODE =
  /(?:\bsql ?state\W{0,4}|\bcode\W{1,4}|\berrno\W{1,4}|\()([0-9A-Z]{5}|\d{4}|[A-Z]+_[A-Z_0-9]+|E[A-Z]+)\b|\b(P\d{4})\b|\berror (\d{4})\b|\bat (RAISE)$/gi

/** Where the line with the code is no sentence, the one that looks most like an error is quoted. */
function lastCode(lines: readonly KnownLine[]): Found | undefined {
  const rows = lines.map(({ text, kind }) => (kind === 'noise' || kind === 'frame' ? undefined : rowOfCode(text)))
  const index = rows.findLastIndex((row) => row !== undefined)
  const row = rows[index]
  if (row === undefined) return undefined
  const { text = '', kind } = lines[index] ?? {}
  return { row, index, line: kind === 'message' ? text : (likeliest(lines) ?? text) }
}

function rowOfCode(text: string): Signature | undefined {
  const codes = [...text.matchAll(CODE)].map(([, ...groups]) => groups.find((code) => code !== undefined) ?? '')
  return codes.map((code) => BY_CODE.get(code.toUpperCase())).find((row) => row !== undefined)
}

const RAISE = /\braise exception '([^']{8,200})'/gi
const MOST_RAISES = 20

/** The text of a RAISE that a tool prints together with its statement, and without the code. */
function lastRaised(texts: readonly string[], lines: readonly KnownLine[]): Found | undefined {
  const raises = lines.flatMap(({ text }) => [...text.matchAll(RAISE)].map(([, format = '']) => format))
  const wordings = wordingsOf([{ patterns: raises.slice(-MOST_RAISES).map((format) => format.replaceAll('%', '…')) }])
  const index = texts.findLastIndex((text) => !text.includes('raise exception') && anyOccurs(wordings, text))
  const row = index < 0 ? undefined : BY_CODE.get('P0001')
  return row && { row, index, line: lines[index]?.text ?? '' }
}

/** What a migration raised, of whatever class. */
function lastOfItsOwn(lines: readonly KnownLine[]): Found | undefined {
  const index = lastOwnException(lines)
  const row = SIGNATURES.find(({ id }) => id === RAISED_BY_CODE)
  return row && index !== undefined ? { row, index, line: lines[index]?.text ?? '' } : undefined
}

const LIKE_AN_ERROR =
  /error|fatal|failed|failure|exception|panic|can't|cannot|could not|unable|denied|invalid|abort|not found|missing/i
const NO_ERRORS = /\b(?:0|no) (?:errors?|failures?|failed)\b/i

/** The last line that looks like an error, or else the last that says anything. */
export function likeliest(lines: readonly KnownLine[]): string | undefined {
  const error = lines.findLast(
    ({ text, kind }, index) =>
      kind === 'message' && ((LIKE_AN_ERROR.test(text) && !NO_ERRORS.test(text)) || endsTraceback(lines, index)),
  )
  return (error ?? lines.findLast(({ kind }) => kind === 'message') ?? lines.findLast(({ kind }) => kind !== 'noise'))
    ?.text
}
