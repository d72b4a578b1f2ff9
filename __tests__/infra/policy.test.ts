import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { type Known, readTemplate, resolveValue, type Template } from '../../scripts/infra/cloudformation.ts'
import { isAllowed, listOf, type Question, type Statement } from './iam.ts'
import { calledActions } from './sdk-commands.ts'

const template = readTemplate('infra/migration.yml')
const checks = readTemplate('infra/checks.yml')

const here = 'eu-west-1:111122223333'
const secret = `arn:aws:secretsmanager:${here}:secret:rds/app-AbCdEf`
const known: Known = {
  'AWS::Partition': 'aws',
  'AWS::Region': 'eu-west-1',
  'AWS::AccountId': '111122223333',
  AppName: 'app',
  DatabaseSecretArn: secret,
  GitHubOwner: 'startup',
  GitHubOwnerId: '1234567',
  GitHubRepository: 'webapp',
  GitHubRepositoryId: '7654321',
  GitHubOidcProvider: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com',
  Cluster: 'app-cluster',
  'Cluster.Arn': `arn:aws:ecs:${here}:cluster/app-cluster`,
  LogGroup: '/ecs/app-migrations',
  LookPolicy: 'arn:aws:iam::111122223333:policy/look',
  'Repository.Arn': `arn:aws:ecr:${here}:repository/app-backend`,
  'ExecutionRole.Arn': 'arn:aws:iam::111122223333:role/execution',
  'TaskRole.Arn': 'arn:aws:iam::111122223333:role/task',
}

const checkSecret = `arn:aws:secretsmanager:${here}:secret:Secret-GhIjKl`
/** The stack of infra/checks.yml beside it. */
const knownToChecks: Known = {
  ...known,
  LookPolicyArn: known.LookPolicy,
  MigrationExecutionRole: 'execution',
  DatabaseInstance: 'app-db',
  GitHubOidcProviderArn: known.GitHubOidcProvider,
  Secret: checkSecret,
  'ExecutionRole.Arn': 'arn:aws:iam::111122223333:role/check-execution',
  'TaskRole.Arn': 'arn:aws:iam::111122223333:role/check-task',
}

interface Document {
  readonly Statement: readonly Statement[]
}

/** Every statement that a role of the template carries, managed policies included. */
const statementsOf = (role: string): readonly Statement[] => statementsIn(template, known, role)

const statementsIn = (of: Template, names: Known, role: string): readonly Statement[] => {
  const properties = resolveValue(of, names, of.Resources[role]?.Properties) as {
    readonly Policies?: readonly { readonly PolicyDocument: Document }[]
    readonly ManagedPolicyArns?: readonly string[]
  }
  const look = resolveValue(template, known, template.Resources.LookPolicy?.Properties.PolicyDocument) as Document
  const managed = properties.ManagedPolicyArns?.includes(String(known.LookPolicy)) ? look.Statement : []
  return [...managed, ...(properties.Policies ?? []).flatMap((policy) => policy.PolicyDocument.Statement)]
}

const actionsOf = (statements: readonly Statement[]): readonly string[] =>
  [...new Set(statements.flatMap((statement) => listOf(statement.Action)))].sort()

