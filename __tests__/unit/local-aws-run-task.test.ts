import { tmpdir } from 'node:os'
import { DescribeServicesCommand, RunTaskCommand, type RunTaskCommandInput } from '@aws-sdk/client-ecs'
import { describe, expect, it } from '@jest/globals'
import { definition, image, isStopped, launch, messages, run, secretArn, setup, until } from './local-aws-setup.ts'

describe('a container is given', () => {
  it('the environment of image, definition, overrides and secrets, and nothing of the host', async () => {
    process.env.HOST_SECRET = 'must not be seen'
    await using local = await setup({
      images: { [image]: { folder: tmpdir(), environment: { FROM_IMAGE: 'image', BOTH: 'image' } } },
    })
    const input = definition('env')
    local.aws.seedTaskDefinition({
      ...input,
      containerDefinitions: input.containerDefinitions?.map((container) => ({
        ...container,
        environment: [
          { name: 'BOTH', value: 'definition' },
          { name: 'OVERRIDDEN', value: 'definition' },
        ],
        secrets: [
          { name: 'PASSWORD', valueFrom: `${secretArn}:password::` },
          { name: 'PORT', valueFrom: `${secretArn}:port::` },
          { name: 'WHOLE', valueFrom: secretArn },
        ],
      })),
    })
    const environment = [
      { name: 'OVERRIDDEN', value: 'override' },
      { name: 'NEW', value: 'x=y\nz' },
    ]
    const arn = await run(local.ecs, { overrides: { containerOverrides: [{ name: 'app', environment }] } })
    await until(local.ecs, arn, isStopped)
    const [container] = local.aws.containers
    expect(container?.environment).toMatchObject({
      FROM_IMAGE: 'image',
      BOTH: 'definition',
      OVERRIDDEN: 'override',
      NEW: 'x=y\nz',
      PASSWORD: 'a secret',
      PORT: '5432',
      WHOLE: JSON.stringify({ password: 'a secret', port: 5432 }),
      AWS_REGION: 'us-east-1',
      AWS_EXECUTION_ENV: 'AWS_ECS_FARGATE',
    })
    const printed = await messages(local.logs, arn)
    const names = printed.flatMap((line) => /^([A-Z_0-9a-z]+)=/.exec(line)?.[1] ?? [])
    // PWD and such are the shell's own.
    const own = new Set([...Object.keys(container?.environment ?? {}), 'PWD', 'SHLVL', '_', 'OLDPWD'])
    expect(names.filter((name) => !own.has(name))).toEqual([])
    expect(printed.join()).not.toContain('must not be seen')
  })

  const commands: readonly (readonly [string, object, object, string[]])[] = [
    ['the image', {}, {}, ['echo', 'image', 'command']],
    ['the definition', { command: ['definition'] }, {}, ['echo', 'image', 'definition']],
    ['the override', { command: ['definition'] }, { command: ['override'] }, ['echo', 'image', 'override']],
    ['an entry point of its own', { entryPoint: ['echo', 'own'] }, {}, ['echo', 'own']],
  ]
  it.each(commands)('the command of %s', async (_name, container, override, expected) => {
    const images = { [image]: { folder: tmpdir(), entryPoint: ['echo', 'image'], command: ['command'] } }
    await using local = await setup({ images })
    const input = definition('')
    const [app] = input.containerDefinitions ?? []
    local.aws.seedTaskDefinition({ ...input, containerDefinitions: [{ ...app, command: [], ...container }] })
    const arn = await run(local.ecs, { overrides: { containerOverrides: [{ name: 'app', ...override }] } })
    await until(local.ecs, arn, isStopped)
    expect(local.aws.containers[0]?.command).toEqual(expected)
    expect(await messages(local.logs, arn)).toEqual([expected.slice(1).join(' ')])
  })

  it('the image of a tag or a digest', async () => {
    await using local = await setup({ images: { [`${image}:one`]: { folder: tmpdir(), digest: 'sha256:1' } } })
    const launchOf = async (uri: string) => {
      const input = definition('exit 0')
      const [app] = input.containerDefinitions ?? []
      local.aws.seedTaskDefinition({ ...input, containerDefinitions: [{ ...app, image: uri }] })
      return (await until(local.ecs, await run(local.ecs), isStopped)).containers?.[0]?.imageDigest
    }
    expect(await launchOf(`${image}:one`)).toBe('sha256:1')
    expect(await launchOf(`${image}@sha256:1`)).toBe('sha256:1')
    expect(await launchOf(`${image}:two`)).toBeUndefined()
    expect(await launchOf(`${image}@sha256:2`)).toBeUndefined()
  })
})

