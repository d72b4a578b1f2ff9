import type { DescribeTasksRequest, ListTasksRequest, StopTaskRequest, Task } from '@aws-sdk/client-ecs'
import type { FaultSpec } from '../faults.ts'
import { pageAfter } from '../paging.ts'
import type { Call } from '../service.ts'
import { lastPart } from './arns.ts'
import type { ClusterEntry } from './clusters.ts'
import { pageSize } from './definitions.ts'
import type { Ecs } from './ecs.ts'
import { stopOnRequest } from './lifecycle.ts'
import { invalidParameter } from './refusals.ts'
import { type LiveTask, recordAt, wishedAt } from './task.ts'

const isKept = (ecs: Ecs, task: LiveTask, now: number) =>
  task.stoppedAt === undefined || now < task.stoppedAt + ecs.stoppedTaskRetentionMs

/** DescribeTasks: up to 100 tasks; those it does not know (any more, or yet) are MISSING. */
export function describeTasks(ecs: Ecs, call: Call) {
  const input = call.input as unknown as DescribeTasksRequest
  const cluster = ecs.clusters.active(input.cluster)
  const wanted = input.tasks ?? []
  if (wanted.length === 0) throw invalidParameter('Tasks cannot be empty.')
  if (wanted.length > 100) throw invalidParameter('Tasks can have at most 100 items.')
  for (const reference of wanted) checkReference(reference, cluster)
  const withTags = input.include?.includes('TAGS') === true
  const found = wanted.map((reference) => {
    const task = ecs.tasks.find(reference)
    const record = task?.cluster === cluster.name ? shownRecord(ecs, task, call.fault) : undefined
    return { reference, record: withTags && record ? { ...record, tags: [...(task?.tags ?? [])] } : record }
  })
  return {
    tasks: found.flatMap(({ record }) => record ?? []),
    failures: found
      .filter(({ record }) => !record)
      .map(({ reference }) => ({ arn: ecs.arns.task(cluster.name, lastPart(reference)), reason: 'MISSING' })),
  }
}

/** What DescribeTasks shows of a task; undefined: not yet, or not any more. */
function shownRecord(ecs: Ecs, task: LiveTask, fault: FaultSpec | undefined): Task | undefined {
  const now = ecs.clock.now()
  if (fault?.kind === 'missing' || !isKept(ecs, task, now)) return undefined
  if (now < task.createdAt + task.timing().describeLag) return undefined
  return fault?.kind === 'stale' ? recordAt(task, now - (fault.delayMs ?? 0)) : task.record
}

function checkReference(reference: string, cluster: ClusterEntry): void {
  const id = lastPart(reference)
  if (![32, 36].includes(id.length)) throw invalidParameter('taskId length should be one of [32,36]')
  const named = /:task\/([^/]+)\//.exec(reference)?.[1]
  if (named !== undefined && named !== cluster.name)
    throw invalidParameter(`Identifier is for cluster ${named}. Your cluster is ${cluster.name}`)
}

/**
 * ListTasks: by desired status and at most one more filter, as the listing saw things a while ago. The order
 * means nothing.
 */
export function listTasks(ecs: Ecs, call: Call) {
  const input = call.input as ListTasksRequest
  const cluster = ecs.clusters.active(input.cluster)
  checkFilters(input)
  const now = ecs.clock.now()
  const lag = (task: LiveTask) => (call.fault?.kind === 'stale' ? (call.fault.delayMs ?? 0) : task.timing().listLag)
  const arns = ecs.tasks
    .all()
    .filter((task) => task.cluster === cluster.name && isKept(ecs, task, now))
    .filter((task) => wishedAt(task, now - lag(task)) === (input.desiredStatus ?? 'RUNNING'))
    .filter((task) => input.family === undefined || task.revision.family === input.family)
    .filter((task) => input.startedBy === undefined || task.record.startedBy === input.startedBy)
    .filter(() => input.launchType === undefined || input.launchType === 'FARGATE')
    .filter(() => input.serviceName === undefined && input.containerInstance === undefined)
    .map(({ arn }) => arn)
    .sort()
  const page = pageAfter(arns, pageSize(input.maxResults), input.nextToken, (arn) => arn)
  if (!page) throw invalidParameter('Invalid token.')
  return { taskArns: page.items, ...(page.nextToken === undefined ? {} : { nextToken: page.nextToken }) }
}

/** "When you specify startedBy as the filter, it must be the only filter that you use." (service model) */
function checkFilters(input: ListTasksRequest): void {
  const others = [input.family, input.serviceName, input.containerInstance].filter((filter) => filter !== undefined)
  if (others.length > 1) throw invalidParameter('Only one of family, serviceName and containerInstance can be given.')
  const rest = [...others, input.desiredStatus, input.launchType].filter((filter) => filter !== undefined)
  if (input.startedBy !== undefined && rest.length > 0)
    throw invalidParameter('When startedBy is given as a filter, it must be the only filter.')
}

/** StopTask: shown at once, felt by the containers a little later. The task's tags are deleted. */
export function stopTask(ecs: Ecs, call: Call) {
  const input = call.input as unknown as StopTaskRequest
  const cluster = ecs.clusters.active(input.cluster)
  checkReference(input.task ?? '', cluster)
  const task = call.fault?.kind === 'missing' ? undefined : ecs.tasks.find(input.task ?? '')
  const now = ecs.clock.now()
  // As little known at first as to DescribeTasks (docs/platform-facts.md#eventual-consistency).
  if (task?.cluster !== cluster.name || !isKept(ecs, task, now) || now < task.createdAt + task.timing().describeLag)
    throw invalidParameter('The referenced task was not found.')
  task.tags = []
  const cause = { stopCode: 'UserInitiated', reason: input.reason ?? 'Task stopped by user' }
  ecs.stories.add(stopOnRequest(task, ecs.host, cause))
  return { task: task.record }
}
