import type { FilterLogEventsRequest } from '@aws-sdk/client-cloudwatch-logs'
import { pageAfter } from '../paging.ts'
import { ServiceError } from '../service.ts'
import type { Reading } from './get-log-events.ts'
import { type StoredEvent, type StoredGroup, type StoredStream, visibleCount } from './store.ts'

interface Found {
  readonly stream: string
  readonly event: StoredEvent
}

/** FilterLogEvents: the events of many streams by event time, ingestion time and order of arrival (docs/platform-facts.md#get-log-events). */
export function filterLogEvents(group: StoredGroup, input: FilterLogEventsRequest, reading: Reading) {
  if (input.logStreamNames && input.logStreamNamePrefix !== undefined)
    throw new ServiceError('InvalidParameterException', 'Give logStreamNames or logStreamNamePrefix, not both.')
  const terms = readPattern(input.filterPattern ?? '')
  const found = [...group.streams.values()]
    .filter((stream) => isChosen(stream, input, reading.now))
    .flatMap((stream) => wanted(stream, input, terms, reading.now))
    .sort((a, b) => (a.event.id < b.event.id ? -1 : 1))
  const page = reading.emptyPage
    ? { items: [], nextToken: input.nextToken ?? Buffer.from('page:').toString('base64url') }
    : pageAfter(found, reading.limit, input.nextToken, ({ event }) => event.id)
  if (!page) throw new ServiceError('InvalidParameterException', 'The specified nextToken is invalid.')
  return {
    events: page.items.map(({ stream, event: { timestamp, message, visibleAt, id } }) => ({
      logStreamName: stream,
      timestamp,
      message,
      ingestionTime: visibleAt,
      eventId: id,
    })),
    searchedLogStreams: [],
    ...(page.nextToken === undefined ? {} : { nextToken: page.nextToken }),
  }
}

const isChosen = (stream: StoredStream, input: FilterLogEventsRequest, now: number) =>
  stream.visibleAt <= now &&
  (input.logStreamNames?.includes(stream.name) ?? true) &&
  stream.name.startsWith(input.logStreamNamePrefix ?? '')

/** startTime and endTime are both inclusive here. */
function wanted(
  stream: StoredStream,
  { startTime = 0, endTime = Number.POSITIVE_INFINITY }: FilterLogEventsRequest,
  terms: readonly string[],
  now: number,
): Found[] {
  return stream.events
    .slice(0, visibleCount(stream.events, now))
    .filter(({ timestamp }) => timestamp >= startTime && timestamp <= endTime)
    .filter(({ message }) => terms.every((term) => message.includes(term)))
    .map((event) => ({ stream: stream.name, event }))
}

/** Words and "quoted phrases", all of which must occur. The rest of the pattern language is refused. */
function readPattern(pattern: string): readonly string[] {
  if (/^\s*[{[%]|(^|\s)[?-]/.test(pattern))
    throw new ServiceError('InvalidParameterException', 'The local AWS serves filter patterns of plain terms only.')
  return [...pattern.matchAll(/"([^"]*)"|(\S+)/g)].map(([, phrase, word]) => phrase ?? word ?? '')
}
