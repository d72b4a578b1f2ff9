import { awsQuery, wholeNumber } from './aws-query.ts'
import type { Clock } from './clock.ts'
import type { CredentialStore } from './credentials.ts'
import { loadModel, type Model } from './model.ts'
import type { Oidc } from './oidc.ts'
import { type Call, type Service, ServiceError } from './service.ts'

const audience = 'sts.amazonaws.com'
const defaultSeconds = 3600

interface StsOptions {
  readonly clock: Clock
  readonly credentials: CredentialStore
  readonly oidc: Oidc
  readonly accountId: string
  /** Life of what is issued; the asked duration when absent. */
  readonly sessionMs: number | undefined
  /** Roles that may be assumed; all of the account when absent. */
  readonly roles: readonly string[] | undefined
}

/** AWS STS: credentials for GitHub's tokens. */
export function createSts(options: StsOptions): Service {
  const model = loadModel('sts')
  return {
    name: 'sts',
    unsigned: ['AssumeRoleWithWebIdentity'],
    ...awsQuery(model.apiVersion, 'https://sts.amazonaws.com/doc/2011-06-15/'),
    answer(call) {
      if (call.operation === 'AssumeRoleWithWebIdentity') return assumeRole(options, model, call)
      throw new ServiceError('InvalidAction', `Could not find operation ${call.operation} for version 2011-06-15`)
    },
  }
}

function assumeRole(options: StsOptions, model: Model, call: Call) {
  const durationSeconds = wholeNumber(call.input.DurationSeconds, 'DurationSeconds')
  const input = { ...call.input, ...(durationSeconds === undefined ? {} : { DurationSeconds: durationSeconds }) }
  const [violation] = model.violations(call.operation, input)
  if (violation) {
    const place = violation.path.charAt(0).toLowerCase() + violation.path.slice(1)
    throw new ServiceError(
      'ValidationError',
      `1 validation error detected: Value at '${place}' failed to satisfy constraint: ${violation.constraint}`,
    )
  }
  const roleArn = String(call.input.RoleArn)
  const sessionName = String(call.input.RoleSessionName)
  const claims = checkToken(options, String(call.input.WebIdentityToken))
  checkRole(options, roleArn)
  const issued = options.credentials.issue(options.sessionMs ?? (durationSeconds ?? defaultSeconds) * 1000)
  return {
    SubjectFromWebIdentityToken: claims.sub,
    AssumedRoleUser: {
      Arn: `${roleArn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/${sessionName}`,
      AssumedRoleId: `AROALOCALLOCALLOCALXX:${sessionName}`,
    },
    Credentials: {
      AccessKeyId: issued.accessKeyId,
      SecretAccessKey: issued.secretAccessKey,
      SessionToken: issued.sessionToken,
      Expiration: new Date(issued.expiresAt),
    },
    Provider: `arn:aws:iam::${options.accountId}:oidc-provider/token.actions.githubusercontent.com`,
    Audience: claims.aud,
  }
}

function checkToken({ oidc, clock }: StsOptions, token: string) {
  const claims = oidc.verify(token)
  if (!claims)
    throw new ServiceError('InvalidIdentityToken', "Couldn't retrieve verification key from your identity provider")
  if (clock.now() / 1000 >= claims.exp)
    throw new ServiceError(
      'ExpiredTokenException',
      `Token expired: current date/time ${Math.floor(clock.now() / 1000)} must be before the expiration date/time ${claims.exp}`,
    )
  if (claims.aud !== audience) throw new ServiceError('InvalidIdentityToken', 'Incorrect token audience')
  return claims
}

function checkRole({ accountId, roles }: StsOptions, roleArn: string): void {
  const isOurs = roles?.includes(roleArn) ?? roleArn.startsWith(`arn:aws:iam::${accountId}:role/`)
  if (!isOurs) throw new ServiceError('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity', 403)
}
