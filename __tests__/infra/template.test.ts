import { describe, expect, it } from '@jest/globals'
import { type Known, readTemplate, resolveValue, type Template } from '../../scripts/infra/cloudformation.ts'

const migration = readTemplate('infra/migration.yml')
const network = readTemplate('infra/network.yml')
const checks = readTemplate('infra/checks.yml')
const properties = (name: string): Record<string, unknown> => migration.Resources[name]?.Properties ?? {}

describe('what infra/migration.yml creates', () => {
  it('scans and encrypts images and keeps the last ten', () => {
    expect(properties('Repository')).toMatchObject({
      ImageScanningConfiguration: { ScanOnPush: true },
      EncryptionConfiguration: { EncryptionType: 'AES256' },
    })
    const policy = properties('Repository').LifecyclePolicy as { readonly LifecyclePolicyText: string }
    expect(JSON.parse(policy.LifecyclePolicyText)).toMatchObject({
      rules: [{ selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 10 } }],
    })
  })

  it('lets nothing in to the task, and out only HTTPS and the database', () => {
    expect(properties('TaskSecurityGroup').SecurityGroupIngress).toBeUndefined()
    expect(properties('TaskSecurityGroup').SecurityGroupEgress).toMatchObject([
      { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' },
      {
        FromPort: { Ref: 'DatabasePort' },
        ToPort: { Ref: 'DatabasePort' },
        DestinationSecurityGroupId: { Ref: 'DatabaseSecurityGroupId' },
      },
    ])
  })

  it('defines a Fargate task without a database name, with the longest stop timeout and a log that loses nothing', () => {
    const definition = properties('TaskDefinition')
    expect(definition).toMatchObject({
      RequiresCompatibilities: ['FARGATE'],
      NetworkMode: 'awsvpc',
      Cpu: '256',
      Memory: '512',
    })
    const [container, ...others] = definition.ContainerDefinitions as readonly Record<string, unknown>[]
    expect(others).toEqual([])
    expect(container).toMatchObject({
      Essential: true,
      StopTimeout: 120,
      LogConfiguration: { LogDriver: 'awslogs', Options: { mode: 'blocking', 'awslogs-stream-prefix': 'migration' } },
    })
    expect(JSON.stringify(container)).not.toContain('DATABASE_NAME')
  })

  it('reads each part of the database login from the secret, under the names of the table in docs/setup.md', () => {
    const [container] = properties('TaskDefinition').ContainerDefinitions as readonly { readonly Secrets: unknown }[]
    expect(container?.Secrets).toEqual(
      ['USER:username', 'PASSWORD:password', 'HOST:host', 'PORT:port'].map((pair) => {
        const [variable, key] = pair.split(':')
        return { Name: `DATABASE_${variable}`, ValueFrom: { 'Fn::Sub': `\${DatabaseSecretArn}:${key}::` } }
      }),
    )
  })
})

describe('what infra/checks.yml creates', () => {
  const names = {
    AppName: 'app',
    'AWS::Region': 'eu-west-1',
    'AWS::AccountId': '111122223333',
    'AWS::Partition': 'aws',
  }
  const container = (template: Template, known: Known) => {
    const definition = template.Resources.TaskDefinition?.Properties.ContainerDefinitions
    return (resolveValue(template, { ...names, ...known }, definition) as readonly Record<string, unknown>[])[0]
  }

  it("defines the migration's task but for command and login", () => {
    const repository = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/app-backend'
    const theirs = {
      LogGroup: '/ecs/app-migrations',
      'Repository.RepositoryUri': repository,
      DatabaseSecretArn: 'login',
    }
    const { Command, StopTimeout, ...migrations } = container(migration, theirs) ?? {}
    expect([Command, StopTimeout]).not.toContain(undefined)
    expect(container(checks, { 'AWS::URLSuffix': 'amazonaws.com', Secret: 'login' })).toEqual(migrations)
    const own = { Family: undefined, ContainerDefinitions: undefined, Tags: undefined }
    const { Tags } = checks.Resources.TaskDefinition?.Properties ?? {}
    expect({ ...checks.Resources.TaskDefinition?.Properties, ...own }).toEqual({
      ...properties('TaskDefinition'),
      ...own,
    })
    expect(Tags).toEqual([{ Key: 'checks-of', Value: { Ref: 'AppName' } }])
  })

  it('has no role for snapshots where no instance is named', () => {
    const snapshots = [checks.Resources.SnapshotRole, checks.Outputs.SnapshotRoleArn]
    expect(snapshots.map((part) => part?.Condition)).toEqual(['TakesSnapshots', 'TakesSnapshots'])
    expect(resolveValue(checks, {}, { 'Fn::If': ['TakesSnapshots', true, false] })).toBe(false)
  })
})

