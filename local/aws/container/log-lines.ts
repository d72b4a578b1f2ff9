/**
 * How Fargate's awslogs driver turns a container's output into log events (docs/platform-facts.md#log-driver): an event a line, split at
 * 262,118 bytes, no event for an empty line, a last line without a line end counts.
 */
import type { Readable } from 'node:stream'

const maxEventBytes = 262_118

const newline = 0x0a

/** Calls `emit` for every event of the stream, in order; resolves at its end. */
export async function readLines(output: Readable, emit: (event: string) => void): Promise<void> {
  let rest: Buffer = Buffer.alloc(0)
  try {
    for await (const chunk of output) {
      rest = takeLines(rest.length > 0 ? Buffer.concat([rest, chunk as Buffer]) : (chunk as Buffer), emit)
    }
  } catch {
    // The pipe broke with its process: what came before counts.
  }
  if (rest.length > 0) emit(rest.toString('utf8'))
}

/** @returns what follows the last line end, shorter than an event may be */
function takeLines(bytes: Buffer, emit: (event: string) => void): Buffer {
  let start = 0
  for (let end = bytes.indexOf(newline); end !== -1; end = bytes.indexOf(newline, start)) {
    const left = takeFullEvents(bytes.subarray(start, end), emit)
    if (left.length > 0) emit(left.toString('utf8'))
    start = end + 1
  }
  return takeFullEvents(bytes.subarray(start), emit)
}

function takeFullEvents(line: Buffer, emit: (event: string) => void): Buffer {
  let left = line
  while (left.length > maxEventBytes) {
    const end = characterBoundary(left, maxEventBytes)
    emit(left.subarray(0, end).toString('utf8'))
    left = left.subarray(end)
  }
  return left
}

/** The nearest place at or before `end` that does not cut a UTF-8 character. */
function characterBoundary(bytes: Buffer, end: number): number {
  for (let place = end; place > end - 4; place -= 1) if (((bytes[place] ?? 0) & 0xc0) !== 0x80) return place
  return end
}

/**
 * The driver's `awslogs-multiline-pattern`: lines up to the next one that matches make one event, each with its
 * line end. What waits for the next event's first line is sent at the driver's next flush.
 *
 * @returns what takes the lines, and what hands out the event that waits
 */
export function joinLines(pattern: RegExp, emit: (event: string) => void, nextFlush: () => Promise<void>) {
  let waiting = ''
  let isFlushDue = false
  const flush = () => {
    isFlushDue = false
    if (waiting !== '') emit(waiting)
    waiting = ''
  }
  const take = (line: string) => {
    if (pattern.test(line) || Buffer.byteLength(waiting) + Buffer.byteLength(line) >= maxEventBytes) flush()
    waiting += `${line}\n`
    if (!isFlushDue) void nextFlush().then(flush)
    isFlushDue = true
  }
  return { take, flush }
}
