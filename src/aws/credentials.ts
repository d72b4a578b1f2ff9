import { fromWebToken } from '@aws-sdk/credential-provider-web-identity'
import { doesIdentityRequireRefresh, isIdentityExpired, memoizeIdentityProvider } from '@smithy/core'
import type { NodeHttpHandler } from '@smithy/node-http-handler'
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types'
import { checkAnswers } from './answers.ts'
import { clientConfig } from './client.ts'
import { provesNothingSent } from './errors.ts'
import { fetchIdToken, IdTokenError } from './id-token.ts'
import { RetryStrategy } from './retry-strategy.ts'

const AUDIENCE = 'sts.amazonaws.com'
const TOKEN_ENDPOINT = "GitHub's OIDC token endpoint"

interface RoleOptions {
  readonly role: string | undefined
  readonly region: string | undefined
  /** Called now and then while GitHub or AWS does not answer. */
  readonly say: (trouble: string) => void
  /** GitHub and AWS were reached before, from this job. */
  readonly reachedBefore?: boolean
  /** Hides a secret in the step's log. */
  readonly mask: (secret: string) => void
}

/**
 * With a role: credentials from the job's OIDC token, fetched anew each time they are about to expire, so that a
 * migration may take longer than they live. Without: the SDK's own chain.
 */
export function credentialsOf(options: RoleOptions): { credentials?: AwsCredentialIdentityProvider } {
  const { role, region } = options
  if (role === undefined) return {}
  const { requestHandler, retryStrategy } = clientConfig({
    say: options.say,
    reachedBefore: options.reachedBefore === true,
  })
  const tokens = new IdTokens(options, requestHandler)
  const assumed = async (): Promise<AwsCredentialIdentity> => {
    const assume = fromWebToken({
      roleArn: role,
      roleSessionName: `run-ecs-migration-${process.env.GITHUB_RUN_ID ?? 'local'}`.slice(0, 64),
      webIdentityToken: await tokens.next(),
      clientConfig: { requestHandler, retryStrategy, ...(region !== undefined && { region }) },
      clientPlugins: [checkAnswers('sts')],
    })
    return assume()
  }
  // It lives for minutes, and STS may have been out of reach for as long.
  const withFreshToken = (): Promise<AwsCredentialIdentity> =>
    assumed().catch((error: Error) => (error.name.startsWith('ExpiredToken') ? assumed() : Promise.reject(error)))
  // Once for all clients: each would keep its own, and ask GitHub and STS for it.
  const shared = memoizeIdentityProvider(withFreshToken, isIdentityExpired, doesIdentityRequireRefresh)
  return shared === undefined ? {} : { credentials: () => shared() }
}

/** The job's OIDC tokens, asked for as patiently as AWS is. */
class IdTokens {
  private readonly options: RoleOptions
  private readonly handler: NodeHttpHandler
  private readonly retryStrategy: RetryStrategy
  /** GitHub gave one before, to this process or an earlier one of this step: the job has the permission. */
  private given: boolean

  constructor(options: RoleOptions, handler: NodeHttpHandler) {
    const { say, reachedBefore } = options
    this.options = options
    this.handler = handler
    this.given = reachedBefore === true
    this.retryStrategy = new RetryStrategy(say, { reachedBefore: reachedBefore === true })
  }

  async next(): Promise<string> {
    let attempt = await this.retryStrategy.acquireInitialRetryToken()
    for (;;) {
      try {
        const token = await fetchIdToken(AUDIENCE, this.handler, this.options.mask)
        this.given = true
        this.retryStrategy.recordSuccess()
        return token
      } catch (error) {
        if (!(error instanceof IdTokenError)) throw error
        attempt = await this.retryStrategy
          .refreshRetryTokenForRetry(attempt, {
            error: Object.assign(toBlame(error), { operation: TOKEN_ENDPOINT }),
            errorType: error.mayPass ? 'TRANSIENT' : 'CLIENT_ERROR',
          })
          .catch(() => Promise.reject(this.noToken(error)))
      }
    }
  }

  private noToken(cause: IdTokenError): Error {
    // What is in the way has its own remedy, whichever server was asked.
    if (cause.cause !== undefined && provesNothingSent(cause.cause)) return cause.cause
    const error = new Error(
      `role-to-assume needs the job's OIDC token, and GitHub gave none: ${cause.message} ${this.remedy(cause)}`,
      { cause },
    )
    error.name = 'CredentialsProviderError'
    return error
  }

  private remedy({ mayPass }: IdTokenError): string {
    if (mayPass) return 'Run it again.'
    return this.given
      ? "It gave one before: the job's own token, which asks for them, has ended."
      : 'Add "permissions: id-token: write" to the job.'
  }
}

/** What broke the connection, where that is why there is no token. */
function toBlame(error: IdTokenError): Error & { readonly cause?: Error } {
  return (error.cause ?? error) as Error & { readonly cause?: Error }
}

/** configure-aws-credentials' own default; it does not say when they expire (docs/platform-facts.md#credentials). */
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
    return `The AWS credentials do not say when they expire, by default after 1 hour, and this run may take longer. ${remedy}`
  }
  return undefined
}
