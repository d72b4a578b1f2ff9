import { broken } from '../text.ts'

/**
 * Text that the runner must not obey. It reads `::command::` where a line begins after white space, and `##[command]`
 * anywhere in a line, and ends lines at CR too (actions/runner: ActionCommand.cs, OutputManager.cs). A secret in the
 * text stays whole where that can be, since the runner hides it only then.
 */

/** Invisible, and white space to nobody: it parts what would be a command, and changes nothing a person sees. */
const ZERO_WIDTH_SPACE = '\u200b'
/** Longer lines slow the runner badly (runner#1031), so they are broken, not cut. In UTF-16 units. */
const LONGEST_LINE = 4_096

/** What the runner obeys (ActionCommandManager.cs), and what GitHub's page besides sets in colour or folds. */
const COMMANDS =
  'add-mask|add-matcher|add-path|command|debug|echo|end-action|endgroup|error|group|notice|remove-matcher|save-state|section|set-env|set-output|start-action|stop-commands|warning'
const BRACKET_COMMAND = new RegExp(`##(?=\\[(?:${COMMANDS})[ \\]])`, 'gi')

/** Holds nothing that would be changed below: by far the most lines, and a quick look at each saves most of the work. */
function isHarmless(line: string): boolean {
  return (
    line.length <= LONGEST_LINE &&
    !/[\u0000-\u0008\u000a-\u001a\u001c-\u001f\u0085\u2028\u2029]|##\[|^[\s\ufeff]*::/.test(line)
  )
}

/**
 * The one way of text from outside into the step's log.
 * @param text anything, line breaks of every kind included
 * @param prefix stands before each line
 * @returns lines that are only ever text; longer than 4 kB only where no white space stands
 */
export function neutralLines(text: string, prefix = ''): string[] {
  if (isHarmless(prefix + text)) return [prefix + text]
  return text
    .replace(/(\r\n|[\n\r\u0085\u2028\u2029])$/, '')
    .split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/)
    .flatMap((line) => broken(line, LONGEST_LINE))
    .map((piece) => neutral(prefix + piece))
}

/** One line: breaks every command, shows control characters (but tab and escape, for colours) as pictures. */
function neutral(line: string): string {
  // guard: neutral-text
  return line
    .replace(/[\u0000-\u0008\u000a-\u001a\u001c-\u001f]/g, (c) => String.fromCharCode(0x2400 + c.charCodeAt(0)))
    .replace(BRACKET_COMMAND, `##${ZERO_WIDTH_SPACE}`)
    .replace(/^([\s\ufeff]*)(?=::)/, `$1${ZERO_WIDTH_SPACE}`)
}
