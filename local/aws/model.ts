import { existsSync, readFileSync } from 'node:fs'

/** A shape of AWS's published service model, as scripts/extract-service-model.py leaves it. */
interface Shape {
  readonly type: string
  readonly required?: readonly string[]
  readonly members?: Readonly<Record<string, string>>
  readonly member?: string
  readonly key?: string
  readonly value?: string
  readonly enum?: readonly string[]
  readonly pattern?: string
  readonly min?: number
  readonly max?: number
}

interface ServiceModel {
  readonly apiVersion: string
  readonly targetPrefix: string | null
  readonly operations: Readonly<Record<string, string | null>>
  readonly shapes: Readonly<Record<string, Shape>>
}

/** One way in which an input is not what the model says. */
export interface Violation {
  /** A wrong type cannot be read at all; the others break a constraint. */
  readonly kind: 'type' | 'unknown' | 'constraint'
  /** `containerDefinitions.1.member.name`, as AWS writes paths. */
  readonly path: string
  readonly value: unknown
  /** `Member must not be null` and the like, in AWS's words. */
  readonly constraint: string
}

export interface Model {
  readonly apiVersion: string
  readonly targetPrefix: string
  has(operation: string): boolean
  /** Everything wrong with an operation's input, types first. */
  violations(operation: string, input: unknown): readonly Violation[]
}

export function loadModel(service: 'ecs' | 'logs' | 'sts'): Model {
  const document = JSON.parse(readFileSync(modelFile(), 'utf8')) as { services: Record<string, ServiceModel> }
  const model = document.services[service]
  if (!model) throw new Error(`service-model.json has no ${service}: run scripts/extract-service-model.py`)
  return {
    apiVersion: model.apiVersion,
    targetPrefix: model.targetPrefix ?? '',
    has: (operation) => Object.hasOwn(model.operations, operation),
    violations(operation, input) {
      const shape = model.operations[operation]
      if (!shape) return []
      const found = [...check(model.shapes, shape, input, '')]
      return found.sort((a, b) => Number(b.kind === 'type') - Number(a.kind === 'type'))
    },
  }
}

/** Beside this file; or beside its source, where this is the compiled file in build/local/aws. */
function modelFile(): URL {
  const own = new URL('service-model.json', import.meta.url)
  return existsSync(own) ? own : new URL('../../../local/aws/service-model.json', import.meta.url)
}

type Shapes = ServiceModel['shapes']

function* check(shapes: Shapes, name: string, value: unknown, path: string): Generator<Violation> {
  const shape = shapes[name]
  if (!shape) throw new Error(`service-model.json lacks the shape ${name}`)
  const wrong = wrongType(shape.type, value)
  if (wrong) {
    yield { kind: 'type', path, value, constraint: wrong }
    return
  }
  yield* checkConstraints(shape, value, path)
  if (shape.type === 'structure') yield* checkStructure(shapes, shape, value as Record<string, unknown>, path)
  if (shape.type === 'list') yield* checkList(shapes, shape, value as unknown[], path)
  if (shape.type === 'map') yield* checkMap(shapes, shape, value as Record<string, unknown>, path)
}

function* checkStructure(
  shapes: Shapes,
  shape: Shape,
  value: Record<string, unknown>,
  path: string,
): Generator<Violation> {
  for (const member of shape.required ?? []) {
    if (value[member] === undefined || value[member] === null)
      yield { kind: 'constraint', path: join(path, member), value: null, constraint: 'Member must not be null' }
  }
  for (const [member, inner] of Object.entries(value)) {
    const innerShape = shape.members?.[member]
    if (!innerShape) yield { kind: 'unknown', path: join(path, member), value: inner, constraint: 'Unknown member' }
    else if (inner !== null) yield* check(shapes, innerShape, inner, join(path, member))
  }
}

function* checkList(shapes: Shapes, shape: Shape, value: unknown[], path: string): Generator<Violation> {
  for (const [index, inner] of value.entries())
    yield* check(shapes, shape.member ?? '', inner, join(path, `${index + 1}.member`))
}

function* checkMap(shapes: Shapes, shape: Shape, value: Record<string, unknown>, path: string): Generator<Violation> {
  for (const [key, inner] of Object.entries(value)) {
    yield* check(shapes, shape.key ?? '', key, join(path, 'key'))
    yield* check(shapes, shape.value ?? '', inner, join(path, `${key}.member`))
  }
}

const join = (path: string, member: string) => (path ? `${path}.${member}` : member)

const isWhole = (value: unknown) => Number.isSafeInteger(value)
const typeTests: Readonly<Record<string, (value: unknown) => boolean>> = {
  structure: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  map: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  list: Array.isArray,
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  integer: (value) => isWhole(value) && Math.abs(value as number) <= 2 ** 31,
  long: isWhole,
  float: (value) => typeof value === 'number',
  double: (value) => typeof value === 'number',
  timestamp: (value) => typeof value === 'number' || typeof value === 'string',
  blob: (value) => typeof value === 'string',
}

/** AWS's words for a value that cannot be read as the type, or undefined. */
function wrongType(type: string, value: unknown): string | undefined {
  const test = typeTests[type]
  if (!test) throw new Error(`service-model.json has a type that is not known here: ${type}`)
  if (test(value)) return undefined
  return `${jsonKind(value)} can not be converted to ${type === 'integer' ? 'an Integer' : `a ${capital(type)}`}`
}

function jsonKind(value: unknown): string {
  if (value === null) return 'NULL_VALUE'
  if (Array.isArray(value)) return 'START_ARRAY'
  return { object: 'START_OBJECT', string: 'STRING_VALUE', number: 'NUMBER_VALUE' }[typeof value as string] ?? 'VALUE'
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

function* checkConstraints(shape: Shape, value: unknown, path: string): Generator<Violation> {
  const broken = (constraint: string): Violation => ({ kind: 'constraint', path, value, constraint })
  if (shape.enum && !shape.enum.includes(value as string))
    yield broken(`Member must satisfy enum value set: [${shape.enum.join(', ')}]`)
  if (shape.pattern && !new RegExp(`^(?:${shape.pattern})$`, 'u').test(value as string))
    yield broken(`Member must satisfy regular expression pattern: ${shape.pattern}`)
  const size = sizeOf(value)
  const what = typeof value === 'number' ? 'value' : 'length'
  if (shape.min !== undefined && size < shape.min)
    yield broken(`Member must have ${what} greater than or equal to ${shape.min}`)
  if (shape.max !== undefined && size > shape.max)
    yield broken(`Member must have ${what} less than or equal to ${shape.max}`)
}

function sizeOf(value: unknown): number {
  if (typeof value === 'number') return value
  if (typeof value === 'string') return [...value].length
  return Array.isArray(value) ? value.length : Object.keys(value as object).length
}
