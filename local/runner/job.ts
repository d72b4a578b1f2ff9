import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { arch, tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

/** The folders of a job on the runner. */
export interface JobFolders {
  readonly root: string
  /** RUNNER_TEMP. */
  readonly temp: string
  readonly toolCache: string
  /** GITHUB_WORKSPACE. */
  readonly workspace: string
  readonly eventFile: string
  /** Deletes them, unless the caller had chosen where they are. */
  readonly remove: () => void
}

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'X64', arm64: 'ARM64', arm: 'ARM', ia32: 'X86' }

/** @param root an existing folder to use and leave; by default a temporary one */
export function makeJobFolders(root?: string): JobFolders {
  const home = root ?? mkdtempSync(join(tmpdir(), 'runner-'))
  const folders = {
    root: home,
    temp: join(home, '_temp'),
    toolCache: join(home, '_tool'),
    workspace: join(home, 'work'),
  }
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true })
  const workflowFolder = join(folders.temp, '_github_workflow')
  mkdirSync(workflowFolder, { recursive: true })
  const eventFile = join(workflowFolder, 'event.json')
  writeFileSync(eventFile, '{}\n')
  const remove = (): void => {
    if (root === undefined) rmSync(home, { recursive: true, force: true })
  }
  return { ...folders, eventFile, remove }
}

/** The `github` context of a plausible job, as far as a step sees it. Names as in the context, such as `run_id`. */
export function githubContext(
  folders: JobFolders,
  overrides: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return {
    action: '__run',
    actor: 'octocat',
    actor_id: '583231',
    api_url: 'https://api.github.com',
    base_ref: '',
    event_name: 'workflow_dispatch',
    event_path: folders.eventFile,
    graphql_url: 'https://api.github.com/graphql',
    head_ref: '',
    job: 'migrate',
    ref: 'refs/heads/main',
    ref_name: 'main',
    ref_protected: 'true',
    ref_type: 'branch',
    repository: 'startupwebapp/backend',
    repository_id: '701234567',
    repository_owner: 'startupwebapp',
    repository_owner_id: '90123456',
    retention_days: '90',
    run_attempt: '1',
    run_id: '16512345678',
    run_number: '42',
    server_url: 'https://github.com',
    sha: '3f2a1c9d8e7b6a5f4e3d2c1b0a9f8e7d6c5b4a39',
    triggering_actor: 'octocat',
    workflow: 'Migrate',
    workflow_ref: 'startupwebapp/backend/.github/workflows/migrate.yml@refs/heads/main',
    workflow_sha: '3f2a1c9d8e7b6a5f4e3d2c1b0a9f8e7d6c5b4a39',
    workspace: folders.workspace,
    ...overrides,
  }
}

/** RUNNER_* as a job on a hosted Linux runner sees them. */
export function runnerEnvironment(folders: JobFolders, debug: boolean): Readonly<Record<string, string>> {
  return {
    RUNNER_ARCH: ARCHITECTURES[arch()] ?? 'X64',
    RUNNER_ENVIRONMENT: 'github-hosted',
    RUNNER_NAME: 'GitHub Actions 2',
    RUNNER_OS: process.platform === 'darwin' ? 'macOS' : 'Linux',
    RUNNER_TEMP: folders.temp,
    RUNNER_TOOL_CACHE: folders.toolCache,
    RUNNER_WORKSPACE: folders.root,
    ...(debug ? { RUNNER_DEBUG: '1' } : {}),
  }
}

/** What any process on the machine has. Nothing else of this one's environment reaches the step, no credentials above all. */
export function machineEnvironment(): Record<string, string> {
  const names = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'USER']
  return {
    ...Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))),
    // The runner's own Node is newer than this one may be, so that nobody sees the SDK's warning about old ones.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  }
}

/** PATH with what GITHUB_PATH added, the last first. */
export function prependPath(added: readonly string[], path: string): string {
  return [...added.toReversed(), path].filter((part) => part !== '').join(delimiter)
}
