import { readFileSync } from 'node:fs'
import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { Refusal } from '../../src/model.ts'
import { TAG } from '../../src/naming.ts'
import { requireFargate } from '../../src/plan/base.ts'
import { type CloneRequest, cloneDefinition, upsert } from '../../src/plan/clone.ts'

/** AWS's own model of what RegisterTaskDefinition takes, down to every member. */
interface Shape {
  readonly type: string
  readonly members?: Readonly<Record<string, string>>
  readonly member?: string
  readonly value?: string
  readonly enum?: readonly string[]
}

const model: { services: { ecs: { shapes: Record<string, Shape> } } } = JSON.parse(
  readFileSync(new URL('../../local/aws/service-model.json', import.meta.url), 'utf8'),
)
const { shapes } = model.services.ecs
/** The model is newer than the pinned SDK, which drops these; the clone warns of them (unknown-members.test.ts). */
const UNKNOWN_TO_THE_SDK = ['trustedExecutionConfiguration']
const membersOf = (shape: string): string[] => Object.keys(shapes[shape]?.members ?? {})

/** Any value of a shape of the model, with any of its members present. */
function anyOf(name: string): fc.Arbitrary<unknown> {
  const shape = shapes[name]
  if (shape === undefined) throw new Error(`no shape ${name}`)
  switch (shape.type) {
    case 'structure': {
      const members = Object.entries(shape.members ?? {}).map(([member, of]) => [member, anyOf(of)] as const)
      return fc.record(Object.fromEntries(members), { requiredKeys: [] })
    }
    case 'list':
      return fc.array(anyOf(shape.member ?? ''), { maxLength: 2 })
    case 'map':
      return fc.dictionary(fc.string({ minLength: 1 }), anyOf(shape.value ?? ''), { maxKeys: 2, noNullPrototype: true })
    case 'boolean':
      return fc.boolean()
    case 'integer':
    case 'long':
      return fc.nat(1_000)
    case 'double':
      return fc.double({ noNaN: true })
    default:
      return shape.enum === undefined ? fc.string({ maxLength: 8 }) : fc.constantFrom(...shape.enum)
  }
}

const name = fc.constantFrom('app', 'proxy', 'log', 'init')
const anyContainer = fc
  .tuple(anyOf('ContainerDefinition') as fc.Arbitrary<ContainerDefinition>, name)
  .map(([container, name]): ContainerDefinition => ({ ...container, name }))
/** As DescribeTaskDefinition answers: what was registered, and what ECS adds (docs/platform-facts.md#register-members). */
const added: TaskDefinition = {
  taskDefinitionArn: 'arn:aws:ecs:eu-central-1:123456789012:task-definition/shop:7',
  revision: 7,
  status: 'ACTIVE',
  requiresAttributes: [{ name: 'com.amazonaws.ecs.capability.docker-remote-api.1.19' }],
  compatibilities: ['EC2', 'FARGATE'],
  registeredAt: new Date(0),
  deregisteredAt: new Date(0),
  registeredBy: 'arn:aws:iam::123456789012:user/deploy',
}
const anyDefinition = fc
  .tuple(
    anyOf('RegisterTaskDefinitionRequest') as fc.Arbitrary<TaskDefinition>,
    fc.uniqueArray(anyContainer, { selector: (container) => container.name, minLength: 1, maxLength: 4 }),
  )
  .map(([accepted, containerDefinitions]): TaskDefinition => {
    const { tags: _, ...definition } = accepted as TaskDefinition & { tags?: unknown }
    return { ...definition, ...added, containerDefinitions }
  })

const variables = fc.uniqueArray(
  fc.record({ name: fc.constantFrom('A', 'B', 'DATABASE_NAME', 'C'), value: fc.string() }),
  {
    selector: ({ name }) => name,
    maxLength: 4,
  },
)
const tags = fc.uniqueArray(fc.record({ key: fc.string({ minLength: 1 }), value: fc.string() }), {
  selector: ({ key }) => key,
  maxLength: 5,
})

const request = (container: string, environment: CloneRequest['environment'] = []): CloneRequest => ({
  family: 'shop-run-ecs-migration',
  container,
  image: 'new/image:2',
  environment,
  tags: [{ key: TAG.nonce, value: 'n' }],
})

/** What of a described definition RegisterTaskDefinition takes. */
function accepted(definition: TaskDefinition): object {
  const members = membersOf('RegisterTaskDefinitionRequest').filter((member) => !UNKNOWN_TO_THE_SDK.includes(member))
  return Object.fromEntries(Object.entries(definition).filter(([member]) => members.includes(member)))
}

