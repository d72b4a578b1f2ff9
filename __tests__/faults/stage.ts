/** One step of the built action against a local AWS, and everything that can be known of it afterwards. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { ContainerDefinition, RegisterTaskDefinitionCommandInput, Task } from '@aws-sdk/client-ecs'
import { ec2 } from '../../local/aws/ec2.ts'
import { ecr } from '../../local/aws/ecr.ts'
import {
  type ContainerRun,
  type FaultSpec,
  type JournalEntry,
  type LocalAws,
  type LocalAwsOptions,
  startLocalAws,
  type Timing,
} from '../../local/aws/index.ts'
import { type NetworkSketch, network } from '../../local/aws/network/world.ts'
import { repositoryRoot } from '../../local/repository.ts'
import { type ActionRequest, runAction, type StepRun } from '../../local/runner/run-action.ts'

/** Names in this small world. */
export const family = 'shop-migration'
export const group = '/ecs/shop-migration'
export const accountId = '123456789012'
const registry = `${accountId}.dkr.ecr.us-east-1.amazonaws.com`
export const image = `${registry}/shop`
/** Of another repository than the application's. */
export const sidecarImage = `${registry}/tools/sidecar`

/** A world: an AWS, its pace, and the definition that migrations are cloned from. */
export interface World {
  /** Shell script of the container `app`. */
  readonly container?: string
  /** Changes the definition that is seeded. */
  readonly definition?: (definition: RegisterTaskDefinitionCommandInput) => RegisterTaskDefinitionCommandInput
  readonly aws?: Partial<LocalAwsOptions>
  /** Private subnets with a NAT gateway when absent. */
  readonly network?: NetworkSketch
  readonly timing?: Partial<Timing>
  /** How many times faster than real time; 1 when absent. */
  readonly scale?: number
  readonly faults?: readonly FaultSpec[]
  /** Files of the image, by name. */
  readonly files?: Readonly<Record<string, string | Buffer>>
  readonly arrange?: (aws: LocalAws) => void
}

/** A step of the action in it. */
export interface Step {
  readonly inputs?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  readonly runner?: Partial<ActionRequest>
  /** The job has `id-token: write`. */
  readonly idToken?: boolean
  /** What happens when something has come about. */
  readonly events?: readonly Event[]
}

export interface Event {
  readonly when: (aws: LocalAws) => boolean
  /** Milliseconds of the world after that. */
  readonly after?: number
  /** Cancel the step, kill it, or anything else. */
  readonly happens: Signal | ((aws: LocalAws, step: RunningStep) => void)
}

export type Signal = 'cancel' | 'kill'

/** A step that runs, for the events of a world. */
export interface RunningStep {
  /** Holds the runner's command files, below `_temp`. */
  readonly jobFolder: string
  /** Where the containers of this world work. */
  readonly imageFolder: string
  send(signal: Signal): void
}

export type Story = World & Step

/** A world that is open: steps can be run in it, at once too. */
export interface OpenWorld {
  readonly aws: LocalAws
  readonly pace: Pace
  run(step: Step): Promise<StepEvidence>
  /** So much of the world's time passes at once, for AWS and for the steps that are run from then on. */
  pass(ms: number): void
  /** Containers that wait with {@link untilOpened} go on, now and later. */
  openGate(): void
  closeGate(): void
  evidence(): Promise<Evidence>
  close(): Promise<void>
}

export interface Pace {
  readonly scale: number
  /** ms since 1970, where scaled and real time meet. */
  readonly origin: number
}

/** What really happened, whoever knows it. */
export interface Evidence {
  readonly journal: readonly JournalEntry[]
  readonly containers: readonly ContainerRun[]
  /** Tasks as ECS has them at the end, by ARN. */
  readonly tasks: ReadonlyMap<string, Task>
  /** Every line that CloudWatch has of a task's container `app`, by task ARN. */
  readonly logs: ReadonlyMap<string, readonly string[]>
  readonly timing: Timing
}

/** What a step made of it. */
export interface StepEvidence {
  readonly run: StepRun
  readonly inputs: Readonly<Record<string, string>>
  readonly pace: Pace
  /** Times on the world's clock. */
  readonly startedAt: number
  readonly endedAt: number
  /** The longest that this process, and so most likely the step's as well, had to wait for the machine: real ms. */
  readonly stalledMs: number
  /** When the step was cancelled or killed. */
  readonly signalledAt?: number
  readonly signal?: Signal
  /** Distinguishes its requests from those of other steps in the same world. */
  readonly accessKeyId: string
  /** Content of the file that the output log-file, or results, names for each database. */
  readonly logFiles: ReadonlyMap<string, string>
}

