/** What happens before a task runs: inputs, definition, the launch itself, and other migrations of the same database. */

import { expect } from '@jest/globals'
import { accountId, callsOfAStep, containerRuns, family, image, inEachContainer } from '../faults/stage.ts'
import { log, scenario } from './scenario.ts'

const slow = { 'environment-variables': 'SLOW=2' }
/** Slow where it is asked to be: a run before the one that the scenario is about. */
const slowOrQuick = 'sleep 0$SLOW; echo "Applying 0001_initial... OK"'

scenario('a predecessor that is being stopped still runs', {
  about: 'Somebody stopped an allowed run; its container takes its time, and only the STOPPED listing shows it.',
  container: 'trap "" TERM; echo "Applying 0001_initial"; for i in 1 2 3 4 5 6; do sleep 0.5; done',
  first: {
    inputs: { 'if-running': 'allow' },
    events: [
      {
        when: containerRuns,
        happens: (aws) =>
          aws.stopFromOutside(aws.containers[0]?.taskArn ?? '', { stopCode: 'UserInitiated', reason: 'By hand' }),
      },
    ],
  },
  timing: { listLag: 0 },
  approved: false,
  check: (step, { containers }) => {
    expect(containers).toHaveLength(1)
    expect(step.run.outputs.outcome).toBe('refused')
    expect(log(step)).toMatch(/is being stopped and may still work.*It has ended by \d\d:\d\d:\d\d UTC at the latest/s)
  },
})

scenario('refused while another migration of the database runs', {
  about: 'A first run is in the middle of its migration; if-running is refuse.',
  container: slowOrQuick,
  // Well beyond the second one's checks, also on a busy machine.
  first: { inputs: { 'environment-variables': 'SLOW=5' } },
  check: (step, { containers }) => {
    expect(step.run.outputs.outcome).toBe('refused')
    expect(containers).toHaveLength(1)
  },
})

scenario('waits for another migration of the database', {
  about: 'if-running wait: it runs after the first one has ended.',
  container: slowOrQuick,
  timing: { deprovisioning: 1_000 },
  first: { inputs: slow },
  inputs: { 'if-running': 'wait' },
  check: (_step, { containers }) => expect(containers).toHaveLength(2),
})

scenario('allowed beside another migration of the database', {
  about: 'if-running allow: both run at once.',
  container: slowOrQuick,
  first: { inputs: { ...slow, 'if-running': 'allow' } },
  inputs: { 'if-running': 'allow' },
  check: (_step, { containers }) => expect(containers).toHaveLength(2),
})

scenario('two launchers at the same instant', {
  about: 'The listing lags by five minutes, so neither sees the other: the client token makes ECS the arbiter.',
  container: 'echo "Applying 0001_initial"; sleep 1',
  timing: { listLag: 5 * 60_000 },
  first: {},
  approved: false,
  check: (step, { containers }) => {
    expect(containers).toHaveLength(1)
    expect(step.run.outputs.outcome).toBe('refused')
  },
})

scenario('another database is not disturbed', {
  about: 'A migration of shop_test runs; the one of shop_prod begins at once.',
  container: slowOrQuick,
  first: { inputs: { ...slow, 'database-name': 'shop_test' } },
  check: (step) => expect(step.run.outputs.outcome).toBe('succeeded'),
})

scenario('may not list tasks', {
  about: 'Without ecs:ListTasks nobody can tell whether another migration runs: refused, naming the permission.',
  faults: [{ operation: 'ListTasks', kind: 'access-denied' }],
})

scenario('may not list tasks, but all is allowed', {
  about: 'if-running allow needs no list.',
  faults: [{ operation: 'ListTasks', kind: 'access-denied' }],
  inputs: { 'if-running': 'allow' },
})

scenario('may not run tasks', {
  about: 'ecs:RunTask is denied: nothing ran, the clone goes.',
  scale: 1,
  faults: [{ operation: 'RunTask', kind: 'access-denied' }],
})

scenario('RunTask answers with failures', {
  about: 'No capacity at all: asked four times, then given up.',
  scale: 60,
  faults: [{ operation: 'RunTask', kind: 'failures' }],
  check: (step, { journal, containers }) => {
    const answers = journal.filter(({ operation, outcome }) => operation === 'RunTask' && outcome?.status === 200)
    expect(answers).toHaveLength(4)
    expect(containers).toHaveLength(0)
    expect(step.run.outputs.outcome).toBe('not-started')
    expect(log(step)).toContain('Capacity is unavailable')
  },
})

scenario('RunTask answers with failures once', {
  about: 'No capacity at first: the second request starts the task, although ECS remembers the first under its token.',
  faults: [{ operation: 'RunTask', kind: 'failures', times: 1 }],
  scale: 30,
  check: (step) => expect(step.run.outputs.outcome).toBe('succeeded'),
})

