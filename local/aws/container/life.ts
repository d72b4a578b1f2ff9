/** One container from its start to its end, as it really happens: what ECS shows of it comes later. */
import type { Readable } from 'node:stream'
import type { ContainerDefinition, ContainerDependency } from '@aws-sdk/client-ecs'
import type { Clock } from '../clock.ts'
import type { StreamWriter } from '../logs/store.ts'
import { type Deferred, deferred } from './deferred.ts'
import { joinLines, readLines } from './log-lines.ts'
import { CannotStart, type ContainerProcess, type ProcessSpec, startProcess } from './process.ts'

/** One container as it really ran: the truth, whatever ECS shows. */
export interface ContainerRun {
  readonly taskArn: string
  readonly name: string
  readonly family: string
  readonly startedBy?: string
  /** Exactly what the process was given. */
  readonly environment: Readonly<Record<string, string>>
  readonly command: readonly string[]
  readonly pid: number
  /** ms since 1970 on the local AWS's clock. */
  readonly startedAt: number
  readonly exitedAt?: number
  readonly exitCode?: number
  readonly signal?: NodeJS.Signals
}

export interface ContainerEnd {
  readonly at: number
  /** False: no process was ever started. */
  readonly ran: boolean
  readonly exitCode?: number
  /** The container's reason as ECS shows it. */
  readonly reason?: string
}

export interface ContainerLife {
  readonly definition: ContainerDefinition
  /** Resolves when the process runs, or is known never to run: whether it ran. */
  readonly started: Promise<boolean>
  /** Resolves at the first health check that passes, or at the end: whether one passed. */
  readonly healthy: Promise<boolean>
  readonly ended: Promise<ContainerEnd>
  /** Starts the process as soon as what it depends on allows. */
  begin(): void
  /** SIGTERM, then SIGKILL after the stop time-out; one that has not started never will. */
  stop(): void
  /** SIGKILL to all of it. */
  kill(reason?: string): void
}

interface ContainerPlan {
  readonly definition: ContainerDefinition
  readonly process: ProcessSpec
  readonly writer: StreamWriter | undefined
  readonly logLag: () => number
  readonly clock: Clock
  /** The lives of the containers it depends on. */
  readonly dependency: (name: string) => ContainerLife | undefined
  readonly about: Pick<ContainerRun, 'taskArn' | 'family' | 'startedBy'>
  /** Where the run is written down. */
  readonly runs: ContainerRun[]
}

/** Fargate's default (docs/platform-facts.md#stop-task). */
const defaultStopTimeoutSeconds = 30

interface Inside {
  readonly plan: ContainerPlan
  readonly started: Deferred<boolean>
  readonly healthy: Deferred<boolean>
  readonly ended: Deferred<ContainerEnd>
  /** Aborted at the end, so that nothing waits on. */
  readonly over: AbortController
  process: ContainerProcess | undefined
  isStopping: boolean
  killReason: string | undefined
}

/** A container that has not begun yet: all of a task must be there before the first one looks for another. */
export function createContainer(plan: ContainerPlan): ContainerLife {
  const inside: Inside = {
    plan,
    started: deferred(),
    healthy: deferred(),
    ended: deferred(),
    over: new AbortController(),
    process: undefined,
    isStopping: false,
    killReason: undefined,
  }
  return {
    definition: plan.definition,
    started: inside.started.promise,
    healthy: inside.healthy.promise,
    ended: inside.ended.promise,
    begin: () => void begin(inside),
    stop: () => void stop(inside),
    kill: (reason) => kill(inside, reason),
  }
}

async function begin(inside: Inside): Promise<void> {
  const end = await live(inside)
  inside.over.abort()
  inside.started.resolve(end.ran)
  inside.healthy.resolve(false)
  inside.ended.resolve(end)
}

async function live(inside: Inside): Promise<ContainerEnd> {
  const { plan } = inside
  const unmet = await waitForDependencies(plan)
  if (unmet !== undefined) return { ...neverRan(plan, unmet), exitCode: terminated }
  if (inside.isStopping || plan.clock.isClosed()) return neverRan(plan)
  try {
    inside.process = await startProcess(plan.process)
  } catch (error) {
    if (error instanceof CannotStart) return neverRan(plan, cannotStartReason(error))
    throw error
  }
  return await follow(inside, inside.process)
}

const neverRan = ({ clock }: ContainerPlan, reason?: string): ContainerEnd => ({
  at: clock.now(),
  ran: false,
  ...(reason === undefined ? {} : { reason }),
})

const cannotStartReason = (error: CannotStart) =>
  'CannotStartContainerError: ResourceInitializationError: failed to create new container runtime task: failed to ' +
  'create shim task: OCI runtime create failed: runc create failed: unable to start container process: ' +
  error.message

