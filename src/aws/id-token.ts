import { text } from 'node:stream/consumers'
import { HttpClient } from '@actions/http-client'
import { BearerCredentialHandler } from '@actions/http-client/lib/auth'

const ANSWER_MS = 10_000

/** GitHub gave no token. */
export class IdTokenError extends Error {
  override readonly name = 'IdTokenError'
  /** The next request may succeed. */
  readonly mayPass: boolean
  declare readonly cause?: Error

  constructor(message: string, mayPass: boolean) {
    super(message)
    this.mayPass = mayPass
  }
}

/**
 * The job's OIDC token for an audience. Not by `core.getIDToken`: that prints `::add-mask::` with the token by itself,
 * and between a container's lines, where commands are switched off, the runner would show it.
 * @param mask told the token before anybody else
 * @throws IdTokenError
 */
export async function fetchIdToken(audience: string, mask: (secret: string) => void): Promise<string> {
  const url = variable('ACTIONS_ID_TOKEN_REQUEST_URL')
  const bearer = new BearerCredentialHandler(variable('ACTIONS_ID_TOKEN_REQUEST_TOKEN'))
  const client = new HttpClient('run-ecs-migration', [bearer], { socketTimeout: ANSWER_MS })
  const token = await ask(client, `${url}&audience=${encodeURIComponent(audience)}`)
  if (token === undefined) throw new IdTokenError('the answer holds no token.', false)
  mask(token)
  return token
}

function variable(name: string): string {
  const value = process.env[name] ?? ''
  if (value === '') throw new IdTokenError(`${name} is not set.`, false)
  return value
}

/** Reads the answer itself: `getJson` waits for ever where a connection breaks in the middle of one. */
async function ask(client: HttpClient, url: string): Promise<string | undefined> {
  const { status, body } = await answerOf(client, url)
  if (status !== 200) throw new IdTokenError(`HTTP ${status}.`, isPassing(status))
  return (JSON.parse(body) as { readonly value?: string }).value
}

async function answerOf(client: HttpClient, url: string): Promise<{ readonly status: number; readonly body: string }> {
  try {
    const { message } = await client.get(url, { accept: 'application/json' })
    return { status: message.statusCode ?? 0, body: await text(message) }
  } catch (error) {
    throw new IdTokenError(`${error instanceof Error ? error.message : String(error)}.`, true)
  }
}

/** Too many requests, or GitHub's own trouble. */
function isPassing(status: number): boolean {
  return status === 429 || status >= 500
}
