// node scripts/bootstrap.mjs <script> [arguments]
//
// Makes a fresh clone ready and runs one of its scripts: installs packages where they are missing or older than their
// lock file, compiles what has changed, then runs build/local/<script>.js or build/scripts/<script>.js. Plain
// JavaScript without packages, since it runs before there are any.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const app = join(root, 'examples', 'app')

class Failed extends Error {}

try {
  await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof Failed)) throw error
  console.error(error.message)
  process.exitCode = 1
}

async function main([name, ...args]) {
  if (name === undefined) throw new Failed('Which script? node scripts/bootstrap.mjs <script> [arguments]')
  install(root, 'run-ecs-migration')
  install(app, 'the example application')
  compile(root, 'run-ecs-migration', 'build', sources(), '--noEmit', 'false')
  compile(app, 'the example application', 'dist', ['src'])
  if (name === 'test') {
    process.exitCode = runTests(args)
    return
  }
  // In this process, so that a signal reaches the script and nothing else. npm passes one on to the shell it starts, which
  // keeps it to itself; so what starts servers is a script that begins with `exec`, which leaves no shell.
  const file = compiled(name)
  process.argv = [process.execPath, file, ...args]
  await import(pathToFileURL(file).href)
}

/** npm writes node_modules/.package-lock.json when it has finished. */
function install(folder, name) {
  if (changedAt(join(folder, 'node_modules', '.package-lock.json')) >= changedAt(join(folder, 'package-lock.json')))
    return
  console.error(`Installing the packages of ${name} …`)
  npm('npm ci', folder, 'ci')
}

/** Milliseconds since 1970; 0 for what is not there. */
function changedAt(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

function npm(what, folder, ...args) {
  const cli = process.env.npm_execpath
  if (cli?.endsWith('js')) run(what, folder, process.execPath, cli, ...args)
  else run(what, folder, 'npm', ...args)
}

/** Runs a program in a folder, its output as ours. */
function run(what, folder, command, ...args) {
  const { status, error } = spawnSync(command, args, { cwd: folder, stdio: ['ignore', 2, 2] })
  if (error || status !== 0) throw new Failed(`${what} failed${error ? `: ${error.message}` : ', see above'}`)
}

function compile(folder, name, out, sources, ...options) {
  const stampFile = join(folder, out, '.compiled-from')
  const stamp = fingerprint(folder, ...sources, 'tsconfig.json', 'package-lock.json')
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  console.error(`Compiling ${name} …`)
  run('The compiler', folder, process.execPath, join(folder, 'node_modules', 'typescript', 'bin', 'tsc'), ...options)
  mkdirSync(join(folder, out), { recursive: true })
  writeFileSync(stampFile, stamp)
}

/** Names, sizes and times of all files below some folders, as one text to compare. */
function fingerprint(folder, ...sources) {
  const hash = createHash('sha256')
  for (const source of sources) {
    const path = join(folder, source)
    const files = statSync(path).isDirectory() ? readdirSync(path, { recursive: true }).sort() : ['']
    for (const file of files) {
      const { size, mtimeMs } = statSync(join(path, file))
      hash.update(`${source}/${file} ${size} ${mtimeMs}\n`)
    }
  }
  return hash.digest('hex')
}

function sources() {
  return JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')).include
}

/** jest compiles by itself, but some tests run what is in build/. */
function runTests(args) {
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js')
  const options = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jest, ...args]
  return spawnSync(process.execPath, options, { cwd: root, stdio: 'inherit' }).status ?? 1
}

/** Where a script is once compiled; `npm run local` is the one with another name. */
function compiled(name) {
  const file = name === 'local' ? 'serve' : name
  const places = ['local', 'scripts', 'acceptance'].map((folder) => join(root, 'build', folder, `${file}.js`))
  const found = /^[a-z-]+$/.test(name) ? places.find((place) => existsSync(place)) : undefined
  if (found === undefined)
    throw new Failed(`There is no script ${name}: neither local/, scripts/ nor acceptance/ has ${file}.ts`)
  return found
}
