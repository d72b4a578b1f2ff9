import type { RejectedValue } from './model.ts'
import { readShellCall, readShellText, type ShellToken } from './shell.ts'

/**
 * The words of `command` or `entrypoint`. ECS starts them without a shell, so what only a shell understands is refused,
 * not passed on.
 * @param text shell words, quotes respected, or a JSON array of strings
 * @param entryPoint the words before them, where they are known: they decide which form suits a shell
 */
export function parseCommand(text: string, entryPoint?: readonly string[]): readonly string[] | RejectedValue {
  return text.startsWith('[') ? parseArray(text) : parseWords(text, entryPoint)
}

function parseWords(text: string, entryPoint: readonly string[] | undefined): readonly string[] | RejectedValue {
  const tokens = readShellText(text)
  if (tokens.some(({ kind }) => kind === 'unclosed'))
    return { given: 'a quote that is not closed', accepted: 'words with every quote closed' }
  if (tokens.some((token) => token.kind === 'operator' && token.text.includes('\n')))
    return problem('several lines', text, entryPoint)
  const words: string[] = []
  for (const token of tokens) {
    const special = onlyForShell(token)
    if (special !== undefined) return problem(special, text, entryPoint)
    if (token.kind === 'word') words.push(token.text)
  }
  return words
}

/** What of a token only a shell understands, or undefined. */
function onlyForShell(token: ShellToken): string | undefined {
  if (token.kind === 'comment') return 'an unquoted #'
  if (token.kind === 'operator') return `an unquoted ${token.text}`
  const [expansion] = token.kind === 'word' ? token.expansions : []
  return expansion === undefined ? undefined : `${expansion} outside of single quotes`
}

function parseArray(text: string): readonly string[] | RejectedValue {
  const accepted = 'a JSON array of strings, such as ["python","manage.py","migrate"]'
  try {
    const words: unknown = JSON.parse(text)
    if (Array.isArray(words) && words.length > 0 && words.every((word) => typeof word === 'string')) return words
  } catch {
    return { given: 'text that begins with [ and is no JSON', accepted }
  }
  return { given: 'JSON that is no array of strings, or an empty one', accepted }
}

function problem(what: string, text: string, entryPoint: readonly string[] | undefined): RejectedValue {
  const pipe = what.endsWith(' |')
    ? '. A pipe hides the exit code of every program but its last; in bash, begin with set -o pipefail'
    : ''
  return {
    given: `${what}, which only a shell understands, and ECS starts the command without one`,
    accepted: `words, with '…' around what is meant literally; or, ${shellForm(text, entryPoint)}${pipe}`,
  }
}

/** The form that hands a text to a shell. `-e`, so that the first program that fails ends it. */
function shellForm(text: string, entryPoint: readonly string[] | undefined): string {
  const oneWord = JSON.stringify([text])
  const withShell = JSON.stringify(['sh', '-ec', text])
  if (entryPoint === undefined)
    return `for a shell in the image: ${withShell}. Where the entry point is a shell with -c already: ${oneWord}`
  return takesScript(entryPoint)
    ? `for the shell of the entry point: ${oneWord}`
    : `for a shell in the image: ${withShell}`
}

/** A shell with `-c` whose script is yet to come. */
function takesScript(entryPoint: readonly string[]): boolean {
  const call = readShellCall(entryPoint)
  return call?.hasC === true && call.script === undefined
}
