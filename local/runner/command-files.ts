import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnvFile } from './env-file.ts'
import type { JobFolders } from './job.ts'
import type { NamedValues } from './named-values.ts'
import type { StepOutput } from './step-output.ts'

/** The files through which one stage of a step gives values to the runner. */
export interface CommandFiles {
  readonly env: string
  readonly output: string
  readonly path: string
  readonly state: string
  readonly step_summary: string
}

/** FileCommandManager.cs: a summary above this is not uploaded. */
const LONGEST_SUMMARY_BYTES = 1024 * 1024

/** Fresh, empty files for one stage, named as the runner names them. */
export function makeCommandFiles(folders: JobFolders): CommandFiles {
  const folder = join(folders.temp, '_runner_file_commands')
  mkdirSync(folder, { recursive: true })
  const suffix = randomUUID()
  const make = (prefix: string): string => {
    const file = join(folder, `${prefix}_${suffix}`)
    writeFileSync(file, '')
    return file
  }
  return {
    env: make('set_env'),
    output: make('set_output'),
    path: make('add_path'),
    state: make('save_state'),
    step_summary: make('step_summary'),
  }
}

/**
 * Takes over what a stage wrote into its files, also after it was killed (ActionRunner.cs does it in `finally`).
 *
 * @returns the job summary, masked
 */
export function readCommandFiles(files: CommandFiles, output: StepOutput): string | undefined {
  for (const line of read(files.path).split(/\r\n|\r|\n/)) if (line !== '') output.path.push(line)
  readPairs('env', files.env, output, (name, value) => {
    if (name.toUpperCase() === 'NODE_OPTIONS') {
      output.error("Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.")
    } else output.env[name] = value
  })
  const summary = readSummary(files.step_summary, output)
  readPairs('state', files.state, output, setter(output.state, 'Save intra-action state', output))
  readPairs('output', files.output, output, setter(output.outputs, 'Set output', output))
  return summary
}

/** A file that is gone counts as empty. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function readPairs(
  context: string,
  file: string,
  output: StepOutput,
  set: (name: string, value: string) => void,
): void {
  const { pairs, error } = parseEnvFile(read(file))
  const failure = firstFailure(pairs, set) ?? error
  if (failure === undefined) return
  output.error(`Unable to process file command '${context}' successfully.`)
  output.error(failure)
  output.failed = true
}

function firstFailure(
  pairs: readonly (readonly [string, string])[],
  set: (name: string, value: string) => void,
): string | undefined {
  try {
    for (const [name, value] of pairs) set(name, value)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function readSummary(file: string, output: StepOutput): string | undefined {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size === 0) return undefined
  if (size > LONGEST_SUMMARY_BYTES) {
    output.error(
      `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of ${LONGEST_SUMMARY_BYTES / 1024}k, got ` +
        `${Math.trunc(size / 1024)}k. For more information see: ` +
        'https://docs.github.com/actions/using-workflows/workflow-commands-for-github-actions#adding-a-markdown-summary',
    )
    return undefined
  }
  const lines = read(file).split(/\r\n|\r|\n/)
  return lines.map((line) => output.masks.apply(line)).join('\n')
}

function setter(values: NamedValues, what: string, output: StepOutput): (name: string, value: string) => void {
  return (name, value) => {
    if (name === '' && values === output.outputs) throw new Error("Value cannot be null. (Parameter 'name')")
    values.set(name, value)
    output.debug(`${what} ${name} = ${value}`)
  }
}
