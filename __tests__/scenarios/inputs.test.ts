/** What is given, what is empty and what the definition says: which database is it in the end? */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@jest/globals'
import { parse } from 'yaml'
import { repositoryRoot } from '../../local/repository.ts'
import {
  accountId,
  baseDefinition,
  type Evidence,
  family,
  image,
  inEachContainer,
  logConfiguration,
} from '../faults/stage.ts'
import { log, scenario } from './scenario.ts'

const databases = ({ containers }: Evidence) => containers.map(({ environment }) => environment.DATABASE_NAME)
const nothingWritten = ({ journal }: Evidence) =>
  expect(journal.filter(({ operation }) => /^(Register|Run)/.test(operation))).toEqual([])

const url = { name: 'DATABASE_URL', value: 'postgres://db.internal:5432/crm_live?sslrootcert=/etc/ssl/ca.pem' }

scenario('an empty database-variable', {
  about: 'An expression without a value. The definition has a database of its own, and it is not that one.',
  definition: inEachContainer({ environment: [{ name: 'DATABASE_NAME', value: 'crm_live' }] }),
  inputs: { 'database-variable': '', 'database-name': 'crm_trial' },
  approved: false,
  check: (_step, evidence) => expect(databases(evidence)).toEqual(['crm_trial']),
})

scenario('no variable for the database', {
  about: 'database-variable none: the definition says which database it is, and log and summary say so.',
  container: 'echo "Applying 0007 to $DATABASE_NAME"',
  definition: inEachContainer({ environment: [{ name: 'DATABASE_NAME', value: 'crm_live' }] }),
  inputs: { 'database-variable': 'none', 'database-name': 'crm' },
  check: (step, evidence) => {
    expect(databases(evidence)).toEqual(['crm_live'])
    expect(log(step)).toContain('database: as the definition says')
    expect(step.run.summary).toContain('database: as the definition says')
    expect(log(step)).not.toContain('ECS confirms')
  },
})

scenario('a database that another variable names', {
  about: 'The definition has DATABASE_URL and no DATABASE_NAME. It may be all right: a warning, with its id.',
  definition: inEachContainer({ environment: [url] }),
})

scenario('a database that the definition plainly contradicts', {
  about: 'DB_NAME is acme, globex was asked for: it succeeds, and no line reads as a success without that.',
  definition: inEachContainer({ environment: [{ name: 'DB_NAME', value: 'acme' }] }),
  inputs: { 'database-name': 'globex' },
  approved: false,
  check: (step) => {
    const brief = "but see the warning: the definition's DB_NAME is acme"
    const { summary = '' } = step.run
    expect(step.run.outputs.outcome).toBe('succeeded')
    expect(log(step)).toMatch(new RegExp(`^ *globex: succeeded .*${brief}`, 'm'))
    expect(summary.split('\n')[0]).toContain('but see the warning')
    const words = summary.replace(/<[^>]*>/g, '')
    expect(words).toContain('acme, and globex was asked for')
    expect(summary).not.toContain('<summary>1 warning')
  },
})

scenario('a database that a file of variables may name', {
  about: 'Nobody sees what is in the file: a note, and the run goes on.',
  definition: inEachContainer({ environmentFiles: [{ type: 's3', value: 'arn:aws:s3:::settings/app.env' }] }),
  inputs: { 'dry-run': 'true' },
  approved: false,
  check: (step) => expect(log(step)).toContain('[environment-files]'),
})

scenario('three databases that another variable names', {
  about: 'Every one would be the one of DATABASE_URL: refused.',
  definition: inEachContainer({ environment: [url] }),
  inputs: { 'database-name': 'crm,erp,hr' },
  check: (step, evidence) => {
    nothingWritten(evidence)
    expect(step.run.outputs.outcome).toBe('refused')
    expect(log(step)).toContain('[other-variable]')
  },
})

scenario('three databases that another variable names, accepted', {
  about: 'The application reads DATABASE_NAME all the same, and whoever knows it says so.',
  definition: inEachContainer({ environment: [url] }),
  inputs: { 'database-name': 'crm,erp,hr', accept: 'other-variable' },
  approved: false,
  check: (_step, evidence) => expect(databases(evidence)).toEqual(['crm', 'erp', 'hr']),
})

/** The command that a page shows under a heading. */
function commandIn(page: string, heading: string): readonly string[] {
  const text = readFileSync(join(repositoryRoot(), page), 'utf8')
  const [, snippet = ''] = /```yaml\n(.*?)```/s.exec(text.slice(text.indexOf(heading))) ?? []
  return JSON.parse((parse(snippet) as { readonly command: string }).command)
}

