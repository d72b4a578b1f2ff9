/**
 * The workflows run for real, by act on this machine, against the local AWS and a PostgreSQL. Judged from the databases
 * and from the requests AWS got, not from act's log. Not part of `npm test`, since it needs act:
 *
 *     scripts/infra/install-tools.sh && npm run test:workflows
 *
 * What act cannot do, and what covers it: README.md beside this file.
 */
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { NAMES, type Shop, startShop, TENANT_DATABASES } from '../../local/shop.ts'
import { type ActOptions, type ActRun, runWorkflow } from './act-run.ts'

jest.setTimeout(120_000)

const repository = NAMES.image.split(':')[0] ?? ''
const [production, health, fintech] = TENANT_DATABASES
const digest = 'sha256:5ca1ab1e5ca1ab1e5ca1ab1e5ca1ab1e5ca1ab1e5ca1ab1e5ca1ab1e5ca1ab1e'

let shop: Shop

beforeEach(async () => {
  const image = { folder: 'examples/app', command: ['node', 'dist/server.js'] }
  shop = await startShop({ databases: TENANT_DATABASES, images: { [repository]: image } })
})

afterEach(async () => {
  await shop.close()
})

const variables = {
  AWS_REGION: 'us-east-1',
  IMAGE_REPOSITORY: repository,
  MIGRATION_ROLE: 'arn:aws:iam::123456789012:role/migration',
  BUILD_ROLE: 'arn:aws:iam::123456789012:role/build',
  MIGRATION_TASK_DEFINITION: NAMES.taskDefinition,
  ECS_CLUSTER: NAMES.cluster,
  MIGRATION_SUBNETS: NAMES.subnets.join(','),
  MIGRATION_SECURITY_GROUPS: NAMES.securityGroup,
  DEPLOY_ROLE: 'arn:aws:iam::123456789012:role/deploy',
  ECS_SERVICE: 'startupwebapp-service',
  SERVICE_TASK_DEFINITION: 'startupwebapp-service-task',
  SERVICE_CONTAINER: 'web',
  ALL_DATABASES: TENANT_DATABASES.join(', '),
}

/** The workflow as a job with `id-token: write` would see it; keys come from the role, or from the secrets. */
const run = (
  options: Pick<ActOptions, 'workflow' | 'event' | 'inputs' | 'dockerExit' | 'inOwnRepository' | 'secrets'>,
) =>
  runWorkflow({
    ...options,
    variables,
    environment: { AWS_ENDPOINT_URL: shop.aws.url, ...shop.aws.oidcEnvironment },
  })

/** The databases that have tables now. */
const migrated = async (): Promise<readonly string[]> =>
  Object.entries(await shop.tableCounts())
    .filter(([, tables]) => tables > 0)
    .map(([database]) => database)

const requests = (operation: string) => shop.aws.journal.filter((entry) => entry.operation === operation)

/** Image of every definition that was registered. */
const imagesRegistered = (): readonly unknown[] =>
  requests('RegisterTaskDefinition').map(({ input }) => (input.containerDefinitions as { image: string }[])[0]?.image)

/** A table of that name is there already, so the first migration fails. */
const obstruct = (database: string): Promise<void> => shop.query(database, 'CREATE TABLE tenants (obstacle text)')

const succeeded = ({ exitCode, log }: ActRun): void => {
  if (exitCode !== 0) throw new Error(`act exited with ${exitCode}:\n${log}`)
}

const failed = ({ exitCode }: ActRun): void => expect(exitCode).not.toBe(0)

describe('examples/workflows/pipeline.yml', () => {
  const pipeline = (database: string, skipTests: boolean, dockerExit = 0) =>
    run({
      workflow: 'examples/workflows/pipeline.yml',
      inputs: { database, 'skip-tests': String(skipTests) },
      dockerExit,
    })

  it('tests, builds, and migrates the database that was chosen, by the digest that was pushed', async () => {
    const result = await pipeline(health, false)
    succeeded(result)
    expect(result.told).toEqual([
      'docker build --target development --tag app-tests .',
      'docker run --rm app-tests python manage.py test',
      expect.stringMatching(new RegExp(`^build target=production push=true tags=${repository}:[0-9a-f]{40} `)),
    ])
    expect(await migrated()).toEqual([health])
    expect(imagesRegistered()).toEqual([`${repository}@${digest}`])
  })

  it('migrates every database where all is chosen, and skips the tests where that is ticked', async () => {
    const result = await pipeline('all', true)
    succeeded(result)
    expect(result.told).toEqual([expect.stringMatching(/^build /)])
    expect(await migrated()).toEqual([...TENANT_DATABASES])
    expect(requests('RunTask')).toHaveLength(3)
    expect(requests('RegisterTaskDefinition')).toHaveLength(1)
  })

  it('neither builds nor migrates after failed tests', async () => {
    const result = await pipeline(production, false, 1)
    failed(result)
    expect(result.told).toEqual(['docker build --target development --tag app-tests .'])
    expect(requests('RunTask')).toEqual([])
  })

  it('fails with a migration that fails, and leaves the databases after it alone', async () => {
    await obstruct(health)
    failed(await pipeline('all', true))
    expect(requests('RunTask')).toHaveLength(2)
    expect((await shop.tableCounts())[fintech]).toBe(0)
  })
})

