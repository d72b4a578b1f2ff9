/**
 * What counts as an answer. HTTP 200 proves nothing: a proxy, a portal or a broken gateway answers it too, and what was
 * asked may have been done all the same. Only what has the shape of its operation's answer is one; anything else is a
 * lost answer, and is repeated like a broken connection.
 */

import { getSmithyContext } from '@smithy/core/client'
import { NormalizedSchema } from '@smithy/core/schema'
import type { DeserializeMiddleware, MiddlewareStack, SchemaRef } from '@smithy/types'
import { NoAnswer } from './errors.ts'
import { withoutNulls } from './without-nulls.ts'

/** As IAM writes it. */
type Service = 'ecs' | 'logs' | 'ecr' | 'ec2' | 'sts'

/** @returns whether `output` answers `input` */
type Shape = (output: Members, input: Members) => boolean
type Members = Readonly<Record<string, unknown>>

/** The shape of every answer that the action asks for; members by the names of AWS's service models. */
export const SHAPES: Readonly<Record<string, Shape>> = {
  'ecs:DescribeTaskDefinition': ({ taskDefinition }) => isDefinition(taskDefinition),
  'ecs:RegisterTaskDefinition': ({ taskDefinition }) => isDefinition(taskDefinition),
  'ecs:DeregisterTaskDefinition': ({ taskDefinition }) => isArn(taskDefinition, 'taskDefinitionArn'),
  'ecs:ListTaskDefinitions': (output, input) => isListOf(output.taskDefinitionArns, isText) && goesOn(output, input),
  'ecs:ListTasks': (output, input) => isListOf(output.taskArns, isText) && goesOn(output, input),
  'ecs:RunTask': (output) => isTasks(output) && described(output, 'tasks') > 0,
  'ecs:DescribeTasks': (output, { tasks }) => isTasks(output) && accountsFor(output, 'tasks', 'taskArn', tasks),
  'ecs:StopTask': ({ task }) => isArn(task, 'taskArn'),
  'ecs:DescribeServices': (output, { services }) => described(output, 'services') >= count(services),
  'ecs:DescribeClusters': (output, { clusters }) => described(output, 'clusters') >= count(clusters),
  'logs:GetLogEvents': ({ events, nextForwardToken }) => isListOf(events, isObject) && isText(nextForwardToken),
  'logs:DescribeLogGroups': ({ logGroups }) => isListOf(logGroups, isObject),
  'ecr:DescribeImages': ({ imageDetails }) =>
    isListOf(imageDetails, (image) => has(image, 'imageDigest')) && count(imageDetails) > 0,
  'ecr:BatchGetImage': (output) => described(output, 'images') > 0,
  'ecr:DescribePullThroughCacheRules': ({ pullThroughCacheRules }) => isListOf(pullThroughCacheRules, isObject),
  'ec2:DescribeSubnets': ({ Subnets }) => isListOf(Subnets, isObject),
  'ec2:DescribeSecurityGroups': ({ SecurityGroups }) => isListOf(SecurityGroups, isObject),
  'ec2:DescribeRouteTables': ({ RouteTables }) => isListOf(RouteTables, isObject),
  'ec2:DescribeNatGateways': ({ NatGateways }) => isListOf(NatGateways, isObject),
  'ec2:DescribeVpcEndpoints': ({ VpcEndpoints }) => isListOf(VpcEndpoints, isObject),
  'ec2:DescribeNetworkAcls': ({ NetworkAcls }) => isListOf(NetworkAcls, isObject),
  'ec2:DescribeVpcAttribute': (output) => has(output, 'VpcId'),
  'sts:AssumeRoleWithWebIdentity': ({ Credentials }) =>
    has(Credentials, 'AccessKeyId') && has(Credentials, 'SecretAccessKey') && has(Credentials, 'SessionToken'),
}

/** Whether an operation's answer is one. @param operation as IAM writes it */
export function isAnswer(operation: string, output: unknown, input: unknown): boolean {
  const shape = SHAPES[operation]
  if (shape === undefined) throw new Error(`src/aws/answers.ts does not know the answer of ${operation}`)
  // guard: answer-shape
  return isObject(output) && shape(output, isObject(input) ? input : {})
}

type Stack = Pick<MiddlewareStack<object, { readonly $metadata?: unknown }>, 'add'>

interface Client {
  readonly middlewareStack: unknown
  // biome-ignore lint/suspicious/noExplicitAny: each client has commands of its own
  send: any
}

/**
 * @returns the client, which now rejects with NoAnswer, inside its retries, where what came back is not an answer; every
 * error carries the operation it belongs to. A signal ends a call at once.
 */