const cluster = { 'ecs:cluster': `arn:aws:ecs:${here}:cluster/app-cluster` }
const otherCluster = { 'ecs:cluster': `arn:aws:ecs:${here}:cluster/other` }
const launch = { ...cluster, 'ecs:enable-execute-command': 'false' }
const clone = `arn:aws:ecs:${here}:task-definition/app-migration-task-run-ecs-migration:7`
const base = `arn:aws:ecs:${here}:task-definition/app-migration-task:3`
const task = `arn:aws:ecs:${here}:task/app-cluster/0123456789abcdef0123456789abcdef`
const otherTask = `arn:aws:ecs:${here}:task/other/0123456789abcdef0123456789abcdef`
const log = `arn:aws:logs:${here}:log-group:/ecs/app-migrations:log-stream:migration/migration/0123456789abcdef`
const toEcsTasks = { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' }

/** What AWS asks when the action makes each of its calls against this stack. */
const asked: readonly Question[] = [
  { action: 'ecs:DescribeTaskDefinition', resource: '*' },
  { action: 'ecs:ListTaskDefinitions', resource: '*' },
  { action: 'ecs:RegisterTaskDefinition', resource: clone },
  { action: 'ecs:TagResource', resource: clone, context: { 'ecs:CreateAction': 'RegisterTaskDefinition' } },
  { action: 'ecs:DeregisterTaskDefinition', resource: '*' },
  { action: 'ecs:RunTask', resource: clone, context: launch },
  { action: 'ecs:TagResource', resource: task, context: { ...cluster, 'ecs:CreateAction': 'RunTask' } },
  { action: 'iam:PassRole', resource: 'arn:aws:iam::111122223333:role/execution', context: toEcsTasks },
  { action: 'iam:PassRole', resource: 'arn:aws:iam::111122223333:role/task', context: toEcsTasks },
  { action: 'ecs:ListTasks', resource: '*', context: cluster },
  { action: 'ecs:DescribeTasks', resource: task, context: cluster },
  { action: 'ecs:StopTask', resource: task, context: cluster },
  { action: 'ecs:DescribeClusters', resource: `arn:aws:ecs:${here}:cluster/app-cluster` },
  { action: 'ecs:DescribeServices', resource: `arn:aws:ecs:${here}:service/app-cluster/web`, context: cluster },
  { action: 'logs:GetLogEvents', resource: log },
  { action: 'logs:DescribeLogGroups', resource: `arn:aws:logs:${here}:log-group::log-stream:` },
  { action: 'ecr:DescribeImages', resource: `arn:aws:ecr:${here}:repository/app-backend` },
  { action: 'ecr:BatchGetImage', resource: `arn:aws:ecr:${here}:repository/app-backend` },
  { action: 'ecr:DescribePullThroughCacheRules', resource: '*' },
  { action: 'ec2:DescribeSubnets', resource: '*' },
  { action: 'ec2:DescribeRouteTables', resource: '*' },
  { action: 'ec2:DescribeNatGateways', resource: '*' },
  { action: 'ec2:DescribeVpcEndpoints', resource: '*' },
  { action: 'ec2:DescribeSecurityGroups', resource: '*' },
  { action: 'ec2:DescribeNetworkAcls', resource: '*' },
  { action: 'ec2:DescribeVpcAttribute', resource: '*' },
]

/** What a stolen step must not get. */
const denied: readonly (Question & { readonly why: string })[] = [
  { why: 'run the base definition', action: 'ecs:RunTask', resource: base, context: launch },
  { why: 'run in another cluster', action: 'ecs:RunTask', resource: clone, context: { ...launch, ...otherCluster } },
  {
    why: 'open a shell in the task',
    action: 'ecs:RunTask',
    resource: clone,
    context: { ...launch, 'ecs:enable-execute-command': 'true' },
  },
  { why: 'register into the base family', action: 'ecs:RegisterTaskDefinition', resource: base },
  { why: 'stop a task of another cluster', action: 'ecs:StopTask', resource: otherTask, context: otherCluster },
  {
    why: 'tag a task that runs already',
    action: 'ecs:TagResource',
    resource: task,
    context: { ...cluster, 'ecs:CreateAction': 'TagResource' },
  },
  {
    why: 'pass an administrator role',
    action: 'iam:PassRole',
    resource: 'arn:aws:iam::111122223333:role/admin',
    context: toEcsTasks,
  },
  {
    why: 'pass the task role to another service',
    action: 'iam:PassRole',
    resource: 'arn:aws:iam::111122223333:role/task',
    context: { 'iam:PassedToService': 'lambda.amazonaws.com' },
  },
  {
    why: "read another application's log",
    action: 'logs:GetLogEvents',
    resource: `arn:aws:logs:${here}:log-group:/ecs/other:log-stream:migration/x/1`,
  },
  {
    why: "read another repository's images",
    action: 'ecr:BatchGetImage',
    resource: `arn:aws:ecr:${here}:repository/other`,
  },
  { why: 'push an image', action: 'ecr:PutImage', resource: `arn:aws:ecr:${here}:repository/app-backend` },
  { why: 'read the database secret', action: 'secretsmanager:GetSecretValue', resource: secret },
]

/** Not calls of their own: AWS asks them beside RegisterTaskDefinition and RunTask that carry tags and roles. */
const askedBeside = ['ecs:TagResource', 'iam:PassRole']

const describeQuestion = ({ action, resource }: Question): string => `${action} on ${resource}`

/** The same questions about the checks: their family, their roles, their tasks. */
const ofChecks = <T extends Question>(question: T): T => ({
  ...question,
  resource: question.resource
    .replace('app-migration-task', 'app-check-task')
    .replace(/:role\/(execution|task)$/, ':role/check-$1'),
  ...(question.action === 'ecs:StopTask' && { context: { ...question.context, 'aws:ResourceTag/checks-of': 'app' } }),
})

/** What a check, that nobody approves, must not get of the migration's. */
const deniedToChecks: typeof denied = [
  { why: 'run the migration', action: 'ecs:RunTask', resource: clone, context: launch },
  { why: "register into the migration's family", action: 'ecs:RegisterTaskDefinition', resource: clone },
  { why: 'stop a migration', action: 'ecs:StopTask', resource: task, context: cluster },
  {
    why: "stop another application's check",
    action: 'ecs:StopTask',
    resource: task,
    context: { ...cluster, 'aws:ResourceTag/checks-of': 'other' },
  },
  {
    why: "pass the migration's execution role",
    action: 'iam:PassRole',
    resource: String(known['ExecutionRole.Arn']),
    context: toEcsTasks,
  },
  {
    why: "pass the migration's task role",
    action: 'iam:PassRole',
    resource: String(known['TaskRole.Arn']),
    context: toEcsTasks,
  },
  { why: 'read the secret of the checks', action: 'secretsmanager:GetSecretValue', resource: checkSecret },
]

describe.each([
  { role: 'MigrationRole', statements: statementsOf('MigrationRole'), asked, denied },
  {
    role: 'CheckRole',
    statements: statementsIn(checks, knownToChecks, 'CheckRole'),
    asked: asked.map(ofChecks),
    denied: [...denied.map(ofChecks), ...deniedToChecks],
  },
])('the policy of $role', ({ statements, asked, denied }) => {
  it('allows each action the code calls, and no other', () => {
    expect(actionsOf(statements)).toEqual([...calledActions(), ...askedBeside].sort())
  })

  it('is asked, in this test, about each action it allows', () => {
    expect([...new Set(asked.map(({ action }) => action))].sort()).toEqual(actionsOf(statements))
  })

  it.each(asked.map((question) => ({ name: describeQuestion(question), question })))('allows $name', ({ question }) => {
    expect(isAllowed(statements, question)).toBe(true)
  })

  it.each(denied)('does not let it $why', (question) => {
    expect(isAllowed(statements, question)).toBe(false)
  })

  it('has no statement that could go: without it, something the code asks is denied', () => {
    const superfluous = statements.filter((statement) =>
      asked.every((question) =>
        isAllowed(
          statements.filter((other) => other !== statement),
          question,
        ),
      ),
    )
    expect(superfluous.map(({ Sid }) => Sid)).toEqual([])
  })

  it('has every resource for all only where AWS knows no narrower one', () => {
    const wide = statements.filter(({ Resource }) => Resource === '*').flatMap(({ Action }) => listOf(Action))
    expect(wide.sort()).toEqual([
      'ec2:DescribeNatGateways',
      'ec2:DescribeNetworkAcls',
      'ec2:DescribeRouteTables',
      'ec2:DescribeSecurityGroups',
      'ec2:DescribeSubnets',
      'ec2:DescribeVpcAttribute',
      'ec2:DescribeVpcEndpoints',
      'ecr:DescribePullThroughCacheRules',
      'ecs:DeregisterTaskDefinition',
      'ecs:DescribeTaskDefinition',
      'ecs:ListTaskDefinitions',
      'ecs:ListTasks',
    ])
  })
})

describe('docs/permissions.md', () => {
  const page = readFileSync('docs/permissions.md', 'utf8')

  it('shows the policy of the template', () => {
    const [, json = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? []
    expect((JSON.parse(json) as Document).Statement).toEqual(statementsOf('MigrationRole'))
  })

  it('says of each action what it is for', () => {
    const explained = [...page.matchAll(/^\| ((?:`[\w:]+`(?:, )?)+) \|/gm)].flatMap(([, cell = '']) =>
      cell.replaceAll('`', '').split(', '),
    )
    expect(explained.sort()).toEqual(actionsOf(statementsOf('MigrationRole')))
  })
})

describe('one role for many services', () => {
  const [, , json = ''] = readFileSync('docs/permissions.md', 'utf8').split('```json\n')
  const instead = JSON.parse(json.split('```')[0] ?? '') as readonly Statement[]
  const replaced = instead.map(({ Sid }) => Sid)
  const statements = [...statementsOf('MigrationRole').filter(({ Sid }) => !replaced.includes(Sid)), ...instead]
  const service = (name: string) => (question: Question) => ({
    ...question,
    resource: question.resource
      .replace('app-migration-task', `${name}-migrate`)
      .replace('app-migrations', `${name}-log`)
      .replace('repository/app-backend', `repository/${name}`)
      .replace(':role/', `:role/migrations/${name}-`),
  })

  it('replaces statements that are there', () => {
    expect(statementsOf('MigrationRole').map(({ Sid }) => Sid)).toEqual(expect.arrayContaining(replaced))
  })

  it.each(['shop', 'billing', 'x'.repeat(180)])('allows all that the action asks for the service %s', (name) => {
    const refused = asked.map(service(name)).filter((question) => !isAllowed(statements, question))
    expect(refused.map(describeQuestion)).toEqual([])
  })

  it.each(denied.filter(({ why }) => !why.startsWith('read another')))('does not let it $why', (question) => {
    expect(isAllowed(statements, question)).toBe(false)
  })

  it('costs what the page says: each service can be reached from each', () => {
    for (const question of denied.filter(({ why }) => why.startsWith('read another')))
      expect(isAllowed(statements, question)).toBe(true)
  })

  it('is the policy of the role in acceptance/account.yml that acceptance plays', () => {
    const account = readTemplate('acceptance/account.yml')
    const names = { ...known, AppName: 'migrations' }
    const { Policies } = resolveValue(account, names, account.Resources.RoleForMany?.Properties) as {
      readonly Policies: readonly { readonly PolicyName: string; readonly PolicyDocument: Document }[]
    }
    const own = Policies.find(({ PolicyName }) => PolicyName === 'run-ecs-migration')?.PolicyDocument.Statement ?? []
    const cluster = (text: string) => text.replaceAll('migrations-cluster', 'app-cluster')
    for (const statement of instead.filter(({ Sid }) => Sid !== 'CheckTheImage'))
      expect(JSON.parse(cluster(JSON.stringify(own.find(({ Sid }) => Sid === statement.Sid))))).toEqual(statement)
  })
})

describe('the secrets', () => {
  const may = (statements: readonly Statement[]) =>
    [secret, checkSecret].filter((resource) =>
      isAllowed(statements, { action: 'secretsmanager:GetSecretValue', resource }),
    )

  it.each(['ExecutionRole', 'TaskRole'])('%s of a check reads the login that may only read, and no other', (role) => {
    expect(may(statementsIn(checks, knownToChecks, role))).toEqual([checkSecret])
  })

  it('the migration reads both, to create the user of the checks', () => {
    const granted = resolveValue(checks, knownToChecks, checks.Resources.MigrationReadsTheSecret?.Properties) as {
      readonly Roles: readonly string[]
      readonly PolicyDocument: Document
    }
    expect(granted.Roles).toEqual(['execution'])
    expect(may([...statementsOf('ExecutionRole'), ...granted.PolicyDocument.Statement])).toEqual([secret, checkSecret])
  })
})

describe('the policy of SnapshotRole', () => {
  const statements = statementsIn(checks, knownToChecks, 'SnapshotRole')
  const create = (resource: string) =>
    isAllowed(statements, { action: 'rds:CreateDBSnapshot', resource: `arn:aws:rds:${here}:${resource}` })

  it('takes snapshots of the one instance under names that say what for', () => {
    expect(['db:app-db', 'snapshot:before-migration-7-1'].map(create)).toEqual([true, true])
    expect(['db:other', 'db:app-db-2', 'snapshot:nightly'].map(create)).toEqual([false, false, false])
  })

  it('does nothing else but look', () => {
    expect(actionsOf(statements)).toEqual([
      'rds:CreateDBSnapshot',
      'rds:DescribeDBInstances',
      'rds:DescribeDBSnapshots',
    ])
  })
})

describe('the policy of DryRunRole', () => {
  it('changes nothing', () => {
    const changing = actionsOf(statementsOf('DryRunRole')).filter(
      (action) => !/:(Describe|List|Get|BatchGet)/.test(action),
    )
    expect(changing).toEqual([])
  })
})

describe('acceptance/role.yml', () => {
  const role = readTemplate('acceptance/role.yml')
  const account = readTemplate('acceptance/account.yml')
  const boundary = 'arn:aws:iam::111122223333:policy/acceptance-Boundary'
  const names: Known = { ...known, Boundary: boundary, Prefix: 'migration-acceptance' }
  const workflow = statementsIn(role, names, 'WorkflowRole')
  const iam = (action: string, name: string, context?: Question['context']) =>
    isAllowed(workflow, {
      action: `iam:${action}`,
      resource: `arn:aws:iam::111122223333:${name}`,
      ...(context && { context }),
    })

  it('has a boundary that holds all that the roles of the stacks may do', () => {
    const { Statement: most } = resolveValue(
      role,
      names,
      role.Resources.Boundary?.Properties.PolicyDocument,
    ) as Document
    const within = (action: string) =>
      most.some((statement) => isAllowed([{ ...statement, Resource: '*', Condition: {} }], { action, resource: '*' }))
    const made = [template, account].flatMap((of) =>
      Object.entries(of.Resources)
        .filter(([, { Type }]) => Type === 'AWS::IAM::Role')
        .flatMap(([name]) => actionsOf(statementsIn(of, { ...known, DatabaseSecret: secret }, name))),
    )
    expect(made).toEqual(expect.arrayContaining(['ecs:RunTask', 'iam:PassRole']))
    expect(made.filter((action) => !within(action))).toEqual([])
    expect(actionsOf(most).filter((action) => action.startsWith('iam:'))).toEqual(['iam:PassRole'])
  })

  it('makes roles with that boundary alone, and cannot take it off', () => {
    const made = 'role/migration-acceptance-migration-MigrationRole-1'
    for (const action of ['CreateRole', 'PutRolePolicy', 'AttachRolePolicy']) {
      expect(iam(action, made, { 'iam:PermissionsBoundary': boundary })).toBe(true)
      expect(iam(action, made, { 'iam:PermissionsBoundary': `${boundary}-of-others` })).toBe(false)
      expect(iam(action, made)).toBe(false)
    }
    for (const action of ['DeleteRolePermissionsBoundary', 'PutRolePermissionsBoundary', 'UpdateAssumeRolePolicy'])
      expect(iam(action, made, { 'iam:PermissionsBoundary': boundary })).toBe(false)
  })

  it('cannot change itself or the boundary, and gives roles to tasks alone', () => {
    for (const action of ['PutRolePolicy', 'AttachRolePolicy', 'DeleteRolePolicy'])
      expect(iam(action, 'role/acceptance-WorkflowRole-1', { 'iam:PermissionsBoundary': boundary })).toBe(false)
    for (const action of ['CreatePolicyVersion', 'DeletePolicy'])
      expect(iam(action, 'policy/acceptance-Boundary')).toBe(false)
    const made = 'role/migration-acceptance/migration-acceptance-account-ExecutionRole-1'
    expect(iam('PassRole', made, toEcsTasks)).toBe(true)
    expect(iam('PassRole', made, { 'iam:PassedToService': 'lambda.amazonaws.com' })).toBe(false)
  })
})

describe('the roles GitHub can assume', () => {
  interface Trust {
    readonly Statement: readonly [
      {
        readonly Principal: { readonly Federated: string }
        readonly Action: string
        readonly Condition: { readonly StringEquals: Readonly<Record<string, string | readonly string[]>> }
      },
    ]
  }
  const repository = ['repo:startup/webapp', 'repo:startup@1234567/webapp@7654321']

  it.each([
    { role: 'MigrationRole', trust: 'environment', jobs: ['environment:production'] },
    { role: 'MigrationRole', trust: 'branch', jobs: ['ref:refs/heads/main'] },
    { role: 'DryRunRole', trust: 'environment', jobs: ['pull_request', 'ref:refs/heads/main'] },
    { role: 'BuildRole', trust: 'environment', jobs: ['ref:refs/heads/main'] },
    { role: 'CheckRole', trust: 'environment', jobs: ['environment:production-check'] },
    { role: 'CheckRole', trust: 'branch', jobs: ['ref:refs/heads/main'] },
    { role: 'SnapshotRole', trust: 'environment', jobs: ['environment:production'] },
    { role: 'SnapshotRole', trust: 'branch', jobs: ['ref:refs/heads/main'] },
    {
      role: 'BuildRole',
      trust: 'environment',
      jobs: ['ref:refs/heads/main'],
      issuer: 'git.example.com/_services/token',
    },
  ])(
    '$role by $trust trusts jobs of $jobs in both forms GitHub names them, and nobody else',
    ({ role, trust, jobs, issuer = 'token.actions.githubusercontent.com' }) => {
      const [of, names] = role in template.Resources ? [template, known] : [checks, knownToChecks]
      const document = of.Resources[role]?.Properties.AssumeRolePolicyDocument
      const resolved = resolveValue(of, { ...names, GitHubTrust: trust, GitHubIssuer: issuer }, document)
      const [statement, ...others] = (JSON.parse(String(resolved)) as Trust).Statement
      expect(others).toEqual([])
      expect(statement.Action).toBe('sts:AssumeRoleWithWebIdentity')
      expect(statement.Principal).toEqual({ Federated: known.GitHubOidcProvider })
      expect(statement.Condition).toEqual({
        StringEquals: {
          [`${issuer}:aud`]: 'sts.amazonaws.com',
          [`${issuer}:sub`]: jobs.flatMap((job) => repository.map((name) => `${name}:${job}`)),
        },
      })
    },
  )
})
