/** AWS JSON 1.1: the operation in X-Amz-Target, input and output as JSON. ECS, CloudWatch Logs and ECR speak it. */
import type { Model, Violation } from './model.ts'
import { type HttpAnswer, type Service, ServiceError } from './service.ts'

type Protocol = Pick<Service, 'read' | 'write' | 'writeError'>

const contentType = 'application/x-amz-json-1.1'

/** @param targetPrefix what stands before the operation: `AmazonEC2ContainerServiceV20141113` */
export function awsJson(targetPrefix: string): Protocol {
  return {
    read(request) {
      const [prefix, operation] = (request.headers['x-amz-target'] ?? '').split('.')
      if (prefix !== targetPrefix || !operation) return undefined
      return { operation, input: parseObject(request.body) }
    },
    write: (_call, output): HttpAnswer => ({ status: 200, contentType, body: JSON.stringify(output, inWireForm) }),
    writeError: (_call, error): HttpAnswer => ({
      status: error.status,
      contentType,
      body: JSON.stringify({ __type: error.code, message: error.message, ...error.members }),
    }),
  }
}

/** Timestamps are seconds since 1970 with a fraction. */
function inWireForm(this: Record<string, unknown>, key: string, value: unknown): unknown {
  // JSON.stringify has made text of a Date before it asks.
  const original = this[key]
  return original instanceof Date ? original.getTime() / 1000 : value
}

/** What is no JSON object is left as it came; `validate` refuses it, so that the journal still shows it. */
function parseObject(body: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(body === '' ? '{}' : body)
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed))
      return parsed as Record<string, unknown>
  } catch {}
  return { [unreadable]: body }
}

const unreadable = '(not a JSON object)'

/** Refuses an operation that is not served, and an input that AWS's service model does not allow. */
export function validate(model: Model, operation: string, input: Readonly<Record<string, unknown>>): void {
  if (!model.has(operation))
    throw new ServiceError('UnknownOperationException', `The local AWS does not serve ${operation}.`)
  if (unreadable in input) throw new ServiceError('SerializationException', 'The body is not a JSON object')
  const violations = model.violations(operation, input)
  const misfit = violations.find((violation) => violation.kind !== 'constraint')
  if (misfit) throw new ServiceError('SerializationException', `${misfit.constraint}: ${misfit.path}`)
  if (violations.length > 0) throw new ServiceError('InvalidParameterException', describeAll(violations))
}

function describeAll(violations: readonly Violation[]): string {
  const list = violations.map(
    ({ path, value, constraint }) =>
      `Value ${value === null ? 'null' : `'${shown(value)}'`} at '${path}' failed to satisfy constraint: ${constraint}`,
  )
  return `${list.length} validation error${list.length > 1 ? 's' : ''} detected: ${list.join('; ')}`
}

const shown = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))
