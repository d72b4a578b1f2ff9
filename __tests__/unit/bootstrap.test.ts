import { execFileSync, spawnSync } from 'node:child_process'
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'

/** A clone in which npm, the compiler and the build only write down that they were called. */
let clone: string

const put = (file: string, text: string): void => {
  mkdirSync(dirname(join(clone, file)), { recursive: true })
  writeFileSync(join(clone, file), text)
}

const change = (file: string): void => {
  const soon = new Date(Date.now() + 60_000)
  appendFileSync(join(clone, file), '\n')
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

const fakeBuild = `
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
appendFileSync(process.env.CALLS, 'build\\n')
mkdirSync('dist', { recursive: true })
writeFileSync('dist/index.js', 'made')
`

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'clone-'))
  mkdirSync(join(clone, 'scripts'))
  for (const file of ['bootstrap.mjs', 'usage.mjs']) copyFileSync(join('scripts', file), join(clone, 'scripts', file))
  put('scripts/build.mjs', fakeBuild)
  for (const folder of ['.', 'examples/app']) {
    put(join(folder, 'package.json'), '{ "type": "module" }')
    put(join(folder, 'package-lock.json'), '{}')
    put(join(folder, 'tsconfig.json'), '{ "include": ["local"] }')
  }
  put('local/demo.ts', '')
  put('src/index.ts', '')
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
  'build',
]

test('a fresh clone is installed and compiled, then the script gets its arguments and its exit code counts', () => {
  expect(bootstrap(['demo', '--fail', 'a b'])).toMatchObject({ status: 7, stdout: '--fail a b\n', calls: everything })
})

test('when nothing has changed nothing is done but the script', () => {
  bootstrap(['demo'])
  expect(bootstrap(['demo'])).toMatchObject({ status: 7, stderr: '', calls: [] })
})

test.each([
  ['package-lock.json', ['npm ci in CLONE', 'tsc --noEmit false in CLONE', 'build']],
  ['examples/app/package-lock.json', ['npm ci in CLONE/examples/app', 'tsc  in CLONE/examples/app']],
  ['local/demo.ts', ['tsc --noEmit false in CLONE']],
  ['examples/app/src/migrate.ts', ['tsc  in CLONE/examples/app']],
  ['src/index.ts', ['build']],
  ['scripts/build.mjs', ['build']],
  ['dist/index.js', ['build']],
])('a newer %s', (file, calls) => {
  bootstrap(['demo'])
  change(file)
  expect(bootstrap(['demo']).calls).toEqual(calls)
})

test('a program that does not compile is not run, and compiled again the next time', () => {
  const failed = bootstrap(['demo'], { TSC_EXIT: '2' })
  expect(failed).toMatchObject({ status: 1, stdout: '' })
  expect(failed.stderr).toContain('The compiler failed, see above')
  expect(bootstrap(['demo']).calls).toEqual(everything.slice(2))
})

test('what does not run dist/ does not build it', () => {
  put('build/scripts/readme.js', '')
  expect(bootstrap(['readme']).calls).toEqual(everything.slice(0, -1))
})

test.each([[['dance']], [[]]])('%j is answered with what there is', (args) => {
  const { status, stderr } = bootstrap(args)
  expect(status).toBe(1)
  expect(stderr).toMatch(/^Which command\? One of acceptance, .*\n$/)
})

const scripts: readonly string[] = Object.keys(JSON.parse(readFileSync('package.json', 'utf8')).scripts)

test.each(scripts)('npm run %s -- --help says what it does and how long it takes, and nothing is done', (name) => {
  const { status, stdout, stderr, calls } = bootstrap([name, '--help'])
  expect({ status, stderr, calls }).toEqual({ status: 0, stderr: '', calls: [] })
  expect(stdout).toMatch(new RegExp(`^npm (?:run )?${name}\\b.*\\n\\n[^]*(?:Takes?|take|Is up after) `))
})

test.each(['tools', 'build', 'demo'])('npm run %s with an option that it does not know', (name) => {
  expect(bootstrap([name, '--bogus=1'])).toMatchObject({
    status: 2,
    stderr: `There is no option --bogus. See: npm run ${name} -- --help\n`,
    calls: [],
  })
})

test.each([
  ['dry_run', 'true', '--dry-run'],
  ['nat', '', '--no-nat'],
])('an option that npm took for its own, %s', (name, value, option) => {
  const { status, stderr, calls } = bootstrap(['demo'], { [`npm_config_${name}`]: value })
  expect({ status, calls }).toEqual({ status: 2, calls: [] })
  expect(stderr).toContain(`npm run demo -- ${option}. See`)
})

test('what npm always hands on is not an option that it took', () => {
  put('build/acceptance/acceptance.js', '')
  expect(bootstrap(['acceptance'], { npm_config_prefix: '/usr', npm_config_yes: '' })).toMatchObject({ status: 0 })
})

test.each([
  [
    'a wrong command line',
    "throw Object.assign(new Error('--n takes a number'), { exitCode: 2 })",
    2,
    /^--n takes a number\. See: .*\n$/,
  ],
  [
    'what parseArgs throws',
    "import { parseArgs } from 'node:util'; parseArgs({ args: ['word'] })",
    2,
    /^Unexpected argument 'word'.*\n$/,
  ],
  ['an error for a person', "throw new Error('No PostgreSQL:\\nwhy')", 1, /^No PostgreSQL:\nwhy\n$/],
  ['a mistake of ours', 'undefined.x', 1, /TypeError[\s\S]*\n {4}at /],
])('%s', (_, text, exitCode, said) => {
  bootstrap(['demo'])
  put('build/local/demo.js', text)
  const { status, stderr } = bootstrap(['demo'])
  expect(status).toBe(exitCode)
  expect(stderr).toMatch(said)
})
