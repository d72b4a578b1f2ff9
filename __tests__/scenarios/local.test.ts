import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from '@jest/globals'

const start = (script: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
  const child = spawn(process.execPath, ['scripts/bootstrap.mjs', script, ...args], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const said = { text: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.text += text
  })
  const ended = once(child, 'close').then(([exitCode]) => ({ exitCode: Number(exitCode), text: said.text }))
  const untilSaid = async (text: string): Promise<string> => {
    while (!said.text.includes(text)) await once(child.stdout, 'data')
    return said.text
  }
  return { child, ended, untilSaid }
}

test('npm run local says how to use it, and what it says works', async () => {
  const local = start('local', [])
  try {
    const instructions = await local.untilSaid('psql ')
    const variables = Object.fromEntries(
      [...instructions.matchAll(/^ {3}export (\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
    )
    const [, inputs = ''] = /npm run step -- (.*?)\n\n/s.exec(instructions) ?? []
    const step = await start('step', inputs.replaceAll('\\\n', '').split(/ +/), variables).ended
    expect(step.exitCode).toBe(0)
    expect(step.text).toContain('Migrating database startupwebapp_prod at 127.0.0.1')
    expect(step.text).toMatch(/^ {2}outcome: succeeded$/m)
    expect(step.text).not.toContain(variables.AWS_SECRET_ACCESS_KEY)
    local.child.kill('SIGINT')
    expect((await local.ended).exitCode).toBe(130)
  } finally {
    local.child.kill('SIGKILL')
  }
}, 60_000)