/** Quick, yet every state is gone through; the exit is shown a moment after it happened. */
export const briskTiming: Timing = {
  provisioning: 600,
  pending: 400,
  activating: 200,
  deactivating: 50,
  stopping: 50,
  deprovisioning: 10_000,
  deleted: 0,
  exitLag: 600,
  stopCodeLag: 0,
  streamLag: 100,
  logLag: 2_500,
  listLag: 300,
  describeLag: 200,
  tokenKept: 60 * 60_000,
}

export const baseDefinition = (script: string): RegisterTaskDefinitionCommandInput => ({
  family,
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: '256',
  memory: '512',
  executionRoleArn: `arn:aws:iam::${accountId}:role/execution`,
  containerDefinitions: [
    {
      name: 'app',
      image: `${image}:1.2.2`,
      essential: true,
      command: ['sh', '-c', script],
      environment: [{ name: 'STAGE', value: 'production' }],
      logConfiguration: logConfiguration('migration'),
    },
  ],
})

/** Changes every container of a definition; for {@link World.definition}. */
export const inEachContainer =
  (change: ContainerDefinition) =>
  (definition: RegisterTaskDefinitionCommandInput): RegisterTaskDefinitionCommandInput => ({
    ...definition,
    containerDefinitions: definition.containerDefinitions?.map((container) => ({ ...container, ...change })),
  })

