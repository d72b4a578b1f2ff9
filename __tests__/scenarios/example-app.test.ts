import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import pg from 'pg'
import { type PostgresServer, startPostgres } from '../../local/postgres.ts'

const app = join('examples', 'app')

let server: PostgresServer

beforeAll(async () => {
  if (!existsSync(join(app, 'dist', 'migrate.js'))) throw new Error(`${app} is not built. npm test builds it.`)
  server = await startPostgres({ databases: ['ours', 'theirs'] })
}, 60_000)
afterAll(() => server?.close())

const inDatabase = async (database: string, sql: string): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ ...server, database })
  await client.connect()
  const { rows } = await client.query(sql)
  await client.end()
  return rows
}

const tables = async (database: string): Promise<string> => {
  const rows = await inDatabase(
    database,
    `SELECT string_agg(table_name, ' ' ORDER BY table_name) AS names FROM information_schema.tables WHERE table_schema = 'public'`,
  )
  return String(rows[0]?.names)
}

/** Runs migrate.js as a container would. */
const migrate = (args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) => {
  const child = spawn(process.execPath, ['dist/migrate.js', ...args], {
    cwd: app,
    env: {
      DATABASE_NAME: 'ours',
      DATABASE_USER: server.user,
      DATABASE_PASSWORD: server.password,
      DATABASE_HOST: server.host,
      DATABASE_PORT: String(server.port),
      ...env,
    },
  })
  const said = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.stderr += text
  })
  const ended = once(child, 'close').then(([exitCode]) => ({ exitCode: Number(exitCode), ...said }))
  const untilSaid = async (text: string): Promise<void> => {
    while (!said.stdout.includes(text)) await once(child.stdout, 'data')
  }
  return { child, ended, untilSaid }
}

const allTables = 'categories customers migrations order_lines orders products staff tenants'

beforeEach(async () => {
  await inDatabase('ours', 'DROP SCHEMA public CASCADE; CREATE SCHEMA public')
})

describe('the example application', () => {
  test('migrates the database named, says each migration, and then that there is nothing to apply', async () => {
    const first = await migrate().ended
    expect(first).toMatchObject({ exitCode: 0, stderr: '' })
    expect(
      first.stdout
        .replace(/\(\d+ ms\)/g, '(N ms)')
        .replace(/:\d+/, ':PORT')
        .split('\n'),
    ).toEqual([
      'Migrating database ours at 127.0.0.1:PORT',
      ...[
        '0001_tenants',
        '0002_catalogue',
        '0003_customers-and-orders',
        '0004_order-totals',
        '0005_no-negative-money',
        '0006_recent-orders-index',
      ].flatMap((name) => [`  Applying ${name}`, `  Applied  ${name} (N ms)`]),
      'Migrations applied: 6.',
      '',
    ])
    expect(await tables('ours')).toBe(allTables)
    expect(await tables('theirs')).toBe('null')
    const second = await migrate().ended
    expect(second.exitCode).toBe(0)
    expect(second.stdout).toContain('No migrations to apply.')
  }, 30_000)

  test('the data migration adds up what orders there are', async () => {
    await migrate().ended
    await inDatabase(
      'ours',
      `DELETE FROM migrations WHERE name >= '0004'; ALTER TABLE orders DROP COLUMN total_cents;
      ALTER TABLE products DROP CONSTRAINT products_price_not_negative;
      ALTER TABLE order_lines DROP CONSTRAINT order_lines_price_not_negative; DROP INDEX orders_recent, order_lines_product_id_index;
      INSERT INTO tenants (slug, name) VALUES ('acme', 'Acme');
      INSERT INTO customers (tenant_id, email) VALUES (1, 'a@b');
      INSERT INTO products (tenant_id, sku, title, price_cents) VALUES (1, 'x', 'X', 150), (1, 'y', 'Y', 200);
      INSERT INTO orders (tenant_id, customer_id) VALUES (1, 1), (1, 1);
      INSERT INTO order_lines VALUES (1, 1, 2, 150), (1, 2, 1, 200)`,
    )
    expect(await migrate().ended).toMatchObject({ exitCode: 0, stderr: '' })
    expect(await inDatabase('ours', 'SELECT id::int, total_cents FROM orders ORDER BY id')).toEqual([
      { id: 1, total_cents: 500 },
      { id: 2, total_cents: 0 },
    ])
  }, 30_000)

  test("a migration that fails exits 1 with PostgreSQL's words, and leaves nothing of itself", async () => {
    await migrate().ended
    await inDatabase(
      'ours',
      `INSERT INTO tenants (slug, name) VALUES ('acme', 'Acme');
       INSERT INTO customers (tenant_id, email) VALUES (1, 'Ada@example.com'), (1, 'ada@example.com')`,
    )
    const { exitCode, stdout, stderr } = await migrate(['--also', 'dist/rehearsals/failing']).ended
    expect(exitCode).toBe(1)
    expect(stdout).toContain('Applying 0007_one-account-per-email\n')
    expect(stderr).toBe(
      'ERROR: 0007_one-account-per-email failed and was rolled back: ' +
        'could not create unique index "customers_one_account" (SQLSTATE 23505)\n' +
        'DETAIL: Key (tenant_id, lower(email))=(1, ada@example.com) is duplicated.\nTABLE: customers\n',
    )
    expect(await tables('ours')).toBe(allTables)
  }, 30_000)

  test('SIGTERM rolls back the running migration, and no connection stays behind', async () => {
    const { child, ended, untilSaid } = migrate(['--also', 'dist/rehearsals/slow'])
    await untilSaid('Applying 0007_slow-backfill')
    child.kill('SIGTERM')
    expect(await ended).toMatchObject({
      exitCode: 143,
      stderr: 'Stopped by SIGTERM during 0007_slow-backfill, which was rolled back.\n',
    })
    const [row] = await inDatabase(
      'ours',
      `SELECT (SELECT count(*)::int FROM information_schema.columns WHERE column_name = 'search') AS columns,
              (SELECT count(*)::int FROM pg_stat_activity WHERE application_name LIKE 'shop-migrate%') AS connections`,
    )
    expect(row).toEqual({ columns: 0, connections: 0 })
  }, 30_000)

  test('without DATABASE_NAME it connects to nothing', async () => {
    const { exitCode, stdout, stderr } = await migrate([], { DATABASE_NAME: '' }).ended
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'ERROR: DATABASE_NAME is not set\n',
    })
  })

  test("two at once on one database: the second is refused by the first one's lock", async () => {
    const slow = migrate(['--also', 'dist/rehearsals/slow'])
    await slow.untilSaid('Applying 0007_slow-backfill')
    const second = await migrate(['--also', 'dist/rehearsals/slow']).ended
    slow.child.kill('SIGTERM')
    await slow.ended
    expect(second).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('Another migration is already running'),
    })
  }, 30_000)
})
