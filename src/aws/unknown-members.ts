import type { ECSClient, ServiceInputTypes, ServiceOutputTypes, Task } from '@aws-sdk/client-ecs'
import type { DeserializeMiddleware } from '@smithy/types'
import { withoutNulls } from './without-nulls.ts'

/** @returns what AWS answered, as it came over the wire; undefined where it was not kept */
export type RawAnswers = (output: object) => Readonly<Record<string, unknown>> | undefined

/**
 * Keeps the raw answers of some operations: the SDK silently drops members it does not know
 * (docs/platform-facts.md#register-members), so a definition cloned through an older SDK would lose what AWS added since.
 * @param commandNames such as `DescribeTaskDefinitionCommand`
 */
export function keepRawAnswers(client: ECSClient, ...commandNames: readonly string[]): RawAnswers {
  const raw = new WeakMap<object, Readonly<Record<string, unknown>>>()
  const middleware: DeserializeMiddleware<ServiceInputTypes, ServiceOutputTypes> = (next, context) => async (args) => {
    const result = await next(args)
    const response = result.response as { body?: unknown; statusCode?: number }
    if (!commandNames.includes(String(context.commandName)) || response.statusCode !== 200) return result
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
  return (output) => raw.get(output)
}

/** @returns paths below `raw` that `parsed` lacks; a null among texts, such as a word of a command, counts as one */
export function unknownMembers(parsed: unknown, raw: unknown, path = ''): readonly string[] {
  if (raw === null || raw === undefined || typeof raw !== 'object') return []
  if (parsed === null || typeof parsed !== 'object') return [path]
  const isText = (item: unknown): boolean => typeof item === 'string'
  if (Array.isArray(raw) && raw.includes(null) && raw.some(isText)) return [`${path}[${raw.indexOf(null)}]`]
  return Object.entries(Array.isArray(raw) ? raw.filter((item) => item !== null) : raw).flatMap(([key, value]) => {
    if (value === null) return []
    const at = Array.isArray(raw) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`
    const mine = (parsed as Record<string, unknown>)[key]
    return mine === undefined ? [at] : unknownMembers(mine, value, at)
  })
}

/** Tasks with their overrides as they came: what was overridden by a newer client than the SDK is part of them. */
export function withWholeOverrides(tasks: readonly Task[], raw: RawAnswers, output: object): readonly Task[] {
  const answered = withoutNulls((raw(output)?.tasks ?? []) as readonly Task[])
  const overrides = new Map(answered.map((task) => [task.taskArn, task.overrides]))
  return tasks.map((task) => {
    const whole = overrides.get(task.taskArn)
    return whole === undefined ? task : { ...task, overrides: whole }
  })
}

/** The whole body of an answer. */
async function collected(body: unknown): Promise<Uint8Array> {
  if (body instanceof Uint8Array) return body
  const chunks: Uint8Array[] = []
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(chunk)
  return Buffer.concat(chunks)
}
