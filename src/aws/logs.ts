import type { GetLogEventsCommandOutput } from '@aws-sdk/client-cloudwatch-logs'
import { CloudWatchLogsClient, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import type { Logs } from '../migration/ports.ts'
import { AwsError, type LogPage } from '../model.ts'
import { checked } from './answers.ts'
import { type ClientConfig, call } from './client.ts'

/**
 * AWS's largest page is 10,000 events, and the larger the pages, the larger V8 lets the heap grow: 100,000 lines peak at
 * about 115 MiB in pages of 3,000, 130 in 5,000, 160 in 10,000 (measured). At 5 calls a second these are 15,000 lines a
 * second.
 */
const PAGE_EVENTS = 3_000

/** CloudWatch Logs; `awslogs-region` may differ from the task's, so there is a client for each Region. */
export function createLogs(config: ClientConfig): Logs {
  const clients = new Map<string, CloudWatchLogsClient>()
  const clientOf = (region: string): CloudWatchLogsClient => {
    const known = clients.get(region)
    if (known !== undefined) return known
    const client = checked('logs', new CloudWatchLogsClient({ ...config, region }))
    // The SDK would copy every page for a log of its own, which nobody keeps.
    client.middlewareStack.remove('loggerMiddleware')
    clients.set(region, client)
    return client
  }
  return {
    page: async ({ group, stream, region }, token, signal) => {
      // With a token, startFromHead must be true as well (docs/platform-facts.md#get-log-events).
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
        if (!(error instanceof AwsError) || error.facts.code !== 'ResourceNotFoundException') throw error
        return { messages: [], next: token, missing: /log group/i.test(error.message) ? 'group' : 'stream' }
      }
    },
  }
}

function pageOf({ events = [], nextForwardToken }: GetLogEventsCommandOutput): LogPage {
  return { messages: events.map(({ message = '' }) => message), next: nextForwardToken }
}
