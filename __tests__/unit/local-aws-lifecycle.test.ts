import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type ContainerCondition,
  type ContainerDefinition,
  DescribeTasksCommand,
  ListTasksCommand,
  type ListTasksCommandInput,
  StopTaskCommand,
  type Task,
} from '@aws-sdk/client-ecs'
import { describe, expect, it } from '@jest/globals'
import type { StartFailureKind } from '../../local/aws/index.ts'
import {
  definition,
  describeOne,
  image,
  isRunning,
  isStopped,
  messages,
  pause,
  run,
  type Setup,
  secretArn,
  setup,
  until,
} from './local-aws-setup.ts'

/** A process that prints a line on SIGTERM and ends with 7. It waits in the shell, so that the trap runs at once. */
const endsOnTerm = 'trap "echo stopped; exit 7" TERM; echo ready; while :; do sleep 0.02; done'

const seconds = (from: Date | undefined, to: Date | undefined) => {
  if (!from || !to) throw new Error('A timestamp is missing')
  return (to.getTime() - from.getTime()) / 1000
}

describe('the life of a task', () => {
  it('passes through every state, in order, with its timestamps', async () => {
    const each = { provisioning: 120, pending: 120, activating: 120, deactivating: 120, stopping: 120 }
    await using local = await setup({ timing: { ...each, deprovisioning: 120, exitLag: 120, describeLag: 0 } })
    local.aws.seedTaskDefinition(definition('sleep 0.3; exit 3'))
    const arn = await run(local.ecs)
    const seen: string[] = []
    // Looked at in this process: on a busy machine a request takes longer than a state lasts.
    while (seen.at(-1) !== 'STOPPED') {
      const status = local.aws.task(arn)?.lastStatus ?? ''
      if (seen.at(-1) !== status) seen.push(status)
      await pause(5)
    }
    const task = await until(local.ecs, arn, isStopped)
    expect(seen).toEqual(
      'PROVISIONING PENDING ACTIVATING RUNNING DEACTIVATING STOPPING DEPROVISIONING STOPPED'.split(' '),
    )
    const { createdAt, pullStartedAt, pullStoppedAt, startedAt, executionStoppedAt, stoppingAt, stoppedAt } = task
    const times = [createdAt, pullStartedAt, pullStoppedAt, startedAt, executionStoppedAt, stoppingAt, stoppedAt]
    for (const [index, time] of times.slice(1).entries()) expect(seconds(times[index], time)).toBeGreaterThan(0)
    expect(task).toMatchObject({
      desiredStatus: 'STOPPED',
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      containers: [{ name: 'app', lastStatus: 'STOPPED', exitCode: 3 }],
      attachments: [{ status: 'DELETED' }],
    })
  })

  it('shows the exit code with the stop code while the task still deprovisions', async () => {
    await using local = await setup({ timing: { deprovisioning: 60_000, exitLag: 0 } })
    local.aws.seedTaskDefinition(definition('exit 0'))
    const task = await until(local.ecs, await run(local.ecs), (one) => one.lastStatus === 'DEPROVISIONING')
    expect(task.containers?.[0]?.exitCode).toBe(0)
    expect(task.stopCode).toBe('EssentialContainerExited')
    expect(task.stoppedAt).toBeUndefined()
  })

  it('can show an exit code before the stop code', async () => {
    await using local = await setup({ timing: { stopCodeLag: 60_000, exitLag: 0 } })
    local.aws.seedTaskDefinition(definition('exit 0'))
    const task = await until(local.ecs, await run(local.ecs), (one) => one.containers?.[0]?.exitCode === 0)
    expect(task).toMatchObject({ desiredStatus: 'RUNNING' })
    expect(task.stopCode).toBeUndefined()
  })

  it('never shows RUNNING where the exit is known before', async () => {
    await using local = await setup({ timing: { activating: 60_000, exitLag: 0 } })
    local.aws.seedTaskDefinition(definition('exit 0'))
    const task = await until(local.ecs, await run(local.ecs), isStopped)
    expect(task.startedAt).toBeUndefined()
    expect(task.containers?.[0]?.exitCode).toBe(0)
  })

  it('passes through DELETED where asked to', async () => {
    await using local = await setup({ timing: { deleted: 60_000 } })
    local.aws.seedTaskDefinition(definition('exit 0'))
    expect(await until(local.ecs, await run(local.ecs), (one) => one.lastStatus === 'DELETED')).toBeDefined()
  })

  it('is MISSING at first, and again when it has been stopped for long enough', async () => {
    await using local = await setup({ timing: { describeLag: 300 }, stoppedTaskRetentionMs: 200 })
    local.aws.seedTaskDefinition(definition('exit 0'))
    const arn = await run(local.ecs)
    const { tasks, failures } = await local.ecs.send(new DescribeTasksCommand({ tasks: [arn] }))
    expect(tasks).toEqual([])
    expect(failures).toEqual([{ arn, reason: 'MISSING' }])
    await pause(700)
    expect(await describeOne(local.ecs, arn)).toBeUndefined()
    expect(local.aws.task(arn)?.lastStatus).toBe('STOPPED')
  })
})

