/**
 * What must hold of every step of the action, whatever goes wrong around it. Each rule compares what the step said with
 * what the local AWS knows, and gives a sentence for every way in which it is broken.
 */
import type { Task } from '@aws-sdk/client-ecs'
import type { ContainerRun, JournalEntry } from '../../local/aws/index.ts'
import type { StageRun } from '../../local/runner/run-action.ts'
import { type Evidence, type StepEvidence, tasksIn, worldTime } from './stage.ts'

/** Milliseconds that docs/behaviour.md and docs/performance.md promise. */
const limits = { stopSent: 5_000, exitAfterSignal: 7_000, verdictToEnd: 6_000 }
/** Real milliseconds that a machine may take for what costs nothing on AWS's side. */
const slackMs = 600
/** In time that is compressed further, a busy machine's own work looks like seconds. */
const mostToJudgeBy = 10

/** The same on the world's clock, and what a busy machine let this process wait for at the most. */
const slackOf = ({ pace, stalledMs }: StepEvidence): number => (slackMs + stalledMs) * pace.scale

const nonceTag = 'run-ecs-migration/nonce'
const allowedMark = /^run-ecs-migration-allow(-changed)?\//
const databaseTag = 'run-ecs-migration/database'
const mayRunOn = new Set(['unknown'])
/** What the step may tell the runner; nothing of it comes from a container. */
const ownCommands = new Set(['group', 'endgroup', 'error', 'warning', 'notice', 'stop-commands', 'add-mask'])

interface Result {
  readonly database: string
  readonly outcome: string
  readonly exitCode?: number
  readonly taskArn?: string
  readonly reason?: string
  readonly followed?: boolean
}

/** A step and the world, as the rules look at them. */
interface Case {
  readonly step: StepEvidence
  readonly evidence: Evidence
  readonly results: readonly Result[]
  /** Undefined: the step made nothing. */
  readonly nonce: string | undefined
  readonly launches: readonly Launch[]
}

/** A task that this step started, or followed to its end. */
interface Launch {
  readonly database: string
  readonly arn: string
  readonly followed: boolean
  readonly task: Task | undefined
  /** The container `app`, if it ran. */
  readonly container: ContainerRun | undefined
}

type Rule = (subject: Case) => readonly string[]

/** @returns a sentence for each rule that a step breaks; none is good */
export function violations(step: StepEvidence, evidence: Evidence): readonly string[] {
  const nonce = nonceOf(step)
  const results = JSON.parse(step.run.outputs.results ?? '[]') as readonly Result[]
  const subject = { step, evidence, results, nonce, launches: launchesOf(evidence, nonce, results) }
  return rules.flatMap((rule) => rule(subject))
}

/**
 * Containers of one database at once, but for those that were allowed to; needs no step, so that several steps can be
 * judged together.
 */
export function overlaps({ containers }: Evidence): readonly string[] {
  const apps = containers.filter(({ name, startedBy = '' }) => name === 'app' && !allowedMark.test(startedBy))
  return apps.flatMap((one, index) =>
    apps
      .slice(index + 1)
      .filter((other) => other.startedBy === one.startedBy && meet(one, other))
      .map((other) => `two containers of ${one.startedBy} at once: ${one.taskArn} and ${other.taskArn}`),
  )
}

function meet(one: ContainerRun, other: ContainerRun): boolean {
  const end = ({ exitedAt }: ContainerRun): number => exitedAt ?? Number.POSITIVE_INFINITY
  return one.startedAt < end(other) && other.startedAt < end(one)
}

function nonceOf({ run }: StepEvidence): string | undefined {
  try {
    return (JSON.parse(run.state.run ?? '{}') as { nonce?: string }).nonce
  } catch {
    return undefined
  }
}

function launchesOf(
  { journal, tasks, containers }: Evidence,
  nonce: string | undefined,
  results: readonly Result[],
): readonly Launch[] {
  const found = new Map<string, Launch>()
  for (const entry of journal) {
    for (const arn of tasksIn(entry)) {
      // A tag cannot hold every name.
      const result = results.find(({ taskArn }) => taskArn === arn)
      const own = nonce !== undefined && tagOf(entry, nonceTag) === nonce
      if (!own && result?.followed !== true) continue
      const container = containers.find(({ taskArn, name }) => taskArn === arn && name === 'app')
      const database = result?.database ?? tagOf(entry, databaseTag) ?? ''
      found.set(arn, { database, arn, followed: !own, task: tasks.get(arn), container })
    }
  }
  return [...found.values()]
}

