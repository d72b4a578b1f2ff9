import { join, resolve } from 'node:path'
import {
  type ActionMetadata,
  type Conclusion,
  evaluateDefault,
  postRuns,
  readActionMetadata,
} from './action-metadata.ts'
import { type CommandFiles, makeCommandFiles, readCommandFiles } from './command-files.ts'
import type { Command } from './commands.ts'
import {
  githubContext,
  type JobFolders,
  machineEnvironment,
  makeJobFolders,
  prependPath,
  runnerEnvironment,
} from './job.ts'
import { Masks } from './masks.ts'
import type { Matcher } from './problem-matchers.ts'
import { type ProcessEnd, type RunningProcess, startProcess } from './process.ts'
import { type Annotation, StepAborted, StepOutput } from './step-output.ts'

export type { Conclusion } from './action-metadata.ts'
export type { Annotation } from './step-output.ts'

export interface ActionRequest {
  /** The folder with action.yml. */
  readonly root: string
  /** `with:`. The defaults of action.yml fill the rest. */
  readonly inputs?: Readonly<Record<string, string>>
  /** `env:`, and what earlier steps exported. */
  readonly env?: Readonly<Record<string, string>>
  /** Members of the `github` context that matter to a test, such as `run_id`. */
  readonly github?: Readonly<Record<string, string>>
  /** As the log names the action. */
  readonly uses?: string
  /** Path of the node binary; by default the one that runs this. */
  readonly node?: string
  /** Before the script, such as `--import` of a preload. */
  readonly nodeArguments?: readonly string[]
  /** An existing folder for the job's files, which stay. By default a temporary one, deleted at the end. */
  readonly jobFolder?: string
  /** ACTIONS_STEP_DEBUG and RUNNER_DEBUG. */
  readonly debug?: boolean
  /** Secrets of the job. */
  readonly secrets?: readonly string[]
  /** Problem matchers that earlier steps registered. */
  readonly matchers?: readonly Matcher[]
  /** What `permissions: id-token: write` gives. */
  readonly idToken?: { readonly url: string; readonly token: string }
  /** `timeout-minutes` of the step, for main and post each; fractions for tests. */
  readonly timeoutMinutes?: number
  /** How much faster the process's clock runs than this one's. */
  readonly timeScale?: number
  /** The workflow is cancelled: SIGINT, 7.5 s, SIGTERM, 2.5 s, SIGKILL. Post still runs. */
  readonly cancel?: AbortSignal
  /** Main is killed at once, without a word. Post still runs. */
  readonly kill?: AbortSignal
  /** A `container:` job: a cancel ends only the docker client, node lives on unaware while post runs. */
  readonly jobContainer?: boolean
  /** false: the machine is gone after main, so there is no post. */
  readonly post?: boolean
  readonly onLine?: (line: LogLine) => void
  readonly onStart?: (stage: Stage, pid: number) => void
}

type Stage = 'main' | 'post'

export interface LogLine {
  readonly stage: Stage
  /** As in the raw log: masked, `##[error]…`, `##[group]…`. */
  readonly text: string
  /** Milliseconds since 1970, with fractions. */
  readonly at: number
}

/** One process of a step, and what the runner made of it. */
export interface StageRun {
  readonly conclusion: Conclusion
  /** Absent when a signal ended it or it was left running. */
  readonly exitCode?: number
  readonly signal?: NodeJS.Signals
  readonly lines: readonly LogLine[]
  /** Workflow commands obeyed, in order. */
  readonly commands: readonly Command[]
  /** At most 10 of a type, 4,096 characters each, as the run's page shows them. */
  readonly annotations: readonly Annotation[]
  readonly outputs: Readonly<Record<string, string>>
  readonly state: Readonly<Record<string, string>>
  /** Variables set for later steps. */
  readonly env: Readonly<Record<string, string>>
  readonly path: readonly string[]
  /** The job summary as GitHub would show it; absent when none was written or it was too long. */
  readonly summary?: string
  /** Values hidden from here on. */
  readonly masks: readonly string[]
  /** Owners of the problem matchers in force from here on. */
  readonly matchers: readonly string[]
  readonly startedAt: Date
  readonly durationMs: number
}

/** A step: its main process, and its post process where it came to that. */
export interface StepRun extends StageRun {
  readonly post?: StageRun
}

class Step {
  private readonly request: ActionRequest
  private readonly metadata: ActionMetadata
  private readonly folders: JobFolders
  private readonly masks = new Masks()
  private readonly github: Readonly<Record<string, string>>
  private readonly inputs: Readonly<Record<string, string>>
  private readonly processes: RunningProcess[] = []
  /** What main left for post. */
  private state: Readonly<Record<string, string>> = {}
  private exported: Readonly<Record<string, string>> = {}
  private path: readonly string[] = []
  private matchers: readonly Matcher[]

