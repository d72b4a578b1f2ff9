/** The pipeline and the recipes run by act on examples/django: see act.ts. */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { TENANT_DATABASES } from '../../local/shop.ts'
import { djangoStage } from '../../scripts/tools/stage.ts'
import type { ActOptions } from './act-run.ts'
import {
  application,
  digest,
  failed,
  fintech,
  health,
  imagesRegistered,
  migrated,
  production,
  repository,
  requests,
  run,
  shop,
  succeeded,
  variables,
} from './act-stage.ts'
import { restoreCommand, withRds } from './rds.ts'

const onDjango = (): void => application(() => djangoStage('production'), ['python', 'manage.py', 'migrate'])

/** The variables of examples/django. */
const databaseOf = (name: string) => {
  const { host, port, user, password } = shop.postgres
  return {
    DATABASE_NAME: name,
    DATABASE_HOST: host,
    DATABASE_PORT: String(port),
    DATABASE_USER: user,
    DATABASE_PASSWORD: password,
  }
}

/** A workflow in the repository of examples/django; its tests have a PostgreSQL, and a Python that has pip. */
const django = (options: Pick<ActOptions, 'workflow' | 'inputs'> & Partial<ActOptions>) => {
  const python = djangoStage('development').environment?.PATH?.split(delimiter)[0] ?? ''
  const environment = { STAND_IN_PYTHON: python, ...options.environment }
  return run({ project: 'examples/django', database: databaseOf('tests'), ...options, environment })
}

const recipe = (name: string, inputs: Readonly<Record<string, string>> = {}, more: Partial<ActOptions> = {}) =>
  run({ workflow: `examples/workflows/${name}.yml`, inputs, ...more })

