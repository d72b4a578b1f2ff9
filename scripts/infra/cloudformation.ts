import { readFileSync } from 'node:fs'
import { type CollectionTag, parse, type ScalarTag } from 'yaml'

/** A template with its short-form functions (`!Sub`, `!GetAtt` …) written out as `{ 'Fn::Sub': … }`. */
export interface Template {
  readonly Parameters: Record<string, { readonly Type: string; readonly Default?: unknown }>
  readonly Conditions?: Record<string, unknown>
  readonly Resources: Record<string, Resource>
  readonly Outputs: Record<string, { readonly Value: unknown; readonly Condition?: string }>
}

interface Resource {
  readonly Type: string
  readonly Condition?: string
  readonly DeletionPolicy?: string
  readonly Properties: Record<string, unknown>
}

const FUNCTIONS = ['Ref', 'Sub', 'GetAtt', 'If', 'Not', 'Equals', 'Select', 'Split', 'Join', 'GetAZs']

const longForm = (name: string): string => (name === 'Ref' ? 'Ref' : `Fn::${name}`)

const tags = FUNCTIONS.flatMap((name): (ScalarTag | CollectionTag)[] => [
  { tag: `!${name}`, resolve: (text: string) => ({ [longForm(name)]: text }) },
  {
    tag: `!${name}`,
    collection: 'seq',
    resolve: (sequence) => ({ [longForm(name)]: (sequence as { toJSON(): unknown }).toJSON() }),
  },
])

/** @param file path of a YAML template */
export const readTemplate = (file: string): Template =>
  parse(readFileSync(file, 'utf8'), { customTags: tags }) as Template

/** What `Ref` and `GetAtt` answer: `Cluster` → its name, `Cluster.Arn` → its ARN. */
export type Known = Readonly<Record<string, unknown>>

const NOTHING = Symbol('AWS::NoValue')

/**
 * A value of a template as CloudFormation would compute it.
 * @param known parameters, pseudo parameters, and what each resource answers to Ref and GetAtt
 * @throws where the value refers to something unknown
 */
export const resolveValue = (template: Template, known: Known, value: unknown): unknown => {
  const lookUp = (name: string): unknown => {
    if (name === 'AWS::NoValue') return NOTHING
    const found = known[name] ?? template.Parameters[name]?.Default
    if (found === undefined) throw new Error(`the template refers to ${name}, which is not known here`)
    return found
  }
  const text = (pattern: string, more: unknown = {}): string => {
    const own = go(more) as Known
    return pattern.replace(/\$\{([^}]+)\}/g, (_, name: string) => String(own[name] ?? lookUp(name)))
  }
  const condition = (name: string): boolean => go(template.Conditions?.[name]) === true
  const functions: Record<string, (argument: unknown) => unknown> = {
    Ref: (name) => lookUp(String(name)),
    'Fn::GetAtt': (path) => lookUp(Array.isArray(path) ? path.join('.') : String(path)),
    'Fn::Sub': (pattern) => (Array.isArray(pattern) ? text(String(pattern[0]), pattern[1]) : text(String(pattern))),
    'Fn::Equals': (pair) => go((pair as unknown[])[0]) === go((pair as unknown[])[1]),
    'Fn::Not': (list) => go((list as unknown[])[0]) !== true,
    'Fn::If': (list) => {
      const [name, yes, no] = list as [string, unknown, unknown]
      return go(condition(name) ? yes : no)
    },
  }
  const go = (item: unknown): unknown => {
    if (Array.isArray(item)) return item.map(go).filter((member) => member !== NOTHING)
    if (typeof item !== 'object' || item === null) return item
    const entries = Object.entries(item)
    const [first] = entries
    const compute = first && entries.length === 1 ? functions[first[0]] : undefined
    if (first && compute) return compute(first[1])
    return Object.fromEntries(
      entries.map(([key, member]) => [key, go(member)]).filter(([, member]) => member !== NOTHING),
    )
  }
  return go(value)
}
