import type {
  CreateLogGroupRequest,
  DeleteLogGroupRequest,
  DescribeLogGroupsRequest,
  DescribeLogStreamsRequest,
  FilterLogEventsRequest,
  GetLogEventsRequest,
} from '@aws-sdk/client-cloudwatch-logs'
import { awsJson, validate } from '../aws-json.ts'
import type { Clock } from '../clock.ts'
import { loadModel } from '../model.ts'
import { pageAfter } from '../paging.ts'
import { type Call, type Service, ServiceError } from '../service.ts'
import { filterLogEvents } from './filter-log-events.ts'
import { getLogEvents, pageEvents, type Reading } from './get-log-events.ts'
import { type LogStore, type StoredGroup, type StoredStream, visibleCount } from './store.ts'

export interface LogsOptions {
  readonly clock: Clock
  readonly store: LogStore
  readonly accountId: string
  /** At most so many events in a page. */
  readonly pageEvents: number
}

/** CloudWatch Logs, what reading logs needs of it. Groups belong to the region a request is signed for. */
export function createLogs(options: LogsOptions): Service {
  const model = loadModel('logs')
  const operations: Readonly<Record<string, (call: Call) => unknown>> = {
    CreateLogGroup: (call) => createGroup(options, call),
    DeleteLogGroup: (call) => deleteGroup(options, call),
    DescribeLogGroups: (call) => describeGroups(options, call),
    DescribeLogStreams: (call) => describeStreams(options, call),
    FilterLogEvents: (call) => filter(options, call),
    GetLogEvents: (call) => get(options, call),
  }
  return {
    name: 'logs',
    ...awsJson(model.targetPrefix),
    answer(call) {
      validate(model, call.operation, call.input)
      return operations[call.operation]?.(call)
    },
  }
}

const notFound = (what: string) =>
  new ServiceError('ResourceNotFoundException', `The specified log ${what} does not exist.`)
const invalid = (message: string) => new ServiceError('InvalidParameterException', message)

function createGroup({ store }: LogsOptions, call: Call) {
  const { logGroupName = '', logGroupClass } = call.input as unknown as CreateLogGroupRequest
  if (!store.createGroup(call.region, logGroupName, logGroupClass))
    throw new ServiceError('ResourceAlreadyExistsException', 'The specified log group already exists')
  return {}
}

function deleteGroup({ store }: LogsOptions, call: Call) {
  const { logGroupName = '' } = call.input as unknown as DeleteLogGroupRequest
  if (!store.deleteGroup(call.region, logGroupName)) throw notFound('group')
  return {}
}

function describeGroups({ store, accountId }: LogsOptions, call: Call) {
  const input = call.input as DescribeLogGroupsRequest
  const groups = store
    .groups(call.region)
    .filter(({ name }) => name.startsWith(input.logGroupNamePrefix ?? ''))
    .filter(({ name }) => name.includes(input.logGroupNamePattern ?? ''))
  const page = pageAfter(groups, input.limit ?? 50, input.nextToken, ({ name }) => name)
  if (!page) throw invalid('The specified nextToken is invalid.')
  const logGroups = page.items.map(({ name, createdAt, logGroupClass }) => {
    const arn = `arn:aws:logs:${call.region}:${accountId}:log-group:${name}`
    return {
      logGroupName: name,
      creationTime: createdAt,
      metricFilterCount: 0,
      arn: `${arn}:*`,
      storedBytes: 0,
      logGroupClass,
      logGroupArn: arn,
    }
  })
  return { logGroups, ...(page.nextToken === undefined ? {} : { nextToken: page.nextToken }) }
}

function describeStreams(options: LogsOptions, call: Call) {
  const input = call.input as DescribeLogStreamsRequest
  const now = options.clock.now()
  const byTime = input.orderBy === 'LastEventTime'
  if (byTime && input.logStreamNamePrefix !== undefined)
    throw invalid('Cannot order by LastEventTime with a logStreamNamePrefix.')
  const group = findGroup(options, call.region, input)
  const key = (stream: StoredStream) => {
    const last = stream.events[visibleCount(stream.events, now) - 1]?.timestamp ?? 0
    return byTime ? `${String(last).padStart(16, '0')} ${stream.name}` : stream.name
  }
  const sign = input.descending === true ? -1 : 1
  const streams = [...group.streams.values()]
    .filter(({ name, visibleAt }) => visibleAt <= now && name.startsWith(input.logStreamNamePrefix ?? ''))
    .sort((a, b) => (key(a) < key(b) ? -sign : sign))
  const isAfter = (one: string, other: string) => (sign === 1 ? one > other : one < other)
  const page = pageAfter(streams, input.limit ?? 50, input.nextToken, key, isAfter)
  if (!page) throw invalid('The specified nextToken is invalid.')
  const groupArn = `arn:aws:logs:${call.region}:${options.accountId}:log-group:${group.name}`
  return {
    logStreams: page.items.map((stream) => describeStream(stream, groupArn, now)),
    ...(page.nextToken === undefined ? {} : { nextToken: page.nextToken }),
  }
}

function describeStream(stream: StoredStream, groupArn: string, now: number) {
  const events = stream.events.slice(0, visibleCount(stream.events, now))
  const [first, last] = [events[0], events.at(-1)]
  return {
    logStreamName: stream.name,
    creationTime: stream.createdAt,
    ...(first && last
      ? {
          firstEventTimestamp: first.timestamp,
          lastEventTimestamp: last.timestamp,
          lastIngestionTime: last.visibleAt,
          uploadSequenceToken: last.id,
        }
      : {}),
    arn: `${groupArn}:log-stream:${stream.name}`,
    storedBytes: 0,
  }
}

function filter(options: LogsOptions, call: Call) {
  const input = call.input as FilterLogEventsRequest
  const group = findGroup(options, call.region, input)
  requireStandard(group)
  return filterLogEvents(group, input, readingOf(options, call))
}

function get(options: LogsOptions, call: Call) {
  const input = call.input as unknown as GetLogEventsRequest
  const group = findGroup(options, call.region, input)
  requireStandard(group)
  const stream = group.streams.get(input.logStreamName ?? '')
  if (!stream || stream.visibleAt > options.clock.now()) throw notFound('stream')
  return getLogEvents(stream, input, readingOf(options, call))
}

/** Events of other classes are read by Logs Insights alone (CloudWatch Logs user guide, "Log classes"). */
function requireStandard({ name, logGroupClass }: StoredGroup): void {
  if (logGroupClass === 'STANDARD') return
  throw new ServiceError(
    'InvalidOperationException',
    `The log group ${name} is of log-group-class ${logGroupClass}. This operation is only supported for log groups of the STANDARD class.`,
  )
}

function readingOf(options: LogsOptions, call: Call): Reading {
  const asked = (call.input.limit as number | undefined) ?? pageEvents
  return {
    now: options.clock.now(),
    limit: Math.min(asked, options.pageEvents),
    emptyPage: call.fault?.kind === 'empty-page',
  }
}

/** By name, or by an identifier that is a name or an ARN. */
function findGroup(
  { store }: LogsOptions,
  region: string,
  { logGroupName, logGroupIdentifier }: { logGroupName?: string | undefined; logGroupIdentifier?: string | undefined },
): StoredGroup {
  if ((logGroupName === undefined) === (logGroupIdentifier === undefined))
    throw invalid('Exactly one of logGroupName and logGroupIdentifier is required.')
  const name = logGroupName ?? logGroupIdentifier?.replace(/^arn:.*:log-group:/, '') ?? ''
  const group = store.group(region, name)
  if (!group) throw notFound('group')
  return group
}
