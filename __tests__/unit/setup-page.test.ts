import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { SETUP_STEPS, withSetupStep } from '../../src/explain/setup-page.ts'
import { sourceUrl } from '../../src/github/run-context.ts'

const missing = (code: string) => ({ code, reason: 'There is none.', remedy: 'Check the name.' })

describe('the step of docs/setup.md that makes what is missing', () => {
  it.each([
    [{ GITHUB_ACTION_REPOSITORY: 'startup/run-ecs-migration', GITHUB_ACTION_REF: 'v1.2.0' }, 'https://github.com'],
    [
      {
        GITHUB_SERVER_URL: 'https://git.example.com',
        GITHUB_ACTION_REPOSITORY: 'startup/run-ecs-migration',
        GITHUB_ACTION_REF: 'v1.2.0',
      },
      'https://git.example.com',
    ],
  ])('is a link into the repository and version that run: %j', (env, server) => {
    expect(withSetupStep(missing('no-route'), sourceUrl(env)).remedy).toBe(
      `Check the name. Not made yet? ${server}/startup/run-ecs-migration/blob/v1.2.0/docs/setup.md#2-a-way-out-for-the-task`,
    )
  })

  it('is named where the step uses a folder, which has no address', () => {
    const { remedy } = withSetupStep(missing('cluster-not-found'), sourceUrl({ GITHUB_ACTION_REPOSITORY: '' }))
    expect(remedy).toBe('Check the name. Not made yet? docs/setup.md#3-everything-else-in-aws')
  })

  it('is not named of what no step makes', () => {
    expect(withSetupStep(missing('server'), undefined).remedy).toBe('Check the name.')
  })

  it('is given for codes that the action has', () => {
    const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('setup-page.ts'))
      .map((name) => readFileSync(`src/${name}`, 'utf8'))
      .join('')
    const unknown = Object.keys(SETUP_STEPS).filter((code) => !new RegExp(`(?:code|id): '${code}'`).test(sources))
    expect(unknown).toEqual([])
  })
})
