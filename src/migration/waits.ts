/** What the migration's container waits for before it can start, and how that can fail. */
import type { Container, ContainerCondition, ContainerDefinition, Task } from '@aws-sdk/client-ecs'

/** `dependsOn` of one container. */
export interface Wait {
  readonly waiting: string
  readonly on: string
  readonly condition: ContainerCondition
}

/** A wait that can never come true any more: `on` has ended. */
export interface FailedWait extends Wait {
  /** Absent where `on` never ran. */
  readonly exitCode?: number
}

/** All that must come true before `container` starts, step by step. */
export function waitsOf(containers: readonly ContainerDefinition[], container: string): readonly Wait[] {
  const waits: Wait[] = []
  const open = [container]
  const seen = new Set(open)
  for (let waiting = open.shift(); waiting !== undefined; waiting = open.shift()) {
    const { dependsOn = [] } = containers.find(({ name }) => name === waiting) ?? {}
    for (const { containerName: on = '', condition = 'START' } of dependsOn) {
      waits.push({ waiting, on, condition })
      if (!seen.has(on)) open.push(on)
      seen.add(on)
    }
  }
  return waits
}

/** For a task that was never RUNNING, and that nobody else stopped. */
export function failedWait(task: Task, waits: readonly Wait[]): FailedWait | undefined {
  if (task.startedAt !== undefined) return undefined
  const { containers = [], stopCode } = task
  for (const wait of waits) {
    const waiting = containers.find(({ name }) => name === wait.waiting)
    const on = containers.find(({ name }) => name === wait.on)
    // A container that ends because the task stops proves nothing, except for what ECS says of the one that waits.
    const isProof = stopCode === undefined || /container ordering dependency/.test(waiting?.reason ?? '')
    if (on === undefined || !fails(wait, on, isProof)) continue
    return { ...wait, ...(on.exitCode !== undefined && { exitCode: on.exitCode }) }
  }
  return undefined
}

/** START comes true also where the container has ended. */
function fails({ condition }: Wait, { exitCode, lastStatus, healthStatus }: Container, isProof: boolean): boolean {
  if (condition === 'START') return false
  if (condition === 'SUCCESS' && exitCode !== undefined) return exitCode !== 0
  if (condition === 'COMPLETE' && exitCode !== undefined) return false
  return isProof && lastStatus === 'STOPPED' && healthStatus !== 'HEALTHY'
}

/** Whether a container is waited for to its end, so that its end is no surprise. */
export function isAwaited(name: string, waits: readonly Wait[]): boolean {
  return waits.some(({ on, condition }) => on === name && (condition === 'SUCCESS' || condition === 'COMPLETE'))
}

const CONDITIONS: Readonly<Record<ContainerCondition, string>> = {
  START: 'start',
  COMPLETE: 'end',
  SUCCESS: 'success',
  HEALTHY: 'health check',
}

/** @param container the one that runs the migration */
export function failedWaitText({ on, exitCode, waiting, condition }: FailedWait, container: string): string {
  const end = exitCode === undefined ? `${on} did not run` : `${on} exited with ${exitCode}`
  const chain = waiting === container ? '' : `, ${container} waits for ${waiting}`
  return `${end}; ${waiting} waits for its ${CONDITIONS[condition]}${chain} and cannot start.`
}
