/** More of one line is never looked at: beginning and end, where a message stands around a long statement. */
const MOST_CHARACTERS = 4_000

/** Of a line that was erased and written again and again, the last so many. */
const MOST_PARTS = 8

/** ESC [ … final byte, and ESC ] … BEL or ESC \: colours, cursor movements, titles. */
const ESCAPES = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\^_])/g
const ERASED_LINE = /\x1b\[[0-2]?K|\x1b\[1?G/g
const OTHER_CONTROLS = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g

/**
 * A line of a log as a terminal shows it: without colours, of what carriage returns wrote over only the last, and
 * a line that was erased and written again as several. Spinners are drawn in that way.
 * @returns none for a line that is empty then
 */
export function asShown(line: string): readonly string[] {
  return bounded(line)
    .replace(ERASED_LINE, '\n')
    .split('\n')
    .map((part) => lastWritten(part.replace(ESCAPES, '')).replace(OTHER_CONTROLS, '').trimEnd())
    .filter((part) => part.trim() !== '')
    .slice(-MOST_PARTS)
}

function lastWritten(line: string): string {
  return line.split('\r').findLast((part) => part.trim() !== '') ?? ''
}

/** Cut at white space, so that no word stands there in part: a secret's part would not be masked. */
function bounded(line: string): string {
  if (line.length <= MOST_CHARACTERS) return line
  const half = MOST_CHARACTERS / 2
  const tail = line.slice(-half)
  return `${line.slice(0, lastBreak(line.slice(0, half)))} … ${tail.slice(/^\S*/.exec(tail)?.[0].length)}`
}

/** Where the last whole word of a text ends; 0 when it is one word, that may go on. */
export function lastBreak(text: string): number {
  let end = text.length
  while (end > 0 && !/\s/.test(text[end - 1] ?? '')) end -= 1
  return Math.max(0, end - 1)
}