const migrateByHand = (database: string): void => {
  const { environment, folder } = djangoStage('production')
  const env = { ...environment, ...databaseOf(database) }
  const { status, stderr } = spawnSync('python', ['manage.py', 'migrate'], { cwd: folder, env, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
}

/** What the containers ran, and on which database. */
const ran = (): readonly string[] =>
  shop.aws.containers.map(({ command, environment }) => `${environment.DATABASE_NAME}: ${command.slice(2).join(' ')}`)

describe('examples/workflows/pipeline.yml on examples/django', () => {
  onDjango()

  const pipeline = (database: string, skipTests: boolean, more: Partial<ActOptions> = {}) =>
    django({
      workflow: 'examples/workflows/pipeline.yml',
      notesSummary: true,
      inputs: { database, 'skip-tests': String(skipTests), 'functional-tests': 'false' },
      ...more,
    })

  const summed = (heading: string, ...rows: readonly string[]) => [
    `## ${heading}`,
    '| database | migrate | verify |',
    '|---|---|---|',
    ...rows.map((row) => `| ${row} |`),
  ]

  it('tests, builds, migrates and verifies the database that was chosen, by the digest that was pushed', async () => {
    const result = await pipeline(health, false)
    succeeded(result)
    expect(result.calls).toEqual([
      expect.stringMatching(new RegExp(`^build target=production push=true tags=${repository}:[0-9a-f]{40} `)),
      ...summed(`${health}: succeeded`, `${health} | succeeded | succeeded`),
    ])
    expect(await migrated()).toEqual([health])
    expect(ran()).toEqual([`${health}: migrate`, `${health}: verify`])
    expect(new Set(imagesRegistered())).toEqual(new Set([`${repository}@${digest}`]))
  })

  it('migrates every database where all is chosen, the least important first, and skips the tests where that is ticked', async () => {
    const result = await pipeline('all', true)
    succeeded(result)
    expect(await migrated()).toEqual([...TENANT_DATABASES])
    const inOrder = [fintech, health, production]
    expect(ran().slice(0, 3)).toEqual(inOrder.map((name) => `${name}: migrate`))
    expect(ran().slice(3).sort()).toEqual(inOrder.map((name) => `${name}: verify`).sort())
  })

  it('neither builds nor migrates after failed tests', async () => {
    const files = { 'orders/tests/test_broken.py': 'import no_such_module\n' }
    const result = await pipeline(production, false, { files })
    failed(result)
    expect(result.calls[0]).toBe(`## ${production}: not attempted`)
    expect(requests('RunTask')).toEqual([])
  })

  it('fails with a migration that fails, verifies nothing then, and leaves the databases after it alone', async () => {
    await shop.query(health, 'CREATE TABLE orders_customer (obstacle text)')
    const result = await pipeline('all', true)
    failed(result)
    expect(result.calls.slice(1)).toEqual(
      summed(
        'all: failed',
        `${fintech} | succeeded | not run`,
        `${health} | failed | not run`,
        `${production} | skipped | not run`,
      ),
    )
    expect(ran()).toEqual([`${fintech}: migrate`, `${health}: migrate`])
    expect((await shop.tableCounts())[production]).toBe(0)
  })

  it('changes nothing where the settings read another variable than the one that the action sets', async () => {
    const settings = join(djangoStage('production').folder, 'startupwebapp', 'settings.py')
    const text = readFileSync(settings, 'utf8')
    const other = text.replace('required("DATABASE_NAME")', `os.environ.get("DB_NAME", "${fintech}")`)
    expect(other).not.toBe(text)
    writeFileSync(settings, other)
    const result = await pipeline(production, true)
    failed(result)
    expect(await migrated()).toEqual([])
    expect(result.calls.slice(1)).toEqual(summed(`${production}: failed`, `${production} | failed | not run`))
  })

  it('does not call a success what was migrated and fails the verification', async () => {
    const result = await pipeline(fintech, true, { commands: { Verify: 'python manage.py check --tag no_such_tag' } })
    failed(result)
    expect(await migrated()).toEqual([fintech])
    expect(result.calls.slice(1)).toEqual(
      summed(`${fintech}: migrated, but not verified`, `${fintech} | succeeded | failed`),
    )
  })

  it('does not call a success either what was migrated everywhere and left databases that differ', async () => {
    await shop.query(health, 'CREATE TABLE made_by_hand (id int)')
    const result = await pipeline('all', true)
    failed(result)
    expect(ran()).toHaveLength(6)
    const rows = [fintech, health, production].map((name) => `${name} | succeeded | succeeded`)
    expect(result.calls.slice(1)).toEqual(summed('all: migrated, but the databases differ', ...rows))
  })

  it('takes all for no database where the list is not set', async () => {
    const result = await pipeline('all', true, { variables: { ALL_DATABASES: '' } })
    failed(result)
    expect(result.calls.slice(1)).toEqual(summed('all: no result, see what Migrate says'))
    expect([...requests('RegisterTaskDefinition'), ...requests('RunTask')]).toEqual([])
  })
})

describe('examples/workflows/create-databases.yml', () => {
  onDjango()

  it('creates what is missing and leaves what is there', async () => {
    succeeded(await recipe('create-databases', { names: `${health} new_tenant` }))
    expect(ran()).toEqual([`postgres: create_databases ${health} new_tenant`])
    expect(await shop.query('new_tenant', 'SELECT 1')).toBeUndefined()
  })
})

describe('examples/workflows/create-read-only-user.yml and drift.yml', () => {
  onDjango()

  it('connects as a user that may only read, and fails where one database has another number of tables', async () => {
    for (const database of TENANT_DATABASES) migrateByHand(database)
    await shop.query(health, 'CREATE TABLE made_by_hand (id int)')
    succeeded(await recipe('create-read-only-user'))
    failed(await recipe('drift'))
    const [created, ...checks] = ran()
    expect(created).toBe('postgres: create_read_only_user')
    expect(checks.sort()).toEqual([...TENANT_DATABASES].sort().map((name) => `${name}: verify`))
    expect(shop.aws.containers.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0])
    expect(shop.aws.containers.map(({ environment }) => environment.DATABASE_USER).slice(1)).toEqual(
      TENANT_DATABASES.map(() => 'checks'),
    )
  })
})

describe('examples/workflows/plan.yml', () => {
  onDjango()

  it('shows the plan, then migrates with the image that planned', async () => {
    await shop.query('postgres', "CREATE ROLE checks LOGIN PASSWORD 'not-secret' IN ROLE pg_read_all_data")
    succeeded(await recipe('plan', { database: health }))
    expect(ran()).toEqual([`${health}: migrate --plan`, `${health}: migrate`])
    expect(new Set(imagesRegistered()).size).toBe(1)
    expect(await migrated()).toEqual([health])
  })
})

describe('examples/workflows/rollback.yml', () => {
  onDjango()

  it('takes the chosen database back to the migration that is named, and the recipe tells the databases apart', async () => {
    for (const database of TENANT_DATABASES) migrateByHand(database)
    await shop.query('postgres', "CREATE ROLE checks LOGIN PASSWORD 'not-secret' IN ROLE pg_read_all_data")
    succeeded(await recipe('rollback', { database: health, image: digest, app: 'orders', migration: '0001_initial' }))
    expect(ran()).toEqual([`${health}: rollback orders 0001_initial`])
    expect(imagesRegistered()).toEqual([`${repository}@${digest}`])
    await expect(shop.query(health, 'SELECT paid_at FROM orders_order')).rejects.toThrow('paid_at')
    await shop.query(production, 'SELECT paid_at FROM orders_order')
    const which = /^command: (sh -ec .*showmigrations.*)$/m.exec(readFileSync('docs/recipes.md', 'utf8'))?.[1] ?? ''
    const list = () => recipe('drift', {}, { commands: { 'Verify every database': which } })
    failed(await list())
    migrateByHand(health)
    succeeded(await list())
    expect(shop.aws.containers.map(({ exitCode }) => exitCode)).toEqual(Array(7).fill(0))
  })
})

describe('examples/workflows/snapshot.yml', () => {
  onDjango()

  it('takes a snapshot of the instance before it migrates, and names the command that restores it', async () => {
    await withRds(async (aws) => {
      succeeded(await recipe('snapshot', {}, { ...aws, variables: { ALL_DATABASES: production } }))
      const query = 'DBSnapshots[].[DBSnapshotIdentifier,Status]'
      const manual = ['--snapshot-type', 'manual', '--query', query]
      expect(aws.call('describe-db-snapshots', ...manual)).toMatch(/^before-migration-\S+\tavailable$/)
      expect(ran()).toEqual([`${production}: migrate`])
      aws.shell(restoreCommand(aws))
      const restored = ['--db-instance-identifier', `${variables.DATABASE_INSTANCE}-restored`]
      expect(aws.call('describe-db-instances', ...restored, '--query', 'DBInstances[].Engine')).toBe('postgres')
    })
  })
})
