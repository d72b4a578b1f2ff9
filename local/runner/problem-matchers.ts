/**
 * Problem matchers: regular expressions that turn plain lines of output into annotations (IssueMatcher.cs). They act on
 * every line that is not a command, also while commands are stopped.
 */
interface MatcherPattern {
  readonly regexp: string
  /** Numbers of the groups that hold these. */
  readonly file?: number
  readonly line?: number
  readonly column?: number
  readonly severity?: number
  readonly code?: number
  readonly message?: number
  readonly fromPath?: number
  /** The last of several patterns may match again and again. */
  readonly loop?: boolean
}

export interface Matcher {
  readonly owner: string
  /** Where no group names it: `error` (the default), `warning` or `notice`. */
  readonly severity?: string
  readonly fromPath?: string
  readonly pattern: readonly MatcherPattern[]
}

const FIELDS = ['file', 'line', 'column', 'severity', 'code', 'message', 'fromPath'] as const
export type Match = Readonly<Partial<Record<(typeof FIELDS)[number], string>>>

class RunningMatcher {
  readonly matcher: Matcher
  private readonly expressions: readonly RegExp[]
  /** What the patterns before the last have matched so far. */
  private state: (Match | undefined)[] = []

  constructor(matcher: Matcher) {
    this.matcher = matcher
    this.expressions = matcher.pattern.map(({ regexp }) => new RegExp(regexp))
  }

  reset(): void {
    this.state = []
  }

  /** @returns what was found when `line` completes a match */
  match(line: string): Match | undefined {
    for (let index = this.expressions.length - 1; index >= 0; index--) {
      const before = index === 0 ? {} : this.state[index - 1]
      const found = before === undefined ? undefined : this.matchPattern(index, line, before)
      if (index === this.expressions.length - 1) {
        if (found !== undefined) return this.finish(index, found, before)
        if (index > 0) this.state[index - 1] = undefined
      } else if (before !== undefined) this.state[index] = found
    }
    return undefined
  }

  private matchPattern(index: number, line: string, before: Match): Match | undefined {
    const groups = this.expressions[index]?.exec(line)
    const pattern = this.matcher.pattern[index]
    if (!groups || pattern === undefined) return undefined
    const found: Partial<Record<(typeof FIELDS)[number], string>> = {}
    for (const field of FIELDS) {
      const group = pattern[field]
      const value = before[field] ?? (group === undefined ? undefined : (groups[group] ?? ''))
      if (value !== undefined) found[field] = value
    }
    return found
  }

  private finish(index: number, found: Match, before: Match | undefined): Match {
    this.reset()
    if (this.matcher.pattern[index]?.loop && index > 0) this.state[index - 1] = before
    const severity = found.severity || this.matcher.severity
    return severity ? { ...found, severity } : found
  }
}

/** The matchers in force, newest first. An owner has one at a time. */
export class Matchers {
  private running: readonly RunningMatcher[]

  constructor(matchers: readonly Matcher[] = []) {
    this.running = matchers.map((matcher) => new RunningMatcher(matcher))
  }

  get all(): readonly Matcher[] {
    return this.running.map(({ matcher }) => matcher)
  }

  add(matcher: Matcher): void {
    this.remove(matcher.owner)
    this.running = [new RunningMatcher(matcher), ...this.running]
  }

  remove(owner: string): void {
    this.running = this.running.filter(({ matcher }) => matcher.owner.toLowerCase() !== owner.toLowerCase())
  }

  /** The first matcher that matches; the others then start afresh. */
  match(line: string): Match | undefined {
    for (const running of this.running) {
      const match = running.match(line)
      if (match === undefined) continue
      for (const other of this.running) if (other !== running) other.reset()
      return match
    }
    return undefined
  }
}

/** Reads the file that `add-matcher` names. @throws when it is not what the runner accepts */
export function readMatchers(json: string): readonly Matcher[] {
  const { problemMatcher = [] } = JSON.parse(json) as { problemMatcher?: readonly Matcher[] }
  for (const matcher of problemMatcher) validate(matcher)
  return problemMatcher
}

function validate(matcher: Matcher): void {
  if (!matcher.owner) throw new Error('Owner must not be empty')
  if (!matcher.pattern?.length) throw new Error(`Matcher '${matcher.owner}' does not contain any patterns`)
  if (matcher.pattern.every(({ message }) => message === undefined)) {
    throw new Error("At least one pattern must set 'message'")
  }
}
