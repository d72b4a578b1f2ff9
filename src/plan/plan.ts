import type {
  AwsVpcConfiguration,
  ContainerDefinition,
  RegisterTaskDefinitionCommandInput,
  Tag,
  TaskDefinition,
  TaskOverride,
} from '@aws-sdk/client-ecs'
import type { Inputs } from '../inputs.ts'
import {
  type DescribedDefinition,
  type Doubt,
  type Hash,
  type Launch,
  type Plan,
  type Problem,
  Refusal,
  type RunIdentity,
} from '../model.ts'
import { cloneFamily, databaseTag, marksOf, mergeTags, TAG, tagValue, withDatabase } from '../naming.ts'
import { judgeBase, requireFargate } from './base.ts'
import { isEssential } from './choose-container.ts'
import { cloneDefinition } from './clone.ts'
import { planJob, requireExecutionRole } from './job.ts'
import { judgeOtherVariable } from './other-variable.ts'
import { secretsOf } from './secrets.ts'
import { resized } from './size.ts'
import { judgeStartup, startupOf } from './startup.ts'
import { cloneVariables, hasOwnRevision, overriddenVariables, variableNames } from './variables.ts'

/** AWS refuses above 8,192 characters of its own, larger, form of the overrides; this leaves room for it. */
const LONGEST_OVERRIDES = 7000

export interface PlanRequest {
  readonly inputs: Inputs
  readonly base: DescribedDefinition
  readonly network: AwsVpcConfiguration
  readonly identity: RunIdentity
  /** By digest where it is known. */
  readonly image: string
  /** This action's repository at its version, as a URL; undefined where the step uses a folder. */
  readonly source?: string | undefined
}

/** @throws Refusal when the definition cannot carry the migration: one of all that is to fix, as far as it can be judged */
export function makePlan(request: PlanRequest, hash: Hash): Plan {
  const { inputs, base, image } = request
  const refused: Problem[] = []
  const baseDoubts = unless(refused, () => judgeBase(base.definition, inputs.cluster)) ?? []
  unless(refused, () => requireFargate(base.definition))
  unless(refused, () => requireExecutionRole(base.definition, inputs))
  const job = unless(refused, () => planJob(base.definition, inputs))
  if (job === undefined) throw refusalOf(refused, baseDoubts)
  const { container, definition } = job
  const name = container.name ?? ''
  const original = base.definition.containerDefinitions?.find((one) => one.name === name) ?? container
  const startup = startupOf(container, withoutPlaceholder(inputs))
  const doubts = [
    ...baseDoubts,
    ...job.doubts,
    ...(unless(refused, () => judgeStartup(startup, inputs)) ?? []),
    ...judgeOtherVariable(original, startup, inputs, request.source),
  ]
  const make = (database: string) => cloneFor(database, definition, container, request, hash)
  const [first = '', ...others] = inputs.databases
  const shared = unless(refused, () => make(first))
  if (shared === undefined || refused.length > 0) throw refusalOf(refused, doubts)
  const clones = [shared, ...(hasOwnRevision(inputs) ? others.map(make) : others.map(() => shared))]
  return {
    doubts,
    startup,
    notes: job.notes,
    sidecars: job.sidecars,
    cluster: inputs.cluster,
    container: shared.containerDefinitions?.find((one) => one.name === name) ?? container,
    essential: essentialNames(shared),
    image,
    clone: shared,
    launches: inputs.databases.map((database, index) => launch(request, name, database, clones[index] ?? shared, hash)),
  }
}

/** What a part answers; what it refuses is put with the rest, so that all of it is said at once. */
function unless<T>(refused: Problem[], part: () => T): T | undefined {
  try {
    return part()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    refused.push(...error.problems)
    return undefined
  }
}

function refusalOf([first, ...more]: readonly Problem[], doubts: readonly Doubt[]): Refusal {
  if (first === undefined) throw new Error('There is nothing to refuse')
  return new Refusal(first, more, doubts)
}

function cloneFor(
  database: string,
  definition: TaskDefinition,
  container: ContainerDefinition,
  { inputs, base, identity, image }: PlanRequest,
  hash: Hash,
): RegisterTaskDefinitionCommandInput {
  const own = inputs.databases.length > 1 && hasOwnRevision(inputs)
  const clone = cloneDefinition(
    { ...base, definition },
    {
      family: cloneFamily(definition.family ?? '', hash),
      container: container.name ?? '',
      image,
      environment: cloneVariables(inputs, database),
      ...(inputs.entrypoint && { entryPoint: inputs.entrypoint.map((word) => withDatabase(word, database)) }),
      ...(container.secrets && {
        secrets: secretsOf(container, { lines: inputs.secrets, variables: variableNames(inputs), database }),
      }),
      tags: [
        { key: TAG.base, value: tagValue(definition.taskDefinitionArn ?? '') },
        { key: TAG.run, value: tagValue(identity.runUrl) },
        { key: TAG.nonce, value: identity.nonce },
        ...(own ? [{ key: TAG.database, value: databaseTag(database, hash) }] : []),
      ],
    },
  )
  return resized(clone, container.name ?? '', inputs)
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

function launch(
  request: PlanRequest,
  container: string,
  database: string,
  clone: RegisterTaskDefinitionCommandInput,
  hash: Hash,
): Launch {
  const { inputs, base, network, identity, image } = request
  const ours: Tag[] = [
    { key: TAG.nonce, value: identity.nonce },
    { key: TAG.database, value: databaseTag(database, hash) },
    { key: TAG.image, value: tagValue(image) },
    { key: TAG.repository, value: tagValue(identity.repository) },
    { key: TAG.run, value: tagValue(identity.runUrl) },
    { key: TAG.actor, value: tagValue(identity.actor) },
    { key: TAG.commit, value: tagValue(identity.commit) },
  ]
  const overrides = taskOverride(inputs, container, database)
  const marks = marksOf(database, hash)
  return {
    database,
    clone,
    request: {
      cluster: inputs.cluster,
      launchType: 'FARGATE',
      // Sent, so that a policy can ask for it: whether the condition key exists without it is not documented.
      enableExecuteCommand: false,
      count: 1,
      // guard: allow-mark
      startedBy: inputs.ifRunning === 'allow' ? marks.allowed : marks.chained,
      networkConfiguration: { awsvpcConfiguration: network },
      tags: mergeTags(ours, inputs.tags, base.tags),
      ...(overrides && { overrides }),
    },
  }
}

function taskOverride(inputs: Inputs, container: string, database: string): TaskOverride | undefined {
  const environment = overriddenVariables(inputs, database)
  const command = inputs.command?.map((word) => withDatabase(word, database))
  if (environment.length === 0 && command === undefined) return undefined
  const overrides: TaskOverride = {
    containerOverrides: [
      {
        name: container,
        ...(command && { command }),
        ...(environment.length > 0 && { environment: [...environment] }),
      },
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
