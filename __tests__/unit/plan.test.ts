import { createHash } from 'node:crypto'
import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Inputs } from '../../src/inputs.ts'
import { wrongDatabase } from '../../src/migration/database-proof.ts'
import { logStreamOf } from '../../src/migration/log-stream.ts'
import { type Plan, Refusal } from '../../src/model.ts'
import { NO_DATABASE, TAG } from '../../src/naming.ts'
import { makePlan } from '../../src/plan/plan.ts'
import { planInputs as inputs } from './plan-inputs.ts'

const hash = (text: string): string => createHash('sha256').update(text).digest('hex')

const definition: TaskDefinition = {
  family: 'shop',
  taskDefinitionArn: 'arn:aws:ecs:eu-central-1:123456789012:task-definition/shop:7',
  networkMode: 'awsvpc',
  compatibilities: ['FARGATE'],
  containerDefinitions: [
    {
      name: 'app',
      image: 'old',
      environment: [
        { name: 'DATABASE_NAME', value: 'production' },
        { name: 'LOG', value: '1' },
      ],
    },
  ],
}

const identity = {
  repository: 'o/r',
  runUrl: 'https://github.com/o/r/actions/runs/1/attempts/1',
  actor: 'dependabot[bot]',
  commit: 'c0ffee',
  nonce: 'nonce',
}

const plan = (
  change: Partial<Inputs> = {},
  base: Partial<TaskDefinition> = {},
  tags = [{ key: 'team', value: 'a' }],
): Plan =>
  makePlan(
    {
      inputs: { ...inputs, ...change },
      base: { definition: { ...definition, ...base }, tags, unknownMembers: [] },
      network: { subnets: ['subnet-1'], securityGroups: ['sg-1'], assignPublicIp: 'DISABLED' },
      identity,
      image: 'repo/shop@sha256:1',
    },
    hash,
  )

const cloned = ({ clone }: Plan): ContainerDefinition => clone.containerDefinitions?.[0] ?? {}
const overridesOf = (made: Plan, index: number) => made.launches[index]?.request.overrides?.containerOverrides

describe('the plan for one database', () => {
  it('carries its name in the clone, and needs no override', () => {
    const made = plan()
    expect(cloned(made)).toMatchObject({
      image: 'repo/shop@sha256:1',
      environment: [
        { name: 'DATABASE_NAME', value: 'shop' },
        { name: 'LOG', value: '1' },
      ],
    })
    expect(overridesOf(made, 0)).toBeUndefined()
    expect(made.clone.family).toBe('shop-run-ecs-migration')
    expect(made.launches).toHaveLength(1)
    expect(made.launches[0]?.request).toMatchObject({
      launchType: 'FARGATE',
      count: 1,
      startedBy: 'run-ecs-migration/shop',
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'], assignPublicIp: 'DISABLED' } },
    })
  })

  it('puts the name where {database} stands', () => {
    const made = plan({
      environmentVariables: [{ name: 'URL', value: 'postgres://h/{database}' }],
      command: ['migrate', '{database}'],
    })
    expect(cloned(made).environment).toContainEqual({ name: 'URL', value: 'postgres://h/shop' })
    expect(overridesOf(made, 0)).toEqual([{ name: 'app', command: ['migrate', 'shop'] }])
  })

  it('puts the entry point into the clone, without the arguments of the old one', () => {
    const [app] = definition.containerDefinitions ?? []
    const sidecar = { name: 'agent', image: 'agent', essential: false, entryPoint: ['/agent'], command: ['run'] }
    const containerDefinitions = [{ ...app, entryPoint: ['/old'], command: ['serve'] }, sidecar]
    const made = plan({ entrypoint: ['env', 'URL=mysql://db/{database}', 'dbmate', 'up'] }, { containerDefinitions })
    expect(cloned(made)).toMatchObject({ entryPoint: ['env', 'URL=mysql://db/shop', 'dbmate', 'up'] })
    expect(cloned(made)).not.toHaveProperty('command')
    expect(overridesOf(made, 0)).toBeUndefined()
    expect(made.clone.containerDefinitions?.[1]).toEqual(sidecar)
    expect(containerDefinitions[0]?.command).toEqual(['serve'])
  })

  it('has no variable where none is wanted', () => {
    expect(cloned(plan({ databaseVariable: '' })).environment).toEqual(
      definition.containerDefinitions?.[0]?.environment,
    )
  })
})

