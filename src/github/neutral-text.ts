/**
 * Text that the runner must not obey. It reads `::command::` where a line begins after white space, and `##[command]`
 * anywhere in a line, and ends lines at CR too (actions/runner: ActionCommand.cs, OutputManager.cs).
 */

/** Invisible, and white space to nobody: it parts what would be a command, and changes nothing a person sees. */
const ZERO_WIDTH_SPACE = '\u200b'
/** Longer lines slow the runner badly (runner#1031), so they are wrapped, not cut. */
const LONGEST_LINE_BYTES = 4_096

/** Holds nothing that would be changed below: by far the most lines, and a quick look at each saves most of the work. */
function isHarmless(text: string): boolean {
  return (
    text.length <= LONGEST_LINE_BYTES / 3 &&
    !/[\u0000-\u0008\u000a-\u001a\u001c-\u001f\u0085\u2028\u2029]|##\[|^[\s\ufeff]*::/.test(text)
  )
}

/**
 * @param text anything, line breaks of every kind included
 * @returns lines that are only ever text, each at most 4 kB
 */
export function neutralLines(text: string): string[] {
  if (isHarmless(text)) return [text]
  return text
    .replace(/(\r\n|[\n\r\u0085\u2028\u2029])$/, '')
    .split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/)
    .flatMap(wrapped)
    .map(neutral)
}

/** One line: breaks every command, shows control characters (but tab and escape, for colours) as pictures. */
function neutral(line: string): string {
  return line
    .replace(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/g, (c) => String.fromCharCode(0x2400 + c.charCodeAt(0)))
    .replaceAll('##[', `##${ZERO_WIDTH_SPACE}[`)
    .replace(/^([\s\ufeff]*):(?=:)/, `$1:${ZERO_WIDTH_SPACE}`)
}

function wrapped(line: string): string[] {
  // A character takes at most 3 bytes a UTF-16 unit, so a third of the limit always fits.
  if (line.length <= LONGEST_LINE_BYTES / 3 || Buffer.byteLength(line) <= LONGEST_LINE_BYTES) return [line]
  const pieces: string[] = []
  let piece = ''
  let bytes = 0
  for (const character of line) {
    const size = Buffer.byteLength(character)
    if (bytes + size > LONGEST_LINE_BYTES) {
      pieces.push(piece)
      piece = ''
      bytes = 0
    }
    piece += character
    bytes += size
  }
  return [...pieces, piece]
}
