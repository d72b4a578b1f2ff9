import { CloudWatchLogsClient, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import {
  DescribeClustersCommand,
  DescribeTasksCommand,
  type ECSClient,
  ListTasksCommand,
  RunTaskCommand,
  StopTaskCommand,
} from '@aws-sdk/client-ecs'
import { describe, expect, it } from '@jest/globals'
import type { FaultKind } from '../../local/aws/index.ts'
import { clientOptions, definition, isStopped, launch, pause, run, setup, until } from './local-aws-setup.ts'

const ask = (ecs: ECSClient, signal?: AbortSignal) =>
  ecs.send(new DescribeClustersCommand({}), signal ? { abortSignal: signal } : {})

describe('a fault', () => {
  const refusals: readonly (readonly [FaultKind, number, string])[] = [
    ['throttling', 400, 'ThrottlingException'],
    ['server-error', 500, 'ServerException'],
    ['unavailable', 503, 'ServerException'],
    ['access-denied', 400, 'AccessDeniedException'],
    ['expired-token', 400, 'ExpiredTokenException'],
  ]
  it.each(refusals)('%s is answered as AWS does, and the work not done', async (kind, httpStatusCode, name) => {
    await using local = await setup()
    local.aws.seedTaskDefinition(definition('exit 0'))
    local.aws.faults.add({ operation: 'RunTask', kind })
    await expect(local.ecs.send(new RunTaskCommand(launch))).rejects.toMatchObject({
      name,
      $metadata: { httpStatusCode },
    })
    expect(local.aws.journal.at(-1)?.outcome).toMatchObject({
      status: httpStatusCode,
      fault: kind,
      error: { code: name },
    })
    expect((await local.ecs.send(new ListTasksCommand({}))).taskArns).toEqual([])
    expect(local.aws.containers).toEqual([])
  })

  it('names the permission that is denied', async () => {
    await using local = await setup()
    local.aws.faults.add({ operation: 'DescribeClusters', kind: 'access-denied' })
    await expect(ask(local.ecs)).rejects.toThrow('is not authorized to perform: ecs:DescribeClusters')
  })

  it('reset breaks the connection before the work, answer-lost after it', async () => {
    await using local = await setup()
    local.aws.seedTaskDefinition(definition('sleep 1000'))
    local.aws.faults.add({ operation: 'RunTask', kind: 'reset', times: 1 })
    const start = () => local.ecs.send(new RunTaskCommand(launch))
    await expect(start()).rejects.toThrow(/ECONNRESET|socket hang up/)
    expect(local.aws.containers).toHaveLength(0)
    local.aws.faults.add({ operation: 'RunTask', kind: 'answer-lost', times: 1 })
    await expect(start()).rejects.toThrow(/ECONNRESET|socket hang up/)
    await pause(50)
    expect(local.aws.containers).toHaveLength(1)
    expect(local.aws.journal.map(({ outcome }) => outcome?.status)).toEqual([undefined, undefined])
  })

  it.each(['no-answer', 'answer-hung'] as const)('%s holds the connection open for ever', async (kind) => {
    await using local = await setup()
    local.aws.faults.add({ operation: 'DescribeClusters', kind })
    await expect(ask(local.ecs, AbortSignal.timeout(200))).rejects.toMatchObject({ name: 'AbortError' })
    expect(local.aws.journal[0]?.outcome?.output === undefined).toBe(kind === 'no-answer')
  })

  const instead: readonly (readonly [FaultKind, number | undefined, RegExp])[] = [
    ['empty', 200, /^$/],
    ['foreign', 200, /^<html>/],
    ['wrong-type', 200, /"tasks":\{\}/],
    ['redirect', 302, /^<html>/],
    ['no-http', undefined, /Parse Error|fetch failed/],
  ]
  it.each(instead)('%s comes in the place of the answer, the work done', async (kind, status, body) => {
    await using local = await setup()
    local.aws.seedTaskDefinition(definition('sleep 1000'))
    local.aws.faults.add({ operation: 'RunTask', kind, times: 1 })
    const answer = await fetch(local.aws.url, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AmazonEC2ContainerServiceV20141113.RunTask',
        'x-amz-date': new Date(local.aws.now()).toISOString().replace(/[-:]|\.\d+/g, ''),
        authorization: `AWS4-HMAC-SHA256 Credential=AKIAWITNESS/20260101/${local.aws.region}/ecs/aws4_request, SignedHeaders=host, Signature=none`,
      },
      body: JSON.stringify(launch),
    }).catch((error: Error) => error.message)
    if (typeof answer === 'string') expect(answer).toMatch(body)
    else {
      expect(answer.headers.get('x-amzn-requestid')).toBeNull()
      expect(await answer.text()).toMatch(body)
    }
    expect(typeof answer === 'string' ? undefined : answer.status).toBe(status)
    await pause(50)
    expect(local.aws.containers).toHaveLength(1)
  })

  it.each(['slow', 'answer-late'] as const)('%s takes its time', async (kind) => {
    await using local = await setup()
    local.aws.faults.add({ operation: '*', kind, delayMs: 200, times: 1 })
    const before = Date.now()
    await ask(local.ecs)
    expect(Date.now() - before).toBeGreaterThanOrEqual(195)
  })

  it('missing hides tasks from DescribeTasks and StopTask', async () => {
    await using local = await setup()
    local.aws.seedTaskDefinition(definition('sleep 1000'))
    const arn = await run(local.ecs)
    const remove = local.aws.faults.add({ operation: '*', kind: 'missing' })
    const { tasks, failures } = await local.ecs.send(new DescribeTasksCommand({ tasks: [arn] }))
    expect({ tasks, failures }).toEqual({ tasks: [], failures: [{ arn, reason: 'MISSING' }] })
    await expect(local.ecs.send(new StopTaskCommand({ task: arn }))).rejects.toThrow(
      'The referenced task was not found.',
    )
    remove()
    expect((await local.ecs.send(new DescribeTasksCommand({ tasks: [arn] }))).tasks).toHaveLength(1)
  })

  it('stale lists tasks as they were', async () => {
    await using local = await setup()
    local.aws.seedTaskDefinition(definition('sleep 1000'))
    const arn = await run(local.ecs)
    local.aws.faults.add({ operation: 'ListTasks', kind: 'stale', delayMs: 60_000, times: 1 })
    expect((await local.ecs.send(new ListTasksCommand({}))).taskArns).toEqual([])
    expect((await local.ecs.send(new ListTasksCommand({}))).taskArns).toEqual([arn])
  })

  it('stale describes a task as it was', async () => {
    await using local = await setup()
    // Long enough that the moment asked for is well before its end, however long a call takes.
    local.aws.seedTaskDefinition(definition('sleep 0.5'))
    const arn = await run(local.ecs)
    await until(local.ecs, arn, isStopped)
    await pause(200)
    local.aws.faults.add({ operation: 'DescribeTasks', kind: 'stale', delayMs: 60_000, times: 1 })
    const describe = () => local.ecs.send(new DescribeTasksCommand({ tasks: [arn] }))
    expect((await describe()).failures).toMatchObject([{ reason: 'MISSING' }])
    const age = local.aws.now() - (local.aws.task(arn)?.createdAt?.getTime() ?? 0)
    local.aws.faults.add({ operation: 'DescribeTasks', kind: 'stale', delayMs: age - 1, times: 1 })
    expect((await describe()).tasks?.[0]?.lastStatus).not.toBe('STOPPED')
    expect((await describe()).tasks?.[0]?.lastStatus).toBe('STOPPED')
  })

  it('hits so many requests, after so many, for so long, and only those that match', async () => {
    await using local = await setup()
    const outcomes = async (count: number) => {
      const seen: boolean[] = []
      for (let index = 0; index < count; index += 1)
        seen.push(
          await ask(local.ecs).then(
            () => true,
            () => false,
          ),
        )
      return seen
    }
    local.aws.faults.add({ operation: 'DescribeClusters', kind: 'throttling', afterMatches: 1, times: 2 })
    expect(await outcomes(4)).toEqual([true, false, false, true])
    local.aws.faults.add({ operation: '*', kind: 'throttling', forMs: 150 })
    expect(await outcomes(2)).toEqual([false, false])
    await pause(160)
    expect(await outcomes(1)).toEqual([true])
    local.aws.faults.add({ operation: '*', service: 'logs', kind: 'throttling' })
    local.aws.faults.add({ operation: '*', kind: 'throttling', when: (input) => input.clusters !== undefined })
    expect(await outcomes(1)).toEqual([true])
    await expect(local.ecs.send(new DescribeClustersCommand({ clusters: ['x'] }))).rejects.toThrow('Rate exceeded')
    local.aws.faults.clear()
    expect((await local.ecs.send(new DescribeClustersCommand({ clusters: ['x'] }))).failures).toHaveLength(1)
  })
})