function tagOf({ input }: JournalEntry, key: string): string | undefined {
  const { tags = [] } = input as { readonly tags?: readonly { key: string; value: string }[] }
  return tags.find((tag) => tag.key === key)?.value
}

/** A database's launches are tried again only while no container ran, so at most one of them ran one. */
const oneAtATime: Rule = ({ step, evidence, launches }) => {
  const ran = launches.filter(({ container }) => container !== undefined)
  const twice = ran.filter(({ database }, index) => ran.findIndex((other) => other.database === database) !== index)
  return [
    ...(step.inputs['if-running'] === 'allow' ? [] : overlaps(evidence)),
    ...twice.map(({ database }) => `${database} was migrated twice by one step`),
  ]
}

const outcomesAreTrue: Rule = (subject) =>
  subject.results.flatMap((result) => {
    const launches = subject.launches.filter(({ database }) => database === result.database)
    return isTrue(result, launches, subject).map(
      (untruth) => `${result.database} is called ${result.outcome}, but ${untruth}`,
    )
  })

function isTrue(result: Result, launches: readonly Launch[], subject: Case): readonly string[] {
  const ran = launches.find(({ container }) => container !== undefined)
  const inside = ran?.container
  const code = inside?.exitCode
  const untruths: string[] = []
  const hold = (holds: boolean, untruth: string): void => {
    if (!holds) untruths.push(untruth)
  }
  if (result.exitCode !== undefined)
    hold(result.exitCode === code, `its exit code ${result.exitCode} is really ${code}`)
  switch (result.outcome) {
    case 'succeeded':
      hold(code === 0, `its container exited with ${code}`)
      hold(ran !== undefined && !stoppedBefore(ran), 'it was stopped before it ended')
      hold(namesDatabase(inside, result.database, subject), 'its container was given another database')
      break
    case 'failed':
      hold(ran !== undefined || isWrongDatabase(result), 'no container ran')
      hold(!endedWell(ran), 'its container exited 0 by itself')
      break
    case 'timed-out':
    case 'cancelled':
      hold(!(endedWell(ran) && couldBeKnown(ran, subject)), 'its container exited 0 by itself, and ECS showed it')
      hold(wasCalledFor(result.outcome, launches, subject), 'nobody cancelled it, and its time was not up')
      break
    case 'not-started':
    case 'refused':
    case 'skipped':
    case 'dry-run':
      hold(inside === undefined, 'its container ran')
      break
    case 'unknown':
      hold(
        subject.evidence.journal.some(({ operation, outcome }) => hides(operation) && isTroubled(outcome)),
        'nothing hid it',
      )
      break
    default:
      untruths.push('there is no such outcome')
  }
  return untruths
}

/** Whether the step may lose sight of a task where this fails: the task is not shown, or nobody may ask. */
function hides(operation: string): boolean {
  return ['RunTask', 'DescribeTasks', 'AssumeRoleWithWebIdentity', 'GetIdToken'].includes(operation)
}

function isTroubled(outcome: JournalEntry['outcome']): boolean {
  return outcome?.fault !== undefined || outcome?.error !== undefined
}

function wasCalledFor(outcome: string, launches: readonly Launch[], { step }: Case): boolean {
  // The runner sends the same signals when the step's own timeout-minutes are over.
  if (outcome === 'cancelled')
    return step.signalledAt !== undefined || step.run.lines.some(({ text }) => text.includes('has timed out after'))
  const limit = Number(step.inputs['task-timeout-minutes'] ?? 60) * 60_000
  // Of a followed task it counts from attaching.
  const began = Math.max(
    step.startedAt,
    Math.min(...launches.map(({ task }) => task?.createdAt?.getTime() ?? step.startedAt)),
  )
  return step.endedAt - began >= limit - slackOf(step)
}

/** Stopped before anybody knew whether its container would run: the task was started for a database nobody asked for. */
function isWrongDatabase({ reason = '' }: Result): boolean {
  return reason.includes('was not given the database')
}

function namesDatabase(inside: ContainerRun | undefined, database: string, { step }: Case): boolean {
  const variable = step.inputs['database-variable'] || 'DATABASE_NAME'
  return variable === 'none' || inside?.environment[variable] === database
}

