import { fromWebToken } from '@aws-sdk/credential-provider-web-identity'
import { doesIdentityRequireRefresh, isIdentityExpired, memoizeIdentityProvider } from '@smithy/core'
import type { NodeHttpHandler } from '@smithy/node-http-handler'
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types'
import { clientConfig } from './client.ts'
import { fetchIdToken, IdTokenError } from './id-token.ts'
import { RetryStrategy } from './retry-strategy.ts'

const AUDIENCE = 'sts.amazonaws.com'

export interface RoleOptions {
  readonly role: string | undefined
  readonly region: string | undefined
  /** Told now and then while GitHub or AWS does not answer. */
  readonly tell: (trouble: string) => void
  /** Hides a secret in the step's log. */
  readonly mask: (secret: string) => void
}

/**
 * With a role: credentials from the job's OIDC token, fetched anew each time they are about to expire, so that a
 * migration may take longer than they live. Without: the SDK's own chain.
 */
export function credentialsOf(options: RoleOptions): { credentials?: AwsCredentialIdentityProvider } {
  const { role, region, tell } = options
  if (role === undefined) return {}
  const { requestHandler, retryStrategy } = clientConfig({ tell })
  const assumed = async (): Promise<AwsCredentialIdentity> => {
    const assume = fromWebToken({
      roleArn: role,
      roleSessionName: `run-ecs-migration-${process.env.GITHUB_RUN_ID ?? 'local'}`.slice(0, 64),
      webIdentityToken: await idToken(options, requestHandler),
      clientConfig: { requestHandler, retryStrategy, ...(region !== undefined && { region }) },
    })
    return assume()
  }
  // Once for all clients: each would keep its own, and ask GitHub and STS for it.
  const shared = memoizeIdentityProvider(assumed, isIdentityExpired, doesIdentityRequireRefresh)
  return shared === undefined ? {} : { credentials: () => shared() }
}

/** Asked for as patiently as AWS is. */
async function idToken({ tell, mask }: RoleOptions, handler: NodeHttpHandler): Promise<string> {
  const patience = new RetryStrategy(tell)
  let attempt = await patience.acquireInitialRetryToken()
  for (;;) {
    try {
      return await fetchIdToken(AUDIENCE, handler, mask)
    } catch (error) {
      if (!(error instanceof IdTokenError)) throw error
      const errorType = error.mayPass ? 'TRANSIENT' : 'CLIENT_ERROR'
      attempt = await patience
        .refreshRetryTokenForRetry(attempt, { error, errorType })
        .catch(() => Promise.reject(noToken(error)))
      await new Promise((resolve) => setTimeout(resolve, attempt.getRetryDelay()))
    }
  }
}

function noToken(cause: IdTokenError): Error {
  const remedy = cause.mayPass ? 'Run it again.' : 'Add "permissions: id-token: write" to the job.'
  const error = new Error(
    `role-to-assume needs the job's OIDC token, and GitHub gave none: ${cause.message} ${remedy}`,
    { cause },
  )
  error.name = 'CredentialsProviderError'
  return error
}

/** configure-aws-credentials' own default; it does not tell when they expire (platform fact D). */
const USUAL_LIFE_MS = 60 * 60_000

/**
 * @param longestMs how long the run may take at most
 * @returns a warning where credentials that cannot be renewed may expire before the run ends
 */
export function expiryWarning(identity: AwsCredentialIdentity, now: Date, longestMs: number): string | undefined {
  // Only static keys from the environment cannot be renewed; every other source is asked again by the SDK.
  if (identity.accessKeyId !== process.env.AWS_ACCESS_KEY_ID || identity.sessionToken === undefined) return undefined
  const remedy =
    'Raise role-duration-seconds in aws-actions/configure-aws-credentials, or use role-to-assume, which renews them.'
  const { expiration } = identity
  if (expiration !== undefined && expiration.getTime() < now.getTime() + longestMs) {
    return `The AWS credentials expire at ${expiration.toISOString().slice(0, 16)}Z, before this run must have ended. ${remedy}`
  }
  if (expiration === undefined && longestMs >= USUAL_LIFE_MS) {
    return `The AWS credentials do not tell when they expire, by default after 1 hour, and this run may take longer. ${remedy}`
  }
  return undefined
}