/** What the agent reports of a container that cannot start any more, though it sends no signal (ecs-agent #3218). */
const terminated = 143

/** @returns why the container can never start, or undefined when it may */
async function waitForDependencies({ definition, dependency }: ContainerPlan): Promise<string | undefined> {
  for (const { containerName = '', condition } of definition.dependsOn ?? []) {
    const other = dependency(containerName)
    const why = other && (await unmetCondition(other, condition))
    if (why === undefined) continue
    const { exitCode } = (await other?.ended) ?? {}
    const source = `[${containerName}(${other?.definition.image}) (STOPPED->RUNNING) - Exit: ${exitCode ?? '<nil>'}]`
    const target = `[${definition.name}(${definition.image}) (NONE->RUNNING)]`
    return `CannotStartContainerError: dependency graph: failed to resolve container ordering dependency ${source} for target ${target} as dependency ${why}`
  }
  return undefined
}

/** One that is over is taken for started (ecs-agent #3927). @returns why it can never be met, once that is known */
async function unmetCondition(
  other: ContainerLife,
  condition: ContainerDependency['condition'],
): Promise<string | undefined> {
  if (condition === 'START') {
    await other.started
    return undefined
  }
  if (condition === 'HEALTHY') return (await other.healthy) ? undefined : 'is not healthy'
  const { ran, exitCode } = await other.ended
  if (condition === 'COMPLETE') return ran ? undefined : 'did not start'
  return ran && exitCode === 0 ? undefined : 'did not exit successfully'
}

/** Seconds (API reference, HealthCheck). */
const usualInterval = 30

/** Asks until the container answers well; without a check of its own it counts as healthy once it runs. */
async function checkHealth({ plan, healthy, over }: Inside): Promise<void> {
  const { healthCheck } = plan.definition
  if (healthCheck === undefined) return healthy.resolve(true)
  const [kind, ...words] = healthCheck.command ?? []
  const command = kind === 'CMD-SHELL' ? ['/bin/sh', '-c', ...words] : words
  const interval = healthCheck.interval ?? usualInterval
  while (!over.signal.aborted) {
    if (await passes({ ...plan.process, command })) return healthy.resolve(true)
    await plan.clock.sleep(interval * 1000, over.signal)
  }
}

async function passes(check: ProcessSpec): Promise<boolean> {
  try {
    const process = await startProcess(check)
    process.stdout.resume()
    process.stderr.resume()
    return (await process.exit).exitCode === 0
  } catch (error) {
    if (error instanceof CannotStart) return false
    throw error
  }
}

async function follow(inside: Inside, process: ContainerProcess): Promise<ContainerEnd> {
  const { plan } = inside
  const run: { -readonly [K in keyof ContainerRun]: ContainerRun[K] } = {
    ...plan.about,
    name: plan.definition.name ?? '',
    environment: plan.process.environment,
    command: plan.process.command,
    pid: process.pid,
    startedAt: plan.clock.now(),
  }
  plan.runs.push(run)
  inside.started.resolve(true)
  void checkHealth(inside)
  // A stop, or the end of everything, that came while the process was being started.
  if (plan.clock.isClosed()) process.kill()
  else if (inside.isStopping) void stop(inside)
  for (const output of [process.stdout, process.stderr]) void ship(output, plan)
  const { exitCode, signal } = await process.exit
  run.exitedAt = plan.clock.now()
  run.exitCode = exitCode
  if (signal !== undefined) run.signal = signal
  const { killReason } = inside
  return { at: run.exitedAt, ran: true, exitCode, ...(killReason === undefined ? {} : { reason: killReason }) }
}

async function stop(inside: Inside): Promise<void> {
  const { plan, process, over } = inside
  inside.isStopping = true
  if (!process) return
  process.terminate()
  const seconds = plan.definition.stopTimeout ?? defaultStopTimeoutSeconds
  await plan.clock.sleep(seconds * 1000, over.signal)
  if (!over.signal.aborted) process.kill()
}

function kill(inside: Inside, reason: string | undefined): void {
  inside.isStopping = true
  inside.killReason = reason
  inside.process?.kill()
}

/** Turns output into log events; without a log driver it goes nowhere. */
async function ship(output: Readable, { definition, writer, logLag, clock }: ContainerPlan): Promise<void> {
  const emit = (message: string) => writer?.append(message, clock.now(), logLag())
  const pattern = definition.logConfiguration?.options?.['awslogs-multiline-pattern']
  if (pattern === undefined) return await readLines(output, emit)
  const { take, flush } = joinLines(new RegExp(pattern), emit, () => clock.sleep(multilineFlushMs))
  await readLines(output, take)
  flush()
}

const multilineFlushMs = 5000
