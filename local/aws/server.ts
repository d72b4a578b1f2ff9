import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Clock } from './clock.ts'
import { errorOf, throttled } from './common-errors.ts'
import type { CredentialStore } from './credentials.ts'
import type { FaultSpec, PlayableFaults } from './faults.ts'
import { sendInstead } from './instead.ts'
import type { Journal } from './journal.ts'
import type { HttpRequest } from './request.ts'
import { type Call, type HttpAnswer, type Service, ServiceError } from './service.ts'

interface Gateway {
  readonly services: readonly Service[]
  readonly clock: Clock
  readonly journal: Journal
  readonly faults: PlayableFaults
  readonly credentials: CredentialStore
  /** Whether the rates allow the call. */
  readonly allows: (call: Call) => boolean
  readonly region: string
  readonly accountId: string
  /** Answers what is no AWS request, such as the control plane; undefined: not for it either. */
  readonly other: (request: HttpRequest) => HttpAnswer | undefined
}

interface RunningServer {
  readonly port: number
  close(): Promise<void>
}

/** Listens on 127.0.0.1 and leads every request through journal, faults, credentials, rates and its service. */
export async function listen(gateway: Gateway, port: number): Promise<RunningServer> {
  const server = createServer((incoming, response) => {
    handle(gateway, incoming, response).catch((error: unknown) => {
      console.error('local AWS: a request could not be handled:', error)
      response.destroy()
    })
  })
  // AWS keeps idle connections longer than Node's 5 s, which clients would see as resets.
  server.keepAliveTimeout = 65_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return { port: (server.address() as AddressInfo).port, close: () => close(server) }
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

async function handle(gateway: Gateway, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const request = await readRequest(incoming)
  if (request === undefined) return
  for (const service of gateway.services) {
    const operation = service.read(request)
    if (operation) return handleCall(gateway, service, request, operation, response)
  }
  const answer = gateway.other(request) ?? {
    status: 404,
    contentType: 'text/plain',
    body: `The local AWS does not know ${request.method} ${request.path}\n`,
  }
  send(gateway, response, answer, randomUUID())
}

/** Undefined when the client went away in the middle of its request. */
async function readRequest(incoming: IncomingMessage): Promise<HttpRequest | undefined> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
  } catch {
    return undefined
  }
  const url = new URL(incoming.url ?? '/', 'http://127.0.0.1')
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  )
  const scope = /Credential=([^/,\s]+)\/\d{8}\/([^/,\s]+)\//.exec(headers.authorization ?? '')
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers,
    body: Buffer.concat(chunks).toString('utf8'),
    ...(scope?.[1] && scope[2] ? { accessKeyId: scope[1], region: scope[2] } : {}),
  }
}

async function handleCall(
  gateway: Gateway,
  service: Service,
  request: HttpRequest,
  operation: Pick<Call, 'operation' | 'input'>,
  response: ServerResponse,
): Promise<void> {
  const bare: Call = { ...operation, service: service.name, request, region: request.region ?? gateway.region }
  const fault = gateway.faults.pick(bare)
  const call = fault ? { ...bare, fault } : bare
  const ended = gateway.journal.arrived(call)
  const played = fault ? { fault: fault.kind } : {}

  if (fault?.kind === 'reset') reset(response)
  if (fault?.kind === 'reset' || fault?.kind === 'no-answer') return ended(played)
  if (fault?.kind === 'slow') await gateway.clock.sleep(fault.delayMs ?? 0)
  const worked = await work(gateway, service, call)
  if (fault?.kind === 'answer-late') await gateway.clock.sleep(fault.delayMs ?? 0)

  const requestId = randomUUID()
  const answer = write(gateway, service, call, worked, requestId)
  const delivered = deliver(gateway, response, answer, requestId, fault)
  const { error, output } = worked
  ended({
    ...played,
    ...(delivered ? { status: answer.status } : {}),
    ...(error ? { error: { code: error.code, message: error.message } } : { output }),
  })
}

function write(gateway: Gateway, service: Service, call: Call, worked: Worked, requestId: string): HttpAnswer {
  const lostAnswer = call.fault?.kind === 'server-error-after-work' ? faultError(gateway, call) : undefined
  const error = lostAnswer ?? worked.error
  return error ? service.writeError(call, error, requestId) : service.write(call, worked.output, requestId)
}

interface Worked {
  readonly output?: unknown
  readonly error?: ServiceError
}

async function work(gateway: Gateway, service: Service, call: Call): Promise<Worked> {
  try {
    const refusal = call.fault?.kind === 'server-error-after-work' ? undefined : faultError(gateway, call)
    if (refusal) throw refusal
    if (!service.unsigned?.includes(call.operation)) gateway.credentials.check(call)
    if (!gateway.allows(call)) throw throttled(call)
    return { output: await service.answer(call) }
  } catch (error) {
    if (error instanceof ServiceError) return { error }
    console.error(`local AWS: ${call.service}:${call.operation} broke:`, error)
    return { error: new ServiceError('InternalFailure', `The local AWS has a bug: ${String(error)}`, 500) }
  }
}

const faultError = (gateway: Gateway, call: Call) => call.fault && errorOf(call.fault, call, gateway.accountId)

/** @returns whether a whole answer was sent */
function deliver(
  gateway: Gateway,
  response: ServerResponse,
  answer: HttpAnswer,
  requestId: string,
  fault: FaultSpec | undefined,
): boolean {
  switch (fault?.kind) {
    case 'answer-lost':
      reset(response)
      return false
    case 'answer-hung':
      return false
    case 'cut-off':
      sendHalf(gateway, response, answer, requestId, () => reset(response))
      return false
    case 'garbled':
      send(gateway, response, { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length / 2)) }, requestId)
      return false
    case 'stalled':
      sendHalf(gateway, response, answer, requestId)
      return false
    case 'empty':
    case 'foreign':
    case 'wrong-type':
    case 'redirect':
    case 'no-http':
      sendInstead(response, fault, answer)
      return false
    case 'changed':
      send(gateway, response, changedBy(fault, answer), requestId)
      return true
    default:
      send(gateway, response, answer, requestId)
      return true
  }
}

function changedBy({ change }: FaultSpec, answer: HttpAnswer): HttpAnswer {
  return change ? { ...answer, body: JSON.stringify(change(JSON.parse(answer.body))) } : answer
}

function reset(response: ServerResponse): void {
  const { socket } = response
  if (socket && 'resetAndDestroy' in socket) socket.resetAndDestroy()
  else response.destroy()
}

function headersOf(gateway: Gateway, answer: HttpAnswer, requestId: string): Record<string, string | number> {
  return {
    'Content-Type': answer.contentType,
    'Content-Length': Buffer.byteLength(answer.body),
    'x-amzn-RequestId': requestId,
    Date: new Date(gateway.clock.now()).toUTCString(),
  }
}

function send(gateway: Gateway, response: ServerResponse, answer: HttpAnswer, requestId: string): void {
  response.writeHead(answer.status, headersOf(gateway, answer, requestId))
  response.end(answer.body)
}

function sendHalf(
  gateway: Gateway,
  response: ServerResponse,
  answer: HttpAnswer,
  requestId: string,
  sent = (): void => {},
): void {
  response.writeHead(answer.status, headersOf(gateway, answer, requestId))
  const half = Buffer.from(answer.body).subarray(0, Math.floor(Buffer.byteLength(answer.body) / 2))
  response.write(half, sent)
}
