/** What a Python traceback says about the line that ends it. */
import { type KnownLine, PYTHON_FRAME } from './line-kinds.ts'
import { quote } from './quote.ts'
import { underWay } from './under-way.ts'

/** Django's Settings, django/conf/__init__.py */
const IMPORTS_SETTINGS = 'import_module(self.SETTINGS_MODULE)'

/** Did Django's import of its settings lead to this line, and through no other file? Then they are not there, or what they import is not. */
export function importsSettings(lines: readonly KnownLine[], index: number): boolean {
  if (!lines[index]?.text.includes('No module named')) return false
  const before = lines.slice(0, index)
  const begin = before.findLastIndex(({ text }) => text.includes(IMPORTS_SETTINGS))
  return begin >= 0 && before.slice(begin).every(({ text }) => !PYTHON_FRAME.test(text) || text.includes('importlib'))
}

/** Where Django (`migrations/`) and Alembic (`versions/`) have the files of migrations, but for Django's own code. */
const MIGRATION = /^\s+File "(?!.*\/django\/db\/)[^"]*\/(?:migrations|versions)\/[^"/]+\.py", line \d/

/** What ends a traceback; of a class of a driver, the database said it. */
const EXCEPTION =
  /^(?!(?:alembic|asyncpg|django|MySQLdb|oracledb|psycopg2?|pymysql|sqlalchemy|sqlite3)\.)[A-Za-z_][\w.]*(?:: |$)/

/**
 * The index of the line with which a migration ended itself: the end of the last traceback through its file, or the
 * CommandError, which Django prints without one.
 */
export function lastOwnException(lines: readonly KnownLine[]): number | undefined {
  const index = endOfTraceback(lines) ?? commandError(lines)
  return index !== undefined && EXCEPTION.test(lines[index]?.text ?? '') ? index : undefined
}

function endOfTraceback(lines: readonly KnownLine[]): number | undefined {
  const frame = lines.findLastIndex(({ text }) => MIGRATION.test(text))
  return frame < 0 ? undefined : lines.findIndex(({ text }, index) => index > frame && /^\S/.test(text))
}

function commandError(lines: readonly KnownLine[]): number | undefined {
  if (underWay(lines) === undefined) return undefined
  return lines.findLastIndex(({ text }) => text.startsWith('CommandError: '))
}

/** Is it the line with which Python ends a traceback? It may name any class, and say nothing that looks like an error. */
export function endsTraceback(lines: readonly KnownLine[], index: number): boolean {
  const { text = '', kind } = lines[index - 1] ?? {}
  const isAfterFrame = kind === 'frame' && (PYTHON_FRAME.test(text) || /^ {4}/.test(text))
  return isAfterFrame && /^(?:[a-z_]\w*\.)*[A-Z]\w*(?:: |$)/.test(lines[index]?.text ?? '')
}

/** Of a file that Python could not compile, or of a migration that failed while it was imported. */
const IMPORTED =
  /^\s+File "([^"]+)", line (\d+)(?:$|(?<=\/(?:migrations|versions)\/[^"/]+\.py", line \d+), in <module>$)/

/** MigrationLoader.load_disk, django/db/migrations/loader.py: `migrate` imports all before it applies any. */
const LOADS_MIGRATIONS = /\/django\/db\/migrations\/loader\.py", line \d+, in load_disk$/

/** In which file the error is that ends a traceback, where that was being imported: sentences after a blank. */
export function whereImported(lines: readonly KnownLine[], index: number): string {
  const frame = lines.slice(0, index).findLastIndex(({ text }) => PYTHON_FRAME.test(text))
  const [, file, line] = IMPORTED.exec(lines[frame]?.text ?? '') ?? []
  if (file === undefined) return ''
  const loads = lines.slice(0, frame).some(({ text }) => LOADS_MIGRATIONS.test(text))
  return ` It is in ${quote(file)}, line ${line}.${loads ? ' Django imports all migrations before it applies any, so this command applied none.' : ''}`
}
