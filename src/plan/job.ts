/** The clone is made for one job: the base definition without what has no part in one migration. */
import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs'
import type { Inputs } from '../inputs.ts'
import { type Doubt, Refusal, type Sidecar } from '../model.ts'
import { chooseContainer, isEssential } from './choose-container.ts'
import { loggingTo, replacedLog } from './log-destination.ts'
import { plainSecrets, replacedSecrets, secretsOf } from './secrets.ts'
import { judgeSidecars, type SidecarRequest } from './sidecars.ts'
import { variableNames } from './variables.ts'

/** The base definition, cut down to one migration. */
export interface Job {
  /** As described, except for its containers and the proxy. */
  readonly definition: TaskDefinition
  /** The container that runs the migration, as it stands in `definition`. */
  readonly container: ContainerDefinition
  /** All others of the base, in its order. */
  readonly sidecars: readonly Sidecar[]
  readonly doubts: readonly Doubt[]
  /** What the inputs replace in the chosen container, a line each for the log. */
  readonly notes: readonly string[]
}

export type JobRequest = SidecarRequest & Pick<Inputs, 'databases' | 'secrets' | 'environmentVariables' | 'logGroup'>

/**
 * Decides which containers run beside the migration, and takes all mention of the others out of what stays.
 * @throws Refusal when no container can be chosen, or ECS would not take what remains
 */
export function planJob(described: TaskDefinition, request: JobRequest): Job {
  const { container: original, doubts } = chooseContainer(described.containerDefinitions ?? [], request)
  const chosen = withSecrets(loggingTo(original, request.logGroup, described), request)
  const containers = (described.containerDefinitions ?? []).map((one) => (one === original ? chosen : one))
  const base = { ...described, containerDefinitions: containers }
  const judged = judgeSidecars(base, chosen, request)
  const fates = new Map(judged.sidecars.map(({ name, fate }) => [name, fate]))
  const staying = containers.filter(({ name = '' }) => fates.get(name) !== 'left-out')
  const kept = withoutMentions(
    staying.map((container) => (container === chosen ? migrating(container) : sidecar(container, fates))),
  )
  requireNoneWaitsForEnd(kept)
  const { proxyConfiguration: proxy, ...rest } = base
  const proxyStays = kept.some(({ name }) => name === proxy?.containerName)
  return {
    definition: { ...rest, ...(proxy && proxyStays && { proxyConfiguration: proxy }), containerDefinitions: kept },
    container: kept.find(({ name }) => name === chosen.name) ?? chosen,
    sidecars: judged.sidecars,
    doubts: [
      ...doubts,
      ...judged.doubts,
      ...plainSecrets(
        original,
        request.environmentVariables.map(({ name }) => name),
        described.taskDefinitionArn ?? '',
      ),
    ],
    notes: [
      ...replacedSecrets(original, { lines: request.secrets, variables: [request.databaseVariable] }),
      ...replacedLog(original, request.logGroup),
    ],
  }
}

/** It ends the task, and it runs once. */
function migrating({ restartPolicy: _, ...container }: ContainerDefinition): ContainerDefinition {
  return isEssential(container) ? container : { ...container, essential: true }
}

function sidecar(container: ContainerDefinition, fates: ReadonlyMap<string, Sidecar['fate']>): ContainerDefinition {
  const mayEndTask = fates.get(container.name ?? '') === 'kept' || !isEssential(container)
  return mayEndTask ? container : { ...container, essential: false }
}

/** A name that no container of the clone has would make ECS refuse it. */
function withoutMentions(containers: readonly ContainerDefinition[]): ContainerDefinition[] {
  const names = new Set(containers.map(({ name = '' }) => name))
  const hasRouter = containers.some(({ firelensConfiguration }) => firelensConfiguration !== undefined)
  return containers.map(({ logConfiguration, dependsOn, volumesFrom, links, ...rest }) => ({
    ...rest,
    ...(logConfiguration && (hasRouter || logConfiguration.logDriver !== 'awsfirelens') && { logConfiguration }),
    ...(dependsOn && { dependsOn: dependsOn.filter(({ containerName = '' }) => names.has(containerName)) }),
    ...(volumesFrom && { volumesFrom: volumesFrom.filter(({ sourceContainer = '' }) => names.has(sourceContainer)) }),
    ...(links && { links: links.filter((link) => names.has(link.split(':')[0] ?? '')) }),
  }))
}

/** ECS: COMPLETE and SUCCESS are no conditions on an essential container (API reference, ContainerDependency). */
function requireNoneWaitsForEnd(containers: readonly ContainerDefinition[]): void {
  const essential = new Set(containers.filter(isEssential).map(({ name }) => name))
  for (const { name, dependsOn = [] } of containers) {
    const end = dependsOn.find(
      ({ condition, containerName }) =>
        (condition === 'COMPLETE' || condition === 'SUCCESS') && essential.has(containerName),
    )
    if (end === undefined) continue
    throw new Refusal({
      code: 'sidecar-waits-for-end',
      reason: `The container ${name} waits for the end of ${end.containerName} (${end.condition}), which is essential in the clone, and ECS does not accept that.`,
      remedy: `Leave ${name} out: set the input sidecars to none, or to the names of those to keep.`,
    })
  }
}

/** @throws Refusal where the start would need a role that the definition does not name */
export function requireExecutionRole(
  { executionRoleArn }: TaskDefinition,
  { secrets, logGroup }: Pick<JobRequest, 'secrets' | 'logGroup'>,
): void {
  const input = secrets.length > 0 ? 'secrets' : logGroup === undefined ? undefined : 'log-group'
  if (executionRoleArn !== undefined || input === undefined) return
  throw new Refusal({
    code: 'no-execution-role',
    reason: `The task definition has no execution role, with which ECS would ${input === 'secrets' ? 'read the secrets' : 'write the log'} of the input ${input}.`,
    remedy: `Give the task definition an executionRoleArn, or leave out the input ${input}.`,
  })
}

/** Those of the first database: where each has its own, they are of the same services. */
function withSecrets(container: ContainerDefinition, request: JobRequest): ContainerDefinition {
  const [database = ''] = request.databases
  const secrets = secretsOf(container, { lines: request.secrets, variables: variableNames(request), database })
  return secrets.length === 0 && container.secrets === undefined ? container : { ...container, secrets }
}
