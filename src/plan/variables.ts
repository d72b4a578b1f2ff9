/** Which variables and secrets each database's task gets, and whether they go into the clone or into an override. */
import type { EnvironmentVariable, Inputs } from '../inputs.ts'
import { DATABASE_PLACEHOLDER } from '../model.ts'
import { NO_DATABASE, withDatabase } from '../naming.ts'

/**
 * Overrides have neither secrets nor an entry point: where these differ from database to database, each gets a revision
 * of its own. One database has its own in any case.
 */
export function hasOwnRevision({ databases, secrets, entrypoint = [] }: Inputs): boolean {
  const texts = [...secrets.map(({ valueFrom }) => valueFrom), ...entrypoint]
  return databases.length === 1 || texts.some((text) => text.includes(DATABASE_PLACEHOLDER))
}

/** Variables of the clone for a database; what differs from task to task of a shared clone is not among them. */
export function cloneVariables(inputs: Inputs, database: string): readonly EnvironmentVariable[] {
  const own = hasOwnRevision(inputs)
  const others = own
    ? inputs.environmentVariables.map(({ name, value }) => ({ name, value: withDatabase(value, database) }))
    : inputs.environmentVariables.filter(({ value }) => !value.includes(DATABASE_PLACEHOLDER))
  const { databaseVariable } = inputs
  return databaseVariable === '' ? others : [{ name: databaseVariable, value: own ? database : NO_DATABASE }, ...others]
}

/** Variables that a task of a shared clone gets as an override. */
export function overriddenVariables(inputs: Inputs, database: string): readonly EnvironmentVariable[] {
  if (hasOwnRevision(inputs)) return []
  const others = inputs.environmentVariables
    .filter(({ value }) => value.includes(DATABASE_PLACEHOLDER))
    .map(({ name, value }) => ({ name, value: withDatabase(value, database) }))
  const { databaseVariable } = inputs
  return databaseVariable === '' ? others : [{ name: databaseVariable, value: database }, ...others]
}

/** Names of all variables that this step sets. */
export function variableNames({
  databaseVariable,
  environmentVariables,
}: Pick<Inputs, 'databaseVariable' | 'environmentVariables'>): readonly string[] {
  return [...(databaseVariable === '' ? [] : [databaseVariable]), ...environmentVariables.map(({ name }) => name)]
}
