import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { parse, stringify } from 'yaml'
import { tools } from '../acceptance/moto.ts'

/** Each action of a third party in our workflows, and what stands in for it. act plays actions/checkout itself. */
const standIns: Readonly<Record<string, string>> = {
  'aws-actions/configure-aws-credentials': 'configure-aws-credentials',
  'aws-actions/amazon-ecr-login': 'amazon-ecr-login',
  'aws-actions/amazon-ecs-render-task-definition': 'amazon-ecs-render-task-definition',
  'aws-actions/amazon-ecs-deploy-task-definition': 'amazon-ecs-deploy-task-definition',
  'docker/setup-buildx-action': 'setup-buildx-action',
  'docker/build-push-action': 'build-push-action',
  'actions/setup-python': 'setup-python',
}

const here = resolve('__tests__/workflows')

export const toolsVenv = join(tools, 'venv', 'bin')

/** What a repository gets that uses the published action: no sources, no node_modules. */
const publish = async (folder: string): Promise<void> => {
  await cp('action.yml', join(folder, 'action.yml'))
  await cp('dist', join(folder, 'dist'), { recursive: true })
  await mkdir(join(folder, '.github', 'workflows'), { recursive: true })
  await putWorkflow('.github/workflows/migrate.yml', join(folder, '.github', 'workflows', 'migrate.yml'))
}

/**
 * A workflow as act can run it without Docker: it does not know `concurrency.queue`, and a job's service is the
 * PostgreSQL that is there already, reached as the test says.
 */
const putWorkflow = async (from: string, to: string, adapted: Adapted = {}): Promise<void> => {
  const workflow = parse(await readFile(from, 'utf8')) as Workflow
  delete workflow.concurrency
  for (const [name, job] of Object.entries(workflow.jobs)) {
    // Two jobs have two services on GitHub; here they have two names on one server.
    if (job.services !== undefined) job.env = { ...job.env, ...adapted.database, DATABASE_NAME: name }
    for (const step of job.steps ?? []) adaptStep(step, adapted, name)
    delete job.services
    delete job.concurrency
  }
  await writeFile(to, stringify(workflow))
}

const adaptStep = (step: Step, { limitMinutes, commands, notesSummary }: Adapted, job: string): void => {
  const minutes = limitMinutes?.[job]
  const command = commands?.[step.name ?? '']
  if (minutes !== undefined && step.with !== undefined) step.with['task-timeout-minutes'] = minutes
  if (command !== undefined && step.with !== undefined) step.with.command = command
  if (notesSummary && step.name === 'Sum up')
    step.run += `sed -n -e '/^## /p' -e '/ verify /,/^$/p' "$GITHUB_STEP_SUMMARY" >> "$STAND_IN_LOG"\n`
}

interface Part {
  env?: Record<string, string>
  concurrency?: unknown
}

interface Step {
  readonly name?: string
  run?: string
  readonly with?: Record<string, unknown>
}

interface Workflow extends Part {
  readonly jobs: Readonly<Record<string, Part & { services?: unknown; readonly steps?: readonly Step[] }>>
}

interface Adapted {
  /** Variables of the jobs that have a service. */
  readonly database?: Readonly<Record<string, string>>
  /** The action's `task-timeout-minutes` in the steps of a job, by its name. */
  readonly limitMinutes?: Readonly<Record<string, number>>
  /** Heading and first table of the last job's summary are written beside what stand-ins write. */
  readonly notesSummary?: true
  /** The action's `command` in other words, by the name of the step. */
  readonly commands?: Readonly<Record<string, string>>
}

const run = async (command: string, args: readonly string[], folder: string, env = process.env) => {
  const child = spawn(command, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const output: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output.push(chunk))
  const [exitCode] = (await once(child, 'close').catch((cause: unknown) => {
    throw new Error(`${command} could not be started. scripts/infra/install-tools.sh installs it.`, { cause })
  })) as [number | null]
  return { exitCode, log: Buffer.concat(output).toString() }
}

