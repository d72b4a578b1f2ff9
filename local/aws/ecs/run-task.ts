import type { Failure, NetworkConfiguration, RunTaskRequest } from '@aws-sdk/client-ecs'
import type { Call } from '../service.ts'
import type { ClusterEntry } from './clusters.ts'
import type { Revision } from './definitions.ts'
import type { Ecs } from './ecs.ts'
import { replayed } from './idempotency.ts'
import { live } from './lifecycle.ts'
import { storedOverrides } from './overrides.ts'
import { clientError, invalidParameter } from './refusals.ts'
import { type StartFailure, startFailures } from './start-failures.ts'
import { checkTags, mergeTags } from './tags.ts'
import { createTask, type LiveTask } from './task.ts'

const noCapacity: readonly Failure[] = [
  { reason: 'Capacity is unavailable at this time. Please try again later or in a different availability zone' },
]

/** RunTask for Fargate: refuses what ECS refuses, then starts tasks, or answers an earlier launch again. */
export function runTask(ecs: Ecs, call: Call) {
  const input = call.input as unknown as RunTaskRequest
  checkToken(input)
  const cluster = ecs.clusters.active(input.cluster)
  const earlier = ecs.launches.find(cluster.name, input)
  if (earlier) return replayed(earlier, ecs.clock.now())
  const revision = launchable(ecs, input)
  checkRequest(input)
  checkVolumes(input, revision)
  checkPlacement(input, revision)
  const overrides = storedOverrides(revision, input)
  const tags = tagsOf(input, cluster, revision)

  const failures = call.fault?.kind === 'failures' ? (call.fault.failures ?? noCapacity) : []
  const count = failures.length > 0 ? 0 : (input.count ?? 1)
  const tasks = Array.from({ length: count }, () => {
    const script = ecs.scripts.pick(revision.family, input)
    const subnet = nextSubnet(ecs, input)
    return createTask(ecs.arns, ecs.clock, {
      cluster,
      revision,
      input,
      tags,
      overrides,
      subnet,
      timing: () => ({ ...ecs.timing(), ...script?.timing }),
      failStart: script?.failStart ?? networkFailure(ecs, input, revision, subnet),
    })
  })
  for (const task of tasks) begin(ecs, task)
  ecs.launches.keep(cluster.name, input, { tasks, failures, at: ecs.clock.now() })
  return { tasks: tasks.map((task) => ({ ...task.record, tags: task.tags })), failures }
}

function begin(ecs: Ecs, task: LiveTask): void {
  ecs.tasks.add(task)
  ecs.stories.add(live(task, ecs.host))
}

/** Subnets take turns: one that is no good is met sooner or later. */
function nextSubnet(ecs: Ecs, { networkConfiguration }: RunTaskRequest): string {
  const subnets = networkConfiguration?.awsvpcConfiguration?.subnets ?? []
  return subnets[ecs.tasks.all().length % subnets.length] ?? ''
}

function networkFailure(ecs: Ecs, input: RunTaskRequest, revision: Revision, subnet: string): StartFailure | undefined {
  const { securityGroups = [], assignPublicIp } = input.networkConfiguration?.awsvpcConfiguration ?? {}
  const { definition } = revision
  const kind = ecs.network?.({ subnet, securityGroups, assignPublicIp: assignPublicIp === 'ENABLED', definition })
  return kind && startFailures[kind]
}

function checkToken({ clientToken }: RunTaskRequest): void {
  if (clientToken !== undefined && !/^[\x21-\x7e]{1,64}$/.test(clientToken))
    throw invalidParameter('clientToken must be 1 to 64 ASCII characters in the range of 33-126.')
}

/** The revision that RunTask would start: the newest ACTIVE one of a family, or exactly the one named. */
function launchable(ecs: Ecs, { taskDefinition }: RunTaskRequest): Revision {
  if (!taskDefinition) throw invalidParameter('TaskDefinition can not be blank.')
  const revision = ecs.definitions.find(taskDefinition)
  if (!revision) throw invalidParameter('TaskDefinition not found.')
  if (revision.definition.status !== 'ACTIVE') throw clientError('TaskDefinition is inactive')
  return revision
}

