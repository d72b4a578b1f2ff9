/** examples/workflows/long-migration.yml by act, with minutes as seconds: see act.ts. */
import { describe, expect, it } from '@jest/globals'
import { application, failed, production, requests, run, succeeded } from './act-stage.ts'

const LIMIT_MINUTES = 0.25

const runLong = () =>
  run({
    workflow: 'examples/workflows/long-migration.yml',
    inputs: { database: production },
    limitMinutes: { migrate: LIMIT_MINUTES },
  })

const image = { folder: 'examples/app', command: ['node', 'dist/server.js'] }

describe('a migration that outlives the first job', () => {
  application(() => image, ['sh', '-c', 'sleep 40; echo Done'])

  it('is followed by the second one to its end', async () => {
    succeeded(await runLong())
    expect(requests('RunTask')).toHaveLength(1)
    expect(requests('StopTask')).toHaveLength(0)
    expect(requests('RegisterTaskDefinition')).toHaveLength(1)
    // The second one finds it INACTIVE already.
    expect(requests('DeregisterTaskDefinition').length).toBeGreaterThan(0)
  })
})

describe('a migration that fails in the first job', () => {
  application(() => image, ['sh', '-c', 'echo no; exit 1'])

  it('fails the run and is not started again', async () => {
    failed(await runLong())
    expect(requests('RunTask')).toHaveLength(1)
  })
})
