import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'

/** A clone in which npm and the compiler only write down that they were called. */
let clone: string

const put = (file: string, text: string): void => {
  mkdirSync(dirname(join(clone, file)), { recursive: true })
  writeFileSync(join(clone, file), text)
}

const later = (file: string): void => {
  const soon = new Date(Date.now() + 60_000)
  utimesSync(join(clone, file), soon, soon)
}

const fakeNpm = `
const fs = require('node:fs')
fs.appendFileSync(process.env.CALLS, 'npm ' + process.argv.slice(2).join(' ') + ' in ' + process.cwd() + '\\n')
const tsc = 'node_modules/typescript/bin/tsc'
fs.mkdirSync('node_modules/typescript/bin', { recursive: true })
fs.writeFileSync('node_modules/package.json', '{}')
fs.writeFileSync(tsc, "require('node:fs').appendFileSync(process.env.CALLS, 'tsc ' + process.argv.slice(2).join(' ') + ' in ' + process.cwd() + '\\\\n'); process.exitCode = Number(process.env.TSC_EXIT ?? 0)")
fs.writeFileSync('node_modules/.package-lock.json', '{}')
const soon = new Date(Date.now() + 1000)
fs.utimesSync('node_modules/.package-lock.json', soon, soon)
`

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'clone-'))
  mkdirSync(join(clone, 'scripts'))
  copyFileSync('scripts/bootstrap.mjs', join(clone, 'scripts', 'bootstrap.mjs'))
  for (const folder of ['.', 'examples/app']) {
    put(join(folder, 'package.json'), '{ "type": "module" }')
    put(join(folder, 'package-lock.json'), '{}')
    put(join(folder, 'tsconfig.json'), '{ "include": ["local"] }')
  }
  put('local/demo.ts', '')
  put('examples/app/src/migrate.ts', '')
  put('npm/npm-cli.js', fakeNpm)
  put('npm/package.json', '{}')
  put('build/local/demo.js', 'console.log(process.argv.slice(2).join(" ")); process.exitCode = 7')
})
afterEach(() => rmSync(clone, { recursive: true }))

const bootstrap = (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
  const calls = join(clone, 'calls')
  writeFileSync(calls, '')
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(clone, 'scripts', 'bootstrap.mjs'), ...args], {
    env: { PATH: process.env.PATH, CALLS: calls, npm_execpath: join(clone, 'npm', 'npm-cli.js'), ...env },
    encoding: 'utf8',
  })
  const made = readFileSync(calls, 'utf8').replaceAll(
    execFileSync('realpath', [clone], { encoding: 'utf8' }).trim(),
    'CLONE',
  )
  return { status, stdout, stderr, calls: made.split('\n').filter((line) => line !== '') }
}

const everything = [
  'npm ci in CLONE',
  'npm ci in CLONE/examples/app',
  'tsc --noEmit false in CLONE',
  'tsc  in CLONE/examples/app',
]

test('a fresh clone is installed and compiled, then the script gets its arguments and its exit code counts', () => {
  expect(bootstrap(['demo', '--fail', 'a b'])).toMatchObject({ status: 7, stdout: '--fail a b\n', calls: everything })
})

test('when nothing has changed nothing is done but the script', () => {
  bootstrap(['demo'])
  expect(bootstrap(['demo'])).toMatchObject({ status: 7, stderr: '', calls: [] })
})

test.each([
  ['package-lock.json', ['npm ci in CLONE', 'tsc --noEmit false in CLONE']],
  ['examples/app/package-lock.json', ['npm ci in CLONE/examples/app', 'tsc  in CLONE/examples/app']],
  ['local/demo.ts', ['tsc --noEmit false in CLONE']],
  ['examples/app/src/migrate.ts', ['tsc  in CLONE/examples/app']],
])('a newer %s', (file, calls) => {
  bootstrap(['demo'])
  later(file)
  expect(bootstrap(['demo']).calls).toEqual(calls)
})

test('a program that does not compile is not run, and compiled again the next time', () => {
  const failed = bootstrap(['demo'], { TSC_EXIT: '2' })
  expect(failed).toMatchObject({ status: 1, stdout: '' })
  expect(failed.stderr).toContain('The compiler failed, see above')
  expect(bootstrap(['demo']).calls).toEqual(everything.slice(2))
})

test.each([
  [['dance'], 'There is no script dance: neither local/, scripts/ nor acceptance/ has dance.ts'],
  [[], 'Which script?'],
])('%j is answered with what is wrong', (args, message) => {
  const { status, stderr } = bootstrap(args)
  expect(status).toBe(1)
  expect(stderr).toContain(message)
})
