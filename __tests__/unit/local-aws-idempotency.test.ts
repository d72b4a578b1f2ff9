import { ConflictException, DescribeTasksCommand, RunTaskCommand, type RunTaskCommandInput } from '@aws-sdk/client-ecs'
import { describe, expect, it } from '@jest/globals'
import { definition, isStopped, launch, type Setup, setup, until } from './local-aws-setup.ts'

const hourMs = 60 * 60 * 1000
/** Time can pass at once: the dates of requests are checked in real time alone. */
const timeless = { timeScale: 2, stoppedTaskRetentionMs: 100 * hourMs }

const send = (local: Setup, input: Partial<RunTaskCommandInput>) =>
  local.ecs.send(new RunTaskCommand({ ...launch, clientToken: 'token', ...input }))

const arnOf = async (answer: ReturnType<typeof send>) => (await answer).tasks?.[0]?.taskArn ?? 'none'

describe('a client token', () => {
  it('answers the same request with the same task, however often and however late it came', async () => {
    await using local = await setup()
    local.aws.seedTaskDefinition(definition('sleep 0.2'))
    const answers = await Promise.all([arnOf(send(local, {})), arnOf(send(local, {})), arnOf(send(local, {}))])
    expect(new Set(answers).size).toBe(1)
    await until(local.ecs, answers[0] ?? '', isStopped)
    expect(local.aws.containers).toHaveLength(1)
  })

  it('names the tasks that hold it when another request uses it', async () => {
    await using local = await setup()
    local.aws.seedTaskDefinition(definition('sleep 1000'))
    const arn = await arnOf(send(local, {}))
    const other = send(local, { startedBy: 'someone-else' })
    await expect(other).rejects.toBeInstanceOf(ConflictException)
    await expect(other).rejects.toMatchObject({ resourceIds: [arn], $metadata: { httpStatusCode: 400 } })
  })

  it('belongs to one cluster, named or by ARN', async () => {
    await using local = await setup({ clusters: ['default', 'other'] })
    local.aws.seedTaskDefinition(definition('sleep 1000'))
    const arn = await arnOf(send(local, { cluster: 'default' }))
    expect(await arnOf(send(local, { cluster: `arn:aws:ecs:us-east-1:123456789012:cluster/default` }))).toBe(arn)
    expect(await arnOf(send(local, { cluster: 'other' }))).not.toBe(arn)
  })

  it('shows of a stopped task only its name and state', async () => {
    await using local = await setup()
    local.aws.seedTaskDefinition(definition('exit 0'))
    const taskArn = await arnOf(send(local, {}))
    await until(local.ecs, taskArn, isStopped)
    expect((await send(local, {})).tasks).toEqual([{ taskArn, lastStatus: 'STOPPED', desiredStatus: 'STOPPED' }])
  })

  it('is free again an hour after its task has stopped', async () => {
    await using local = await setup(timeless)
    local.aws.seedTaskDefinition(definition('exit 0'))
    const arn = await arnOf(send(local, {}))
    await until(local.ecs, arn, isStopped)
    local.aws.pass(0.5 * hourMs)
    expect(await arnOf(send(local, {}))).toBe(arn)
    local.aws.pass(0.6 * hourMs)
    expect(await arnOf(send(local, {}))).not.toBe(arn)
  })

  it('may be free again early, and may be kept for longer than its task is shown', async () => {
    await using local = await setup({ ...timeless, stoppedTaskRetentionMs: hourMs })
    local.aws.seedTaskDefinition(definition('exit 0'))
    const launched = async (clientToken: string, tokenKept: number): Promise<string> => {
      local.aws.setTiming({ tokenKept })
      const arn = await arnOf(send(local, { clientToken }))
      await until(local.ecs, arn, isStopped)
      return arn
    }
    const kept = await launched('kept', 3 * hourMs)
    local.aws.pass(1.1 * hourMs)
    const { tasks } = await local.ecs.send(new DescribeTasksCommand({ tasks: [kept] }))
    expect(tasks).toEqual([])
    await expect(send(local, { clientToken: 'kept', startedBy: 'other' })).rejects.toMatchObject({
      resourceIds: [kept],
    })
    const early = await launched('early', hourMs / 3)
    local.aws.pass(0.5 * hourMs)
    expect(await arnOf(send(local, { clientToken: 'early' }))).not.toBe(early)
  })

  it('is free again after 24 hours, even while its task runs', async () => {
    await using local = await setup(timeless)
    local.aws.seedTaskDefinition(definition('sleep 1000'))
    const arn = await arnOf(send(local, {}))
    local.aws.pass(23.9 * hourMs)
    expect(await arnOf(send(local, {}))).toBe(arn)
    local.aws.pass(0.2 * hourMs)
    expect(await arnOf(send(local, {}))).not.toBe(arn)
  })

  it('answers recorded failures again, and starts nothing', async () => {
    await using local = await setup()
    local.aws.seedTaskDefinition(definition('exit 0'))
    local.aws.faults.add({ operation: 'RunTask', kind: 'failures', times: 1 })
    const first = await send(local, {})
    expect(first.tasks).toEqual([])
    expect(first.failures?.[0]?.reason).toMatch(/^Capacity is unavailable/)
    const second = await send(local, {})
    expect(second.failures).toEqual(first.failures)
    expect(second.tasks).toEqual([])
    expect((await send(local, { clientToken: 'another' })).tasks).toHaveLength(1)
  })

  it('is not used up by a request that was refused', async () => {
    await using local = await setup()
    await expect(send(local, {})).rejects.toThrow('TaskDefinition not found.')
    local.aws.seedTaskDefinition(definition('exit 0'))
    expect(await arnOf(send(local, {}))).not.toBe('none')
  })

  it('starts one task when the answer was lost, and gives it to who asks again', async () => {
    await using local = await setup()
    local.aws.seedTaskDefinition(definition('sleep 1000'))
    for (const kind of ['answer-lost', 'server-error-after-work', 'cut-off'] as const) {
      const clientToken = `token-${kind}`
      local.aws.faults.add({ operation: 'RunTask', kind, times: 1 })
      await expect(send(local, { clientToken })).rejects.toThrow()
      const arn = await arnOf(send(local, { clientToken }))
      const { tasks } = await local.ecs.send(new DescribeTasksCommand({ tasks: [arn] }))
      expect(tasks).toHaveLength(1)
    }
    expect(local.aws.journal.filter(({ operation }) => operation === 'RunTask')).toHaveLength(6)
    const arns = local.aws.journal.map(({ outcome }) => outcome?.output as { tasks?: { taskArn: string }[] })
    expect(new Set(arns.flatMap((output) => output.tasks?.map(({ taskArn }) => taskArn) ?? [])).size).toBe(3)
  })

  it.each(['', 'with space', 'ä', 'x'.repeat(65)])(
    'must be 1 to 64 printable ASCII characters, not %j',
    async (clientToken) => {
      await using local = await setup()
      local.aws.seedTaskDefinition(definition('exit 0'))
      await expect(send(local, { clientToken })).rejects.toThrow('clientToken')
    },
  )
})
