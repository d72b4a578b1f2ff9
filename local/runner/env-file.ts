/** What a file behind GITHUB_OUTPUT, GITHUB_STATE or GITHUB_ENV says. */
interface EnvFile {
  /** In the order written; those before an error count. */
  readonly pairs: readonly (readonly [name: string, value: string])[]
  /** The runner's words for what it could not read. It fails the step. */
  readonly error?: string
}

class FormatError extends Error {}

class FileLines {
  private readonly text: string
  private index = 0

  constructor(text: string) {
    this.text = text
  }

  next(): { readonly text: string; readonly ended: boolean } | undefined {
    if (this.index >= this.text.length) return undefined
    const start = this.index
    const end = this.text.indexOf('\n', start)
    this.index = end < 0 ? this.text.length : end + 1
    return { text: this.text.slice(start, end < 0 ? undefined : end), ended: end >= 0 }
  }
}

/**
 * Reads `NAME=VALUE` lines and `NAME<<DELIMITER` blocks as the runner does on Linux (FileCommandManager.cs,
 * EnvFileKeyValuePairs): only LF ends a line, a name may be anything without `=` and `<<`, whichever of the two comes
 * first in the line decides, and the line end before the delimiter is not part of the value.
 */
export function parseEnvFile(text: string): EnvFile {
  const lines = new FileLines(text.replace(/^\ufeff/, ''))
  const pairs: [string, string][] = []
  try {
    for (let line = lines.next(); line !== undefined; line = lines.next()) {
      if (line.text !== '') pairs.push(readPair(line.text, lines))
    }
  } catch (error) {
    if (error instanceof FormatError) return { pairs, error: error.message }
    throw error
  }
  return { pairs }
}

function readPair(line: string, lines: FileLines): [string, string] {
  const equals = line.indexOf('=')
  const block = line.indexOf('<<')
  if (equals >= 0 && (block < 0 || equals < block)) return [line.slice(0, equals), line.slice(equals + 1)]
  if (block < 0) throw new FormatError(`Invalid format '${line}'`)
  const name = line.slice(0, block)
  const delimiter = line.slice(block + 2)
  if (name === '' || delimiter === '') {
    throw new FormatError(`Invalid format '${line}'. Name must not be empty and delimiter must not be empty`)
  }
  return [name, readBlock(delimiter, lines)]
}

function readBlock(delimiter: string, lines: FileLines): string {
  const value: string[] = []
  for (;;) {
    const line = lines.next()
    if (line?.text === delimiter) return value.join('\n')
    if (line === undefined) throw new FormatError(`Invalid value. Matching delimiter not found '${delimiter}'`)
    if (!line.ended) throw new FormatError('Invalid value. EOF marker missing new line.')
    value.push(line.text)
  }
}
