/** The state of ECS in one account and region, and what it stands on. */
import type { Clock } from '../clock.ts'
import type { LocalAwsOptions, Timing } from '../options.ts'
import { type Arns, createArns } from './arns.ts'
import { type Clusters, createClusters } from './clusters.ts'
import { createDefinitions, type Definitions } from './definitions.ts'
import { createLaunchRecords, type LaunchRecords } from './idempotency.ts'
import type { Host } from './lifecycle.ts'
import { createScripts, type Scripts } from './scripts.ts'
import { createTaskStore, type TaskStore } from './task-store.ts'

export interface Ecs {
  readonly arns: Arns
  readonly clock: Clock
  readonly host: Host
  readonly timing: () => Timing
  readonly stoppedTaskRetentionMs: number
  readonly clusters: Clusters
  readonly definitions: Definitions
  readonly tasks: TaskStore
  readonly launches: LaunchRecords
  readonly scripts: Scripts
  readonly stories: Stories
  readonly network: LocalAwsOptions['network']
}

/** What happens to tasks in the background, so that closing can wait for it. */
interface Stories {
  add(story: Promise<void>): void
  allEnded(): Promise<void>
}

interface EcsOptions {
  readonly host: Host
  readonly accountId: string
  readonly timing: () => Timing
  readonly stoppedTaskRetentionMs: number
  readonly network: LocalAwsOptions['network']
}

export function createEcs({ host, accountId, timing, stoppedTaskRetentionMs, network }: EcsOptions): Ecs {
  const arns = createArns(host.region, accountId)
  return {
    arns,
    clock: host.clock,
    host,
    timing,
    stoppedTaskRetentionMs,
    clusters: createClusters(arns),
    definitions: createDefinitions(arns, host.clock),
    tasks: createTaskStore(),
    launches: createLaunchRecords(host.clock),
    scripts: createScripts(),
    stories: createStories(),
    network,
  }
}

function createStories(): Stories {
  const running = new Set<Promise<void>>()
  return {
    add(story) {
      const watched = story
        .catch((error: unknown) => console.error('local AWS: the life of a task broke off:', error))
        .then(() => void running.delete(watched))
      running.add(watched)
    },
    async allEnded() {
      while (running.size > 0) await Promise.all(running)
    },
  }
}
