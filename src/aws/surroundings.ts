/** What AWS's tools would take from this job where nothing is given to them. */
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { ECSClient } from '@aws-sdk/client-ecs'
import type { Surroundings } from '../model.ts'

/** Each of them can lead to credentials (AWS SDKs and Tools Reference, "Standardized credential providers"). */
const CREDENTIAL_VARIABLES = [
  'AWS_ACCESS_KEY_ID',
  'AWS_PROFILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
]

/** The Region of the job and whether it can have credentials. Calls nobody, and never rejects. */
export async function surroundingsOf(env: NodeJS.ProcessEnv): Promise<Surroundings> {
  const region = env.AWS_REGION || (await new ECSClient({}).config.region().catch(() => undefined))
  return { ...(region !== undefined && { region }), hasCredentials: mayHaveCredentials(env) }
}

/**
 * Whether AWS's SDK could find credentials. A self-hosted machine may have them from its instance metadata, which is
 * not asked here; GitHub's are not in AWS.
 */
function mayHaveCredentials(env: NodeJS.ProcessEnv): boolean {
  if (env.RUNNER_ENVIRONMENT !== 'github-hosted') return true
  const files = [
    env.AWS_SHARED_CREDENTIALS_FILE ?? join(homedir(), '.aws', 'credentials'),
    env.AWS_CONFIG_FILE ?? join(homedir(), '.aws', 'config'),
  ]
  return CREDENTIAL_VARIABLES.some((name) => (env[name] ?? '') !== '') || files.some((file) => existsSync(file))
}
