/** Each database has a revision of its own: none is lost, doubled or taken for another one, whatever happens. */
import { expect } from '@jest/globals'
import { accountId, called, type Evidence } from '../faults/stage.ts'
import { log, scenario } from './scenario.ts'

const parameter = (name: string): string => `arn:aws:ssm:us-east-1:${accountId}:parameter/${name}`

const tenants = ['shop_eu', 'shop_us', 'shop_jp', 'shop_br']
const own = {
  aws: {
    secrets: Object.fromEntries(tenants.map((name) => [parameter(`${name}/url`), `postgres://${name}.example/`])),
  },
  container: 'echo "$DATABASE_NAME at $(printenv DATABASE_URL | cut -c 12-)"; sleep 3',
  inputs: {
    'database-name': tenants.join('\n'),
    'max-parallel': '4',
    canary: 'false',
    secrets: `DATABASE_URL=${parameter('{database}/url')}`,
  },
  approved: false,
}

/** Every container had its own database's secret, and no database was migrated twice. */
const eachItsOwn = ({ containers }: Evidence): void => {
  const seen = containers.map(({ environment }) => [environment.DATABASE_NAME, environment.DATABASE_URL])
  for (const [name, url] of seen) expect(url).toBe(`postgres://${name}.example/`)
  expect(new Set(seen.map(([name]) => name)).size).toBe(seen.length)
}

const made = ({ journal }: Evidence, operation: string): number =>
  journal.filter((entry) => entry.operation === operation && entry.outcome?.output !== undefined).length

for (const kind of ['answer-lost', 'garbled', 'empty', 'server-error-after-work'] as const)
  scenario(`the answers of two of four registrations are ${kind}`, {
    ...own,
    about: 'What was made is found by its database and used.',
    faults: [{ operation: 'RegisterTaskDefinition', kind, times: 2, afterMatches: 1 }],
    check: (step, evidence) => {
      eachItsOwn(evidence)
      expect(evidence.containers).toHaveLength(4)
      expect(step.run.outputs.outcome).toBe('succeeded')
      expect(made(evidence, 'DeregisterTaskDefinition')).toBe(made(evidence, 'RegisterTaskDefinition'))
    },
  })

scenario('databases whose names are one as a tag lose the answers of their registrations', {
  ...own,
  about: 'ECS allows neither ! nor ? in a tag; each one still finds its own revision.',
  container: 'true',
  inputs: {
    ...own.inputs,
    secrets: '',
    'database-name': 'shop!1\nshop?1\nshop*1',
    entrypoint: '["sh", "-c", "echo $0 is $DATABASE_NAME", "{database}"]',
  },
  faults: [{ operation: 'RegisterTaskDefinition', kind: 'answer-lost', times: 2, afterMatches: 1 }],
  check: (step, evidence) => {
    expect(step.run.outputs.outcome).toBe('succeeded')
    for (const name of ['shop!1', 'shop?1', 'shop*1']) expect(log(step)).toContain(`${name} is ${name}`)
    expect(made(evidence, 'DeregisterTaskDefinition')).toBe(made(evidence, 'RegisterTaskDefinition'))
  },
})

scenario('ECS registers another secret than was asked for', {
  ...own,
  about: 'Nothing is started from it, and it does not stay.',
  faults: [
    {
      operation: 'RegisterTaskDefinition',
      kind: 'slow',
      delayMs: 1,
      when: ({ containerDefinitions }) => {
        const [app] = containerDefinitions as { secrets?: { valueFrom: string }[] }[]
        for (const secret of app?.secrets ?? []) secret.valueFrom = secret.valueFrom.replace('shop_jp', 'shop_br')
        return false
      },
    },
  ],
  check: (step, evidence) => {
    eachItsOwn(evidence)
    expect(log(step)).toContain('ECS registered a definition for another database')
    expect(made(evidence, 'DeregisterTaskDefinition')).toBe(4)
  },
})

