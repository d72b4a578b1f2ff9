/**
 * Action inputs → typed `Inputs`. Pure: it reads through the function it is given, and reports every problem at once.
 * Defaults stand in action.yml alone; the runner fills them in.
 */

import { type CommandProblem, parseCommand } from './command-line.ts'
import { DATABASE_PLACEHOLDER, DOUBT_IDS, type DoubtId } from './model.ts'

export type AfterStop = 'stop' | 'leave'

/** Which containers run beside the migration: by rule, all, only what it needs, or these. */
export type Sidecars = 'auto' | 'all' | 'none' | readonly string[]

export interface EnvironmentVariable {
  readonly name: string
  readonly value: string
}

export interface Inputs {
  readonly imageUri: string
  /** In the given order, each once. */
  readonly databases: readonly string[]
  readonly taskDefinition: string
  readonly cluster: string
  readonly containerName?: string
  readonly sidecars: Sidecars
  readonly subnets: readonly string[]
  readonly securityGroups: readonly string[]
  readonly networkFromService?: string
  readonly assignPublicIp: boolean
  readonly command?: readonly string[]
  readonly environmentVariables: readonly EnvironmentVariable[]
  /** Empty: no variable carries the database's name. */
  readonly databaseVariable: string
  readonly tags: readonly { readonly key: string; readonly value: string }[]
  readonly taskTimeoutMinutes: number
  readonly onTimeout: AfterStop
  readonly onCancel: AfterStop
  readonly ifRunning: 'refuse' | 'wait' | 'allow'
  readonly maxParallel: number
  readonly canary: boolean
  readonly failFast: boolean
  readonly streamLogs: boolean
  readonly preflight: boolean
  readonly dryRun: boolean
  /** Ids of doubts that are all right here. */
  readonly accept: readonly DoubtId[]
  readonly awsRegion?: string
  readonly roleToAssume?: string
}

export interface InputProblem {
  readonly input: string
  readonly given: string
  readonly accepted: string
}

/** Everything that is wrong with the inputs; nothing was called yet. */
export class InputError extends Error {
  override readonly name = 'InputError'
  readonly problems: readonly InputProblem[]

  constructor(problems: readonly InputProblem[]) {
    super(problems.map((p) => `${p.input}: given ${p.given}. Accepted: ${p.accepted}.`).join('\n'))
    this.problems = problems
  }
}

/** Returns the raw text of an input, '' when it has none, as `core.getInput` does. */
export type InputSource = (name: string) => string

/** The runner force-ends a job after 5 days on a self-hosted machine. */
const LONGEST_TIMEOUT_MINUTES = 5 * 24 * 60
const MOST_PARALLEL = 100

/**
 * @param source reads one input
 * @throws InputError naming every input that is wrong, what was given and what is accepted
 */
export function readInputs(source: InputSource): Inputs {
  const problems: InputProblem[] = []
  const read = new Reader(source, problems)
  const serviceNetwork = read.optional('network-from-service')
  const inputs: Inputs = {
    imageUri: read.matching(
      'image-uri',
      /^[^\s@]+(@sha256:[0-9a-f]{64})?$/,
      'an image URI with a tag or a sha256 digest',
    ),
    databases: read.databases(),
    taskDefinition: read.taskDefinition(),
    cluster: read.matching(
      'cluster',
      /^(arn:[^\s]+:cluster\/)?[A-Za-z0-9_-]{1,255}$/,
      'the name or ARN of an ECS cluster',
    ),
    sidecars: read.sidecars(),
    subnets: read.ids('subnets', 'subnet-', 16, serviceNetwork === undefined),
    securityGroups: read.ids('security-groups', 'sg-', 5, serviceNetwork === undefined),
    assignPublicIp: read.publicIp(),
    environmentVariables: read.environmentVariables(),
    databaseVariable: read.databaseVariable(),
    tags: read.tags(),
    taskTimeoutMinutes: read.number('task-timeout-minutes', 0, LONGEST_TIMEOUT_MINUTES),
    onTimeout: read.oneOf('on-timeout', ['stop', 'leave']),
    onCancel: read.oneOf('on-cancel', ['stop', 'leave']),
    ifRunning: read.oneOf('if-running', ['refuse', 'wait', 'allow']),
    maxParallel: read.wholeNumber('max-parallel', 1, MOST_PARALLEL),
    canary: read.boolean('canary'),
    failFast: read.boolean('fail-fast'),
    streamLogs: read.boolean('stream-logs'),
    preflight: read.boolean('preflight'),
    dryRun: read.boolean('dry-run'),
    accept: read.accept(),
    ...given('containerName', read.optional('container-name')),
    ...given('networkFromService', serviceNetwork),
    ...given('command', read.command()),
    ...given('awsRegion', read.region()),
    ...given('roleToAssume', read.role()),
  }
  checkTogether(inputs, problems)
  if (problems.length > 0) throw new InputError(problems)
  return inputs
}

