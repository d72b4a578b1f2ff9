/** What stands between a runner and AWS in a company: a proxy that wants a password, and TLS with a CA of its own. */
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http'
import { type AddressInfo, connect, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { makeAuthority } from '../../local/certificate.ts'

/** A name that no resolver knows: only the proxy knows what it means. */
export const host = 'aws.invalid'
/** With the characters that a URL must encode. */
const credentials = { user: 'migrator', password: 'p@ss%word' }

export interface Company {
  /** `http://USER:PASSWORD@127.0.0.1:PORT` of the proxy. */
  readonly proxy: string
  /** `https://aws.invalid:PORT`, which leads to the local AWS. */
  readonly endpoint: string
  /** File with the CA that signed it, for NODE_EXTRA_CA_CERTS. */
  readonly caFile: string
  /** `host:port` of every CONNECT that was let through. */
  readonly connects: readonly string[]
  /** From now on the proxy lets no new connection through: it answers so, or answers nothing. */
  refuse(answer?: 'nothing'): void
  close(): Promise<void>
}

/** @param target `http://127.0.0.1:PORT` of the local AWS */
export async function startCompany(target: string): Promise<Company> {
  const { key, cert, caFile, remove } = makeAuthority([host])
  const sockets = new Set<Socket>()
  const keep = (socket: Socket): Socket => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    return socket
  }
  const tls = createTlsServer({ key, cert }, (secure) => {
    const inner = keep(connect(Number(new URL(target).port), '127.0.0.1'))
    keep(secure).pipe(inner).pipe(secure)
  })
  const port = await listen(tls)
  const connects: string[] = []
  let refusal: string | undefined
  const proxy = createHttpServer((_request, response) => response.writeHead(405).end())
  proxy.on('connect', ({ url = '', headers }, socket: Socket, head: Buffer) => {
    const client = keep(socket)
    if (headers['proxy-authorization'] !== basicAuthorization()) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
      return
    }
    if (refusal !== undefined) {
      client.end(refusal)
      return
    }
    connects.push(url)
    const upstream = keep(connect(Number(url.split(':')[1]), '127.0.0.1'))
    upstream.once('connect', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      upstream.write(head)
      client.pipe(upstream).pipe(client)
    })
  })
  const proxyPort = await listen(proxy)
  return {
    proxy: `http://${credentials.user}:${encodeURIComponent(credentials.password)}@127.0.0.1:${proxyPort}`,
    endpoint: `https://${host}:${port}`,
    caFile,
    connects,
    refuse: (answer) => {
      refusal =
        answer === 'nothing'
          ? ''
          : 'HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\n\r\n<h1>Blocked by policy</h1>'
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await Promise.all([tls, proxy].map((server) => new Promise((resolve) => server.close(resolve))))
      remove()
    },
  }
}

const basicAuthorization = (): string =>
  `Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')}`

function listen(server: Server | HttpServer): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}