describe('stopping', () => {
  it('sends SIGTERM and shows the exit code it led to', async () => {
    await using local = await setup({ timing: { exitLag: 0 } })
    local.aws.seedTaskDefinition(definition(endsOnTerm))
    const arn = await run(local.ecs, { tags: [{ key: 'a', value: 'b' }] })
    await until(local.ecs, arn, isRunning)
    await printed(local, arn, /^ready$/)
    expect((await describeOne(local.ecs, arn, ['TAGS']))?.tags).toEqual([{ key: 'a', value: 'b' }])
    const { task } = await local.ecs.send(new StopTaskCommand({ task: arn, reason: 'the run was cancelled' }))
    expect(task).toMatchObject({ desiredStatus: 'STOPPED', stopCode: 'UserInitiated' })
    const stopped = await until(local.ecs, arn, isStopped)
    expect(stopped).toMatchObject({ stoppedReason: 'the run was cancelled', containers: [{ exitCode: 7 }] })
    expect((await describeOne(local.ecs, arn, ['TAGS']))?.tags).toEqual([])
    expect(await messages(local.logs, arn)).toEqual(['ready', 'stopped'])
  })

  it('sends SIGKILL after stopTimeout to what ignores SIGTERM, and to all its children', async () => {
    await using local = await setup({ timeScale: 20 })
    const input = definition('sleep 1000 & echo $!; wait')
    local.aws.seedTaskDefinition({
      ...input,
      containerDefinitions: input.containerDefinitions?.map((container) => ({ ...container, stopTimeout: 10 })),
    })
    const arn = await run(local.ecs)
    await until(local.ecs, arn, isRunning)
    const child = await printed(local, arn, /^\d+$/)
    await local.ecs.send(new StopTaskCommand({ task: arn }))
    const task = await until(local.ecs, arn, isStopped)
    expect(task).toMatchObject({ containers: [{ exitCode: 137 }], stoppedReason: 'Task stopped by user' })
    expect(seconds(task.stoppingAt, task.executionStoppedAt)).toBeGreaterThanOrEqual(10)
    expect(local.aws.containers[0]?.signal).toBe('SIGKILL')
    expect(isGone(Number(child))).toBe(true)
  })

  it.each(['provisioning', 'pending'] as const)('starts no container when the stop comes while %s', async (state) => {
    await using local = await setup({ timing: { provisioning: 0, [state]: 60_000 } })
    local.aws.seedTaskDefinition(definition('echo must not run'))
    const arn = await run(local.ecs)
    await local.ecs.send(new StopTaskCommand({ task: arn }))
    const task = await until(local.ecs, arn, isStopped)
    expect(task).toMatchObject({ stopCode: 'UserInitiated', containers: [{ lastStatus: 'STOPPED' }] })
    expect(task.containers?.[0]?.exitCode).toBeUndefined()
    expect(task.startedAt).toBeUndefined()
    expect(local.aws.containers).toEqual([])
  })

  it('never shows RUNNING once a stop has come while activating', async () => {
    await using local = await setup({ timing: { activating: 60_000, exitLag: 100 } })
    local.aws.seedTaskDefinition(definition(endsOnTerm))
    const arn = await run(local.ecs)
    await printed(local, arn, /^ready$/)
    await local.ecs.send(new StopTaskCommand({ task: arn }))
    const seen = new Set<string | undefined>()
    const task = await until(local.ecs, arn, (one) => isStopped(one) || !seen.add(one.lastStatus))
    expect([...seen]).not.toContain('RUNNING')
    expect(task.startedAt).toBeUndefined()
    expect(task.containers?.[0]?.exitCode).toBe(7)
  })

  it('shows an exit late, and when it was by the timestamps', async () => {
    await using local = await setup({ timing: { exitLag: 400 } })
    local.aws.seedTaskDefinition(definition('exit 0'))
    const arn = await run(local.ecs)
    await until(local.ecs, arn, () => local.aws.containers[0]?.exitedAt !== undefined)
    await pause(5)
    await local.ecs.send(new StopTaskCommand({ task: arn }))
    const task = await until(local.ecs, arn, isStopped)
    expect(task).toMatchObject({ stopCode: 'UserInitiated', containers: [{ exitCode: 0 }] })
    expect(seconds(task.executionStoppedAt, task.stoppingAt)).toBeGreaterThan(0)
  })

  it('changes nothing on a task that has ended already', async () => {
    await using local = await setup()
    local.aws.seedTaskDefinition(definition('exit 0'))
    const arn = await run(local.ecs)
    await until(local.ecs, arn, isStopped)
    await local.ecs.send(new StopTaskCommand({ task: arn, reason: 'late' }))
    expect(await describeOne(local.ecs, arn)).toMatchObject({ stopCode: 'EssentialContainerExited' })
  })
})

