/** AWS may answer null in any list and for any member: a plan, a verdict or a clear error comes of it, never a TypeError. */
import { createHash } from 'node:crypto'
import { DescribeTaskDefinitionCommand, DescribeTasksCommand, type Task } from '@aws-sdk/client-ecs'
import { describe, it } from '@jest/globals'
import fc from 'fast-check'
import { NoAnswer } from '../../src/aws/errors.ts'
import { explain } from '../../src/explain/explain.ts'
import { stoppedFor } from '../../src/migration/chain.ts'
import { judge, NO_HISTORY, remember } from '../../src/migration/outcome.ts'
import { recordOf } from '../../src/migration/record.ts'
import { differencesOf } from '../../src/migration/same-migration.ts'
import { waitsOf } from '../../src/migration/waits.ts'
import { type Plan, Refusal } from '../../src/model.ts'
import { makePlan, type PlanRequest } from '../../src/plan/plan.ts'
import { changesOf } from '../../src/report/announcement.ts'
import { answeringClient } from './answering-client.ts'
import { anyJobDefinition } from './any-definition.ts'
import { planInputs } from './plan-inputs.ts'

const hash = (text: string): string => createHash('sha256').update(text).digest('hex')
const arn = (what: string): string => `arn:aws:ecs:eu-central-1:123456789012:${what}`
const taskArn = arn('task/default/0a1b')

/** Nulls where the dice fall on one: in lists, and in the place of members. */
function sprinkled(value: unknown, dice: () => number): unknown {
  if (Array.isArray(value)) return value.flatMap((item) => [...(dice() === 1 ? [null] : []), sprinkled(item, dice)])
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, dice() === 1 ? null : sprinkled(one, dice)]),
  )
}

const anyDice = fc.array(fc.nat(12), { minLength: 50, maxLength: 200 }).map((throws) => {
  let at = 0
  return () => throws[at++ % throws.length] ?? 0
})

/** @returns undefined for a clear error */
async function unlessClear<T>(work: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal || error instanceof NoAnswer) return undefined
    throw error
  }
}

const withMuch = {
  secrets: [{ name: 'PGPASSWORD', valueFrom: arn('parameter/p') }],
  portMappings: [{ containerPort: 80, protocol: 'tcp' }],
  ulimits: [{ name: 'nofile', softLimit: 1, hardLimit: 1 }],
  healthCheck: { command: ['CMD', 'true'], interval: 5 },
  environmentFiles: [{ type: 's3', value: arn('x') }],
  links: ['a:b'],
  dockerLabels: { a: 'b' },
  linuxParameters: { capabilities: { drop: ['ALL'] }, devices: [{ hostPath: '/dev/x' }] },
}

async function planned(answer: object, change: Partial<PlanRequest['inputs']>): Promise<Plan | undefined> {
  return unlessClear(async () => {
    const { taskDefinition: definition = {}, tags = [] } = await answeringClient(answer).send(
      new DescribeTaskDefinitionCommand({ taskDefinition: 'shop' }),
    )
    const base = { definition, tags, unknownMembers: [] }
    const inputs = { ...planInputs, ...change }
    const network = { subnets: ['subnet-1'] }
    const identity = {
      repository: 'o/r',
      runUrl: 'https://github.com/o/r/actions/runs/1',
      actor: 'a',
      commit: 'c',
      nonce: 'n',
    }
    const plan = makePlan({ inputs, base, network, identity, image: inputs.imageUri }, hash)
    changesOf(base, plan, inputs.databaseVariable)
    return plan
  })
}

