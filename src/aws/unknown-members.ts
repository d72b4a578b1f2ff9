import type { ECSClient, ServiceInputTypes, ServiceOutputTypes } from '@aws-sdk/client-ecs'
import type { DeserializeMiddleware } from '@smithy/types'

/**
 * The SDK silently drops members it does not know (docs/platform-facts.md#register-members), so a definition cloned through an
 * older SDK would lose what AWS added since. This keeps the raw answer of one operation and compares.
 * @param commandName such as `DescribeTaskDefinitionCommand`
 * @returns a function that lists the paths below `member` that the output lacks
 */
export function keepUnknownMembers(
  client: ECSClient,
  commandName: string,
): (output: object, member: string) => readonly string[] {
  const raw = new WeakMap<object, unknown>()
  const middleware: DeserializeMiddleware<ServiceInputTypes, ServiceOutputTypes> = (next, context) => async (args) => {
    const result = await next(args)
    const response = result.response as { body?: unknown; statusCode?: number }
    if (context.commandName !== commandName || response.statusCode !== 200) return result
    const bytes = await collected(response.body)
    response.body = bytes
    kept.set(context, bytes)
    return result
  }
  const kept = new WeakMap<object, Uint8Array>()
  client.middlewareStack.add(middleware, { step: 'deserialize', priority: 'low', name: 'keepRawAnswer' })
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const result = await next(args)
      const bytes = kept.get(context)
      if (bytes !== undefined) raw.set(result.output as object, JSON.parse(new TextDecoder().decode(bytes)))
      return result
    },
    { step: 'initialize', name: 'joinRawAnswer' },
  )
  return (output, member) => {
    const answered = (raw.get(output) as Record<string, unknown> | undefined)?.[member]
    return missingFrom((output as Record<string, unknown>)[member], answered, '')
  }
}

function missingFrom(parsed: unknown, raw: unknown, path: string): string[] {
  if (raw === null || typeof raw !== 'object') return []
  if (parsed === null || typeof parsed !== 'object') return [path]
  return Object.entries(raw).flatMap(([key, value]) => {
    if (value === null) return []
    const at = Array.isArray(raw) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`
    const mine = (parsed as Record<string, unknown>)[key]
    return mine === undefined ? [at] : missingFrom(mine, value, at)
  })
}

/** The whole body of an answer. */
async function collected(body: unknown): Promise<Uint8Array> {
  if (body instanceof Uint8Array) return body
  const chunks: Uint8Array[] = []
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(chunk)
  return Buffer.concat(chunks)
}
