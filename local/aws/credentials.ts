import { randomBytes } from 'node:crypto'
import type { Clock } from './clock.ts'
import { expiredToken } from './common-errors.ts'
import { type Call, ServiceError } from './service.ts'

interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
  /** ms since 1970 on the local AWS's clock. */
  readonly expiresAt: number
}

export interface CredentialStore {
  issue(ms: number): Credentials
  /** Throws what AWS answers to a request whose credentials or date do not hold. */
  check(call: Call): void
}

const allowedSkewMs = 5 * 60 * 1000

/** @param checkDate refuse requests signed more than five minutes ago or ahead, as AWS does */
export function createCredentialStore(clock: Clock, region: string, checkDate: boolean): CredentialStore {
  const issued = new Map<string, Credentials>()
  return {
    issue(ms) {
      const credentials: Credentials = {
        accessKeyId: `ASIA${randomId(16)}`,
        secretAccessKey: randomId(40),
        sessionToken: randomBytes(120).toString('base64'),
        expiresAt: clock.now() + ms,
      }
      issued.set(credentials.accessKeyId, credentials)
      return credentials
    },
    check(call) {
      const { accessKeyId, headers } = call.request
      if (accessKeyId === undefined)
        throw new ServiceError('MissingAuthenticationTokenException', 'Missing Authentication Token')
      if (call.service !== 'logs' && call.region !== region)
        throw new ServiceError('InvalidSignatureException', 'Credential should be scoped to a valid region.')
      if (checkDate) checkSigningDate(headers['x-amz-date'] ?? '', clock.now())
      if (!accessKeyId.startsWith('ASIA')) return
      const known = issued.get(accessKeyId)
      if (known?.sessionToken !== headers['x-amz-security-token'])
        throw new ServiceError('UnrecognizedClientException', 'The security token included in the request is invalid.')
      if (known && clock.now() >= known.expiresAt) throw expiredToken(call)
    },
  }
}

function checkSigningDate(stamp: string, now: number): void {
  const signed = Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
  if (Math.abs(signed - now) <= allowedSkewMs) return
  const current = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '')
  const text =
    signed < now
      ? `Signature expired: ${stamp} is now earlier than ${current} - 5 min.`
      : `Signature not yet current: ${stamp} is still later than ${current} + 5 min.`
  throw new ServiceError('InvalidSignatureException', text, 403)
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

const randomId = (length: number) => Array.from(randomBytes(length), (byte) => alphabet.charAt(byte % 32)).join('')
