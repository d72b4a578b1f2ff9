/** Wiring only: the adapters that a step needs besides ECS. Loaded while AWS answers the first request. */
import { createHash } from 'node:crypto'
import type { ClientConfig } from './aws/client.ts'
import { consoleLinks, partitionOf } from './aws/console-links.ts'
import { expiryWarning } from './aws/credentials.ts'
import type { Ecs } from './aws/ecs.ts'
import { createLogs } from './aws/logs.ts'
import { createLookups } from './aws/lookups.ts'
import { RetryStrategy } from './aws/retry-strategy.ts'
import { systemClock } from './clock.ts'
import { isQuota, isTransientApiError } from './explain/api-errors.ts'
import { isTransientLaunchFailure, isTransientStartFailure } from './explain/stop-reasons.ts'
import { resultChannels } from './github/results.ts'
import { readRunIdentity, sourceUrl } from './github/run-context.ts'
import { createRunState } from './github/state.ts'
import { createChecks } from './preflight/checks.ts'
import { runStep, type Step } from './run.ts'
import { FifoRateLimiter } from './scheduling/rate-limiter.ts'

/** GetLogEvents of all streams together: half of what some Regions allow an account (docs/platform-facts.md#log-rates). */
const LOG_CALLS_PER_SECOND = 5

/** What main has made so far. */
export interface Begun extends Pick<Step, 'inputs' | 'log' | 'redact' | 'signals' | 'target'> {
  readonly nonce: string
  /** For log files and results; it exists. */
  readonly folder: string
  readonly config: ClientConfig
  readonly ecs: Ecs
}

/** @returns the exit code of the step */
export function connectAndRun({ nonce, folder, config, ecs, ...begun }: Begun): Promise<number> {
  const { log } = begun
  const logCalls = new FifoRateLimiter(systemClock, LOG_CALLS_PER_SECOND)
  return runStep({
    ...begun,
    identify: () => readRunIdentity(nonce),
    results: resultChannels(folder),
    definitions: ecs.definitions,
    tasks: ecs.tasks,
    ecsTime: ecs.time,
    checks: createChecks(createLookups(config, ecs.region)),
    logs: createLogs({
      ...config,
      retryStrategy: new RetryStrategy((trouble) => log.line(trouble), { turn: () => logCalls.turn() }),
    }),
    logCalls,
    source: sourceUrl(process.env),
    linksFor: (arn) => consoleLinks(partitionOf(arn)),
    runState: createRunState((text) => log.warn('', text)),
    transient: {
      ofTask: isTransientStartFailure,
      ofFailures: isTransientLaunchFailure,
      isQuota,
      ofError: isTransientApiError,
    },
    expiryWarning: async (longestMs) => {
      const identity = await ecs.credentials()
      return identity && expiryWarning(identity, systemClock.now(), longestMs)
    },
    clock: systemClock,
    hash: (text) => createHash('sha256').update(text).digest('hex'),
  })
}
