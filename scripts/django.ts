/** `npm run django`: a real Django 4.2 `manage.py migrate` as the container, for three databases, one at a time. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { exec } from '@actions/exec'
import type { Image } from '../local/aws/index.ts'
import { interruptible } from '../local/interruptible.ts'
import { repositoryRoot } from '../local/repository.ts'
import { runAction, type StepRun } from '../local/runner/run-action.ts'
import { NAMES, type Shop, startShop, TENANT_DATABASES } from '../local/shop.ts'

const root = repositoryRoot()
const project = join(root, 'examples', 'django')
const venv = join(root, 'build', 'django')
const python = join(venv, 'bin', 'python')

process.exitCode = await interruptible(play)

async function play(interrupted: AbortSignal): Promise<number> {
  const image = await prepareImage()
  const shop = await startShop({ databases: TENANT_DATABASES, images: { [NAMES.image]: image } })
  const problems: string[] = []
  const done: string[] = []
  try {
    for (const database of TENANT_DATABASES) {
      console.log(`\n${database}`)
      problems.push(...(await judge(shop, database, await migrate(shop, database, interrupted), done)))
      done.push(database)
    }
    const again = await migrate(shop, TENANT_DATABASES[0], interrupted)
    if (!again.lines.some(({ text }) => text.includes('No migrations to apply')))
      problems.push('a second run found something to do')
    console.log('\nTables:', await shop.tableCounts())
  } finally {
    await shop.close()
  }
  for (const problem of problems) console.error(`✗ ${problem}`)
  if (problems.length === 0)
    console.log('✓ Django migrated three databases, each its own; a second run found nothing to do')
  return problems.length === 0 ? 0 : 1
}

async function prepareImage(): Promise<Image> {
  if (!existsSync(python)) await exec('python3', ['-m', 'venv', venv])
  await exec(python, [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '-r',
    join(project, 'requirements.txt'),
  ])
  return {
    folder: project,
    environment: {
      PATH: `${join(venv, 'bin')}:/usr/local/bin:/usr/bin:/bin`,
      PYTHONUNBUFFERED: '1',
      PYTHONDONTWRITEBYTECODE: '1',
    },
  }
}

/** @returns what did not come out as it must */
async function judge(shop: Shop, database: string, step: StepRun, done: readonly string[]): Promise<readonly string[]> {
  const counts = await shop.tableCounts()
  const wrong = TENANT_DATABASES.filter(
    (name) => (counts[name] ?? 0) > 0 !== (name === database || done.includes(name)),
  )
  return [
    ...(step.conclusion === 'success' && step.outputs.outcome === 'succeeded'
      ? []
      : [`${database}: the step ended as ${step.outputs.outcome}`]),
    ...wrong.map((name) => `after ${database}: ${name} has ${counts[name]} tables`),
  ]
}

async function migrate(shop: Shop, database: string, cancel: AbortSignal): Promise<StepRun> {
  return runAction({
    root,
    inputs: {
      'image-uri': NAMES.image,
      'database-name': database,
      'task-definition': NAMES.taskDefinition,
      cluster: NAMES.cluster,
      subnets: NAMES.subnets.join(','),
      'security-groups': NAMES.securityGroup,
      command: 'python manage.py migrate',
    },
    env: { ...shop.aws.environment, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    cancel,
    onLine: ({ text }) => console.log(`  ${text}`),
  })
}
