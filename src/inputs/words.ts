import { parseCommand } from '../command-line.ts'
import type { RejectedValue } from '../model.ts'
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
  if (!isRejected(parsed)) return parsed
  read.reject(name, parsed.given, parsed.accepted)
  return undefined
}

function isRejected(parsed: readonly string[] | RejectedValue): parsed is RejectedValue {
  return 'accepted' in parsed
}
