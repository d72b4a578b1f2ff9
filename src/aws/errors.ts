import { AwsError, type AwsErrorKind } from '../model.ts'

/** What the SDK throws, as far as it is looked at. */
interface SdkError {
  readonly name?: string
  readonly message?: string
  readonly code?: string
  readonly resourceIds?: readonly string[]
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string }
  /** Set by RetryStrategy. */
  readonly unanswered?: boolean
}

const KINDS: readonly (readonly [pattern: RegExp, kind: AwsErrorKind])[] = [
  [/^AbortError$/, 'aborted'],
  [/^(AccessDenied|UnauthorizedOperation|AuthorizationError)/, 'access-denied'],
  [/^(ExpiredToken|RequestExpired|TokenRefreshRequired)/, 'expired-credentials'],
  [
    /^(CredentialsProviderError|UnrecognizedClient|InvalidClientTokenId|InvalidSignature|SignatureDoesNotMatch|MissingAuthenticationToken|IncompleteSignature|AuthFailure|InvalidIdentityToken|IDPCommunication)/,
    'no-credentials',
  ],
  [/^ConflictException$/, 'conflict'],
  [/Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|LimitExceeded/, 'throttled'],
  [/NotFound/, 'not-found'],
  [/^(TimeoutError|ServerException|InternalFailure|InternalError|ServiceUnavailable)/, 'unreachable'],
]

/** The SDK's own advice to a programmer, at the end of what could not be parsed. */
const HINT = /\s*Deserialization error: to see the raw response.*$/s

/** Node's names for a connection that did not come about or broke. */
const NETWORK = /^(E[A-Z]{4,}|EAI_[A-Z]+|ERR_SSL_|UND_ERR_|CERT_|SELF_SIGNED|UNABLE_TO)/

/**
 * @param error what a client's `send` rejected with
 * @param action as IAM writes it, such as `ecs:RunTask`
 */
export function awsError(error: unknown, action: string, region: string): AwsError {
  const { name = 'Error', message: said = String(error), code, resourceIds, unanswered, $metadata } = error as SdkError
  const message = said.replace(HINT, '')
  const requestId = $metadata?.requestId
  const facts = {
    kind: kindOf(error as SdkError),
    code: code !== undefined && NETWORK.test(code) ? code : name,
    action,
    region,
    ...(requestId !== undefined && { requestId }),
    ...(unanswered === true && { unanswered }),
    ...(resourceIds !== undefined && { resourceIds }),
  }
  return new AwsError(message === '' || message === 'UnknownError' ? facts.code : message, facts, error)
}

/**
 * The answer is no JSON or XML: something between here and AWS broke it, and what was asked may have been done.
 * @param error what a client's `send` rejected with
 */
export function isGarbled(error: unknown): boolean {
  return error instanceof SyntaxError || (error instanceof Error && HINT.test(error.message))
}

function kindOf(error: SdkError): AwsErrorKind {
  if (isGarbled(error)) return 'unreachable'
  const { name = '', message = '', code = '', $metadata } = error
  if (/Signature expired|security token included in the request is expired/i.test(message)) return 'expired-credentials'
  const known = KINDS.find(([pattern]) => pattern.test(name))
  if (known !== undefined) return known[1]
  const status = $metadata?.httpStatusCode ?? 0
  if (NETWORK.test(code) || status >= 500 || status === 429) return status === 429 ? 'throttled' : 'unreachable'
  return 'rejected'
}