function given<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: V })
}

/** Rules that need more than one input. */
function checkTogether(inputs: Inputs, problems: InputProblem[]): void {
  const { databaseVariable, environmentVariables, databases, command = [] } = inputs
  if (databaseVariable !== '' && environmentVariables.some((v) => v.name === databaseVariable)) {
    problems.push({
      input: 'environment-variables',
      given: `a value for ${databaseVariable}, the variable that carries the database name`,
      accepted: 'any other variable; the database goes into database-name, or name another database-variable',
    })
  }
  const texts = [...environmentVariables.map((v) => v.value), ...command]
  if (databaseVariable === '' && databases.length > 1 && !texts.some((t) => t.includes(DATABASE_PLACEHOLDER))) {
    problems.push({
      input: 'database-variable',
      given: `nothing, with ${databases.length} databases, so that every task would migrate the same one`,
      accepted: `a variable name, or ${DATABASE_PLACEHOLDER} in environment-variables or command`,
    })
  }
}

/** `KEY=VALUE`, and where it stands. */
interface Pair {
  readonly key: string
  readonly value: string
  readonly line: number
}

class Reader {
  private readonly source: InputSource
  private readonly problems: InputProblem[]

  constructor(source: InputSource, problems: InputProblem[]) {
    this.source = source
    this.problems = problems
  }

  optional(name: string): string | undefined {
    return this.source(name).trim() || undefined
  }

  matching(name: string, pattern: RegExp, accepted: string): string {
    const text = this.source(name).trim()
    if (!pattern.test(text)) this.reject(name, quoted(text), accepted)
    return text
  }

  /** As YAML 1.2 core schema and `core.getBooleanInput` have it. */
  boolean(name: string): boolean {
    const text = this.source(name).trim()
    if (/^(true|True|TRUE)$/.test(text)) return true
    if (!/^(false|False|FALSE)$/.test(text)) this.reject(name, quoted(text), 'true or false')
    return false
  }

  oneOf<T extends string>(name: string, values: readonly [T, ...T[]]): T {
    const text = this.source(name).trim()
    const found = values.find((value) => value === text)
    if (found === undefined) this.reject(name, quoted(text), values.join(' or '))
    return found ?? values[0]
  }

  number(name: string, above: number, most: number): number {
    const text = this.source(name).trim()
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
    if (!(value > above && value <= most)) this.reject(name, quoted(text), `a number above ${above}, at most ${most}`)
    return value
  }

  wholeNumber(name: string, least: number, most: number): number {
    const text = this.source(name).trim()
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
    if (!(value >= least && value <= most)) this.reject(name, quoted(text), `a whole number from ${least} to ${most}`)
    return value
  }

  databases(): readonly string[] {
    const accepted =
      'names of 1 to 128 characters without white space, commas or control characters, one a line or comma separated'
    const names = [...new Set(entries(this.source('database-name')))]
    if (names.length === 0) this.reject('database-name', 'nothing', accepted)
    for (const name of names) {
      if ([...name].length > 128 || /[\s\u0000-\u001f\u007f-\u009f]/.test(name)) {
        this.reject('database-name', quoted(name), accepted)
      }
    }
    return names
  }

  taskDefinition(): string {
    const text = this.source('task-definition').trim()
    if (/\.json$/i.test(text)) {
      const accepted =
        'the family, family:revision or ARN of a definition that is registered in ECS; a file is not read: register it first (aws ecs register-task-definition --cli-input-json file://…)'
      this.reject('task-definition', quoted(text), accepted)
    } else if (!/^(arn:\S+:task-definition\/)?[A-Za-z0-9_-]{1,255}(:\d+)?$/.test(text)) {
      this.reject('task-definition', quoted(text), 'family, family:revision or ARN of a task definition')
    }
    return text
  }

  sidecars(): Sidecars {
    const names = entries(this.source('sidecars'))
    const [first] = names
    if (names.length === 1 && (first === 'auto' || first === 'all' || first === 'none')) return first
    const accepted = 'auto, all, none, or names of containers, comma or line separated'
    if (first === undefined) this.reject('sidecars', quoted(''), accepted)
    for (const name of names) {
      const isRule = /^(auto|all|none)$/.test(name)
      if (isRule || !/^[A-Za-z0-9_-]{1,255}$/.test(name)) this.reject('sidecars', quoted(name), accepted)
    }
    return names
  }

