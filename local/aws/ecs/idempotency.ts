/** RunTask's client tokens: a token belongs to a cluster and to one set of parameters, for a while. */
import type { Failure, RunTaskRequest, Task } from '@aws-sdk/client-ecs'
import type { Clock } from '../clock.ts'
import { ServiceError } from '../service.ts'
import type { LiveTask } from './task.ts'

const hourMs = 60 * 60 * 1000

interface Launch {
  readonly at: number
  readonly tasks: readonly LiveTask[]
  readonly failures: readonly Failure[]
}

export interface LaunchRecords {
  /**
   * The launch that this token stands for; undefined where it is free.
   *
   * @throws ConflictException when it stands for other parameters
   */
  find(cluster: string, input: RunTaskRequest): Launch | undefined
  keep(cluster: string, input: RunTaskRequest, launch: Launch): void
}

interface KeptLaunch extends Launch {
  readonly parameters: string
}

export function createLaunchRecords(clock: Clock): LaunchRecords {
  const records = new Map<string, KeptLaunch>()
  const key = (cluster: string, { clientToken }: RunTaskRequest) => `${cluster} ${clientToken}`
  return {
    find(cluster, input) {
      const record = input.clientToken === undefined ? undefined : records.get(key(cluster, input))
      if (!record || hasExpired(record, clock.now())) return undefined
      if (record.parameters !== parametersOf(input))
        throw new ServiceError(
          'ConflictException',
          'The provided clientToken is already in use with a different RunTask request.',
          400,
          { resourceIds: record.tasks.map(({ arn }) => arn) },
        )
      return record
    },
    keep(cluster, input, launch) {
      if (input.clientToken === undefined) return
      records.set(key(cluster, input), { ...launch, parameters: parametersOf(input) })
    },
  }
}

/** 24 hours, or a while after the last of its tasks has STOPPED, whichever is sooner. */
function hasExpired({ at, tasks }: KeptLaunch, now: number): boolean {
  if (now >= at + 24 * hourMs) return true
  return tasks.length > 0 && tasks.every(({ stoppedAt, timing }) => now >= (stoppedAt ?? now) + timing().tokenKept)
}

/** All parameters but the cluster, whose name and ARN mean the same. */
const parametersOf = ({ cluster: _, ...parameters }: RunTaskRequest): string => canonical(parameters)

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`).join(',')}}`
}

/** A launch as it is answered again: of a stopped task only what it is called and how it is. */
export function replayed(launch: Launch, now: number) {
  return {
    tasks: launch.tasks.map(({ record }): Task => {
      const { taskArn, lastStatus, desiredStatus } = record
      return lastStatus === 'STOPPED' ? { taskArn, lastStatus, desiredStatus } : record
    }),
    failures: launch.failures.map((failure) => (now - launch.at > hourMs ? {} : failure)),
  }
}
