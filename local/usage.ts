/** What is wrong with a command line. */
export class UsageError extends Error {}

/**
 * Runs a program whose exit code is what `main` returns; a wrong command line is answered with the usage, and with 2.
 *
 * @param main gets the arguments; whatever it throws but a {@link UsageError} ends the process as usual
 */
export async function runProgram(usage: string, main: (argv: string[]) => Promise<number>): Promise<void> {
  try {
    refuseKeptByNpm(usage)
    process.exitCode = await main(process.argv.slice(2))
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    console.error(`${error.message}\n\n${usage}`)
    process.exitCode = 2
  }
}

/**
 * `npm run demo --fail`, without `--` before it: npm takes the option for its own and hands it on as a variable only.
 *
 * @throws UsageError
 */
function refuseKeptByNpm(usage: string): void {
  for (const [, option, no, name = ''] of usage.matchAll(/^ {2}(--(no-)?([a-z-]+))/gm)) {
    const kept = process.env[`npm_config_${name.replaceAll('-', '_')}`]
    const script = process.env.npm_lifecycle_event
    if (no ? kept === '' : kept)
      throw new UsageError(`npm took ${option} for itself. Options come after --: npm run ${script} -- ${option}`)
  }
}

/** What `parse` returns. @throws UsageError with the words of what it throws */
export function parsed<Arguments>(parse: () => Arguments): Arguments {
  try {
    return parse()
  } catch (cause) {
    throw new UsageError((cause as Error).message, { cause })
  }
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
