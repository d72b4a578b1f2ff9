/**
 * Brings the database named by DATABASE_NAME up to date.
 *
 *   node dist/migrate.js                       the migrations of the application
 *   node dist/migrate.js --also <folder>       and those of another folder, for rehearsals
 *
 * Exits 0 when the database is up to date, 1 when a migration failed (it is then rolled back), 143 after SIGTERM.
 */
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type RunnerOption, runner } from 'node-pg-migrate'
import pg from 'pg'
import { readSettings, type Settings } from './settings.ts'

const STOPPED_BY_SIGTERM = 128 + 15

try {
  process.exitCode = await main()
} catch (error) {
  console.error(`ERROR: ${explain(error).join('\n')}`)
  process.exitCode = 1
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { also: { type: 'string', multiple: true } } })
  const settings = readSettings(process.env)
  const client = new pg.Client({ ...settings, connectionTimeoutMillis: 15_000, application_name: 'shop-migrate' })
  await client.connect()
  try {
    console.log(`Migrating database ${settings.database} at ${settings.host}:${settings.port}`)
    const folders = [join(import.meta.dirname, 'migrations'), ...(values.also ?? [])]
    return await migrate(client, settings, folders)
  } finally {
    await client.end()
  }
}

async function migrate(client: pg.Client, settings: Settings, folders: readonly string[]): Promise<number> {
  const stop = await cancelOnSigterm(client, settings)
  const options: RunnerOption = {
    dbClient: client,
    dir: folders.map((folder) => `${folder}/*.js`),
    useGlob: true,
    direction: 'up',
    migrationsTable: 'migrations',
    // One transaction for each migration: those before a failure stay applied.
    singleTransaction: false,
    logger: { info: () => {}, warn: () => {}, error: () => {} },
  }
  const pending = await runner({ ...options, dryRun: true })
  for (const { name } of pending) {
    if (stop.aborted) return stopped(`before ${name}`)
    const started = performance.now()
    console.log(`  Applying ${name}`)
    try {
      await runner({ ...options, file: name })
    } catch (error) {
      if (stop.aborted) return stopped(`during ${name}, which was rolled back`)
      throw new Error(`${name} failed and was rolled back`, { cause: error })
    }
    console.log(`  Applied  ${name} (${Math.round(performance.now() - started)} ms)`)
  }
  console.log(pending.length === 0 ? 'No migrations to apply.' : `Migrations applied: ${pending.length}.`)
  return 0
}

/**
 * On SIGTERM, asks PostgreSQL to cancel what the connection is doing, so that the open transaction is rolled back and no
 * lock outlives this process. Asks again until the connection ends, since a statement may just be about to start.
 *
 * @returns aborts when SIGTERM came
 */
async function cancelOnSigterm(client: pg.Client, settings: Settings): Promise<AbortSignal> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  const stop = new AbortController()
  let isOver = false
  client.once('end', () => {
    isOver = true
  })
  const cancelStatements = async (): Promise<void> => {
    const second = new pg.Client({ ...settings, application_name: 'shop-migrate-stop' })
    await second.connect()
    // One after the other: a request that is still under way when its connection ends would fail.
    while (!isOver) {
      await second.query('SELECT pg_cancel_backend($1)', [rows[0]?.pid])
      await pause(250)
    }
    await second.end()
  }
  process.once('SIGTERM', () => {
    stop.abort()
    cancelStatements().catch((error: unknown) => console.error('Could not cancel the running statement:', error))
  })
  return stop.signal
}

function stopped(when: string): number {
  console.error(`Stopped by SIGTERM ${when}.`)
  return STOPPED_BY_SIGTERM
}

/** What went wrong as PostgreSQL says it, without a stack. */
function explain(error: unknown): string[] {
  if (error instanceof AggregateError) return error.errors.flatMap(explain)
  if (!(error instanceof Error)) return [String(error)]
  const [reason, ...details] = error.cause === undefined ? [] : explain(error.cause)
  if (reason !== undefined) return [`${error.message}: ${reason}`, ...details]
  return error instanceof pg.DatabaseError ? explainDatabaseError(error) : [error.message]
}

function explainDatabaseError({ message, code, detail, hint, table }: pg.DatabaseError): string[] {
  return [
    code ? `${message} (SQLSTATE ${code})` : message,
    ...(detail ? [`DETAIL: ${detail}`] : []),
    ...(hint ? [`HINT: ${hint}`] : []),
    ...(table ? [`TABLE: ${table}`] : []),
  ]
}
