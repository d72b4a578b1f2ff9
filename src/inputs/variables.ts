/** Inputs with a name and a value a line, and the variable that carries the database's name. */
import { quoted, type Reading } from './reading.ts'

export interface EnvironmentVariable {
  readonly name: string
  readonly value: string
}

export interface Tag {
  readonly key: string
  readonly value: string
}

/** `NAME=VALUE` a line, split at the first `=`; the value is literal. Values are never shown: they may be secret. */
export function readEnvironmentVariables(read: Reading): readonly EnvironmentVariable[] {
  const accepted = 'NAME=VALUE a line; names without white space, each once'
  const variables = pairs(read, 'environment-variables', accepted)
  for (const { key, line } of variables) {
    if (/\s/.test(key)) read.reject('environment-variables', `line ${line} with white space in the name`, accepted)
  }
  return variables.map(({ key, value }) => ({ name: key, value }))
}

/** Empty: no variable carries the database's name. */
export function readDatabaseVariable(read: Reading): string {
  return read.matching('database-variable', /^[^\s=]*$/, 'the name of an environment variable, or nothing')
}

export function readTags(read: Reading): readonly Tag[] {
  const accepted =
    'KEY=VALUE a line, keys up to 128 and values up to 256 characters of letters, numbers, spaces and _ . : / = + - @, not beginning with aws:'
  const tags = pairs(read, 'tags', accepted)
  for (const { key, value } of tags) {
    const legal = /^[\p{L}\p{N}\p{Z}_.:/=+\-@]*$/u
    if (key.length > 128 || value.length > 256 || !legal.test(key + value) || /^aws:/i.test(key)) {
      read.reject('tags', quoted(`${key}=${value}`), accepted)
    }
  }
  return tags.map(({ key, value }) => ({ key, value }))
}

/** `KEY=VALUE`, and where it stands. */
interface Pair {
  readonly key: string
  readonly value: string
  readonly line: number
}

/** Lines are told by number: where a name goes wrong, it may hold a secret. */
function pairs(read: Reading, name: string, accepted: string): readonly Pair[] {
  const pairs = new Map<string, Pair>()
  for (const [index, text] of read.raw(name).split(/\r?\n/).entries()) {
    if (text.trim() === '') continue
    const line = index + 1
    const at = text.indexOf('=')
    const key = text.slice(0, Math.max(at, 0)).trim()
    const earlier = pairs.get(key)
    if (key === '') read.reject(name, `line ${line} without a name before =`, accepted)
    else if (earlier) read.reject(name, `line ${line} with the name of line ${earlier.line}`, accepted)
    pairs.set(key, { key, value: text.slice(at + 1), line })
  }
  return [...pairs.values()]
}
