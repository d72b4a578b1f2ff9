/** Plays a story's table against an account, row by row. */
import { mkdtempSync, rmSync } from 'node:fs'
import type { ClientRequest } from 'node:http'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { ECSClient } from '@aws-sdk/client-ecs'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import type { AgentConnectOpts } from 'agent-base'
import { HttpsProxyAgent } from 'https-proxy-agent'
import type { Authority } from '../local/certificate.ts'
import { repositoryRoot } from '../local/repository.ts'
import { runAction, type StepRun } from '../local/runner/run-action.ts'
import type { Account } from './account.ts'
import { type Exchange, type Recorder, startRecorder } from './recorder.ts'
import {
  type ActionStep,
  type Asked,
  type Assumed,
  type Evidence,
  isQuestion,
  type Question,
  type Row,
  type Seen,
  type Story,
} from './story.ts'

export interface Played {
  readonly rows: readonly Row[]
  /** Of each step, what it asked and was answered. */
  readonly exchanges: readonly Exchange[]
  /** Lines of each step of the action, its post step's too, by the step's name. */
  readonly logs: ReadonlyMap<string, readonly string[]>
}

/** Of a step that is not as assumed, so many are shown. */
const LAST_LINES = 80

interface Stage {
  readonly account: Account
  readonly authority: Authority
  readonly story: Story
  readonly interrupted: AbortSignal
  readonly earlier: StepRun[]
  readonly exchanges: Exchange[]
  readonly logs: Map<string, readonly string[]>
}

export async function play(
  story: Story,
  account: Account,
  authority: Authority,
  interrupted: AbortSignal,
): Promise<Played> {
  const stage: Stage = { account, authority, story, interrupted, earlier: [], exchanges: [], logs: new Map() }
  const rows: Row[] = []
  for (const entry of story.steps) {
    if (interrupted.aborted) break
    const steps = Array.isArray(entry) ? (entry as readonly ActionStep[]) : [entry as ActionStep | Question]
    rows.push(...(await Promise.all(steps.map((step) => playStep(stage, step)))).flat())
  }
  return { rows, exchanges: stage.exchanges, logs: stage.logs }
}

async function playStep(stage: Stage, step: ActionStep | Question): Promise<readonly Row[]> {
  const { account, authority, story } = stage
  const recorder = await startRecorder({ authority, now: account.now, ...account.leads })
  try {
    if (!isQuestion(step)) return await playAction(stage, step, recorder)
    const seen = await step.seen(await asking(stage, recorder))
    return [row(story, step.ask, 'answer', step.assumed, seen, step.settles)]
  } catch (error) {
    // The other stories go on.
    const what = isQuestion(step) ? step.ask : step.step
    return [row(story, what, 'played', 'to its end', String(error), step.settles ?? [])]
  } finally {
    stage.exchanges.push(...recorder.exchanges)
    await recorder.close()
  }
}

async function playAction(stage: Stage, step: ActionStep, recorder: Recorder): Promise<readonly Row[]> {
  // Kept until the rows are read: the full log is in it.
  const jobFolder = mkdtempSync(join(tmpdir(), 'acceptance-'))
  try {
    return await rowsOf(stage, step, recorder, await runStep(stage, step, recorder, jobFolder))
  } finally {
    rmSync(jobFolder, { recursive: true, force: true })
  }
}

async function rowsOf(stage: Stage, step: ActionStep, recorder: Recorder, run: StepRun): Promise<readonly Row[]> {
  stage.earlier.push(run)
  stage.logs.set(step.step, [...run.lines, ...(run.post?.lines ?? [])].map(({ text }) => text).slice(-LAST_LINES))
  const evidence: Evidence = { ...(await asking(stage, recorder)), run, exchanges: [...recorder.exchanges] }
  const rows: Row[] = []
  for (const [what, expected] of Object.entries(step.expect)) {
    const isSeen = typeof expected === 'object' && 'seen' in expected
    const assumed = isSeen ? (expected as Seen).assumed : (expected as Assumed)
    const seen = isSeen ? await (expected as Seen).seen(evidence) : look(what, assumed, run)
    rows.push(row(stage.story, step.step, what, assumed, seen, step.settles ?? []))
  }
  return rows
}

function row(
  { id }: Story,
  step: string,
  what: string,
  assumed: Assumed,
  seen: string,
  settles: readonly string[],
): Row {
  const same = typeof assumed === 'string' ? assumed === seen : assumed.test(seen)
  return { story: id, step, what, assumed: String(assumed), seen, same, settles }
}

function look(what: string, assumed: Assumed, run: StepRun): string {
  if (what === 'step') return run.conclusion
  if (what === 'log') return line(run.lines, assumed)
  if (what === 'post log') return line(run.post?.lines ?? [], assumed)
  if (what === 'summary')
    return line(
      (run.summary ?? '').split('\n').map((text) => ({ text })),
      assumed,
    )
  return run.outputs[what] ?? '(not set)'
}

function line(lines: readonly { readonly text: string }[], assumed: Assumed): string {
  const found = lines.find(({ text }) => (typeof assumed === 'string' ? text === assumed : assumed.test(text)))
  return found?.text ?? `(no such line of ${lines.length})`
}

async function asking({ account, authority, story, earlier }: Stage, recorder: Recorder): Promise<Asked> {
  const { names } = account
  const httpsAgent = new Recorded(recorder.url, authority.ca)
  const config = {
    region: names.region,
    credentials: account.credentials,
    requestHandler: new NodeHttpHandler({ httpsAgent }),
  }
  return {
    names,
    ecs: new ECSClient(config),
    logs: new CloudWatchLogsClient(config),
    sleep: account.sleep,
    now: account.now,
    story: story.id,
    earlier,
  }
}

/** Through the recorder, whose authority is believed. */
class Recorded extends HttpsProxyAgent<string> {
  private readonly ca: Buffer

  constructor(url: string, ca: Buffer) {
    super(url)
    this.ca = ca
  }

  override connect(request: ClientRequest, options: AgentConnectOpts): Promise<Socket> {
    return super.connect(request, { ...options, ca: this.ca } as AgentConnectOpts)
  }
}

async function runStep(stage: Stage, step: ActionStep, recorder: Recorder, jobFolder: string): Promise<StepRun> {
  const { account, authority, story, interrupted } = stage
  const { names } = account
  const happens = { cancel: new AbortController(), kill: new AbortController() }
  if (step.loses !== undefined) recorder.lose(step.loses)
  const identity = await account.identity(step.role ?? 'infra')
  const pace = account.pace()
  const own = typeof step.inputs === 'function' ? step.inputs(names) : step.inputs
  const acts = typeof step.acts === 'function' ? step.acts(names) : step.acts
  return runAction({
    ...identity,
    ...pace,
    ...step.job,
    jobFolder,
    root: repositoryRoot(),
    inputs: {
      'aws-region': names.region,
      'image-uri': names.image,
      'database-name': story.id,
      'task-definition': names.family,
      cluster: names.cluster,
      subnets: names.subnets.join(','),
      'security-groups': names.securityGroup,
      ...(acts === undefined ? {} : { command: `act ${acts}` }),
      ...identity.inputs,
      ...own,
    },
    env: {
      ...identity.env,
      ...pace.env,
      HTTPS_PROXY: recorder.url,
      NODE_EXTRA_CA_CERTS: authority.caFile,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
    cancel: AbortSignal.any([interrupted, happens.cancel.signal]),
    kill: happens.kill.signal,
    onLine: ({ text }) => {
      if (step.on?.line.test(text)) happens[step.on.happens].abort()
    },
  })
}
