/** Wiring only: read inputs, hook signals, send the first request; the rest of the action is loaded meanwhile. */
import { randomUUID } from 'node:crypto'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { setMaxListeners } from 'node:events'
import type { ClientRequest } from 'node:http'
import { join } from 'node:path'
import { clientConfig } from './aws/client.ts'
import { credentialsOf } from './aws/credentials.ts'
import { createEcs } from './aws/ecs.ts'
import { surroundingsOf } from './aws/surroundings.ts'
import { describeTarget } from './describe-target.ts'
import type { CommandSwitch } from './github/command-switch.ts'
import { LogFiles, makeFolder } from './github/log-files.ts'
import { StepLog } from './github/step-log.ts'
import { InputError, type Inputs, readInputs } from './inputs.ts'
import type { Surroundings } from './model.ts'
import { redactor } from './report/redact.ts'
import type { StepSignals } from './run.ts'
import { LONGEST_ANNOTATION } from './text.ts'

/** The runner sends SIGTERM 7.5 s after SIGINT and kills 2.5 s later (docs/platform-facts.md#cancel): we are gone before. */
const ABANDON_MS = 4_000
const CLOSING_MS = 5_800
const EXIT_MS = 6_500

interface Screen {
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
  const sent = firstRequestSent()
  const target = describeTarget(inputs, ecs, signals.cancelled)
  await Promise.race([sent, target.base.catch(() => {})])
  const { connectAndRun } = await import('./connect.ts')
  return connectAndRun({ inputs, nonce, folder, log, redact, signals, config, ecs, target })
}

/**
 * From then on the step waits for an answer: the time in which to load what it needs next. Later would be too late, for a
 * migration may take hours, and who knows whether `dist/` is still there then.
 */
function firstRequestSent(): Promise<void> {
  return new Promise((resolve) => {
    const sent = (): void => {
      unsubscribe('http.client.request.start', started)
      resolve()
    }
    // A request whose connection fails is never finished, and is repeated as another.
    const started = (message: unknown): void =>
      void (message as { readonly request: ClientRequest }).request.once('finish', sent)
    subscribe('http.client.request.start', started)
  })
}

function validInputs(log: StepLog, surroundings: Surroundings): Inputs | undefined {
  try {
    return readInputs(inputOf, surroundings)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    // The runner cuts what is longer, also in the log (ExecutionContext.cs).
    if (error.message.length > LONGEST_ANNOTATION) for (const line of error.message.split('\n')) log.line(line)
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