/** Without what the clone sets itself. */
function withoutOurs(definition: object): object {
  const { family: _, containerDefinitions: __, tags: ___, ...rest } = definition as Record<string, unknown>
  return rest
}

/** The chosen container without what was asked for. */
function untouched(container: ContainerDefinition, asked: CloneRequest['environment']): object {
  const { image: _, stopTimeout: __, environment = [], ...rest } = container
  const names = new Set<string | undefined>(asked.map(({ name }) => name))
  return { ...rest, environment: environment.filter(({ name }) => !names.has(name)) }
}

const refusal = (work: () => unknown): Refusal => {
  try {
    work()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  throw new Error('nothing was refused')
}

describe('the clone', () => {
  it('knows every member of the service model', () => {
    expect(membersOf('ContainerDefinition')).toHaveLength(42)
  })

  it('is the base but for image, variables, stopTimeout, family and tags, whatever ECS accepts', () => {
    fc.assert(
      fc.property(anyDefinition, variables, tags, fc.nat(3), (definition, environment, baseTags, index) => {
        const containers = definition.containerDefinitions ?? []
        const chosen = containers[index % containers.length]?.name ?? ''
        const frozen = JSON.stringify(definition)
        const clone = cloneDefinition({ definition, tags: baseTags, unknownMembers: [] }, request(chosen, environment))

        expect(withoutOurs(clone)).toEqual(withoutOurs(accepted(definition)))
        expect(clone.family).toBe('shop-run-ecs-migration')
        const others = (container: ContainerDefinition): boolean => container.name !== chosen
        expect(clone.containerDefinitions?.map(({ name }) => name)).toEqual(containers.map(({ name }) => name))
        expect(clone.containerDefinitions?.filter(others)).toEqual(containers.filter(others))
        const [before = {}, after = {}] = [containers, clone.containerDefinitions].map((list) =>
          list?.find(({ name }) => name === chosen),
        )
        expect(after).toMatchObject({ image: 'new/image:2', stopTimeout: before.stopTimeout ?? 120 })
        expect(untouched(after, environment)).toEqual(untouched(before, environment))
        const kept = baseTags.filter(({ key }) => !/^aws:/i.test(key))
        expect(clone.tags).toEqual(expect.arrayContaining([{ key: TAG.nonce, value: 'n' }, ...kept]))
        expect(JSON.stringify(definition)).toBe(frozen)
      }),
      { numRuns: 150 },
    )
  })

  it('sets a stopTimeout of 120 s only where there is none, and only in the chosen container', () => {
    const definition = { containerDefinitions: [{ name: 'app' }, { name: 'proxy' }] }
    const clone = cloneDefinition({ definition, tags: [], unknownMembers: [] }, request('app'))
    expect(clone.containerDefinitions?.map(({ stopTimeout }) => stopTimeout)).toEqual([120, undefined])
    const short = { containerDefinitions: [{ name: 'app', stopTimeout: 2 }] }
    const kept = cloneDefinition({ definition: short, tags: [], unknownMembers: [] }, request('app'))
    expect(kept.containerDefinitions?.[0]?.stopTimeout).toBe(2)
  })
})

describe('variables', () => {
  it('are each there exactly once, with the wanted value, where they stood before', () => {
    const existing = fc.array(fc.record({ name: fc.constantFrom('A', 'B', 'X', 'Y'), value: fc.string() }), {
      maxLength: 8,
    })
    fc.assert(
      fc.property(existing, variables, (before, wanted) => {
        const after = upsert(before, wanted)
        for (const { name, value } of wanted) {
          expect(after.filter((variable) => variable.name === name)).toEqual([{ name, value }])
        }
        const names = (list: typeof after) => [...new Set(list.map(({ name }) => name))]
        expect(names(after).slice(0, names(before).length)).toEqual(names(before))
      }),
    )
  })
})

it.each([
  [{ networkMode: 'awsvpc', compatibilities: ['EC2', 'FARGATE'] }, true],
  [{ networkMode: 'awsvpc', requiresCompatibilities: ['FARGATE'] }, true],
  [{ networkMode: 'awsvpc', compatibilities: ['EC2'], requiresCompatibilities: ['FARGATE'] }, false],
  [{ networkMode: 'bridge', compatibilities: ['FARGATE'] }, false],
  [{}, false],
] as const)('Fargate can run %j: %s', (definition, able) => {
  const check = (): void => requireFargate(definition as unknown as TaskDefinition)
  if (able) expect(check).not.toThrow()
  else expect(refusal(check).problem.code).toBe('not-fargate')
})
