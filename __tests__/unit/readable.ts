/** What a person can read of what the runner shows, and the secrets that the runner would have had to hide there. */
import fc from 'fast-check'
import { Masks } from '../../local/runner/masks.ts'

const printable = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 33, max: 126 }).map((code) => String.fromCharCode(code)) },
  { weight: 4, arbitrary: fc.constantFrom(...'-_.:/@&<>"\'`|*#=%$[]{}\\') },
  { weight: 1, arbitrary: fc.constantFrom('é', 'ß', '密', '🐘', '::', '##[', '://', '&amp;', '</pre>', '``') },
)

/** Printable characters without white space; a mark at each end, so that no part of it is a word of every day. */
export const secretText = fc.string({ unit: printable, minLength: 6, maxLength: 40 }).map((text) => `q${text}7Z`)

/** Invisible characters are none to a reader. */
const INVISIBLE = /[\u200b-\u200d\u2060\ufeff]/g

/** A page of the summary as it is read: without tags, character references undone. */
export function readPage(html: string): string {
  const names: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
  return html
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:#(\d+)|(\w+));/g, (all, code?: string, name = '') =>
      code === undefined ? (names[name] ?? all) : String.fromCodePoint(Number(code)),
    )
}

/** The runner hides secrets in a line as it is, in the log and in the files that a step leaves. */
export function masked(text: string, secrets: readonly string[]): string {
  const masks = new Masks()
  for (const secret of secrets) masks.add(secret)
  return text
    .split('\n')
    .map((line) => masks.apply(line))
    .join('\n')
}

/** Parts of secrets that can still be read, line breaks beside. */
export function leaks(shown: string, secrets: readonly string[]): readonly string[] {
  const text = shown.replace(INVISIBLE, '').replaceAll('\n', '')
  return secrets.filter((secret) => {
    const half = Math.max(6, Math.ceil(secret.length / 2))
    for (let at = 0; at + half <= secret.length; at++) if (text.includes(secret.slice(at, at + half))) return true
    return false
  })
}