describe('taking it down', () => {
  it('can delete a repository with images', () => {
    expect(properties('Repository').EmptyOnDelete).toBe(true)
  })

  it.each([
    // Roles of other repositories may rest on the account's one provider.
    ['migration.yml', migration, ['GitHubOidcProvider']],
    ['network.yml', network, []],
    ['checks.yml', checks, []],
  ])('%s retains nothing that is its own alone', (_, template, shared) => {
    const retained = Object.entries(template.Resources).filter(([, resource]) =>
      ['Retain', 'Snapshot', 'RetainExceptOnCreate'].includes(resource.DeletionPolicy ?? 'Delete'),
    )
    expect(retained.map(([name]) => name)).toEqual(shared)
  })

  it('holds no database and no secret that deletion could take along', () => {
    const types = [...Object.values(migration.Resources), ...Object.values(network.Resources)].map(({ Type }) => Type)
    expect(types.filter((type) => /RDS|SecretsManager|KMS|::VPC$/.test(type))).toEqual([])
  })
})

describe('the way out in infra/network.yml', () => {
  const withCondition = (condition: string): readonly string[] =>
    Object.values(network.Resources)
      .filter((resource) => resource.Condition === condition)
      .map(({ Type, Properties }) => [Type, JSON.stringify(Properties.ServiceName ?? '')].join(' '))

  it('is either a NAT gateway with its route', () => {
    expect(withCondition('ByNat').map((line) => line.split(' ')[0])).toEqual([
      'AWS::EC2::EIP',
      'AWS::EC2::NatGateway',
      'AWS::EC2::Route',
    ])
  })

  it('or every endpoint that image, log and secret need', () => {
    const services = withCondition('ByEndpoints').flatMap(
      (line) => /\$\{AWS::Region\}\.([\w.]+)"/.exec(line)?.[1] ?? [],
    )
    expect(services.sort()).toEqual(['ecr.api', 'ecr.dkr', 'logs', 's3', 'secretsmanager'])
  })

  it('gives no task a public address', () => {
    const subnets = Object.values(network.Resources).filter(({ Type }) => Type === 'AWS::EC2::Subnet')
    expect(subnets).toHaveLength(2)
    expect(subnets.every(({ Properties }) => Properties.MapPublicIpOnLaunch === false)).toBe(true)
  })
})

describe('names that GitHub allows', () => {
  const accepts = (parameter: string, value: string): boolean =>
    new RegExp(String((migration.Parameters[parameter] as { readonly AllowedPattern?: string }).AllowedPattern)).test(
      value,
    )

  it.each([
    ['GitHubOwner', 'octo-org'],
    ['GitHubOwner', 'mona_octo'],
    ['GitHubEnvironment', 'production'],
    ['GitHubEnvironment', 'Production (EU West)'],
    ['GitHubEnvironment', 'Production%3AV1'],
    ['GitHubBranch', 'release/2026-11'],
  ])('%s may be %s', (parameter, value) => expect(accepts(parameter, value)).toBe(true))

  it.each([
    ['GitHubOwner', '*'],
    ['GitHubOwner', 'a/b'],
    ['GitHubEnvironment', 'a:ref'],
    ['GitHubEnvironment', '*'],
    ['GitHubEnvironment', ''],
  ])('%s may not be %j', (parameter, value) => expect(accepts(parameter, value)).toBe(false))
})
