import { existsSync } from 'node:fs'
import type { RegisterTaskDefinitionCommandInput, Task } from '@aws-sdk/client-ecs'
import { createClock } from './clock.ts'
import type { ContainerRun } from './container/life.ts'
import { controlPlane } from './control.ts'
import { createCredentialStore } from './credentials.ts'
import { createEcs, type Ecs } from './ecs/ecs.ts'
import { type Host, loseHost, stopOnRequest } from './ecs/lifecycle.ts'
import type { TaskScript } from './ecs/scripts.ts'
import { createEcsService } from './ecs/service.ts'
import type { LiveTask, StopCause } from './ecs/task.ts'
import { createFaults, type Faults } from './faults.ts'
import { createJournal, type JournalEntry } from './journal.ts'
import { pageEvents } from './logs/get-log-events.ts'
import { createLogs } from './logs/service.ts'
import { createLogStore, type LogGroupClass } from './logs/store.ts'
import { createOidc } from './oidc.ts'
import { defaultTiming, type Image, type LocalAwsOptions, type Timing } from './options.ts'
import { createRates } from './rates.ts'
import { listen } from './server.ts'
import { createSts } from './sts.ts'

export type { ContainerRun } from './container/life.ts'
export type { StartFailureKind } from './ecs/start-failures.ts'
export type { FaultKind, FaultSpec } from './faults.ts'
export type { JournalEntry } from './journal.ts'
export type { Image, LocalAwsOptions, Timing } from './options.ts'

interface ServiceSeed {
  readonly cluster?: string
  readonly serviceName: string
  readonly subnets: readonly string[]
  readonly securityGroups?: readonly string[]
  readonly assignPublicIp?: 'ENABLED' | 'DISABLED'
  readonly taskDefinition?: string
}

/** Keys as STS would have issued them, as environment variables. */
type CredentialVariables = Readonly<Record<'AWS_ACCESS_KEY_ID' | 'AWS_SECRET_ACCESS_KEY' | 'AWS_SESSION_TOKEN', string>>

export interface LocalAws {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string
  readonly region: string
  readonly accountId: string
  /** AWS_ENDPOINT_URL, AWS_REGION, keys: spread into a child's environment. */
  readonly environment: Readonly<Record<string, string>>
  /** ACTIONS_ID_TOKEN_REQUEST_URL and …_TOKEN, as a job with `id-token: write` has them. */
  readonly oidcEnvironment: Readonly<Record<string, string>>
  /** Every request in order of arrival. */
  readonly journal: readonly JournalEntry[]
  readonly faults: Faults
  /** Every container that really ran, in order of start: the truth, whatever ECS shows. */
  readonly containers: readonly ContainerRun[]
  /** ms since 1970 on this AWS's clock. */
  now(): number
  /** So many ms of its clock pass at once. What is under way goes on as before: an hour later, say. */
  pass(ms: number): void
  /** Changes the waits from now on. */
  setTiming(timing: Partial<Timing>): void
  /** @returns the cluster's ARN */
  seedCluster(name: string, status?: 'ACTIVE' | 'INACTIVE' | 'PROVISIONING'): string
  /** @param status INACTIVE: it was deregistered since */
  seedTaskDefinition(definition: RegisterTaskDefinitionCommandInput, status?: 'ACTIVE' | 'INACTIVE'): string
  /** @returns the service's ARN */
  seedService(service: ServiceSeed): string
  /** In the given region, or the local AWS's. */
  seedLogGroup(name: string, region?: string, logGroupClass?: LogGroupClass): void
  /** @returns a function that takes the script away again */
  script(script: TaskScript): () => void
  /** The task as DescribeTasks would show it now, whether or not it still does. */
  task(taskArn: string): Task | undefined
  /** Someone or something else stops the task: SIGTERM, then SIGKILL, as StopTask does. */
  stopFromOutside(taskArn: string, stop: StopCause): void
  /** The kernel kills a container (the first essential one) for memory. */
  outOfMemory(taskArn: string, container?: string): void
  /** The machine below is gone: every process dies, no exit code is ever known. */
  hostDied(taskArn: string): void
  /** Temporary keys that expire after `ms`. */
  issueCredentials(ms: number): CredentialVariables
  /** Ends every container and the server. */
  close(): Promise<void>
}

/**
 * Starts an AWS on 127.0.0.1. What it is faithful to, and what not: README.md beside this file.
 *
 * @throws when an image's folder does not exist or the port is taken
 */
