import type { GetLogEventsRequest } from '@aws-sdk/client-cloudwatch-logs'
import { ServiceError } from '../service.ts'
import { type StoredEvent, type StoredStream, visibleCount } from './store.ts'
import { type Position, readToken, writeToken } from './tokens.ts'

/** AWS's largest page (docs/platform-facts.md#get-log-events). */
const pageBytes = 1024 * 1024
const eventOverhead = 26
export const pageEvents = 10_000

const tokenLifeMs = 24 * 60 * 60 * 1000

export interface Reading {
  readonly now: number
  /** At most so many events in a page. */
  readonly limit: number
  /** Hand out a page without events, but with a new token. */
  readonly emptyPage: boolean
}

/** GetLogEvents on a stream that exists: pages of at most 1 MB, tokens that repeat at the end. */
export function getLogEvents(stream: StoredStream, input: GetLogEventsRequest, reading: Reading) {
  const from = input.nextToken === undefined ? undefined : heldPosition(stream, input, reading.now)
  const visible = stream.events.slice(0, visibleCount(stream.events, reading.now))
  if (reading.emptyPage) return emptyPage(stream, from, reading.now)

  const backward = from ? from.direction === 'b' : input.startFromHead !== true
  const edge = from?.index ?? (backward ? visible.length : 0)
  const { first, last, events } = backward
    ? pageBefore(visible, edge, input, reading.limit)
    : pageFrom(visible, edge, input, reading.limit)
  const token = (direction: 'f' | 'b', index: number) => {
    // At either end the token that was sent comes back: nothing more for now.
    if (from?.direction === direction && from.index === index) return input.nextToken
    return writeToken({ direction, stream: stream.id, index, hops: 0, issuedAt: reading.now })
  }
  return {
    events: events.map(({ timestamp, message, visibleAt }) => ({ timestamp, message, ingestionTime: visibleAt })),
    nextForwardToken: token('f', last),
    nextBackwardToken: token('b', first),
  }
}

function heldPosition(stream: StoredStream, input: GetLogEventsRequest, now: number): Position {
  const position = readToken(input.nextToken ?? '')
  if (!position || position.stream !== stream.id || now - position.issuedAt > tokenLifeMs)
    throw new ServiceError('InvalidParameterException', 'The specified nextToken is invalid.')
  if (position.direction === 'f' && input.startFromHead !== true)
    throw new ServiceError('InvalidParameterException', 'A forward token needs startFromHead to be true.')
  return position
}

function emptyPage(stream: StoredStream, from: Position | undefined, now: number) {
  const index = from?.index ?? 0
  const hops = (from?.hops ?? 0) + 1
  const token = (direction: 'f' | 'b') => writeToken({ direction, stream: stream.id, index, hops, issuedAt: now })
  return { events: [], nextForwardToken: token('f'), nextBackwardToken: token('b') }
}

interface PageOfEvents {
  readonly events: readonly StoredEvent[]
  /** Where the page begins and ends in the stream. */
  readonly first: number
  readonly last: number
}

function pageFrom(
  visible: readonly StoredEvent[],
  start: number,
  input: GetLogEventsRequest,
  limit: number,
): PageOfEvents {
  const events: StoredEvent[] = []
  let bytes = 0
  let index = start
  for (; index < visible.length && events.length < limit; index += 1) {
    const event = visible[index]
    if (!event || !isWanted(event, input)) continue
    bytes += event.bytes + eventOverhead
    if (bytes > pageBytes && events.length > 0) break
    events.push(event)
  }
  return { events, first: start, last: Math.max(start, index) }
}

function pageBefore(
  visible: readonly StoredEvent[],
  end: number,
  input: GetLogEventsRequest,
  limit: number,
): PageOfEvents {
  const events: StoredEvent[] = []
  let bytes = 0
  let index = end
  for (; index > 0 && events.length < limit; index -= 1) {
    const event = visible[index - 1]
    if (!event || !isWanted(event, input)) continue
    bytes += event.bytes + eventOverhead
    if (bytes > pageBytes && events.length > 0) break
    events.push(event)
  }
  return { events: events.reverse(), first: index, last: end }
}

/** startTime is inclusive, endTime exclusive (docs/platform-facts.md#get-log-events). */
const isWanted = ({ timestamp }: StoredEvent, { startTime, endTime }: GetLogEventsRequest) =>
  (startTime === undefined || timestamp >= startTime) && (endTime === undefined || timestamp < endTime)
