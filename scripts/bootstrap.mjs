// node scripts/bootstrap.mjs COMMAND [arguments]
//
// Makes a fresh clone ready for a command of package.json and runs it: installs packages where they are missing or older
// than their lock file, compiles what has changed, builds dist/ for what runs it, then runs build/local/COMMAND.js or
// build/scripts/COMMAND.js. --help, wrong options and expected errors are answered here for all of them. Plain
// JavaScript without packages, since it runs before there are any.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { USAGES } from './usage.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const app = join(root, 'examples', 'app')
const distStamp = join(root, 'build', '.dist-made-from')

/** Commands that run the action as users do. A dist/ older than src/ would show them another action. */
const RUN_DIST = ['acceptance', 'bench', 'demo', 'django', 'faults', 'interleavings', 'step', 'test', 'tools']

const [command, ...words] = process.argv.slice(2)
try {
  await main(command, words)
} catch (error) {
  // A plain Error was written for the person who reads it; a TypeError and its like are ours, and need their trace.
  const isUsage = error.exitCode === 2 || error.code?.startsWith?.('ERR_PARSE_ARGS')
  if (error.name !== 'Error' && !isUsage) throw error
  const [line] = error.message.split('\n')
  console.error(isUsage ? `${line.replace(/\.$/, '')}. See: npm run ${command} -- --help` : error.message)
  process.exitCode = isUsage ? 2 : 1
}

async function main(name, args) {
  if (!Object.hasOwn(USAGES, name)) throw new Error(`Which command? One of ${Object.keys(USAGES).join(', ')}`)
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(USAGES[name])
    return
  }
  if (name !== 'test') refuseUnknown(name, args)
  install(root, 'run-ecs-migration')
  if (name === 'build') return build()
  if (name === 'check') return check()
  if (name === 'pictures') install(join(root, 'scripts', 'render-summary'), 'the pictures')
  install(app, 'the example application')
  compile(root, 'run-ecs-migration', 'build', sources(), '--noEmit', 'false')
  compile(app, 'the example application', 'dist', ['src'])
  if (RUN_DIST.includes(name) && !isDistBuilt()) build()
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

/**
 * Nothing is begun with an option that would be passed over. `npm run demo --fail`, without `--` before it: npm takes the
 * option for its own and hands it on as a variable only.
 */
function refuseUnknown(name, args) {
  const options = [...USAGES[name].matchAll(/^ {2}--(no-)?([a-z-]+)/gm)]
  const known = options.map(([line]) => line.trim())
  const unknown = args.map((word) => word.split('=')[0]).find((word) => word.startsWith('-') && !known.includes(word))
  if (unknown !== undefined) throw usageError(`There is no option ${unknown}`)
  for (const [line, no, word] of options) {
    // npm's prefix is always there, whoever gave it.
    const kept = word !== 'prefix' && process.env[`npm_config_${word.replaceAll('-', '_')}`]
    if (no ? kept === '' : kept)
      throw usageError(
        `npm took ${line.trim()} for itself: options come after --, as in npm run ${name} -- ${line.trim()}`,
      )
  }
}

/** As local/usage.ts has it, once that is compiled. */
function usageError(message) {
  return Object.assign(new Error(message), { exitCode: 2 })
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
  if (error || status !== 0) throw new Error(`${what} failed${error ? `: ${error.message}` : ', see above'}`)
}

function compile(folder, name, out, sources, ...options) {
  const stampFile = join(folder, out, '.compiled-from')
  const stamp = fingerprint(folder, ...sources, 'tsconfig.json', 'package-lock.json')
  if (contents(stampFile) === stamp) return
  console.error(`Compiling ${name} …`)
  run('The compiler', folder, process.execPath, join(folder, 'node_modules', 'typescript', 'bin', 'tsc'), ...options)
  mkdirSync(join(folder, out), { recursive: true })
  writeFileSync(stampFile, stamp)
}

/** Of all files below some folders, as one text to compare. */
function fingerprint(folder, ...sources) {
  const hash = createHash('sha256')
  for (const source of sources) {
    const path = join(folder, source)
    const entries = statSync(path, { throwIfNoEntry: false })?.isDirectory() ? filesBelow(path) : ['']
    for (const entry of entries) hash.update(`${source}/${entry}\n`).update(contents(join(path, entry)))
  }
  return hash.digest('hex')
}

function filesBelow(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return files
    .map((file) => relative(folder, file))
    .filter((file) => !file.includes('node_modules'))
    .sort()
}

/** Empty for what is not there. */
function contents(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
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

function check() {
  run('The compiler', root, process.execPath, join(root, 'node_modules', 'typescript', 'bin', 'tsc'))
  run('biome', root, process.execPath, join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome'), 'ci', '.')
}

/** Always the same bytes, so a dist/ that was right stays as it is. */
function build() {
  console.error('Building dist/ …')
  const from = sourceOfDist()
  run('The build', root, process.execPath, join(root, 'scripts', 'build.mjs'))
  mkdirSync(dirname(distStamp), { recursive: true })
  writeFileSync(distStamp, from + fingerprint(root, 'dist'))
}

/** Whichever side another hand has changed, that is not so. */
function isDistBuilt() {
  return contents(distStamp) === sourceOfDist() + fingerprint(root, 'dist')
}

function sourceOfDist() {
  return fingerprint(root, 'src', 'scripts/build.mjs', 'package-lock.json', 'tsconfig.json')
}

/** Where a command is once compiled. */
function compiled(name) {
  const file = { local: 'serve', pictures: 'render-summary/render' }[name] ?? name
  const places = ['local', 'scripts', 'acceptance'].map((folder) => join(root, 'build', folder, `${file}.js`))
  return places.find((place) => existsSync(place))
}
