/**
 * A step as a text that a reviewer reads as behaviour: what was given, what the step printed, what the container said,
 * every request, every output. Whatever differs from run to run is replaced, and nothing else.
 */
import type { JournalEntry } from '../../local/aws/index.ts'
import type { StageRun } from '../../local/runner/run-action.ts'
import { accountId, type Evidence, type StepEvidence, worldTime } from '../faults/stage.ts'

interface TranscriptOptions {
  readonly title: string
  /** What is special about this scenario, in a sentence or two. */
  readonly about: string
}

export function transcript({ title, about }: TranscriptOptions, step: StepEvidence, evidence: Evidence): string {
  const { run } = step
  const neutral = neutraliser()
  const ending = run.exitCode === undefined ? `ended by ${run.signal ?? 'the runner'}` : `exit code ${run.exitCode}`
  const sections = [
    `# ${title}`,
    about,
    section('Inputs', given(step.inputs)),
    section('Step', ownLines(run, evidence)),
    section('Container output as shown', containerLines(run, evidence)),
    section('Requests', requests(evidence.journal, step)),
    section('Looked up besides', checks(evidence.journal, step)),
    section('Outputs', outputs(run)),
    section('End', [`${ending}, ${run.conclusion}`]),
    ...postOf(run.post, evidence, step),
  ]
  return `${neutral(sections.filter((text) => text !== '').join('\n\n'))}\n`
}

function postOf(post: StageRun | undefined, evidence: Evidence, step: StepEvidence): readonly string[] {
  if (post === undefined) return []
  const lines = ownLines(post, evidence).filter((line) => line !== 'Post job cleanup.')
  return [
    section('Post step', lines.length > 0 ? lines : ['(says nothing)']),
    section('Requests of the post step', requests(evidence.journal, step, 'post')),
  ]
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [`## ${title}`, ...lines.map((line) => `  ${line}`.trimEnd())].join('\n')
}

const unremarkable = new Set([
  'image-uri',
  'database-name',
  'task-definition',
  'subnets',
  'security-groups',
  'preflight',
])

function given(inputs: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(inputs)
    .filter(([name, value]) => !unremarkable.has(name) || (name === 'database-name' && value !== 'shop_prod'))
    .map(([name, value]) => `${name}: ${value.replaceAll('\n', '⏎')}`)
}

const changeOfState =
  /^(\[.*\] )?Task (PROVISIONING|PENDING|ACTIVATING|RUNNING|DEACTIVATING|STOPPING|DEPROVISIONING|STOPPED|DELETED) after \d+ s$/

/** What the checks do not find out within 8 s of time that is compressed. */
const outOfTime = /^Not checked: .* \(no answer from AWS within 8 s\)\.$/

/**
 * The step's own words. Which states a poll sees is chance, so the changes of state are one line; so is whether the
 * machine is quick enough for all checks.
 */
function ownLines(run: StageRun, evidence: Evidence): readonly string[] {
  const said = wordsOfContainers(evidence)
  const texts = run.lines.map(({ text }) => text)
  // The runner's own heading: what is run, with what.
  const own = texts.slice(texts[0] === '##[group]Run ./' ? texts.indexOf('##[endgroup]') + 1 : 0)
  const kept: string[] = []
  for (const text of own) {
    if (said.has(text.replace(/^\[.*?\] /, '')) || /^::/.test(text) || outOfTime.test(text)) continue
    if (!changeOfState.test(text)) kept.push(text)
    else if (!kept.includes('(each change of state)')) kept.push('(each change of state)')
  }
  return kept
}

function containerLines(run: StageRun, evidence: Evidence): readonly string[] {
  const said = wordsOfContainers(evidence)
  return run.lines.map(({ text }) => text).filter((text) => said.has(text.replace(/^\[.*?\] /, '')))
}

/** Plain lines; scenarios with hostile output have tests of their own. */
function wordsOfContainers({ logs }: Evidence): ReadonlySet<string> {
  return new Set([...logs.values()].flat())
}

