import { type CommandProblem, parseCommand } from '../command-line.ts'
import type { Reading } from './reading.ts'

/** The words of a command line; undefined where nothing is given. */
export function readWords(read: Reading, name: 'command'): readonly string[] | undefined {
  const text = read.text(name)
  if (text === '') return undefined
  const parsed = parseCommand(text)
  if (!isProblem(parsed)) return parsed
  read.reject(name, parsed.given, parsed.accepted)
  return undefined
}

function isProblem(parsed: readonly string[] | CommandProblem): parsed is CommandProblem {
  return 'accepted' in parsed
}
