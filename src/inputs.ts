/**
 * Action inputs → typed `Inputs`. Pure: it reads through the function it is given, and reports every problem at once.
 * Defaults stand in action.yml, and the runner fills them in; only that of database-variable is decided here.
 */

import { readCluster, readImage, readPublicIp, readRegion, readRole, readTaskDefinition } from './inputs/aws-names.ts'
import { readAccept, readDatabases, readIds, readSidecars, type Sidecars } from './inputs/lists.ts'
import { InputError, type InputSource, Reading } from './inputs/reading.ts'
import { readCpu, readLogGroup, readMemory, readSecrets, type SecretLine } from './inputs/task.ts'
import { checkTogether } from './inputs/together.ts'
import {
  type EnvironmentVariable,
  readDatabaseVariable,
  readEnvironmentVariables,
  readTags,
  type Tag,
} from './inputs/variables.ts'
import { readWords } from './inputs/words.ts'
import type { DoubtId, Surroundings } from './model.ts'

export type { Sidecars } from './inputs/lists.ts'
export { InputError, type InputSource, type RejectedInput } from './inputs/reading.ts'
export type { SecretLine } from './inputs/task.ts'
export type { EnvironmentVariable } from './inputs/variables.ts'

export type AfterStop = 'stop' | 'leave'

/**
 * `allow`: the token is this run's own, so that other runs neither hinder nor are hindered. `attach`: what is the same
 * migration is followed, whoever started it; anything else is refused.
 */
export type IfRunning = 'refuse' | 'wait' | 'allow' | 'attach'

export interface Inputs {
  readonly imageUri: string
  /** In the given order, each once. */
  readonly databases: readonly string[]
  /** Absent: the revision that the service of `networkFromService` runs. */
  readonly taskDefinition?: string
  readonly cluster: string
  readonly containerName?: string
  readonly sidecars: Sidecars
  readonly subnets: readonly string[]
  readonly securityGroups: readonly string[]
  readonly networkFromService?: string
  readonly assignPublicIp: boolean
  readonly command?: readonly string[]
  /** Without `command` the definition's command is dropped. */
  readonly entrypoint?: readonly string[]
  readonly environmentVariables: readonly EnvironmentVariable[]
  readonly secrets: readonly SecretLine[]
  /** CPU units and MiB of the task; absent: the definition's. */
  readonly cpu?: number
  readonly memory?: number
  /** The chosen container logs there by awslogs. */
  readonly logGroup?: string
  /** Empty: this step sets no variable. */
  readonly databaseVariable: string
  /** false: it is the default. */
  readonly databaseVariableGiven: boolean
  readonly tags: readonly Tag[]
  readonly taskTimeoutMinutes: number
  readonly onTimeout: AfterStop
  readonly onCancel: AfterStop
  readonly ifRunning: IfRunning
  /** Databases at once. */
  readonly maxParallel: number
  /** Where several may run at once: the first one that is launched, alone before the others are. */
  readonly canary: boolean
  /** Start no further database after one failed. */
  readonly failFast: boolean
  readonly streamLogs: boolean
  readonly preflight: boolean
  readonly dryRun: boolean
  /** Ids of doubts that are all right here. */
  readonly accept: readonly DoubtId[]
  readonly region: string
  readonly roleToAssume?: string
}

/** The runner force-ends a job after 5 days on a self-hosted machine. */
const LONGEST_TIMEOUT_MINUTES = 5 * 24 * 60
const MOST_PARALLEL = 100

/**
 * @param source reads one input
 * @param surroundings what the job gives where an input is empty
 * @throws InputError naming every input that is wrong, what was given and what is accepted
 */
export function readInputs(source: InputSource, surroundings: Surroundings): Inputs {
  const read = new Reading(source)
  const service = read.optional('network-from-service')
  const entrypoint = readWords(read, 'entrypoint')
  const inputs: Inputs = {
    imageUri: readImage(read),
    databases: readDatabases(read),
    ...given('taskDefinition', readTaskDefinition(read, service)),
    cluster: readCluster(read),
    sidecars: readSidecars(read),
    subnets: readIds(read, 'subnets', { prefix: 'subnet-', most: 16, required: service === undefined }),
    securityGroups: readIds(read, 'security-groups', {
      prefix: 'sg-',
      most: 5,
      required: service === undefined,
    }),
    assignPublicIp: readPublicIp(read),
    environmentVariables: readEnvironmentVariables(read),
    secrets: readSecrets(read),
    ...readDatabaseVariable(read),
    tags: readTags(read),
    taskTimeoutMinutes: read.number('task-timeout-minutes', 0, LONGEST_TIMEOUT_MINUTES),
    onTimeout: read.oneOf('on-timeout', ['stop', 'leave']),
    onCancel: read.oneOf('on-cancel', ['stop', 'leave']),
    ifRunning: read.oneOf('if-running', ['refuse', 'wait', 'allow', 'attach']),
    maxParallel: read.wholeNumber('max-parallel', 1, MOST_PARALLEL),
    canary: read.boolean('canary'),
    failFast: read.boolean('fail-fast'),
    streamLogs: read.boolean('stream-logs'),
    preflight: read.boolean('preflight'),
    dryRun: read.boolean('dry-run'),
    accept: readAccept(read),
    ...given('containerName', read.optional('container-name')),
    ...given('networkFromService', service),
    ...given('command', readWords(read, 'command', entrypoint)),
    ...given('entrypoint', entrypoint),
    ...given('cpu', readCpu(read)),
    ...given('memory', readMemory(read)),
    ...given('logGroup', readLogGroup(read)),
    region: readRegion(read, surroundings),
    ...given('roleToAssume', readRole(read, surroundings)),
  }
  checkTogether(read, inputs)
  if (read.problems.length > 0) throw new InputError(read.problems)
  return inputs
}

function given<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: V })
}
