import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { costOf, MOST_USD } from '../../acceptance/cost.ts'
import type { Scrubbed } from '../../acceptance/scrub.ts'
import { differences } from '../../acceptance/shape.ts'
import { templateBody } from '../../acceptance/stacks.ts'
import { stories } from '../../acceptance/stories/index.ts'

const principal = 'arn:aws:iam::111122223333:root'
const boundary = 'arn:aws:iam::111122223333:policy/acceptance'

interface Role {
  readonly Type: string
  readonly Properties: Readonly<Record<string, unknown>>
}

/** Short forms such as `!Ref` are read as their argument: for these tests it is enough that they stay. */
function rolesIn(body: string): Readonly<Record<string, Role>> {
  const { Resources } = parse(body, { logLevel: 'silent' }) as { readonly Resources: Record<string, Role> }
  return Object.fromEntries(Object.entries(Resources).filter(([, { Type }]) => Type === 'AWS::IAM::Role'))
}

const own = rolesIn(templateBody('infra/migration.yml', {}))
const names = Object.keys(own)

test('in a job of GitHub the templates are deployed as they are', () => {
  expect(names).toEqual(['ExecutionRole', 'TaskRole', 'MigrationRole', 'DryRunRole', 'BuildRole'])
  const trust = JSON.stringify(own.MigrationRole?.Properties.AssumeRolePolicyDocument)
  expect(trust).toContain('sts:AssumeRoleWithWebIdentity')
})

test('elsewhere the roles for GitHub trust the account, and nothing else of them changes', () => {
  const given = rolesIn(templateBody('infra/migration.yml', { principal }))
  for (const name of names) {
    const { AssumeRolePolicyDocument: trust, ...rest } = given[name]?.Properties ?? {}
    const { AssumeRolePolicyDocument: before, ...restBefore } = own[name]?.Properties ?? {}
    expect(rest).toEqual(restBefore)
    if (name === 'ExecutionRole' || name === 'TaskRole') expect(trust).toEqual(before)
    else
      expect(trust).toMatchObject({
        Statement: [{ Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole' }],
      })
  }
})

test.each(['infra/migration.yml', 'acceptance/account.yml'])('a boundary bounds every role of %s', (template) => {
  for (const { Properties } of Object.values(rolesIn(templateBody(template, { boundary }))))
    expect(Properties.PermissionsBoundary).toBe(boundary)
})

test.each([2, 6])('all stories in %d hours stay below what a run may cost, and the sums add up', (hours) => {
  const tasks = stories.flatMap(({ steps }) => steps.flat()).length * 2
  const { total, lines, hourly } = costOf(tasks, hours)
  expect(total).toBeLessThan(MOST_USD)
  expect(total).toBeGreaterThan(hourly * hours)
  expect(lines.length).toBeGreaterThan(4)
})

test('every story has a name that fits a database, a file and a tag, and one of its own', () => {
  const ids = stories.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id).toMatch(/^[a-z][a-z-]+$/)
})

const task = (lastStatus: string, more = {}) => ({ taskArn: '<id 1>', lastStatus, ...more })
const described = (...tasks: readonly object[]): readonly Scrubbed[] =>
  tasks.map((one, after) => ({
    after,
    host: 'ecs',
    operation: 'DescribeTasks',
    request: {},
    status: 200,
    answer: { tasks: [one] },
  }))
const refused = (message: string, code = 'ClientException'): Scrubbed => ({
  after: 1,
  host: 'ecs',
  operation: 'RunTask',
  request: {},
  status: 400,
  answer: { __type: code, message },
})

test.each([
  ['the same', described(task('PENDING'), task('STOPPED')), described(task('PENDING'), task('STOPPED')), []],
  [
    'a state that a quick poll passed over',
    described(task('PENDING'), task('STOPPED')),
    described(task('PENDING'), task('RUNNING'), task('STOPPED')),
    [],
  ],
  [
    'an answer that RunTask repeats',
    [
      ...described(task('RUNNING')),
      ...described(task('PROVISIONING')).map((one) => ({ ...one, operation: 'RunTask' })),
    ],
    described(task('PROVISIONING'), task('RUNNING')),
    [],
  ],
  ['less than AWS says', described(task('PENDING')), described(task('PENDING', { platformVersion: '1.4.0' })), []],
  ['an operation that AWS was not asked', [refused('no')], described(task('PENDING')), []],
  ['a number of another run', [refused('task <id 4> holds it')], [refused('task <id 71> holds it')], []],
  [
    'a member',
    described(task('PENDING', { mood: 'good' })),
    described(task('PENDING')),
    [/member of DescribeTasks.*\.tasks\[\]\.mood/],
  ],
  ['a message', [refused('No.')], [refused('No, thank you.')], [/error of RunTask.*No\./]],
  ['a code', [refused('No.', 'ServerException')], [refused('No.')], [/ServerException/]],
  [
    'a reason',
    described(task('STOPPED', { stoppedReason: 'Bored' })),
    described(task('STOPPED', { stoppedReason: 'Done' })),
    [/reason of DescribeTasks.*Bored/],
  ],
  [
    'an order',
    described(task('STOPPING'), task('RUNNING')),
    described(task('RUNNING'), task('STOPPING')),
    [/STOPPING > RUNNING, AWS the reverse/],
  ],
] as const)('local/ is held to a recording: %s', (_, local, aws, expected) => {
  const found = differences({ story: local }, { story: aws })
  expect(found).toHaveLength(expected.length)
  for (const [index, pattern] of expected.entries()) expect(found[index]).toMatch(pattern)
})

test('a story that was not recorded says nothing', () => {
  expect(differences({ here: [refused('No.')] }, { there: [refused('Yes?')] })).toEqual([])
})
