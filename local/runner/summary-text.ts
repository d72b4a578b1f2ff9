const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

const BAR_WIDTH = 40

/**
 * A job summary as text, near to what GitHub's page shows: entities and tags undone, details folded, tables in columns,
 * a timeline as bars. It reads the Markdown and HTML that job summaries use, a tag of a block at the head of its line,
 * not all of either.
 */
export function summaryText(markdown: string): string {
  return fold(markdown)
    .split(/^(```\w*\n[\s\S]*?^```$|<pre>\n[\s\S]*?<\/pre>$)/m)
    .map((part, index) => (index % 2 === 0 ? proseText(part) : part.startsWith('<') ? preText(part) : fencedText(part)))
    .join('')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** `<details>` is closed until the reader opens it. The innermost first, since they nest. */
function fold(markdown: string): string {
  const details = /<details>\s*<summary>([^<]*(?:<(?!\/summary>)[^<]*)*)<\/summary>(?:(?!<details>).)*?<\/details>/gs
  const folded = markdown.replace(details, '▸ $1')
  return folded === markdown ? folded : fold(folded)
}

function fencedText(part: string): string {
  const [opening = '', ...lines] = part.split('\n').slice(0, -1)
  return indented(opening === '```mermaid' ? timeline(lines) : lines)
}

function preText(part: string): string {
  return indented(part.split('\n').slice(1, -1).map(inline))
}

function indented(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}`).join('\n')
}

interface Bar {
  readonly label: string
  readonly start: number
  readonly end: number
}

/** The bars of a Gantt chart whose times are `YYYY-MM-DD HH:mm:ss.SSS`; other diagrams stay as they are. */
function timeline(lines: readonly string[]): readonly string[] {
  const rows = lines.flatMap((line): (string | Bar)[] => {
    const section = /^\s*section (.*)$/.exec(line)?.[1]
    if (section !== undefined) return [section]
    const [, label = '', start = '', end = ''] = /^\s*(.*?)\s*:(?:[a-z]+, )*(\d[^,]*), (\d[^,]*)$/.exec(line) ?? []
    const [from, to] = [Date.parse(`${start}Z`), Date.parse(`${end}Z`)]
    return Number.isNaN(from) || Number.isNaN(to) ? [] : [{ label, start: from, end: to }]
  })
  const bars = rows.filter((row) => typeof row !== 'string')
  if (bars.length === 0) return lines
  const first = Math.min(...bars.map(({ start }) => start))
  const scale = BAR_WIDTH / Math.max(1, Math.max(...bars.map(({ end }) => end)) - first)
  const width = Math.max(...bars.map(({ label }) => label.length))
  return rows.map((row) => (typeof row === 'string' ? row : `${row.label.padEnd(width)}  ${drawn(row, first, scale)}`))
}

function drawn({ start, end }: Bar, first: number, scale: number): string {
  const before = Math.round((start - first) * scale)
  return `${' '.repeat(before)}${'█'.repeat(Math.max(1, Math.round((end - first) * scale) - before))}`
}

function proseText(part: string): string {
  const lines = part.replaceAll('<br>', '\n').split('\n')
  const shown: string[] = []
  let table: string[][] = []
  for (const line of [...lines, '']) {
    if (/^<\/?(?:table|ul)>$/.test(line)) continue
    if (/^(?:\||<tr>)/.test(line)) table.push(cells(line))
    else {
      shown.push(...columns(table), inline(line.replace(/^#{1,6} /, '').replace(/^(?:- |<li>)/, '• ')))
      table = []
    }
  }
  return shown.join('\n')
}

function cells(row: string): string[] {
  const parts = row.startsWith('|') ? row.replace(/^\||\|$/g, '').split('|') : row.split(/<\/t[dh]>/).slice(0, -1)
  return parts.map((cell) => inline(cell.trim()))
}

function inline(text: string): string {
  return text
    .replace(/<[^>]*>/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll('**', '')
    .replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (entity, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name] ?? entity
      return String.fromCodePoint(decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal))
    })
}

function columns(table: readonly string[][]): string[] {
  const rows = table.filter((row) => !row.every((cell) => /^:?-+:?$/.test(cell)))
  const widths = rows.reduce<number[]>(
    (all, row) => row.map((cell, at) => Math.max(all[at] ?? 0, [...cell].length)),
    [],
  )
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('   ')
      .trimEnd(),
  )
}
