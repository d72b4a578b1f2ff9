import { describe, expect, it } from '@jest/globals'
import { API_ERRORS, findApiError, isTransientApiError } from '../../src/explain/api-errors.ts'
import { explainApiError, policyStatement, readDenial } from '../../src/explain/explain-api-error.ts'
import { AwsError, type AwsErrorKind } from '../../src/model.ts'
import { wordings } from './wordings.ts'

const failed = (kind: AwsErrorKind, code: string, message: string, action = 'ecs:RunTask'): AwsError =>
  new AwsError(message, { kind, code, action, region: 'eu-central-1', requestId: 'req-1' })

const user = 'User: arn:aws:sts::123456789012:assumed-role/deploy/GitHubActions is not authorized to perform: '
const ecs = 'arn:aws:ecs:eu-central-1:123456789012'

describe('access denied', () => {
  it('names action and resource from AWS’s message and prints the statement that would allow it', () => {
    const message = `${user}ecs:RunTask on resource: ${ecs}:task-definition/shop-run-ecs-migration:118 because no identity-based policy allows the ecs:RunTask action`
    const problem = explainApiError(failed('access-denied', 'AccessDeniedException', message))
    expect(problem.code).toBe('access-denied')
    expect(problem.reason).toContain(`Denied: ecs:RunTask on ${ecs}:task-definition/shop-run-ecs-migration:118.`)
    const statement = /`(\{.*\})`/.exec(problem.remedy)?.[1] ?? ''
    expect(JSON.parse(statement)).toEqual({
      Effect: 'Allow',
      Action: 'ecs:RunTask',
      Resource: `${ecs}:task-definition/shop-run-ecs-migration:*`,
    })
    expect(problem.evidence).toEqual([
      'Who: arn:aws:sts::123456789012:assumed-role/deploy/GitHubActions',
      'AWS call: ecs:RunTask in eu-central-1, request id req-1',
      `AWS's answer: AccessDeniedException: ${message}`,
    ])
  })

  it.each([
    [
      `${user}ecs:DescribeTasks on resource: ${ecs}:task/production/0a1b because no`,
      'ecs:DescribeTasks',
      `${ecs}:task/production/*`,
    ],
    [
      `${user}logs:GetLogEvents on resource: arn:aws:logs:eu-central-1:123456789012:log-group:/ecs/shop:log-stream:shop/app/0a1b because no`,
      'logs:GetLogEvents',
      'arn:aws:logs:eu-central-1:123456789012:log-group:/ecs/shop:log-stream:shop/*',
    ],
    [`${user}ecs:DescribeTaskDefinition on resource: * because no`, 'ecs:DescribeTaskDefinition', '*'],
    [`${user}ecs:ListTasks on resource: ${ecs}:container-instance/production/* because no`, 'ecs:ListTasks', '*'],
    [
      `You are not authorized to perform this operation. ${user}ec2:DescribeSubnets because no identity-based policy allows the ec2:DescribeSubnets action`,
      'ec2:DescribeSubnets',
      '*',
    ],
  ])('%s', (message, action, resource) => {
    const error = failed('access-denied', 'AccessDeniedException', message)
    expect(JSON.parse(policyStatement(readDenial(error)))).toEqual({
      Effect: 'Allow',
      Action: action,
      Resource: resource,
    })
  })

  it('falls back to the call when AWS says nothing, and never makes a resource up', () => {
    const error = failed('access-denied', 'AccessDenied', 'Access Denied', 'ecs:StopTask')
    expect(readDenial(error)).toEqual({ action: 'ecs:StopTask' })
    expect(explainApiError(error).reason).toContain('Denied: ecs:StopTask.')
  })

  it('points to the documented statement rather than to propose one for every resource', () => {
    expect(explainApiError(failed('access-denied', 'AccessDeniedException', `${user}ecs:RunTask`)).remedy).toBe(
      'Add the statement for ecs:RunTask in docs/permissions.md of this action to the role of the job.',
    )
  })

  it.each(['ecs:RegisterTaskDefinition', 'ecs:TagResource'])(
    'gives the statement for every resource where AWS checked %s against it, and says why it differs from the page',
    (action) => {
      const message = `${user}${action} on resource: * because no identity-based policy allows the ${action} action`
      const { remedy } = explainApiError(failed('access-denied', 'AccessDeniedException', message, action))
      expect(remedy).toContain(`"Action":"${action}","Resource":"*"`)
      expect(remedy).toMatch(
        /docs\/permissions\.md narrows it to a resource; AWS checked this call against every resource/,
      )
    },
  )

  it('names the call that was denied, not the one that needed the role', () => {
    const message = 'Not authorized to perform sts:AssumeRoleWithWebIdentity'
    const { reason } = explainApiError(failed('access-denied', 'AccessDenied', message, 'ecs:DescribeTaskDefinition'))
    expect(reason).toMatch(/Denied: sts:AssumeRoleWithWebIdentity\.$/)
  })

  it('grants iam:PassRole to ECS only', () => {
    const message = `${user}iam:PassRole on resource: arn:aws:iam::123456789012:role/shop-exec because no identity-based policy allows the iam:PassRole action`
    const problem = explainApiError(failed('access-denied', 'ClientException', message, 'ecs:RegisterTaskDefinition'))
    expect(problem.code).toBe('pass-role-denied')
    expect(problem.remedy).toContain('{"StringEquals":{"iam:PassedToService":"ecs-tasks.amazonaws.com"}}')
  })

  it.each([
    ['with an explicit deny in a service control policy', 'denied-by-organization'],
    ['with an explicit deny in an identity-based policy', 'denied-explicitly'],
    ['because no permissions boundary allows the ecs:RunTask action', 'denied-by-boundary'],
    ['because no session policy allows the ecs:RunTask action', 'denied-by-session'],
    ['because no VPC endpoint policy allows the ecs:RunTask action', 'denied-by-endpoint'],
  ])('%s', (why, code) => {
    const problem = explainApiError(
      failed(
        'access-denied',
        'AccessDeniedException',
        `${user}ecs:RunTask on resource: ${ecs}:task-definition/shop:1 ${why}`,
      ),
    )
    expect(problem.code).toBe(code)
    // A statement to add is no help against a Deny.
    expect(problem.remedy.includes('"Effect"')).toBe(!/organization|explicitly/.test(code))
  })
})

