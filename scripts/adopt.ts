/**
 * npm run adopt -- OWNER/REPOSITORY
 *
 * Writes the repository in which this action is published into README, examples, pages and checks, in place of the one that
 * stands there: at first the placeholder `org/…`. It changes the working tree and commits nothing.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { UsageError } from '../local/usage.ts'

process.exitCode = main(process.argv.slice(2))

function main([repository = '', ...rest]: readonly string[]): number {
  if (rest.length > 0 || !/^[A-Za-z0-9](?:-?[A-Za-z0-9])*\/[\w.-]+$/.test(repository))
    throw new UsageError('Which repository? It is given as OWNER/REPOSITORY')
  const present = presentRepository()
  const changed = trackedFiles().filter((file) => replaceIn(file, present, repository))
  console.log(`${present} is now ${repository} in ${changed.length} files:\n  ${changed.join('\n  ')}`)
  if (changed.length > 0) formatted(changed)
  return 0
}

/** As the first example names it. */
function presentRepository(): string {
  const found = /uses: ([^\s@]+\/[^\s@/]+)@v1$/m.exec(readFileSync('examples/workflows/quick-start.yml', 'utf8'))?.[1]
  if (found === undefined) throw new Error('examples/workflows/quick-start.yml uses the action no more')
  return found
}

function trackedFiles(): readonly string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--', '*.md', '*.yml', '*.ts', '*.py'], { encoding: 'utf8' })
  return listed.split('\0').filter((file) => file !== '' && !file.startsWith('dist/'))
}

/** In regular expressions its slash is escaped. @returns whether it stood there */
function replaceIn(file: string, present: string, repository: string): boolean {
  const before = readFileSync(file, 'utf8')
  const escaped = (name: string): string => name.replace('/', '\\/')
  const after = before.replaceAll(present, repository).replaceAll(escaped(present), escaped(repository))
  if (after !== before) writeFileSync(file, after)
  return after !== before
}

/** A longer name may break lines elsewhere. */
function formatted(files: readonly string[]): void {
  const sources = files.filter((file) => file.endsWith('.ts'))
  execFileSync('npx', ['biome', 'format', '--write', ...sources], { stdio: 'ignore' })
}