export function checked<C extends Client>(service: Service, client: C): C {
  checkAnswers(service).applyToStack(client.middlewareStack as Stack)
  const send: Send = client.send.bind(client)
  client.send = ((command, options) => unlessAborted(send(command, options), options?.abortSignal)) satisfies Send
  return client
}

type Send = (command: unknown, options?: { readonly abortSignal?: AbortSignal }) => Promise<unknown>

/** The SDK looks at its signal when it sends the request: credentials that do not come would outlast a cancel. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(Object.assign(new Error('Request aborted'), { name: 'AbortError' }))
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

/** The same as a plugin, for clients that the SDK makes. */
export function checkAnswers(service: Service): { readonly applyToStack: (stack: Stack) => void } {
  const check: DeserializeMiddleware<object, object> = (next, context) => async (args) => {
    const operation = `${service}:${(context.commandName as string | undefined)?.replace(/Command$/, '')}`
    try {
      const given = await next(args)
      const result = { ...given, output: withoutNulls(given.output ?? {}) }
      const { operationSchema } = getSmithyContext(context) as { readonly operationSchema?: readonly SchemaRef[] }
      const answered = operationSchema?.[5]
      if (answered !== undefined && !fits(NormalizedSchema.of(answered), result.output))
        throw NoAnswer.misshapen(result.response)
      if (isAnswer(operation, result.output, args.input)) return result
      throw NoAnswer.misshapen(result.response)
    } catch (error) {
      throw Object.assign(NoAnswer.from(error, args.request), { operation })
    }
  }
  return {
    applyToStack: (stack) => stack.add(check as never, { step: 'deserialize', priority: 'high', name: 'answer' }),
  }
}

/** Whether each member has the type that AWS's service model gives it: the SDK hands on what it finds. */
function fits(schema: NormalizedSchema, value: unknown): boolean {
  if (value === undefined) return true
  if (schema.isListSchema()) return Array.isArray(value) && allFit(schema.getValueSchema(), value)
  if (schema.isMapSchema()) return isObject(value) && allFit(schema.getValueSchema(), Object.values(value))
  if (schema.isStructSchema()) return allFit(schema, [value])
  if (schema.isTimestampSchema()) return value instanceof Date && !Number.isNaN(value.getTime())
  if (schema.isNumericSchema()) return typeof value === 'number'
  if (schema.isBooleanSchema()) return typeof value === 'boolean'
  return !schema.isStringSchema() || typeof value === 'string'
}

/** A page may have 10,000 log lines: their members are looked up once. */
function allFit(schema: NormalizedSchema, values: readonly unknown[]): boolean {
  if (!schema.isStructSchema()) return values.every((value) => fits(schema, value))
  const members = [...schema.structIterator()]
  return values.every((value) => isObject(value) && members.every(([name, member]) => fits(member, value[name])))
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function isListOf(value: unknown, is: (item: unknown) => boolean): value is readonly unknown[] {
  return Array.isArray(value) && value.every(is)
}

/** An object with a text of that name. */
function has(value: unknown, name: string): boolean {
  return isObject(value) && isText(value[name])
}

/** An object with an ARN of that name. */
function isArn(value: unknown, name: string): boolean {
  return has(value, name) && String((value as Members)[name]).startsWith('arn:')
}

function isDefinition(value: unknown): boolean {
  return isArn(value, 'taskDefinitionArn') && isListOf((value as Members).containerDefinitions, isObject)
}

/** ECS leaves neither list out, but either may be empty. It gives a reason for each failure. */
function isTasks({ tasks, failures = [] }: Members): boolean {
  const isTask = (task: unknown): boolean =>
    isArn(task, 'taskArn') && isListOf((task as Members).containers ?? [], isObject)
  return isListOf(tasks ?? [], isTask) && isListOf(failures, (failure) => has(failure, 'reason'))
}

/** A page that leads to itself would be read forever. */
function goesOn({ nextToken }: Members, { nextToken: asked }: Members): boolean {
  return nextToken === undefined || nextToken !== asked
}

function count(list: unknown): number {
  return Array.isArray(list) ? list.length : 0
}

/** How many things an answer names: found, or in `failures`. */
function described({ failures, ...output }: Members, name: string): number {
  return count(output[name]) + count(failures)
}

/** Everything that was asked for is there, or in `failures`: a task that is passed over is not a task that is gone. */
function accountsFor(output: Members, list: string, name: string, asked: unknown): boolean {
  const answered = [...items(output[list], name), ...items(output.failures, 'arn')].map(idOf)
  return Array.isArray(asked) && asked.every((arn) => answered.includes(idOf(String(arn))))
}

function items(list: unknown, name: string): readonly string[] {
  return Array.isArray(list) ? list.map((item) => String((item as Members)[name])) : []
}

function idOf(arn: string): string {
  return arn.split('/').at(-1) ?? arn
}