  constructor(request: ActionRequest) {
    this.request = request
    this.metadata = readActionMetadata(request.root)
    this.folders = makeJobFolders(request.jobFolder)
    for (const secret of request.secrets ?? []) this.masks.add(secret)
    if (request.idToken) this.masks.add(request.idToken.token)
    this.github = githubContext(this.folders, request.github ?? {})
    this.inputs = this.allInputs()
    this.matchers = request.matchers ?? []
  }

  hasPost(job: Conclusion): boolean {
    if (this.metadata.post === undefined || this.request.post === false) return false
    return postRuns(this.metadata.postIf, job)
  }

  /** The job is over: whatever its processes left is ended, its folder deleted. */
  async clean(): Promise<void> {
    await Promise.all(this.processes.map((running) => running.sweep()))
    this.folders.remove()
  }

  async run(stage: Stage): Promise<StageRun> {
    const startedAt = new Date()
    const started = performance.now()
    const files = makeCommandFiles(this.folders)
    const lines: LogLine[] = []
    const output = this.makeOutput(stage, lines)
    this.describe(stage, output)
    const limits = new StageLimits(this.request, stage)
    const end = await this.runProcess(stage, files, output, limits)
    const summary = readCommandFiles(files, output)
    this.state = output.state.all
    this.exported = { ...this.exported, ...output.env }
    this.path = [...this.path, ...output.path]
    this.matchers = output.matchers.all
    return {
      conclusion: conclude(end, output, limits),
      ...end,
      lines,
      commands: output.commands,
      annotations: output.annotations,
      outputs: output.outputs.all,
      state: output.state.all,
      env: output.env,
      path: output.path,
      ...(summary === undefined ? {} : { summary }),
      masks: this.masks.added,
      matchers: this.matchers.map(({ owner }) => owner),
      startedAt,
      durationMs: performance.now() - started,
    }
  }

  private makeOutput(stage: Stage, lines: LogLine[]): StepOutput {
    return new StepOutput({
      masks: this.masks,
      matchers: this.matchers,
      debug: this.request.debug ?? false,
      env: { ...this.request.env, ...this.exported },
      workspace: this.folders.workspace,
      onLine: (text) => {
        const line = { stage, text, at: performance.timeOrigin + performance.now() }
        lines.push(line)
        this.request.onLine?.(line)
      },
    })
  }

  private async runProcess(
    stage: Stage,
    files: CommandFiles,
    output: StepOutput,
    limits: StageLimits,
  ): Promise<ProcessEnd> {
    const script = stage === 'main' ? this.metadata.main : (this.metadata.post ?? '')
    const running = startProcess({
      command: this.request.node ?? process.execPath,
      arguments: [...(this.request.nodeArguments ?? []), join(resolve(this.request.root), script)],
      cwd: this.folders.workspace,
      env: this.environment(files),
      onLine: (line) => output.receive(line),
      onStart: (pid) => this.request.onStart?.(stage, pid),
      ...limits.signals,
    })
    this.processes.push(running)
    try {
      return await running.end
    } catch (error) {
      if (!(error instanceof StepAborted)) throw error
      output.error(error.message)
      output.failed = true
      return {}
    } finally {
      limits.clear(output, this.displayName)
    }
  }

  /** Later ones win, as in the runner: the machine's, `env:`, state, inputs, the contexts. */
  private environment(files: CommandFiles): Record<string, string> {
    const machine = machineEnvironment()
    const stepEnv = { ...this.request.env, ...this.exported }
    const github = { ...this.github, ...actionContext(this.request.uses), ...files }
    return {
      CI: 'true',
      ...machine,
      ...stepEnv,
      ...prefixed('STATE_', this.state, (name) => name),
      ...prefixed('INPUT_', this.inputs, (name) => name.replaceAll(' ', '_').toUpperCase()),
      PATH: prependPath(this.path, stepEnv.PATH ?? machine.PATH ?? ''),
      ...prefixed('GITHUB_', github, (name) => name.toUpperCase()),
      ...runnerEnvironment(this.folders, this.request.debug ?? false),
      ...idTokenEnvironment(this.request.idToken),
      GITHUB_ACTIONS: 'true',
    }
  }

  private allInputs(): Readonly<Record<string, string>> {
    const given = this.request.inputs ?? {}
    const names = new Set(Object.keys(given).map((name) => name.toUpperCase()))
    const missing = this.metadata.inputs.filter(({ name }) => !names.has(name.toUpperCase()))
    const defaults = missing.map((input) => [input.name, evaluateDefault(input.default ?? '', this.github)])
    return { ...given, ...Object.fromEntries(defaults) }
  }

  private get displayName(): string {
    return `Run ${this.request.uses ?? './'}`
  }

  /** The first lines of a step's log: what is run, with what. */
  private describe(stage: Stage, output: StepOutput): void {
    this.warnOfInputs(stage, output)
    if (stage === 'post') output.write('Post job cleanup.')
    else this.describeMain(output)
  }

