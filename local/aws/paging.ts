/** One page of a listing, and the token of the next page where there is one. */
interface Page<T> {
  readonly items: readonly T[]
  readonly nextToken?: string
}

/**
 * The items after the one that the token names. A token names the last item shown, so that what appears or
 * vanishes meanwhile shifts nothing.
 *
 * @param key names an item; items come sorted so that `isAfter` holds from one to the next
 * @returns undefined when the token is none of ours
 */
export function pageAfter<T>(
  items: readonly T[],
  limit: number,
  token: string | undefined,
  key: (item: T) => string,
  isAfter: (key: string, last: string) => boolean = (one, other) => one > other,
): Page<T> | undefined {
  const last = token === undefined ? undefined : decode(token)
  if (token !== undefined && last === undefined) return undefined
  const rest = last === undefined ? items : items.filter((item) => isAfter(key(item), last))
  const shown = rest.slice(0, limit)
  const end = shown.at(-1)
  return end !== undefined && rest.length > shown.length
    ? { items: shown, nextToken: encode(key(end)) }
    : { items: shown }
}

const mark = 'page:'

const encode = (key: string) => Buffer.from(mark + key).toString('base64url')

function decode(token: string): string | undefined {
  const text = Buffer.from(token, 'base64url').toString('utf8')
  return text.startsWith(mark) ? text.slice(mark.length) : undefined
}
