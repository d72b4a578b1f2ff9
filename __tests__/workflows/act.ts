/**
 * The workflows run for real, by act on this machine, against the local AWS and a PostgreSQL. Judged from the databases
 * and from the requests AWS got, not from act's log. Not part of `npm test`, since it needs act. How to run it, what act
 * cannot do, and what covers that: README.md beside this file.
 */
import { describe, expect, it } from '@jest/globals'
import { NAMES, TENANT_DATABASES } from '../../local/shop.ts'
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

const shopApplication = (): void => application(() => ({ folder: 'examples/app', command: ['node', 'dist/server.js'] }))

/** A table of that name is there already, so the first migration fails. */
const obstruct = (database: string): Promise<void> => shop.query(database, 'CREATE TABLE tenants (obstacle text)')

describe('examples/workflows/deploy.yml', () => {
  shopApplication()

  const push = () => {
    const { cluster, subnets, securityGroup } = NAMES
    shop.aws.seedService({ cluster, serviceName: variables.ECS_SERVICE, subnets, securityGroups: [securityGroup] })
    return run({ workflow: 'examples/workflows/deploy.yml', event: 'push', inputs: {} })
  }

  it('rolls the service after the migration, with the image that migrated', async () => {
    const result = await push()
    succeeded(result)
    expect(await migrated()).toEqual([...TENANT_DATABASES])
    expect(result.calls.slice(1)).toEqual([`deploy ${variables.ECS_SERVICE} rendered-with-${repository}@${digest}`])
  })

  it('leaves the service alone after a migration that failed', async () => {
    await obstruct(fintech)
    const result = await push()
    failed(result)
    expect(requests('RunTask')).toHaveLength(1)
    expect(result.calls).toEqual([expect.stringMatching(/^build /)])
  })
})

describe('examples/workflows/quick-start.yml', () => {
  shopApplication()

  it('migrates the database that was chosen', async () => {
    succeeded(await run({ workflow: 'examples/workflows/quick-start.yml', inputs: { database: health } }))
    expect(await migrated()).toEqual([health])
  })
})

describe('.github/workflows/migrate.yml, called by another repository', () => {
  shopApplication()

  const secrets = {
    AWS_ACCESS_KEY_ID: 'AKIALOCALLOCALLOCAL1',
    AWS_SECRET_ACCESS_KEY: 'local-secret-access-key-of-no-worth',
    BUILD_SECRETS: 'pip=token-of-no-worth',
  }
  const call = (inputs: Readonly<Record<string, string>>) =>
    run({ workflow: '__tests__/workflows/fixtures/caller.yml', inputs, secrets })

  it('builds, migrates the image it built, and hands outcome and digest to the next job', async () => {
    const result = await call({ database: production })
    succeeded(result)
    expect(await migrated()).toEqual([production])
    expect(imagesRegistered()).toEqual([`${repository}@${digest}`])
    expect(result.calls).toEqual([
      expect.stringMatching(/^build .* args=VERSION=1 secrets=pip=token-of-no-worth$/),
      `outcome=succeeded digest=${digest} job=success`,
    ])
  })

  it('builds nothing where an image is given', async () => {
    const result = await call({ database: fintech, image: `${repository}:3f2a1c9` })
    succeeded(result)
    expect(await migrated()).toEqual([fintech])
    expect(result.calls).toEqual(['outcome=succeeded digest= job=success'])
  })

  it('fails with the migration', async () => {
    await obstruct(production)
    failed(await call({ database: production, image: `${repository}:3f2a1c9` }))
    expect(requests('RunTask')).toHaveLength(1)
    expect(shop.aws.containers.map(({ exitCode }) => exitCode)).toEqual([1])
  })
})

describe('uses: ./', () => {
  shopApplication()

  const own = (inputs: Readonly<Record<string, string>>) =>
    run({ workflow: '__tests__/workflows/fixtures/own-action.yml', inputs, inOwnRepository: true })

  it('migrates with a role assumed by OIDC', async () => {
    const result = await own({ database: production })
    succeeded(result)
    expect(requests('AssumeRoleWithWebIdentity')[0]?.input.RoleArn).toBe(variables.MIGRATION_ROLE)
    expect(await migrated()).toEqual([production])
    expect(result.calls).toEqual(['outcome=succeeded exit-code=0 job=success'])
  })

  it('starts nothing in a dry run', async () => {
    const result = await own({ database: production, 'dry-run': 'true' })
    succeeded(result)
    expect([...requests('RegisterTaskDefinition'), ...requests('RunTask')]).toEqual([])
    expect(result.calls).toEqual(['outcome=dry-run exit-code= job=success'])
  })

  it('fails with the exit code of the migration', async () => {
    await obstruct(production)
    const result = await own({ database: production })
    failed(result)
    expect(result.calls).toEqual(['outcome=failed exit-code=1 job=failure'])
  })

  it('leaves no active revision and no running container behind', async () => {
    succeeded(await own({ database: `${production}, ${health}` }))
    expect(requests('DeregisterTaskDefinition')).toHaveLength(requests('RegisterTaskDefinition').length)
    expect(shop.aws.containers.filter(({ exitedAt }) => exitedAt === undefined)).toEqual([])
  })
})
