import type { RegisterTaskDefinitionCommandInput, Task, TaskOverride } from '@aws-sdk/client-ecs'
import { describe, expect, it } from '@jest/globals'
import { createArns } from '../../local/aws/ecs/arns.ts'
import { createDefinitions } from '../../local/aws/ecs/definitions.ts'
import { storedOverrides } from '../../local/aws/ecs/overrides.ts'
import { differencesOf } from '../../src/migration/same-migration.ts'

const digest = (of: string): string => `sha256:${of.repeat(64)}`
const repository = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop'
const names = { container: 'app', databaseVariable: 'DATABASE_NAME' }

const clone: RegisterTaskDefinitionCommandInput = {
  family: 'shop-run-ecs-migration',
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: '256',
  memory: '512',
  executionRoleArn: 'arn:aws:iam::123456789012:role/execution',
  taskRoleArn: 'arn:aws:iam::123456789012:role/task',
  runtimePlatform: { cpuArchitecture: 'ARM64', operatingSystemFamily: 'LINUX' },
  tags: [{ key: 'run-ecs-migration/nonce', value: 'of this run' }],
  containerDefinitions: [
    {
      name: 'app',
      image: `${repository}@${digest('a')}`,
      command: ['migrate', '--token=hunter2'],
      environment: [
        { name: 'DATABASE_NAME', value: 'shop' },
        { name: 'STAGE', value: 'live' },
      ],
      secrets: [{ name: 'PGPASSWORD', valueFrom: 'arn:aws:ssm:eu-west-1:123456789012:parameter/password' }],
      logConfiguration: {
        logDriver: 'awslogs',
        options: { 'awslogs-group': 'g', 'awslogs-region': 'eu-west-1', 'awslogs-stream-prefix': 'p' },
      },
      stopTimeout: 120,
      dependsOn: [],
    },
    { name: 'router', image: 'fluent-bit:2', essential: false, environment: [{ name: 'LEVEL', value: 'info' }] },
  ],
}
const overrides: TaskOverride = { containerOverrides: [{ name: 'app', environment: [{ name: 'LOG', value: '1' }] }] }

interface Change {
  readonly of?: (definition: RegisterTaskDefinitionCommandInput) => RegisterTaskDefinitionCommandInput
  readonly app?: object
  readonly router?: object
  readonly overrides?: TaskOverride
}

const changed = (change: Change): RegisterTaskDefinitionCommandInput => {
  const input = change.of?.(clone) ?? clone
  const [app, ...others] = input.containerDefinitions ?? []
  const containerDefinitions = [{ ...app, ...change.app }, ...others.map((one) => ({ ...one, ...change.router }))]
  return { ...input, containerDefinitions }
}

/** A task of another run, as ECS shows it and its revision. */
function running(change: Change = {}, imageDigest?: string): { task: Task; definition: object } {
  const clock = { now: () => Date.UTC(2026, 0, 1) } as Parameters<typeof createDefinitions>[1]
  const input = { ...changed(change), tags: [{ key: 'run-ecs-migration/nonce', value: 'of another run' }] }
  const revision = createDefinitions(createArns('eu-west-1', '123456789012'), clock).register(input)
  const shown = storedOverrides(revision, { taskDefinition: revision.arn, overrides: change.overrides ?? overrides })
  const task = { overrides: shown, containers: [{ name: 'app', ...(imageDigest && { imageDigest }) }] }
  return { task, definition: revision.definition }
}

const differences = (
  { task, definition }: ReturnType<typeof running>,
  here: Change = {},
  unknownMembers: readonly string[] = [],
  imageDigest?: string,
) =>
  differencesOf(
    { task, revision: { definition, tags: [], unknownMembers } },
    { database: 'shop', clone: changed(here), request: { overrides: here.overrides ?? overrides } },
    { ...names, imageDigest },
  )