export interface ActOptions extends Adapted {
  /** Path of the workflow in this repository. */
  readonly workflow: string
  readonly event?: 'workflow_dispatch' | 'push'
  /** As GitHub puts them into the event: text, also for booleans. */
  readonly inputs: Readonly<Record<string, string>>
  readonly variables: Readonly<Record<string, string>>
  /** Variables of every step, such as AWS_ENDPOINT_URL. */
  readonly environment: Readonly<Record<string, string>>
  readonly secrets?: Readonly<Record<string, string>>
  /** Folder of what the repository holds, besides the workflow. */
  readonly project?: string
  /** Files of it that somebody has changed or added, with their text. */
  readonly files?: Readonly<Record<string, string>>
  /** The published action itself as the working copy, for `uses: ./`. */
  readonly inOwnRepository?: boolean
}

export interface ActRun {
  /** 0 where act calls every job a success. */
  readonly exitCode: number | null
  /** For the message of a failed test; nothing is judged by it. */
  readonly log: string
  /** What stand-ins and fixtures wrote, a line each. */
  readonly calls: readonly string[]
}

const repeated = (option: string, values: Readonly<Record<string, string>> = {}): readonly string[] =>
  Object.entries(values).flatMap(([name, value]) => [option, `${name}=${value}`])

/** Commit by which a workflow pins each action: act matches stand-ins by it. */
const pins = async (...workflows: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  const texts = await Promise.all(workflows.map((file) => readFile(file, 'utf8')))
  return new Map(
    texts.flatMap((text) =>
      [...text.matchAll(/uses: ([\w-]+\/[\w-]+)@([0-9a-f]{40})/g)].map(([, name = '', commit = '']) => [name, commit]),
    ),
  )
}

const replacements = async (workflow: string, published: string): Promise<readonly string[]> => {
  const found = [...(await pins(workflow, '.github/workflows/migrate.yml'))].flatMap(([name, commit]) => {
    if (name === 'actions/checkout') return []
    const standIn = standIns[name]
    if (standIn === undefined) throw new Error(`no stand-in for ${name} in __tests__/workflows/stand-ins`)
    return [`${name}@${commit}=${join(here, 'stand-ins', standIn)}`]
  })
  return [`org/run-ecs-migration@v1=${published}`, ...found].flatMap((value) => ['--local-repository', value])
}

/** The environment of act itself: nothing of an AWS account or a GitHub job that happens to be around. */
const actEnvironment = (folder: string): NodeJS.ProcessEnv => ({
  PATH: [join(tools, 'bin'), process.env.PATH, toolsVenv].join(delimiter),
  HOME: folder,
  XDG_CACHE_HOME: join(folder, 'cache'),
  XDG_CONFIG_HOME: join(folder, 'config'),
})

const gitOptions = ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'init.defaultBranch=main']

/** Runs a workflow by act, in a fresh repository that holds nothing else, on this machine. */
export const runWorkflow = async (options: ActOptions): Promise<ActRun> => {
  const folder = await mkdtemp(join(tmpdir(), 'run-ecs-migration-act-'))
  try {
    const published = join(folder, 'published')
    await publish(published)
    const repository = options.inOwnRepository ? published : join(folder, 'repository')
    await mkdir(join(repository, '.github', 'workflows'), { recursive: true })
    if (options.project !== undefined) await cp(options.project, repository, { recursive: true })
    for (const [name, text] of Object.entries(options.files ?? {})) await writeFile(join(repository, name), text)
    await putWorkflow(options.workflow, join(repository, '.github', 'workflows', 'workflow.yml'), options)
    const event = { inputs: options.inputs, repository: { default_branch: 'main' } }
    await writeFile(join(folder, 'event.json'), JSON.stringify(event))
    for (const command of [
      ['init', '--quiet'],
      ['add', '.'],
      ['commit', '--quiet', '--message', 'test'],
    ])
      await run('git', [...gitOptions, ...command], repository)
    const calls = join(folder, 'calls')
    await writeFile(calls, '')
    const environment = { ...options.environment, STAND_IN_LOG: calls }
    const result = await run(
      'act',
      [
        options.event ?? 'workflow_dispatch',
        ...['--workflows', join('.github', 'workflows', 'workflow.yml')],
        ...['--platform', 'ubuntu-latest=-self-hosted', '--no-cache-server', '--action-offline-mode'],
        ...['--eventpath', join(folder, 'event.json')],
        ...(await replacements(options.workflow, published)),
        ...repeated('--var', options.variables),
        ...repeated('--secret', options.secrets),
        ...repeated('--env', environment),
      ],
      repository,
      actEnvironment(folder),
    )
    const lines = (await readFile(calls, 'utf8')).split('\n').filter((line) => line !== '')
    return { ...result, calls: lines }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
