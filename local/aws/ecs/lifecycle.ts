/**
 * The life of a task (docs/platform-facts.md#states), read from top to bottom: PROVISIONING, PENDING, ACTIVATING, RUNNING,
 * DEACTIVATING, STOPPING, DEPROVISIONING, STOPPED.
 */
import { randomInt } from 'node:crypto'
import type { ContainerDefinition, TaskStopCode } from '@aws-sdk/client-ecs'
import type { Clock } from '../clock.ts'
import { containerCommand, containerEnvironment } from '../container/environment.ts'
import { CannotPull, type PulledImage, pullImage } from '../container/images.ts'
import { type ContainerEnd, type ContainerLife, type ContainerRun, createContainer } from '../container/life.ts'
import { readSecrets, SecretFailure } from '../container/secrets.ts'
import type { LogStore, StreamWriter } from '../logs/store.ts'
import type { Image } from '../options.ts'
import { logGroupMissing, type StartFailure } from './start-failures.ts'
import { attachInterface, type LiveTask, type StopCause, show, showContainer } from './task.ts'

/** What tasks run on. */
export interface Host {
  readonly clock: Clock
  readonly region: string
  readonly images: Readonly<Record<string, Image>>
  readonly secrets: Readonly<Record<string, string>>
  readonly logs: LogStore
  /** Every container that really ran. */
  readonly runs: ContainerRun[]
  readonly metadataUrl: (task: LiveTask) => string
}

/** Resolves when the task has STOPPED. */
export async function live(task: LiveTask, host: Host): Promise<void> {
  const prepared = await prepare(task, host)
  if (prepared === undefined) await windDown(task, host, [])
  else if ('reason' in prepared) await failToStart(task, host, prepared)
  else await execute(task, host, prepared)
}

/** What a container needs before its process can start. */
interface Prepared {
  readonly definition: ContainerDefinition
  readonly pulled: PulledImage
  readonly secrets: Readonly<Record<string, string>>
  readonly writer: StreamWriter | undefined
}

/** PROVISIONING and PENDING. Undefined: a stop reached the task before its containers could start. */
async function prepare(task: LiveTask, host: Host): Promise<readonly Prepared[] | StartFailure | undefined> {
  const { clock } = host
  const stopped = task.stopReached.signal
  await clock.sleep(task.timing().provisioning, stopped)
  if (stopped.aborted) return undefined
  if (task.failStart?.during === 'PROVISIONING') return task.failStart
  attachInterface(task, host.region)
  const now = new Date(clock.now())
  show(task, {
    ...(task.cause ? {} : { lastStatus: 'PENDING' }),
    connectivity: 'CONNECTED',
    connectivityAt: now,
    pullStartedAt: now,
  })
  await clock.sleep(task.timing().pending, stopped)
  if (stopped.aborted) return undefined
  return task.failStart ?? prepareContainers(task, host)
}

/** In Fargate's order: secrets, then images, then log streams. */
function prepareContainers(task: LiveTask, host: Host): readonly Prepared[] | StartFailure {
  const definitions = task.revision.definition.containerDefinitions ?? []
  const architecture = task.revision.definition.runtimePlatform?.cpuArchitecture ?? 'X86_64'
  try {
    const secrets = definitions.map((definition) => readSecrets(definition, host.secrets))
    const images = definitions.map((definition) => pull(task, host, definition, architecture))
    const prepared: Prepared[] = []
    for (const [index, definition] of definitions.entries()) {
      const [pulled, values] = [images[index], secrets[index]]
      const writer = openLog(task, host, definition)
      if (writer === 'no group') return logGroupMissing
      if (pulled && values) prepared.push({ definition, pulled, secrets: values, writer })
    }
    return prepared
  } catch (error) {
    if (error instanceof CannotPull) return { reason: error.message, containerReason: error.message }
    if (error instanceof SecretFailure) return { reason: error.message }
    throw error
  }
}

/**
 * The image of a container that the task can do without may be missing: that container alone ends, with the reason
 * (docs/platform-facts.md#guardduty).
 */
function pull(task: LiveTask, host: Host, definition: ContainerDefinition, architecture: 'X86_64' | 'ARM64') {
  try {
    return pullImage(definition.image ?? '', host.images, architecture)
  } catch (error) {
    if (!(error instanceof CannotPull) || definition.essential !== false || isNeeded(task, definition)) throw error
    showContainer(task, definition.name ?? '', { lastStatus: 'STOPPED', reason: error.message })
    return undefined
  }
}

