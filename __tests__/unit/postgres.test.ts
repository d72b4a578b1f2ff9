import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import { type PostgresServer, startPostgres } from '../../local/postgres.ts'

/** Two that start at the same time; a third is started when one of them has been killed. */
let first: PostgresServer
let second: PostgresServer
let third: PostgresServer | undefined
beforeAll(async () => {
  const [one, other] = await Promise.all([
    startPostgres({ databases: ['startupwebapp_prod', 'a "b" c'] }),
    startPostgres({ databases: [] }),
  ])
  first = one
  second = other
}, 30_000)
afterAll(() => Promise.all([first, second, third].map((server) => server?.close())))

/** The server's files, known by its port. */
const folderOf = ({ port }: PostgresServer): string => {
  const folders = readdirSync(tmpdir()).filter((name) => name.startsWith('run-ecs-migration-postgres-'))
  const found = folders.map((name) => join(tmpdir(), name)).find((folder) => portIn(folder) === port)
  if (found === undefined) throw new Error(`No folder of a server on port ${port}`)
  return found
}

const portIn = (folder: string): number => Number(lines(join(folder, 'data', 'postmaster.pid'))[3])

const pidIn = (folder: string): number => Number(lines(join(folder, 'data', 'postmaster.pid'))[0])

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

const connect = async (server: PostgresServer, database = 'postgres'): Promise<pg.Client> => {
  const client = new pg.Client({ ...server, database })
  client.on('error', () => {})
  await client.connect()
  return client
}

test('a server has the databases asked for, whatever their names, and needs the password', async () => {
  const client = await connect(first, 'a "b" c')
  const { rows } = await client.query('SELECT current_database() AS name, current_setting($1) AS encoding', [
    'server_encoding',
  ])
  await client.end()
  expect(rows).toEqual([{ name: 'a "b" c', encoding: 'UTF8' }])
  await expect(connect({ ...first, password: 'guess' })).rejects.toThrow('password authentication failed')
})

test('what a killed run left behind is ended and deleted by the next, and no other', async () => {
  expect(first.port).not.toBe(second.port)
  const client = await connect(first)
  const folder = folderOf(second)
  const keeper = Number(lines(join(folder, 'keeper.pid'))[0])
  const pid = pidIn(folder)
  const helpers = readFileSync(`/proc/${keeper}/task/${keeper}/children`, 'utf8').trim().split(' ').map(Number)
  for (const helper of [keeper, ...helpers.filter((child) => child !== pid)]) process.kill(helper, 'SIGKILL')
  expect(await gone(keeper)).toBe(true)
  expect(alive(pid)).toBe(true)
  third = await startPostgres()
  expect(await gone(pid)).toBe(true)
  expect(existsSync(folder)).toBe(false)
  expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  await client.end()
}, 30_000)

test('closing it, also twice and with someone connected, leaves neither process nor file', async () => {
  const folder = folderOf(first)
  const pid = pidIn(folder)
  await connect(first)
  expect(alive(pid)).toBe(true)
  await Promise.all([first.close(), first.close()])
  expect([alive(pid), existsSync(folder)]).toEqual([false, false])
}, 30_000)