/** `sleep` stands for a sidecar that would run for ever. */
function withSidecar(script: string, sidecar: { essential: boolean; script: string; dependsOn?: boolean }) {
  const input = definition(script)
  const [app] = input.containerDefinitions ?? []
  if (!app) throw new Error('no container')
  const other = { ...app, name: 'sidecar', command: ['sh', '-c', sidecar.script], essential: sidecar.essential }
  const first = sidecar.dependsOn
    ? { ...app, dependsOn: [{ containerName: 'sidecar', condition: 'SUCCESS' as const }] }
    : app
  return { ...input, containerDefinitions: [first, { ...other, stopTimeout: 2 }] }
}

const exitCodes = (task: Task) =>
  Object.fromEntries((task.containers ?? []).map(({ name, exitCode }) => [name, exitCode]))

describe('several containers', () => {
  it.concurrent('stops a sidecar when the essential container has exited', async () => {
    await using local = await setup()
    local.aws.seedTaskDefinition(withSidecar('exit 0', { essential: false, script: endsOnTerm }))
    const task = await until(local.ecs, await run(local.ecs), isStopped)
    expect(task.stopCode).toBe('EssentialContainerExited')
    expect(exitCodes(task).app).toBe(0)
  })

  it.concurrent('runs on when a container that is not essential fails', async () => {
    await using local = await setup()
    local.aws.seedTaskDefinition(withSidecar('sleep 0.4; exit 0', { essential: false, script: 'exit 9' }))
    const arn = await run(local.ecs)
    const during = await until(local.ecs, arn, (one) => exitCodes(one).sidecar === 9)
    expect(during).toMatchObject({ lastStatus: 'RUNNING', desiredStatus: 'RUNNING' })
    expect(exitCodes(await until(local.ecs, arn, isStopped))).toEqual({ app: 0, sidecar: 9 })
  })

  it.concurrent('ends with the first essential container', async () => {
    await using local = await setup({ timeScale: 10 })
    local.aws.seedTaskDefinition(withSidecar('sleep 1000', { essential: true, script: 'exit 5' }))
    const task = await until(local.ecs, await run(local.ecs), isStopped)
    expect(exitCodes(task)).toEqual({ app: 137, sidecar: 5 })
  })

  it.concurrent('starts in the order that dependsOn asks for', async () => {
    await using local = await setup()
    local.aws.seedTaskDefinition(withSidecar('exit 0', { essential: false, script: 'sleep 0.2', dependsOn: true }))
    expect(exitCodes(await until(local.ecs, await run(local.ecs), isStopped))).toEqual({ app: 0, sidecar: 0 })
    const [first, second] = local.aws.containers
    expect([first?.name, second?.name]).toEqual(['sidecar', 'app'])
    expect(second?.startedAt).toBeGreaterThanOrEqual(first?.exitedAt ?? Number.POSITIVE_INFINITY)
  })

  it.concurrent('never starts what depends on the success of a container that failed', async () => {
    await using local = await setup()
    local.aws.seedTaskDefinition(withSidecar('exit 0', { essential: false, script: 'exit 4', dependsOn: true }))
    const task = await until(local.ecs, await run(local.ecs), isStopped)
    expect(task).toMatchObject({ stopCode: 'TaskFailedToStart', stoppedReason: 'Task failed to start' })
    expect(task.startedAt).toBeUndefined()
    expect(exitCodes(task)).toEqual({ app: 143, sidecar: 4 })
    expect(task.containers?.find(({ name }) => name === 'app')?.reason).toMatch(
      /^CannotStartContainerError: dependency graph: .*sidecar.* - Exit: 4\] .*did not exit successfully/,
    )
    expect(local.aws.containers.map(({ name }) => name)).toEqual(['sidecar'])
  })

  const waiting = (condition: ContainerCondition, change: ContainerDefinition) => {
    const input = withSidecar('exit 0', { essential: false, script: 'exit 4' })
    const [app, sidecar] = input.containerDefinitions ?? []
    const dependsOn = [{ containerName: 'sidecar', condition }]
    return {
      ...input,
      containerDefinitions: [
        { ...app, dependsOn },
        { ...sidecar, ...change },
      ],
    }
  }
  const sh = (script: string) => ['sh', '-c', script]
  const check = (script: string) => ({ healthCheck: { command: ['CMD-SHELL', script], interval: 5 } })
  it.concurrent.each<[string, ContainerCondition, ContainerDefinition, string[]]>([
    ['the start of one that has ended', 'START', { command: sh('exit 4') }, ['sidecar', 'app']],
    ['the start of one that cannot', 'START', { command: ['nope'] }, ['app']],
    ['the end of one that fails', 'COMPLETE', { command: sh('exit 4') }, ['sidecar', 'app']],
    ['the end of one that cannot start', 'COMPLETE', { command: ['nope'] }, []],
    [
      'the health of one that is not at once',
      'HEALTHY',
      { command: sh('sleep 1; >up; sleep 9'), ...check('test -e up') },
      ['sidecar', 'app'],
    ],
    ['the health of one that ends', 'HEALTHY', { command: sh('sleep 0.5'), ...check('exit 1') }, ['sidecar']],
  ])('waits for %s', async (_what, condition, change, expected) => {
    const folder = mkdtempSync(join(tmpdir(), 'sidecar-'))
    await using local = await setup({ timeScale: 10, images: { [image]: { folder } } })
    local.aws.seedTaskDefinition(waiting(condition, change))
    const task = await until(local.ecs, await run(local.ecs), isStopped)
    expect(local.aws.containers.map(({ name }) => name)).toEqual(expected)
    expect(task.stopCode).toBe(expected.includes('app') ? 'EssentialContainerExited' : 'TaskFailedToStart')
    rmSync(folder, { recursive: true })
  })
})

