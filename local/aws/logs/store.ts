import type { Clock } from '../clock.ts'

export interface StoredEvent {
  /** When the driver read the line: ms since 1970. */
  readonly timestamp: number
  readonly message: string
  /** When it can first be read; also its ingestion time. Never before that of the event before it. */
  readonly visibleAt: number
  /** Size of the message in UTF-8. */
  readonly bytes: number
}

export interface StoredStream {
  /** Unique in the store: tokens carry it. */
  readonly id: number
  readonly name: string
  readonly createdAt: number
  readonly visibleAt: number
  readonly events: readonly StoredEvent[]
}

/** The writing end of a stream, as the log driver has it. */
export interface StreamWriter {
  /** @param lagMs until the event can be read */
  append(message: string, timestamp: number, lagMs: number): void
}

export type LogGroupClass = 'STANDARD' | 'INFREQUENT_ACCESS' | 'DELIVERY'

export interface StoredGroup {
  readonly name: string
  readonly logGroupClass: LogGroupClass
  readonly createdAt: number
  readonly streams: ReadonlyMap<string, StoredStream>
}

export interface LogStore {
  groups(region: string): readonly StoredGroup[]
  group(region: string, name: string): StoredGroup | undefined
  /** @returns whether it was created: false if there was one already */
  createGroup(region: string, name: string, logGroupClass?: LogGroupClass): boolean
  /** Opens a stream of an existing group, creating it if need be. Undefined without the group. */
  open(region: string, group: string, stream: string, lagMs: number): StreamWriter | undefined
}

interface Group extends StoredGroup {
  readonly streams: Map<string, StoredStream & { readonly events: StoredEvent[] }>
}

export function createLogStore(clock: Clock): LogStore {
  const regions = new Map<string, Map<string, Group>>()
  let streams = 0
  const groupsOf = (region: string) => {
    const known = regions.get(region) ?? new Map<string, Group>()
    regions.set(region, known)
    return known
  }
  return {
    groups: (region) => [...groupsOf(region).values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    group: (region, name) => groupsOf(region).get(name),
    createGroup(region, name, logGroupClass = 'STANDARD') {
      if (groupsOf(region).has(name)) return false
      groupsOf(region).set(name, { name, logGroupClass, createdAt: clock.now(), streams: new Map() })
      return true
    },
    open(region, groupName, name, lagMs) {
      const group = groupsOf(region).get(groupName)
      if (!group) return undefined
      streams += 1
      const now = clock.now()
      const fresh = { id: streams, name, createdAt: now, visibleAt: now + lagMs, events: [] }
      const stream = group.streams.get(name) ?? fresh
      group.streams.set(name, stream)
      return {
        append(message, timestamp, lag) {
          const visibleAt = Math.max(timestamp + lag, stream.events.at(-1)?.visibleAt ?? stream.visibleAt)
          stream.events.push({ timestamp, message, visibleAt, bytes: Buffer.byteLength(message) })
        },
      }
    },
  }
}

/** How many of a stream's events can be read at a moment. */
export function visibleCount(events: readonly StoredEvent[], now: number): number {
  let low = 0
  let high = events.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((events[middle]?.visibleAt ?? 0) <= now) low = middle + 1
    else high = middle
  }
  return low
}
