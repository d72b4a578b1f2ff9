import { text } from 'node:stream/consumers'
import { HttpRequest } from '@smithy/core/protocols'
import type { NodeHttpHandler } from '@smithy/node-http-handler'

/** GitHub gave no token. */
export class IdTokenError extends Error {
  override readonly name = 'IdTokenError'
  /** The next request may succeed. */
  readonly mayPass: boolean
  declare readonly cause?: Error

  constructor(message: string, mayPass: boolean, cause?: Error) {
    super(message, cause === undefined ? {} : { cause })
    this.mayPass = mayPass
  }
}

/**
 * The job's OIDC token for an audience. Not by `core.getIDToken`: that prints `::add-mask::` with the token by itself,
 * and between a container's lines, where commands are switched off, the runner would show it.
 * @param handler with the proxy and the time limits of every other call
 * @param mask called with the token before anything else is done with it
 * @throws IdTokenError
 */
export async function fetchIdToken(
  audience: string,
  handler: NodeHttpHandler,
  mask: (secret: string) => void,
): Promise<string> {
  const { status, body } = await answerTo(request(audience), handler)
  if (status !== 200) throw new IdTokenError(`HTTP ${status}.`, isPassing(status))
  const token = tokenIn(body)
  if (token === undefined) throw new IdTokenError('the answer holds no token.', true)
  mask(token)
  return token
}

function variable(name: string): string {
  const value = process.env[name] ?? ''
  if (value === '') throw new IdTokenError(`${name} is not set.`, false)
  return value
}

/** Undefined where the body holds no token. */
function tokenIn(body: string): string | undefined {
  try {
    const { value } = JSON.parse(body) as { readonly value?: unknown }
    return typeof value === 'string' && value !== '' ? value : undefined
  } catch {
    return undefined
  }
}

/** @throws IdTokenError where the job has no permission to ask */
function request(audience: string): HttpRequest {
  const { protocol, hostname, port, host, pathname, searchParams } = new URL(variable('ACTIONS_ID_TOKEN_REQUEST_URL'))
  return new HttpRequest({
    protocol,
    hostname,
    ...(port !== '' && { port: Number(port) }),
    path: pathname,
    query: { ...Object.fromEntries(searchParams), audience },
    headers: {
      host,
      accept: 'application/json',
      authorization: `Bearer ${variable('ACTIONS_ID_TOKEN_REQUEST_TOKEN')}`,
    },
  })
}

async function answerTo(
  asked: HttpRequest,
  handler: NodeHttpHandler,
): Promise<{ readonly status: number; readonly body: string }> {
  try {
    const { response } = await handler.handle(asked)
    return { status: response.statusCode, body: await text(response.body) }
  } catch (error) {
    const cause = error instanceof Error ? error : new Error(String(error))
    throw new IdTokenError(`${cause.message}.`, true, cause)
  }
}

/** Too many requests, GitHub's own trouble, or no answer of GitHub's. */
function isPassing(status: number): boolean {
  return status === 429 || status >= 500 || status < 400
}
