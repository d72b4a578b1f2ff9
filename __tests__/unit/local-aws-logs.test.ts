import { writeFileSync } from 'node:fs'
import path from 'node:path'
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
  GetLogEventsCommand,
  type GetLogEventsCommandInput,
} from '@aws-sdk/client-cloudwatch-logs'
import { describe, expect, it } from '@jest/globals'
import type { LocalAwsOptions } from '../../local/aws/index.ts'
import {
  clientOptions,
  definition,
  group,
  isStopped,
  messages,
  pause,
  run,
  type Setup,
  setup,
  until,
} from './local-aws-setup.ts'

/** Runs a container that prints exactly these bytes, to its end. */
async function print(local: Setup, bytes: string | Buffer, logOptions: Record<string, string> = {}): Promise<string> {
  writeFileSync(path.join(local.folder, 'output'), bytes)
  const input = definition('cat output')
  const [app] = input.containerDefinitions ?? []
  const options = { ...app?.logConfiguration?.options, ...logOptions }
  local.aws.seedTaskDefinition({
    ...input,
    containerDefinitions: [{ ...app, logConfiguration: { logDriver: 'awslogs', options } }],
  })
  const arn = await run(local.ecs)
  await until(local.ecs, arn, isStopped)
  // The pipe is read to its end a moment after the process has ended.
  await pause(30)
  return arn
}

const streamOf = (arn: string) => `migration/app/${arn.split('/').at(-1)}`
const reader = (local: Setup, arn: string) => (input: Partial<GetLogEventsCommandInput>) =>
  local.logs.send(
    new GetLogEventsCommand({ logGroupName: group, logStreamName: streamOf(arn), startFromHead: true, ...input }),
  )
const texts = (events: { message?: string | undefined }[] = []) => events.map(({ message }) => message)
const lines = (count: number) => Array.from({ length: count }, (_, index) => `line ${index + 1}`)

describe('output becomes events', () => {
  it.each([
    ['a line each, the last one without its end', 'one\ntwo', ['one', 'two']],
    ['none for an empty line', '\n\none\n\n\ntwo\n\n', ['one', 'two']],
    ['carriage returns kept', 'one\r\n\r\ntwo\rthree\n', ['one\r', '\r', 'two\rthree']],
    ['white space kept', '  \n\tx \n', ['  ', '\tx ']],
    ['what is no UTF-8 replaced', Buffer.from([0x61, 0xff, 0x62, 0x0a, 0xe2, 0x82]), ['a\ufffdb', '\ufffd']],
    [
      'hostile text unchanged',
      '::set-output name=x::y\n\u2028##[error]\0\n',
      ['::set-output name=x::y', '\u2028##[error]\0'],
    ],
  ])('%s', async (_name, bytes, expected) => {
    await using local = await setup()
    expect(await messages(local.logs, await print(local, bytes))).toEqual(expected)
  })

  it('split at 262,118 bytes, but not within a character', async () => {
    await using local = await setup()
    const events = await messages(local.logs, await print(local, `${'x'.repeat(262_119)}\n${'€'.repeat(100_000)}\n`))
    expect(events.map((event) => Buffer.byteLength(event))).toEqual([262_118, 1, 262_116, 37_884])
    expect(events.slice(2).join('')).toBe('€'.repeat(100_000))
  })

  it('joined by awslogs-multiline-pattern', async () => {
    await using local = await setup()
    const arn = await print(local, '> one\n  more\n> two\n', { 'awslogs-multiline-pattern': '^>' })
    expect(await messages(local.logs, arn)).toEqual(['> one\n  more\n', '> two\n'])
  })

  it('of both stdout and stderr, stamped in milliseconds when they were read', async () => {
    await using local = await setup()
    local.aws.seedTaskDefinition(definition('echo out; sleep 0.1; echo err >&2'))
    const before = Date.now()
    const arn = await run(local.ecs)
    await until(local.ecs, arn, isStopped)
    const { events = [] } = await reader(local, arn)({})
    expect(texts(events)).toEqual(['out', 'err'])
    const [out = 0, err = 0] = events.map(({ timestamp }) => timestamp)
    expect(err - out).toBeGreaterThanOrEqual(80)
    expect(out).toBeGreaterThanOrEqual(before)
  })
})