export const logConfiguration = (prefix: string) => ({
  logDriver: 'awslogs' as const,
  options: { 'awslogs-group': group, 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': prefix },
})

/** Private subnets that reach AWS through a NAT gateway. */
export const goodNetwork: NetworkSketch = {
  subnets: { 'subnet-0a1b2c3d': { routeTable: 'rtb-private' }, 'subnet-0public': { routeTable: 'rtb-public' } },
  routeTables: { 'rtb-private': ['0.0.0.0/0 nat-1'], 'rtb-public': ['0.0.0.0/0 igw-1'] },
  nats: { 'nat-1': { subnet: 'subnet-0public' } },
  securityGroups: { 'sg-0a1b2c3d': {} },
}

/** Shell: a container waits here, however slow the machine is, until the test opens the gate of its world. */
export const untilOpened = 'until [ -e open ]; do sleep 0.1 & wait; done'

const gateIn = (imageFolder: string): string => join(imageFolder, 'open')
const openGateIn = (imageFolder: string): void => writeFileSync(gateIn(imageFolder), '')

/** An event opens the gate. */
export const opensGate: Event['happens'] = (_, { imageFolder }) => openGateIn(imageFolder)

/** Source of a pattern: a duration as a step prints it. */
export const aDuration = String.raw`(?:\d+ min(?: \d+ s)?|\d+ s)`

/** The folder whose action.yml and dist/ are run; another one's where a mutation is tried. */
export const actionRoot = (): string => process.env.ACTION_ROOT ?? repositoryRoot()

export const defaultInputs = {
  'image-uri': `${image}:1.2.3`,
  'database-name': 'shop_prod',
  'task-definition': family,
  subnets: 'subnet-0a1b2c3d',
  'security-groups': 'sg-0a1b2c3d',
}

/** What a step calls for one database, checks apart. */
export const callsOfAStep = [
  'DescribeTaskDefinition',
  'RegisterTaskDefinition',
  'ListTasks',
  'RunTask',
  'DescribeTasks',
  'GetLogEvents',
  'DeregisterTaskDefinition',
] as const

/** Plays one step in a world of its own. */
export async function play(story: Story): Promise<{ readonly step: StepEvidence; readonly evidence: Evidence }> {
  const world = await openWorld(story)
  try {
    const step = await world.run(story)
    return { step, evidence: await world.evidence() }
  } finally {
    await world.close()
  }
}

export async function openWorld(story: World): Promise<OpenWorld> {
  let pace: Pace = { scale: story.scale ?? 1, origin: Date.now() }
  const folder = mkdtempSync(join(tmpdir(), 'world-'))
  for (const [name, content] of Object.entries(story.files ?? {})) writeFileSync(join(folder, name), content)
  // Each server and each step listens to this process's exit.
  process.setMaxListeners(100)
  const timing = { ...briskTiming, ...story.timing }
  const images = { [image]: { folder }, [sidecarImage]: { folder } }
  const world = network(story.network ?? goodNetwork)
  const aws = await startLocalAws({
    images,
    services: [ec2(() => world), ecr(() => ({ images }))],
    enforceRates: true,
    ...story.aws,
    timing,
    timeScale: pace.scale,
    timeOrigin: pace.origin,
  })
  aws.seedLogGroup(group)
  const definition = baseDefinition(story.container ?? 'echo "Applying 0001_initial... OK"')
  aws.seedTaskDefinition(story.definition?.(definition) ?? definition)
  story.arrange?.(aws)
  for (const fault of story.faults ?? []) aws.faults.add(fault)
  const jobs: string[] = []
  return {
    aws,
    get pace() {
      return pace
    },
    pass: (ms) => {
      if (pace.scale === 1) throw new Error('Only in a world that is faster than real time can time pass at once')
      aws.pass(ms)
      pace = { ...pace, origin: pace.origin + ms / (1 - pace.scale) }
    },
    run: (step) => {
      const jobFolder = mkdtempSync(join(tmpdir(), 'job-'))
      jobs.push(jobFolder)
      return runStep(
        aws,
        pace,
        { ...step, env: { AWS_ACCESS_KEY_ID: accessKeyOf(jobs.length), ...step.env } },
        { jobFolder, imageFolder: folder },
      )
    },
    openGate: () => openGateIn(folder),
    closeGate: () => rmSync(gateIn(folder), { force: true }),
    evidence: () => gather(aws, timing),
    close: async () => {
      await aws.close()
      for (const path of [folder, ...jobs]) rmSync(path, { recursive: true, force: true })
    },
  }
}

const accessKeyOf = (step: number): string => `AKIASTEP${String(step).padStart(12, '0')}`

async function runStep(
  aws: LocalAws,
  pace: Pace,
  step: Step,
  folders: Omit<RunningStep, 'send'>,
): Promise<StepEvidence> {
  const inputs = { ...defaultInputs, ...step.inputs }
  const controllers = { cancel: new AbortController(), kill: new AbortController() }
  const signal: { at?: number; kind?: Signal } = {}
  const over = new AbortController()
  const send = (kind: Signal): void => {
    signal.at ??= aws.now()
    signal.kind ??= kind
    controllers[kind].abort()
  }
  for (const event of step.events ?? []) {
    void watchFor(aws, event, over.signal, (what) => {
      if (typeof what === 'function') what(aws, { ...folders, send })
      else send(what)
    })
  }
  const startedAt = aws.now()
  const stalls = monitorEventLoopDelay({ resolution: 10 })
  stalls.enable()
  const run = await runAction({
    root: actionRoot(),
    inputs,
    jobFolder: folders.jobFolder,
    nodeArguments: pace.scale === 1 ? [] : ['--import', join(repositoryRoot(), 'scripts/preload-time.mjs')],
    cancel: controllers.cancel.signal,
    kill: controllers.kill.signal,
    timeScale: pace.scale,
    ...(step.idToken && { idToken: idTokenOf(aws) }),
    ...step.runner,
    env: {
      ...aws.environment,
      TIME_SCALE: String(pace.scale),
      TIME_ORIGIN: String(pace.origin),
      ...step.env,
      ...step.runner?.env,
    },
  })
  over.abort()
  stalls.disable()
  return {
    run,
    inputs,
    pace,
    accessKeyId: step.env?.AWS_ACCESS_KEY_ID ?? '',
    startedAt,
    stalledMs: stalls.max / 1e6,
    endedAt: worldTime(pace, run.startedAt.getTime() + run.durationMs),
    logFiles: readLogFiles(run),
    ...(signal.at !== undefined && { signalledAt: signal.at }),
    ...(signal.kind !== undefined && { signal: signal.kind }),
  }
}

function idTokenOf({ oidcEnvironment }: LocalAws): { readonly url: string; readonly token: string } {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url = '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: token = '' } = oidcEnvironment
  return { url, token }
}

/** A real moment (ms since 1970) on the world's clock. */
export const worldTime = ({ scale, origin }: Pace, real: number): number => origin + (real - origin) * scale

const lookEveryMs = 5

async function watchFor(
  aws: LocalAws,
  event: Event,
  over: AbortSignal,
  happen: (what: Event['happens']) => void,
): Promise<void> {
  while (!over.aborted && !event.when(aws)) await realPause(lookEveryMs)
  const from = aws.now()
  while (!over.aborted && aws.now() < from + (event.after ?? 0)) await realPause(lookEveryMs)
  if (!over.aborted) happen(event.happens)
}

const realPause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

interface Result {
  readonly database: string
  readonly logFile?: string
}

function readLogFiles({ outputs }: StepRun): ReadonlyMap<string, string> {
  const results = JSON.parse(outputs.results ?? '[]') as readonly Result[]
  return new Map(
    results.flatMap(({ database, logFile }) =>
      logFile === undefined ? [] : [[database, readFileSync(logFile, 'utf8')] as const],
    ),
  )
}

/** Asked after the steps; the questions themselves are no part of the evidence. */
async function gather(aws: LocalAws, timing: Timing): Promise<Evidence> {
  const journal = [...aws.journal]
  const containers = aws.containers.map((container) => ({ ...container }))
  const arns = new Set(journal.flatMap((entry) => tasksIn(entry)))
  const tasks = new Map([...arns].flatMap((arn) => (aws.task(arn) ? [[arn, aws.task(arn) as Task] as const] : [])))
  aws.faults.clear()
  const logs = new Map<string, readonly string[]>()
  for (const arn of arns) {
    const own = await readLog(aws, arn, 'migration')
    // Where the input log-group sends it.
    logs.set(arn, own.length > 0 ? own : await readLog(aws, arn, 'run-ecs-migration'))
  }
  return { journal, containers, tasks, logs, timing }
}

/** ARNs of the tasks that a RunTask really started, whether or not its caller learnt of them. */
export function tasksIn({ operation, outcome }: JournalEntry): readonly string[] {
  if (operation !== 'RunTask') return []
  const { tasks = [] } = (outcome?.output ?? {}) as { readonly tasks?: readonly Task[] }
  return tasks.flatMap(({ taskArn }) => (taskArn === undefined ? [] : [taskArn]))
}

/** All events that can be read now, by the protocol itself. */
async function readLog(aws: LocalAws, taskArn: string, prefix: string): Promise<readonly string[]> {
  const id = taskArn.split('/').at(-1)
  const messages: string[] = []
  for (let nextToken: string | undefined; ; ) {
    const input = { logGroupName: group, logStreamName: `${prefix}/app/${id}`, startFromHead: true, nextToken }
    const answer = await fetch(aws.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'Logs_20140328.GetLogEvents',
        'x-amz-date': new Date(aws.now()).toISOString().replace(/[-:]|\.\d+/g, ''),
        authorization: `AWS4-HMAC-SHA256 Credential=AKIAWITNESS/20260101/${aws.region}/logs/aws4_request, SignedHeaders=host, Signature=none`,
      },
      body: JSON.stringify(input),
    })
    if (!answer.ok) {
      const refusal = await answer.text()
      if (refusal.includes('ResourceNotFoundException')) return messages
      if (!refusal.includes('ThrottlingException')) throw new Error(`The witness cannot read the log: ${refusal}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
      continue
    }
    const page = (await answer.json()) as { events: { message: string }[]; nextForwardToken: string }
    for (const { message } of page.events) messages.push(message)
    if (page.nextForwardToken === nextToken) return messages
    nextToken = page.nextForwardToken
  }
}

/** Whether an operation has arrived, and with `done` whether it has been worked on. */
export const called =
  (operation: string, done: 'arrived' | 'done' = 'done', times = 1) =>
  (aws: LocalAws): boolean =>
    aws.journal.filter((entry) => entry.operation === operation && (done === 'arrived' || entry.outcome !== undefined))
      .length >= times

/** Whether a container runs. */
export const containerRuns = (aws: LocalAws): boolean => aws.containers.some(({ exitedAt }) => exitedAt === undefined)

/** Whether ECS shows a task in a state. */
export const shows =
  (status: string) =>
  (aws: LocalAws): boolean =>
    aws.journal.flatMap(tasksIn).some((arn) => aws.task(arn)?.lastStatus === status)