describe('examples/workflows/deploy.yml', () => {
  const push = () => {
    const { cluster, subnets, securityGroup } = NAMES
    shop.aws.seedService({ cluster, serviceName: variables.ECS_SERVICE, subnets, securityGroups: [securityGroup] })
    return run({ workflow: 'examples/workflows/deploy.yml', event: 'push', inputs: {} })
  }

  it('rolls the service after the migration, with the image that migrated', async () => {
    const result = await push()
    succeeded(result)
    expect(await migrated()).toEqual([...TENANT_DATABASES])
    expect(result.told.slice(1)).toEqual([`deploy ${variables.ECS_SERVICE} rendered-with-${repository}@${digest}`])
  })

  it('leaves the service alone after a migration that failed', async () => {
    await obstruct(production)
    const result = await push()
    failed(result)
    expect(requests('RunTask')).toHaveLength(1)
    expect(result.told).toEqual([expect.stringMatching(/^build /)])
  })
})

describe('examples/workflows/quick-start.yml', () => {
  it('migrates', async () => {
    succeeded(await run({ workflow: 'examples/workflows/quick-start.yml', inputs: {} }))
    expect(await migrated()).toEqual([production])
  })
})

describe('.github/workflows/migrate.yml, called by another repository', () => {
  const secrets = {
    AWS_ACCESS_KEY_ID: 'AKIALOCALLOCALLOCAL1',
    AWS_SECRET_ACCESS_KEY: 'local-secret-access-key-of-no-worth',
  }
  const call = (inputs: Readonly<Record<string, string>>) =>
    run({ workflow: '__tests__/workflows/fixtures/caller.yml', inputs, secrets })

  it('builds, migrates the image it built, and hands outcome and digest to the next job', async () => {
    const result = await call({ database: production })
    succeeded(result)
    expect(await migrated()).toEqual([production])
    expect(imagesRegistered()).toEqual([`${repository}@${digest}`])
    expect(result.told).toContain(`outcome=succeeded digest=${digest} job=success`)
  })

  it('builds nothing where an image is given', async () => {
    const result = await call({ database: fintech, image: `${repository}:3f2a1c9` })
    succeeded(result)
    expect(await migrated()).toEqual([fintech])
    expect(result.told).toEqual(['outcome=succeeded digest= job=success'])
  })

  it('fails with the migration', async () => {
    await obstruct(production)
    failed(await call({ database: production, image: `${repository}:3f2a1c9` }))
    expect(requests('RunTask')).toHaveLength(1)
    expect(shop.aws.containers.map(({ exitCode }) => exitCode)).toEqual([1])
  })
})

describe('uses: ./', () => {
  const own = (inputs: Readonly<Record<string, string>>) =>
    run({ workflow: '__tests__/workflows/fixtures/own-action.yml', inputs, inOwnRepository: true })

  it('migrates with a role assumed by OIDC', async () => {
    const result = await own({ database: production })
    succeeded(result)
    expect(requests('AssumeRoleWithWebIdentity')[0]?.input.RoleArn).toBe(variables.MIGRATION_ROLE)
    expect(await migrated()).toEqual([production])
    expect(result.told).toEqual(['outcome=succeeded exit-code=0 job=success'])
  })

  it('starts nothing in a dry run', async () => {
    const result = await own({ database: production, 'dry-run': 'true' })
    succeeded(result)
    expect([...requests('RegisterTaskDefinition'), ...requests('RunTask')]).toEqual([])
    expect(result.told).toEqual(['outcome=dry-run exit-code= job=success'])
  })

  it('fails with the exit code of the migration', async () => {
    await obstruct(production)
    const result = await own({ database: production })
    failed(result)
    expect(result.told).toEqual(['outcome=failed exit-code=1 job=failure'])
  })

  it('leaves no active revision and no running container behind', async () => {
    succeeded(await own({ database: `${production}, ${health}` }))
    expect(requests('DeregisterTaskDefinition')).toHaveLength(requests('RegisterTaskDefinition').length)
    expect(shop.aws.containers.filter(({ exitedAt }) => exitedAt === undefined)).toEqual([])
  })
})
