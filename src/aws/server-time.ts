import type { ECSClient, ServiceInputTypes, ServiceOutputTypes } from '@aws-sdk/client-ecs'
import type { DeserializeMiddleware } from '@smithy/types'

/**
 * ECS's own time by the Date header of its answers: a runner's clock may be wrong by minutes. The header has whole
 * seconds and is a little old when it arrives, so the time given is never ahead, and behind by no more than a second and
 * the way of the quickest answer.
 * @returns the time; the runner's own until ECS has answered
 */
export function keepServerTime(client: ECSClient): () => Date {
  /** Server time when the monotonic clock was at 0. */
  let origin: number | undefined
  const middleware: DeserializeMiddleware<ServiceInputTypes, ServiceOutputTypes> = (next) => async (args) => {
    const result = await next(args)
    const { headers = {} } = result.response as { readonly headers?: Readonly<Record<string, string>> }
    const date = Date.parse(headers.date ?? '')
    if (!Number.isNaN(date)) origin = Math.max(origin ?? Number.NEGATIVE_INFINITY, date - performance.now())
    return result
  }
  client.middlewareStack.add(middleware, { step: 'deserialize', priority: 'low', name: 'keepServerTime' })
  return () => (origin === undefined ? new Date() : new Date(origin + performance.now()))
}