describe('RunTask', () => {
  it('answers with a task that is PROVISIONING, with overrides and tags as ECS shows them', async () => {
    await using local = await setup({ timing: { provisioning: 60_000 } })
    const arn = local.aws.seedTaskDefinition({ ...definition(''), tags: [{ key: 'from', value: 'definition' }] })
    const { tasks, failures } = await local.ecs.send(
      new RunTaskCommand({
        ...launch,
        startedBy: 'run-ecs-migration/shop',
        tags: [{ key: 'a', value: 'b' }],
        propagateTags: 'TASK_DEFINITION',
        overrides: { containerOverrides: [{ name: 'app', environment: [{ name: 'A', value: 'b' }] }] },
      }),
    )
    expect(failures).toEqual([])
    expect(tasks).toMatchObject([
      {
        lastStatus: 'PROVISIONING',
        desiredStatus: 'RUNNING',
        launchType: 'FARGATE',
        group: 'family:migration',
        startedBy: 'run-ecs-migration/shop',
        taskDefinitionArn: arn,
        tags: [
          { key: 'from', value: 'definition' },
          { key: 'a', value: 'b' },
        ],
        overrides: { containerOverrides: [{ name: 'app', environment: [{ name: 'A', value: 'b' }] }] },
        containers: [{ name: 'app', lastStatus: 'PENDING' }],
      },
    ])
    expect(tasks?.[0]?.taskArn).toMatch(/^arn:aws:ecs:us-east-1:123456789012:task\/default\/[0-9a-f]{32}$/)
  })

  const overrides = (change: object) => ({ overrides: { containerOverrides: [{ name: 'app', ...change }] } })
  const network = (change: object) => ({
    networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'], ...change } },
  })
  const refusals: readonly (readonly [string, Partial<RunTaskCommandInput>, string, RegExp])[] = [
    ['a cluster that is not there', { cluster: 'none' }, 'ClusterNotFoundException', /Cluster not found/],
    ['a definition that is not there', { taskDefinition: 'none' }, 'InvalidParameterException', /not found/],
    [
      'no network on Fargate',
      { networkConfiguration: undefined },
      'InvalidParameterException',
      /Network Configuration must be/,
    ],
    ['17 subnets', network({ subnets: Array(17).fill('subnet-1') }), 'InvalidParameterException', /16/],
    ['6 security groups', network({ securityGroups: Array(6).fill('sg-1') }), 'InvalidParameterException', /5/],
    ['what is no subnet', network({ subnets: ['sg-1'] }), 'InvalidParameterException', /subnet/],
    ['what is no security group', network({ securityGroups: ['x'] }), 'InvalidParameterException', /security group/],
    [
      'no launch type on a cluster without instances',
      { launchType: undefined },
      'InvalidParameterException',
      /No Container Instances/,
    ],
    ['a dot in startedBy', { startedBy: 'a.b' }, 'InvalidParameterException', /startedBy/],
    ['129 characters of startedBy', { startedBy: 'x'.repeat(129) }, 'InvalidParameterException', /startedBy/],
    ['brackets in a tag', { tags: [{ key: 'a', value: '[bot]' }] }, 'InvalidParameterException', /pattern/],
    ['11 tasks', { count: 11 }, 'InvalidParameterException', /Count/],
    [
      'an override of an unknown container',
      { overrides: { containerOverrides: [{ name: 'web' }] } },
      'InvalidParameterException',
      /Override for container named web is not a container in the TaskDefinition/,
    ],
    [
      'overrides that are too long',
      overrides({ environment: [{ name: 'A', value: 'x'.repeat(8100) }] }),
      'InvalidParameterException',
      /Container Overrides length must be at most 8192/,
    ],
    [
      'an override that names a secret',
      overrides({ environment: [{ name: 'SECRET', value: 'x' }] }),
      'ClientException',
      /'SECRET'/,
    ],
  ]
  it.each(refusals)('refuses %s', async (_name, change, code, message) => {
    await using local = await setup()
    const input = definition('exit 0')
    const [app] = input.containerDefinitions ?? []
    const secrets = [{ name: 'SECRET', valueFrom: secretArn }]
    local.aws.seedTaskDefinition({ ...input, containerDefinitions: [{ ...app, secrets }] })
    const refused = local.ecs.send(new RunTaskCommand({ ...launch, ...change }))
    await expect(refused).rejects.toMatchObject({ name: code, message: expect.stringMatching(message) })
  })

  it('refuses an inactive revision, and a volume that is not configured at launch as it must be', async () => {
    await using local = await setup()
    const old = local.aws.seedTaskDefinition({ ...definition('true'), family: 'old' }, 'INACTIVE')
    await expect(run(local.ecs, { taskDefinition: old })).rejects.toThrow('TaskDefinition is inactive')
    const volumes = [{ name: 'scratch', configuredAtLaunch: true }]
    const disk = local.aws.seedTaskDefinition({ ...definition('true'), family: 'disk', volumes })
    await expect(run(local.ecs, { taskDefinition: disk })).rejects.toThrow('scratch must be configured')
  })

  it('refuses a definition that does not fit Fargate, and an inactive cluster', async () => {
    await using local = await setup()
    local.aws.seedTaskDefinition({ ...definition('exit 0'), requiresCompatibilities: ['EC2'], networkMode: 'bridge' })
    await expect(run(local.ecs)).rejects.toThrow('Task definition does not support launch_type FARGATE.')
    local.aws.seedCluster('old', 'INACTIVE')
    await expect(run(local.ecs, { cluster: 'old' })).rejects.toThrow('The referenced cluster was inactive.')
  })
})

describe('services', () => {
  it('are described with their network; others are MISSING', async () => {
    await using local = await setup()
    local.aws.seedService({
      serviceName: 'web',
      subnets: ['subnet-1'],
      securityGroups: ['sg-1'],
      assignPublicIp: 'ENABLED',
    })
    const described = await local.ecs.send(new DescribeServicesCommand({ services: ['web', 'none'] }))
    expect(described.services).toMatchObject([
      {
        serviceName: 'web',
        networkConfiguration: {
          awsvpcConfiguration: { subnets: ['subnet-1'], securityGroups: ['sg-1'], assignPublicIp: 'ENABLED' },
        },
      },
    ])
    expect(described.failures).toMatchObject([{ reason: 'MISSING' }])
  })
})
