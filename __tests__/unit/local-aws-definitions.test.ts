import {
  type ContainerDefinition,
  type ContainerDependency,
  DeregisterTaskDefinitionCommand,
  DescribeTaskDefinitionCommand,
  ListTaskDefinitionsCommand,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  RunTaskCommand,
} from '@aws-sdk/client-ecs'
import { describe, expect, it } from '@jest/globals'
import { definition, launch, type Setup, setup } from './local-aws-setup.ts'

const base = definition('exit 0')
const [app] = base.containerDefinitions ?? []
const withContainer = (change: Partial<ContainerDefinition>): RegisterTaskDefinitionCommandInput => ({
  ...base,
  containerDefinitions: [{ ...app, ...change }],
})
const register = (local: Setup, input: RegisterTaskDefinitionCommandInput) =>
  local.ecs.send(new RegisterTaskDefinitionCommand(input))
const find = (local: Setup, taskDefinition: string) =>
  local.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition, include: ['TAGS'] }))

describe('task definitions', () => {
  it('come back as registered, with what ECS adds, and with tags only where asked', async () => {
    await using local = await setup()
    const tags = [{ key: 'team', value: 'a b_c.d/e=f+g-h:i@j' }]
    await register(local, { ...base, tags, cpu: '.25 vCPU', memory: '1 GB' })
    const described = await find(local, 'migration')
    expect(described.tags).toEqual(tags)
    expect(described.taskDefinition).toMatchObject({
      family: 'migration',
      revision: 1,
      status: 'ACTIVE',
      cpu: '256',
      memory: '1024',
      compatibilities: ['EC2', 'FARGATE'],
      containerDefinitions: [{ ...app, essential: true, environment: [], portMappings: [], mountPoints: [] }],
    })
    expect(described.taskDefinition?.registeredAt).toBeInstanceOf(Date)
    const bare = await local.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'migration' }))
    expect(bare.tags).toBeUndefined()
  })

  it('are numbered without ever using a number again; the family means the newest active one', async () => {
    await using local = await setup()
    for (let count = 0; count < 3; count += 1) await register(local, base)
    const deregister = (taskDefinition: string) =>
      local.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition }))
    await deregister('migration:3')
    expect((await find(local, 'migration')).taskDefinition?.revision).toBe(2)
    const gone = (await find(local, 'migration:3')).taskDefinition
    expect(gone).toMatchObject({ status: 'INACTIVE' })
    expect(gone?.deregisteredAt).toBeInstanceOf(Date)
    expect((await register(local, base)).taskDefinition?.revision).toBe(4)
    for (const revision of [1, 2, 4]) await deregister(`migration:${revision}`)
    await expect(find(local, 'migration')).rejects.toThrow('Unable to describe task definition.')
    await expect(deregister('migration')).rejects.toThrow('revision is missing')
    await expect(
      local.ecs.send(new RunTaskCommand({ ...launch, taskDefinition: 'migration:3' })),
    ).rejects.toMatchObject({
      name: 'ClientException',
      message: 'TaskDefinition is inactive',
    })
  })

  it('are listed by family and status, newest first where asked, in pages', async () => {
    await using local = await setup()
    for (let count = 0; count < 12; count += 1) await register(local, base)
    await register(local, { ...base, family: 'migration-run' })
    await local.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: 'migration:11' }))
    const list = async (input: object) =>
      (await local.ecs.send(new ListTaskDefinitionsCommand({ familyPrefix: 'migration', ...input }))).taskDefinitionArns
    const numbers = (arns: string[] = []) => arns.map((arn) => Number(arn.split(':').at(-1)))
    expect(numbers(await list({ sort: 'DESC' }))).toEqual([12, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
    expect(numbers(await list({ status: 'INACTIVE' }))).toEqual([11])
    const first = await local.ecs.send(new ListTaskDefinitionsCommand({ familyPrefix: 'migration', maxResults: 6 }))
    expect(numbers(first.taskDefinitionArns)).toEqual([1, 2, 3, 4, 5, 6])
    expect(numbers(await list({ maxResults: 6, nextToken: first.nextToken }))).toEqual([7, 8, 9, 10, 12])
  })
})

