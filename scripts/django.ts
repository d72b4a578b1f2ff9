/**
 * `npm run django`: examples/django as its Dockerfile makes it. The development stage runs its tests; the production
 * stage is the container that migrates three databases of a real PostgreSQL, one at a time, verifies them, asks one of them
 * who holds a lock, and refuses to roll back what it lacks.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { parse } from 'yaml'
import type { Image } from '../local/aws/index.ts'
import { type Check, chapter, READING, type Screen } from '../local/demo/screen.ts'
import type { StepRun } from '../local/runner/run-action.ts'
import { NAMES, type Shop, startShop, TENANT_DATABASES } from '../local/shop.ts'
import { djangoStage, type Play, playAll, playStep, root } from './tools/stage.ts'

const NO_TEST_TOOLS = "import importlib.util, sys; sys.exit(any(map(importlib.util.find_spec, ['ruff', 'selenium'])))"
const ALL_AT_ONCE = { 'database-name': TENANT_DATABASES.join(', '), 'max-parallel': '3', canary: 'false' }

process.exitCode = await playAll(scenes)

async function* scenes(screen: Screen, interrupted: AbortSignal): AsyncGenerator<readonly Check[]> {
  const before = changedFiles()
  chapter(
    screen,
    'A Django application and its migrations, on this machine',
    'Without Docker: what the Dockerfile of examples/django installs is installed (in the first run that takes a while), its',
    'tests run, and its image migrates three databases of a real PostgreSQL as Fargate tasks of a local AWS.',
    '',
    ...READING,
  )
  const image = djangoStage('production')
  const command = ['python', 'manage.py', 'migrate']
  const shop = await startShop({ databases: TENANT_DATABASES, images: { [NAMES.image]: image }, command })
  try {
    yield stages(shop, djangoStage('development'), image)
    const play = { screen, shop, interrupted }
    for (const [index, database] of TENANT_DATABASES.entries())
      yield await migrate(play, database, TENANT_DATABASES.slice(0, index))
    yield await migrateAgain(play)
    yield await verify(play)
    yield await askWhoBlocks(play)
    yield await rollBackWhatTheImageLacks(play)
    yield [{ text: 'the git tree is as it was', held: changedFiles() === before }]
  } finally {
    await shop.close()
  }
}

function changedFiles(): string {
  return spawnSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' }).stdout
}

/** What the stages do without an ECS: the tests, and whether the server would start. */
function stages({ postgres }: Shop, development: Image, production: Image): readonly Check[] {
  const database = {
    DATABASE_NAME: 'tests',
    DATABASE_USER: postgres.user,
    DATABASE_PASSWORD: postgres.password,
    DATABASE_HOST: postgres.host,
    DATABASE_PORT: String(postgres.port),
  }
  const exit = (image: Image, command: readonly string[] = []): number | null =>
    spawnSync(command[0] ?? '', command.slice(1), {
      cwd: image.folder,
      env: { ...image.environment, ...database },
      stdio: ['ignore', 2, 2],
    }).status
  const [server = '', ...options] = production.command ?? []
  return [
    { text: `development: ${development.command?.join(' ')}`, held: exit(development, development.command) === 0 },
    { text: 'development: ruff check .', held: exit(development, ['ruff', 'check', '--no-cache', '.']) === 0 },
    {
      text: 'production: the server would start',
      held: exit(production, [server, '--check-config', ...options]) === 0,
    },
    { text: 'production: no test tools', held: exit(production, ['python', '-c', NO_TEST_TOOLS]) === 0 },
  ]
}

async function migrate(play: Play, database: string, done: readonly string[]): Promise<readonly Check[]> {
  const step = await playStep(play, `Migrate ${database}`, { 'database-name': database })
  const counts = await play.shop.tableCounts()
  const wrong = TENANT_DATABASES.filter((name) => (counts[name] ?? 0) > 0 !== [database, ...done].includes(name))
  return [succeeded(step), { text: `${database} was migrated, and no other`, held: wrong.length === 0 }]
}

async function migrateAgain(play: Play): Promise<readonly Check[]> {
  const step = await playStep(play, 'Migrate all three again, at once', ALL_AT_ONCE)
  const nothing = step.lines.filter(({ text }) => text.includes('No migrations to apply'))
  return [succeeded(step), { text: 'there was nothing to apply', held: nothing.length === TENANT_DATABASES.length }]
}

async function verify(play: Play): Promise<readonly Check[]> {
  const step = await playStep(play, 'Verify all three, at once', { ...ALL_AT_ONCE, command: 'python manage.py verify' })
  const tables = (await play.shop.tableCounts())[TENANT_DATABASES[0]]
  return [
    succeeded(step),
    {
      text: `all three say ${tables} tables`,
      held: step.summary?.includes(`All 3 say: <code>${tables} tables`) === true,
    },
  ]
}

/** The very inputs of docs/recipes.md, while one session waits for another. */
async function askWhoBlocks(play: Play): Promise<readonly Check[]> {
  const [database] = TENANT_DATABASES
  const { host, port, user, password } = play.shop.postgres
  const [holder, waiter] = [0, 1].map(() => new pg.Client({ host, port, user, password, database }))
  if (holder === undefined || waiter === undefined) throw new Error('There are two clients')
  await Promise.all([holder.connect(), waiter.connect()])
  await holder.query('BEGIN; LOCK TABLE django_migrations')
  const { rows } = await holder.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  const waits = waiter.query('SELECT FROM django_migrations')
  const step = await playStep(play, 'Ask who holds a lock', { 'database-name': database, ...askTheDatabase() })
  await holder.end()
  await waits
  await waiter.end()
  const line = step.lines.find(({ text }) => text.includes(`[${rows[0]?.pid}], 'SELECT FROM django_migrations'`))
  return [succeeded(step), { text: 'it names the session that blocks the other', held: line !== undefined }]
}

/** An older image: Django alone says that there is nothing to apply, and exits 0. */
async function rollBackWhatTheImageLacks(play: Play): Promise<readonly Check[]> {
  const [database] = TENANT_DATABASES
  const later = "INSERT INTO django_migrations (app, name, applied) VALUES ('orders', '0003_later', now())"
  await play.shop.query(database, later)
  const command = 'python manage.py rollback orders 0002_paid_at'
  const step = await playStep(play, 'Roll back with an older image', { 'database-name': database, command })
  const named = step.annotations.some(({ message }) => message.includes('applied: orders.0003_later. Nothing was'))
  return [
    { text: 'the step FAILED, as it must', held: step.conclusion === 'failure' && step.outputs.outcome === 'failed' },
    { text: 'the annotation names the migration that the image lacks', held: named },
  ]
}

function askTheDatabase(): Readonly<Record<string, string>> {
  const page = readFileSync(join(root, 'docs', 'recipes.md'), 'utf8')
  return parse(/^## Ask the database$.*?^```yaml$(.*?)^```$/ms.exec(page)?.[1] ?? '')
}

function succeeded({ conclusion, outputs }: StepRun): Check {
  return { text: 'the step passed', held: conclusion === 'success' && outputs.outcome === 'succeeded' }
}
