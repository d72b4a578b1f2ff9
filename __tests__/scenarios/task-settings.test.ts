/** Inputs that change the task besides its image and variables: secrets, size, log. */
import { expect } from '@jest/globals'
import { accountId, type Evidence, group, inEachContainer } from '../faults/stage.ts'
import { scenario } from './scenario.ts'

const parameter = (name: string): string => `arn:aws:ssm:us-east-1:${accountId}:parameter/${name}`

/** One parameter a tenant, as many teams have it. */
const secrets = {
  [parameter('shop_eu/url')]: 'postgres://eu.example/shop_eu',
  [parameter('shop_us/url')]: 'postgres://us.example/shop_us',
  [parameter('token')]: 'hunter2-hunter2',
}

const operations = ({ journal }: Evidence): readonly string[] => journal.map(({ operation }) => operation)
const count = (evidence: Evidence, operation: string): number =>
  operations(evidence).filter((one) => one === operation).length

scenario('each database has its own secret', {
  about:
    'Overrides have no secrets, so each database gets a revision, right before its launch, and it goes while the task runs.',
  aws: { secrets },
  container: 'echo "$DATABASE_NAME at $(printenv DATABASE_URL | cut -c 12-)"; sleep 2',
  inputs: {
    'database-name': 'shop_eu\nshop_us',
    secrets: `DATABASE_URL=${parameter('{database}/url')}`,
  },
  // In which order the logs of both are read is a matter of chance.
  approved: false,
  check: (step, evidence) => {
    expect(evidence.containers.map(({ environment }) => [environment.DATABASE_NAME, environment.DATABASE_URL])).toEqual(
      [
        ['shop_eu', 'postgres://eu.example/shop_eu'],
        ['shop_us', 'postgres://us.example/shop_us'],
      ],
    )
    const order = operations(evidence).filter((one) => /RunTask|RegisterTask|DeregisterTask/.test(one))
    expect(order).toEqual([
      'RegisterTaskDefinition',
      'RunTask',
      'DeregisterTaskDefinition',
      'RegisterTaskDefinition',
      'RunTask',
      'DeregisterTaskDefinition',
    ])
    expect(step.run.outputs.outcome).toBe('succeeded')
    expect(step.run.lines.map(({ text }) => text).join('\n')).toContain('changes, here that of shop_eu; each database')
  },
})

scenario('a secret of one database that does not exist', {
  about: 'The first one cannot start; its revision goes, and none is registered for the second.',
  aws: { secrets },
  inputs: {
    'database-name': 'shop_xx\nshop_us',
    secrets: `DATABASE_URL=${parameter('{database}/url')}`,
  },
  approved: false,
  check: (step, evidence) => {
    expect(count(evidence, 'RegisterTaskDefinition')).toBe(1)
    expect(count(evidence, 'DeregisterTaskDefinition')).toBe(1)
    expect(step.run.outputs.outcome).toBe('not-started')
  },
})

scenario('secrets replace what the definition has, and a larger task with a log of its own', {
  about:
    'A secret instead of a variable, a size that Fargate offers, and a log group instead of the one of the definition.',
  aws: { secrets },
  definition: inEachContainer({
    cpu: 256,
    memory: 512,
    environment: [{ name: 'TOKEN', value: 'in clear' }],
    logConfiguration: { logDriver: 'splunk' as const },
  }),
  container: 'echo "a token of $(printenv TOKEN | wc -c) bytes for $DATABASE_NAME"',
  inputs: { secrets: `TOKEN=${parameter('token')}`, cpu: '1 vCPU', memory: '2 GB', 'log-group': group },
  check: (step, evidence) => {
    const [task] = [...evidence.tasks.values()]
    expect([task?.cpu, task?.memory]).toEqual(['1024', '2048'])
    expect(step.run.outputs['log-stream']).toMatch(/^run-ecs-migration\/app\//)
    expect(step.run.outputs['log-group']).toBe(group)
    expect(evidence.containers[0]?.environment.TOKEN).toBe('hunter2-hunter2')
  },
})

scenario('a plain value for a secret', {
  about: 'Refused: the value would stay readable in the revision. The line for the input secrets stands there.',
  definition: inEachContainer({
    secrets: [{ name: 'API_KEY', valueFrom: parameter('token') }],
  }),
  inputs: { 'environment-variables': 'API_KEY=plain-and-readable' },
  check: (step, evidence) => {
    expect(operations(evidence)).not.toContain('RegisterTaskDefinition')
    expect(step.run.lines.map(({ text }) => text).join('\n')).toContain(`API_KEY=${parameter('token')}`)
  },
})

scenario('a plain value for a secret, accepted', {
  about: 'What is accepted is a plain line of the log.',
  definition: inEachContainer({
    secrets: [{ name: 'API_KEY', valueFrom: parameter('token') }],
  }),
  inputs: { 'environment-variables': 'API_KEY=plain-and-readable', accept: 'plain-secret' },
  approved: false,
  check: (_step, evidence) => expect(evidence.containers[0]?.environment.API_KEY).toBe('plain-and-readable'),
})

scenario('a size that Fargate does not have', {
  about: 'Only memory is given; with the cpu of the definition there is no such task. Nothing is registered.',
  inputs: { memory: '6144' },
  check: (_step, evidence) => expect(operations(evidence)).not.toContain('RegisterTaskDefinition'),
})