describe('the plan for several databases', () => {
  const several = ['a', '$&', "o'brien", 'ünï🐘']

  it('has one clone that names none of them, and each task its own override', () => {
    const made = plan({
      databases: several,
      environmentVariables: [
        { name: 'URL', value: 'postgres://h/{database}' },
        { name: 'SAME', value: 'x' },
      ],
    })
    expect(cloned(made).environment).toEqual([
      { name: 'DATABASE_NAME', value: NO_DATABASE },
      { name: 'LOG', value: '1' },
      { name: 'SAME', value: 'x' },
    ])
    for (const [index, database] of several.entries()) {
      expect(made.launches[index]?.database).toBe(database)
      expect(overridesOf(made, index)).toEqual([
        {
          name: 'app',
          environment: [
            { name: 'DATABASE_NAME', value: database },
            { name: 'URL', value: `postgres://h/${database}` },
          ],
        },
      ])
    }
  })

  it('gives every task exactly its own name, whatever the names are', () => {
    const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }).filter((text) => !/[\s,\p{Cc}]/u.test(text))
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 2, maxLength: 20 }), (databases) => {
        const made = plan({ databases })
        expect(made.launches.map(({ database }) => database)).toEqual(databases)
        expect(made.launches.map((_, index) => overridesOf(made, index)?.[0]?.environment?.[0]?.value)).toEqual(
          databases,
        )
        expect(new Set(made.launches.map(({ request }) => request.startedBy)).size).toBe(databases.length)
      }),
    )
  })

  it('is one even for 500, and made in no time', () => {
    const began = performance.now()
    expect(plan({ databases: Array.from({ length: 500 }, (_, index) => `tenant-${index}`) }).launches).toHaveLength(500)
    expect(performance.now() - began).toBeLessThan(1_000)
  })
})

describe('the tags of a task', () => {
  const tagsOf = (made: Plan) => made.launches[0]?.request.tags ?? []

  it('say who, what and where, made to fit', () => {
    expect(Object.fromEntries(tagsOf(plan()).map(({ key, value }) => [key, value]))).toMatchObject({
      [TAG.database]: 'shop',
      [TAG.image]: 'repo/shop@sha256:1',
      [TAG.repository]: 'o/r',
      [TAG.run]: identity.runUrl,
      [TAG.actor]: 'dependabot-bot-',
      [TAG.commit]: 'c0ffee',
      [TAG.nonce]: 'nonce',
      team: 'a',
    })
  })

  it('are ours first, then the user’s, then the definition’s, 50 in all', () => {
    const many = Array.from({ length: 50 }, (_, index) => ({ key: `base${index}`, value: '' }))
    const made = plan(
      {
        tags: [
          { key: 'team', value: 'mine' },
          { key: TAG.nonce, value: 'forged' },
        ],
      },
      {},
      [{ key: 'team', value: 'base' }, ...many],
    )
    expect(tagsOf(made)).toHaveLength(50)
    expect(tagsOf(made)).toContainEqual({ key: 'team', value: 'mine' })
    expect(tagsOf(made)).toContainEqual({ key: TAG.nonce, value: 'nonce' })
  })
})

describe('secrets of the chosen container', () => {
  const role = { executionRoleArn: 'arn:aws:iam::123456789012:role/execution' }

  it('are one revision for all databases where they are the same for all', () => {
    const made = plan({ databases: ['a', 'b'], secrets: [{ name: 'TOKEN', valueFrom: 'arn:token' }] }, role)
    expect(new Set(made.launches.map(({ clone }) => clone)).size).toBe(1)
    expect(cloned(made).secrets).toEqual([{ name: 'TOKEN', valueFrom: 'arn:token' }])
    expect(cloned(made).environment).toContainEqual({ name: 'DATABASE_NAME', value: NO_DATABASE })
  })

  it('is a revision for each database, too, where the entry point names it', () => {
    const made = plan({ databases: ['crm', 'erp'], entrypoint: ['migrate', '--to', '{database}'] })
    expect(made.launches.map(({ clone }) => clone.containerDefinitions?.[0]?.entryPoint)).toEqual([
      ['migrate', '--to', 'crm'],
      ['migrate', '--to', 'erp'],
    ])
  })

  it('are a revision for each database where they differ, which then carries its name and variables itself', () => {
    const made = plan(
      {
        databases: ['crm', 'erp'],
        secrets: [{ name: 'URL', valueFrom: '/{database}/url' }],
        environmentVariables: [{ name: 'SCHEMA', value: 's_{database}' }],
        command: ['migrate', '{database}'],
      },
      role,
    )
    const containers = made.launches.map(({ clone }) => clone.containerDefinitions?.[0])
    expect(containers.map((one) => one?.secrets)).toEqual([
      [{ name: 'URL', valueFrom: '/crm/url' }],
      [{ name: 'URL', valueFrom: '/erp/url' }],
    ])
    expect(containers[1]?.environment).toContainEqual({ name: 'DATABASE_NAME', value: 'erp' })
    expect(containers[1]?.environment).toContainEqual({ name: 'SCHEMA', value: 's_erp' })
    expect(made.launches.map(({ clone }) => clone.tags?.find(({ key }) => key === TAG.database)?.value)).toEqual([
      'crm',
      'erp',
    ])
    expect(overridesOf(made, 1)).toEqual([{ name: 'app', command: ['migrate', 'erp'] }])
  })
})