scenario('the answer of RunTask is lost', {
  about: 'The task was started and the connection broke: the same request finds the same task.',
  faults: [{ operation: 'RunTask', kind: 'answer-lost', times: 2 }],
  check: (_step, { containers }) => expect(containers).toHaveLength(1),
})

scenario('the answer of RunTask hangs', {
  about: 'The task was started and no answer comes within 10 s: the same request finds the same task.',
  faults: [{ operation: 'RunTask', kind: 'answer-hung', times: 1 }],
  check: (_step, { containers }) => expect(containers).toHaveLength(1),
})

scenario('the answer of RegisterTaskDefinition is lost', {
  about: 'Two revisions exist then; both go.',
  faults: [{ operation: 'RegisterTaskDefinition', kind: 'answer-lost', times: 1 }],
})

scenario('a throttled account', {
  about: 'Somebody else uses up the rates: every call is throttled now and then, and nothing is lost.',
  faults: callsOfAStep.map((operation) => ({ operation, kind: 'throttling', times: 2 }) as const),
  container: 'for i in 1 2 3 4 5; do echo "Applying 000$i"; done',
})

scenario('dry run', {
  about: 'Shows what would be registered and run, checks it, and starts nothing.',
  inputs: { 'dry-run': 'true', preflight: 'true', command: 'python manage.py migrate --database {database}' },
  scale: 1,
  check: (step, { journal }) => {
    const writes = journal.filter(({ operation }) => /^(Register|Deregister|Run|Stop)/.test(operation))
    expect(writes).toEqual([])
    expect(step.run.outputs.outcome).toBe('dry-run')
  },
})

scenario('everything is checked before the launch', {
  about: 'With preflight, all is as it must be.',
  inputs: { preflight: 'true' },
  scale: 1,
})

scenario('the image is not in the registry', {
  about: 'Preflight proves that the task cannot start: refused, nothing was started.',
  inputs: { preflight: 'true', 'image-uri': `${image}-other:9` },
  scale: 1,
})

scenario('subnets without a way out', {
  about: 'No NAT gateway, no endpoint: refused within seconds, with what to build. README.md shows these lines.',
  definition: inEachContainer({
    secrets: [
      {
        name: 'DATABASE_PASSWORD',
        valueFrom: `arn:aws:secretsmanager:us-east-1:${accountId}:secret:rds/shop-AbCdEf:password::`,
      },
    ],
  }),
  network: {
    vpc: 'vpc-0a1b2c3d',
    subnets: { 'subnet-0a1b2c3d': { routeTable: 'rtb-0a1b2c3d' } },
    routeTables: { 'rtb-0a1b2c3d': [] },
    securityGroups: { 'sg-0a1b2c3d': {} },
  },
  inputs: { preflight: 'true' },
  scale: 1,
  check: (step, { containers }) => {
    expect(step.run.outputs.outcome).toBe('refused')
    expect(containers).toHaveLength(0)
  },
})

scenario('the network comes from a service', {
  about: 'network-from-service: subnets and security groups of a service; its public IP is not inherited.',
  arrange: (aws) =>
    void aws.seedService({
      serviceName: 'web',
      subnets: ['subnet-0a1b2c3d'],
      securityGroups: ['sg-0a1b2c3d'],
      assignPublicIp: 'ENABLED',
    }),
  inputs: { subnets: '', 'security-groups': '', 'network-from-service': 'web' },
})

scenario('every input is wrong at once', {
  about: 'All problems are named together, and nothing is called.',
  inputs: {
    'image-uri': 'two words',
    'database-name': 'shop prod',
    'task-definition': 'infra/task-definition.json',
    cluster: 'my cluster',
    subnets: 'vpc-1',
    'security-groups': '',
    'assign-public-ip': 'perhaps',
    command: 'migrate && seed',
    'environment-variables': '=value',
    tags: 'team=[core]',
    'task-timeout-minutes': '0',
    'on-timeout': 'kill',
    'on-cancel': 'kill',
    'if-running': 'queue',
    'max-parallel': '0',
    canary: 'yes',
    'dry-run': '1',
    'aws-region': 'Europe',
    'role-to-assume': 'deploy',
  },
  check: (_step, { journal }) => expect(journal).toEqual([]),
})

scenario('a task definition that does not exist', {
  about: 'ECS does not know the family.',
  inputs: { 'task-definition': `${family}-gone` },
})

scenario('the database variable is a secret', {
  about: 'DATABASE_NAME stands in secrets: ECS would refuse it, and the secret would decide.',
  definition: inEachContainer({
    secrets: [{ name: 'DATABASE_NAME', valueFrom: `arn:aws:secretsmanager:us-east-1:${accountId}:secret:name-AbCdEf` }],
  }),
})

scenario('a definition that is not for Fargate', {
  about: 'bridge networking.',
  definition: (definition) => ({ ...definition, networkMode: 'bridge', requiresCompatibilities: ['EC2'] }),
})
