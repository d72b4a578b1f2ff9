/** Which migration was under way when the command failed, where its tool says so. */
import type { KnownLine } from './line-kinds.ts'
import { quote } from './quote.ts'

interface Saying {
  /** Names the migration, as its only group: when it begins or, without `done` and `proof`, when it failed. */
  readonly named: RegExp
  /** A line from there on that says it has ended well. */
  readonly done?: RegExp
  /** What the log must have besides, where the tool does not say that one ended well. */
  readonly proof?: RegExp
}

const DJANGO: Saying = { named: /^\s*(?:Una|A)pplying (\w+\.\w+)\.\.\./, done: /(?:^|[\s.])(?:OK|FAKED)$/ }

/** Of several the first: a log is that of one tool. */
const SAYINGS: readonly Saying[] = [
  DJANGO,
  // Rails, Sequelize
  { named: /^== (\d\S*(?: \S+)?): (?:migrating|reverting) =/, done: /^== .*: (?:migrated|reverted)\b/ },
  // Alembic: it does not say of a revision that it has ended, but its traceback leads through the file.
  { named: /^\s+File "[^"]*\/versions\/([^"/]+)\.py", line \d+, in (?:up|down)grade$/ },
  // Flyway
  { named: /\bMigration of schema \S+ (?:to version|with repeatable migration) "([^"]+)" failed!/ },
  // Liquibase
  { named: /\bMigration failed for change ?set (\S+?):(?:\s|$)/ },
  // Prisma
  { named: /^Migration name: (\S+)$/ },
  { named: /^\s+with migration_name="([^"]+)"/ },
  // Knex
  { named: /^migration file "([^"]+)" failed$/ },
  // TypeORM
  { named: /^Migration "([^"]+)" failed, error:/ },
  // goose
  { named: /\bERROR (\d\S*\.(?:sql|go)): failed to run \w+ migration/ },
  // golang-migrate with -verbose
  { named: /\bRead and execute (\d+\/[ud] \S+)/, done: /\bFinished \d+\/[ud] / },
  // node-pg-migrate
  { named: /^### MIGRATION (\S+) \((?:UP|DOWN)\) ###$/, proof: /^> Rolling back attempted migration/ },
  // Laravel from 9 on, and before
  { named: /^\s*(\d{4}_\d\d_\d\d_\d+_\w+) \.+ (?:[\d.,]+ ?m?s )?FAIL$/ },
  { named: /^Migrating: +(\S+)$/, done: /^Migrated: / },
  // psql
  { named: /^psql:(\S+?):\d+: (?:ERROR|FATAL|PANIC):/ },
]

export interface UnderWay {
  /** As the tool has it and `quote` shows it. */
  readonly migration: string
  readonly direction: 'applying' | 'reverting'
}

/** Of Django, Rails and Sequelize, Alembic, golang-migrate, node-pg-migrate. */
const REVERTING = /^\s*Unapplying |: reverting =|, in downgrade$|\bRead and execute \d+\/d |\(DOWN\) ###$/

/** @returns undefined where the log does not prove it */
export function underWay(lines: readonly KnownLine[]): UnderWay | undefined {
  for (const saying of SAYINGS) {
    const found = lastNamed(lines, saying)
    if (found === undefined) continue
    return { migration: quote(found.name), direction: REVERTING.test(found.text) ? 'reverting' : 'applying' }
  }
  return undefined
}

const DJANGO_APPLIED = /^\s*Applying (\w+\.\w+)\.\.\. OK$/

/**
 * In which state the database is left, as far as the log proves it: sentences, each after a blank; today of Django only.
 * @param isConnected the server refused something: a lost connection leaves the end of a transaction open
 */
export function stateLeft(lines: readonly KnownLine[], isConnected: boolean): string {
  const failed = lastNamed(lines, DJANGO)
  return failed === undefined
    ? ''
    : `${appliedBefore(lines)}${isConnected ? rolledBack(lines, quote(failed.name)) : ''}`
}

/** All of them are counted only where the log shows the first. */
function appliedBefore(lines: readonly KnownLine[]): string {
  const applied = lines.flatMap(({ text }) => DJANGO_APPLIED.exec(text)?.[1] ?? [])
  const last = applied.at(-1)
  if (last === undefined) return ''
  const isWhole = lines.some(({ text }) => text.trim() === 'Running migrations:')
  return ` Applied before it in this run: ${quote(last)} ${isWhole ? `(${applied.length} in all)` : '(the last one)'}.`
}

/** Django puts each migration into a transaction where the database can roll back a change of the schema. */
function rolledBack(lines: readonly KnownLine[], migration: string): string {
  return lines.some(({ text }) => /psycopg|postgresql/i.test(text))
    ? ` What ${migration} itself changed in the database was rolled back, unless it sets atomic to False.`
    : ''
}

/** The last migration that a line names, with that line, unless a later line says that it ended well. */
function lastNamed(
  lines: readonly KnownLine[],
  { named, done, proof }: Saying,
): { readonly name: string; readonly text: string } | undefined {
  const index = lines.findLastIndex(({ text }) => named.test(text))
  if (index < 0) return undefined
  if (done && lines.slice(index).some(({ text }) => done.test(text))) return undefined
  if (proof && !lines.some(({ text }) => proof.test(text))) return undefined
  const { text = '' } = lines[index] ?? {}
  const name = named.exec(text)?.[1]
  return name === undefined ? undefined : { name, text }
}
