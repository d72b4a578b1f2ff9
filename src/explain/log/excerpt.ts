/** Which of the last lines to show where not all fit: in their order, and of libraries no frames but how many. */
import { isSourceOf } from './line-kinds.ts'

export interface Excerpt {
  readonly lines: readonly string[]
  /** How many of the last lines they stand for. */
  readonly span: number
}

/** Frames of Python, of Node and Java, of Ruby. */
const FRAME = /^\s+File "|^\s+at |^\s*(?:from )?\/\S+\.rb:\d+/
const LIBRARY = /\/(?:site|dist)-packages\/|\/lib\/python\d|<frozen |\/node_modules\/|\bnode:|\/gems\/|\/lib\/ruby\//

/**
 * @param lines the last ones of a log, oldest first
 * @param most lines of the result
 */
export function excerpt(lines: readonly string[], most: number): Excerpt {
  if (lines.length <= most) return { lines, span: lines.length }
  const runs = withoutLibraries(lines).slice(-most)
  return {
    lines: runs.map((run) => (run.length === 1 ? (run[0] ?? '') : `    … ${run.length} lines in libraries`)),
    span: runs.flat().length,
  }
}

/** Each line by itself, and the lines of frames in libraries in runs. */
function withoutLibraries(lines: readonly string[]): readonly (readonly string[])[] {
  const runs: string[][] = []
  let head = ''
  let wasLibrary = false
  for (const line of lines) {
    if (FRAME.test(line) || !isSourceOf(head, line)) head = line
    const isLibrary = FRAME.test(head) && LIBRARY.test(head)
    if (isLibrary && wasLibrary) runs.at(-1)?.push(line)
    else runs.push([line])
    wasLibrary = isLibrary
  }
  return runs
}