/** Looked up beside everything else, so that their place among the others is chance. */
const isCheck = ({ service, operation }: JournalEntry): boolean =>
  service === 'ec2' || service === 'ecr' || operation === 'DescribeClusters' || operation === 'DescribeLogGroups'

function checks(journal: readonly JournalEntry[], { inputs }: StepEvidence): readonly string[] {
  if (inputs.preflight !== 'true') return []
  return [...new Set(journal.filter(isCheck).map(request))].sort()
}

const writes = new Set(['RegisterTaskDefinition', 'DeregisterTaskDefinition', 'RunTask', 'StopTask'])

/**
 * Calls that change something are shown one by one. Between them, calls that only read run beside one another and as
 * often as time allows: each kind is shown once.
 */
function requests(
  journal: readonly JournalEntry[],
  step: StepEvidence,
  stage: 'main' | 'post' = 'main',
): readonly string[] {
  const postBegan = step.run.post ? worldTime(step.pace, step.run.post.startedAt.getTime()) : Number.POSITIVE_INFINITY
  const lines: string[] = []
  let reads = new Set<string>()
  const endReads = (): void => {
    lines.push(...[...reads].sort())
    reads = new Set()
  }
  const anothers = ({ accessKeyId = '' }: JournalEntry): boolean =>
    accessKeyId.startsWith('AKIASTEP') && accessKeyId !== step.accessKeyId
  const own = journal.filter((entry) => !anothers(entry) && !isCheck(entry) && !isEarlyLook(entry, journal))
  for (const entry of own.filter(({ at }) => (stage === 'post') === at >= postBegan)) {
    if (!writes.has(entry.operation)) reads.add(request(entry))
    else {
      endReads()
      lines.push(request(entry))
    }
  }
  endReads()
  return counted(lines)
}

/** A look at a log stream that does not exist yet; whether there is one before the first line is chance. */
function isEarlyLook({ operation, input, outcome }: JournalEntry, journal: readonly JournalEntry[]): boolean {
  if (operation !== 'GetLogEvents' || outcome?.error?.code !== 'ResourceNotFoundException') return false
  return journal.some((other) => other.input.logStreamName === input.logStreamName && other.outcome?.status === 200)
}

/** The same call several times in a row is one line. */
function counted(lines: readonly string[]): readonly string[] {
  const shown: { readonly line: string; times: number }[] = []
  for (const line of lines) {
    const last = shown.at(-1)
    if (last?.line === line) last.times += 1
    else shown.push({ line, times: 1 })
  }
  return shown.map(({ line, times }) => (times === 1 ? line : `${line} (${times} times)`))
}

function request(entry: JournalEntry): string {
  const members = keyMembers(entry)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')
  return `${entry.service}.${entry.operation} ${members} → ${answer(entry)}`.replace('  ', ' ')
}

function answer({ outcome }: JournalEntry): string {
  if (outcome === undefined) return 'no answer'
  const { status, error, fault, output } = outcome
  const failures = (output as { failures?: { reason?: string }[] } | undefined)?.failures ?? []
  const reasons = failures.filter(({ reason }) => reason !== 'MISSING').map(({ reason }) => reason)
  const played = status === undefined ? ` (${fault})` : ''
  return [status ?? 'no answer', error?.code, ...(reasons.length > 0 ? [`failures: ${reasons}`] : [])]
    .filter((part) => part !== undefined)
    .join(' ')
    .concat(played)
}

type Members = readonly (readonly [string, unknown])[]

interface Named {
  readonly name?: string
  readonly value?: string
}

interface ContainerInput {
  readonly name?: string
  readonly image?: string
  readonly environment?: readonly Named[]
  readonly command?: readonly string[]
  readonly stopTimeout?: number
}

