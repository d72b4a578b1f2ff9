import type { AwsError, Problem } from '../model.ts'
import { type ApiErrorCause, findApiError } from './api-errors.ts'
import type { Cause } from './wording.ts'

/** Who was denied what on which resource, by AWS's message. */
interface Denial {
  /** `ecs:RunTask` */
  readonly action: string
  /** ARN, or `*` where AWS narrows the call to no resource; undefined where its message names none. */
  readonly resource?: string
  readonly principal?: string
}

/** Actions that IAM lets nobody narrow to a resource (service authorization reference). */
const UNRESTRICTED =
  /^(?:ec2:Describe|ecr:GetAuthorizationToken|ecs:(?:DescribeTaskDefinition|DeregisterTaskDefinition|ListTaskDefinitions|ListTasks)$)/

const PASSED_TO_ECS = { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } }

/** What a failed AWS call means and what to do, with operation, Region, AWS's own words and the request id. */
export function explainApiError(error: AwsError): Problem {
  const row = findApiError(error)
  if (error.facts.kind === 'access-denied') return denied(error, row)
  return { code: row.id, reason: reasonOf(error, row), remedy: row.remedy, evidence: apiErrorEvidence(error) }
}

function reasonOf({ facts, message }: AwsError, { cause, names, quotes }: Omit<ApiErrorCause, 'patterns'>): string {
  return [
    cause,
    ...(names && facts.about !== undefined ? [`Asked for: ${facts.about} in ${facts.region}.`] : []),
    ...(quotes ? [`AWS's answer to ${facts.action}: ${facts.code}: ${message.replace(/\s+/g, ' ').trim()}`] : []),
  ].join(' ')
}

function denied(error: AwsError, row: Omit<Cause, 'patterns'>): Problem {
  const denial = readDenial(error)
  const on = denial.resource === undefined || denial.resource === '*' ? '' : ` on ${denial.resource}`
  return {
    code: row.id,
    reason: `${row.cause} Denied: ${denial.action}${on}.`,
    remedy: row.remedy.endsWith(':') ? withStatement(row.remedy, denial) : row.remedy,
    evidence: [...(denial.principal ? [`Who: ${denial.principal}`] : []), ...apiErrorEvidence(error)],
  }
}

/** Where AWS does not name the resource, a statement for all of them would be wider than what the action needs. */
function withStatement(remedy: string, denial: Denial): string {
  const { action, resource } = denial
  if (resource === undefined && !UNRESTRICTED.test(action))
    return remedy
      .replace('this statement', `the statement for ${action} in docs/permissions.md of this action`)
      .replace(/:$/, '.')
  const statement = `${remedy} \`${policyStatement(denial)}\``
  if (resource !== '*' || UNRESTRICTED.test(action)) return statement
  return `${statement} docs/permissions.md narrows it to a resource; AWS checked this call against every resource (\`*\`), so only that allows it.`
}

/**
 * Reads AWS's sentence "User: ARN is not authorized to perform: ACTION on resource: ARN because …".
 * An action that it does not name is that of the call.
 */
export function readDenial(error: AwsError): Denial {
  const { message, facts } = error
  const action = /not authorized to perform:? ([a-z0-9-]+:[A-Za-z0-9]+)/i.exec(message)?.[1]
  const resource = /on resource: (arn:[^\s"]+|\*)/.exec(message)?.[1]?.replace(/[.,;]$/, '')
  const principal = /User: (arn:\S+)/.exec(message)?.[1]
  return {
    action: action ?? facts.action,
    ...(resource === undefined ? {} : { resource }),
    ...(principal ? { principal } : {}),
  }
}

/** The statement that would allow what was denied, as JSON on one line. */
export function policyStatement({ action, resource = '*' }: Denial): string {
  return JSON.stringify({
    Effect: 'Allow',
    Action: action,
    Resource: lasting(action, resource),
    ...(action === 'iam:PassRole' ? { Condition: PASSED_TO_ECS } : {}),
  })
}

/** The resource a policy should name: next time the revision, the task and the log stream are others. */
function lasting(action: string, resource: string): string {
  if (UNRESTRICTED.test(action)) return '*'
  return resource
    .replace(/(:task-definition\/[^:]+):\d+$/, '$1:*')
    .replace(/(:task\/[^/]+)\/[^/]+$/, '$1/*')
    .replace(/(:log-stream:[^/]+\/).*$/, '$1*')
}

/** Operation, Region, AWS's own words and the request id: what AWS Support asks for first. */
function apiErrorEvidence(error: AwsError): readonly string[] {
  const { action, region, code, requestId } = error.facts
  // There was no call: what should have signed it is missing.
  if (code === 'CredentialsProviderError')
    return [`Needed for: ${action} in ${region}`, `Credentials: ${error.message}`]
  return [
    `AWS call: ${action} in ${region}${requestId ? `, request id ${requestId}` : ''}`,
    `AWS's answer: ${code}${error.message ? `: ${error.message}` : ''}`,
  ]
}
