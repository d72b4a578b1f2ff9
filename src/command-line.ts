import { type ParseEntry, parse } from 'shell-quote'

export interface CommandProblem {
  readonly given: string
  readonly accepted: string
}

/**
 * The words of a command. ECS starts them without a shell, so what only a shell understands is refused, not passed on.
 * @param text shell words, quotes respected, or a JSON array of strings
 */
export function parseCommand(text: string): readonly string[] | CommandProblem {
  if (text.startsWith('[')) return parseArray(text)
  return parseWords(withoutContinuations(text))
}

function parseWords(text: string): readonly string[] | CommandProblem {
  const bare = withoutQuotedParts(text)
  if (/['"]/.test(bare)) return { given: 'a quote that is not closed', accepted: 'words with every quote closed' }
  if (bare.includes('\n')) return problem('several lines', text)
  if (bare.includes('`')) return problem('an unquoted `', text)
  const words: string[] = []
  for (const entry of parse(text, (name) => ({ op: `$${name}` }) as never)) {
    const word = typeof entry === 'string' ? entry : isPattern(entry) ? entry.pattern : undefined
    if (word === undefined) return problem(`an unquoted ${operator(entry)}`, text)
    words.push(word)
  }
  return words
}

function parseArray(text: string): readonly string[] | CommandProblem {
  const accepted = 'a JSON array of strings, such as ["python","manage.py","migrate"]'
  try {
    const words: unknown = JSON.parse(text)
    if (Array.isArray(words) && words.length > 0 && words.every((word) => typeof word === 'string')) return words
  } catch {
    return { given: 'text that begins with [ and is no JSON', accepted }
  }
  return { given: 'JSON that is no array of strings, or an empty one', accepted }
}

function problem(what: string, text: string): CommandProblem {
  const suggestion = JSON.stringify(['sh', '-c', text])
  return {
    given: `${what}, which only a shell understands, and ECS starts the command without one`,
    accepted: `words, with '…' around what is meant literally; or, for a shell in the image: ${suggestion}`,
  }
}

function operator(entry: ParseEntry): string {
  return typeof entry === 'object' && 'op' in entry ? entry.op : '#'
}

/** `*.sql` without a shell is the text itself. */
function isPattern(entry: Exclude<ParseEntry, string>): entry is { op: 'glob'; pattern: string } {
  return 'pattern' in entry
}

/** A backslash at the end of a line goes with the line's end, but for single quotes. */
function withoutContinuations(text: string): string {
  const joined = (part: string): string =>
    part.replace(/\\(?:(\r?\n)|.)/gs, (pair, end) => (end === undefined ? pair : ''))
  return text.replace(/'[^']*'|"(?:\\.|[^"\\])*"|\\\r?\n|\\./gs, (part) => (part.startsWith("'") ? part : joined(part)))
}

function withoutQuotedParts(text: string): string {
  return text.replace(/\\.|'[^']*'|"(?:\\.|[^"\\])*"/gs, '')
}
