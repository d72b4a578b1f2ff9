import type { RunIdentity } from '../model.ts'

/**
 * Who launches, as the runner tells it.
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
