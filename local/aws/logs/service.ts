import type {
  CreateLogGroupRequest,
  DescribeLogGroupsRequest,
  GetLogEventsRequest,
} from '@aws-sdk/client-cloudwatch-logs'
import { awsJson, validate } from '../aws-json.ts'
import type { Clock } from '../clock.ts'
import { loadModel } from '../model.ts'
import { pageAfter } from '../paging.ts'
import { type Call, type Service, ServiceError } from '../service.ts'
import { getLogEvents, pageEvents, type Reading } from './get-log-events.ts'
import type { LogStore, StoredGroup } from './store.ts'

interface LogsOptions {
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
    DescribeLogGroups: (call) => describeGroups(options, call),
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
