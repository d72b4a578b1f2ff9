/**
 * An answer of AWS without its nulls. A list may hold null where the service model calls it sparse, a member may be null
 * where it has no value, and the SDK hands on both: to us both say that there is nothing.
 */
export function withoutNulls<T>(value: T): T {
  // Pages of thousands of log lines come through here: what has no null is not copied.
  return holdsNull(value) ? stripped(value) : value
}

function holdsNull(value: unknown): boolean {
  if (Array.isArray(value)) return value.some((item) => !isThere(item) || holdsNull(item))
  return isPlain(value) && Object.values(value).some((member) => member === null || holdsNull(member))
}

function stripped<T>(value: T): T {
  if (Array.isArray(value)) return value.filter(isThere).map(stripped) as T
  if (!isPlain(value)) return value
  const members = Object.entries(value).filter(([, member]) => isThere(member))
  return Object.fromEntries(members.map(([name, member]) => [name, stripped(member)])) as T
}

function isThere(value: unknown): boolean {
  return value !== null && value !== undefined
}

/** Neither a date nor bytes nor a stream. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