describe('GetLogEvents', () => {
  it('repeats the token at the end, and goes on from it when more has come', async () => {
    await using local = await setup()
    local.aws.seedTaskDefinition(definition('echo one; sleep 0.3; echo two'))
    const arn = await run(local.ecs)
    const get = reader(local, arn)
    await until(local.ecs, arn, () => local.aws.containers.length > 0)
    await pause(100)
    const first = await get({})
    expect(texts(first.events)).toEqual(['one'])
    const end = await get({ nextToken: first.nextForwardToken })
    expect(end.events).toEqual([])
    expect(end.nextForwardToken).toBe(first.nextForwardToken)
    expect(end.nextForwardToken).toMatch(/^f\/\d{56}\/s$/)
    await until(local.ecs, arn, isStopped)
    expect(texts((await get({ nextToken: end.nextForwardToken })).events)).toEqual(['two'])
  })

  it('gives pages of a limit, from the head or from the tail, forwards and backwards', async () => {
    await using local = await setup()
    const arn = await print(local, lines(10).join('\n'))
    const get = reader(local, arn)
    const head = await get({ limit: 4 })
    expect(texts(head.events)).toEqual(lines(10).slice(0, 4))
    expect(texts((await get({ limit: 4, nextToken: head.nextForwardToken })).events)).toEqual(lines(10).slice(4, 8))
    const tail = await get({ limit: 4, startFromHead: false })
    expect(texts(tail.events)).toEqual(lines(10).slice(6))
    const back = await get({ limit: 4, startFromHead: false, nextToken: tail.nextBackwardToken })
    expect(texts(back.events)).toEqual(lines(10).slice(2, 6))
    const start = await get({ limit: 4, nextToken: head.nextBackwardToken })
    expect(start).toMatchObject({ events: [], nextBackwardToken: head.nextBackwardToken })
  })

  it.each<[string, Partial<LocalAwsOptions>, string[], number[]]>([
    ['10,000 events', {}, lines(10_001), [10_000, 1]],
    ['1 MB', {}, Array(5).fill('x'.repeat(262_000)), [4, 1]],
    ['the option logPageEvents', { logPageEvents: 1 }, lines(3), [1, 1, 1]],
  ])('gives pages of at most %s', async (_name, options, printed, sizes) => {
    await using local = await setup(options)
    const get = reader(local, await print(local, printed.join('\n')))
    const seen: number[] = []
    for (let nextToken: string | undefined; ; ) {
      const page = await get({ nextToken })
      if (page.nextForwardToken === nextToken) break
      seen.push(page.events?.length ?? 0)
      nextToken = page.nextForwardToken
    }
    expect(seen).toEqual(sizes)
  })

  it('can give an empty page with more behind it', async () => {
    await using local = await setup()
    const arn = await print(local, 'one\ntwo\n')
    local.aws.faults.add({ operation: 'GetLogEvents', kind: 'empty-page', times: 2 })
    const get = reader(local, arn)
    const first = await get({})
    const second = await get({ nextToken: first.nextForwardToken })
    expect([first.events, second.events]).toEqual([[], []])
    expect(second.nextForwardToken).not.toBe(first.nextForwardToken)
    expect(texts((await get({ nextToken: second.nextForwardToken })).events)).toEqual(['one', 'two'])
  })

  it('takes startTime inclusive and endTime exclusive', async () => {
    await using local = await setup()
    const arn = await print(local, 'one\n')
    const get = reader(local, arn)
    const at = (await get({})).events?.[0]?.timestamp ?? 0
    expect((await get({ startTime: at })).events).toHaveLength(1)
    expect((await get({ startTime: at + 1 })).events).toHaveLength(0)
    expect((await get({ endTime: at })).events).toHaveLength(0)
    expect((await get({ endTime: at + 1 })).events).toHaveLength(1)
  })

  it('refuses a forward token without startFromHead, a foreign token and one a day old', async () => {
    await using local = await setup({ timeScale: 2 })
    const [one, other] = [await print(local, 'one\n'), await print(local, 'one\n')]
    const nextToken = (await reader(local, one)({})).nextForwardToken
    await expect(reader(local, one)({ nextToken, startFromHead: false })).rejects.toThrow('startFromHead')
    await expect(reader(local, other)({ nextToken })).rejects.toThrow('The specified nextToken is invalid.')
    await expect(reader(local, one)({ nextToken: 'x' })).rejects.toThrow('The specified nextToken is invalid.')
    local.aws.pass(24 * 60 * 60_000 + 1)
    await expect(reader(local, one)({ nextToken })).rejects.toThrow('The specified nextToken is invalid.')
  })

  it('knows neither stream nor line before its time', async () => {
    await using local = await setup({ timing: { streamLag: 300, logLag: 600 } })
    const arn = await print(local, 'one\n')
    const get = reader(local, arn)
    await expect(get({})).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    await pause(300)
    expect((await get({})).events).toEqual([])
    await pause(300)
    expect(texts((await get({})).events)).toEqual(['one'])
  })

  it('knows a group only in its region', async () => {
    await using local = await setup()
    const logGroupName = '/ecs/elsewhere'
    local.aws.seedLogGroup(logGroupName, 'eu-west-1')
    const arn = await print(local, 'one\n', { 'awslogs-group': logGroupName, 'awslogs-region': 'eu-west-1' })
    const input = { logGroupName, logStreamName: streamOf(arn), startFromHead: true }
    await expect(local.logs.send(new GetLogEventsCommand(input))).rejects.toThrow('log group does not exist')
    const elsewhere = new CloudWatchLogsClient({ ...clientOptions(local.aws), region: 'eu-west-1' })
    expect(texts((await elsewhere.send(new GetLogEventsCommand(input))).events)).toEqual(['one'])
    elsewhere.destroy()
  })
})

describe('the other operations of CloudWatch Logs', () => {
  it('describe groups, and create groups', async () => {
    await using local = await setup()
    await local.logs.send(new CreateLogGroupCommand({ logGroupName: '/ecs/other' }))
    const again = local.logs.send(new CreateLogGroupCommand({ logGroupName: '/ecs/other' }))
    await expect(again).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' })
    const { logGroups } = await local.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/ecs/m' }))
    expect(logGroups?.map(({ logGroupName }) => logGroupName)).toEqual([group])
  })

  it('let a definition create its group', async () => {
    await using local = await setup()
    const arn = await print(local, 'one\n', { 'awslogs-group': '/ecs/new', 'awslogs-create-group': 'true' })
    const input = { logGroupName: '/ecs/new', logStreamName: streamOf(arn), startFromHead: true }
    const { events } = await local.logs.send(new GetLogEventsCommand(input))
    expect(texts(events)).toEqual(['one'])
  })
})
