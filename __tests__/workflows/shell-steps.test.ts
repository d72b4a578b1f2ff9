import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, test } from '@jest/globals'
import { parse } from 'yaml'

interface Workflow {
  readonly jobs: Readonly<
    Record<string, { readonly steps: readonly { readonly name: string; readonly run?: string }[] }>
  >
}

/** Runs the shell of one step as a runner does. */
const runStep = (file: string, name: string, env: Readonly<Record<string, string>>) => {
  const folder = mkdtempSync(join(tmpdir(), 'shell-step-'))
  try {
    const page = join(folder, 'summary')
    writeFileSync(page, '')
    const { jobs } = parse(readFileSync(file, 'utf8')) as Workflow
    const step = Object.values(jobs)
      .flatMap(({ steps }) => steps)
      .find((one) => one.name === name)
    const script = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step?.run ?? 'exit 99']
    const { status, stdout } = spawnSync('bash', script, {
      env: { PATH: process.env.PATH, ...env, GITHUB_STEP_SUMMARY: page },
      encoding: 'utf8',
    })
    return { status, stdout, summary: readFileSync(page, 'utf8') }
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
    const env = { DATABASE: 'shop', MIGRATE: result, OUTCOME: outcome }
    const { status, summary } = runStep(file, 'Sum up', env)
    expect({ status, heading: summary.split('\n')[0] }).toEqual({ status: 0, heading: `${begin}${words}` })
  })
})

test('the last job of the pipeline says of migration and verification apart how they ended', () => {
  const rows = (env: Readonly<Record<string, string>>) =>
    runStep('examples/workflows/pipeline.yml', 'Sum up', { DATABASE: 'shop', ...env })
      .summary.split('\n')
      .filter((line) => /^\| (migrate|verify) /.test(line))
  expect(rows({ MIGRATE: 'failure', MIGRATED: 'succeeded', VERIFIED: 'failed' })).toEqual([
    '| migrate | succeeded |',
    '| verify | failed |',
  ])
  expect(rows({ MIGRATE: 'failure', MIGRATED: 'timed-out' })).toEqual([
    '| migrate | timed-out |',
    '| verify | not run |',
  ])
  expect(rows({ MIGRATE: 'cancelled', MIGRATED: 'succeeded' })[1]).toBe('| verify | no result |')
  expect(rows({ MIGRATE: 'skipped' })).toEqual(['| migrate | skipped |', '| verify | not run |'])
})

describe('the last step of examples/workflows/drift.yml', () => {
  const compare = (...lines: readonly string[]) => {
    const results = lines.map((line, index) => ({ database: `tenant${index}`, line }))
    return runStep('examples/workflows/drift.yml', 'All say the same', { RESULTS: JSON.stringify(results) })
  }

  it('passes where every database says the same', () => {
    expect(compare('57 tables', '57 tables', '57 tables')).toMatchObject({ status: 0, stdout: '' })
  })

  it('fails and says what each said where one differs', () => {
    expect(compare('57 tables', '58 tables')).toMatchObject({
      status: 1,
      stdout: '::error title=The databases differ::tenant0 says 57 tables, tenant1 says 58 tables\n',
    })
  })
})
