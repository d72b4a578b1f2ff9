import { redact } from './redact.ts'

/**
 * Making text from outside harmless: whatever a container, AWS or a person put into it, it shows as text.
 * `inline`, `code` and `link` serve one line of markdown, also inside a table; `fence` serves whole lines.
 */

/** ANSI colour and cursor sequences: CSI, and OSC with its end. */
const ANSI = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])/g
/** Control characters but tab and line feed, and those that turn the direction of reading. */
const UNSEEN = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g
/** A surrogate without its other half cannot be written as UTF-8. */
const HALF_CHARACTERS = /\p{Surrogate}/gu
const LINE_BREAKS = /\r\n?|[\u0085\u2028\u2029\v\f]/g

/** Text as it may be shown: one kind of line end, no control characters, no colours, no passwords in URLs. */
export function plain(text: string): string {
  return redact(
    text.replace(LINE_BREAKS, '\n').replace(ANSI, '').replace(UNSEEN, '\ufffd').replace(HALF_CHARACTERS, '\ufffd'),
  )
}

/** The same on one line. */
export function oneLine(text: string): string {
  return plain(text).replace(/\s+/g, ' ').trim()
}

/**
 * Cuts to a number of characters and says so with `…`; never between the halves of a surrogate pair.
 * Text from outside must have been through `plain` or `oneLine` before: a URL that is cut before its `@` hides its password.
 * @param most at least 1
 */
export function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

/**
 * Every mark that markdown, HTML, an autolink or a formula could begin with becomes a character reference:
 * CommonMark reads no structure out of those. `<wbr>` keeps GitHub from linking @names, #numbers and :emoji:.
 */
function referenced(text: string): string {
  return text
    .replace(/[#$&*+\-/:<=>@[\\\]^_`{|}~]|\.(?=\S)/g, (mark) => `&#${mark.charCodeAt(0)};`)
    .replace(/&#(?:35|36|58|64);(?=\S)/g, (reference) => `${reference}<wbr>`)
}

/** Text on one line of markdown, also in a table cell; not at the head of a line, where `1.` would begin a list. */
export function inline(text: string): string {
  return referenced(oneLine(text))
}

/** The same in code type. */
export function code(text: string): string {
  return `<code>${inline(text)}</code>`
}

/** Our own sentences on one line of markdown: what stands between backticks is set in code type. */
export function prose(text: string): string {
  return oneLine(text)
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 === 1 ? code(part) : referenced(part)))
    .join('')
}

/** A link, when the address is one of https; else only its label. */
export function link(label: string, url: string | undefined): string {
  return url !== undefined && /^https:\/\/[^\s"'<>]+$/.test(url)
    ? `<a href="${url.replace(/&/g, '&amp;')}">${inline(label)}</a>`
    : inline(label)
}

/** Lines in a code block that nothing in them can close: its fence is longer than any run of backticks inside. */
export function fence(lines: readonly string[], language = ''): string {
  const body = lines.map(plain).join('\n')
  let longest = 2
  for (const [run] of body.matchAll(/`+/g)) longest = Math.max(longest, run.length)
  const ticks = '`'.repeat(longest + 1)
  return `${ticks}${language}\n${body}\n${ticks}`
}

/** A part of the page that opens on a click. The blank lines make markdown work inside. */
export function folded(title: string, body: string): string {
  return `<details><summary>${title}</summary>\n\n${body}\n\n</details>`
}

/** How many bytes a text takes in a file. */
export function bytes(text: string): number {
  return Buffer.byteLength(text)
}

/** As many of the texts made of the items, from the first on, as fit into `most` bytes, a line end each included. */
export function fitting<Item>(items: readonly Item[], most: number, make: (item: Item) => string): readonly string[] {
  const fit: string[] = []
  let used = 0
  for (const item of items) {
    const text = make(item)
    used += bytes(text) + 1
    if (used > most) break
    fit.push(text)
  }
  return fit
}
