/** Errors that every AWS service can answer, in each one's own words. */
import type { FaultSpec } from './faults.ts'
import { type Call, ServiceError } from './service.ts'

interface Codes {
  readonly throttling: readonly [code: string, status: number]
  readonly expired: readonly [code: string, status: number]
  readonly denied: readonly [code: string, status: number]
  readonly serverError: string
  readonly unavailable: string
}

const jsonCodes: Codes = {
  throttling: ['ThrottlingException', 400],
  expired: ['ExpiredTokenException', 400],
  denied: ['AccessDeniedException', 400],
  serverError: 'InternalFailure',
  unavailable: 'ServiceUnavailable',
}

const codes: Readonly<Record<string, Codes>> = {
  ecs: { ...jsonCodes, serverError: 'ServerException', unavailable: 'ServerException' },
  logs: { ...jsonCodes, unavailable: 'ServiceUnavailableException' },
  ecr: { ...jsonCodes, serverError: 'ServerException', unavailable: 'ServerException' },
  oidc: {
    ...jsonCodes,
    throttling: ['TooManyRequests', 429],
    expired: ['Unauthorized', 401],
    denied: ['Forbidden', 403],
  },
  ec2: {
    throttling: ['RequestLimitExceeded', 503],
    expired: ['RequestExpired', 400],
    denied: ['UnauthorizedOperation', 403],
    serverError: 'InternalError',
    unavailable: 'Unavailable',
  },
  sts: {
    throttling: ['Throttling', 400],
    expired: ['ExpiredToken', 403],
    denied: ['AccessDenied', 403],
    serverError: 'InternalFailure',
    unavailable: 'ServiceUnavailable',
  },
}

const codesOf = (call: Call): Codes => codes[call.service] ?? jsonCodes

export function throttled(call: Call): ServiceError {
  const [code, status] = codesOf(call).throttling
  return new ServiceError(code, 'Rate exceeded', status)
}

export function expiredToken(call: Call): ServiceError {
  const [code, status] = codesOf(call).expired
  return new ServiceError(code, 'The security token included in the request is expired', status)
}

function accessDenied(call: Call, accountId: string): ServiceError {
  const [code, status] = codesOf(call).denied
  const action = `${call.service}:${call.operation}`
  return new ServiceError(
    code,
    `User: arn:aws:sts::${accountId}:assumed-role/local/session is not authorized to perform: ${action} ` +
      `because no identity-based policy allows the ${action} action`,
    status,
  )
}

/** The error that a fault makes the service answer instead of, or after, working; undefined for the other kinds. */
export function errorOf(fault: FaultSpec, call: Call, accountId: string): ServiceError | undefined {
  switch (fault.kind) {
    case 'throttling':
      return throttled(call)
    case 'access-denied':
      return accessDenied(call, accountId)
    case 'expired-token':
      return expiredToken(call)
    case 'server-error':
    case 'server-error-after-work':
      return new ServiceError(codesOf(call).serverError, 'Service Unavailable. Please try again later.', 500)
    case 'unavailable':
      return new ServiceError(codesOf(call).unavailable, 'Service Unavailable. Please try again later.', 503)
    case 'error': {
      const { code = 'InternalFailure', message = '', status = 400 } = fault.error ?? {}
      return new ServiceError(code, message, status)
    }
    default:
      return undefined
  }
}