function networkOf({ networkConfiguration }: JournalEntry['input']): Members {
  const { awsvpcConfiguration = {} } = (networkConfiguration ?? {}) as {
    readonly awsvpcConfiguration?: {
      readonly subnets?: readonly string[]
      readonly securityGroups?: readonly string[]
      readonly assignPublicIp?: string
    }
  }
  const { subnets = [], securityGroups = [], assignPublicIp = '(not set)' } = awsvpcConfiguration
  return [
    ['subnets', subnets.join()],
    ['securityGroups', securityGroups.join()],
    ['publicIp', assignPublicIp],
  ]
}

function keyMembers({ operation, input }: JournalEntry): Members {
  const pick = (...names: readonly string[]): Members =>
    names.filter((name) => input[name] !== undefined).map((name) => [name, plain(input[name])])
  switch (operation) {
    case 'RegisterTaskDefinition':
      return [...pick('family'), ...containers(input.containerDefinitions as readonly ContainerInput[])]
    case 'RunTask': {
      const { containerOverrides = [] } = (input.overrides ?? {}) as {
        readonly containerOverrides?: readonly ContainerInput[]
      }
      return [
        ...pick('taskDefinition', 'launchType', 'startedBy', 'clientToken'),
        ...networkOf(input),
        ...containers(containerOverrides),
      ]
    }
    case 'DescribeTasks': {
      const tasks = input.tasks as readonly string[]
      return [...pick('cluster'), ['tasks', tasks.length === 1 ? tasks[0] : `(${tasks.length} tasks)`]]
    }
    case 'GetLogEvents':
      return pick('logGroupName', 'logStreamName')
    case 'AssumeRoleWithWebIdentity':
      return pick('RoleArn')
    default:
      return pick(
        'cluster',
        'family',
        'familyPrefix',
        'desiredStatus',
        'taskDefinition',
        'services',
        'task',
        'tasks',
        'reason',
      )
  }
}

function containers(definitions: readonly ContainerInput[]): Members {
  return definitions.map(({ name, image, environment = [], command, stopTimeout }) => [
    name ?? '',
    `{${[
      ...(image === undefined ? [] : [image]),
      ...environment.map((variable) => `${variable.name}=${variable.value}`),
      ...(command === undefined || image !== undefined ? [] : [plain(command)]),
      ...(stopTimeout === undefined ? [] : [`stopTimeout=${stopTimeout}`]),
    ].join(' ')}}`,
  ])
}

const plain = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

const links = new Set(['log-url', 'task-url', 'log-file', 'results-file', 'results'])

function outputs({ outputs: all }: StageRun): readonly string[] {
  return Object.entries(all).map(([name, value]) => `${name} = ${links.has(name) ? '(checked elsewhere)' : value}`)
}

/** Replaces what differs from run to run; what is the same thing keeps the same name. */
function neutraliser(): (text: string) => string {
  const names = new Map<string, string>()
  const named = (kind: string) => (found: string) => {
    const count = [...names.values()].filter((name) => name.startsWith(`<${kind} `)).length
    const name = names.get(found) ?? `<${kind} ${count + 1}>`
    names.set(found, name)
    return name
  }
  return (text) =>
    text
      .replaceAll(`${accountId}.dkr.ecr.us-east-1.amazonaws.com`, '<ECR>')
      .replace(/\b[0-9a-f]{64}\b/g, named('hash'))
      .replace(/(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])/g, named('task'))
      .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '<uuid>')
      .replace(/http:\/\/127\.0\.0\.1:\d+/g, '<local AWS>')
      .replace(/127\.0\.0\.1:\d+/g, '<local AWS>')
      .replace(/\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?Z| \d\d:\d\d:\d\d UTC)/g, '<time>')
      .replace(/\/\S{0,200}\/_temp\//g, '<temp>/')
      .replace(/\b(in|after|for|until) \d+(\.\d+)? (s|min|h)( \d+ (s|min))?\b/g, '$1 <time>')
      .replace(/duration-seconds = [\d.]+/g, 'duration-seconds = <s>')
}