  ids(name: string, prefix: string, most: number, required: boolean): readonly string[] {
    const ids = entries(this.source(name))
    const accepted = `up to ${most} ids that begin with ${prefix}, comma or line separated`
    if (ids.length === 0 && required) this.reject(name, 'nothing', `${accepted}; or set network-from-service`)
    if (ids.length > most) this.reject(name, `${ids.length} ids`, accepted)
    for (const id of ids) {
      if (!id.startsWith(prefix) || /[^\w-]/.test(id)) this.reject(name, quoted(id), accepted)
    }
    return ids
  }

  publicIp(): boolean {
    const text = this.source('assign-public-ip').trim()
    if (/^(true|True|TRUE|ENABLED)$/.test(text)) return true
    if (!/^(false|False|FALSE|DISABLED)$/.test(text)) {
      this.reject('assign-public-ip', quoted(text), 'true, false, ENABLED or DISABLED')
    }
    return false
  }

  command(): readonly string[] | undefined {
    const text = this.source('command').trim()
    if (text === '') return undefined
    const parsed = parseCommand(text)
    if (isCommandProblem(parsed)) {
      this.reject('command', parsed.given, parsed.accepted)
      return undefined
    }
    return parsed
  }

  /** `NAME=VALUE` a line, split at the first `=`; the value is literal. Values are never shown: they may be secret. */
  environmentVariables(): readonly EnvironmentVariable[] {
    const accepted = 'NAME=VALUE a line; names without white space, each once'
    const variables = this.pairs('environment-variables', accepted)
    for (const { key, line } of variables) {
      if (/\s/.test(key)) this.reject('environment-variables', `line ${line} with white space in the name`, accepted)
    }
    return variables.map(({ key, value }) => ({ name: key, value }))
  }

  databaseVariable(): string {
    const text = this.source('database-variable').trim()
    if (/[\s=]/.test(text))
      this.reject('database-variable', quoted(text), 'the name of an environment variable, or nothing')
    return text
  }

  accept(): readonly DoubtId[] {
    const ids = entries(this.source('accept'))
    const known: readonly string[] = DOUBT_IDS
    for (const id of ids) {
      if (!known.includes(id))
        this.reject('accept', quoted(id), `ids in brackets at the end of a warning or refusal: ${known.join(', ')}`)
    }
    return DOUBT_IDS.filter((id) => ids.includes(id))
  }

  tags(): Inputs['tags'] {
    const accepted =
      'KEY=VALUE a line, keys up to 128 and values up to 256 characters of letters, numbers, spaces and _ . : / = + - @, not beginning with aws:'
    const tags = this.pairs('tags', accepted)
    for (const { key, value } of tags) {
      const legal = /^[\p{L}\p{N}\p{Z}_.:/=+\-@]*$/u
      if (key.length > 128 || value.length > 256 || !legal.test(key + value) || /^aws:/i.test(key)) {
        this.reject('tags', quoted(`${key}=${value}`), accepted)
      }
    }
    return tags.map(({ key, value }) => ({ key, value }))
  }

  region(): string | undefined {
    const text = this.optional('aws-region')
    if (text !== undefined && !/^[a-z]{2,}(-[a-z0-9]+)+$/.test(text)) {
      this.reject('aws-region', quoted(text), 'an AWS Region such as eu-central-1')
    }
    return text
  }

  role(): string | undefined {
    const text = this.optional('role-to-assume')
    if (text !== undefined && !/^arn:aws[a-z-]*:iam::\d{12}:role\/\S+$/.test(text)) {
      this.reject('role-to-assume', quoted(text), 'the ARN of an IAM role')
    }
    return text
  }

  /** Lines are told by number: where a name goes wrong, it may hold a secret. */
  private pairs(name: string, accepted: string): readonly Pair[] {
    const pairs = new Map<string, Pair>()
    for (const [index, text] of this.source(name).split(/\r?\n/).entries()) {
      if (text.trim() === '') continue
      const line = index + 1
      const at = text.indexOf('=')
      const key = text.slice(0, Math.max(at, 0)).trim()
      const earlier = pairs.get(key)
      if (key === '') this.reject(name, `line ${line} without a name before =`, accepted)
      else if (earlier) this.reject(name, `line ${line} with the name of line ${earlier.line}`, accepted)
      pairs.set(key, { key, value: text.slice(at + 1), line })
    }
    return [...pairs.values()]
  }

  private reject(input: string, text: string, accepted: string): void {
    this.problems.push({ input, given: text, accepted })
  }
}

function isCommandProblem(parsed: readonly string[] | CommandProblem): parsed is CommandProblem {
  return 'accepted' in parsed
}

function entries(text: string): string[] {
  return text
    .split(/[,\n]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
}

function quoted(text: string): string {
  if (text === '') return 'nothing (an expression that has no value?)'
  return `"${text.length > 200 ? `${text.slice(0, 200)}…` : text}"`
}
