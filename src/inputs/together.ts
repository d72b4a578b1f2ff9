/** Rules that need more than one input. */
import { isFargateSize, memoryFor } from '../fargate-size.ts'
import { DATABASE_PLACEHOLDER } from '../model.ts'
import { arnParts, type DatabaseTexts, holdsDatabase } from '../naming.ts'
import type { Reading } from './reading.ts'
import type { SecretLine } from './task.ts'
import type { EnvironmentVariable } from './variables.ts'

/** What these rules rest on. */
interface Together extends DatabaseTexts {
  readonly databases: readonly string[]
  readonly databaseVariable: string
  readonly environmentVariables: readonly EnvironmentVariable[]
  readonly cluster: string
  readonly taskDefinition?: string
  readonly region: string
  readonly secrets: readonly SecretLine[]
  readonly cpu?: number
  readonly memory?: number
}

export function checkTogether(read: Reading, inputs: Together): void {
  checkSize(read, inputs)
  checkSecrets(read, inputs)
  const { databaseVariable, environmentVariables, databases } = inputs
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
      `a variable name, or ${DATABASE_PLACEHOLDER} in environment-variables, secrets, entrypoint or command`,
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
    const elsewhere = [
      ...(clusterPlace && clusterPlace.region !== region ? [['cluster', cluster] as const] : []),
      ...(definitionPlace && definitionPlace.region !== region ? [['task-definition', taskDefinition] as const] : []),
    ]
    for (const [input, arn] of elsewhere) read.reject(input, `${arn}, while the Region is ${region}`, accepted)
  }
}

/** @returns undefined for a name, which has no place */
function placeOf(text: string): { readonly region: string; readonly text: string } | undefined {
  const { partition, service, region, account } = arnParts(text)
  return service === 'ecs' ? { region, text: `${partition}:${region}:${account}` } : undefined
}

function checkSize(read: Reading, { cpu, memory }: Together): void {
  if (cpu === undefined || memory === undefined || isFargateSize(cpu, memory)) return
  read.reject('memory', `${memory} MiB with cpu ${cpu}`, `what Fargate offers with cpu ${cpu}: ${memoryFor(cpu)}`)
}

function checkSecrets(read: Reading, { secrets, environmentVariables, databaseVariable }: Together): void {
  for (const { name } of secrets) {
    const isDatabase = name === databaseVariable
    if (!isDatabase && !environmentVariables.some((variable) => variable.name === name)) continue
    const other = isDatabase ? 'the variable that carries the database name' : 'in environment-variables'
    read.reject('secrets', `${name}, which is also ${other}`, 'each name once, as a secret or as a variable')
  }
}
