import { type CommandProblem, parseCommand } from '../command-line.ts'
import type { Reading } from './reading.ts'

/**
 * The words of a command line; undefined where nothing is given.
 * @param entryPoint the words before them, where they are known
 */
export function readWords(
  read: Reading,
  name: 'command' | 'entrypoint',
  entryPoint?: readonly string[],
): readonly string[] | undefined {
  const text = read.text(name)
  if (text === '') return undefined
  const parsed = parseCommand(text, entryPoint)
  if (!isProblem(parsed)) return parsed
  read.reject(name, parsed.given, parsed.accepted)
  return undefined
}

function isProblem(parsed: readonly string[] | CommandProblem): parsed is CommandProblem {
  return 'accepted' in parsed
}