  private describeMain(output: StepOutput): void {
    output.write(`##[group]${this.displayName}`)
    writeBlock(
      output,
      'with',
      Object.entries(this.inputs).filter(([, value]) => value !== ''),
    )
    writeBlock(output, 'env', Object.entries({ ...this.request.env, ...this.exported }))
    output.write('##[endgroup]')
  }

  private warnOfInputs(stage: Stage, output: StepOutput): void {
    const known = new Map(this.metadata.inputs.map((input) => [input.name.toUpperCase(), input]))
    const given = Object.keys(this.request.inputs ?? {})
    for (const name of given) {
      const message = known.get(name.toUpperCase())?.deprecationMessage
      if (message !== undefined) output.warning(`Input '${name}' has been deprecated with message: ${message}`)
    }
    const unexpected = given.filter((name) => !known.has(name.toUpperCase()))
    if (unexpected.length === 0 || stage === 'post') return
    const valid = this.metadata.inputs.map(({ name }) => name)
    output.warning(`Unexpected input(s) '${unexpected.join("', '")}', valid inputs are ['${valid.join("', '")}']`)
  }
}

/** JobDispatcher.cs: the worker is killed so long after a cancel, whatever still runs. */
const JOB_END_AFTER_CANCEL_MS = 285_000

/** What may end a stage before it ends by itself. */
class StageLimits {
  private readonly timer: NodeJS.Timeout | undefined
  private readonly timeout = new AbortController()
  private readonly jobEnd = new AbortController()
  private readonly request: ActionRequest
  private readonly stage: Stage

  constructor(request: ActionRequest, stage: Stage) {
    this.request = request
    this.stage = stage
    const minutes = request.timeoutMinutes
    if (minutes !== undefined) this.timer = setTimeout(() => this.timeout.abort(), minutes * 60_000)
    // Counted from the end of main, a little late: it ends within seconds of the cancel.
    if (stage === 'post' && request.cancel?.aborted === true)
      setTimeout(() => this.jobEnd.abort(), JOB_END_AFTER_CANCEL_MS / (request.timeScale ?? 1)).unref()
  }

  /** Post has a cancellation of its own: what cancelled main does not reach it. */
  get signals(): { cancel?: AbortSignal; kill?: AbortSignal; detach?: AbortSignal } {
    const { cancel, kill, jobContainer } = this.request
    if (this.stage === 'post') return { cancel: this.timeout.signal, kill: this.jobEnd.signal }
    const ended = cancel ? AbortSignal.any([cancel, this.timeout.signal]) : this.timeout.signal
    return { [jobContainer ? 'detach' : 'cancel']: ended, ...(kill ? { kill } : {}) }
  }

  get cancelled(): boolean {
    return this.stage === 'main' && (this.request.cancel?.aborted ?? false)
  }

  get timedOut(): boolean {
    return this.timeout.signal.aborted && !this.cancelled
  }

  /** The process is over: says why, where the runner does. */
  clear(output: StepOutput, name: string): void {
    clearTimeout(this.timer)
    if (this.cancelled) output.error('The operation was canceled.')
    if (this.timedOut) output.error(`The action '${name}' has timed out after ${this.request.timeoutMinutes} minutes.`)
  }
}

function conclude(end: ProcessEnd, output: StepOutput, limits: StageLimits): Conclusion {
  if (limits.cancelled) return 'cancelled'
  return end.exitCode === 0 && !output.failed && !limits.timedOut ? 'success' : 'failure'
}

function prefixed(
  prefix: string,
  values: Readonly<Record<string, string>>,
  rename: (name: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}${rename(name)}`, value]))
}

function idTokenEnvironment(idToken: ActionRequest['idToken']): Record<string, string> {
  return idToken === undefined
    ? {}
    : { ACTIONS_ID_TOKEN_REQUEST_URL: idToken.url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: idToken.token }
}

function writeBlock(output: StepOutput, title: string, entries: readonly (readonly [string, string])[]): void {
  if (entries.length === 0) return
  output.write(`${title}:`)
  for (const [name, value] of entries) output.write(`  ${name}: ${value}`)
}

/**
 * Runs a JavaScript action as one step of a job, as the GitHub runner does, and its post step at the end.
 *
 * @throws only where the stand-in itself cannot: no such action, no such node binary
 */
export async function runAction(request: ActionRequest): Promise<StepRun> {
  const step = new Step(request)
  try {
    const main = await step.run('main')
    if (!step.hasPost(main.conclusion)) return main
    return { ...main, post: await step.run('post') }
  } finally {
    await step.clean()
  }
}

/** `owner/name@ref` → what the runner says of an action that is not a folder of the job's own. */
function actionContext(uses = ''): Readonly<Record<string, string>> {
  const [repository = '', ref] = uses.split('@')
  return ref === undefined ? {} : { action_repository: repository, action_ref: ref }
}
