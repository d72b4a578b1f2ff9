import type { LocalAws } from '../aws/index.ts'
import { repositoryRoot } from '../repository.ts'
import { logPrinter } from '../runner/print.ts'
import { type LogLine, runAction, type StepRun } from '../runner/run-action.ts'
import { summaryText } from '../runner/summary-text.ts'
import { NAMES, type Shop, type TableCounts } from '../shop.ts'
import type { DemoOptions } from './options.ts'
import { type Check, chapter, quote, type Screen, showChecks, showCounts } from './screen.ts'

/** One workflow step of the story, and how it must end. */
export interface Scene {
  readonly title: string
  readonly story: readonly string[]
  readonly databases: readonly string[]
  readonly inputs: Readonly<Record<string, string>>
  /** `as it was`: whatever happens, the step must say what really happened. */
  readonly ends: 'succeeded' | 'nothing to do' | 'failed' | 'refused' | 'dry run' | 'cancelled' | 'as it was'
}

/** What stays the same from scene to scene. */
export interface Stage {
  readonly shop: Shop
  readonly screen: Screen
  readonly options: DemoOptions
  /** Ctrl-C. */
  readonly interrupted: AbortSignal
}

/** Plays a scene and shows it. @returns whether it ended as it must */
export async function play(stage: Stage, scene: Scene): Promise<boolean> {
  const { screen, shop } = stage
  chapter(screen, scene.title, ...scene.story)
  const before = await shop.tableCounts()
  const seen = { containers: shop.aws.containers.length, calls: shop.aws.journal.length }
  const step = await runStep(stage, scene)
  if (stage.interrupted.aborted) return false
  const after = await shop.tableCounts()
  if (step.summary !== undefined) {
    screen.write('')
    screen.write('The job summary, on the page of the run:')
    quote(screen, summaryText(step.summary))
  }
  screen.write('')
  showCounts(screen, before, after)
  screen.write('')
  const checks = judge(scene, {
    step,
    before,
    after,
    containers: shop.aws.containers.slice(seen.containers),
    calls: shop.aws.journal.slice(seen.calls),
  })
  showChecks(screen, checks)
  return checks.every(({ held }) => held)
}

async function runStep(stage: Stage, scene: Scene): Promise<StepRun> {
  const { shop, options, interrupted, screen } = stage
  const cancel = new AbortController()
  const print = logPrinter({
    write: (line) => quote(screen, line),
    colour: screen.colour,
    timestamps: options.timestamps,
    unfolded: options.verbose,
  })
  const cancelTimer = options.cancelAfter === undefined ? undefined : cancelLater(shop, options.cancelAfter, cancel)
  try {
    return await runAction({
      root: repositoryRoot(),
      uses: 'org/run-ecs-migration@v1',
      inputs: {
        'image-uri': NAMES.image,
        'database-name': scene.databases.join(', '),
        'task-definition': NAMES.taskDefinition,
        cluster: NAMES.cluster,
        subnets: NAMES.subnets.join(','),
        'security-groups': NAMES.securityGroup,
        ...scene.inputs,
        ...options.inputs,
      },
      env: shop.aws.environment,
      secrets: secretsOf(shop.aws.environment),
      debug: options.debug,
      cancel: AbortSignal.any([interrupted, cancel.signal]),
      onLine: (line: LogLine) => print(line),
    })
  } finally {
    clearInterval(cancelTimer)
  }
}

function cancelLater(shop: Shop, seconds: number, cancel: AbortController): NodeJS.Timeout {
  const known = shop.aws.containers.length
  return setInterval(() => {
    const started = shop.aws.containers[known]?.startedAt
    if (started !== undefined && shop.aws.now() - started > seconds * 1000) cancel.abort()
  }, 50)
}

function secretsOf(environment: Readonly<Record<string, string>>): string[] {
  return Object.entries(environment).flatMap(([name, value]) => (/SECRET|TOKEN/.test(name) ? [value] : []))
}

interface Result {
  readonly step: StepRun
  readonly before: TableCounts
  readonly after: TableCounts
  /** Those that ran, as they really ran. */
  readonly containers: LocalAws['containers']
  /** What the AWS was asked. */
  readonly calls: LocalAws['journal']
}

