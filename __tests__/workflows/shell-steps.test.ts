import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'

interface Workflow {
  readonly jobs: Readonly<
    Record<string, { readonly steps: readonly { readonly name: string; readonly run?: string }[] }>
  >
}

/** Runs the shell of one step as a runner does. */
const runStep = (
  file: string,
  name: string,
  env: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>> = {},
) => {
  const folder = mkdtempSync(join(tmpdir(), 'shell-step-'))
  try {
    const [page, outputs] = [join(folder, 'summary'), join(folder, 'outputs')] as const
    for (const file of [page, outputs]) writeFileSync(file, '')
    const { jobs } = parse(readFileSync(file, 'utf8')) as Workflow
    const step = Object.values(jobs)
      .flatMap(({ steps }) => steps)
      .find((one) => one.name === name)
    const named = Object.keys(files).map((name) => [name, join(folder, `${name}.json`)] as const)
    for (const [name, path] of named) writeFileSync(path, files[name] ?? '')
    const script = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step?.run ?? 'exit 99']
    const { status, stdout } = spawnSync('bash', script, {
      env: {
        PATH: process.env.PATH,
        ...env,
        ...Object.fromEntries(named),
        GITHUB_STEP_SUMMARY: page,
        GITHUB_OUTPUT: outputs,
      },
      encoding: 'utf8',
    })
    return { status, stdout, summary: readFileSync(page, 'utf8'), outputs: readFileSync(outputs, 'utf8') }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe.each([
  ['examples/workflows/pipeline.yml', '## shop: '],
  ['.github/workflows/migrate.yml', '## Migration: '],
])('the last job of %s', (file, begin) => {
  it.each([
    ['success', 'succeeded', 'succeeded'],
    ['failure', 'failed', 'failed'],
    ['skipped', '', 'not attempted'],
    ['failure', '', 'no result, the task may still run'],
    ['cancelled', '', 'no result, the task may still run'],
  ])('after a migrate job that ended as %s with outcome "%s" says: %s', (result, outcome, words) => {
    const env = { CHOSEN: 'shop', MIGRATE: result, OUTCOME: outcome }
    const { status, summary } = runStep(file, 'Sum up', env)
    expect({ status, heading: summary.split('\n')[0] }).toEqual({ status: 0, heading: `${begin}${words}` })
  })
})

describe('the pipeline', () => {
  const pipeline = 'examples/workflows/pipeline.yml'

  it.each([
    [{ MIGRATE: 'failure', OUTCOME: 'failed', DATABASES: '| a | failed | not run |' }, ['| a | failed | not run |']],
    [{ MIGRATE: 'skipped' }, ['| a | not attempted | not run |', '| b | not attempted | not run |']],
    [{ MIGRATE: 'cancelled', NAMES: 'a' }, ['| a | no result, the task may still run | not run |']],
  ])('names every database in the summary of its last job: %j', (env, rows) => {
    const { summary } = runStep(pipeline, 'Sum up', { NAMES: 'a, b', ...env })
    expect(summary.split('\n').filter((line) => /^\| [ab] /.test(line))).toEqual(rows)
  })

  const results = (...of: readonly (readonly [outcome: string, line?: string])[]) =>
    JSON.stringify(of.map(([outcome, line], index) => ({ database: `db_${index}`, outcome, line })))
  const compare = ({ MIGRATE = '', VERIFY = '', ...files }: Readonly<Record<string, string>>) => {
    const env = { MIGRATE, VERIFY, MIGRATED: '/dev/null', VERIFIED: '/dev/null' }
    return runStep(pipeline, 'Compare', env, { MIGRATED: results(['succeeded'], ['succeeded']), ...files })
  }

  it('passes, and says it of each, where all of this run say the same', () => {
    const VERIFIED = results(['succeeded', '57 tables'], ['succeeded', '57 tables'])
    expect(compare({ MIGRATE: 'succeeded', VERIFY: 'success', VERIFIED })).toMatchObject({
      status: 0,
      stdout: '',
      outputs:
        'outcome=succeeded\ndatabases<<END\n| db_0 | succeeded | succeeded |\n| db_1 | succeeded | succeeded |\nEND\n',
    })
  })

  it.each([
    [
      'migrated, but not verified',
      { VERIFY: 'failure', VERIFIED: results(['succeeded', '57 tables'], ['failed', 'orders.0007 is not applied']) },
      'Only the verification failed: see what Verify says.',
      '| db_1 | succeeded | failed |',
    ],
    [
      'migrated, but not verified',
      { VERIFY: 'skipped' },
      'Only the verification failed: see what Verify says.',
      '| db_1 | succeeded | not run |',
    ],
    [
      'migrated, but the databases differ',
      { VERIFY: 'success', VERIFIED: results(['succeeded', '57 tables'], ['succeeded', '58 tables']) },
      'Yet db_0 says 57 tables, db_1 says 58 tables.',
      '| db_1 | succeeded | succeeded |',
    ],
  ])('fails after a verification as "%s" and says that the migration is applied: %j', (outcome, env, words, row) => {
    const { status, stdout, outputs } = compare({ MIGRATE: 'succeeded', ...env })
    expect({ status, outcome: outputs.split('\n')[0] }).toEqual({ status: 1, outcome: `outcome=${outcome}` })
    expect(stdout).toMatch(/^::error title=Migrated, but .*::The migration is applied to db_0, db_1, and stays so\. /)
    expect(stdout).toContain(`${words}\n`)
    expect(outputs).toContain(row)
  })

  it.each([
    ['failed', 'failed'],
    ['timed-out', 'timed-out'],
    ['', 'no result, see what Migrate says'],
  ])('leaves a migration that ended as "%s" to what its own step says: %s', (MIGRATE, outcome) => {
    const { status, stdout, outputs } = compare({
      MIGRATE,
      VERIFY: 'skipped',
      MIGRATED: results(['succeeded'], ['failed']),
    })
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.not.stringContaining('::') })
    expect(outputs).toContain(`outcome=${outcome}\n`)
    expect(outputs).toContain('| db_1 | failed | not run |')
  })

  it('says nothing of databases where the steps before left no results', () => {
    const { status, outputs } = compare({ VERIFY: 'skipped', MIGRATED: '' })
    expect({ status, outputs }).toEqual({
      status: 0,
      outputs: 'outcome=no result, see what Migrate says\ndatabases<<END\nEND\n',
    })
  })

  it('compares more databases than a variable can hold', () => {
    const many = (last: string) =>
      results(
        ...Array.from({ length: 200 }, (_, index) => ['succeeded', index < 199 ? 'x'.repeat(900) : last] as const),
      )
    const same = compare({ MIGRATE: 'succeeded', VERIFY: 'success', VERIFIED: many('x'.repeat(900)) })
    const differing = compare({ MIGRATE: 'succeeded', VERIFY: 'success', VERIFIED: many('58 tables') })
    expect([same.status, differing.status]).toEqual([0, 1])
    expect(differing.stdout).toContain('db_199 says 58 tables.')
  })
})

