/**
 * Whether a task that runs is the migration that this step would launch. What cannot be read is a difference. It is
 * named by field or variable, and shown by value only where it is image, command or database.
 */
import type {
  ContainerDefinition,
  RegisterTaskDefinitionCommandInput,
  Task,
  TaskDefinition,
  TaskOverride,
} from '@aws-sdk/client-ecs'
import { parseImage } from '../image-reference.ts'
import { ADDED_BY_ECS, type DescribedDefinition, type Launch } from '../model.ts'
import { shownWords } from '../shown-words.ts'
import { containerOf } from './outcome.ts'

interface RunningMigration {
  readonly task: Task
  /** The revision of the task, as ECS describes it. */
  readonly revision: DescribedDefinition
}

/** Of this step's plan. */
interface Names {
  /** What the image stands for, where its reference does not say it by digest. */
  readonly imageDigest?: string | undefined
  /** The container that runs the migration. */
  readonly container: string
  /** The variable that names the database; empty: none. */
  readonly databaseVariable: string
}

/** @returns in words, one for each difference; none: it is the same migration */
export function differencesOf(running: RunningMigration, { clone, request }: Launch, names: Names): readonly string[] {
  const { definition, unknownMembers } = running.revision
  const { overrides } = running.task
  return [
    ...unknownMembers.map((path) => `${path}, which this version of the action does not know`),
    ...(overrides === undefined ? ['the overrides of the task, which ECS does not show'] : []),
    ...imageDifference(running, clone, names),
    ...differing(
      ofDefinition(overridden(definition, overrides), names),
      ofDefinition(overridden(clone, request.overrides), names),
    ),
  ]
}

/** A tag says nothing of what runs: without a digest on both sides the image is another one. */
function imageDifference(
  { task, revision }: RunningMigration,
  clone: Launch['clone'],
  { container, imageDigest }: Names,
): readonly string[] {
  const runs = imageOf(revision.definition, container)
  const wanted = imageOf(clone, container)
  const shown = containerOf(task, container)?.imageDigest
  const digest = parseImage(runs)?.digest ?? shown
  if (digest !== undefined && digest === (parseImage(wanted)?.digest ?? imageDigest)) return []
  return [`image (running: ${withDigest(runs, shown)}; here: ${withDigest(wanted, imageDigest)})`]
}

function withDigest(image: string, digest: string | undefined): string {
  return image.includes('@') ? image : `${image} with digest ${digest ?? 'not known'}`
}

/** @returns empty where the definition has no such container, or the container no image */
export function imageOf({ containerDefinitions = [] }: AnyDefinition, container: string): string {
  return containerDefinitions.find(({ name }) => name === container)?.image ?? ''
}

type AnyDefinition = TaskDefinition | RegisterTaskDefinitionCommandInput

/** What is compared, by what a difference in it is called. */
type Facts = ReadonlyMap<string, Fact>

interface Fact {
  readonly value: string
  /** Absent: the value may be secret. */
  readonly shown?: string
}

function differing(runs: Facts, wanted: Facts): readonly string[] {
  const labels = [...new Set([...runs.keys(), ...wanted.keys()])]
  const different = labels.filter((label) => runs.get(label)?.value !== wanted.get(label)?.value)
  // Of a container that only one of them has, nothing more need be said.
  const alone = different.filter((label) => label.startsWith('container ')).map((label) => ` of ${label}`)
  return different
    .filter((label) => !alone.some((end) => label.endsWith(end)))
    .map((label) => `${label}${shownValues(runs.get(label), wanted.get(label))}`)
}

function shownValues(runs: Fact | undefined, wanted: Fact | undefined): string {
  if ((runs ?? wanted)?.shown === undefined) return ''
  return ` (running: ${runs?.shown ?? 'none'}; here: ${wanted?.shown ?? 'none'})`
}

/** Tags differ from run to run; containers are compared apart. */
const NOT_COMPARED = [...ADDED_BY_ECS, 'containerDefinitions', 'tags']

