/** moto, an AWS in memory where resources matter and tasks do not. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** Where scripts/infra/install-tools.sh puts act, and a Python with the AWS CLI and moto. */
export const tools = process.env.TOOLS ?? resolve('node_modules/.cache/run-ecs-migration-tools')

export interface Moto {
  readonly url: string
  readonly close: () => Promise<void>
}

/** @throws Error where it does not answer within 20 s */
export async function startMoto(): Promise<Moto> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const words = ['__tests__/acceptance/moto_server.py', String(port)]
  const server = spawn(join(tools, 'venv/bin/python'), words, { stdio: 'ignore' })
  const ended = once(server, 'close')
  const close = async (): Promise<void> => {
    server.kill('SIGKILL')
    await ended
  }
  for (let tries = 0; tries < 100; tries += 1) {
    const answer = await fetch(`${url}/moto-api/`).catch(() => undefined)
    if (answer?.ok === true) return { url, close }
    await pause(200)
  }
  await close()
  throw new Error('moto did not start')
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { readonly port: number }
  probe.close()
  return port
}
