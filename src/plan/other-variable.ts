/** Does the application read the variable that carries the database's name? Nobody can see it; the definition may show it. */
import type { ContainerDefinition } from '@aws-sdk/client-ecs'
import type { Inputs } from '../inputs.ts'
import type { Doubt, Startup } from '../model.ts'
import { holdsDatabase } from '../naming.ts'
import { databaseVariablesOf } from './database-variables.ts'

export type OtherVariableRequest = Pick<
  Inputs,
  | 'databases'
  | 'databaseVariable'
  | 'databaseVariableGiven'
  | 'environmentVariables'
  | 'secrets'
  | 'entrypoint'
  | 'command'
>

/**
 * A definition that names its database in another variable only: the step would set one that nobody reads.
 * @param container the one that runs the migration, as the definition has it
 */
export function judgeOtherVariable(
  container: ContainerDefinition,
  startup: Startup,
  request: OtherVariableRequest,
): readonly Doubt[] {
  if (showsIntent(startup, request) || has(container, request.databaseVariable)) return []
  const { databases, databaseVariable } = request
  const several = databases.length > 1
  const names = [...new Set(databaseVariablesOf(container))].filter((name) => several || !sets(request, name))
  if (names.length === 0) return []
  const target = several
    ? `every one of the ${databases.length} databases would be the one that the definition names`
    : `the migration runs on the database that the definition names, not on ${databases[0]}`
  return [
    {
      id: 'other-variable',
      weight: several ? 'refusal' : 'warning',
      code: 'other-variable',
      reason: `The container ${container.name} has ${names.join(', ')} and no ${databaseVariable}: if the application finds its database by ${names.length === 1 ? 'it' : 'one of them'}, ${target}.`,
      remedy: `Name the variable that the application reads in database-variable (${databaseVariable} too, if it does), write {database} into environment-variables, secrets or command, or let a shell in command put the URL together from ${databaseVariable} (docs/frameworks.md).`,
    },
  ]
}

/** Somebody has thought about how the name gets in. */
function showsIntent({ entryPoint = [], command = [] }: Startup, request: OtherVariableRequest): boolean {
  const { databaseVariable, databaseVariableGiven } = request
  const mentioned = new RegExp(`(?<![\\w.-])${databaseVariable.replaceAll('.', '\\.')}(?![\\w.-])`)
  return (
    databaseVariable === '' ||
    databaseVariableGiven ||
    holdsDatabase(request) ||
    [...entryPoint, ...command].some((word) => mentioned.test(word))
  )
}

function has({ environment = [], secrets = [] }: ContainerDefinition, variable: string): boolean {
  return [...environment, ...secrets].some(({ name }) => name === variable)
}

function sets({ environmentVariables, secrets }: OtherVariableRequest, variable: string): boolean {
  return [...environmentVariables, ...secrets].some(({ name }) => name === variable)
}
