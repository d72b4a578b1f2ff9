import type { RunIdentity } from '../model.ts'

/** This action's repository at the version that runs, as a URL; undefined where the step uses a folder. */
export function sourceUrl(env: NodeJS.ProcessEnv): string | undefined {
  const { GITHUB_SERVER_URL = 'https://github.com', GITHUB_ACTION_REPOSITORY, GITHUB_ACTION_REF } = env
  if (!GITHUB_ACTION_REPOSITORY || !GITHUB_ACTION_REF) return undefined
  return `${GITHUB_SERVER_URL}/${GITHUB_ACTION_REPOSITORY}/blob/${GITHUB_ACTION_REF}`
}

/**
 * Who launches, by the runner's variables.
 * @param nonce random, one for each run of the step
 */
export async function readRunIdentity(nonce: string): Promise<RunIdentity> {
  // It reads the environment when it is loaded.
  const { context } = await import('@actions/github')
  // Not set on a developer's machine, and then `context.repo` throws.
  const repository = process.env.GITHUB_REPOSITORY || 'local/local'
  return {
    repository,
    runUrl: `${context.serverUrl}/${repository}/actions/runs/${context.runId || 0}/attempts/${context.runAttempt || 1}`,
    actor: context.actor ?? '',
    commit: context.sha ?? '',
    nonce,
  }
}