describe('a task that cannot start', () => {
  const kinds: readonly (readonly [StartFailureKind, RegExp, boolean])[] = [
    ['interface-timeout', /^Timeout waiting for network interface provisioning to complete/, false],
    ['capacity', /^Capacity is unavailable at this time/, false],
    ['secrets-unreachable', /^ResourceInitializationError: .*AWS Secrets Manager.*context deadline exceeded/, true],
    ['image-platform', /^CannotPullContainerError: .*platform 'linux\/amd64'/, true],
  ]
  it.each(kinds)('by script: %s', async (kind, reason, pulled) => {
    await using local = await setup()
    local.aws.seedTaskDefinition(definition('exit 0'))
    local.aws.script({ failStart: kind, times: 1 })
    const task = await until(local.ecs, await run(local.ecs), isStopped)
    expect(task).toMatchObject({ stopCode: 'TaskFailedToStart', containers: [{ lastStatus: 'STOPPED' }] })
    expect(task.stoppedReason).toMatch(reason)
    expect(task.startedAt).toBeUndefined()
    expect(task.containers?.[0]?.exitCode).toBeUndefined()
    expect(task.pullStartedAt !== undefined).toBe(pulled)
    expect(local.aws.containers).toEqual([])
    const second = await until(local.ecs, await run(local.ecs), isStopped)
    expect(second.containers?.[0]?.exitCode).toBe(0)
  })

  it.each([
    ['and it is not essential: it alone ends', false, undefined, 'EssentialContainerExited'],
    ['and it is essential', true, undefined, 'TaskFailedToStart'],
    ['and another one waits for it', false, [{ containerName: 'agent', condition: 'START' }], 'TaskFailedToStart'],
  ] as const)('an image beside cannot be pulled, %s', async (_, essential, dependsOn, stopCode) => {
    await using local = await setup()
    const input = definition('exit 0')
    const [app] = input.containerDefinitions ?? []
    const agent = { name: 'agent', image: 'nowhere/agent:1', essential }
    const containerDefinitions = [{ ...app, ...(dependsOn && { dependsOn: [...dependsOn] }) }, agent]
    local.aws.seedTaskDefinition({ ...input, containerDefinitions })
    const task = await until(local.ecs, await run(local.ecs), isStopped)
    expect(task.stopCode).toBe(stopCode)
    if (stopCode === 'TaskFailedToStart') return expect(local.aws.containers).toEqual([])
    expect(task.containers).toMatchObject([
      { exitCode: 0 },
      { name: 'agent', lastStatus: 'STOPPED', reason: expect.stringMatching(/^CannotPullContainerError/) },
    ])
  })

  type Change = (container: Record<string, unknown>) => Record<string, unknown>
  const secret =
    (valueFrom: string): Change =>
    (container) => ({ ...container, secrets: [{ name: 'SECRET', valueFrom }] })
  const faults: readonly (readonly [string, Change, RegExp])[] = [
    ['an unknown image', (one) => ({ ...one, image: 'nowhere/app:1' }), /^CannotPullContainerError: .*not found/],
    ['an unknown secret', secret(secretArn.replace('database', 'other')), /can't retrieve the secret with ARN/],
    ['an unknown key of a secret', secret(`${secretArn}:user::`), /did not contain json key user/],
    ['an unknown parameter', secret('arn:aws:ssm:us-east-1:123456789012:parameter/x'), /secrets from ssm/],
    ['a missing log group', logGroup('/ecs/none'), /The specified log group does not exist/],
    ['a command that is not there', (one) => ({ ...one, command: ['nope'] }), /executable file not found in \$PATH/],
  ]
  it.each(faults)('for %s', async (_name, change, reason) => {
    await using local = await setup()
    const input = definition('exit 0')
    const containerDefinitions = input.containerDefinitions?.map((one) => change({ ...one }))
    local.aws.seedTaskDefinition({ ...input, containerDefinitions } as typeof input)
    const task = await until(local.ecs, await run(local.ecs), isStopped)
    expect(task.stopCode).toBe('TaskFailedToStart')
    expect(task.stoppedReason).toMatch(reason)
    expect(task.containers?.[0]?.exitCode).toBeUndefined()
    expect(local.aws.containers).toEqual([])
  })

  it('from the subnet it was placed in; subnets take turns', async () => {
    await using local = await setup({
      network: ({ subnet, assignPublicIp }) =>
        subnet === 'subnet-bad' && !assignPublicIp ? 'ecr-unreachable' : undefined,
    })
    local.aws.seedTaskDefinition(definition('exit 0'))
    const stopCodes = async (assignPublicIp: 'ENABLED' | 'DISABLED') => {
      const awsvpcConfiguration = { subnets: ['subnet-good', 'subnet-bad'], assignPublicIp }
      const arns = [await run(local.ecs, { networkConfiguration: { awsvpcConfiguration } })]
      arns.push(await run(local.ecs, { networkConfiguration: { awsvpcConfiguration } }))
      const tasks = await Promise.all(arns.map((arn) => until(local.ecs, arn, isStopped)))
      return tasks.map(({ stopCode }) => stopCode)
    }
    expect(await stopCodes('DISABLED')).toEqual(['EssentialContainerExited', 'TaskFailedToStart'])
    expect(await stopCodes('ENABLED')).toEqual(['EssentialContainerExited', 'EssentialContainerExited'])
  })

  it('for an image of another architecture', async () => {
    await using local = await setup({ images: { [image]: { folder: tmpdir(), architecture: 'ARM64' } } })
    local.aws.seedTaskDefinition(definition('exit 0'))
    const task = await until(local.ecs, await run(local.ecs), isStopped)
    expect(task.stoppedReason).toMatch(/platform 'linux\/amd64'/)
    expect(task.containers?.[0]?.reason).toBe(task.stoppedReason)
  })
})

function logGroup(name: string) {
  return (container: Record<string, unknown>) => {
    const { logDriver, options } = container.logConfiguration as { logDriver: string; options: Record<string, string> }
    return { ...container, logConfiguration: { logDriver, options: { ...options, 'awslogs-group': name } } }
  }
}

describe('listings', () => {
  it('know running and stopped tasks by family or by startedBy alone', async () => {
    await using local = await setup()
    local.aws.seedTaskDefinition(definition('sleep 1000'))
    local.aws.seedTaskDefinition({ ...definition('exit 0'), family: 'other' })
    const long = await run(local.ecs, { startedBy: 'run/1' })
    const short = await run(local.ecs, { taskDefinition: 'other', startedBy: 'run/1' })
    await until(local.ecs, short, isStopped)
    const list = async (input: ListTasksCommandInput) => (await local.ecs.send(new ListTasksCommand(input))).taskArns
    expect(await list({})).toEqual([long])
    expect(await list({ desiredStatus: 'STOPPED' })).toEqual([short])
    expect(await list({ family: 'migration' })).toEqual([long])
    expect(await list({ family: 'other', desiredStatus: 'STOPPED' })).toEqual([short])
    expect(await list({ startedBy: 'run/1' })).toEqual([long])
    expect(await list({ startedBy: 'run/2' })).toEqual([])
    await expect(list({ startedBy: 'run/1', desiredStatus: 'STOPPED' })).rejects.toThrow('only filter')
  })

  it('lag behind', async () => {
    await using local = await setup({ timing: { listLag: 300 } })
    local.aws.seedTaskDefinition(definition('sleep 1000'))
    const arn = await run(local.ecs)
    const list = async () => (await local.ecs.send(new ListTasksCommand({}))).taskArns
    expect(await list()).toEqual([])
    await pause(350)
    expect(await list()).toEqual([arn])
  })

  it('come in pages', async () => {
    await using local = await setup()
    local.aws.seedTaskDefinition(definition('sleep 1000'))
    const arns = await Promise.all([run(local.ecs), run(local.ecs), run(local.ecs)])
    const first = await local.ecs.send(new ListTasksCommand({ maxResults: 2 }))
    const second = await local.ecs.send(new ListTasksCommand({ maxResults: 2, nextToken: first.nextToken }))
    expect([...(first.taskArns ?? []), ...(second.taskArns ?? [])]).toEqual([...arns].sort())
    expect(second.nextToken).toBeUndefined()
  })
})

/** Waits until the container has printed such a line, and gives it. */
async function printed(local: Setup, arn: string, pattern: RegExp): Promise<string> {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    const lines = await messages(local.logs, arn).catch((): string[] => [])
    const line = lines.find((one) => pattern.test(one))
    if (line !== undefined) return line
    await pause(10)
  }
  throw new Error(`The container never printed ${pattern}`)
}

/** No such process any more, or one that is dead and only waits to be reaped. */
function isGone(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
  return stdout.trim() === '' || stdout.trim().startsWith('Z')
}
