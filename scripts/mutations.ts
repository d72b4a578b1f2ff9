/** `npm run mutations`: shows that a guard whose removal nobody would notice has a test that does. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { repositoryRoot } from '../local/repository.ts'
import { UsageError } from '../local/usage.ts'
import { type Guard, guards, without } from './guards.ts'

const root = repositoryRoot()

/** A copy in which `npm run build` works; packages are shared. */
function copySource(): string {
  const copy = mkdtempSync(join(tmpdir(), 'mutation-'))
  for (const part of ['src', 'scripts', 'package.json', 'tsconfig.json', 'action.yml'])
    cpSync(join(root, part), join(copy, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  // What only the guard used is left over without it; scripts/ needs what is not copied.
  const config = join(copy, 'tsconfig.json')
  const { compilerOptions } = JSON.parse(readFileSync(config, 'utf8'))
  const options = { ...compilerOptions, noUnusedLocals: false, noUnusedParameters: false }
  writeFileSync(config, JSON.stringify({ compilerOptions: options, include: ['src'] }))
  return copy
}

/** @returns whether the test passes against the copy's dist/ */
function passes(copy: string, { file, title }: Guard['test']): boolean {
  const jest = join(root, 'node_modules/jest/bin/jest.js')
  const options = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jest, file, '-t', title]
  const { status, stderr } = spawnSync(process.execPath, options, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ACTION_ROOT: copy },
  })
  if (!/Tests:.*[1-9]\d* (passed|failed)/.test(stderr))
    throw new Error(`No test was run: ${file} -t '${title}'\n${stderr}`)
  return status === 0
}

/** Rolldown reads the source without its types: that would take a name that was changed meanwhile for a guard that holds. */
function build(copy: string): void {
  run(copy, 'node_modules/typescript/bin/tsc')
  run(copy, 'scripts/build.mjs')
}

function run(copy: string, script: string): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], { cwd: copy, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${script} fails in the copy:\n${stdout}${stderr}`)
}

/** @returns whether the test is green with the guard and red without it */
function isGuarded(guard: Guard): boolean {
  const { name, does, test } = guard
  const copy = copySource()
  try {
    build(copy)
    const green = passes(copy, test)
    const { path, text } = without(guard, join(copy, 'src'))
    writeFileSync(path, text)
    build(copy)
    const red = !passes(copy, test)
    const verdict = green && red ? 'ok  ' : 'FAIL'
    console.log(`${verdict}  ${name}: ${does}`)
    console.log(
      `      "${test.title}" is ${green ? 'green' : 'RED'} with it and ${red ? 'red' : 'STILL GREEN'} without`,
    )
    return green && red
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

const wanted = process.argv.slice(2)
const lost = wanted.filter((one) => !guards.some(({ name }) => name === one))
if (lost.length > 0)
  throw new UsageError(`There is no guard ${lost.join(', ')}, but ${guards.map(({ name }) => name).join(', ')}`)
const chosen = guards.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
const results = chosen.map(isGuarded)
console.log(`${results.filter(Boolean).length} of ${results.length} guards are guarded`)
process.exitCode = results.every(Boolean) ? 0 : 1
