/**
 * The workflows run for real, by act on this machine, against the local AWS and a PostgreSQL. Judged from the databases
 * and from the requests AWS got, not from act's log. Not part of `npm test`, since it needs act. How to run it, what act
 * cannot do, and what covers that: README.md beside this file.
 */

import { delimiter } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import type { Image } from '../../local/aws/index.ts'
import { NAMES, type Shop, startShop, TENANT_DATABASES } from '../../local/shop.ts'
import { djangoStage } from '../../scripts/tools/stage.ts'
import { type ActOptions, type ActRun, runWorkflow } from './act-run.ts'

jest.setTimeout(120_000)

const repository = NAMES.image.split(':')[0] ?? ''
const [production, health, fintech] = TENANT_DATABASES
const digest = 'sha256:5ca1ab1e5ca1ab1e5ca1ab1e5ca1ab1e5ca1ab1e5ca1ab1e5ca1ab1e5ca1ab1e'

let shop: Shop

/** The application of the tests after it, as an image and as the working copy of the repository. */
const application = (image: () => Image, command?: readonly string[]): void => {
  beforeEach(async () => {
    const images = { [repository]: image() }
    shop = await startShop({ databases: TENANT_DATABASES, images, ...(command && { command }) })
  })
}

const shopApplication = (): void => application(() => ({ folder: 'examples/app', command: ['node', 'dist/server.js'] }))

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
const run = ({
  environment,
  ...options
}: Omit<ActOptions, 'variables' | 'environment'> & Partial<Pick<ActOptions, 'environment'>>) =>
  runWorkflow({
    ...options,
    variables,
    environment: { AWS_ENDPOINT_URL: shop.aws.url, ...shop.aws.oidcEnvironment, ...environment },
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

/** The shared part of the workflows for examples/django: a PostgreSQL for its tests, and a Python that has pip. */
const django = (
  options: Pick<ActOptions, 'workflow' | 'inputs'> & Partial<ActOptions>,
  python = djangoStage('development'),
) => {
  const { host, port, user, password } = shop.postgres
  const database = {
    DATABASE_HOST: host,
    DATABASE_PORT: String(port),
    DATABASE_USER: user,
    DATABASE_PASSWORD: password,
  }
  const environment = { STAND_IN_PYTHON: python.environment?.PATH?.split(delimiter)[0] ?? '' }
  return run({ project: 'examples/django', database, environment, ...options })
}

/** What the containers ran, and on which database. */
const ran = (): readonly string[] =>
  shop.aws.containers.map(({ command, environment }) => `${environment.DATABASE_NAME}: ${command.slice(2).join(' ')}`)

describe('examples/workflows/pipeline.yml on examples/django', () => {
  application(() => djangoStage('production'), ['python', 'manage.py', 'migrate'])

  const pipeline = (database: string, skipTests: boolean, more: Partial<ActOptions> = {}) =>
    django({
      workflow: 'examples/workflows/pipeline.yml',
      inputs: { database, 'skip-tests': String(skipTests), 'functional-tests': 'false' },
      ...more,
    })

  it('tests, builds, migrates and verifies the database that was chosen, by the digest that was pushed', async () => {
    const result = await pipeline(health, false)
    succeeded(result)
    expect(result.told).toEqual([
      expect.stringMatching(new RegExp(`^build target=production push=true tags=${repository}:[0-9a-f]{40} `)),
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
    expect(ran()).toEqual(['migrate', 'verify'].flatMap((word) => inOrder.map((name) => `${name}: ${word}`)))
  })

  it('neither builds nor migrates after failed tests', async () => {
    const files = { 'orders/tests/test_broken.py': 'import no_such_module\n' }
    const result = await pipeline(production, false, { files })
    failed(result)
    expect(result.told).toEqual([])
    expect(requests('RunTask')).toEqual([])
  })

  it('fails with a migration that fails, verifies nothing then, and leaves the databases after it alone', async () => {
    await shop.query(health, 'CREATE TABLE orders_customer (obstacle text)')
    failed(await pipeline('all', true))
    expect(ran()).toEqual([`${fintech}: migrate`, `${health}: migrate`])
    expect((await shop.tableCounts())[production]).toBe(0)
  })

  it('takes all for no database where the list is gone', async () => {
    failed(await pipeline('all', true, { without: ['ALL_DATABASES'] }))
    expect([...requests('RegisterTaskDefinition'), ...requests('RunTask')]).toEqual([])
  })
})

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
  shopApplication()

  it('migrates', async () => {
    succeeded(await run({ workflow: 'examples/workflows/quick-start.yml', inputs: {} }))
    expect(await migrated()).toEqual([production])
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
    expect(result.told).toEqual([
      expect.stringMatching(/^build .* args=VERSION=1 secrets=pip=token-of-no-worth$/),
      `outcome=succeeded digest=${digest} job=success`,
    ])
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
  shopApplication()

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
