import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'

interface Workflow {
  readonly jobs: { readonly summary: { readonly steps: readonly [{ readonly run: string }] } }
}

/** First line that the last job of a workflow writes, as its shell on a runner does. */
const heading = (file: string, env: Readonly<Record<string, string>>): string | undefined => {
  const folder = mkdtempSync(join(tmpdir(), 'summary-step-'))
  try {
    const page = join(folder, 'summary')
    const { run } = (parse(readFileSync(file, 'utf8')) as Workflow).jobs.summary.steps[0]
    const script = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run]
    const { status, stderr } = spawnSync('bash', script, {
      env: { ...env, GITHUB_STEP_SUMMARY: page },
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(stderr)
    return readFileSync(page, 'utf8').split('\n')[0]
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
    expect(heading(file, { DATABASE: 'shop', MIGRATE: result, OUTCOME: outcome })).toBe(`${begin}${words}`)
  })
})
