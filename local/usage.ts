/** What is wrong with a command line: scripts/bootstrap.mjs answers it in a line, and the exit code is 2. */
export class UsageError extends Error {
  readonly exitCode = 2
}

/** @throws UsageError where an option that was given is no number above 0 */
export function positive(option: string, text: string): number {
  const number = Number(text)
  if (!(number > 0)) throw new UsageError(`${option} takes a number above 0, not '${text}'`)
  return number
}

/**
 * Takes `NAME=VALUE` apart at the first `=`.
 *
 * @param rule said of a text that is not like that
 */
export function nameAndValue(text: string, rule: string): [name: string, value: string] {
  const at = text.indexOf('=')
  if (at < 1) throw new UsageError(`${rule}, not '${text}'`)
  return [text.slice(0, at), text.slice(at + 1)]
}