/** By a request that reached it; a request that came after its end stopped nothing. */
function stoppedBefore({ task, container }: Launch): boolean {
  if (task?.stopCode === 'EssentialContainerExited') return false
  const asked = task?.stoppingAt?.getTime()
  return asked !== undefined && asked < (container?.exitedAt ?? Number.POSITIVE_INFINITY)
}

function endedWell(launch: Launch | undefined): boolean {
  const { task, container } = launch ?? {}
  if (launch === undefined || container?.exitCode !== 0 || stoppedBefore(launch)) return false
  // Another essential container that ended first ends the task, and then the migration did not succeed.
  return (task?.containers?.length ?? 0) === 1 && task?.stopCode === 'EssentialContainerExited'
}

/** Whether ECS showed the exit in an answer that the step had time to read. */
function couldBeKnown(launch: Launch | undefined, { step, evidence }: Case): boolean {
  const shown = (launch?.container?.exitedAt ?? 0) + evidence.timing.exitLag + evidence.timing.stopCodeLag
  const inTime = step.endedAt - slackOf(step)
  return evidence.journal.some(
    ({ operation, at, outcome }) =>
      operation === 'DescribeTasks' &&
      at > shown &&
      outcome?.status === 200 &&
      outcome.at < inTime &&
      shows(outcome.output, launch?.arn),
  )
}

/** A task that was started a moment ago may be MISSING for a while. */
function shows(output: unknown, arn: string | undefined): boolean {
  const { tasks = [] } = (output ?? {}) as { readonly tasks?: readonly Task[] }
  return tasks.some(({ taskArn }) => taskArn === arn)
}

/** Every line, once, in the order of the log: in the step's output and in the log file. */
const linesAreWhole: Rule = (subject) =>
  subject.launches.flatMap((launch) => {
    const wanted = subject.evidence.logs.get(launch.arn) ?? []
    const result = subject.results.find(({ taskArn }) => taskArn === launch.arn)
    if (result === undefined || subject.step.inputs['stream-logs'] === 'false') return []
    const filed = subject.step.logFiles.get(launch.database) ?? ''
    const all = wanted.map((line) => `${line}\n`).join('')
    if (!all.startsWith(filed))
      return [`the log file of ${launch.database} is no beginning of its log: ${show(filed)} of ${show(all)}`]
    if (!isPrinted(filed, launch.database, subject))
      return [`the step did not print each line of ${launch.database} once, in order: ${show(filed)}`]
    return filed === all || mayMissLines(result, subject)
      ? []
      : [`lines of ${launch.database} are missing: ${show(filed)} of ${show(all)}`]
  })

/** What the step's log shows of a container is what the log file has, where all its lines are shown unchanged. */
function isPrinted(filed: string, database: string, { step, results }: Case): boolean {
  const prefix = results.length > 1 ? `[${database}] ` : ''
  const wanted = filed.split('\n').slice(0, -1)
  // A line that is broken up or shown otherwise may come out as another one.
  if (!wanted.every(isShownAsItIs)) return true
  const known = new Set(wanted)
  const shown = step.run.lines
    .filter(({ text }) => text.startsWith(prefix))
    .map(({ text }) => text.slice(prefix.length))
    .filter((text) => known.has(text))
  return JSON.stringify(shown) === JSON.stringify(wanted)
}

function isShownAsItIs(line: string): boolean {
  return line.length < 1_000 && /^[\x21-\x7e][\x20-\x7e]*$/.test(line) && !/::|##\[/.test(line)
}

const show = (text: string): string => JSON.stringify(text.length > 400 ? `${text.slice(0, 400)}…` : text)

/** The step said itself that it could not read on, or it was cancelled. */
function mayMissLines({ outcome }: Result, { step }: Case): boolean {
  return (
    outcome === 'unknown' ||
    outcome === 'cancelled' ||
    said(step.run, /may run on|log .*cannot be (shown|read)|still growing|not read to its end/)
  )
}

const cloneIsGone: Rule = ({ step, evidence, nonce }) => {
  const succeeded = ({ outcome }: JournalEntry): boolean =>
    outcome?.error === undefined && outcome?.output !== undefined
  const done = (operation: string): readonly JournalEntry[] =>
    evidence.journal.filter((entry) => entry.operation === operation && succeeded(entry))
  const made = done('RegisterTaskDefinition').filter((entry) => nonce !== undefined && tagOf(entry, nonceTag) === nonce)
  const gone = new Set(done('DeregisterTaskDefinition').map(({ input }) => input.taskDefinition))
  const left = made.map(revisionOf).filter((arn) => !gone.has(arn))
  if (left.length === 0 || said(step.run, /stays registered/)) return []
  const hasSaid = [step.run, step.run.post].some(
    (stage) => stage !== undefined && said(stage, /could not be deregistered|may stay registered/),
  )
  return hasSaid || step.run.post === undefined ? [] : [`left registered, without a word: ${left.join(', ')}`]
}

