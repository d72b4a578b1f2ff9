import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { parseEnvFile } from '../../local/runner/env-file.ts'
import { createLedger, type LeftOver, readLeftOver } from '../../src/github/state.ts'

const run = {
  cluster: 'default',
  family: 'shop-run-ecs-migration',
  nonce: 'n',
  region: 'eu-central-1',
  onCancel: 'stop' as const,
  runUrl: 'https://github.com/o/r/actions/runs/1/attempts/1',
}

let folder = ''
let file = ''
const before = { ...process.env }

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'state-'))
  file = join(folder, 'state')
  writeFileSync(file, '')
  process.env.GITHUB_STATE = file
})

afterEach(() => {
  rmSync(folder, { recursive: true })
  process.env = { ...before }
})

/** What post reads when main was killed after it had written so many characters. */
function leftOver(characters = Number.POSITIVE_INFINITY): LeftOver | undefined {
  const { pairs } = parseEnvFile(readFileSync(file, 'utf8').slice(0, characters))
  for (const name of Object.keys(process.env)) if (name.startsWith('STATE_')) delete process.env[name]
  for (const [name, value] of pairs) process.env[`STATE_${name}`] = value
  return readLeftOver()
}

describe('what main leaves to post', () => {
  it('is nothing before it made anything, and nothing after everything was undone', () => {
    expect(leftOver()).toBeUndefined()
    const ledger = createLedger()
    ledger.begin(run)
    expect(leftOver()).toEqual({ run, launched: [], stopping: [], settled: [], inDoubt: 0, cloneSettled: false })
    ledger.done()
    expect(leftOver()).toBeUndefined()
  })

  it('are the launches that were begun, those that are known, and none that is settled', () => {
    const ledger = createLedger()
    ledger.begin(run)
    for (const database of ['a', 'b', 'c', 'd', 'e']) ledger.launching(database)
    for (const database of ['b', 'c', 'e']) ledger.launched(database, `arn:${database}`)
    ledger.settled('c')
    ledger.settled('d')
    ledger.launching('d')
    ledger.stopping('e')
    ledger.cloneSettled()
    expect(leftOver()).toEqual({
      run,
      launched: ['arn:b'],
      stopping: ['arn:e'],
      settled: ['arn:c'],
      inDoubt: 2,
      cloneSettled: true,
    })
    for (const database of ['a', 'b', 'd', 'e']) ledger.settled(database)
    ledger.cloneSettled()
    expect(leftOver()).toBeUndefined()
  })

  it('loses no launch when the file is cut off anywhere', () => {
    const whole = (): number => readFileSync(file, 'utf8').length
    const ledger = createLedger()
    ledger.begin(run)
    const saved = whole()
    ledger.launching('a')
    const launching = whole()
    ledger.launched('a', 'arn:a')
    const launched = whole()
    for (let at = saved; at <= launched; at++) {
      const left = leftOver(at)
      expect(left?.run).toEqual(run)
      const open = (left?.inDoubt ?? 0) + (left?.launched.length ?? 0)
      expect(open).toBeLessThanOrEqual(1)
      // RunTask is called only after `launching` was written whole.
      if (at >= launching) expect(open).toBe(1)
    }
  })

  it('counts a launch whose record was cut off as begun', () => {
    const ledger = createLedger()
    ledger.begin(run)
    ledger.launching('a')
    leftOver()
    delete process.env['STATE_launch-0']
    expect(readLeftOver()).toMatchObject({ launched: [], inDoubt: 1 })
  })

  it('takes any database name, for the name is not part of it', () => {
    const ledger = createLedger()
    ledger.begin(run)
    ledger.launching('EOF<<EOF')
    ledger.launched('EOF<<EOF', 'arn:x')
    expect(leftOver()).toMatchObject({ launched: ['arn:x'], inDoubt: 0 })
  })
})
