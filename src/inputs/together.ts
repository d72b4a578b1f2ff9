/** Rules that need more than one input. */
import { DATABASE_PLACEHOLDER } from '../model.ts'
import type { Reading } from './reading.ts'
import type { EnvironmentVariable } from './variables.ts'

/** What these rules rest on. */
export interface Together {
  readonly databases: readonly string[]
  readonly databaseVariable: string
  readonly environmentVariables: readonly EnvironmentVariable[]
  readonly command?: readonly string[]
  readonly entrypoint?: readonly string[]
}

export function checkTogether(read: Reading, inputs: Together): void {
  const { databaseVariable, environmentVariables, databases, command = [], entrypoint = [] } = inputs
  if (databaseVariable !== '' && environmentVariables.some((v) => v.name === databaseVariable)) {
    read.reject(
      'environment-variables',
      `a value for ${databaseVariable}, the variable that carries the database name`,
      'any other variable; the database goes into database-name, or name another database-variable',
    )
  }
  const texts = [...environmentVariables.map((v) => v.value), ...command]
  if (databaseVariable === '' && databases.length > 1 && !texts.some((t) => t.includes(DATABASE_PLACEHOLDER))) {
    read.reject(
      'database-variable',
      `nothing, with ${databases.length} databases, so that every task would migrate the same one`,
      `a variable name, or ${DATABASE_PLACEHOLDER} in environment-variables or command`,
    )
  }
  if (databases.length > 1 && entrypoint.some((word) => word.includes(DATABASE_PLACEHOLDER))) {
    read.reject(
      'entrypoint',
      `${DATABASE_PLACEHOLDER}, with ${databases.length} databases: ECS takes an entry point from the definition, which they share`,
      `${DATABASE_PLACEHOLDER} in command or environment-variables`,
    )
  }
}