scenario('two databases by a URL that a shell rewrites', {
  about: 'The form of docs/frameworks.md: the last part of the path becomes DATABASE_NAME, and the query stays.',
  definition: inEachContainer({ environment: [url] }),
  inputs: {
    'database-name': 'crm,erp',
    command: JSON.stringify(
      commandIn('docs/frameworks.md', '## Where the whole URL').map((word) =>
        word.replace('npx prisma migrate deploy', 'printenv DATABASE_URL'),
      ),
    ),
  },
  approved: false,
  check: (step, { logs }) => {
    expect(step.run.outputs.outcome).toBe('succeeded')
    expect(step.run.summary).toMatch(
      /^<h2>✅ <code>sh -ec u=\$\{DATABASE_URL[^<]*…<\/code> · All 2 databases succeeded\.<\/h2>$/m,
    )
    expect([...logs.values()].flat().sort()).toEqual([
      'postgres://db.internal:5432/crm?sslrootcert=/etc/ssl/ca.pem',
      'postgres://db.internal:5432/erp?sslrootcert=/etc/ssl/ca.pem',
    ])
  },
})

scenario('nothing is set', {
  about: 'The quick start in a repository without variables: everything that is missing is said in one go.',
  inputs: { 'image-uri': ':latest', subnets: '', 'security-groups': '', 'aws-region': '', 'role-to-assume': '' },
  env: { AWS_REGION: '', AWS_ACCESS_KEY_ID: '', AWS_SHARED_CREDENTIALS_FILE: '/none', AWS_CONFIG_FILE: '/none' },
  check: (step, { journal }) => {
    expect(journal).toEqual([])
    for (const input of ['image-uri', 'aws-region', 'role-to-assume', 'subnets', 'security-groups'])
      expect(log(step)).toContain(`${input}: given `)
  },
})

scenario('an image that is no reference', {
  about: 'A branch with a / as tag.',
  inputs: { 'image-uri': `${image}:fix/null-tenant` },
  check: (_step, { journal }) => expect(journal).toEqual([]),
})

scenario('a secret of two lines in environment-variables', {
  about: 'Base64, as openssl wraps it. The second line is no variable, and nothing of it is printed.',
  inputs: { 'environment-variables': `PLAN=gold\nKEY=${'c2VjcmV0'.repeat(8)}\nc2VjcmV0c2Vjcg==` },
  check: (step, { journal }) => {
    expect(journal).toEqual([])
    // The runner itself shows the inputs of a step above its log.
    const printed = step.run.lines
      .map(({ text }) => text)
      .filter((text) => text.includes('environment-variables: given'))
    expect(printed.join()).toContain('line 3')
    expect(printed.join()).not.toContain('c2VjcmV0')
  },
})

scenario('a cluster of another Region than the task definition', {
  about: 'Both are ARNs: refused before any call.',
  inputs: {
    cluster: `arn:aws:ecs:eu-north-1:${accountId}:cluster/default`,
    'task-definition': `arn:aws:ecs:us-east-1:${accountId}:task-definition/${family}`,
  },
  check: (_step, { journal }) => expect(journal).toEqual([]),
})

scenario('a cluster of another account', {
  about: 'The account of a definition by family is known once it is described.',
  inputs: { cluster: 'arn:aws:ecs:us-east-1:999988887777:cluster/default' },
  check: (step, evidence) => {
    nothingWritten(evidence)
    expect(step.run.outputs.outcome).toBe('refused')
  },
})

scenario('what a service runs', {
  about: 'network-from-service without task-definition: network and revision of the service, by one call.',
  arrange: (aws) => {
    const taskDefinition = aws.seedTaskDefinition({
      ...baseDefinition('echo "Applying 0009 to $DATABASE_NAME"'),
      family: 'crm-web',
    })
    aws.seedTaskDefinition({ ...baseDefinition('echo newer, and not deployed'), family: 'crm-web' })
    const network = { subnets: ['subnet-0a1b2c3d'], securityGroups: ['sg-0a1b2c3d'] }
    aws.seedService({ serviceName: 'web', taskDefinition, ...network })
  },
  inputs: { 'task-definition': '', subnets: '', 'security-groups': '', 'network-from-service': 'web' },
  approved: false,
  check: (step, { journal, logs }) => {
    expect([...logs.values()].flat()).toEqual(['Applying 0009 to shop_prod'])
    expect(step.run.outputs.outcome).toBe('succeeded')
    expect(journal.filter(({ operation }) => operation === 'DescribeServices')).toHaveLength(1)
  },
})

scenario('a revision that was deregistered', {
  about: 'It can be described and copied: a warning.',
  arrange: (aws) => void aws.seedTaskDefinition({ ...baseDefinition('echo ok'), family: 'crm-old' }, 'INACTIVE'),
  inputs: { 'task-definition': 'crm-old:1' },
  approved: false,
  check: (step) => {
    expect(step.run.outputs.outcome).toBe('succeeded')
    expect(log(step)).toContain('[inactive-revision]')
  },
})

scenario('a volume that is configured at launch', {
  about: 'RunTask would refuse it; the dry run says so already.',
  definition: (definition) => ({ ...definition, volumes: [{ name: 'scratch', configuredAtLaunch: true }] }),
  inputs: { 'dry-run': 'true' },
  check: (_step, evidence) => nothingWritten(evidence),
})

scenario('a dry run of which everything is wrong', {
  about:
    'Words that the shell drops, an image and a log group that are not there, and a plain value for a secret: all at once.',
  definition: (base) => ({
    ...inEachContainer({
      entryPoint: ['/bin/sh', '-ec'],
      secrets: [{ name: 'SMTP_PASSWORD', valueFrom: 'crm/smtp' }],
      logConfiguration: {
        logDriver: 'awslogs',
        options: { ...logConfiguration('crm').options, 'awslogs-group': '/crm' },
      },
    })(base),
  }),
  inputs: {
    'image-uri': `${image.replace('/shop', '/crm')}:42`,
    'container-name': 'app',
    'dry-run': 'true',
    preflight: 'true',
    command: 'bin/rails db:migrate',
    'environment-variables': 'SMTP_PASSWORD=a-plain-value',
  },
  approved: false,
  check: (step, evidence) => {
    nothingWritten(evidence)
    expect(step.run.outputs.outcome).toBe('refused')
    const text = log(step)
    expect(text).toContain('["bin/rails db:migrate"]')
    expect(text).toContain('no ECR repository crm')
    expect(text).toContain('/crm')
    expect(text).toContain(`SMTP_PASSWORD=arn:aws:ssm:us-east-1:${accountId}:parameter/crm/smtp`)
    expect(text).toContain('for 4 reasons')
  },
})
