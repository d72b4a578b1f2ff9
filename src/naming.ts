/** Names and tags that must fit what ECS allows, and still distinguish one database from another. */
import type { Tag } from '@aws-sdk/client-ecs'
import { DATABASE_PLACEHOLDER, type Hash } from './model.ts'

/** What the clone carries where each task gets its own name: it names no database, so a lost override migrates none. */
export const NO_DATABASE = 'set-per-task-by-run-ecs-migration'

const ACTION = 'run-ecs-migration'
/** Service model of RegisterTaskDefinition and RunTask. */
const LONGEST_FAMILY = 255
const LONGEST_STARTED_BY = 128
const LONGEST_TAG_VALUE = 256
const MOST_TAGS = 50
const HASH_LENGTH = 12

export const TAG = {
  base: `${ACTION}/base`,
  nonce: `${ACTION}/nonce`,
  database: `${ACTION}/database`,
  image: `${ACTION}/image`,
  repository: `${ACTION}/repository`,
  run: `${ACTION}/run`,
  actor: `${ACTION}/actor`,
  commit: `${ACTION}/commit`,
  attempt: `${ACTION}/attempt`,
} as const

/** A family of the clones' own: what deploys or looks up the base family never sees them. */
export function cloneFamily(family: string, hash: Hash): string {
  const suffix = `-${ACTION}`
  const name = `${family}${suffix}`
  if (name.length <= LONGEST_FAMILY) return name
  const end = `-${hash(family).slice(0, HASH_LENGTH)}${suffix}`
  return family.slice(0, LONGEST_FAMILY - end.length) + end
}

/**
 * A database's name as a tag: as it is, or made to fit, with a hash after a space, which no database's name can hold: so
 * no two databases share one.
 */
export function databaseTag(database: string, hash: Hash): string {
  const legal = tagValue(database)
  return legal === database ? legal : `${legal} ${hash(database).slice(0, HASH_LENGTH)}`
}

/** `startedBy` of a database's tasks. It stays when tags go, as they do with StopTask. */
interface Marks {
  /** Of tasks that follow one another. */
  readonly chained: string
  /** Of tasks that were allowed to run beside others. */
  readonly allowed: string
}

/**
 * Four forms, for a name as it is or changed to fit and for chained or allowed tasks. They differ before the first `/`,
 * which no database name can reach.
 * @returns at most 128 characters of those that ECS allows, different for any two databases
 */
export function marksOf(database: string, hash: Hash): Marks {
  return { chained: mark(ACTION, database, hash), allowed: mark(`${ACTION}-allow`, database, hash) }
}

function mark(prefix: string, database: string, hash: Hash): string {
  const name = `${prefix}/${database}`
  if (name.length <= LONGEST_STARTED_BY && /^[A-Za-z0-9/_-]+$/.test(name)) return name
  const end = `-${hash(database).slice(0, HASH_LENGTH)}`
  const changed = `${prefix}-changed/${database.replace(/[^A-Za-z0-9/_-]/g, '-')}`
  return changed.slice(0, LONGEST_STARTED_BY - end.length) + end
}

/** A legal tag value: on `dependabot[bot]` RunTask would fail. */
export function tagValue(text: string): string {
  const legal = text.replace(/[^\p{L}\p{N}\p{Z}_.:/=+\-@]/gu, '-')
  // A character outside of the BMP is not cut in half.
  return legal.slice(0, LONGEST_TAG_VALUE).replace(/[\ud800-\udbff]$/, '')
}

/** Tags from the strongest to the weakest source; `aws:*` is AWS's own, and beyond 50 the weakest are left out. */
export function mergeTags(...sources: readonly (readonly Tag[])[]): Tag[] {
  const merged = new Map<string, string>()
  for (const { key, value } of sources.flat()) {
    if (key === undefined || /^aws:/i.test(key) || merged.has(key)) continue
    if (merged.size < MOST_TAGS) merged.set(key, value ?? '')
  }
  return [...merged].map(([key, value]) => ({ key, value }))
}

interface ArnParts {
  readonly partition: string
  readonly service: string
  readonly region: string
  readonly account: string
  readonly resource: string
}

/** The parts of arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE, each of them empty where the text is no ARN. */
export function arnParts(text: string): ArnParts {
  const [, partition = '', service = '', region = '', account = '', ...resource] = text.startsWith('arn:')
    ? text.split(':')
    : []
  return { partition, service, region, account, resource: resource.join(':') }
}

export function withDatabase(text: string, database: string): string {
  // A function, since `$&` in a name would mean something in a plain replacement.
  return text.replaceAll(DATABASE_PLACEHOLDER, () => database)
}

/** The inputs that may hold `{database}`. */
export interface DatabaseTexts {
  readonly environmentVariables: readonly { readonly value: string }[]
  readonly secrets: readonly { readonly valueFrom: string }[]
  readonly entrypoint?: readonly string[]
  readonly command?: readonly string[]
}

/** Whether the database's name goes into one of them. */
export function holdsDatabase({
  environmentVariables,
  secrets,
  entrypoint = [],
  command = [],
}: DatabaseTexts): boolean {
  const inLines = [...environmentVariables.map(({ value }) => value), ...secrets.map(({ valueFrom }) => valueFrom)]
  const texts = [...inLines, ...entrypoint, ...command]
  return texts.some((text) => text.includes(DATABASE_PLACEHOLDER))
}
