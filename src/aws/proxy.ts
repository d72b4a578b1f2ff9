import type http from 'node:http'
import type https from 'node:https'
import type { Socket } from 'node:net'
import { getProxyUrl } from '@actions/http-client/lib/proxy'
import { Agent, type AgentConnectOpts } from 'agent-base'
import { HttpsProxyAgent } from 'https-proxy-agent'
import { ProxyRefusal } from './errors.ts'

export interface Agents {
  readonly httpAgent: http.Agent
  readonly httpsAgent: https.Agent
}

/** @param direct for what NO_PROXY excepts */
export function proxyAgents(direct: Agents): Agents {
  const agent = new ProxyByAddress(direct)
  // agent-base serves both protocols; the handler's type wants https.Agent.
  return { httpAgent: agent, httpsAgent: agent as unknown as https.Agent }
}

/** The SDK ignores HTTPS_PROXY and NO_PROXY (docs/platform-facts.md#proxy); each connection is decided by the runner's own rules. */
class ProxyByAddress extends Agent {
  private readonly direct: Agents

  constructor(direct: Agents) {
    super()
    this.direct = direct
  }

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
    let status: number | undefined
    request.once('proxyConnect', ({ statusCode }: { readonly statusCode: number }) => {
      status = statusCode
    })
    const refusal = (): ProxyRefusal => new ProxyRefusal(status, this.proxy.host, `${options.host}:${options.port}`)
    const socket = await super.connect(request, options).catch((error: NodeJS.ErrnoException) => {
      // The agent's own error, and the only one without a code, is that the connection ended before an answer.
      throw error.code === undefined ? refusal() : error
    })
    if (status === 200) return socket
    socket.destroy()
    throw refusal()
  }
}
