/**
 * Takes out of a recording whatever identifies the account and the time. What is replaced gets a number, the same value
 * the same one, so that it still shows which answers speak of one task, or repeat a token.
 */
import type { Exchange } from './recorder.ts'

export interface Scrubbed extends Omit<Exchange, 'at' | 'ms'> {
  /** Seconds since the story began. */
  readonly after: number
  /** How many like this there were before the answer changed, where it is more than one. */
  readonly times?: number
}

export interface Known {
  readonly accountId: string
  readonly region: string
  readonly prefix: string
  /** When the story began: ms since 1970. */
  readonly began: number
  /** Further names that are the caller's own, such as the repository's. */
  readonly names?: readonly string[]
}

const SCRUBBED_ACCOUNT = '111122223333'
const SCRUBBED_REGION = 'eu-west-1'
const SCRUBBED_PREFIX = 'acceptance'

/** Their values are secrets or tokens, whatever they look like; also as elements of XML. */
const SECRET_MEMBERS =
  /^(AccessKeyId|SecretAccessKey|SessionToken|WebIdentityToken|authorizationToken|nextToken|nextForwardToken|nextBackwardToken|UserId|AssumedRoleId|SubjectFromWebIdentityToken)$/
const MOST_EVENTS = 6

/** What looks like an identifier, and what is kept of it. Order matters: the longer form first. */
const PATTERNS: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/[\w.+-]+@[\w-]+\.[a-z]{2,}/g, 'mail'],
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, 'id'],
  [/\b(?:A3T|AKIA|ASIA|AROA|AIDA|ANPA|AGPA|ANVA)[A-Z0-9]{12,}\b/g, 'id'],
  [/\b[0-9a-f]{8,}-\d{6,}\b/g, 'id'],
  [/(?<=\bsecret:[^\s"'<>]*-)[A-Za-z0-9]{6}(?=[\s"'<>:]|$)/g, 'id'],
  [/(?<=assumed-role\/[\w+=,.@-]+\/)[\w+=,.@-]+/g, 'session'],
  [/(?<=:user\/)[\w+=,.@/-]+/g, 'user'],
  [/(?<=[A-Za-z]-)(?=[A-Z0-9]*\d)[A-Z0-9]{10,14}\b/g, 'id'],
  [/\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b/gi, 'address'],
  [/\b\d{1,3}(?:[.-]\d{1,3}){3}\b/g, 'address'],
  [/\b(?:[0-9a-f]{1,4}:){3,7}(?::?[0-9a-f]{1,4})?\b/gi, 'address'],
  [/(?<=sha256:)[0-9a-f]{64}\b/g, 'digest'],
  [/\b(?=[0-9a-f]*\d)[0-9a-f]{8,}\b/g, 'id'],
  [/(?=[A-Za-z0-9+/_=-]*\d)(?=[A-Za-z0-9+/_=-]*[A-Z])(?=[A-Za-z0-9+/_=-]*[a-z])[A-Za-z0-9+/_=-]{24,}/g, 'token'],
]

/** What stands for something already. */
const PLACEHOLDER = /(<[a-z]+ \d+>|<-?[\d.]+ s>)/
/** Further away, a day without a time is the version of an API. */
const NEAR_MS = 400 * 24 * 3_600_000

const ISO_DATE = /\b20\d\d-?\d\d-?\d\d(?:T\d\d:?\d\d(?::?\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?\b/g
const EPOCH = /\b1[6-9]\d{8}(?:\d{3})?\b/g

type Scrub = (value: unknown) => unknown

/** @returns a function that scrubs any value of one story, the same thing the same way */
export function scrubber(known: Known): Scrub {
  const numbers = new Map<string, string>()
  const numbered = (name: string, value: string): string => {
    const key = `${name} ${value}`
    if (!numbers.has(key)) numbers.set(key, `<${name} ${numbers.size + 1}>`)
    return numbers.get(key) ?? ''
  }
  const offset = (ms: number): string => `<${((ms - known.began) / 1000).toFixed(1)} s>`
  const dated = (date: string): string => {
    const ms = Date.parse(
      date.replace(/^(\d{4})(\d\d)(\d\d)(?=T|$)/, '$1-$2-$3').replace(/T(\d\d)(\d\d)(\d\d)/, 'T$1:$2:$3'),
    )
    return !date.includes('T') && Math.abs(ms - known.began) > NEAR_MS ? date : offset(ms)
  }
  const identified = (part: string): string =>
    PATTERNS.reduce(
      (left, [pattern, name]) =>
        outsidePlaceholders(left, (free) =>
          free.replace(pattern, (value) => (value === SCRUBBED_ACCOUNT ? value : numbered(name, value))),
        ),
      part,
    )

  const text = (original: string): string => {
    let scrubbed = original.replace(/(<(\w+)>)([^<]+)(?=<)/g, (all, tag: string, name: string, value: string) =>
      SECRET_MEMBERS.test(name) ? `${tag}${numbered('token', value)}` : all,
    )
    for (const name of known.names ?? []) scrubbed = scrubbed.replaceAll(name, numbered('name', name))
    scrubbed = scrubbed
      .replaceAll(known.accountId, SCRUBBED_ACCOUNT)
      .replaceAll(known.region, SCRUBBED_REGION)
      .replaceAll(known.prefix, SCRUBBED_PREFIX)
      .replace(ISO_DATE, dated)
      .replace(EPOCH, (digits) => offset(Number(digits) * (digits.length === 10 ? 1000 : 1)))
    scrubbed = outsidePlaceholders(identified(scrubbed), (free) =>
      free.replace(/[A-Za-z0-9]+/g, (word) => (isMixed(word) ? numbered('other', word) : word)),
    )
    return scrubbed.replace(/\b\d{12}\b/g, SCRUBBED_ACCOUNT)
  }

  const member = (key: string, value: unknown): unknown => {
    if (SECRET_MEMBERS.test(key)) return typeof value === 'string' ? numbered('token', value) : '<token>'
    // Of a long log its first and last lines are enough.
    return scrub(key === 'events' && Array.isArray(value) ? ends(value) : value)
  }
  const scrub = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value)
    if (typeof value === 'number' && isMoment(value)) return offset(value < 1e11 ? value * 1000 : value)
    if (Array.isArray(value)) return value.map(scrub)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [text(key), member(key, inner)]))
  }
  return scrub
}

