import http from 'node:http'
import https from 'node:https'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import type { AwsCredentialIdentityProvider, NodeHttpHandlerOptions } from '@smithy/types'
import { awsError } from './errors.ts'
import { RetryStrategy } from './retry-strategy.ts'

/** The SDK has no time limits of its own (docs/platform-facts.md#retries); together they keep a dead connection below 15 s. */
const CONNECT_MS = 4_000
const ANSWER_MS = 10_000
const MOST_SOCKETS = 50

interface ClientOptions {
  /** Undefined: the SDK's own chain (AWS_REGION, profile). */
  readonly region?: string
  /** Undefined: the SDK's own credential chain. */
  readonly credentials?: AwsCredentialIdentityProvider
  /** Called now and then while AWS does not answer. */
  readonly say: (trouble: string) => void
  /** AWS was reached before, from this job: what is in the way now is temporary. */
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
  return {
    ...(region !== undefined && { region }),
    ...(credentials !== undefined && { credentials }),
    retryStrategy: new RetryStrategy(say, { reachedBefore: reachedBefore === true }),
    requestHandler: new NodeHttpHandler(handlerOptions),
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

async function handlerOptions(): Promise<NodeHttpHandlerOptions> {
  const options = { keepAlive: true, maxSockets: MOST_SOCKETS }
  const direct = { httpAgent: new http.Agent(options), httpsAgent: new https.Agent(options) }
  return {
    connectionTimeout: CONNECT_MS,
    requestTimeout: ANSWER_MS,
    // Ends an answer that stalls in the middle: the limit above is over with its first byte.
    socketTimeout: ANSWER_MS,
    throwOnRequestTimeout: true,
    ...(proxied() ? (await import('./proxy.ts')).proxyAgents(direct) : direct),
  }
}

function proxied(): boolean {
  return ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY'].some((name) => (process.env[name] ?? '') !== '')
}
