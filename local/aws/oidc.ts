/**
 * GitHub's OIDC token endpoint, as a job with `permissions: id-token: write` sees it: a GET of
 * ACTIONS_ID_TOKEN_REQUEST_URL with the request token as bearer answers a signed token for an audience.
 */
import { createHmac, randomBytes } from 'node:crypto'
import type { Clock } from './clock.ts'
import { type Call, type Service, ServiceError } from './service.ts'

const path = '/_github/oidc/token'
const issuer = 'https://token.actions.githubusercontent.com'
const lifeSeconds = 300
const owner = 'octo'
const subject = `repo:${owner}/shop:ref:refs/heads/main`

interface Claims {
  readonly aud: string
  readonly sub: string
  readonly iss: string
  /** Seconds since 1970. */
  readonly exp: number
}

export interface Oidc {
  readonly service: Service
  /** The variables of a job, for a server at this URL. */
  environment(url: string): Readonly<Record<string, string>>
  /** The claims of a token that was issued here; undefined for any other text. */
  verify(token: string): Claims | undefined
}

/** Tokens are signed with a key of this process (HS256; GitHub's are RS256, which only STS would notice). */
export function createOidc(clock: Clock): Oidc {
  const key = randomBytes(32)
  const requestToken = randomBytes(24).toString('base64url')
  const signatureOf = (text: string) => createHmac('sha256', key).update(text).digest('base64url')

  const issue = (audience: string): string => {
    const now = Math.floor(clock.now() / 1000)
    const claims: Claims & Record<string, unknown> = {
      jti: randomBytes(12).toString('hex'),
      sub: subject,
      aud: audience,
      iss: issuer,
      nbf: now - 600,
      iat: now,
      exp: now + lifeSeconds,
    }
    const text = [{ typ: 'JWT', alg: 'HS256' }, claims].map(encode).join('.')
    return `${text}.${signatureOf(text)}`
  }

  return {
    environment: (url) => ({
      ACTIONS_ID_TOKEN_REQUEST_URL: `${url}${path}?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
    }),
    verify(token) {
      const [header, claims, signature] = token.split('.')
      if (claims === undefined || signatureOf(`${header}.${claims}`) !== signature) return undefined
      return JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as Claims
    },
    service: {
      name: 'oidc',
      unsigned: ['GetIdToken'],
      read: ({ method, path: asked, query }) =>
        method === 'GET' && asked === path
          ? {
              operation: 'GetIdToken',
              input: { audience: query.get('audience') ?? `https://github.com/${owner}` },
            }
          : undefined,
      answer(call: Call) {
        if (call.request.headers.authorization !== `Bearer ${requestToken}`)
          throw new ServiceError('Unauthorized', 'The request token is not valid.', 401)
        return { value: issue(String(call.input.audience)) }
      },
      write: (_call, output) => ({ status: 200, contentType: 'application/json', body: JSON.stringify(output) }),
      writeError: (_call, error) => ({
        status: error.status,
        contentType: 'application/json',
        body: JSON.stringify({ message: error.message }),
      }),
    },
  }
}

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
