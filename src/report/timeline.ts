import type { MigrationRecord } from '../migration/outcome.ts'

/**
 * - `provision`: ECS finds a place and attaches the network interface
 * - `pull`: the image comes; ECS counts fetching secrets and logging in to the registry into it (docs/platform-facts.md#states)
 * - `start`: from the pulled image to a running container
 * - `run`: the container runs
 * - `stop`: ECS takes the task down after the container's exit; the verdict does not wait for it
 * - `log`: from the exit as we saw it until the log was read to its end
 */
export type PhaseName = 'provision' | 'pull' | 'start' | 'run' | 'stop' | 'log'

export interface Phase {
  readonly name: PhaseName
  readonly from: Date
  readonly to: Date
}

/** Seconds. `total`: from RunTask to the container's exit (or to the end of a task that never ran one). */
export type Timings = Readonly<Partial<Record<PhaseName | 'total', number>>>

/** How long each known phase took, in seconds to a tenth. A phase that did not happen has no number. */
export function timingsOf(record: MigrationRecord): Timings {
  const begin = record.milestones.requested ?? record.task?.createdAt
  const end = record.milestones.exitSeen ?? exitOf(record)
  return {
    ...Object.fromEntries(phasesOf(record).map(({ name, from, to }) => [name, seconds(from, to)])),
    ...(begin && end ? { total: seconds(begin, end) } : {}),
  }
}

/** The container's exit: as ECS dates it, else as we saw it. */
function exitOf({ task, milestones }: MigrationRecord): Date | undefined {
  return task?.executionStoppedAt ?? milestones.exitSeen ?? task?.stoppingAt ?? task?.stoppedAt
}

/**
 * The phases that are known to have begun and ended, in order; none has a made-up end.
 * Two clocks are at work, ours and AWS's: a phase that would end before it began is left out.
 */
export function phasesOf(record: MigrationRecord): readonly Phase[] {
  const { task, milestones } = record
  const end = exitOf(record)
  const asked = task?.createdAt ?? milestones.requested
  const running = task?.startedAt
  const pulled = task?.pullStoppedAt
  const pulling = task?.pullStartedAt
  return [
    ...phase('provision', asked, earliest(pulling, running, end)),
    ...phase('pull', pulling, earliest(pulled, running, end)),
    ...phase('start', pulled, running || failedToStart(record) ? earliest(running, end) : undefined),
    ...phase('run', running, end),
    ...phase('stop', task?.executionStoppedAt, task?.stoppedAt),
    ...(running || record.lineCount > 0 ? phase('log', milestones.exitSeen, milestones.logRead) : []),
  ]
}

/** The image was there and the container could not be made or started of it: a pull that failed has an end as well. */
function failedToStart({ task }: MigrationRecord): boolean {
  const reasons = [task?.stoppedReason, ...(task?.containers ?? []).map(({ reason }) => reason)]
  return reasons.some((reason) => /Cannot(?:Start|Create)Container|ContainerRuntime/.test(reason ?? ''))
}

function phase(name: PhaseName, from: Date | undefined, to: Date | undefined): readonly Phase[] {
  return from && to && to > from ? [{ name, from, to }] : []
}

function earliest(...dates: readonly (Date | undefined)[]): Date | undefined {
  return dates.filter((date) => date !== undefined).sort((a, b) => a.getTime() - b.getTime())[0]
}

function seconds(from: Date, to: Date): number {
  return Math.max(0, Math.round((to.getTime() - from.getTime()) / 100) / 10)
}
