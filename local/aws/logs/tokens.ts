/**
 * The tokens of GetLogEvents: `f/` or `b/`, 56 digits, `/s`, as CloudWatch Logs writes them. The digits carry
 * the stream, a position in it, how many empty pages were handed out there, and the time of issue.
 */
export interface Position {
  readonly direction: 'f' | 'b'
  readonly stream: number
  /** Index of the event at which a forward page begins or before which a backward page ends. */
  readonly index: number
  /** Empty pages handed out at this index: they change the token and nothing else. */
  readonly hops: number
  readonly issuedAt: number
}

const fields = [
  ['stream', 14],
  ['index', 14],
  ['hops', 12],
  ['issuedAt', 16],
] as const

export function writeToken(position: Position): string {
  const digits = fields.map(([name, length]) => String(position[name]).padStart(length, '0')).join('')
  return `${position.direction}/${digits}/s`
}

/** Undefined for what is no token. */
export function readToken(token: string): Position | undefined {
  const [, direction, stream, index, hops, issuedAt] = /^([fb])\/(\d{14})(\d{14})(\d{12})(\d{16})\/s$/.exec(token) ?? []
  if (direction === undefined) return undefined
  return {
    direction: direction as 'f' | 'b',
    stream: Number(stream),
    index: Number(index),
    hops: Number(hops),
    issuedAt: Number(issuedAt),
  }
}
