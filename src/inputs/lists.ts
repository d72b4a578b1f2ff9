/** Inputs with several entries, one a line or comma separated. */
import { DOUBT_IDS, type DoubtId } from '../model.ts'
import { quoted, type Reading } from './reading.ts'

/** Which containers run beside the migration: by rule, all, only what it needs, or these. */
export type Sidecars = 'auto' | 'all' | 'none' | readonly string[]

/** In the given order, each once. */
export function readDatabases(read: Reading): readonly string[] {
  const accepted =
    'names of 1 to 128 characters without white space, commas or control characters, one a line or comma separated'
  const names = [...new Set(entries(read.raw('database-name')))]
  if (names.length === 0) read.reject('database-name', quoted(''), accepted)
  for (const name of names) {
    if ([...name].length > 128 || /[\s\u0000-\u001f\u007f-\u009f]/.test(name)) {
      read.reject('database-name', quoted(name), accepted)
    }
  }
  return names
}

export function readSidecars(read: Reading): Sidecars {
  const names = entries(read.raw('sidecars'))
  const [first] = names
  if (names.length === 1 && (first === 'auto' || first === 'all' || first === 'none')) return first
  const accepted = 'auto, all, none, or names of containers, comma or line separated'
  if (first === undefined) read.reject('sidecars', quoted(''), accepted)
  for (const name of names) {
    const isRule = /^(auto|all|none)$/.test(name)
    if (isRule || !/^[A-Za-z0-9_-]{1,255}$/.test(name)) read.reject('sidecars', quoted(name), accepted)
  }
  return names
}

/**
 * Also a JSON array, as `terraform output -json` prints one.
 * @param prefix of every id: `subnet-`
 * @param most ECS takes so many of them
 */
export function readIds(
  read: Reading,
  name: string,
  { prefix, most, required }: { readonly prefix: string; readonly most: number; readonly required: boolean },
): readonly string[] {
  const text = read.text(name)
  const accepted = `up to ${most} ids that begin with ${prefix}, comma or line separated or as a JSON array`
  const ids = text.startsWith('[') ? stringsOf(text) : entries(text)
  if (ids === undefined) {
    read.reject(name, 'text that begins with [ and is no JSON array of strings', accepted)
    return []
  }
  if (ids.length === 0 && required) {
    read.reject(name, text === '' ? quoted('') : 'an empty array', `${accepted}; or set network-from-service`)
  }
  if (ids.length > most) read.reject(name, `${ids.length} ids`, accepted)
  for (const id of ids) {
    if (!id.startsWith(prefix) || /[^\w-]/.test(id)) read.reject(name, quoted(id), accepted)
  }
  return ids
}

function stringsOf(json: string): readonly string[] | undefined {
  try {
    const ids: unknown = JSON.parse(json)
    return Array.isArray(ids) && ids.every((id) => typeof id === 'string') ? ids : undefined
  } catch {
    return undefined
  }
}

export function readAccept(read: Reading): readonly DoubtId[] {
  const ids = entries(read.raw('accept'))
  const known: readonly string[] = DOUBT_IDS
  for (const id of ids) {
    if (!known.includes(id))
      read.reject('accept', quoted(id), `ids in brackets at the end of a warning or refusal: ${known.join(', ')}`)
  }
  return DOUBT_IDS.filter((id) => ids.includes(id))
}

function entries(text: string): string[] {
  return text
    .split(/[,\n]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
}
