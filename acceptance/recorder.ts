/**
 * A proxy on 127.0.0.1 between the action and AWS that writes down what passes. The action gets it by HTTPS_PROXY and
 * NODE_EXTRA_CA_CERTS, as in a company whose proxy opens TLS: addresses, signatures and the bytes of each request are
 * those that AWS gets without it. For local/ the same names lead to the local AWS instead.
 */
import { createServer, type IncomingMessage, request as plainRequest } from 'node:http'
import { Agent, request as tlsRequest } from 'node:https'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { createSecureContext, TLSSocket } from 'node:tls'
import { HttpsProxyAgent } from 'https-proxy-agent'
import type { Authority } from '../local/certificate.ts'

/** A request to AWS and its answer. */
export interface Exchange {
  /** Milliseconds since 1970 on the account's clock. */
  readonly at: number
  readonly ms: number
  readonly host: string
  readonly operation: string
  readonly request: unknown
  readonly status: number
  readonly answer: unknown
  /** The answer did not reach who asked. */
  readonly lost?: true
}

export interface Recorder {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string
  readonly exchanges: readonly Exchange[]
  /** AWS does the next such operation, and nobody learns its answer. */
  lose(operation: string): void
  close(): Promise<void>
}

export interface RecorderOptions {
  readonly authority: Authority
  /** Names whose TLS is opened; all others are passed on unread, as GitHub's. */
  readonly opens: RegExp
  /** Where the names lead, if not to themselves: `http://127.0.0.1:PORT` of the local AWS. */
  readonly upstream?: string
  /** Milliseconds since 1970. */
  readonly now: () => number
}

export async function startRecorder({ authority, opens, upstream, now }: RecorderOptions): Promise<Recorder> {
  const exchanges: Exchange[] = []
  const losses: string[] = []
  const sockets = new Set<Socket>()
  const agent = upstreamAgent()
  const secureContext = createSecureContext(authority)
  const keep = (socket: Socket): Socket => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    return socket.on('error', () => socket.destroy())
  }

  const inner = createServer(async (incoming, response) => {
    const at = now()
    const host = incoming.headers.host ?? ''
    try {
      const body = await bodyOf(incoming)
      const operation = operationOf(incoming, body)
      const { answer, text } = await forward({ incoming, body, host, agent, upstream })
      const isLost = losses.includes(operation)
      if (isLost) losses.splice(losses.indexOf(operation), 1)
      const status = answer.statusCode ?? 0
      const exchange = { at, ms: now() - at, host, operation, request: parsed(body), status, answer: parsed(text) }
      exchanges.push(isLost ? { ...exchange, lost: true } : exchange)
      if (isLost) response.destroy()
      else response.writeHead(status, withoutHops(answer.headers)).end(text)
    } catch {
      // AWS was not reached, and the caller must see that, too; or the caller was killed in the middle of it.
      response.destroy()
    }
  })
  const proxy = createServer((_, response) => response.writeHead(405).end())
  proxy.on('connect', ({ url = '' }: IncomingMessage, client: Socket, head: Buffer) => {
    const [host = '', port = '443'] = url.split(':')
    keep(client)
    if (!opens.test(host)) return passOn(keep(connect(Number(port), host)), client, head)
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
    if (head.length > 0) client.unshift(head)
    inner.emit('connection', keep(new TLSSocket(client, { isServer: true, secureContext })))
  })
  await new Promise<void>((resolve) => {
    proxy.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    exchanges,
    lose: (operation) => void losses.push(operation),
    close: async () => {
      for (const socket of sockets) socket.destroy()
      agent.destroy()
      await new Promise((resolve) => proxy.close(resolve))
    },
  }
}

/** This machine may have a proxy of its own on the way to AWS. */
function upstreamAgent(): Agent {
  const proxy = process.env.HTTPS_PROXY ?? process.env.https_proxy ?? ''
  return proxy === '' ? new Agent({ keepAlive: true }) : new HttpsProxyAgent(proxy, { keepAlive: true })
}

function passOn(far: Socket, client: Socket, head: Buffer): void {
  far.once('connect', () => {
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
    far.write(head)
    far.pipe(client).pipe(far)
  })
}

interface Forwarded {
  readonly incoming: IncomingMessage
  readonly body: string
  readonly host: string
  readonly agent: Agent
  readonly upstream: string | undefined
}

function forward({ incoming, body, host, agent, upstream }: Forwarded) {
  const { method, headers, url = '/' } = incoming
  const asked = { method, headers: { ...withoutHops(headers), host } }
  return new Promise<{ answer: IncomingMessage; text: string }>((resolve, reject) => {
    const answered = async (answer: IncomingMessage) => {
      try {
        resolve({ answer, text: await bodyOf(answer) })
      } catch (error) {
        reject(error)
      }
    }
    const outgoing =
      upstream === undefined
        ? tlsRequest(`https://${host}${url}`, { ...asked, agent }, answered)
        : plainRequest(`${upstream}${url}`, asked, answered)
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

function withoutHops({ connection: _, 'transfer-encoding': __, ...headers }: IncomingMessage['headers']) {
  return headers
}

async function bodyOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

/** JSON protocols name it in a header, query protocols in the form. */
function operationOf({ headers }: IncomingMessage, body: string): string {
  const target = headers['x-amz-target']
  if (typeof target === 'string') return target.split('.').at(-1) ?? target
  return new URLSearchParams(body).get('Action') ?? 'unknown'
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text.startsWith('Action=') ? Object.fromEntries(new URLSearchParams(text)) : text
  }
}
