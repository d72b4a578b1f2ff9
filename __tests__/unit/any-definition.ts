/**
 * Task definitions as ECS accepts them, of several containers that wait for one another, share files, log through a
 * router and go through a proxy. Whatever is drawn is valid: what the clone makes of it must be, too.
 */
import type { ContainerCondition, ContainerDefinition, ContainerDependency, TaskDefinition } from '@aws-sdk/client-ecs'
import fc from 'fast-check'

export const APPLICATION = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/api'
const IMAGES = [
  `${APPLICATION}:41`,
  `${APPLICATION}@sha256:${'a'.repeat(64)}`,
  'nginx:1',
  'amazon/aws-for-fluent-bit:2',
]
export const NAMES = ['api', 'worker', 'init', 'router', 'envoy'] as const
const VOLUMES = ['static', 'sockets']
const CONDITIONS: readonly ContainerCondition[] = ['START', 'HEALTHY', 'COMPLETE', 'SUCCESS']

/** `times` of ten. */
const oftenTrue = (times: number): fc.Arbitrary<boolean> => fc.integer({ min: 0, max: 9 }).map((drawn) => drawn < times)

interface Draft {
  readonly image: string
  readonly essential: boolean
  readonly restarts: boolean
  /** One for each container before it: the condition it is waited for with. */
  readonly waits: readonly (ContainerCondition | undefined)[]
  readonly mounts: readonly { readonly sourceVolume: string; readonly readOnly: boolean }[]
  readonly filesOf: number | undefined
  readonly logsByRouter: boolean
  readonly entryPoint: readonly string[] | undefined
  readonly command: readonly string[] | undefined
  readonly variables: readonly string[]
}

const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined })
const word = fc.constantFrom('migrate', '--all', 'a b', '$HOME', "it's", '"', 'ünï')

const anyDraft: fc.Arbitrary<Draft> = fc.record({
  image: fc.constantFrom(...IMAGES),
  essential: oftenTrue(5),
  restarts: oftenTrue(1),
  waits: fc.array(maybe(fc.constantFrom(...CONDITIONS)), { minLength: NAMES.length, maxLength: NAMES.length }),
  mounts: fc.uniqueArray(fc.record({ sourceVolume: fc.constantFrom(...VOLUMES), readOnly: fc.boolean() }), {
    selector: ({ sourceVolume }) => sourceVolume,
    maxLength: 2,
  }),
  filesOf: fc.option(fc.nat(NAMES.length - 1), { nil: undefined, freq: 1 }),
  logsByRouter: oftenTrue(3),
  entryPoint: maybe(fc.array(word, { minLength: 1, maxLength: 3 })),
  command: maybe(fc.array(word, { minLength: 1, maxLength: 3 })),
  variables: fc.uniqueArray(fc.constantFrom('DATABASE_NAME', 'DB_URL', 'LOG'), { maxLength: 2 }),
})

export const anyJobDefinition: fc.Arbitrary<TaskDefinition> = fc
  .record({
    names: fc.shuffledSubarray([...NAMES], { minLength: 1 }),
    drafts: fc.array(anyDraft, { minLength: NAMES.length, maxLength: NAMES.length }),
    router: maybe(fc.nat(NAMES.length - 1)),
    proxy: maybe(fc.nat(NAMES.length - 1)),
    lastIsEssential: fc.boolean(),
    order: fc.nat(),
  })
  .map(({ names, drafts, router, proxy, lastIsEssential, order }): TaskDefinition => {
    const hasRouter = router !== undefined && router < names.length
    const containers = names.map((name, at) => drawn(name, at, names, drafts[at], hasRouter))
    const valid = withEssentials(containers, lastIsEssential)
    if (hasRouter) valid[router] = { ...valid[router], firelensConfiguration: { type: 'fluentbit' } }
    const proxyName = proxy === undefined ? undefined : names[proxy]
    return {
      family: 'shop',
      networkMode: 'awsvpc',
      compatibilities: ['EC2', 'FARGATE'],
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      executionRoleArn: 'arn:aws:iam::123456789012:role/execution',
      volumes: VOLUMES.map((name) => ({ name })),
      ...(proxyName !== undefined && { proxyConfiguration: { type: 'APPMESH', containerName: proxyName } }),
      containerDefinitions: rotated(valid, order),
    }
  })

/** It waits only for those before it in the order of the draw, so that there is no cycle. */
function drawn(
  name: string,
  at: number,
  names: readonly string[],
  draft: Draft | undefined,
  hasRouter: boolean,
): ContainerDefinition {
  if (draft === undefined) throw new Error('one draft for each container')
  const dependsOn = names.slice(0, at).flatMap((containerName, index): ContainerDependency[] => {
    const condition = draft.waits[index]
    return condition === undefined ? [] : [{ containerName, condition }]
  })
  const source = draft.filesOf === undefined || draft.filesOf >= at ? undefined : names[draft.filesOf]
  return {
    name,
    image: draft.image,
    essential: draft.essential,
    environment: draft.variables.map((variable) => ({ name: variable, value: 'shop_live' })),
    mountPoints: draft.mounts.map((mount) => ({ ...mount, containerPath: `/${mount.sourceVolume}` })),
    dependsOn,
    volumesFrom: source === undefined ? [] : [{ sourceContainer: source, readOnly: true }],
    ...(draft.entryPoint && { entryPoint: [...draft.entryPoint] }),
    ...(draft.command && { command: [...draft.command] }),
    ...(draft.restarts && { restartPolicy: { enabled: true } }),
    ...(hasRouter && draft.logsByRouter && { logConfiguration: { logDriver: 'awsfirelens' as const } }),
  }
}

/** Whose end is waited for is not essential, and at least one is. */
function withEssentials(containers: readonly ContainerDefinition[], lastIsEssential: boolean): ContainerDefinition[] {
  const waitedFor = new Set(
    containers
      .flatMap(({ dependsOn = [] }) =>
        dependsOn.filter(({ condition }) => condition === 'COMPLETE' || condition === 'SUCCESS'),
      )
      .map(({ containerName }) => containerName),
  )
  const able = containers.map((one) => ({ ...one, essential: one.essential === true && !waitedFor.has(one.name) }))
  const last = able.at(-1)
  if (last !== undefined && (lastIsEssential || !able.some(({ essential }) => essential))) last.essential = true
  return able
}

function rotated<T>(list: readonly T[], by: number): T[] {
  const at = by % list.length
  return [...list.slice(at), ...list.slice(0, at)]
}
