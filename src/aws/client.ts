import http from 'node:http'
import https from 'node:https'
import type { Socket } from 'node:net'
import { getProxyUrl } from '@actions/http-client/lib/proxy'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import type { AwsCredentialIdentityProvider } from '@smithy/types'
import { Agent, type AgentConnectOpts } from 'agent-base'
import { HttpsProxyAgent } from 'https-proxy-agent'
import { awsError, ProxyRefusal } from './errors.ts'
import { RetryStrategy } from './retry-strategy.ts'

/** The SDK has no time limits of its own (docs/platform-facts.md#retries); together they keep a dead connection below 15 s. */
const CONNECT_MS = 4_000
const ANSWER_MS = 10_000
const MOST_SOCKETS = 50

export interface ClientOptions {
  /** Undefined: the SDK's own chain (AWS_REGION, profile). */
  readonly region?: string
  /** Undefined: the SDK's own credential chain. */
  readonly credentials?: AwsCredentialIdentityProvider
  /** Called now and then while AWS does not answer. */
  readonly say: (trouble: string) => void
  /** AWS was reached before, from this job: what stands in between then is not there to stay. */
  readonly reachedBefore?: boolean
}

/** What every client of ours is made with: time limits, retries, proxies. */
export interface ClientConfig {
  readonly region?: string
  readonly credentials?: AwsCredentialIdentityProvider
  readonly retryStrategy: RetryStrategy
  readonly requestHandler: NodeHttpHandler
}

export function clientConfig(options: ClientOptions): ClientConfig {
  const { region, credentials, say, reachedBefore } = options
  const agents = proxied() ? proxyAgents() : directAgents()
  return {
    ...(region !== undefined && { region }),
    ...(credentials !== undefined && { credentials }),
    retryStrategy: new RetryStrategy(say, { reachedBefore: reachedBefore === true }),
    requestHandler: new NodeHttpHandler({
      connectionTimeout: CONNECT_MS,
      requestTimeout: ANSWER_MS,
      // Ends an answer that stalls in the middle: the limit above is over with its first byte.
      socketTimeout: ANSWER_MS,
      throwOnRequestTimeout: true,
      ...agents,
    }),
  }
}

/**
 * @param action as IAM writes it, for the message
 * @param about what is asked for, with its name, for the message: `task definition shop:7`
 * @throws AwsError and nothing else
 */
export async function call<T>(
  action: string,
  region: () => Promise<string>,
  send: () => Promise<T>,
  about?: string,
): Promise<T> {
  try {
    return await send()
  } catch (error) {
    throw awsError(error, action, await region().catch(() => 'not set'), about)
  }
}

function directAgents(): { httpAgent: http.Agent; httpsAgent: https.Agent } {
  const options = { keepAlive: true, maxSockets: MOST_SOCKETS }
  return { httpAgent: new http.Agent(options), httpsAgent: new https.Agent(options) }
}

function proxyAgents(): { httpAgent: http.Agent; httpsAgent: https.Agent } {
  const agent = new ProxyByAddress()
  // agent-base serves both protocols; the handler's type wants https.Agent.
  return { httpAgent: agent, httpsAgent: agent as unknown as https.Agent }
}

function proxied(): boolean {
  return ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY'].some((name) => (process.env[name] ?? '') !== '')
}

/** The SDK ignores HTTPS_PROXY and NO_PROXY (docs/platform-facts.md#proxy); each connection is decided by the runner's own rules. */
class ProxyByAddress extends Agent {
  private readonly direct = directAgents()

  override connect(_request: http.ClientRequest, options: AgentConnectOpts): http.Agent {
    const { secureEndpoint, host, port } = options
    const proxy = getProxyUrl(new URL(`${secureEndpoint ? 'https' : 'http'}://${host}:${port}`))
    // Its text: this URL class decodes user and password, and the agent would do so again.
    if (proxy !== undefined) return new Tunnel(proxy.href)
    return secureEndpoint ? this.direct.httpsAgent : this.direct.httpAgent
  }
}

/** A connection through the proxy, or ProxyRefusal: the agent's own way is to pass the proxy's page off as AWS's answer. */
class Tunnel extends HttpsProxyAgent<string> {
  override async connect(request: http.ClientRequest, options: AgentConnectOpts): Promise<Socket> {
    let status = 200
    request.once('proxyConnect', ({ statusCode }: { readonly statusCode: number }) => {
      status = statusCode
    })
    const socket = await super.connect(request, options)
    if (status === 200) return socket
    socket.destroy()
    throw new ProxyRefusal(status, this.proxy.host, `${options.host}:${options.port}`)
  }
}
