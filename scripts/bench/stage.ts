/** Steps of the built action against a local AWS, with what is needed to time them. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { ECSClient } from '@aws-sdk/client-ecs'
import { baseDefinition, briskTiming, defaultInputs, goodNetwork, group, image } from '../../__tests__/faults/stage.ts'
import { ec2 } from '../../local/aws/ec2.ts'
import { ecr } from '../../local/aws/ecr.ts'
import { type LocalAws, type LocalAwsOptions, startLocalAws, type Timing } from '../../local/aws/index.ts'
import { network } from '../../local/aws/network/world.ts'
import { type ActionRequest, runAction, type StepRun } from '../../local/runner/run-action.ts'

/** How the measuring is done, the same for all parts. */
export interface Bench {
  /** The folder with action.yml and dist/. */
  readonly root: string
  /** The Node that runs the action; the local AWS and the references run in this process. */
  readonly node: string
  /** Fewer and shorter runs. */
  readonly quick: boolean
  /** Says on the screen what goes on. */
  readonly say: (text: string) => void
}

export interface Stage {
  readonly aws: LocalAws
  /** Clients as the references use them. */
  readonly ecs: ECSClient
  readonly logs: CloudWatchLogsClient
  readonly timing: Timing
  /** One step of the action; inputs besides those that every step needs. */
  step(inputs: Readonly<Record<string, string>>, more?: Partial<ActionRequest>): Promise<StepRun>
  close(): Promise<void>
}

/** As on AWS where it matters here: the exit is seen late, lines later still, and STOPPED comes 10 s after the exit. */
const TIMING: Timing = { ...briskTiming, logLag: 1_500 }

interface StageOptions {
  /** Shell script of the container. */
  readonly script: string
  readonly timing?: Partial<Timing>
  readonly aws?: Partial<LocalAwsOptions>
}

export async function openStage({ root, node }: Bench, options: StageOptions): Promise<Stage> {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'
  // Each step listens to this process's exit.
  process.setMaxListeners(0)
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const images = { [image]: { folder } }
  const timing = { ...TIMING, ...options.timing }
  const world = network(goodNetwork)
  const services = [ec2(() => world), ecr(() => ({ images }))]
  const aws = await startLocalAws({ images, services, timing, journalFolder: false, ...options.aws })
  aws.seedLogGroup(group)
  aws.seedTaskDefinition(baseDefinition(options.script))
  const client = {
    endpoint: aws.url,
    region: aws.region,
    credentials: { accessKeyId: 'AKIAREFERENCE0000000', secretAccessKey: 'none' },
  }
  const ecs = new ECSClient(client)
  const logs = new CloudWatchLogsClient(client)
  return {
    aws,
    ecs,
    logs,
    timing,
    step: (inputs, more = {}) =>
      runAction({
        root,
        node,
        ...more,
        inputs: { ...defaultInputs, ...inputs },
        env: { ...aws.environment, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', ...more.env },
      }),
    async close() {
      ecs.destroy()
      logs.destroy()
      await aws.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** When a step's process had ended, ms since 1970. */
export function endOf(run: StepRun): number {
  return run.startedAt.getTime() + run.durationMs
}

/** @throws when a step did not end as it must: a number measured on it would mean nothing */
export function mustSucceed(run: StepRun): StepRun {
  if (run.conclusion === 'success') return run
  throw new Error(`The step did not succeed:\n${run.lines.map(({ text }) => text).join('\n')}`)
}