describe('other errors', () => {
  it.each(wordings('api-errors'))('%s is read from %s', (id, text) => {
    const [, kind, code = '', message = ''] = /^(\S+) (\S+): (.*)$/.exec(text) ?? []
    const problem = explainApiError(failed(kind as AwsErrorKind, code, message))
    expect(problem.code).toBe(id)
    expect(problem.evidence).toContain('AWS call: ecs:RunTask in eu-central-1, request id req-1')
    expect(problem.evidence).toContain(`AWS's answer: ${code}: ${message}`)
  })

  it.each([
    ['Could not load credentials from any providers', 'no-credentials'],
    [
      "role-to-assume needs the job's OIDC token, and GitHub gave none: ACTIONS_ID_TOKEN_REQUEST_URL is not set.",
      'id-token-permission-missing',
    ],
    ["role-to-assume needs the job's OIDC token, and GitHub gave none: HTTP 500.", 'id-token-unavailable'],
    [
      "role-to-assume needs the job's OIDC token, and GitHub gave none: HTTP 403. It gave one before: the job's own token, which asks for them, has ended.",
      'id-token-ended',
    ],
  ])('a call that was never made, for want of credentials: %s', (message, id) => {
    const problem = explainApiError(failed('no-credentials', 'CredentialsProviderError', message))
    expect(problem.code).toBe(id)
    expect(problem.evidence).toEqual(['Needed for: ecs:RunTask in eu-central-1', `Credentials: ${message}`])
  })

  it('reaches every row by one of its own wordings', () => {
    for (const row of API_ERRORS) {
      const kind = row.kinds?.[0] ?? 'rejected'
      expect(
        row.patterns.map((pattern) => findApiError(failed(kind, 'X', pattern.replaceAll('…', 'and'))).id),
      ).toContain(row.id)
    }
  })

  it('lets a call be made again only where AWS lacks something that passes', () => {
    expect(isTransientApiError(failed('rejected', 'ClientException', 'Capacity is unavailable at this time'))).toBe(
      true,
    )
    expect(isTransientApiError(failed('rejected', 'ClientException', 'Unable to describe task definition.'))).toBe(
      false,
    )
    expect(isTransientApiError(failed('throttled', 'ThrottlingException', 'Rate exceeded'))).toBe(false)
  })
})

describe("AWS's own words", () => {
  const about = (kind: AwsErrorKind, code: string, message: string, asked?: string) =>
    new AwsError(message, {
      kind,
      code,
      action: 'ecs:RunTask',
      region: 'sa-east-1',
      ...(asked === undefined ? {} : { about: asked }),
    })

  it('stand in the reason where the cause is not known', () => {
    const { reason, remedy } = explainApiError(
      about('rejected', 'InvalidParameterException', 'propagateTags is\n not for this launch', 'task definition a:3'),
    )
    expect(reason).toBe(
      "AWS rejected the call. Asked for: task definition a:3 in sa-east-1. AWS's answer to ecs:RunTask: InvalidParameterException: propagateTags is not for this launch",
    )
    expect(remedy).not.toMatch(/own message/)
  })

  it.each([
    ['not-found', 'ResourceNotFoundException', 'No such thing.'],
    ['conflict', 'ConflictException', 'The request conflicts with another one.'],
    ['rejected', 'UnsupportedFeatureException', 'ARM64 on this platform'],
  ] as const)('stand in the reason of %s %s', (kind, code, message) => {
    expect(explainApiError(about(kind, code, message)).reason).toContain(`ecs:RunTask: ${code}: ${message}`)
  })

  it('name what is missing', () => {
    const missing = about('rejected', 'ClientException', 'Unable to describe task definition.', 'task definition pay:9')
    expect(explainApiError(missing).reason).toBe(
      'There is no such task definition in this Region and account, or none that is active. Asked for: task definition pay:9 in sa-east-1.',
    )
    const service = about('not-found', 'ServiceNotFoundException', 'Service not found.', 'service web in cluster blue')
    expect(explainApiError(service).reason).toContain('Asked for: service web in cluster blue in sa-east-1.')
  })

  it('are not needed where the cause says it all', () => {
    const { reason } = explainApiError(about('throttled', 'ThrottlingException', 'Rate exceeded', 'tasks of cluster a'))
    expect(reason).not.toContain('tasks of cluster a')
  })
})