export async function startLocalAws(options: LocalAwsOptions): Promise<LocalAws> {
  checkFolders(options.images)
  const { region = 'us-east-1', accountId = '123456789012', timeScale = 1 } = options
  const clock = createClock(timeScale, options.timeOrigin ?? Date.now())
  const timing = changeable({ ...defaultTiming, ...options.timing })
  const journal = createJournal(clock, journalFolder(options))
  const faults = createFaults(clock)
  const logs = createLogStore(clock)
  const runs: ContainerRun[] = []
  let url = ''
  const host: Host = {
    clock,
    region,
    images: options.images,
    secrets: options.secrets ?? {},
    logs,
    runs,
    metadataUrl: (task) => `${url}/v4/${task.id}`,
  }
  const stoppedTaskRetentionMs = options.stoppedTaskRetentionMs ?? 60 * 60 * 1000
  const ecs = createEcs({ host, accountId, timing: timing.get, stoppedTaskRetentionMs, network: options.network })
  for (const cluster of options.clusters ?? ['default']) ecs.clusters.put(cluster)

  // Where clocks are scaled, a client's and ours may drift apart by minutes of theirs.
  const credentials = createCredentialStore(clock, region, timeScale === 1)
  const oidc = createOidc(clock)
  const services = [
    ...(options.services ?? []),
    createEcsService(ecs),
    createLogs({ clock, store: logs, accountId, pageEvents: options.logPageEvents ?? pageEvents }),
    createSts({ clock, credentials, oidc, accountId, sessionMs: options.sessionMs, roles: options.roles }),
    oidc.service,
  ]
  const server = await listen(
    {
      services,
      clock,
      journal,
      faults,
      credentials,
      allows: options.enforceRates ? createRates(clock) : () => true,
      region,
      accountId,
      other: controlPlane({ journal, faults, runs, ecs }),
    },
    options.port ?? 0,
  )
  url = `http://127.0.0.1:${server.port}`
  const endContainers = () => killAll(ecs)
  process.once('exit', endContainers)

  return {
    url,
    region,
    accountId,
    environment: {
      AWS_ENDPOINT_URL: url,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: 'AKIALOCALLOCALLOCAL1',
      AWS_SECRET_ACCESS_KEY: 'local-secret-access-key-of-no-worth',
    },
    oidcEnvironment: oidc.environment(url),
    journal: journal.entries,
    faults,
    containers: runs,
    now: clock.now,
    pass: clock.pass,
    setTiming: timing.change,
    ...seeds(ecs, region),
    seedLogGroup: (name, groupRegion = region, logGroupClass) =>
      void logs.createGroup(groupRegion, name, logGroupClass),
    script: (script) => ecs.scripts.add(script),
    task: (taskArn) => ecs.tasks.find(taskArn)?.record,
    ...disasters(ecs),
    issueCredentials(ms) {
      const { accessKeyId, secretAccessKey, sessionToken } = credentials.issue(ms)
      return {
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
        AWS_SESSION_TOKEN: sessionToken,
      }
    },
    async close() {
      clock.close()
      killAll(ecs)
      await Promise.all([ecs.stories.allEnded(), server.close()])
      process.off('exit', endContainers)
    },
  }
}

function checkFolders(images: Readonly<Record<string, Image>>): void {
  for (const [uri, { folder }] of Object.entries(images))
    if (!existsSync(folder))
      throw new Error(`The folder of image ${uri} does not exist: ${folder}. Create it, or name another in "images".`)
}

function journalFolder({ journalFolder: folder }: LocalAwsOptions): string | undefined {
  if (folder === false) return undefined
  return folder ?? process.env.LOCAL_AWS_JOURNAL_DIR ?? undefined
}

function changeable(first: Timing) {
  let current = first
  return {
    get: () => current,
    change: (part: Partial<Timing>) => {
      current = { ...current, ...part }
    },
  }
}

function seeds(ecs: Ecs, region: string): Pick<LocalAws, 'seedCluster' | 'seedTaskDefinition' | 'seedService'> {
  return {
    seedCluster: (name, status) => ecs.clusters.put(name, status).arn,
    seedTaskDefinition(input, status = 'ACTIVE') {
      const { arn } = ecs.definitions.register(input as Parameters<typeof ecs.definitions.register>[0])
      if (status === 'INACTIVE') ecs.definitions.deregister(arn)
      return arn
    },
    seedService(seed) {
      const cluster = ecs.clusters.active(seed.cluster)
      const serviceArn = ecs.arns.service(cluster.name, seed.serviceName)
      const awsvpcConfiguration = {
        subnets: [...seed.subnets],
        securityGroups: [...(seed.securityGroups ?? [])],
        assignPublicIp: seed.assignPublicIp ?? ('DISABLED' as const),
      }
      cluster.services.set(seed.serviceName, {
        serviceArn,
        serviceName: seed.serviceName,
        clusterArn: cluster.arn,
        status: 'ACTIVE',
        desiredCount: 1,
        runningCount: 1,
        pendingCount: 0,
        launchType: 'FARGATE',
        platformVersion: 'LATEST',
        taskDefinition: seed.taskDefinition ?? `arn:aws:ecs:${region}:${ecs.arns.accountId}:task-definition/service:1`,
        networkConfiguration: { awsvpcConfiguration },
        loadBalancers: [],
        serviceRegistries: [],
        deployments: [],
        events: [],
        placementConstraints: [],
        placementStrategy: [],
        schedulingStrategy: 'REPLICA',
        enableECSManagedTags: false,
        propagateTags: 'NONE',
        enableExecuteCommand: false,
      })
      return serviceArn
    },
  }
}

function disasters(ecs: Ecs): Pick<LocalAws, 'stopFromOutside' | 'outOfMemory' | 'hostDied'> {
  const known = (taskArn: string): LiveTask => {
    const task = ecs.tasks.find(taskArn)
    if (!task) throw new Error(`The local AWS has no task ${taskArn}`)
    return task
  }
  return {
    stopFromOutside: (taskArn, cause) => ecs.stories.add(stopOnRequest(known(taskArn), ecs.host, cause)),
    hostDied: (taskArn) => ecs.stories.add(loseHost(known(taskArn), ecs.host)),
    outOfMemory(taskArn, container) {
      const lives = [...known(taskArn).lives.values()]
      const victim = lives.find(({ definition }) =>
        container === undefined ? definition.essential !== false : definition.name === container,
      )
      if (!victim) throw new Error(`Task ${taskArn} has no running container ${container ?? ''}`)
      victim.kill('OutOfMemoryError: Container killed due to memory usage')
    },
  }
}

function killAll(ecs: Ecs): void {
  for (const task of ecs.tasks.all()) for (const life of task.lives.values()) life.kill()
}
