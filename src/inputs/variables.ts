/** Environment variables of the container, the one that carries the database's name, and tags. */
import { readPairs, VARIABLE_NAME } from './pairs.ts'
import { quoted, type Reading } from './reading.ts'

export interface EnvironmentVariable {
  readonly name: string
  readonly value: string
}

export interface Tag {
  readonly key: string
  readonly value: string
}

const DEFAULT_VARIABLE = 'DATABASE_NAME'

export function readEnvironmentVariables(read: Reading): readonly EnvironmentVariable[] {
  const variables = readPairs(read, 'environment-variables', {
    name: VARIABLE_NAME,
    several: true,
    accepted:
      'NAME=VALUE a line, or NAME<<END, lines, and END alone on a line; names of letters, digits, _ . and -, not beginning with a digit, . or -, each once',
  })
  return variables.map(({ name, value }) => ({ name, value }))
}

interface DatabaseVariable {
  /** Empty: this step sets no variable. */
  readonly databaseVariable: string
  /** false: it is the default. */
  readonly databaseVariableGiven: boolean
}

/** An expression without a value must not mean the definition's own database: an empty input is the default. */
export function readDatabaseVariable(read: Reading): DatabaseVariable {
  const text = read.text('database-variable')
  if (text === '') return { databaseVariable: DEFAULT_VARIABLE, databaseVariableGiven: false }
  if (/^none$/i.test(text)) return { databaseVariable: '', databaseVariableGiven: true }
  if (!VARIABLE_NAME.test(text)) {
    const accepted = `a variable's name of letters, digits, _ . and -, or none for no variable; ${DEFAULT_VARIABLE} where nothing is given`
    read.reject('database-variable', quoted(text), accepted)
  }
  return { databaseVariable: text, databaseVariableGiven: true }
}

export function readTags(read: Reading): readonly Tag[] {
  const accepted =
    'KEY=VALUE a line, keys up to 128 and values up to 256 characters of letters, numbers, spaces and _ . : / = + - @, not beginning with aws:'
  const tags = readPairs(read, 'tags', { accepted })
  for (const { name, value } of tags) {
    const legal = /^[\p{L}\p{N}\p{Z}_.:/=+\-@]*$/u
    if (name.length > 128 || value.length > 256 || !legal.test(name + value) || /^aws:/i.test(name)) {
      read.reject('tags', quoted(`${name}=${value}`), accepted)
    }
  }
  return tags.map(({ name, value }) => ({ key: name, value }))
}
