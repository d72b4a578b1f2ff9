import { readFileSync } from 'node:fs'

/**
 * Texts as AWS gave them, with what each is to be read as.
 * @param name of a file in wordings/: a line for each, `ID: TEXT`
 */
export function wordings(name: string): readonly (readonly [id: string, text: string])[] {
  const lines = readFileSync(new URL(`wordings/${name}.txt`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
  return lines.map((line) => {
    const end = line.indexOf(': ')
    return [line.slice(0, end), line.slice(end + 2)]
  })
}