describe('nulls in an answer of AWS', () => {
  it('to DescribeTaskDefinition leave a plan or a refusal', async () => {
    const anyInputs = fc.record({
      sidecars: fc.constantFrom<'auto' | 'all' | 'none'>('auto', 'all', 'none'),
      databases: fc.constantFrom(['shop'], ['shop', 'crm']),
    })
    await fc.assert(
      fc.asyncProperty(anyJobDefinition, anyDice, anyInputs, async (definition, dice, inputs) => {
        const containerDefinitions = definition.containerDefinitions?.map((one) => ({ ...withMuch, ...one }))
        const taskDefinition = { ...definition, containerDefinitions, taskDefinitionArn: arn('task-definition/shop:1') }
        const tags = [{ key: 'team', value: 'a' }]
        await planned(
          { taskDefinition: sprinkled(taskDefinition, dice), tags: sprinkled(tags, dice) } as object,
          inputs,
        )
      }),
      { numRuns: 300 },
    )
  })

  it('to DescribeTasks leave a verdict, or none yet', async () => {
    const plan = await planned(
      {
        taskDefinition: {
          ...whole,
          containerDefinitions: [
            { name: 'app', image: 'shop', dependsOn: [{ containerName: 'init', condition: 'SUCCESS' }] },
            { name: 'init', image: 'x', essential: false },
          ],
        },
      },
      {},
    )
    if (plan === undefined) throw new Error('it can be planned')
    await fc.assert(
      fc.asyncProperty(anyTask, anyDice, async (task, dice) => {
        const output = await answeringClient({
          tasks: [null, { ...(sprinkled(task, dice) as object), taskArn }],
          failures: [null],
        }).send(new DescribeTasksCommand({ tasks: [taskArn] }))
        const [shown] = output.tasks ?? []
        if (shown === undefined) throw new Error('a task is shown')
        look(shown, plan)
      }),
      { numRuns: 300 },
    )
  })
})

const whole = {
  family: 'shop',
  taskDefinitionArn: arn('task-definition/shop:1'),
  networkMode: 'awsvpc',
  compatibilities: ['FARGATE'],
}

const anyTask = fc.record({
  taskArn: fc.constant(taskArn),
  lastStatus: fc.constantFrom('PENDING', 'RUNNING', 'DEPROVISIONING', 'STOPPED'),
  desiredStatus: fc.constantFrom('RUNNING', 'STOPPED'),
  stopCode: fc.constantFrom(null, 'EssentialContainerExited', 'TaskFailedToStart', 'UserInitiated'),
  stoppedReason: fc.constantFrom(null, 'Essential container in task exited', 'CannotPullContainerError: x'),
  startedAt: fc.constantFrom(null, 1_700_000_000),
  createdAt: fc.constant(1_700_000_000.5),
  stoppedAt: fc.constantFrom(null, 1_600_000_000),
  overrides: fc.constant({
    containerOverrides: [{ name: 'app', environment: [{ name: 'DATABASE_NAME', value: 'shop' }] }],
  }),
  tags: fc.constant([{ key: 'a', value: 'b' }]),
  attachments: fc.constant([{ type: 'eni', details: [{ name: 'subnetId', value: 's' }] }]),
  containers: fc.array(
    fc.record({
      name: fc.constantFrom('app', 'init', null),
      exitCode: fc.constantFrom(null, 0, 1, 137),
      lastStatus: fc.constantFrom('PENDING', 'RUNNING', 'STOPPED'),
      reason: fc.constantFrom(null, 'OutOfMemoryError: x'),
      networkInterfaces: fc.constant([{ attachmentId: 'x' }]),
    }),
    { maxLength: 3 },
  ),
})

/** All that looks at a task. */
function look(task: Task, { container: { name: container = '' }, clone, essential, launches }: Plan): void {
  const who = { container, essential, waits: waitsOf(clone.containerDefinitions ?? [], container) }
  const history = remember(NO_HISTORY, task, who, false)
  const outcome = judge(task, who, history, undefined)
  stoppedFor(task, new Date())
  const [launch] = launches
  if (launch !== undefined) {
    const revision = { definition: clone as object, tags: [], unknownMembers: [] }
    differencesOf({ task, revision }, launch, { container, databaseVariable: 'DATABASE_NAME' })
  }
  if (outcome === undefined) return
  const log = { lineCount: 0, lastLines: [], readable: true }
  const record = recordOf('shop', { outcome, task, history }, log, { container, image: 'shop' })
  explain(record, { cluster: 'default', region: 'eu-central-1' })
}
