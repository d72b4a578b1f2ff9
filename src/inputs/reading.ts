/** Reads one input at a time, and keeps what is wrong instead of stopping at it. */
import type { RejectedValue } from '../model.ts'
import { cut } from '../text.ts'

export interface RejectedInput extends RejectedValue {
  readonly input: string
}

/** Everything that is wrong with the inputs; nothing was called yet. */
export class InputError extends Error {
  override readonly name = 'InputError'
  readonly problems: readonly RejectedInput[]

  constructor(problems: readonly RejectedInput[]) {
    super(problems.map((p) => `${p.input}: given ${p.given}. Accepted: ${p.accepted}.`).join('\n'))
    this.problems = problems
  }
}

/** Returns the raw text of an input, '' when it has none, as `core.getInput` does. */
export type InputSource = (name: string) => string

export class Reading {
  readonly problems: RejectedInput[] = []
  /** Untrimmed. */
  readonly raw: InputSource

  constructor(source: InputSource) {
    this.raw = source
  }

  reject(input: string, given: string, accepted: string): void {
    this.problems.push({ input, given, accepted })
  }

  text(name: string): string {
    return this.raw(name).trim()
  }

  optional(name: string): string | undefined {
    return this.text(name) || undefined
  }

  matching(name: string, pattern: RegExp, accepted: string): string {
    const text = this.text(name)
    if (!pattern.test(text)) this.reject(name, quoted(text), accepted)
    return text
  }

  /** As YAML 1.2 core schema and `core.getBooleanInput` have it. */
  boolean(name: string): boolean {
    const text = this.matching(name, /^(true|True|TRUE|false|False|FALSE)$/, 'true or false')
    return text.toLowerCase() === 'true'
  }

  oneOf<T extends string>(name: string, values: readonly [T, ...T[]]): T {
    const text = this.text(name)
    const found = values.find((value) => value === text)
    if (found === undefined) this.reject(name, quoted(text), values.join(' or '))
    return found ?? values[0]
  }

  number(name: string, above: number, most: number): number {
    const text = this.text(name)
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
    if (!(value > above && value <= most)) this.reject(name, quoted(text), `a number above ${above}, at most ${most}`)
    return value
  }

  wholeNumber(name: string, least: number, most: number): number {
    const text = this.text(name)
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
    if (!(value >= least && value <= most)) this.reject(name, quoted(text), `a whole number from ${least} to ${most}`)
    return value
  }
}

/** What was given, as a problem shows it. */
export function quoted(text: string): string {
  if (text === '') return 'nothing (an expression that has no value?)'
  return `"${cut(text, 200)}"`
}
