/** Does the application read the variable that carries the database's name? Nobody can see it; the definition may show it. */
import type { ContainerDefinition } from '@aws-sdk/client-ecs'
import type { Inputs } from '../inputs.ts'
import type { Doubt, Startup } from '../model.ts'
import { holdsDatabase } from '../naming.ts'
import { escapedForRegExp, page } from '../text.ts'
import { databaseNamedBy, databaseVariablesOf } from './database-variables.ts'

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
 * What may keep the name of the database from the application: a definition that names its database in another
 * variable only, so that the step would set one that nobody reads, or files that nobody sees.
 * @param container the one that runs the migration, as the definition has it
 * @param source this action's repository at its version, as a URL; undefined where the step uses a folder
 */
export function judgeOtherVariable(
  container: ContainerDefinition,
  startup: Startup,
  request: OtherVariableRequest,
  source?: string,
): readonly Doubt[] {
  if (showsIntent(startup, request) || has(container, request.databaseVariable)) return []
  return [...otherVariable(container, request, source), ...unseenFiles(container, request)]
}

function otherVariable(
  container: ContainerDefinition,
  request: OtherVariableRequest,
  source: string | undefined,
): readonly Doubt[] {
  const { databases, databaseVariable } = request
  const several = databases.length > 1
  const names = [...new Set(databaseVariablesOf(container))].filter((name) => several || !sets(request, name))
  if (names.length === 0) return []
  return [
    {
      id: 'other-variable',
      code: 'other-variable',
      remedy: `Name the variable that the application reads in database-variable (${databaseVariable} too, if it does), write {database} into environment-variables, secrets or command, or let a shell in command put the URL together from ${databaseVariable} (${page('docs/frameworks.md', source)}).`,
      ...(several ? ofSeveral(container, names, request) : ofOne(container, names, request)),
    },
  ]
}

type Weighed = Pick<Doubt, 'weight' | 'reason' | 'brief'>

function ofSeveral(container: ContainerDefinition, names: readonly string[], request: OtherVariableRequest): Weighed {
  const target = `every one of the ${request.databases.length} databases would be the one that the definition names`
  return { weight: 'refusal', reason: byAnother(container, names, request, target) }
}

function ofOne(container: ContainerDefinition, names: readonly string[], request: OtherVariableRequest): Weighed {
  const [database = ''] = request.databases
  const known = plainlyNamed(container, names)
  const other = known.find(({ found }) => found !== database)
  if (other !== undefined) {
    const brief = `the definition's ${other.name} ${other.verb} ${other.found}`
    const reason = `The definition's ${other.name} ${other.verb} ${other.found}, and ${database} was asked for: if the application reads ${other.name}, the migration runs on ${other.found}, and ${database} stays as it is.`
    return { weight: 'warning', reason, brief }
  }
  if (known.length === names.length) {
    const reason = `The container ${container.name} has no ${request.databaseVariable}, and its ${names.join(', ')} ${names.length === 1 ? 'names' : 'name'} ${database}, as asked for: if the application reads that, it is right for this database alone.`
    return { weight: 'notice', reason }
  }
  const target = `the migration runs on the database that the definition names, not on ${database}`
  return { weight: 'warning', reason: byAnother(container, names, request, target) }
}

function byAnother(
  { name }: ContainerDefinition,
  names: readonly string[],
  { databaseVariable }: OtherVariableRequest,
  target: string,
): string {
  return `The container ${name} has ${names.join(', ')} and no ${databaseVariable}: if the application finds its database by ${names.length === 1 ? 'it' : 'one of them'}, ${target}.`
}

/** Of these variables the ones whose plain value shows which database it is. */
function plainlyNamed({ environment = [] }: ContainerDefinition, names: readonly string[]) {
  return environment.flatMap((pair) => {
    const { name = '', value } = pair
    const found = databaseNamedBy(pair)
    return found !== undefined && names.includes(name) ? [{ name, found, verb: found === value ? 'is' : 'names' }] : []
  })
}

/**
 * A variable of the definition or of an override wins over one in a file
 * (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EnvironmentFile.html).
 */
function unseenFiles(
  { name, environmentFiles = [] }: ContainerDefinition,
  { databases, databaseVariable }: OtherVariableRequest,
): readonly Doubt[] {
  if (environmentFiles.length === 0) return []
  return [
    {
      id: 'environment-files',
      weight: databases.length > 1 ? 'warning' : 'notice',
      code: 'environment-files',
      reason: `The container ${name} gets variables from environmentFiles, which this step cannot see. ${databaseVariable} of this step wins over one in a file; if the application finds its database by another variable of a file, such as DATABASE_URL or DB_NAME, it stays the one that the file names.`,
      remedy: 'Name the variable that the application reads in database-variable.',
    },
  ]
}

/** Somebody has thought about how the name gets in. */
function showsIntent({ entryPoint = [], command = [] }: Startup, request: OtherVariableRequest): boolean {
  const { databaseVariable, databaseVariableGiven } = request
  const mentioned = new RegExp(`(?<![\\w.-])${escapedForRegExp(databaseVariable)}(?![\\w.-])`)
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
