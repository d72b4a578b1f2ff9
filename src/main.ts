/** Wiring only: read inputs, hook signals, make adapters, run. */
import { createHash, randomUUID } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import { join } from 'node:path'
import { clientConfig } from './aws/client.ts'
import { consoleLinks, partitionOf } from './aws/console-links.ts'
import { credentialsOf, expiryWarning } from './aws/credentials.ts'
import { createEcs } from './aws/ecs.ts'
import { createLogs } from './aws/logs.ts'
import { createLookups } from './aws/lookups.ts'
import { RetryStrategy } from './aws/retry-strategy.ts'
import { surroundingsOf } from './aws/surroundings.ts'
import { systemClock } from './clock.ts'
import { isQuota, isTransientApiError } from './explain/api-errors.ts'
import { isTransientLaunchFailure, isTransientStartFailure } from './explain/stop-reasons.ts'
import type { CommandSwitch } from './github/command-switch.ts'
import { LogFiles, makeFolder } from './github/log-files.ts'
import { resultChannels } from './github/results.ts'
import { readRunIdentity, sourceUrl } from './github/run-context.ts'
import { createRunState } from './github/state.ts'
import { StepLog } from './github/step-log.ts'
import { InputError, type Inputs, readInputs } from './inputs.ts'
import type { Surroundings } from './model.ts'
import { createChecks } from './preflight/checks.ts'
import { MOST_CHARACTERS } from './report/annotations.ts'
import { redactor } from './report/redact.ts'
import { runStep, type StepSignals } from './run.ts'
import { FifoRateLimiter } from './scheduling/rate-limiter.ts'

/** GetLogEvents of all streams together: half of what some Regions allow an account (docs/platform-facts.md#log-rates). */
const LOG_CALLS_PER_SECOND = 5
/** The runner sends SIGTERM 7.5 s after SIGINT and kills 2.5 s later (docs/platform-facts.md#cancel): we are gone before. */
const ABANDON_MS = 4_000
const CLOSING_MS = 5_800
const EXIT_MS = 6_500

export interface Screen {
  /** To standard output. */
  readonly write: (text: string) => void
  readonly commands: CommandSwitch
  /** Aborts when standard output was closed. */
  readonly unread: AbortSignal
}

/** @returns the exit code of the step */
export async function main({ write, commands, unread }: Screen): Promise<number> {
  const signals = hookSignals(unread)
  const nonce = randomUUID()
  const folder = join(process.env.RUNNER_TEMP ?? '.', `run-ecs-migration-${nonce}`)
  const output = { write, commands, files: new LogFiles(folder) }
  const surroundings = await surroundingsOf(process.env)
  const inputs = validInputs(new StepLog({ ...output, redact: redactor(), prefixed: false }), surroundings)
  if (inputs === undefined) return 1
  const redact = redactor(valuesToHide(inputs))
  const log = new StepLog({ ...output, redact, prefixed: inputs.databases.length > 1 })
  const trouble = makeFolder(folder)
  if (trouble !== undefined) {
    const message = `The folder for log files and results cannot be made: ${trouble}. RUNNER_TEMP must be a folder that exists and can be written to.`
    log.annotate('error', message, 'No folder for files; nothing was started')
    return 1
  }
  const say = (trouble: string): void => log.line(trouble)
  const { region, roleToAssume } = inputs
  const mask = (secret: string): void => log.mask(secret)
  const role = credentialsOf({ role: roleToAssume, region, say, mask })
  const config = clientConfig({ region, say, ...role })
  const ecs = createEcs(config)
  const logCalls = new FifoRateLimiter(systemClock, LOG_CALLS_PER_SECOND)
  return runStep({
    inputs,
    identify: () => readRunIdentity(nonce),
    log,
    results: resultChannels(folder),
    redact,
    signals,
    definitions: ecs.definitions,
    tasks: ecs.tasks,
    services: ecs.services,
    ecsTime: ecs.time,
    checks: createChecks(createLookups(config, ecs.region)),
    logs: createLogs({ ...config, retryStrategy: new RetryStrategy(say, { turn: () => logCalls.turn() }) }),
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

function validInputs(log: StepLog, surroundings: Surroundings): Inputs | undefined {
  try {
    return readInputs(inputOf, surroundings)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    // The runner cuts what is longer, also in the log (ExecutionContext.cs).
    if (error.message.length > MOST_CHARACTERS) for (const line of error.message.split('\n')) log.line(line)
    log.annotate('error', error.message, 'Invalid inputs; nothing was started')
    return undefined
  }
}

/** Values of variables may be secret, but not where they are only the name of something that is shown anyway. */
function valuesToHide(inputs: Inputs): readonly string[] {
  const { cluster, region, databases, imageUri, taskDefinition, containerName } = inputs
  const shown = [cluster, region, imageUri, taskDefinition, containerName, ...databases]
  return inputs.environmentVariables
    .map(({ value }) => value)
    .filter((value) => !shown.includes(value) && !/^[a-z]{2}(?:-[a-z]+)+-\d$/.test(value))
}

/** As `core.getInput` does, untrimmed: what a trimmed line was is part of an error message. */
function inputOf(name: string): string {
  return process.env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] ?? ''
}

/** SIGINT is what the runner sends first; in a container only SIGTERM may come. */
function hookSignals(unread: AbortSignal): StepSignals {
  const cancelled = new AbortController()
  const abandoned = new AbortController()
  const closing = new AbortController()
  // Every database of a run listens to the first two.
  setMaxListeners(0, cancelled.signal, abandoned.signal)
  const cancel = (signal: string): void => {
    if (cancelled.signal.aborted) return
    cancelled.abort(signal)
    setTimeout(() => abandoned.abort(signal), ABANDON_MS)
    setTimeout(() => closing.abort(signal), CLOSING_MS).unref()
    setTimeout(() => process.exit(1), EXIT_MS).unref()
  }
  process.on('SIGINT', () => cancel('SIGINT'))
  process.on('SIGTERM', () => cancel('SIGTERM'))
  unread.addEventListener('abort', () => cancel('standard output was closed'), { once: true })
  return { cancelled: cancelled.signal, abandoned: abandoned.signal, closing: closing.signal }
}
