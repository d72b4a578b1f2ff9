import type { RetryErrorInfo } from '@smithy/types'
import { AwsError, type AwsErrorKind } from '../model.ts'

/** What the SDK throws, as far as it is looked at. */
interface SdkError {
  readonly name?: string
  readonly message?: string
  readonly code?: string
  readonly syscall?: string
  readonly resourceIds?: readonly string[]
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string }
  readonly $response?: Response
  /** What AWS answered with an error, however little it says. */
  readonly $fault?: string
  /** Set by `checkAnswers`, as IAM writes it. */
  readonly operation?: string
  /** Set by RetryStrategy. */
  readonly unanswered?: boolean
}

interface Response {
  readonly statusCode?: number
  readonly headers?: Readonly<Record<string, string>>
}

/** What came back is not what AWS answers: it was lost on its way, and what was asked may have been done. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
  /** HTTP status of what came instead; undefined: it was no HTTP. */
  readonly status: number | undefined

  private constructor(message: string, status?: number, cause?: unknown) {
    super(message, { cause })
    this.status = status
  }

  /** HTTP 2xx, and not the members of the operation's answer. */
  static misshapen(response: unknown): NoAnswer {
    const status = (response as Response | undefined)?.statusCode
    return new NoAnswer(`HTTP ${status}, but not the answer of this operation`, status)
  }

  /**
   * @param error what a call was rejected with
   * @returns the error itself where AWS said it, or where nothing came back
   */
  static from(error: unknown, request: unknown): Error {
    const { code = '', $response } = error as SdkError
    if (code.startsWith('HPE_')) return new NoAnswer(`no HTTP came back (${code})`, undefined, error)
    if ($response === undefined || isOfAws(error as SdkError)) return error as Error
    const { statusCode, headers = {} } = $response
    const { hostname } = request as { readonly hostname?: string }
    const server = headers.server ?? headers.via
    const who = server === undefined ? 'something that is not AWS' : `${server}, which is not AWS,`
    const how = statusCode === 407 || statusCode === 403 ? 'a proxy, or ' : ''
    return new NoAnswer(`${how}${who} answered HTTP ${statusCode} in the place of ${hostname}`, statusCode, error)
  }
}

/** The proxy did not let a connection through: nothing was sent to AWS. */
export class ProxyRefusal extends Error {
  override readonly name = 'ProxyRefusal'

  /**
   * @param status undefined: it ended the connection
   * @param proxy host and port
   * @param target host and port that a connection was asked for
   */
  constructor(status: number | undefined, proxy: string, target: string) {
    const did = status === undefined ? 'gave no answer' : `answered HTTP ${status}`
    super(`the proxy ${proxy} ${did} to CONNECT ${target}`)
  }
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
  [/^(TimeoutError|NoAnswer|ServerException|InternalFailure|InternalError|ServiceUnavailable)/, 'unreachable'],
]

/** The SDK's own advice to a programmer, at the end of what could not be parsed. */
const HINT = /\s*Deserialization error: to see the raw response.*$/s

/** Node's names for a connection that was not made or broke. */
const NETWORK = /^(E[A-Z]{4,}|EAI_[A-Z]+|ERR_SSL_|UND_ERR_)/

/** Node's and OpenSSL's names for a certificate that is not trusted (Node.js documentation, "X509 certificate error codes"). */
const CERTIFICATE =
  /^(CERT_|SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_|ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED)/

/** Node's names for a host name that is not resolved. */
const NAME = /^(ENOTFOUND|EAI_[A-Z]+)$/

/**
 * @param error what a client's `send` rejected with
 * @param action as IAM writes it, such as `ecs:RunTask`: where the error does not say by itself what failed
 * @param about what was asked for, with its name
 */
export function awsError(error: unknown, action: string, region: string, about?: string): AwsError {
  const sdkError = error as SdkError
  const { name = 'Error', message: said = String(error), code, resourceIds, unanswered, $metadata } = sdkError
  const message = said.replace(HINT, '')
  const requestId = $metadata?.requestId
  const facts = {
    kind: kindOf(sdkError),
    code: code !== undefined && (NETWORK.test(code) || CERTIFICATE.test(code)) ? code : name,
    action: sdkError.operation ?? action,
    region,
    ...(about !== undefined && { about }),
    ...(requestId !== undefined && { requestId }),
    ...(unanswered === true && { unanswered }),
    ...(provesNothingSent(sdkError) && { unsent: true }),
    ...(resourceIds !== undefined && { resourceIds }),
  }
  return new AwsError(message === '' || message === 'UnknownError' ? facts.code : message, facts, error)
}

/** What a failed attempt was. */
export type Trouble =
  /** AWS answered, and would answer the same again. */
  | 'refused'
  /** AWS answered that it was too much. */
  | 'throttled'
  /** No answer, or a failure inside AWS: the work may have been done. */
  | 'unanswered'
  /** Something between the runner and AWS that rarely resolves itself: a host name, a certificate, a proxy. */
  | 'in-the-way'

/** @param errorType the SDK's class of the error */
export function troubleOf({ error, errorType }: Pick<RetryErrorInfo, 'error' | 'errorType'>): Trouble {
  const sdkError = (error ?? {}) as SdkError
  if (isInTheWay(sdkError)) return 'in-the-way'
  if (error instanceof NoAnswer) return 'unanswered'
  if (errorType === 'THROTTLING' || isCrowded(sdkError)) return 'throttled'
  return errorType === 'CLIENT_ERROR' ? 'refused' : 'unanswered'
}

/** Not a byte of the request left this machine for AWS: no connection was made. */
export function provesNothingSent(error: unknown): boolean {
  const { code = '', syscall } = error as SdkError
  const refused = code === 'ECONNREFUSED' && syscall === 'connect'
  return error instanceof ProxyRefusal || NAME.test(code) || CERTIFICATE.test(code) || refused
}

function isInTheWay(error: SdkError): boolean {
  const { name = '', code = '', message = '' } = error
  if (NAME.test(code) || CERTIFICATE.test(code) || error instanceof ProxyRefusal || isProxyAnswer(error)) return true
  // AWS could not read GitHub's keys: mostly for a moment (aws-cli#7194).
  return name.startsWith('InvalidIdentityToken') && /verification key/i.test(message)
}

/** Refused by what is not AWS. */
function isProxyAnswer(error: unknown): boolean {
  return error instanceof NoAnswer && (error.status === 403 || error.status === 407)
}

/** Jobs that register revisions of one family at once get this as a ClientException, though it passes like throttling. */
function isCrowded({ message = '' }: SdkError): boolean {
  return /too many concurrent attempts/i.test(message)
}

/** An error that could be read, with the request id that AWS gives each answer: anybody can write a name. */
function isOfAws({ $fault, $metadata }: SdkError): boolean {
  return $fault !== undefined && $metadata?.requestId !== undefined
}

function kindOf(error: SdkError): AwsErrorKind {
  const { name = '', message = '', code = '', $metadata } = error
  if (CERTIFICATE.test(code)) return 'untrusted'
  if (error instanceof ProxyRefusal || isProxyAnswer(error)) return 'proxy'
  if (/Signature expired|security token included in the request is expired/i.test(message)) return 'expired-credentials'
  const known = KINDS.find(([pattern]) => pattern.test(name))
  if (known !== undefined) return known[1]
  const status = $metadata?.httpStatusCode ?? 0
  if (NETWORK.test(code) || status >= 500 || status === 429) return status === 429 ? 'throttled' : 'unreachable'
  return 'rejected'
}