describe('rates', () => {
  /** The clock stands still except for what passes at once: how long the requests themselves take plays no part. */
  const still = { enforceRates: true, timeScale: 1e-6 }
  const refusedOf = async (count: number, send: (index: number) => Promise<unknown>, name: string): Promise<number> => {
    const tries = await Promise.allSettled(Array.from({ length: count }, (_, index) => send(index)))
    return tries.filter((one) => one.status === 'rejected' && one.reason.name === name).length
  }

  it("are AWS's token buckets, shared by operations and refilled with time", async () => {
    await using local = await setup(still)
    const list = () => local.ecs.send(new ListTasksCommand({}))
    const describe = () => local.ecs.send(new DescribeTasksCommand({ tasks: ['0'.repeat(32)] }))
    const refused = (count: number) =>
      refusedOf(count, (index) => (index % 2 ? list() : describe()), 'ThrottlingException')
    expect(await refused(103)).toBe(3)
    expect(await refused(5)).toBe(5)
    local.aws.pass(500)
    expect(await refused(12)).toBe(2)
  })

  it.each([
    ['us-east-1', 25],
    ['eu-west-1', 10],
  ])('of GetLogEvents depend on the region: %s', async (region, burst) => {
    await using local = await setup({ ...still, region })
    const logs = new CloudWatchLogsClient({ ...clientOptions(local.aws), region })
    const get = () => logs.send(new GetLogEventsCommand({ logGroupName: 'none', logStreamName: 'none' }))
    expect(await refusedOf(40, get, 'ResourceNotFoundException')).toBe(burst)
    logs.destroy()
  })
})