function ofDefinition(definition: AnyDefinition, names: Names): Facts {
  const containers = (definition.containerDefinitions ?? []).flatMap((container) => {
    const { name, image, ...rest } = container
    const isOurs = name === names.container
    // ECS fills in these two.
    const filled = { essential: true, ...rest, cpu: rest.cpu || undefined, ...(!isOurs && { image }) }
    return [[`container ${name}`, { value: 'there' }] as const, ...ofContainer(name, filled, names)]
  })
  return new Map([...membersOf(definition, NOT_COMPARED), ...containers])
}

/**
 * What really runs: of one database the definition names it, and of several each task's overrides. They take the place
 * of the definition's members, and add to its variables.
 */
function overridden(definition: AnyDefinition, { containerOverrides = [], ...task }: TaskOverride = {}): AnyDefinition {
  const containerDefinitions = (definition.containerDefinitions ?? []).map((container) => {
    const { environment = [], ...override } = containerOverrides.find(({ name }) => name === container.name) ?? {}
    const variables = (container.environment ?? []).filter(({ name }) => !environment.some((one) => one.name === name))
    return { ...container, ...given(override), environment: [...variables, ...environment] }
  })
  return { ...definition, ...given(task), containerDefinitions }
}

/** ECS shows an entry for each container, also where nothing of it is overridden. */
function given<T extends object>(override: T): Partial<T> {
  return Object.fromEntries(Object.entries(override).filter(([, value]) => filled(value) !== undefined)) as Partial<T>
}

function ofContainer(
  name: string | undefined,
  container: Pick<ContainerDefinition, 'environment' | 'secrets' | 'command'>,
  { container: chosen, databaseVariable }: Names,
): readonly (readonly [string, Fact])[] {
  const { environment = [], secrets = [], command = [] } = container
  const variables = named(environment, ({ value }) => value)
  const facts: (readonly [string, Fact])[] = [
    ...membersOf(container, ['environment', 'secrets']),
    ...variables.map(([variable, value]) => [`variable ${variable}`, { value }] as const),
    ...named(secrets, ({ valueFrom }) => valueFrom).map(([secret, value]) => [`secret ${secret}`, { value }] as const),
  ]
  if (name !== chosen) return facts.map(([label, fact]) => [`${label} of container ${name}`, fact])
  const shown = new Map([
    ['command', shownWords(command)],
    [`variable ${databaseVariable}`, environment.find((variable) => variable.name === databaseVariable)?.value],
  ])
  return facts.map(([label, { value }]) => {
    const text = shown.get(label)
    return [label, { value, ...(text !== undefined && { shown: text }) }]
  })
}

/** In the order of a name's entries: the last one of two counts. */
function named<T extends { readonly name?: string | undefined }>(
  entries: readonly T[],
  textOf: (entry: T) => string | undefined,
): readonly (readonly [string, string])[] {
  const names = [...new Set(entries.map(({ name = '' }) => name))]
  return names.map((name) => [name, JSON.stringify(entries.filter((entry) => entry.name === name).map(textOf))])
}

function membersOf(object: object, without: readonly string[]): readonly (readonly [string, Fact])[] {
  return Object.entries(object).flatMap(([member, value]) => {
    const text = without.includes(member) ? undefined : JSON.stringify(filled(value))
    return text === undefined ? [] : [[member, { value: text }] as const]
  })
}

/** Without what is empty or false, which ECS adds and leaves out as it likes, and with members in one order. */
function filled(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map((item) => filled(item) ?? null)
  if (typeof value !== 'object' || value === null) return value || value === '' || value === 0 ? value : undefined
  const members = Object.entries(value)
    .map(([member, inner]) => [member, filled(inner)] as const)
    .filter(([, inner]) => inner !== undefined)
  return members.length === 0 ? undefined : Object.fromEntries(members.sort(([one], [other]) => (one < other ? -1 : 1)))
}
