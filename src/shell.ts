/** How a POSIX shell reads text and its own options, as far as it can be known without running one. Pure. */

/** A piece of a shell's text. */
export type ShellToken =
  | {
      readonly kind: 'word'
      /** Without its quotes. */
      readonly text: string
      /** What the shell would replace in it: `$HOME`, `$(`, a back-tick. */
      readonly expansions: readonly string[]
      /** One of them stands outside of quotes, so that the shell splits what it puts there. */
      readonly splits: boolean
    }
  /** `&&`, `|`, `>`, a line's end … */
  | { readonly kind: 'operator'; readonly text: string }
  | { readonly kind: 'comment' }
  | { readonly kind: 'unclosed' }

const EXPANSION = /\$(?:[A-Za-z_]\w*|\{[^}]*\}?|[0-9@*#?$!(-])|`/
const PIECES = new RegExp(
  [
    // A line's end after a backslash goes with it.
    /(?<continuation>\\\r?\n)/,
    /\\(?<escaped>.)/s,
    /'(?<single>[^']*)'/,
    /"(?<double>(?:\\.|[^"\\])*)"/s,
    new RegExp(`(?<expansion>${EXPANSION.source}|\\$(?=['"]))`),
    /(?<operator>\r?\n|&&|\|\||;;|>>|<<|[|&;<>()])/,
    /(?<blank>[ \t\r\f\v]+)/,
    /(?<comment>(?<=^|(?<!\\)[\s|&;<>()])#[^\n]*)/,
    /(?<unclosed>['"])/,
    /(?<plain>[^\s'"\\$`|&;<>()#]+|.)/s,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gs',
)

type Piece = Readonly<Record<string, string | undefined>>
type Word = Extract<ShellToken, { readonly kind: 'word' }>

/** The words and operators of a text, in order. Of a text whose quotes are not closed the last token says so. */
export function readShellText(text: string): readonly ShellToken[] {
  const tokens: ShellToken[] = []
  let word: Word | undefined
  for (const { groups: piece = {} } of text.matchAll(PIECES)) {
    if (piece.continuation !== undefined) continue
    const part = partOfWord(piece)
    if (part !== undefined) {
      word = word === undefined ? part : joined(word, part)
      continue
    }
    if (word !== undefined) tokens.push(word)
    word = undefined
    tokens.push(...separator(piece))
    if (piece.unclosed !== undefined) return tokens
  }
  return word === undefined ? tokens : [...tokens, word]
}

function joined(word: Word, { text, expansions, splits }: Word): Word {
  return {
    kind: 'word',
    text: word.text + text,
    expansions: [...word.expansions, ...expansions],
    splits: word.splits || splits,
  }
}

/** @returns undefined where the piece ends a word, or is no part of one */
function partOfWord({ escaped, single, double, expansion, plain }: Piece): Word | undefined {
  if (double !== undefined) return { kind: 'word', ...withoutEscapes(double), splits: false }
  if (expansion !== undefined) return { kind: 'word', text: expansion, expansions: [expansion], splits: true }
  const text = escaped ?? single ?? plain
  return text === undefined ? undefined : literal(text)
}

function literal(text: string): Word {
  return { kind: 'word', text, expansions: [], splits: false }
}

function separator({ operator, comment, unclosed }: Piece): readonly ShellToken[] {
  if (operator !== undefined) return [{ kind: 'operator', text: operator }]
  if (unclosed !== undefined) return [{ kind: 'unclosed' }]
  return comment === undefined ? [] : [{ kind: 'comment' }]
}

/** What stands between double quotes: only `$`, a back-tick, `"`, a backslash and a line's end can be escaped there. */
function withoutEscapes(quoted: string): Pick<Word, 'text' | 'expansions'> {
  const found = [...quoted.matchAll(new RegExp(`\\\\.|(${EXPANSION.source})`, 'gs'))].map(([, expansion]) => expansion)
  return {
    text: quoted.replace(/\\(?:\r?\n|([$`"\\]))/g, (_pair, char: string | undefined) => char ?? ''),
    expansions: found.filter((expansion) => expansion !== undefined),
  }
}

const SHELLS: ReadonlySet<string> = new Set(['sh', 'bash', 'ash', 'dash', 'ksh', 'mksh', 'zsh', 'rbash'])

/** The program that a word names, without its folder. */
export function programName(word: string): string {
  return word.slice(word.lastIndexOf('/') + 1)
}

export function isShell(word: string): boolean {
  return SHELLS.has(programName(word))
}

/** How a shell was called: with `-c`, or with a file, or with neither: then it reads its standard input. */
export interface ShellCall {
  readonly hasC: boolean
  /** The text after `-c`, or the file; undefined where there is none. */
  readonly script?: string
  /** What follows it: `$0`, `$1` and so on after `-c`, else `$1` and so on. */
  readonly rest: readonly string[]
}

/** Options that take the next word: `-o pipefail`, also at the end of a cluster (`-eo pipefail`). */
const VALUED = /^(?:[-+](?!-)\w*[oO]\w*|--rcfile|--init-file)$/

/**
 * The options of a shell as it reads them: in clusters, with values, up to `--` or the first other word.
 * @returns undefined when the first word is no shell
 */
export function readShellCall(words: readonly string[]): ShellCall | undefined {
  const [program = '', ...args] = words
  if (!isShell(program)) return undefined
  const end = endOfOptions(args)
  const letters = args.slice(0, end).filter((word, at) => /^-\w/.test(word) && !VALUED.test(args[at - 1] ?? ''))
  const hasC = letters.some((word) => word.includes('c'))
  const readsInput = !hasC && letters.some((word) => word.includes('s'))
  const [script, ...rest] = args.slice(end)
  if (script === undefined || readsInput) return { hasC, rest: args.slice(end) }
  return { hasC, script, rest }
}

/** @returns where the first word is that is no option of the shell */
function endOfOptions(args: readonly string[]): number {
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? ''
    if (word === '-' || word === '--') return at + 1
    if (!/^[-+]./.test(word)) return at
    if (VALUED.test(word)) at++
  }
  return args.length
}

/** Which of its arguments a `-c` script reads. Text in single quotes counts only where `eval` or `trap` may read it again. */
export function argumentsRead(script: string): { readonly zero: boolean; readonly others: boolean } {
  const words = readShellText(script).flatMap((token) => (token.kind === 'word' ? [token] : []))
  const again = words.some(({ text }) => text === 'eval' || text === 'trap')
  const expansions = again
    ? [...script.matchAll(new RegExp(EXPANSION.source, 'g'))].map(([found]) => found)
    : words.flatMap((word) => word.expansions)
  const implied =
    words.some(({ text }) => text === 'shift' || text === 'getopts') || /\bfor\s+\w+\s*(?:[;\n]|\bdo\b)/.test(script)
  return {
    zero: expansions.some((expansion) => /^\$\{?[!#]?0(?!\d)/.test(expansion)),
    others: implied || expansions.some((expansion) => OTHER_ARGUMENT.test(expansion)),
  }
}

/** `$1`, `$@`, `$#`, `${1:-x}`, `${#}`, `${@:2}`; not `${#name}`, the length of a variable. */
const OTHER_ARGUMENT = /^\$(?:[1-9@*#]|\{[!#]?(?:[1-9]|[@*])|\{#[}:%#-])/

/** The text that a shell reads as exactly these words; where one holds a `$`, the shell is left to replace it. */
export function asShellText(words: readonly string[]): string {
  return words.map(quoted).join(' ')
}

function quoted(word: string): string {
  if (/^(?:[\w@%+=:,./-]|\{database\})+$/.test(word)) return word
  if (word.includes('$') && !/["`\\]/.test(word)) return `"${word}"`
  return `'${word.replaceAll("'", `'\\''`)}'`
}
