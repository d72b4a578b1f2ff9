import { describe, expect, it } from '@jest/globals'
import { awsError } from '../../src/aws/errors.ts'
import type { AwsErrorKind } from '../../src/model.ts'

interface Thrown {
  readonly name?: string
  readonly message?: string
  readonly code?: string
  readonly resourceIds?: readonly string[]
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string }
}

const kindOf = (error: Thrown): AwsErrorKind =>
  awsError({ message: 'm', ...error }, 'ecs:RunTask', 'eu-central-1').facts.kind

describe('an error of an AWS call', () => {
  it.each<[AwsErrorKind, Thrown]>([
    ['aborted', { name: 'AbortError' }],
    ['access-denied', { name: 'AccessDeniedException' }],
    ['access-denied', { name: 'UnauthorizedOperation' }],
    ['expired-credentials', { name: 'ExpiredTokenException' }],
    ['expired-credentials', { name: 'ExpiredToken' }],
    ['expired-credentials', { name: 'RequestExpired' }],
    [
      'expired-credentials',
      { name: 'ClientException', message: 'The security token included in the request is expired' },
    ],
    [
      'expired-credentials',
      { name: 'InvalidSignatureException', message: 'Signature expired: 20261122T030000Z is now earlier' },
    ],
    ['no-credentials', { name: 'CredentialsProviderError' }],
    ['no-credentials', { name: 'UnrecognizedClientException' }],
    ['conflict', { name: 'ConflictException' }],
    ['throttled', { name: 'ThrottlingException' }],
    ['throttled', { name: 'TooManyRequestsException' }],
    ['throttled', { name: 'RequestLimitExceeded' }],
    ['throttled', { name: 'Unknown', $metadata: { httpStatusCode: 429 } }],
    ['not-found', { name: 'ClusterNotFoundException' }],
    ['not-found', { name: 'ResourceNotFoundException' }],
    ['unreachable', { name: 'TimeoutError' }],
    ['unreachable', { name: 'ServerException' }],
    ['unreachable', { name: 'Unknown', $metadata: { httpStatusCode: 503 } }],
    ['unreachable', { name: 'Error', code: 'ECONNRESET' }],
    ['unreachable', { name: 'Error', code: 'EAI_AGAIN' }],
    ['unreachable', { name: 'Error', code: 'ENOTFOUND' }],
    ['rejected', { name: 'ClientException', $metadata: { httpStatusCode: 400 } }],
    ['rejected', { name: 'InvalidParameterException', $metadata: { httpStatusCode: 400 } }],
    ['rejected', { name: 'SyntaxError' }],
  ])('is %s: %j', (kind, error) => {
    expect(kindOf(error)).toBe(kind)
  })

  it('carries operation, Region, request id and AWS’s own words', () => {
    const error = awsError(
      { name: 'ConflictException', message: 'in use', resourceIds: ['arn:1'], $metadata: { requestId: 'r-1' } },
      'ecs:RunTask',
      'eu-central-1',
    )
    expect(error.message).toBe('in use')
    expect(error.facts).toEqual({
      kind: 'conflict',
      code: 'ConflictException',
      action: 'ecs:RunTask',
      region: 'eu-central-1',
      requestId: 'r-1',
      resourceIds: ['arn:1'],
    })
  })

  it('has a text even where AWS gave none, and a code that says what the network did', () => {
    expect(awsError({ name: 'InternalFailure', message: 'UnknownError' }, 'a', 'r').message).toBe('InternalFailure')
    expect(awsError({ name: 'Error', message: '', code: 'ECONNREFUSED' }, 'a', 'r')).toMatchObject({
      message: 'ECONNREFUSED',
      facts: { code: 'ECONNREFUSED' },
    })
    expect(awsError('a text', 'a', 'r').message).toBe('a text')
  })
})
