import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { parseEnvFile } from '../../local/runner/env-file.ts'
import { createRunState, type LeftOver, readLeftOver } from '../../src/github/state.ts'

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
    const runState = createRunState()
    runState.begin(run)
    expect(leftOver()).toEqual({ run, launched: [], stopping: [], settled: [], inDoubt: 0, cloneSettled: false })
    runState.done()
    expect(leftOver()).toBeUndefined()
  })

  it('are the launches that were begun, those that are known, and none that is settled', () => {
    const runState = createRunState()
    runState.begin(run)
    for (const database of ['a', 'b', 'c', 'd', 'e']) runState.launching(database)
    for (const database of ['b', 'c', 'e']) runState.launched(database, `arn:${database}`)
    runState.settled('c')
    runState.settled('d')
    runState.launching('d')
    runState.stopping('e')
    runState.cloneSettled()
    expect(leftOver()).toEqual({
      run,
      launched: ['arn:b'],
      stopping: ['arn:e'],
      settled: ['arn:c'],
      inDoubt: 2,
      cloneSettled: true,
    })
    for (const database of ['a', 'b', 'd', 'e']) runState.settled(database)
    runState.cloneSettled()
    expect(leftOver()).toBeUndefined()
  })

  it('loses no launch when the file is cut off anywhere', () => {
    const whole = (): number => readFileSync(file, 'utf8').length
    const runState = createRunState()
    runState.begin(run)
    const saved = whole()
    runState.launching('a')
    const launching = whole()
    runState.launched('a', 'arn:a')
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
    const runState = createRunState()
    runState.begin(run)
    runState.launching('a')
    leftOver()
    delete process.env['STATE_launch-0']
    expect(readLeftOver()).toMatchObject({ launched: [], inDoubt: 1 })
  })

  it('takes any database name, for the name is not part of it', () => {
    const runState = createRunState()
    runState.begin(run)
    runState.launching('EOF<<EOF')
    runState.launched('EOF<<EOF', 'arn:x')
    expect(leftOver()).toMatchObject({ launched: ['arn:x'], inDoubt: 0 })
  })
})