describe('RegisterTaskDefinition refuses', () => {
  const secret = { name: 'PASSWORD', valueFrom: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:x-AbCdEf' }
  const options = app?.logConfiguration?.options ?? {}
  const log = (change: Record<string, string>) =>
    withContainer({ logConfiguration: { logDriver: 'awslogs', options: { ...options, ...change } } })
  const waiting = (containerName: string, condition: ContainerDependency['condition']): ContainerDefinition => ({
    dependsOn: [{ containerName, condition }],
  })
  const waits = (...on: Parameters<typeof waiting>) => withContainer(waiting(...on))
  const besides = (...others: readonly ContainerDefinition[]): RegisterTaskDefinitionCommandInput => ({
    ...base,
    containerDefinitions: [
      app ?? {},
      ...others.map((other, at) => ({ name: `other-${at}`, image: 'other:1', ...other })),
    ],
  })
  const ring = besides(waiting('other-1', 'START'), waiting('other-0', 'HEALTHY'))
  const fluent = { type: 'fluentbit' as const }
  const refusals: readonly (readonly [string, RegisterTaskDefinitionCommandInput, RegExp])[] = [
    ['a family with a dot', { ...base, family: 'a.b' }, /Family contains invalid characters/],
    ['no container', { ...base, containerDefinitions: [] }, /Container list cannot be empty/],
    ['no essential container', withContainer({ essential: false }), /at least one essential container/],
    ['a dependency on a container that is not there', waits('gone', 'START'), /Cannot depend on container \+ 'gone'/],
    [
      'a dependency on the end of an essential container',
      besides(waiting('app', 'COMPLETE')),
      /cannot be an essential/,
    ],
    ['containers that wait for one another', ring, /cycle/],
    ['a container that waits for itself', waits('app', 'HEALTHY'), /cycle/],
    ['volumes of a container that is not there', withContainer({ volumesFrom: [{ sourceContainer: 'x' }] }), /'x'/],
    [
      'a mount point of no volume',
      withContainer({ mountPoints: [{ sourceVolume: 'data', containerPath: '/d' }] }),
      /Unknown volume 'data'/,
    ],
    ['FireLens without a router', withContainer({ logConfiguration: { logDriver: 'awsfirelens' } }), /awsfirelens/],
    ['two log routers', besides({ firelensConfiguration: fluent }, { firelensConfiguration: fluent }), /can have one/],
    ['a proxy that is not there', { ...base, proxyConfiguration: { containerName: 'envoy' } }, /'envoy'/],
    ['no image', withContainer({ image: '' }), /Container.image should not be null or empty/],
    [
      'a digest alone',
      withContainer({ image: '@sha256:0a' }),
      /Container.image repository should not be null or empty/,
    ],
    ['a masked image', withContainer({ image: '***.dkr.ecr.x.amazonaws.com/app' }), /Container.image contains invalid/],
    ['two containers of one name', { ...base, containerDefinitions: [app ?? {}, app ?? {}] }, /must be unique/],
    [
      'a secret and a variable of one name',
      withContainer({ secrets: [secret], environment: [{ name: 'PASSWORD', value: 'x' }] }),
      /The secret name must be unique and not shared with .*, such as 'PASSWORD'/,
    ],
    [
      'secrets without an execution role',
      { ...withContainer({ secrets: [secret] }), executionRoleArn: undefined },
      /executionRoleArn/,
    ],
    ['awslogs without an execution role', { ...base, executionRoleArn: undefined }, /to support log driver awslogs/],
    ['awslogs without a stream prefix', log({ 'awslogs-stream-prefix': '' }), /awslogs-stream-prefix/],
    ['awslogs without a group', log({ 'awslogs-group': '' }), /requires options/],
    ['a log driver that Fargate lacks', withContainer({ logConfiguration: { logDriver: 'syslog' } }), /syslog/],
    ['a stopTimeout below 2 s', withContainer({ stopTimeout: 1 }), /stopTimeout/],
    ['a stopTimeout above 120 s', withContainer({ stopTimeout: 121 }), /stopTimeout/],
    ['privileged containers on Fargate', withContainer({ privileged: true }), /privileged/],
    ['another network mode on Fargate', { ...base, networkMode: 'bridge' }, /awsvpc/],
    ['no cpu on Fargate', { ...base, cpu: undefined }, /'cpu' be defined/],
    [
      'a size that Fargate lacks',
      { ...base, memory: '4096' },
      /No Fargate configuration exists for given values: 256 CPU, 4096 memory/,
    ],
    ['more than 64 KiB', withContainer({ command: ['x'.repeat(66_000)] }), /Max allowed length is '65536' bytes/],
    ['reserved tags', { ...base, tags: [{ key: 'aws:x', value: 'y' }] }, /reserved prefix/],
    [
      'a tag key twice',
      {
        ...base,
        tags: [
          { key: 'a', value: '1' },
          { key: 'a', value: '2' },
        ],
      },
      /Duplicate/,
    ],
    [
      'a tag value with brackets',
      { ...base, tags: [{ key: 'actor', value: 'dependabot[bot]' }] },
      /regular expression pattern/,
    ],
    ['a tag value of 257', { ...base, tags: [{ key: 'a', value: 'x'.repeat(257) }] }, /less than or equal to 256/],
    [
      '51 tags',
      { ...base, tags: Array.from({ length: 51 }, (_, n) => ({ key: `k${n}`, value: '' })) },
      /less than or equal to 50/,
    ],
    ['an unknown enum value', { ...base, networkMode: 'moon' as 'awsvpc' }, /enum value set/],
    ['a wrong type', withContainer({ cpu: 'many' as unknown as number }), /can not be converted to an Integer/],
  ]
  it.each(refusals)('%s', async (_name, input, message) => {
    await using local = await setup()
    await expect(register(local, input)).rejects.toThrow(message)
    expect(local.aws.journal.at(-1)?.outcome?.status).toBe(400)
  })

  it('a member that AWS does not have', async () => {
    await using local = await setup()
    // The SDK drops such a member itself, so this goes by hand.
    const response = await fetch(local.aws.url, {
      method: 'POST',
      headers: {
        'x-amz-target': 'AmazonEC2ContainerServiceV20141113.RegisterTaskDefinition',
        authorization: 'AWS4-HMAC-SHA256 Credential=AKIALOCAL/20261122/us-east-1/ecs/aws4_request, Signature=0',
        'x-amz-date': new Date().toISOString().replace(/[-:]|\.\d+/g, ''),
      },
      body: JSON.stringify({ ...base, bogus: 1 }),
    })
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ __type: 'SerializationException', message: 'Unknown member: bogus' })
  })
})