describe('a plan is refused', () => {
  const code = (change: Partial<Inputs>, base: Partial<TaskDefinition> = {}): string => {
    try {
      plan(change, base)
    } catch (error) {
      if (error instanceof Refusal) return error.problem.code
      throw error
    }
    return 'none'
  }

  it('when the start needs an execution role that the definition does not have', () => {
    const lines = [{ name: 'TOKEN', valueFrom: 'arn:token' }]
    const role = { executionRoleArn: 'arn:aws:iam::123456789012:role/execution' }
    expect(code({ secrets: lines })).toBe('no-execution-role')
    expect(code({ logGroup: '/ecs/migrations' })).toBe('no-execution-role')
    expect(code({ secrets: lines, logGroup: '/ecs/migrations' }, role)).toBe('none')
  })

  it('when overrides are longer than ECS takes, and not before', () => {
    const long = (length: number): Partial<Inputs> => ({ command: ['x'.repeat(length)] })
    expect(code(long(6_900))).toBe('none')
    expect(code(long(7_000))).toBe('overrides-too-long')
  })
})

describe('the proof of the database', () => {
  const expected = { container: 'app', variable: 'DATABASE_NAME', database: 'shop' }
  const shows = (...values: string[]) => [
    { name: 'proxy', environment: [{ name: 'DATABASE_NAME', value: 'shop' }] },
    { name: 'app', environment: values.map((value) => ({ name: 'DATABASE_NAME', value })) },
  ]

  it('needs container, variable and value, once', () => {
    expect(wrongDatabase(expected, shows('shop'))).toBeUndefined()
    expect(wrongDatabase(expected, shows('crm'))).toContain('ECS shows crm')
    expect(wrongDatabase(expected, shows())).toContain('no such variable')
    expect(wrongDatabase(expected, shows('shop', 'crm'))).toContain('shop, crm')
    expect(wrongDatabase(expected, shows('shop').slice(0, 1))).toContain('no such variable')
    expect(wrongDatabase(expected, [])).toContain('no such variable')
    expect(wrongDatabase({ ...expected, variable: '' }, [])).toBeUndefined()
  })
})

describe('the log stream', () => {
  const container = (options: Record<string, string>, logDriver: 'awslogs' | 'splunk' = 'awslogs') => ({
    name: 'app',
    logConfiguration: { logDriver, options },
  })
  const arn = 'arn:aws:ecs:eu-central-1:123456789012:task/prod/0a1b'

  it('is prefix, container and task id, in the Region of the log', () => {
    const options = { 'awslogs-group': '/ecs', 'awslogs-stream-prefix': 'p' }
    expect(logStreamOf(container(options), arn, 'r')).toEqual({ group: '/ecs', stream: 'p/app/0a1b', region: 'r' })
    expect(logStreamOf(container({ ...options, 'awslogs-region': 'us-east-1' }), arn, 'r')?.region).toBe('us-east-1')
  })

  it('is none where the container logs elsewhere', () => {
    expect(logStreamOf(container({ 'awslogs-group': '/ecs' }), arn, 'r')).toBeUndefined()
    expect(
      logStreamOf(container({ 'awslogs-group': 'g', 'awslogs-stream-prefix': 'p' }, 'splunk'), arn, 'r'),
    ).toBeUndefined()
    expect(logStreamOf({ name: 'app' }, arn, 'r')).toBeUndefined()
  })
})

describe('the base definition', () => {
  const ids = ({ doubts }: Plan): readonly string[] => doubts.map(({ id }) => id)
  const arn = 'arn:aws:ecs:eu-central-1:123456789012:task-definition/shop:7'

  it.each(['INACTIVE', 'DELETE_IN_PROGRESS'] as const)('that is %s is warned of, and its copy runs', (status) => {
    const [doubt] = plan({}, { status }).doubts
    expect(doubt).toMatchObject({ id: 'inactive-revision', weight: 'warning' })
    expect(doubt?.reason).toContain(`${arn} is ${status}`)
    expect(ids(plan({}, { status: 'ACTIVE' }))).not.toContain('inactive-revision')
  })

  it('is of the account of the cluster, where that is known', () => {
    const cluster = (account: string) => `arn:aws:ecs:eu-central-1:${account}:cluster/prod`
    expect(plan({ cluster: cluster('123456789012') }).cluster).toBe(cluster('123456789012'))
    expect(() => plan({ cluster: cluster('210987654321') })).toThrow(
      `${arn} is of account 123456789012, and the cluster ${cluster('210987654321')} of account 210987654321`,
    )
  })
})