const isNeeded = ({ revision }: LiveTask, { name }: ContainerDefinition): boolean =>
  (revision.definition.containerDefinitions ?? []).some(({ dependsOn = [] }) =>
    dependsOn.some(({ containerName }) => containerName === name),
  )

/** The stream of a container that logs to CloudWatch: prefix/container/task-id. */
function openLog(task: LiveTask, host: Host, definition: ContainerDefinition): StreamWriter | 'no group' | undefined {
  if (definition.logConfiguration?.logDriver !== 'awslogs') return undefined
  const options = definition.logConfiguration.options ?? {}
  const region = options['awslogs-region'] ?? host.region
  const group = options['awslogs-group'] ?? ''
  if (options['awslogs-create-group'] === 'true') host.logs.createGroup(region, group)
  const stream = `${options['awslogs-stream-prefix']}/${definition.name}/${task.id}`
  return host.logs.open(region, group, stream, task.timing().streamLag) ?? 'no group'
}

async function failToStart(task: LiveTask, host: Host, failure: StartFailure): Promise<void> {
  const names = task.record.containers?.map(({ name = '' }) => name) ?? []
  const [first] = names
  if (failure.containerReason !== undefined && first !== undefined)
    showContainer(task, first, { reason: failure.containerReason })
  if (task.record.pullStartedAt) show(task, { pullStoppedAt: new Date(host.clock.now()) })
  for (const name of names) showContainer(task, name, { lastStatus: 'STOPPED' })
  stopBecause(task, host, { stopCode: failure.stopCode ?? 'TaskFailedToStart', reason: failure.reason })
  show(task, { executionStoppedAt: new Date(host.clock.now()) })
  await windDown(task, host, [])
}

/** ACTIVATING and RUNNING, to the end of every container. */
async function execute(task: LiveTask, host: Host, prepared: readonly Prepared[]): Promise<void> {
  const { clock } = host
  show(task, {
    ...(task.cause ? {} : { lastStatus: 'ACTIVATING' }),
    pullStoppedAt: new Date(clock.now()),
  })
  for (const container of prepared) create(task, host, container)
  const lives = [...task.lives.values()]
  stopTogether(task, lives)
  for (const life of lives) life.begin()
  void showRunning(task, host, lives)
  await windDown(task, host, await Promise.all(lives.map((life) => showEnd(task, host, life))))
}

function create(task: LiveTask, host: Host, { definition, pulled, secrets, writer }: Prepared): void {
  const name = definition.name ?? ''
  const override = task.record.overrides?.containerOverrides?.find((other) => other.name === name)
  const environment = containerEnvironment({
    image: pulled.image,
    definition,
    override,
    secrets,
    region: host.region,
    taskId: task.id,
    metadataUrl: host.metadataUrl(task),
  })
  showContainer(task, name, { imageDigest: pulled.digest, runtimeId: `${task.id}-${randomInt(10 ** 9, 2 ** 32)}` })
  const life = createContainer({
    definition,
    process: {
      folder: pulled.image.folder,
      workingDirectory: definition.workingDirectory,
      command: containerCommand(pulled.image, definition, override),
      environment,
      hasInit: definition.linuxParameters?.initProcessEnabled === true,
    },
    writer,
    logLag: () => task.timing().logLag,
    clock: host.clock,
    dependency: (other) => task.lives.get(other),
    about: {
      taskArn: task.arn,
      family: task.revision.family,
      ...(task.record.startedBy === undefined ? {} : { startedBy: task.record.startedBy }),
    },
    runs: host.runs,
  })
  task.lives.set(name, life)
}

const isEssential = ({ definition }: ContainerLife) => definition.essential !== false

/** The host stops the rest when an essential container ends or a request to stop reaches it, whatever ECS knows. */
function stopTogether(task: LiveTask, lives: readonly ContainerLife[]): void {
  const stopAll = () => {
    for (const life of lives) life.stop()
  }
  for (const life of lives.filter(isEssential)) void life.ended.then(stopAll)
  task.stopReached.signal.addEventListener('abort', stopAll, { once: true })
}

