/** Inputs with a name and a value a line. Their text is never part of a problem: it may be the rest of a secret. */
import type { Reading } from './reading.ts'

interface Pair {
  readonly name: string
  readonly value: string
  /** From 1. */
  readonly line: number
}

interface PairRules {
  readonly accepted: string
  /** Of a name. */
  readonly name?: RegExp
  /** Whether `NAME<<END … END` is read, as in GitHub's own files. */
  readonly several?: boolean
}

/** Name of an environment variable; shells read only those without . and -. */
export const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_.-]*$/

/**
 * `NAME=VALUE` a line, split at the first `=`; the value is literal. A line that begins with `#` is a comment. With
 * `several`, whichever of `=` and `<<` comes first decides.
 */
export function readPairs(read: Reading, input: string, rules: PairRules): readonly Pair[] {
  const lines = read.raw(input).split(/\r?\n/)
  const found = new Map<string, Pair>()
  let before: Pair | undefined
  for (let index = 0; index < lines.length; ) {
    const head = headOf(lines[index] ?? '', rules)
    const end = endOf(lines, index, head)
    const pair = { name: head.name, value: valueAt(lines, index, end, head), line: index + 1 }
    const earlier = found.get(pair.name)
    const flaw =
      flawOf(head, end, rules) ??
      (isRestOf(before, head.text, pair.line) ? `which reads as the rest of the value of line ${index}` : undefined) ??
      (earlier && `with the name of line ${earlier.line}`)
    if (flaw !== undefined) read.reject(input, `line ${pair.line} ${flaw}`, rules.accepted)
    else if (!head.isComment) found.set(pair.name, pair)
    before = pair
    index = Math.max(index, end) + 1
  }
  return [...found.values()]
}

/** What a line says before its value. */
interface Head {
  readonly text: string
  /** Or empty. */
  readonly isComment: boolean
  readonly name: string
  readonly sign?: '=' | '<<'
  readonly rest: string
}

function headOf(text: string, { several }: PairRules): Head {
  const [all = '', name = '', sign] = (several ? /^(.*?)(=|<<)/ : /^(.*?)(=)/).exec(text) ?? []
  return {
    text,
    isComment: /^\s*(#|$)/.test(text),
    name: name.trim(),
    rest: text.slice(all.length),
    ...((sign === '=' || sign === '<<') && { sign }),
  }
}

/** Index of the line that ends the value; -1 where it has no end. */
function endOf(lines: readonly string[], index: number, { isComment, sign, rest }: Head): number {
  return isComment || sign !== '<<' ? index : lines.indexOf(rest.trim(), index + 1)
}

function valueAt(lines: readonly string[], index: number, end: number, { sign, rest }: Head): string {
  return sign === '<<' ? lines.slice(index + 1, Math.max(end, index + 1)).join('\n') : rest
}

function flawOf(
  { isComment, name, sign, rest }: Head,
  end: number,
  { several, name: legal }: PairRules,
): string | undefined {
  if (isComment) return undefined
  if (sign === undefined) return several ? 'without = or <<' : 'without ='
  if (name === '') return `without a name before ${sign}`
  if (legal?.test(name) === false) return `with an illegal name before ${sign}`
  if (sign === '<<' && rest.trim() === '') return 'without a word after <<'
  return end < 0 ? 'whose word after << stands alone on no later line' : undefined
}

/** Base64 is wrapped after 64 or 76 characters, and the rest of it may end with `=`, as a variable's name does. */
function isRestOf(before: Pair | undefined, text: string, line: number): boolean {
  if (before?.line !== line - 1) return false
  const isWrapped = before.value.length >= 64 && /^[A-Za-z0-9+/]+$/.test(before.value)
  return isWrapped && text.length % 4 === 0 && /^[A-Za-z0-9+/]+={1,2}$/.test(text)
}
