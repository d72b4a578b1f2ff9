/** The clone is made for one job: the base definition without what has no part in one migration. */
import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs'
import { type Doubt, Refusal, type Sidecar } from '../model.ts'
import { chooseContainer, isEssential } from './choose-container.ts'
import { judgeSidecars, type SidecarRequest } from './sidecars.ts'

/** The base definition, cut down to one migration. */
export interface Job {
  /** As described, but for its containers and the proxy. */
  readonly definition: TaskDefinition
  /** The container that runs the migration, as it stands in `definition`. */
  readonly container: ContainerDefinition
  /** All others of the base, in its order. */
  readonly sidecars: readonly Sidecar[]
  readonly doubts: readonly Doubt[]
}

/**
 * Decides which containers run beside the migration, and takes all mention of the others out of what stays.
 * @throws Refusal when no container can be chosen, or ECS would not take what remains
 */
export function planJob(base: TaskDefinition, request: SidecarRequest): Job {
  const containers = base.containerDefinitions ?? []
  const { container: chosen, doubts } = chooseContainer(containers, request)
  const judged = judgeSidecars(base, chosen, request)
  const fates = new Map(judged.sidecars.map(({ name, fate }) => [name, fate]))
  const staying = containers.filter(({ name = '' }) => fates.get(name) !== 'left-out')
  const kept = withoutMentions(
    staying.map((container) => (container === chosen ? migrating(container) : besides(container, fates))),
  )
  requireNoneWaitsForEnd(kept)
  const { proxyConfiguration: proxy, ...rest } = base
  const proxyStays = kept.some(({ name }) => name === proxy?.containerName)
  return {
    definition: { ...rest, ...(proxy && proxyStays && { proxyConfiguration: proxy }), containerDefinitions: kept },
    container: kept.find(({ name }) => name === chosen.name) ?? chosen,
    sidecars: judged.sidecars,
    doubts: [...doubts, ...judged.doubts],
  }
}

/** It ends the task, and it runs once. */
function migrating({ restartPolicy: _, ...container }: ContainerDefinition): ContainerDefinition {
  return isEssential(container) ? container : { ...container, essential: true }
}

function besides(container: ContainerDefinition, fates: ReadonlyMap<string, Sidecar['fate']>): ContainerDefinition {
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