describe('the first step of examples/workflows/rollback.yml', () => {
  const digest = `sha256:${'5ca1ab1e'.repeat(8)}`
  const read = (IMAGE: string, APP = 'orders', MIGRATION = '0041_customer') =>
    runStep('examples/workflows/rollback.yml', 'Read', { IMAGE, APP, MIGRATION })

  it.each([
    [digest, `@${digest}`],
    ['v1.2-rc.3', ':v1.2-rc.3'],
  ])('makes of the image %s: %s', (image, reference) => {
    expect(read(image)).toMatchObject({ status: 0, outputs: `reference=${reference}\nto=orders 0041_customer\n` })
  })

  it.each([
    ['sha256:5ca1ab1e'],
    ['other/image'],
    [''],
    ['v1\nto=orders zero'],
    ['v1', 'orders; id'],
    ['v1', '--fake'],
    ['v1', 'orders', '0041 --fake'],
    ['v1', 'orders', '$(id)'],
    ['v1', 'orders', ''],
    ['v1', 'orders', '0041\nreference=:v2'],
  ])('hands no other word on: %j', (...typed: readonly [string, string?, string?]) => {
    const { status, outputs, stdout } = read(...typed)
    expect({ status, outputs }).toEqual({ status: 1, outputs: '' })
    expect(stdout).toMatch(/^::error title=No (image|migration)::/)
  })
})

describe('the last step of examples/workflows/drift.yml', () => {
  const compare = (...lines: readonly (string | undefined)[]) => {
    const results = lines.map((line, index) => ({ database: `tenant${index}`, line }))
    return runStep('examples/workflows/drift.yml', 'All say the same', {}, { RESULTS: JSON.stringify(results) })
  }

  it('passes where every database says the same', () => {
    expect(compare('57 tables', '57 tables', '57 tables')).toMatchObject({ status: 0, stdout: '' })
  })

  it('fails and says what each said where one differs, or says nothing', () => {
    expect(compare('57 tables', '58 tables', undefined)).toMatchObject({
      status: 1,
      stdout:
        '::error title=The databases differ::tenant0 says 57 tables, tenant1 says 58 tables, tenant2 says nothing\n',
    })
  })
})
