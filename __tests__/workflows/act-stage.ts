/** What the tests by act have in common: the local AWS, a PostgreSQL, and what was asked of them. */
import { afterEach, beforeEach, expect, jest } from '@jest/globals'
import type { Image } from '../../local/aws/index.ts'
import { NAMES, type Shop, startShop, TENANT_DATABASES } from '../../local/shop.ts'
import { type ActOptions, type ActRun, runWorkflow } from './act-run.ts'

jest.setTimeout(120_000)

export const repository = NAMES.image.split(':')[0] ?? ''
export const [fintech, health, production] = TENANT_DATABASES
export const digest = 'sha256:5ca1ab1e5ca1ab1e5ca1ab1e5ca1ab1e5ca1ab1e5ca1ab1e5ca1ab1e5ca1ab1e'

export let shop: Shop

/** A shop for each test after it, with this application as the image. */
export const application = (image: () => Image, command?: readonly string[]): void => {
  beforeEach(async () => {
    const images = { [repository]: image() }
    shop = await startShop({ databases: TENANT_DATABASES, images, ...(command && { command }) })
  })
}

afterEach(async () => {
  await shop.close()
})

export const variables = {
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
  CHECK_ROLE: 'arn:aws:iam::123456789012:role/check',
  CHECK_TASK_DEFINITION: NAMES.checkTaskDefinition,
  CHECK_SECRET: NAMES.checkSecret,
  SNAPSHOT_ROLE: 'arn:aws:iam::123456789012:role/snapshot',
  DATABASE_INSTANCE: 'startupwebapp',
  ALL_DATABASES: TENANT_DATABASES.join(', '),
}

/** The workflow as a job with `id-token: write` would see it; keys come from the role, or from the secrets. */
export const run = (options: Pick<ActOptions, 'workflow' | 'inputs'> & Partial<ActOptions>) =>
  runWorkflow({
    ...options,
    variables: { ...variables, ...options.variables },
    environment: { AWS_ENDPOINT_URL: shop.aws.url, ...shop.aws.oidcEnvironment, ...options.environment },
  })

/** The databases that have tables now. */
export const migrated = async (): Promise<readonly string[]> =>
  Object.entries(await shop.tableCounts())
    .filter(([, tables]) => tables > 0)
    .map(([database]) => database)

export const requests = (operation: string) => shop.aws.journal.filter((entry) => entry.operation === operation)

/** Image of every definition that was registered. */
export const imagesRegistered = (): readonly unknown[] =>
  requests('RegisterTaskDefinition').map(({ input }) => (input.containerDefinitions as { image: string }[])[0]?.image)

export const succeeded = ({ exitCode, log }: ActRun): void => {
  if (exitCode !== 0) throw new Error(`act exited with ${exitCode}:\n${log}`)
}

export const failed = ({ exitCode }: ActRun): void => expect(exitCode).not.toBe(0)
