import type {
  ContainerDefinition,
  KeyValuePair,
  LogConfiguration,
  RegisterTaskDefinitionCommandInput,
  Secret,
  Tag,
  TaskDefinition,
} from '@aws-sdk/client-ecs'
import { ADDED_BY_ECS, type Sidecar } from '../model.ts'
import { shownWords } from '../shown-words.ts'
import { oneLine } from '../text.ts'

interface DiffOptions {
  /** The container whose image and variables are changed. */
  readonly container: string
  /** The one variable whose new value is shown. */
  readonly databaseVariable?: string
  /** DescribeTaskDefinition gives the tags beside the definition. */
  readonly baseTags: readonly Tag[]
  /** What becomes of the other containers, and why. */
  readonly sidecars?: readonly Sidecar[]
}

/** Compared member by member rather than as a whole. */
const SHOWN_IN_DETAIL: ReadonlySet<string> = new Set(['family', 'tags', 'containerDefinitions', 'cpu', 'memory'])
const SHOWN_OF_CONTAINER: ReadonlySet<string> = new Set([
  'image',
  'environment',
  'entryPoint',
  'command',
  'stopTimeout',
  'secrets',
  'essential',
  'dependsOn',
  'volumesFrom',
  'cpu',
  'memory',
  'memoryReservation',
  'logConfiguration',
])

/**
 * What the clone changes about the definition it was made from, a line each, as a person wants to read it.
 * Variables appear by name; only the database variable with its new value.
 */
export function definitionDiff(
  base: TaskDefinition,
  clone: RegisterTaskDefinitionCommandInput,
  options: DiffOptions,
): readonly string[] {
  const copied = Object.fromEntries(Object.entries(base).filter(([member]) => !ADDED_BY_ECS.includes(member)))
  return [
    ...change('family', base.family ?? 'none', clone.family ?? 'none'),
    ...containers(base.containerDefinitions ?? [], clone.containerDefinitions ?? [], options),
    ...change('cpu', base.cpu ?? 'not set', clone.cpu ?? 'not set'),
    ...change('memory', base.memory ?? 'not set', clone.memory ?? 'not set'),
    ...otherMembers(copied, clone, SHOWN_IN_DETAIL),
    ...tagLines(byKey(options.baseTags), byKey(clone.tags)),
  ].map(oneLine)
}

/** On two lines where one would be too long to compare. */
function change(what: string, before: string, after: string): readonly string[] {
  if (before === after) return []
  const line = `${what}: ${before} → ${after}`
  return line.length <= 100 ? [line] : [`${what}: ${before}`, `${' '.repeat(what.length)}→ ${after}`]
}

function containers(
  before: readonly ContainerDefinition[],
  after: readonly ContainerDefinition[],
  options: DiffOptions,
): readonly string[] {
  const clones = new Map(after.map((container) => [container.name, container]))
  const bases = new Set(before.map((container) => container.name))
  return [
    ...before.flatMap((container) => {
      const clone = clones.get(container.name)
      return clone ? containerLines(container, clone, options) : [leftOut(container.name, options)]
    }),
    ...after.filter(({ name }) => !bases.has(name)).map(({ name }) => `container ${name}: added`),
  ]
}

function containerLines(
  before: ContainerDefinition,
  after: ContainerDefinition,
  options: DiffOptions,
): readonly string[] {
  const lines = [
    ...change('image', before.image ?? 'none', after.image ?? 'none'),
    ...change('entryPoint', wordsOrOwn(before.entryPoint), wordsOrOwn(after.entryPoint)),
    ...change(
      'command',
      wordsOrOwn(before.command),
      before.command?.length && !after.command ? 'dropped' : wordsOrOwn(after.command),
    ),
    ...variables(byName(before.environment), byName(after.environment), options.databaseVariable),
    ...secretLines(before.secrets, after.secrets),
    ...change('stopTimeout', stopTimeout(before.stopTimeout), stopTimeout(after.stopTimeout)),
    ...change('essential', essential(before), essential(after)),
    ...listed('dependsOn', before.dependsOn, after.dependsOn, ({ containerName }) => containerName),
    ...listed('volumesFrom', before.volumesFrom, after.volumesFrom, ({ sourceContainer }) => sourceContainer),
    ...change('cpu', amount(before.cpu), amount(after.cpu)),
    ...change('memory', amount(before.memory), amount(after.memory)),
    ...change('memoryReservation', amount(before.memoryReservation), amount(after.memoryReservation)),
    ...logLines(before, after),
    ...otherMembers(before, after, SHOWN_OF_CONTAINER),
  ]
  const head = `container ${after.name ?? before.name}: `
  return lines.map((line) => (line.startsWith(' ') ? `${' '.repeat(head.length)}${line}` : `${head}${line}`))
}

type Values = ReadonlyMap<string, string>

