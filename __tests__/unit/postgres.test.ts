import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from '@jest/globals'
import pg from 'pg'
import { type PostgresServer, startPostgres } from '../../local/postgres.ts'

const started: PostgresServer[] = []
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.close()))
})

const start = async (databases: readonly string[] = []): Promise<PostgresServer> => {
  const server = await startPostgres({ databases })
  started.push(server)
  return server
}

/** The server's files, known by its port. */
const folderOf = ({ port }: PostgresServer): string => {
  const folders = readdirSync(tmpdir()).filter((name) => name.startsWith('run-ecs-migration-postgres-'))
  const found = folders.map((name) => join(tmpdir(), name)).find((folder) => portIn(folder) === port)
  if (found === undefined) throw new Error(`No folder of a server on port ${port}`)
  return found
}

const portIn = (folder: string): number => Number(lines(join(folder, 'data', 'postmaster.pid'))[3])

const lines = (file: string): string[] => (existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [])

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const gone = async (pid: number): Promise<boolean> => {
  for (let waited = 0; alive(pid) && waited < 5000; waited += 20) await sleep(20)
  return !alive(pid)
}

test('a server has the databases asked for, whatever their names, and needs the password', async () => {
  const server = await start(['startupwebapp_prod', 'a "b" c'])
  const client = new pg.Client({ ...server, database: 'a "b" c' })
  await client.connect()
  const { rows } = await client.query('SELECT current_database() AS name, current_setting($1) AS encoding', [
    'server_encoding',
  ])
  await client.end()
  expect(rows).toEqual([{ name: 'a "b" c', encoding: 'UTF8' }])
  await expect(new pg.Client({ ...server, password: 'guess', database: 'postgres' }).connect()).rejects.toThrow(
    'password authentication failed',
  )
}, 30_000)

test('closing it, also twice and with someone connected, leaves neither process nor file', async () => {
  const server = await start()
  const folder = folderOf(server)
  const pid = Number(lines(join(folder, 'data', 'postmaster.pid'))[0])
  const client = new pg.Client({ ...server, database: 'postgres' })
  client.on('error', () => {})
  await client.connect()
  expect(alive(pid)).toBe(true)
  await Promise.all([server.close(), server.close()])
  expect([alive(pid), existsSync(folder)]).toEqual([false, false])
}, 30_000)

test('several run at the same time, and one started later ends none of them', async () => {
  const [first, second] = await Promise.all([start(), start()])
  expect(first.port).not.toBe(second.port)
  const client = new pg.Client({ ...first, database: 'postgres' })
  await client.connect()
  await start()
  expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  await client.end()
}, 30_000)

test('what a killed run left behind is ended and deleted by the next', async () => {
  const server = await start()
  const folder = folderOf(server)
  const keeper = Number(lines(join(folder, 'keeper.pid'))[0])
  const pid = Number(lines(join(folder, 'data', 'postmaster.pid'))[0])
  const helpers = readFileSync(`/proc/${keeper}/task/${keeper}/children`, 'utf8').trim().split(' ').map(Number)
  for (const helper of [keeper, ...helpers.filter((child) => child !== pid)]) process.kill(helper, 'SIGKILL')
  expect(await gone(keeper)).toBe(true)
  expect(alive(pid)).toBe(true)
  await start()
  expect(await gone(pid)).toBe(true)
  expect(existsSync(folder)).toBe(false)
}, 30_000)