function checkRequest(input: RunTaskRequest): void {
  if (input.count !== undefined && (input.count < 1 || input.count > 10))
    throw invalidParameter('Count must be between 1 and 10.')
  if (input.startedBy !== undefined && !/^[A-Za-z0-9_/-]{1,128}$/.test(input.startedBy))
    throw invalidParameter(
      'startedBy can be up to 128 letters (uppercase and lowercase), numbers, hyphens, forward slashes, and underscores.',
    )
  checkTags(input.tags)
  if (input.propagateTags === 'SERVICE') throw invalidParameter('SERVICE is not a valid value for propagateTags.')
}

/** A volume that is configured at launch must be, and no other may (API reference, RunTask: volumeConfigurations). */
function checkVolumes({ volumeConfigurations = [] }: RunTaskRequest, { definition }: Revision): void {
  const wanted = (definition.volumes ?? []).filter((volume) => volume.configuredAtLaunch).map((volume) => volume.name)
  const given = volumeConfigurations.map((volume) => volume.name)
  const missing = wanted.find((name) => !given.includes(name))
  if (missing !== undefined) throw invalidParameter(`The volume ${missing} must be configured in volumeConfigurations.`)
  const unknown = given.find((name) => !wanted.includes(name))
  if (unknown !== undefined)
    throw invalidParameter(
      'Volume configuration provided but no matching configuredAtLaunch volume found in task definition.',
    )
}

/** What only matters where the task is to run; the definition fits Fargate or not. */
function checkPlacement(input: RunTaskRequest, revision: Revision): void {
  if (input.capacityProviderStrategy?.length && input.launchType)
    throw invalidParameter('Specify a launch type or a capacity provider strategy, not both.')
  if (input.capacityProviderStrategy?.length)
    throw invalidParameter('The specified capacity provider is not associated with the cluster.')
  if (input.launchType !== 'FARGATE') throw invalidParameter('No Container Instances were found in your cluster.')
  if (!revision.definition.compatibilities?.includes('FARGATE'))
    throw invalidParameter('Task definition does not support launch_type FARGATE.')
  if (input.placementConstraints?.length || input.placementStrategy?.length)
    throw invalidParameter('Placement constraints and strategies are not supported with FARGATE launch type.')
  checkNetwork(input.networkConfiguration)
}

function checkNetwork(network: NetworkConfiguration | undefined): void {
  const { subnets = [], securityGroups = [] } = network?.awsvpcConfiguration ?? {}
  if (!network?.awsvpcConfiguration)
    throw invalidParameter("Network Configuration must be provided when networkMode 'awsvpc' is specified.")
  if (subnets.length < 1) throw invalidParameter('subnets can not be empty.')
  if (subnets.length > 16) throw invalidParameter('subnets can have at most 16 items.')
  if (securityGroups.length > 5) throw invalidParameter('securityGroups can have at most 5 items.')
  const wrongSubnet = subnets.find((id) => !/^subnet-[0-9a-z-]+$/.test(id))
  if (wrongSubnet !== undefined)
    throw invalidParameter(`Error retrieving subnet information for [${wrongSubnet}]: Invalid id: "${wrongSubnet}"`)
  const wrongGroup = securityGroups.find((id) => !/^sg-[0-9a-z-]+$/.test(id))
  if (wrongGroup !== undefined)
    throw invalidParameter(
      `Error retrieving security group information for [${wrongGroup}]: Invalid id: "${wrongGroup}"`,
    )
}

function tagsOf(input: RunTaskRequest, cluster: ClusterEntry, revision: Revision) {
  const managed = [{ key: 'aws:ecs:clusterName', value: cluster.name }]
  return mergeTags(
    input.propagateTags === 'TASK_DEFINITION' ? revision.tags : [],
    input.tags ?? [],
    input.enableECSManagedTags ? managed : [],
  )
}
