import { starredWord } from '../secret-words.ts'
import { escapedForRegExp } from '../text.ts'

/** Takes what is secret out of a text. */
export type Redact = (text: string) => string

/** Shorter values are words of every day: `true`, `5432`. */
const SHORTEST_VALUE = 8

/**
 * Makes a function that stars words that hold a secret by their form, or a known value. Such a word is replaced whole.
 * The time it takes grows with the length of the text, no faster: a container may print 250 kB in one line.
 * @param known values of at least 8 characters that are secret; `{database}` in them stands for any name
 */
export function redactor(known: readonly string[] = []): Redact {
  const values = valuePattern(known)
  const redact: Redact = (text) => text.replace(/\S+/g, starredWord)
  return values === undefined ? redact : (text) => redact(withoutValues(text, values))
}

/** The same of every text in an object or a list. What is not plain data, such as a Date or an Error, stays. */
export function redacted<T>(data: T, redact: Redact): T {
  if (typeof data === 'string') return redact(data) as T
  if (Array.isArray(data)) return data.map((part) => redacted(part, redact)) as T
  if (data === null || typeof data !== 'object' || Object.getPrototypeOf(data) !== Object.prototype) return data
  return Object.fromEntries(Object.entries(data).map(([key, part]) => [key, redacted(part, redact)])) as T
}

/** Where the characters that end at `end` begin. */
function startOf(character: RegExp, word: string, end: number): number {
  let start = end
  while (start > 0 && character.test(word.charAt(start - 1))) start--
  return start
}

/** A value counts where it stands for itself, not as a part of a longer name, path or ARN. */
function valuePattern(known: readonly string[]): RegExp | undefined {
  const patterns = known
    .flatMap((value) => [JSON.stringify(value).slice(1, -1), ...value.split(/[\r\n]+/)])
    .map((line) => line.trim().split('{database}'))
    .filter((parts) => parts.join('').length >= SHORTEST_VALUE)
    .map((parts) => parts.map(escapedForRegExp).join('\\S{0,128}?'))
  return patterns.length === 0
    ? undefined
    : new RegExp(`(?<![\\w/:.@+-])(?:${patterns.join('|')})(?![\\w/@+-]|[.:]\\S)`, 'g')
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
