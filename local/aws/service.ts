import type { FaultSpec } from './faults.ts'
import type { HttpRequest, Operation, ServiceRequest } from './request.ts'

/** A request, and what goes wrong with it. */
export interface Call extends ServiceRequest {
  /** A fault that only the service itself can play, such as `missing`. */
  readonly fault?: FaultSpec
}

export interface HttpAnswer {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

/** A refusal in AWS's terms. Thrown by services, written by their protocol. */
export class ServiceError extends Error {
  readonly code: string
  readonly status: number
  /** Further members of the error's shape, such as `resourceIds`. */
  readonly members: Readonly<Record<string, unknown>>

  constructor(code: string, message: string, status = 400, members: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.code = code
    this.status = status
    this.members = members
  }
}

/**
 * One AWS service. `read` and `write*` are its protocol, `answer` its work; between them the server
 * journals, plays faults and counts rates, so that these are the same for every service.
 */
export interface Service {
  /** As in the ARN and in IAM actions: `ecs`, `logs`, `ec2`, `ecr`. */
  readonly name: string
  /** The operation and input, or undefined when the request is meant for another service. */
  read(request: HttpRequest): Operation | undefined
  /** Operations that need no signature. */
  readonly unsigned?: readonly string[]
  /** Does the work and returns the output, or a promise of it; throws ServiceError to refuse. */
  answer(call: Call): unknown
  write(call: Call, output: unknown, requestId: string): HttpAnswer
  writeError(call: Call, error: ServiceError, requestId: string): HttpAnswer
}
