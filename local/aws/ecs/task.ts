/** A task: what ECS shows of it, and what is known behind that. */
import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import type { Container, RunTaskRequest, Tag, Task, TaskOverride } from '@aws-sdk/client-ecs'
import type { Clock } from '../clock.ts'
import type { ContainerLife } from '../container/life.ts'
import type { Timing } from '../options.ts'
import type { Arns } from './arns.ts'
import type { ClusterEntry } from './clusters.ts'
import type { Revision } from './definitions.ts'
import type { StartFailure } from './start-failures.ts'

/** Why a task stops: the first cause stays. */
export interface StopCause {
  readonly stopCode: string
  readonly reason: string
}

export interface LiveTask {
  readonly arn: string
  readonly id: string
  readonly revision: Revision
  readonly cluster: string
  readonly createdAt: number
  readonly now: () => number
  /** As DescribeTasks shows it; replaced at every change, never changed. */
  record: Task
  /** Every record there was, for answers that are out of date. */
  readonly history: { readonly at: number; readonly record: Task }[]
  tags: readonly Tag[]
  /** Desired statuses since creation, for listings that lag. */
  readonly wishes: { readonly at: number; readonly desired: 'RUNNING' | 'STOPPED' }[]
  readonly timing: () => Timing
  readonly failStart: StartFailure | undefined
  cause: StopCause | undefined
  /** Aborted when a request to stop has reached the host: what has not started then never will. */
  readonly stopReached: AbortController
  /** Containers by name, once they may start. */
  readonly lives: Map<string, ContainerLife>
  /** The machine below is gone: no exit code will ever be known. */
  isHostLost: boolean
  stoppedAt: number | undefined
}

interface NewTask {
  readonly cluster: ClusterEntry
  readonly revision: Revision
  readonly input: RunTaskRequest
  readonly tags: readonly Tag[]
  readonly overrides: TaskOverride
  readonly subnet: string
  readonly timing: () => Timing
  readonly failStart: StartFailure | undefined
}

export function createTask(arns: Arns, clock: Clock, request: NewTask): LiveTask {
  const { cluster, revision } = request
  const id = randomBytes(16).toString('hex')
  const now = clock.now()
  const record = firstRecord(arns, id, new Date(now), request)
  return {
    arn: arns.task(cluster.name, id),
    id,
    revision,
    cluster: cluster.name,
    createdAt: now,
    record,
    history: [{ at: now, record }],
    now: clock.now,
    tags: request.tags,
    wishes: [{ at: now, desired: 'RUNNING' }],
    timing: request.timing,
    failStart: request.failStart,
    cause: undefined,
    stopReached: new AbortController(),
    lives: new Map(),
    isHostLost: false,
    stoppedAt: undefined,
  }
}

/** The record that RunTask answers with. */
function firstRecord(arns: Arns, id: string, createdAt: Date, request: NewTask): Task {
  const { cluster, revision, input, overrides } = request
  const { definition, family } = revision
  const taskArn = arns.task(cluster.name, id)
  const storage = { sizeInGiB: overrides.ephemeralStorage?.sizeInGiB ?? definition.ephemeralStorage?.sizeInGiB ?? 20 }
  return {
    attachments: [networkInterface(request.subnet)],
    attributes: [
      {
        name: 'ecs.cpu-architecture',
        value: definition.runtimePlatform?.cpuArchitecture === 'ARM64' ? 'arm64' : 'x86_64',
      },
    ],
    availabilityZone: `${arns.region}a`,
    clusterArn: cluster.arn,
    containers: (definition.containerDefinitions ?? []).map(
      (container): Container => ({
        containerArn: arns.container(cluster.name, id, randomUUID()),
        taskArn,
        name: container.name,
        image: container.image,
        lastStatus: 'PENDING',
        networkInterfaces: [],
        cpu: String(container.cpu ?? 0),
        ...(container.memory === undefined ? {} : { memory: String(container.memory) }),
        ...(container.memoryReservation === undefined
          ? {}
          : { memoryReservation: String(container.memoryReservation) }),
      }),
    ),
    cpu: overrides.cpu ?? definition.cpu,
    createdAt,
    desiredStatus: 'RUNNING',
    enableExecuteCommand: input.enableExecuteCommand ?? false,
    group: input.group ?? `family:${family}`,
    healthStatus: 'UNKNOWN',
    lastStatus: 'PROVISIONING',
    launchType: 'FARGATE',
    memory: overrides.memory ?? definition.memory,
    overrides,
    platformVersion: '1.4.0',
    platformFamily: 'Linux',
    ...(input.startedBy === undefined ? {} : { startedBy: input.startedBy }),
    taskArn,
    taskDefinitionArn: revision.arn,
    version: 1,
    ephemeralStorage: storage,
    fargateEphemeralStorage: storage,
  }
}

function networkInterface(subnet: string) {
  const details = [{ name: 'subnetId', value: subnet }]
  return { id: randomUUID(), type: 'ElasticNetworkInterface', status: 'PRECREATED', details }
}

/** Changes what ECS shows of the task; a member given as undefined is left out from then on. */
export function show(task: LiveTask, change: Partial<Task>): void {
  task.record = { ...task.record, ...change, version: (task.record.version ?? 0) + 1 }
  task.history.push({ at: task.now(), record: task.record })
}

export function showContainer(task: LiveTask, name: string, change: Partial<Container>): void {
  const containers = task.record.containers?.map((container) =>
    container.name === name ? { ...container, ...change } : container,
  )
  show(task, { containers })
}

/** The network interface as it is once the task has it: subnet, addresses, and where containers show it. */
export function attachInterface(task: LiveTask, region: string): void {
  const address = `10.0.${randomInt(256)}.${randomInt(4, 251)}`
  const details = [
    ...(task.record.attachments?.[0]?.details ?? []),
    { name: 'networkInterfaceId', value: `eni-${randomBytes(8).toString('hex')}0` },
    { name: 'macAddress', value: `02:${(randomBytes(5).toString('hex').match(/../g) ?? []).join(':')}` },
    { name: 'privateDnsName', value: `ip-${address.replaceAll('.', '-')}.${region}.compute.internal` },
    { name: 'privateIPv4Address', value: address },
  ]
  show(task, {
    attachments: task.record.attachments?.map((attachment) => ({ ...attachment, status: 'ATTACHED', details })),
    containers: task.record.containers?.map((container) => ({
      ...container,
      networkInterfaces: [{ attachmentId: task.record.attachments?.[0]?.id, privateIpv4Address: address }],
    })),
  })
}

/** The record as it was at a moment; undefined: there was none yet. */
export const recordAt = (task: LiveTask, moment: number) => task.history.findLast(({ at }) => at <= moment)?.record

/** The desired status as listings saw it at a moment; undefined: they did not know the task yet. */
export const wishedAt = (task: LiveTask, moment: number) => task.wishes.findLast(({ at }) => at <= moment)?.desired
