import { oneLine, plain } from '../text.ts'
import { OWN_CODE } from './own-code.ts'

/**
 * Making text from outside harmless on a page of markdown: whatever a container, AWS or a person put into it, it shows
 * as text, and a secret in it stays as GitHub knows it, so that GitHub hides it.
 *
 * Each part of the page is a block of HTML, in which markdown is not read: what begins with a tag such as `<p>` or
 * `<table>` up to the next blank line, and `<pre>` up to `</pre>` (CommonMark, HTML blocks). GitHub reads mentions,
 * references and emoji in the text of such blocks, but not inside of `<code>` and `<pre>`.
 */

/** As the runner's XML form of a secret has them (.NET's SecurityElement.Escape). */
const XML_NAMES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/**
 * How a line is escaped: not at all where it needs none, since the runner hides a secret only as it is or with each of
 * the five marks escaped.
 */
function escapeOf(line: string): (part: string) => string {
  // guard: mask-unescaped
  return /[&<>]/.test(line) ? (part) => part.replace(/[&<>"']/g, (mark) => XML_NAMES[mark] ?? mark) : (part) => part
}

function escaped(line: string): string {
  return escapeOf(line)(line)
}

/** Text on one line, in code type; for the inside of a block of HTML. */
export function code(text: string): string {
  return `<code>${escaped(oneLine(text))}</code>`
}

/** Lines as a block of their own. */
export function pre(lines: readonly string[]): string {
  return `<pre>\n${lines
    .flatMap((line) => plain(line).split('\n'))
    .map(escaped)
    .join('\n')}\n</pre>`
}

/**
 * Words in which GitHub finds nothing to link. They are no code, so the punctuation of a sentence stays with them: to set it
 * outside of a `<code>` would tear a secret that ends with it, and GitHub would no longer hide that.
 */
const PLAIN_WORD = /^[("'“]*[-+/.]*[\p{L}\p{M}\p{N}]+(?:(?:[-'’,./=:]_*|_+)[\p{L}\p{M}\p{N}]+)*[()"'”.,:;!?…]*$/u
/** What is left of a sentence beside our own code. */
const PUNCTUATION = /^[(.,:;)]+$/
/** Emoji, addresses, numbers of issues and commits. */
const LINKED = /:.+:|www\.|\bGH-\d|\b[\da-f]{7,40}\b/i

/**
 * Our own sentences, with text from outside in them, on one line; for the inside of a block of HTML. What we put between
 * backticks is set in code type, and so is every word that is not a plain one.
 */
export function prose(text: string): string {
  const line = oneLine(text)
  const escaping = escapeOf(line)
  return line
    .split(OWN_CODE)
    .map((part, index) => (index % 2 === 1 ? `<code>${escaping(part)}</code>` : words(part, escaping)))
    .join('')
}

function words(text: string, escaping: (part: string) => string): string {
  return text
    .replace(/\S+/g, (word) => (isPlain(word) ? escaping(word) : `<code>${escaping(word)}</code>`))
    .replace(/<\/code>( +)<code>/g, '$1')
}

function isPlain(word: string): boolean {
  return word.length <= 64 && (PLAIN_WORD.test(word) || PUNCTUATION.test(word)) && !LINKED.test(word)
}

/** A link, when the address is one of https; else only its label, which is ours. */
export function link(label: string, url: string | undefined): string {
  return url !== undefined && /^https:\/\/[^\s"'<>]+$/.test(url)
    ? `<a href="${url.replace(/&/g, '&amp;')}">${label}</a>`
    : label
}

/** A table; its cells are HTML on one line. */
export function tableOf(head: readonly string[], rows: readonly string[]): string {
  return ['<table>', rowOf(head, 'th'), ...rows, '</table>'].join('\n')
}

export function rowOf(cells: readonly string[], tag: 'td' | 'th' = 'td'): string {
  return `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`
}

export function paragraph(html: string): string {
  return `<p>${html}</p>`
}

export function list(items: readonly string[]): string {
  return ['<ul>', ...items.map((item) => `<li>${item}</li>`), '</ul>'].join('\n')
}

/** A part of the page that opens on a click. The blank lines end the block, so that others can begin inside. */
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
