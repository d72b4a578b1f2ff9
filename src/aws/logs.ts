import type { ServiceInputTypes, ServiceOutputTypes } from '@aws-sdk/client-cloudwatch-logs'
import type { DeserializeMiddleware } from '@smithy/types'
import { AwsError, type LogPage, type Logs } from '../migration/ports.ts'
import { collected } from './answer-body.ts'
import { type ClientConfig, call } from './client.ts'
import { CloudWatchLogsClient, GetLogEventsCommand } from './sdk/logs.ts'

/**
 * AWS's largest page is 10,000 events. Parsed, such a page takes 30 MB for a moment, and several in a row let the process
 * grow further; with this it stays flatter, and still reads 10,000 lines a second.
 */
const PAGE_EVENTS = 2_000

/** CloudWatch Logs; `awslogs-region` may differ from the task's, so there is a client for each Region. */
export function createLogs(config: ClientConfig): Logs {
  const clients = new Map<string, CloudWatchLogsClient>()
  const clientOf = (region: string): CloudWatchLogsClient => {
    const known = clients.get(region)
    if (known !== undefined) return known
    const client = new CloudWatchLogsClient({ ...config, region })
    client.middlewareStack.add(wholeBody, { step: 'deserialize', priority: 'low', name: 'wholeBody' })
    clients.set(region, client)
    return client
  }
  return {
    page: async ({ group, stream, region }, token, signal) => {
      // With a token, startFromHead must be true as well (platform fact B).
      const command = new GetLogEventsCommand({
        logGroupName: group,
        logStreamName: stream,
        startFromHead: true,
        limit: PAGE_EVENTS,
        ...(token !== undefined && { nextToken: token }),
      })
      const client = clientOf(region)
      const send = () => client.send(command, signal === undefined ? {} : { abortSignal: signal })
      try {
        return pageOf(await call('logs:GetLogEvents', async () => region, send))
      } catch (error) {
        if (error instanceof AwsError && error.facts.code === 'ResourceNotFoundException') return undefined
        throw error
      }
    },
  }
}

/** What the SDK collects by itself stays in memory until a full collection, some 30 MB of it (measured). */
const wholeBody: DeserializeMiddleware<ServiceInputTypes, ServiceOutputTypes> = (next) => async (args) => {
  const result = await next(args)
  const response = result.response as { body?: unknown }
  response.body = await collected(response.body)
  return result
}

function pageOf(output: {
  events?: { timestamp?: number | undefined; message?: string | undefined }[] | undefined
  nextForwardToken?: string | undefined
}): LogPage {
  const events = output.events ?? []
  return {
    events: events.map(({ timestamp = 0, message = '' }) => ({ timestamp, message })),
    next: output.nextForwardToken,
  }
}