async function showRunning(task: LiveTask, host: Host, lives: readonly ContainerLife[]): Promise<void> {
  await host.clock.sleep(task.timing().activating, task.stopReached.signal)
  const started = await Promise.all(lives.filter(isEssential).map((life) => life.started))
  if (task.cause || started.includes(false)) return
  for (const { name = '', lastStatus } of task.record.containers ?? [])
    if (lastStatus !== 'STOPPED') showContainer(task, name, { lastStatus: 'RUNNING' })
  show(task, { lastStatus: 'RUNNING', startedAt: new Date(host.clock.now()) })
}

/** Shows a container's end when ECS learns of it, and stops the task if the container was essential. */
async function showEnd(task: LiveTask, host: Host, life: ContainerLife): Promise<ContainerEnd> {
  const end = await life.ended
  await host.clock.sleep(task.timing().exitLag)
  showContainer(task, life.definition.name ?? '', {
    lastStatus: 'STOPPED',
    ...(end.exitCode === undefined || task.isHostLost ? {} : { exitCode: end.exitCode }),
    ...(end.reason === undefined ? {} : { reason: end.reason }),
  })
  if (!isEssential(life) || task.cause) return end
  await host.clock.sleep(task.timing().stopCodeLag)
  stopBecause(task, host, causeOf(task, end))
  return end
}

const hostLost: StopCause = {
  stopCode: 'InfrastructureHealth',
  reason: 'The task was stopped because the infrastructure below it became unhealthy.',
}

function causeOf(task: LiveTask, end: ContainerEnd): StopCause {
  if (task.isHostLost) return hostLost
  if (end.ran) return { stopCode: 'EssentialContainerExited', reason: 'Essential container in task exited' }
  // The container alone says which dependency failed.
  const reason = end.exitCode === undefined ? end.reason : undefined
  return { stopCode: 'TaskFailedToStart', reason: reason ?? 'Task failed to start' }
}

/** Shows that the task stops, and why; the first cause stays. */
function stopBecause(task: LiveTask, host: Pick<Host, 'clock'>, cause: StopCause): void {
  if (task.cause) return
  task.cause = cause
  const now = host.clock.now()
  task.wishes.push({ at: now, desired: 'STOPPED' })
  show(task, {
    desiredStatus: 'STOPPED',
    ...(task.lives.size > 0 ? { lastStatus: 'DEACTIVATING' } : {}),
    stopCode: cause.stopCode as TaskStopCode,
    stoppedReason: cause.reason,
    stoppingAt: new Date(now),
  })
}

/** Someone asks for the task to be stopped: ECS shows it at once, the host learns of it after DEACTIVATING. */
export async function stopOnRequest(task: LiveTask, host: Pick<Host, 'clock'>, cause: StopCause): Promise<void> {
  if (task.cause) return
  stopBecause(task, host, cause)
  await host.clock.sleep(task.timing().deactivating)
  if (task.record.lastStatus === 'DEACTIVATING') show(task, { lastStatus: 'STOPPING' })
  task.stopReached.abort()
}

/** The machine is gone at once; ECS shows it later, and never an exit code. */
export async function loseHost(task: LiveTask, host: Pick<Host, 'clock'>): Promise<void> {
  task.isHostLost = true
  for (const life of task.lives.values()) life.kill()
  if (task.lives.size === 0) await stopOnRequest(task, host, hostLost)
}

async function windDown(task: LiveTask, host: Host, ends: readonly ContainerEnd[]): Promise<void> {
  const { clock } = host
  const ran = ends.filter((end) => end.ran)
  if (ran.length > 0) show(task, { executionStoppedAt: new Date(Math.max(...ran.map((end) => end.at))) })
  if (task.record.lastStatus === 'DEACTIVATING') {
    await clock.sleep(task.timing().deactivating)
    show(task, { lastStatus: 'STOPPING' })
  }
  if (ends.length > 0) await clock.sleep(task.timing().stopping)
  for (const { name = '' } of task.record.containers ?? []) showContainer(task, name, { lastStatus: 'STOPPED' })
  show(task, { lastStatus: 'DEPROVISIONING' })
  await clock.sleep(task.timing().deprovisioning)
  if (task.timing().deleted > 0) {
    show(task, { lastStatus: 'DELETED' })
    await clock.sleep(task.timing().deleted)
  }
  task.stoppedAt = clock.now()
  show(task, {
    lastStatus: 'STOPPED',
    stoppedAt: new Date(task.stoppedAt),
    attachments: task.record.attachments?.map((attachment) => ({ ...attachment, status: 'DELETED' })),
  })
}