function variables(before: Values, after: Values, databaseVariable: string | undefined): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) =>
    variableLine(name, before.get(name), after.get(name), name === databaseVariable),
  )
}

/** A variable's value may be a secret: only the one that we set, the database's name, is shown. */
function variableLine(
  name: string,
  before: string | undefined,
  after: string | undefined,
  shown: boolean,
): readonly string[] {
  if (before === after) return []
  if (after === undefined) return [`variable ${name}: removed`]
  if (before === undefined) return [`variable ${name}: added${shown ? `, ${after}` : ' (value not shown)'}`]
  return [`variable ${name}: ${shown ? `now ${after} (old value not shown)` : 'changed (values not shown)'}`]
}

/** Where each comes from: an ARN or a name, never a value. */
function secretLines(before: readonly Secret[] | undefined, after: readonly Secret[] | undefined): readonly string[] {
  const [was, is] = [sources(before), sources(after)]
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((name) =>
    change(`secret ${name}`, was.get(name) ?? 'none', is.get(name) ?? 'none'),
  )
}

function sources(secrets: readonly Secret[] | undefined): Values {
  return new Map((secrets ?? []).map(({ name = '', valueFrom = '' }) => [name, valueFrom]))
}

function byName(pairs: readonly KeyValuePair[] | undefined): Values {
  return new Map((pairs ?? []).map(({ name = '', value = '' }) => [name, value]))
}

function wordsOrOwn(words: readonly string[] | undefined): string {
  return words?.length ? shownWords(words) : "the image's own"
}

function stopTimeout(seconds: number | undefined): string {
  return seconds === undefined ? 'not set (30 s on Fargate)' : `${seconds} s`
}

function essential(container: ContainerDefinition): string {
  return container.essential === false ? 'false' : 'true'
}

/** ECS describes a container's cpu as 0 where none was set. */
function amount(reserved: number | undefined): string {
  return reserved ? String(reserved) : 'not set'
}

/** By driver and group: other options may hold a secret, and of these it says only that they differ. */
function logLines({ logConfiguration: was }: ContainerDefinition, { logConfiguration: is }: ContainerDefinition) {
  if (canonical(was) === canonical(is)) return []
  const moved = change('log', destination(was), destination(is))
  return moved.length > 0 ? moved : ['logConfiguration: changed']
}

function destination({ logDriver, options }: Partial<LogConfiguration> = {}): string {
  if (logDriver === undefined) return 'nowhere'
  return logDriver === 'awslogs' ? `log group ${options?.['awslogs-group']}` : `log driver ${logDriver}`
}

/** Items that are gone are named; of any other difference it says only that there is one. */
function listed<Item>(
  member: string,
  before: readonly Item[] = [],
  after: readonly Item[] = [],
  nameOf: (item: Item) => string | undefined,
): readonly string[] {
  const kept = new Set(after.map(canonical))
  const gone = before.filter((item) => !kept.has(canonical(item)))
  if (before.length - gone.length !== after.length) return [`${member}: changed`]
  return gone.length === 0 ? [] : [`${member}: without ${gone.map(nameOf).join(', ')}`]
}

/** What becomes of a container beside the one that runs the migration, as log and diff say it. */
export function sidecarLine({ name, fate, because }: Sidecar): string {
  const words = { kept: 'stays as it is', 'not-essential': 'stays', 'left-out': 'left out' }
  return `${name}: ${words[fate]}, ${because}`
}

function leftOut(name: string | undefined, { sidecars = [] }: DiffOptions): string {
  const known = sidecars.find((sidecar) => sidecar.name === name && sidecar.fate === 'left-out')
  return `container ${known ? sidecarLine(known) : `${name}: removed`}`
}

/** Members that differ and that nobody asked to change, by name. */
function otherMembers(before: object, after: object, listed: ReadonlySet<string>): readonly string[] {
  const [was, is] = [new Map(Object.entries(before)), new Map(Object.entries(after))]
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((member) => !listed.has(member) && canonical(was.get(member)) !== canonical(is.get(member)))
    .map((member) => `${member}: ${is.get(member) === undefined ? 'not copied' : 'changed'}`)
}

/** JSON with keys in one order; a member that is undefined is as good as absent. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, part: unknown) =>
      part !== null && typeof part === 'object' && !Array.isArray(part) && !(part instanceof Date)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    ) ?? 'undefined'
  )
}

function tagLines(before: Values, after: Values): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [was, is] = [before.get(key), after.get(key)]
    if (was === is) return []
    if (is === undefined) return [`tag ${key}: removed`]
    return [was === undefined ? `tag ${key}: added, ${is}` : `tag ${key}: ${was} → ${is}`]
  })
}

function byKey(tags: readonly Tag[] | undefined): Values {
  return new Map((tags ?? []).map(({ key = '', value = '' }) => [key, value]))
}