/** What must hold, in words for the reader. */
function judge(scene: Scene, result: Result): Check[] {
  return [
    ...ENDINGS[scene.ends](scene, result),
    ...givenDatabase(scene, result),
    ...untouched(scene, result),
    ...cleanedUp(result),
  ]
}

const ENDINGS: Readonly<Record<Scene['ends'], (scene: Scene, result: Result) => Check[]>> = {
  succeeded: ({ databases }, { step, before, after }) => [
    { text: 'the step passed', held: step.conclusion === 'success' && step.outputs.outcome === 'succeeded' },
    ...databases.map((database) => ({
      text: `${database} has its tables`,
      held: (after[database] ?? 0) > (before[database] ?? 0),
    })),
  ],
  'nothing to do': ({ databases }, { step, before, after }) => [
    { text: 'the step passed', held: step.conclusion === 'success' && step.outputs.outcome === 'succeeded' },
    {
      text: 'the log says that there was nothing to apply',
      held: linesWith(step, 'No migrations to apply').length === databases.length,
    },
    { text: 'no table has changed', held: sameCounts(before, after) },
  ],
  failed: (_, { step, before, after }) => [
    { text: 'the step FAILED, as it must', held: step.conclusion === 'failure' && step.outputs.outcome === 'failed' },
    { text: "the exit code is the container's: 1", held: step.outputs['exit-code'] === '1' },
    { text: "the log has PostgreSQL's reason", held: logged(step, 'could not create unique index') },
    { text: 'the failed migration was rolled back: no table has changed', held: sameCounts(before, after) },
  ],
  refused: (_, { step, containers, calls }) => [
    { text: 'the step FAILED, as it must', held: step.conclusion === 'failure' && step.outputs.outcome === 'refused' },
    { text: 'it names the subnet', held: logged(step, NAMES.subnets[0]) },
    { text: 'no container was started, and nobody had to wait for one', held: containers.length === 0 },
    { text: 'nothing was registered', held: !calls.some(({ operation }) => operation === 'RegisterTaskDefinition') },
  ],
  'dry run': (_, { step, before, after, containers }) => [
    { text: 'the step passed', held: step.conclusion === 'success' && step.outputs.outcome === 'dry-run' },
    { text: 'no container was started', held: containers.length === 0 },
    { text: 'no table has changed', held: sameCounts(before, after) },
  ],
  cancelled: (_, { step, containers }) => [
    { text: 'the step was cancelled', held: step.conclusion === 'cancelled' },
    { text: 'the container was stopped', held: containers.every(({ exitedAt }) => exitedAt !== undefined) },
  ],
  'as it was': (_, { step, containers }) => [
    {
      text: `the step ${step.conclusion === 'success' ? 'passed' : 'failed'}, and the container exited ${containers.map(({ exitCode }) => exitCode).join(', ')}`,
      held: (step.conclusion === 'success') === containers.every(({ exitCode }) => exitCode === 0),
    },
  ],
}

/** A database named in the step but not in the container is how three runs once migrated the same one. */
function givenDatabase({ databases }: Scene, { containers }: Result): Check[] {
  return containers.map(({ environment: { DATABASE_NAME = 'nothing' } }) => ({
    text: `the container was given DATABASE_NAME=${DATABASE_NAME}`,
    held: databases.includes(DATABASE_NAME),
  }))
}

/** The other tenants' databases. */
function untouched({ databases }: Scene, { before, after }: Result): Check[] {
  return Object.keys(after)
    .filter((database) => !databases.includes(database))
    .map((database) => ({ text: `${database} is untouched`, held: before[database] === after[database] }))
}

function cleanedUp({ calls }: Result): Check[] {
  const done = (operation: string): number =>
    calls.filter((call) => call.operation === operation && call.outcome?.status === 200).length
  const clones = done('RegisterTaskDefinition')
  if (clones === 0) return []
  return [
    { text: 'the clone of the task definition is deregistered', held: done('DeregisterTaskDefinition') === clones },
  ]
}

function linesWith(step: StepRun, text: string): readonly LogLine[] {
  return step.lines.filter((line) => line.text.includes(text))
}

function logged(step: StepRun, text: string): boolean {
  return linesWith(step, text).length > 0
}

function sameCounts(before: TableCounts, after: TableCounts): boolean {
  return Object.entries(after).every(([database, count]) => before[database] === count)
}