function revisionOf({ outcome }: JournalEntry): string {
  const output = outcome?.output as { readonly taskDefinition?: { readonly taskDefinitionArn?: string } } | undefined
  return output?.taskDefinition?.taskDefinitionArn ?? ''
}

/** Whatever the step started has ended or is being stopped, unless it says that it may run on. */
const nothingRunsOn: Rule = ({ step, results, launches }) =>
  launches
    .filter(({ task, followed }) => task?.desiredStatus === 'RUNNING' && !followed)
    .filter(({ database }) => !mayRunOn.has(results.find((result) => result.database === database)?.outcome ?? ''))
    .filter(
      () =>
        ![step.run, step.run.post].some(
          (stage) => stage && said(stage, /left running|may run on|may still be running|Cleaning up failed/i),
        ),
    )
    .filter(() => step.run.post !== undefined)
    .map(({ arn }) => `${arn} runs on, and nobody said so`)

const stepTellsTheTruth: Rule = ({ step, results }) => {
  const { run, signal } = step
  if (signal === 'kill' || run.exitCode === undefined) return []
  const passes = results.length > 0 && results.every(({ outcome }) => outcome === 'succeeded' || outcome === 'dry-run')
  if (passes === (run.exitCode === 0)) return []
  return [`exit code ${run.exitCode} with ${results.map(({ outcome }) => outcome).join(', ') || 'no results'}`]
}

const runTag = 'run-ecs-migration/run'

/** What it launched, and what its own workflow run launched: nobody else's task is ever stopped. */
const stopsOnlyItsOwn: Rule = ({ step, evidence }) => {
  const calls = evidence.journal.filter(({ accessKeyId }) => accessKeyId === step.accessKeyId)
  const own = runOf(runUrlOf(step))
  const foreign = evidence.journal
    .filter((entry) => entry.operation === 'RunTask' && runOf(tagOf(entry, runTag)) !== own)
    .flatMap(tasksIn)
  return calls
    .filter(({ operation, input }) => operation === 'StopTask' && foreign.includes(String(input.task)))
    .map(({ input }) => `it asked to stop ${input.task}, which another run started`)
}

function runOf(runUrl = ''): string {
  return runUrl.replace(/\/attempts\/\d+$/, '')
}

function runUrlOf({ run }: StepEvidence): string | undefined {
  try {
    return (JSON.parse(run.state.run ?? '{}') as { runUrl?: string }).runUrl
  } catch {
    return undefined
  }
}

/** All that the post step may call, and what it must not. */
const postsOwn = new Set([
  'ListTasks',
  'DescribeTasks',
  'StopTask',
  'ListTaskDefinitions',
  'DeregisterTaskDefinition',
  'RegisterTaskDefinition',
  'RunTask',
])

/** Post has nothing to do where main ended by itself, and never starts anything. */
const postIsModest: Rule = ({ step, evidence, results }) => {
  const { post } = step.run
  if (post === undefined) return []
  const since = worldTime(step.pace, post.startedAt.getTime())
  const own = evidence.journal.filter(
    ({ accessKeyId = '' }) => !accessKeyId.startsWith('AKIASTEP') || accessKeyId === step.accessKeyId,
  )
  // A look-up of main's can still be on its way when post begins.
  const calls = own
    .filter(({ at, operation }) => at >= since && postsOwn.has(operation))
    .map(({ operation }) => operation)
  const normal = step.signal === undefined && results.length > 0 && isSettled(own.filter(({ at }) => at < since))
  return [
    // A job in a container lives on beside its post step.
    ...(calls.includes('RunTask') && step.run.exitCode !== undefined ? ['post called RunTask'] : []),
    ...(normal && calls.length > 0 ? [`post called ${calls.join(', ')} after a normal end`] : []),
    ...(post.exitCode === 0 ? [] : [`post ended with ${post.exitCode ?? post.signal}`]),
  ]
}

