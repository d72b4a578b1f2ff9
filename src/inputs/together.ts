/** Rules that need more than one input. */
import { DATABASE_PLACEHOLDER } from '../model.ts'
import { type DatabaseTexts, holdsDatabase } from '../naming.ts'
import type { Reading } from './reading.ts'
import type { EnvironmentVariable } from './variables.ts'

/** What these rules rest on. */
export interface Together extends DatabaseTexts {
  readonly databases: readonly string[]
  readonly databaseVariable: string
  readonly environmentVariables: readonly EnvironmentVariable[]
  readonly cluster: string
  readonly taskDefinition?: string
  readonly region: string
}

export function checkTogether(read: Reading, inputs: Together): void {
  const { databaseVariable, environmentVariables, databases, entrypoint = [] } = inputs
  if (databaseVariable !== '' && environmentVariables.some(({ name }) => name === databaseVariable)) {
    read.reject(
      'environment-variables',
      `a value for ${databaseVariable}, the variable that carries the database name`,
      'any other variable; the database goes into database-name, or name another database-variable',
    )
  }
  if (databaseVariable === '' && databases.length > 1 && !holdsDatabase(inputs)) {
    read.reject(
      'database-variable',
      `"none", with ${databases.length} databases, so that every task would migrate the same one`,
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
  checkPlaces(read, inputs)
}

/** A task, its definition and its cluster are of one Region and one account. */
function checkPlaces(read: Reading, { cluster, taskDefinition = '', region }: Together): void {
  const clusterPlace = placeOf(cluster)
  const definitionPlace = placeOf(taskDefinition)
  const accepted = 'a cluster and a task definition of one account, both of the Region that the step works in'
  if (clusterPlace && definitionPlace && clusterPlace.text !== definitionPlace.text) {
    read.reject('task-definition', `${taskDefinition}, while cluster is ${cluster}`, accepted)
  } else if (region !== '') {
    const strays = [
      ...(clusterPlace && clusterPlace.region !== region ? [['cluster', cluster] as const] : []),
      ...(definitionPlace && definitionPlace.region !== region ? [['task-definition', taskDefinition] as const] : []),
    ]
    for (const [input, arn] of strays) read.reject(input, `${arn}, while the Region is ${region}`, accepted)
  }
}

/** arn:PARTITION:ecs:REGION:ACCOUNT:… */
function placeOf(text: string): { readonly region: string; readonly text: string } | undefined {
  const [, place, region] = /^arn:([^:]+:ecs:([^:]*):[^:]*):/.exec(text) ?? []
  return place === undefined || region === undefined ? undefined : { region, text: place }
}
