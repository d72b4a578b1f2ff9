/**
 * Hides secrets in what is shown, as the runner's SecretMasker does: every occurrence of a value, and of the forms in
 * which it often appears (base64 at each of the three offsets; JSON, URI, XML and shell escapes; the halves that
 * PowerShell shows of it), becomes `***`. A value that is torn or written in any other way is shown.
 */
export class Masks {
  private readonly values = new Set<string>()
  private readonly forms = new Set<string>()

  /** What was added, in order, without the derived forms. */
  get added(): readonly string[] {
    return [...this.values]
  }

  add(value: string): void {
    if (value === '' || this.values.has(value)) return
    this.values.add(value)
    for (const form of formsOf(value)) if (form !== '') this.forms.add(form)
  }

  apply(text: string): string {
    const hidden = merge([...this.forms].flatMap((form) => occurrences(text, form)))
    let shown = ''
    let position = 0
    for (const [start, end] of hidden) {
      shown += `${text.slice(position, start)}***`
      position = end
    }
    return shown + text.slice(position)
  }
}

const XML_NAMES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

function formsOf(value: string): string[] {
  return [
    value,
    ...[0, 1, 2].map((offset) => base64From(value, offset)),
    value.replaceAll('"', '\\"'),
    value.replaceAll("'", "''"),
    jsonForm(value),
    uriForm(value),
    xmlForm(value),
    value.length > 8 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : '',
    ...ampersandHalves(value).map((half) => (half.length >= 6 ? half : '')),
  ]
}

/** Newtonsoft.Json escapes three line ends more than JavaScript does. */
function jsonForm(value: string): string {
  return JSON.stringify(value)
    .slice(1, -1)
    .replace(/[\u0085\u2028\u2029]/g, (end) => `\\u${end.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** PowerShell colours what stands around the last `&`, or around the first `&+` with the character after it. */
function ampersandHalves(value: string): string[] {
  const plus = value.indexOf('&+')
  if (plus >= 0) return [value.slice(0, plus + 2), value.slice(plus + 3)]
  const last = value.lastIndexOf('&')
  return last < 0 ? [] : [value.slice(0, last + 1), value.slice(last + 1)]
}

function base64From(value: string, offset: number): string {
  const bytes = Buffer.from(value)
  return (bytes.length > offset ? bytes.subarray(offset) : bytes).toString('base64')
}

function uriForm(value: string): string {
  return encodeURIComponent(Buffer.from(value).toString()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function xmlForm(value: string): string {
  return value.replace(/[&<>"']/g, (character) => XML_NAMES[character] ?? character)
}

type Span = readonly [start: number, end: number]

/** Spans that overlap or touch become one, and so one `***`. */
function merge(spans: readonly Span[]): Span[] {
  const merged: Span[] = []
  for (const span of spans.toSorted((a, b) => a[0] - b[0])) {
    const last = merged.at(-1)
    if (last !== undefined && span[0] <= last[1]) merged[merged.length - 1] = [last[0], Math.max(last[1], span[1])]
    else merged.push(span)
  }
  return merged
}

function occurrences(text: string, form: string): Span[] {
  const spans: Span[] = []
  for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) spans.push([at, at + form.length])
  return spans
}
