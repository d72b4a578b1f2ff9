/** Takes what is secret out of a text. */
export type Redact = (text: string) => string

/**
 * Keys of connection strings and query strings whose value is secret, at the end of longer names too. Where a secret is
 * kept is none: the input `secrets` is made of such lines, and people must be able to read the one to write.
 */
const SECRET_KEY =
  /(?:password|passwd|passphrase|pwd|token|secret|signature|api[-_]?key|access[-_]?key)(?:=|%3d|["']:)(?!arn:aws[a-z-]*:(?:secretsmanager|ssm):)./i
/** What stays of a starred word: what opens it, and the name of a variable that holds a URL. */
const OPENING = /^["'`([{<]{0,3}(?:[A-Z][A-Z\d_]*=(?=["']?[a-z][a-z\d+.:-]*:\/\/))?/

/** What follows `://`: `user:`; a port (`host:8080/…`) is no password. */
const USER_AND_COLON = /[^:@/?#[]*:(?!\d{1,5}(?:[/?#]|$))/y

/** Shorter values are words of every day: `true`, `5432`. */
const SHORTEST_VALUE = 8

/**
 * Makes a function that stars words that hold a password of a URL (`postgres://user:secret@host`), the value of a key
 * such as `password=`, or a known value. Such a word is replaced whole, but for what opens it: GitHub may
 * know all of it as one secret, and would no longer find it if only the password were gone.
 * The time it takes grows with the length of the text, no faster: a container may print 250 kB in one line.
 * @param known values of at least 8 characters that are secret; `{database}` in them stands for any name
 */
export function redactor(known: readonly string[] = []): Redact {
  const values = valuePattern(known)
  const redact: Redact = (text) => text.replace(/\S+/g, starred)
  return values === undefined ? redact : (text) => redact(withoutValues(text, values))
}

/** The same of every text in an object or a list. What is not plain data, such as a Date or an Error, stays. */
export function redacted<T>(data: T, redact: Redact): T {
  if (typeof data === 'string') return redact(data) as T
  if (Array.isArray(data)) return data.map((part) => redacted(part, redact)) as T
  if (data === null || typeof data !== 'object' || Object.getPrototypeOf(data) !== Object.prototype) return data
  return Object.fromEntries(Object.entries(data).map(([key, part]) => [key, redacted(part, redact)])) as T
}

function starred(word: string): string {
  return SECRET_KEY.test(word) || holdsPassword(word) ? `${OPENING.exec(word)?.[0] ?? ''}***` : word
}

/** Where the characters that end at `end` begin. */
function startOf(character: RegExp, word: string, end: number): number {
  let start = end
  while (start > 0 && character.test(word.charAt(start - 1))) start--
  return start
}

/** Is there a `://user:` with an `@` after it? A password may hold anything, `@`, `/` and `://` too. */
function holdsPassword(word: string): boolean {
  const lastAt = word.lastIndexOf('@')
  const user = new RegExp(USER_AND_COLON)
  for (let at = word.indexOf('://'); at >= 0 && at < lastAt; at = word.indexOf('://', at + 3)) {
    user.lastIndex = at + 3
    if (user.test(word) && user.lastIndex <= lastAt) return true
  }
  return false
}

/** A value counts where it stands for itself, not as a part of a longer name, path or ARN. */
function valuePattern(known: readonly string[]): RegExp | undefined {
  const patterns = known
    .flatMap((value) => [JSON.stringify(value).slice(1, -1), ...value.split(/[\r\n]+/)])
    .map((line) => line.trim().split('{database}'))
    .filter((parts) => parts.join('').length >= SHORTEST_VALUE)
    .map((parts) => parts.map(escaped).join('\\S{0,128}?'))
  return patterns.length === 0
    ? undefined
    : new RegExp(`(?<![\\w/:.@+-])(?:${patterns.join('|')})(?![\\w/@+-]|[.:]\\S)`, 'g')
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

/** Each word that a value touches is starred whole. */
function withoutValues(text: string, values: RegExp): string {
  let shown = ''
  let position = 0
  for (const match of text.matchAll(values)) {
    if (match.index < position) continue
    const start = startOf(/\S/, text, match.index)
    const end = match.index + match[0].length
    const rest = /\s/g
    rest.lastIndex = end
    const next = rest.exec(text)?.index ?? text.length
    shown += `${text.slice(position, Math.max(position, start))}***`
    position = next
  }
  return shown + text.slice(position)
}
