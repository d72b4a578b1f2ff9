import { lastPart } from './arns.ts'
import type { LiveTask } from './task.ts'

/** All tasks of the account, found by id within their cluster. */
export interface TaskStore {
  add(task: LiveTask): void
  /** Also a task that ECS would not show any more. */
  find(arnOrId: string): LiveTask | undefined
  all(): readonly LiveTask[]
  /** Forgets tasks that nothing can ask for any more. */
  forget(isForgotten: (task: LiveTask) => boolean): void
}

export function createTaskStore(): TaskStore {
  const tasks = new Map<string, LiveTask>()
  return {
    add: (task) => void tasks.set(task.id, task),
    find: (arnOrId) => tasks.get(lastPart(arnOrId)),
    all: () => [...tasks.values()],
    forget(isForgotten) {
      for (const [id, task] of tasks) if (isForgotten(task)) tasks.delete(id)
    },
  }
}