describe('the local AWS', () => {
  it('journals every request with what came of it', async () => {
    await using local = await setup()
    await ask(local.ecs)
    await ask(local.ecs)
    expect(local.aws.journal).toHaveLength(2)
    expect(local.aws.journal[0]).toMatchObject({
      service: 'ecs',
      operation: 'DescribeClusters',
      input: {},
      body: '{}',
      accessKeyId: 'AKIALOCAL',
      region: 'us-east-1',
      userAgent: expect.stringContaining('aws-sdk-js'),
      outcome: { status: 200, output: { clusters: [{ clusterName: 'default' }] } },
    })
  })

  it('is controlled over HTTP for hand use', async () => {
    await using local = await setup()
    const fault = { operation: 'DescribeClusters', kind: 'throttling' }
    await fetch(`${local.aws.url}/_local/faults`, { method: 'POST', body: JSON.stringify(fault) })
    await expect(ask(local.ecs)).rejects.toThrow('Rate exceeded')
    await fetch(`${local.aws.url}/_local/faults`, { method: 'DELETE' })
    await ask(local.ecs)
    const journal = (await (await fetch(`${local.aws.url}/_local/journal`)).json()) as { outcome: { status: number } }[]
    expect(journal.map(({ outcome }) => outcome.status)).toEqual([400, 200])
    expect((await fetch(`${local.aws.url}/_local/faults`, { method: 'POST', body: '{}' })).status).toBe(400)
    expect((await fetch(`${local.aws.url}/nothing`)).status).toBe(404)
  })

  it('gives containers the task metadata endpoint', async () => {
    await using local = await setup()
    local.aws.seedTaskDefinition(definition('exit 0'))
    const arn = await run(local.ecs)
    await until(local.ecs, arn, isStopped)
    const url = local.aws.containers[0]?.environment.ECS_CONTAINER_METADATA_URI_V4
    expect(await (await fetch(`${url}/task`)).json()).toMatchObject({
      TaskARN: arn,
      Family: 'migration',
      Revision: '1',
    })
  })

  it('refuses an operation it does not serve', async () => {
    await using local = await setup()
    const { ListServicesCommand } = await import('@aws-sdk/client-ecs')
    await expect(local.ecs.send(new ListServicesCommand({}))).rejects.toThrow('does not serve ListServices')
  })

  it('ends every container when it is closed', async () => {
    const local = await setup()
    local.aws.seedTaskDefinition(definition('sleep 1000'))
    const arn = await run(local.ecs)
    await until(local.ecs, arn, () => local.aws.containers.length === 1)
    await local[Symbol.asyncDispose]()
    expect(local.aws.containers[0]).toMatchObject({ signal: 'SIGKILL' })
    expect(local.aws.containers[0]?.exitedAt).toBeDefined()
  })

  it('says which image has no folder', async () => {
    await expect(setup({ images: { app: { folder: '/dev/null/nowhere' } } })).rejects.toThrow('The folder of image app')
  })
})