describe('a running task is the same migration', () => {
  it('where its revision and its overrides say the same, whatever ECS has added, and in whatever order of names', () => {
    expect(differences(running())).toEqual([])
    const turned = [...(clone.containerDefinitions?.[0]?.environment ?? [])].reverse()
    expect(differences(running({ app: { environment: turned } }))).toEqual([])
    const none = { overrides: {} }
    expect(differences(running(none), none)).toEqual([])
    const off = { of: (input: typeof clone) => ({ ...input, enableFaultInjection: false }), app: { privileged: false } }
    expect(differences(running(off))).toEqual([])
  })

  it('where one of several databases is migrated again by itself: by what its container gets, not by who says it', () => {
    const ofSeveral: Change = {
      app: {
        environment: [
          { name: 'DATABASE_NAME', value: 'set-per-task-by-run-ecs-migration' },
          { name: 'STAGE', value: 'live' },
        ],
        command: ['serve'],
      },
      overrides: {
        containerOverrides: [
          {
            name: 'app',
            command: ['migrate', '--token=hunter2'],
            environment: [
              { name: 'DATABASE_NAME', value: 'shop' },
              { name: 'LOG', value: '1' },
            ],
          },
        ],
      },
    }
    expect(differences(running(ofSeveral))).toEqual([])
    expect(differences(running(), ofSeveral)).toEqual([])
    const [own] = ofSeveral.overrides?.containerOverrides ?? []
    const other = {
      ...ofSeveral,
      overrides: { containerOverrides: [{ ...own, environment: [{ name: 'DATABASE_NAME', value: 'crm' }] }] },
    }
    expect(differences(running(other))).toEqual(['variable DATABASE_NAME (running: crm; here: shop)', 'variable LOG'])
  })

  it.each<[string, Change, string[]]>([
    [
      'an image',
      { app: { image: `${repository}@${digest('b')}` } },
      [expect.stringMatching(/^image \(.*sha256:bbb/) as never],
    ],
    ['a command', { app: { command: ['drop'] } }, ['command (running: ["drop"]; here: ["migrate","--token=***"])']],
    ['no command', { app: { command: undefined } }, ['command (running: none; here: ["migrate","--token=***"])']],
    ['an entry point', { app: { entryPoint: ['sh'] } }, ['entryPoint']],
    [
      'a database',
      {
        app: {
          environment: [
            { name: 'DATABASE_NAME', value: 'crm' },
            { name: 'STAGE', value: 'live' },
          ],
        },
      },
      ['variable DATABASE_NAME (running: crm; here: shop)'],
    ],
    [
      'a variable more, one less',
      {
        app: {
          environment: [
            { name: 'DATABASE_NAME', value: 'shop' },
            { name: 'KEY', value: 'hunter2' },
          ],
        },
      },
      ['variable KEY', 'variable STAGE'],
    ],
    ['a secret', { app: { secrets: [{ name: 'PGPASSWORD', valueFrom: 'other' }] } }, ['secret PGPASSWORD']],
    ['a log group', { app: { logConfiguration: undefined } }, ['logConfiguration']],
    ['a sidecar’s image', { router: { image: 'fluent-bit:3' } }, ['image of container router']],
    ['a sidecar’s variable', { router: { environment: [] } }, ['variable LEVEL of container router']],
    ['an essential sidecar', { router: { essential: true } }, ['essential of container router']],
    [
      'no sidecar',
      { of: (input) => ({ ...input, containerDefinitions: input.containerDefinitions?.slice(0, 1) }) },
      ['container router'],
    ],
    ['a size', { of: (input) => ({ ...input, memory: '1024' }) }, ['memory']],
    ['a role', { of: ({ taskRoleArn: _, ...input }) => input }, ['taskRoleArn']],
    ['a family', { of: (input) => ({ ...input, family: 'crm-run-ecs-migration' }) }, ['family']],
    ['no override', { overrides: {} }, ['variable LOG']],
    [
      'overrides that this version does not know',
      {
        overrides: {
          containerOverrides: [{ name: 'app', environment: [{ name: 'LOG', value: '1' }], newer: ['x'] }],
          newest: 'yes',
        } as object as TaskOverride,
      },
      ['newer', 'newest'],
    ],
    [
      'another override',
      { overrides: { containerOverrides: [{ name: 'app', command: ['drop'] }], cpu: '512' } },
      ['cpu', 'command (running: ["drop"]; here: ["migrate","--token=***"])', 'variable LOG'],
    ],
  ])('not with %s: it is named', (_, change, named) => {
    expect(differences(running(change)).toSorted()).toEqual(named.toSorted())
    // And the other way round.
    expect(differences(running(), change)).toHaveLength(named.length)
    expect(differences(running(change)).join()).not.toContain('hunter2')
  })

  it('not by a tag alone: ECS must show the digest that this step has resolved', () => {
    const tagged = { app: { image: `${repository}:41` } }
    expect(differences(running(tagged, digest('a')))).toEqual([])
    expect(differences(running(tagged, digest('b')))).toEqual([expect.stringContaining(`digest ${digest('b')}`)])
    expect(differences(running(tagged))).toEqual([expect.stringContaining('digest not known')])
    expect(differences(running(tagged, digest('a')), tagged)).toHaveLength(1)
    expect(differences(running(), tagged)).toHaveLength(1)
    expect(differences(running(), tagged, [], digest('a'))).toEqual([])
    expect(differences(running(), tagged, [], digest('b'))).toHaveLength(1)
    expect(differences(running(tagged), tagged, [], digest('a'))).toHaveLength(1)
  })

  it('not where something of it cannot be read', () => {
    expect(differences(running(), {}, ['newThing'])).toEqual([expect.stringMatching(/^newThing, which/)])
    const { definition } = running()
    const withoutOverrides = { task: {}, definition }
    expect(differences(withoutOverrides)).toContain('the overrides of the task, which ECS does not show')
    expect(differences({ task: running().task, definition: {} })).toContain('container app')
  })
})
