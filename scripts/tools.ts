/**
 * `npm run tools`: migrations that fail for real. Django, node-pg-migrate and golang-migrate run as the container against a
 * PostgreSQL, on a conflict that only the database knows; the step must name the cause. Needs Python, npm and Go.
 */
import { cpSync, readFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { exec } from '@actions/exec'
import pg from 'pg'
import { parse } from 'yaml'
import type { Image } from '../local/aws/index.ts'
import type { Check, Screen } from '../local/demo/screen.ts'
import type { StepRun } from '../local/runner/run-action.ts'
import { NAMES, type Shop, startShop, TENANT_DATABASES } from '../local/shop.ts'
import { snippetsIn } from './check-docs.ts'
import { djangoStage, installOnce, type Play, playAll, playStep, root, toolFolder } from './tools/stage.ts'

const [database] = TENANT_DATABASES

process.exitCode = await playAll(scenes)

async function* scenes(screen: Screen, interrupted: AbortSignal): AsyncGenerator<readonly Check[]> {
  const images = { django: djangoStage('production'), node: await nodePgMigrate(), go: await golangMigrate() }
  // At once, for most of a step is waiting; each is shown when it is over.
  const on = async (image: Image, scene: (play: Play) => Promise<readonly Check[]>) => {
    const lines: string[] = []
    const shop = await startShop({ databases: [database], images: { [NAMES.image]: image } })
    const own = { ...screen, write: (line: string) => void lines.push(line) }
    const checks = await scene({ screen: own, shop, interrupted }).finally(() => shop.close())
    return { lines, checks }
  }
  for (const { lines, checks } of await Promise.all([
    on(images.django, django),
    on(images.node, node),
    on(images.go, go),
  ])) {
    for (const line of lines) screen.write(line)
    yield checks
  }
}

/** The tool in a shell that puts the URL together, as docs/frameworks.md shows it. */
function withUrl(command: string): string {
  const url = 'postgresql://$DATABASE_USER:$DATABASE_PASSWORD@$DATABASE_HOST:$DATABASE_PORT/$DATABASE_NAME'
  return JSON.stringify(['sh', '-ec', `export DATABASE_URL="${url}?sslmode=disable"; exec ${command}`])
}

/** Rows that break a constraint which a migration adds; then somebody who holds a lock on the table. */
async function django(play: Play): Promise<readonly Check[]> {
  const migrate = (title: string, words: string, more = {}): Promise<StepRun> =>
    playStep(play, title, { 'database-name': database, command: `python manage.py migrate ${words}`, ...more })
  const first = await migrate('Django: the first migrations', 'orders 0001')
  await play.shop.query(
    database,
    "INSERT INTO orders_customer (email, created_at) VALUES ('ada@example.com', now());" +
      'INSERT INTO orders_order (customer_id, total) SELECT id, -1 FROM orders_customer',
  )
  const broken = await migrate('Django: a check constraint that rows violate', '')
  await play.shop.query(database, 'UPDATE orders_order SET total = 1')
  const locked = await whileLocked(play.shop, 'orders_order', () =>
    migrate('Django: somebody holds a lock, and the lock guard of docs/recipes.md', '', lockGuard()),
  )
  return [
    { text: 'the first migrations were applied', held: first.outputs.outcome === 'succeeded' },
    ...failed(broken, 'check', 'orders_total_not_negative', 1),
    ...failed(locked, 'lock-timeout', 'lock timeout', 1),
    {
      text: 'the lock guard ended it after 5 s, not after an hour',
      held: Number(locked.outputs['duration-seconds']) < 30,
    },
  ]
}

async function node(play: Play): Promise<readonly Check[]> {
  const command = withUrl('node-pg-migrate up --migrations-dir migrations')
  const step = await playStep(play, 'node-pg-migrate: rows that are not unique', { 'database-name': database, command })
  return failed(step, 'unique', 'one_account_per_email', 1)
}

/** golang-migrate leaves a mark of the failure: the second run fails for the mark, and its cause is the first one. */
async function go(play: Play): Promise<readonly Check[]> {
  const command = withUrl('migrate -path migrations -database "$DATABASE_URL" up')
  const inputs = { 'database-name': database, command }
  const first = await playStep(play, 'golang-migrate: a table that is not there', inputs)
  const second = await playStep(play, 'golang-migrate: the run after it', inputs)
  return [...failed(first, 'no-relation', 'invoices', 1), ...failed(second, 'dirty', 'Dirty database version', 1)]
}

/** What must hold of a step whose migration failed: exit code, cause and the line that says why, wherever people look. */
function failed(step: StepRun, cause: string, words: string, exitCode: number): readonly Check[] {
  const [result] = JSON.parse(step.outputs.results ?? '[]') as readonly {
    cause?: string
    line?: string
    reason?: string
  }[]
  const annotation = step.annotations.find(({ type }) => type === 'error')?.message ?? ''
  return [
    { text: 'the step FAILED, as it must', held: step.conclusion === 'failure' && step.outputs.outcome === 'failed' },
    { text: `the exit code is the tool's: ${exitCode}`, held: step.outputs['exit-code'] === String(exitCode) },
    {
      text: `results and outputs name the cause: ${cause}`,
      held: result?.cause === cause && step.outputs.cause === cause,
    },
    {
      text: `annotation, summary and results quote "${words}"`,
      held: [annotation, step.summary, result?.reason].every((text) => text?.includes(words)),
    },
  ]
}

async function whileLocked<T>({ postgres }: Shop, table: string, work: () => Promise<T>): Promise<T> {
  const { host, port, user, password } = postgres
  const client = new pg.Client({ host, port, user, password, database })
  await client.connect()
  try {
    await client.query(`BEGIN; LOCK TABLE ${table} IN ACCESS SHARE MODE`)
    return await work()
  } finally {
    await client.end()
  }
}

/** The inputs of the step in docs/recipes.md that has PGOPTIONS. */
function lockGuard(): Readonly<Record<string, string>> {
  const page = 'docs/recipes.md'
  const found = snippetsIn(page, readFileSync(join(root, page), 'utf8')).find(({ text }) => text.includes('PGOPTIONS'))
  return parse(found?.text ?? '{}') as Readonly<Record<string, string>>
}

async function nodePgMigrate(): Promise<Image> {
  const folder = toolFolder('node-pg-migrate')
  const bin = join(folder, 'node_modules', '.bin')
  await installOnce(join(bin, 'node-pg-migrate'), () =>
    exec('npm', ['install', '--no-save', '--silent', '--prefix', folder, 'node-pg-migrate@9.0.0', 'pg@8.23.1']),
  )
  return imageOf('node-pg-migrate', bin)
}

async function golangMigrate(): Promise<Image> {
  const folder = toolFolder('golang-migrate')
  await installOnce(join(folder, 'migrate'), () =>
    exec('go', ['install', '-tags', 'postgres', 'github.com/golang-migrate/migrate/v4/cmd/migrate@v4.20.1'], {
      env: { ...(process.env as Record<string, string>), GOBIN: folder },
    }),
  )
  return imageOf('golang-migrate', folder)
}

/** A container with the tool in its PATH, and the migrations that lie beside this script. */
function imageOf(name: string, bin: string): Image {
  const folder = join(toolFolder(name), 'app')
  cpSync(join(root, 'scripts', 'tools', name), join(folder, 'migrations'), { recursive: true })
  const PATH = [bin, dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter)
  return { folder, environment: { PATH } }
}