/** Whatever was asked to change was done in the end, or refused at once: nothing is left to look for. */
function isSettled(calls: readonly JournalEntry[]): boolean {
  return ['RegisterTaskDefinition', 'RunTask', 'StopTask', 'DeregisterTaskDefinition'].every((operation) => {
    const statuses = calls.filter((call) => call.operation === operation).map(({ outcome }) => outcome?.status ?? 500)
    if (statuses.length === 0 || statuses.at(-1) === 200) return true
    // A stop that was refused leaves a task.
    return operation !== 'StopTask' && statuses.length === 1 && (statuses[0] ?? 500) < 500
  })
}

const signalIsHeeded: Rule = (subject) => {
  const { step, launches, results } = subject
  const { signalledAt, signal, endedAt } = step
  if (signal !== 'cancel' || signalledAt === undefined) return []
  const took = endedAt - signalledAt
  const late = took > limits.exitAfterSignal + slackOf(step) ? [`it ended ${took} ms after the signal`] : []
  if (step.inputs['on-cancel'] === 'leave') return late
  const lost = new Set(results.filter(({ outcome }) => outcome === 'unknown').map(({ taskArn }) => taskArn))
  return [
    ...late,
    ...launches
      .filter(({ arn, followed }) => !followed && !lost.has(arn))
      .flatMap((launch) => stopIsPrompt(launch, signalledAt, subject)),
  ]
}

/** A task that the step knew when the signal came, and whose container ran on for as long as the stop may take. */
function stopIsPrompt({ arn, container }: Launch, signalledAt: number, { step, evidence }: Case): readonly string[] {
  const runsUntil = container === undefined ? 0 : (container.exitedAt ?? Number.POSITIVE_INFINITY)
  const readBy = signalledAt - slackOf(step)
  const known = evidence.journal.some(
    (entry) => tasksIn(entry).includes(arn) && entry.outcome?.status === 200 && entry.outcome.at <= readBy,
  )
  if (!known || runsUntil < signalledAt + limits.stopSent) return []
  const stop = evidence.journal.find(({ operation, input }) => operation === 'StopTask' && input.task === arn)
  if (stop === undefined) return [`StopTask for ${arn} never came`]
  const took = stop.at - signalledAt
  return took > limits.stopSent + slackOf(step) ? [`StopTask for ${arn} came ${took} ms after the signal`] : []
}

/** One database that succeeds: no more than 6 s from the moment ECS could show the exit. */
const endIsPrompt: Rule = ({ step, evidence, results, launches }) => {
  const [result] = results
  const [launch] = launches
  const faulted = evidence.journal.some(({ outcome }) => outcome?.fault !== undefined)
  if (
    step.pace.scale > mostToJudgeBy ||
    results.length !== 1 ||
    result?.outcome !== 'succeeded' ||
    faulted ||
    launch?.container?.exitedAt === undefined
  )
    return []
  const { exitLag, stopCodeLag, describeLag } = evidence.timing
  const exitShown = launch.container.exitedAt + exitLag + stopCodeLag
  const shown = Math.max(exitShown, (launch.task?.createdAt?.getTime() ?? 0) + describeLag)
  const took = step.endedAt - shown
  const most = limits.verdictToEnd + slackOf(step)
  return took <= most ? [] : [`it ended ${took} ms after ECS could show the exit`]
}

/** No command of the runner but our own, no output but those of action.yml, no stack trace. */
const outputIsClean: Rule = ({ step }) => {
  const stages = [step.run, ...(step.run.post ? [step.run.post] : [])]
  return stages.flatMap((stage) => [
    ...stage.commands
      .filter(({ name }) => !ownCommands.has(name) && !/^[0-9a-f-]{36}$/.test(name))
      .map(({ name }) => `the runner obeyed ${name}`),
    ...(Object.keys(stage.env).length + stage.path.length > 0 ? ['the environment of later steps was changed'] : []),
    ...stage.lines
      .filter(({ text }) => /^\s+at .*(\.js|\.ts|node:)/.test(text))
      .map(({ text }) => `a stack trace: ${text}`),
  ])
}

const rules: readonly Rule[] = [
  oneAtATime,
  outcomesAreTrue,
  linesAreWhole,
  cloneIsGone,
  nothingRunsOn,
  stopsOnlyItsOwn,
  stepTellsTheTruth,
  postIsModest,
  signalIsHeeded,
  endIsPrompt,
  outputIsClean,
]

function said(stage: StageRun, pattern: RegExp): boolean {
  return stage.lines.some(({ text }) => pattern.test(text))
}
