/**
 * Text from outside, as it may stand in a report: its lines, its cuts, and without what nobody sees. Nothing here tears
 * a word, since the runner finds a secret in what we write only as long as it is whole.
 */

/** Terminal sequences that are whole: colours and cursor (CSI), and titles and links (OSC). */
const ANSI = /\x1b(?:\[[0-9;:?]*[A-Za-z]|\][^\x07\x1b\n]*(?:\x07|\x1b\\))/g
/** Control characters but tab and line feed, and those that turn the direction of reading. */
const UNSEEN = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g
/** A surrogate without its other half cannot be written as UTF-8. */
const HALF_CHARACTERS = /\p{Surrogate}/gu
const LINE_BREAKS = /\r\n?|[\u0085\u2028\u2029\v\f]/g
/** Characters; the runner cuts an annotation there without saying so (docs/platform-facts.md#limits), so nothing longer is handed to it. */
export const LONGEST_ANNOTATION = 4096
/** Without white space for so long, it is no text, and is broken all the same. In UTF-16 units. */
const LONGEST_WORD = 65_536

/** Text as it may be shown: one kind of line end, no control characters, no colours. */
export function plain(text: string): string {
  return text.replace(LINE_BREAKS, '\n').replace(ANSI, '').replace(UNSEEN, '\ufffd').replace(HALF_CHARACTERS, '\ufffd')
}

/** The same on one line: each line break becomes a space, other white space stays. */
export function oneLine(text: string): string {
  return plain(text).replace(/\n+$/, '').replaceAll('\n', ' ')
}

/**
 * Cuts at white space near a number of characters and says so with `…`. A word that reaches beyond it stays whole, up to
 * 64 kB, so the result may be longer.
 * @param most at least 2
 */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text
  const end = breakAfter(text, 0, most - 1)
  return end >= text.length ? text : `${text.slice(0, end).trimEnd()}…`
}

/**
 * Breaks at white space near a number of characters, by the rule of `cut`. The pieces together are the text.
 * @param most at least 2
 */
export function broken(text: string, most: number): string[] {
  const pieces: string[] = []
  let start = 0
  while (text.length - start > most) {
    const end = breakAfter(text, start, most)
    pieces.push(text.slice(start, end))
    start = end
  }
  return start < text.length || pieces.length === 0 ? [...pieces, text.slice(start)] : pieces
}

/** Behind the last white space in the second half of `most` characters, else behind the next, else after 64 kB. */
function breakAfter(text: string, start: number, most: number): number {
  const half = start + Math.floor(most / 2)
  const last = /\s(?=\S*$)/.exec(text.slice(half, start + most))
  // guard: mask-untorn
  if (last !== null) return half + last.index + 1
  const next = text.slice(start + most, start + LONGEST_WORD).search(/\s/)
  if (next >= 0) return start + most + next + 1
  const limit = Math.min(start + LONGEST_WORD, text.length)
  return limit < text.length && /[\ud800-\udbff]/.test(text.charAt(limit - 1)) ? limit - 1 : limit
}

/** What was thrown, in words. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** The source of a regular expression that finds a text as it is. */
export function escapedForRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

/**
 * The address of a page of the documentation.
 * @param source this action's repository at its version, as a URL; undefined where the step uses a folder
 */
export function page(path: string, source: string | undefined): string {
  return source === undefined ? path : `${source}/${path}`
}
