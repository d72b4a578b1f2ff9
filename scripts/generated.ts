/** Pages that a command of package.json makes from data. */
import { readFileSync, writeFileSync } from 'node:fs'

/** Whole texts by file name. */
export type Pages = Readonly<Record<string, string>>

/** Heading → the anchor that GitHub gives it. */
export function anchorOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
}

/**
 * A page with the text between the markers of a section replaced.
 * @param command of package.json that makes the section
 * @throws Error when the markers are missing
 */
export function withSection(page: string, section: string, command: string, content: string): string {
  const [begin, end] = [`<!-- ${section}: made by npm run ${command} -->`, `<!-- end of ${section} -->`]
  const [before, rest] = page.split(begin)
  const after = rest?.split(end)[1]
  if (before === undefined || after === undefined)
    throw new Error(`There is no section between "${begin}" and "${end}"`)
  return `${before}${begin}\n\n${content}\n\n${end}${after}`
}

/** @returns a sentence where a page is not what its command makes */
export function staleIn(command: string, pages: Pages): readonly string[] {
  const stale = changed(pages)
  return stale.length === 0 ? [] : [`${stale.join(', ')}: not what its source says. Run: npm run ${command}`]
}

/** Writes the pages; with `--check` it only compares. @returns the exit code */
export function writePages(command: string, pages: Pages): number {
  if (!process.argv.includes('--check')) {
    for (const file of changed(pages)) writeFileSync(file, pages[file] ?? '')
    return 0
  }
  const problems = staleIn(command, pages)
  for (const problem of problems) console.error(problem)
  return problems.length === 0 ? 0 : 1
}

function changed(pages: Pages): readonly string[] {
  return Object.keys(pages).filter((file) => readFileSync(file, 'utf8') !== pages[file])
}