function outsidePlaceholders(text: string, change: (free: string) => string): string {
  return text
    .split(PLACEHOLDER)
    .map((part) => (PLACEHOLDER.test(part) ? part : change(part)))
    .join('')
}

/** Seconds or milliseconds since 1970, between 2020 and 2100. */
function isMoment(value: number): boolean {
  const seconds = value < 1e11 ? value : value / 1000
  return seconds > 1.57e9 && seconds < 4.1e9
}

function ends(events: readonly unknown[]): readonly unknown[] {
  if (events.length <= MOST_EVENTS) return events
  const left = events.length - MOST_EVENTS
  return [...events.slice(0, MOST_EVENTS / 2), `… ${left} more …`, ...events.slice(-MOST_EVENTS / 2)]
}

/** All of a story; an answer like the one before it to the same question is only counted. */
export function scrubExchanges(exchanges: readonly Exchange[], known: Known): readonly Scrubbed[] {
  const scrub = scrubber(known)
  const all: Scrubbed[] = []
  const latest = new Map<string, number>()
  // Steps that ran at once were written down one after the other.
  for (const { at, ms: _, ...rest } of exchanges.toSorted((one, other) => one.at - other.at)) {
    const one = { after: Math.round((at - known.began) / 1000), ...(scrub(rest) as Omit<Scrubbed, 'after'>) }
    const index = latest.get(one.operation)
    const before = index === undefined ? undefined : all[index]
    if (index !== undefined && before !== undefined && isAlike(before, one))
      all[index] = { ...before, times: (before.times ?? 1) + 1 }
    else latest.set(one.operation, all.push(one) - 1)
  }
  return all
}

function isAlike({ after: _, times: __, ...before }: Scrubbed, { after: ___, ...one }: Scrubbed): boolean {
  return JSON.stringify(before) === JSON.stringify(one)
}

/** Words of a scrubbed text that could still be somebody's. A recording that has some is not written. */
export function suspicious(text: string, known: Known): readonly string[] {
  const own = [known.accountId, known.region, known.prefix, ...(known.names ?? [])]
  const isOurs = (word: string) => [SCRUBBED_ACCOUNT, SCRUBBED_REGION, SCRUBBED_PREFIX].includes(word)
  const words = text.replace(/<(?:[a-z]+ \d+|-?[\d.]+ s)>/g, ' ').split(/[^A-Za-z0-9]+/)
  return [
    ...own.filter((name) => !isOurs(name) && text.includes(name)),
    ...words.filter((word) => !isOurs(word) && (/^\d{10,}$/.test(word) || isMixed(word))),
    ...(text.match(/\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b/g) ?? []),
  ]
}

/** Letters and digits in turn, or both in a long word, as in no word of AWS's: nobody knows what it says. */
function isMixed(word: string): boolean {
  const digits = (word.match(/\d/g) ?? []).length
  const turns = (word.match(/[A-Za-z](?=\d)|\d(?=[A-Za-z])/g) ?? []).length
  return digits >= 2 && ((word.length >= 8 && turns >= 2) || (word.length >= 16 && turns > 0))
}
