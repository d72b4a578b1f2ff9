import type { RunTaskRequest } from '@aws-sdk/client-ecs'
import type { Timing } from '../options.ts'
import { type StartFailure, type StartFailureKind, startFailures } from './start-failures.ts'

/** What happens to tasks that match; later scripts win over earlier ones. */
export interface TaskScript {
  readonly family?: string
  readonly startedBy?: string
  /** Given what RunTask was called with. */
  readonly when?: (input: RunTaskRequest) => boolean
  /** How many tasks it applies to; all when absent. */
  readonly times?: number
  /** Other waits than the local AWS's for these tasks. */
  readonly timing?: Partial<Timing>
  readonly failStart?: StartFailureKind | StartFailure
}

interface PickedScript {
  readonly timing: Partial<Timing>
  readonly failStart: StartFailure | undefined
}

export interface Scripts {
  add(script: TaskScript): () => void
  pick(family: string, input: RunTaskRequest): PickedScript | undefined
}

export function createScripts(): Scripts {
  let planted: readonly { readonly script: TaskScript; used: number }[] = []
  return {
    add(script) {
      const entry = { script, used: 0 }
      planted = [...planted, entry]
      return () => {
        planted = planted.filter((other) => other !== entry)
      }
    },
    pick(family, input) {
      const entry = planted.findLast(
        ({ script, used }) => used < (script.times ?? Number.POSITIVE_INFINITY) && matches(script, family, input),
      )
      if (!entry) return undefined
      entry.used += 1
      const { timing = {}, failStart } = entry.script
      return { timing, failStart: typeof failStart === 'string' ? startFailures[failStart] : failStart }
    },
  }
}

const matches = (script: TaskScript, family: string, input: RunTaskRequest): boolean =>
  (script.family === undefined || script.family === family) &&
  (script.startedBy === undefined || script.startedBy === input.startedBy) &&
  (script.when?.(input) ?? true)