scenario('the step is killed while four revisions are being registered', {
  ...own,
  about: 'Post finds those that show late, too.',
  faults: [{ operation: 'RegisterTaskDefinition', kind: 'slow', delayMs: 6_000, afterMatches: 1 }],
  events: [{ when: called('RegisterTaskDefinition', 'arrived', 4), after: 500, happens: 'kill' }],
  check: (_step, evidence) => {
    expect(made(evidence, 'RegisterTaskDefinition')).toBe(4)
    expect(made(evidence, 'DeregisterTaskDefinition')).toBe(4)
  },
})

scenario('the step is killed between registering and launching', {
  ...own,
  about: 'Post deregisters each of them, though it knows no launch.',
  faults: [{ operation: 'ListTasks', kind: 'slow', delayMs: 2, times: 1 }],
  events: [{ when: called('RegisterTaskDefinition', 'done', 3), happens: 'kill' }],
  check: (_step, evidence) =>
    expect(made(evidence, 'DeregisterTaskDefinition')).toBe(made(evidence, 'RegisterTaskDefinition')),
})

scenario('the step is cancelled while twelve revisions wait for their turn', {
  ...own,
  about: 'Nothing is registered after the signal.',
  inputs: {
    ...own.inputs,
    'database-name': Array.from({ length: 24 }, (_, index) => `shop_${index}`).join(','),
    'max-parallel': '24',
    secrets: '',
    entrypoint: '["sh", "-c", "echo $0", "{database}"]',
  },
  events: [{ when: called('RegisterTaskDefinition', 'done', 3), happens: 'cancel' }],
  check: ({ signalledAt = 0 }, { journal }) => {
    expect(journal.filter(({ operation }) => operation === 'RegisterTaskDefinition').length).toBeGreaterThan(2)
    const late = journal.filter(
      ({ operation, at }) => operation === 'RegisterTaskDefinition' && at > signalledAt + 1_500,
    )
    expect(late).toEqual([])
  },
})

scenario('one of four registrations is refused', {
  ...own,
  about: 'Its database alone is not started.',
  inputs: { ...own.inputs, 'fail-fast': 'false' },
  faults: [
    {
      operation: 'RegisterTaskDefinition',
      kind: 'error',
      error: {
        code: 'ClientException',
        message: 'Too many concurrent attempts to create a new revision of the specified family.',
      },
      afterMatches: 2,
      times: 1,
    },
  ],
  check: (step, evidence) => {
    eachItsOwn(evidence)
    expect(step.run.outputs.outcome).toBe('succeeded')
  },
})

scenario('the step is cancelled while the checks run', {
  ...own,
  about: 'Nothing was made, so post has nothing to look for.',
  inputs: { ...own.inputs, preflight: 'true' },
  faults: [{ operation: 'DescribeSubnets', kind: 'no-answer' }],
  events: [{ when: called('DescribeSubnets', 'arrived'), happens: 'cancel' }],
  check: (step) => expect(step.run.post?.lines.map(({ text }) => text)).toEqual(['Post job cleanup.']),
})

scenario('thirty databases with revisions of their own, and ECS throttles', {
  ...own,
  about: 'They take their turns at the rate of ECS; a throttled call is repeated.',
  container: 'true',
  scale: 20,
  inputs: {
    ...own.inputs,
    'database-name': Array.from({ length: 30 }, (_, index) => `shop_${index}`).join(','),
    'max-parallel': '30',
    secrets: '',
    entrypoint: '["sh", "-c", "echo $0 is $DATABASE_NAME", "{database}"]',
  },
  faults: [
    { operation: 'RegisterTaskDefinition', kind: 'throttling', afterMatches: 12, times: 20 },
    { operation: 'DeregisterTaskDefinition', kind: 'throttling', afterMatches: 3, times: 20 },
  ],
  check: (step, evidence) => {
    expect(step.run.outputs.outcome).toBe('succeeded')
    expect(evidence.containers).toHaveLength(30)
    expect(made(evidence, 'RegisterTaskDefinition')).toBe(30)
    expect(made(evidence, 'DeregisterTaskDefinition')).toBe(30)
  },
})
