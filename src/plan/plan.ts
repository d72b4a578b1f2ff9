import type {
  AwsVpcConfiguration,
  ContainerDefinition,
  RegisterTaskDefinitionCommandInput,
  Tag,
  TaskOverride,
} from '@aws-sdk/client-ecs'
import type { Inputs } from '../inputs.ts'
import {
  DATABASE_PLACEHOLDER,
  type DescribedDefinition,
  type Hash,
  type Launch,
  type Plan,
  Refusal,
  type RunIdentity,
} from '../model.ts'
import { cloneFamily, marksOf, mergeTags, NO_DATABASE, TAG, tagValue, withDatabase } from '../naming.ts'
import { isEssential } from './choose-container.ts'
import { cloneDefinition, requireFargate, requireNoSecretOf } from './clone.ts'
import { planJob } from './job.ts'
import { judgeStartup, startupOf } from './words.ts'

/** AWS refuses above 8,192 characters of its own, larger, form of the overrides; this leaves room for it. */
const LONGEST_OVERRIDES = 7000

export interface PlanRequest {
  readonly inputs: Inputs
  readonly base: DescribedDefinition
  readonly network: AwsVpcConfiguration
  readonly identity: RunIdentity
  /** By digest where it is known. */
  readonly image: string
}

/** @throws Refusal when the definition cannot carry the migration */
export function makePlan(request: PlanRequest, hash: Hash): Plan {
  const { inputs, base, identity, image } = request
  const { definition } = base
  requireFargate(definition)
  const { container, ...job } = planJob(definition, inputs)
  const startup = startupOf(container, withoutPlaceholder(inputs))
  const doubts = judgeStartup(startup, inputs)
  const variables = shared(inputs)
  requireNoSecretOf(
    container,
    [...variables, ...perDatabase(inputs)].map(({ name }) => name),
    inputs.databaseVariable,
  )
  const clone = cloneDefinition(
    { ...base, definition: job.definition },
    {
      family: cloneFamily(definition.family ?? '', hash),
      container: container.name ?? '',
      image,
      environment: variables,
      ...(inputs.entrypoint && startup.entryPoint && { entryPoint: startup.entryPoint }),
      tags: [
        { key: TAG.base, value: tagValue(definition.taskDefinitionArn ?? '') },
        { key: TAG.run, value: tagValue(identity.runUrl) },
        { key: TAG.nonce, value: identity.nonce },
      ],
    },
  )
  return {
    doubts: [...job.doubts, ...doubts],
    startup,
    sidecars: job.sidecars,
    cluster: inputs.cluster,
    container: clone.containerDefinitions?.find(({ name }) => name === container.name) ?? container,
    essential: essentialNames(clone),
    image,
    clone,
    launches: inputs.databases.map((database) => launch(request, container, database, hash)),
  }
}

/** With one database its name is known; of several, each task's words have their own. */
function withoutPlaceholder({ databases, command, entrypoint }: Inputs): Pick<Inputs, 'command' | 'entrypoint'> {
  const [only] = databases
  const named = (words: readonly string[]): readonly string[] =>
    only === undefined || databases.length > 1 ? words : words.map((word) => withDatabase(word, only))
  return { ...(command && { command: named(command) }), ...(entrypoint && { entrypoint: named(entrypoint) }) }
}

function essentialNames(clone: RegisterTaskDefinitionCommandInput): ReadonlySet<string> {
  const containers = clone.containerDefinitions ?? []
  return new Set(containers.filter(isEssential).map(({ name }) => name ?? ''))
}

interface Variable {
  readonly name: string
  readonly value: string
}

/** Variables of the clone: the same for every database, or the only database's own. */
function shared(inputs: Inputs): Variable[] {
  const [only] = inputs.databases
  const others = inputs.environmentVariables
  const database = inputs.databaseVariable
  if (only !== undefined && inputs.databases.length === 1) {
    const mine = others.map(({ name, value }) => ({ name, value: withDatabase(value, only) }))
    return database === '' ? mine : [{ name: database, value: only }, ...mine]
  }
  const mine = others.filter(({ value }) => !value.includes(DATABASE_PLACEHOLDER))
  return database === '' ? [...mine] : [{ name: database, value: NO_DATABASE }, ...mine]
}

/** Variables that differ from task to task, and so go into overrides. */
function perDatabase(inputs: Inputs): Variable[] {
  if (inputs.databases.length === 1) return []
  const mine = inputs.environmentVariables.filter(({ value }) => value.includes(DATABASE_PLACEHOLDER))
  return inputs.databaseVariable === ''
    ? mine
    : [{ name: inputs.databaseVariable, value: DATABASE_PLACEHOLDER }, ...mine]
}

function launch(request: PlanRequest, container: ContainerDefinition, database: string, hash: Hash): Launch {
  const { inputs, base, network, identity, image } = request
  const ours: Tag[] = [
    { key: TAG.nonce, value: identity.nonce },
    { key: TAG.database, value: tagValue(database) },
    { key: TAG.image, value: tagValue(image) },
    { key: TAG.repository, value: tagValue(identity.repository) },
    { key: TAG.run, value: tagValue(identity.runUrl) },
    { key: TAG.actor, value: tagValue(identity.actor) },
    { key: TAG.commit, value: tagValue(identity.commit) },
  ]
  const overrides = taskOverride(inputs, container.name ?? '', database)
  const marks = marksOf(database, hash)
  return {
    database,
    request: {
      cluster: inputs.cluster,
      launchType: 'FARGATE',
      // Sent, so that a policy can ask for it: whether the condition key exists without it is not documented.
      enableExecuteCommand: false,
      count: 1,
      startedBy: inputs.ifRunning === 'allow' ? marks.allowed : marks.chained,
      networkConfiguration: { awsvpcConfiguration: network },
      tags: mergeTags(ours, inputs.tags, base.tags),
      ...(overrides && { overrides }),
    },
  }
}

function taskOverride(inputs: Inputs, container: string, database: string): TaskOverride | undefined {
  const environment = perDatabase(inputs).map(({ name, value }) => ({ name, value: withDatabase(value, database) }))
  const command = inputs.command?.map((word) => withDatabase(word, database))
  if (environment.length === 0 && command === undefined) return undefined
  const overrides: TaskOverride = {
    containerOverrides: [
      { name: container, ...(command && { command }), ...(environment.length > 0 && { environment }) },
    ],
  }
  const length = JSON.stringify(overrides).length
  if (length <= LONGEST_OVERRIDES) return overrides
  throw new Refusal({
    code: 'overrides-too-long',
    reason: `Command and variables of ${database} take ${length} characters; ECS accepts about ${LONGEST_OVERRIDES} for each task.`,
    remedy:
      'Put long values into the task definition or a secret, or the steps of the command into a script in the image.',
  })
}
