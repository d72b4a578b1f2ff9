import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { parseEnvFile } from '../../local/runner/env-file.ts'
import { createRunState, readLeftOver } from '../../src/github/state.ts'

const run = {
  cluster: 'default',
  family: 'shop-run-ecs-migration',
  nonce: 'n',
  region: 'eu-central-1',
  onCancel: 'stop' as const,
  onTimeout: 'stop' as const,
  timeoutMinutes: 60,
  revisions: 1,
  runUrl: 'https://github.com/o/r/actions/runs/1/attempts/1',
}

const intact = {
  noneSettled: true,
  damaged: false,
  mayHaveRegistered: true,
  cloneSettled: false,
  foreign: [],
  followedRevisions: [],
}

const arn = (name: string): string => `arn:aws:ecs:eu-central-1:123456789012:task/default/${name}`

const warnings: string[] = []
const warn = (text: string): void => void warnings.push(text)

let folder = ''
let file = ''
const before = { ...process.env }

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'state-'))
  file = join(folder, 'state')
  writeFileSync(file, '')
  warnings.length = 0
  process.env.GITHUB_STATE = file
})

afterEach(() => {
  rmSync(folder, { recursive: true })
  process.env = { ...before }
})

/** What post reads when main was killed after it had written so many characters. */
function leftOver(characters = Number.POSITIVE_INFINITY): ReturnType<typeof readLeftOver> {
  const { pairs } = parseEnvFile(readFileSync(file, 'utf8').slice(0, characters))
  for (const name of Object.keys(process.env)) if (name.startsWith('STATE_')) delete process.env[name]
  for (const [name, value] of pairs) process.env[`STATE_${name}`] = value
  return readLeftOver()
}

describe('what main leaves to post', () => {
  it.each([
    ['what it was about to register', true as const, true, true],
    ['that it registered nothing', true as const, false, false],
    ['neither, where it was saved by a version that did not record it', undefined, false, true],
  ])('says %s', (_, tells, registers, mayHaveRegistered) => {
    const runState = createRunState(warn)
    runState.begin({ ...run, ...(tells && { recordsRegistering: tells }) })
    for (const _ of registers ? [1, 2] : []) runState.registering()
    expect(leftOver()).toMatchObject({ mayHaveRegistered })
    expect(readFileSync(file, 'utf8').match(/registering<</g) ?? []).toHaveLength(registers ? 1 : 0)
  })

  it('is nothing before it made anything, and nothing after everything was undone', () => {
    expect(leftOver()).toBeUndefined()
    const runState = createRunState(warn)
    runState.begin(run)
    expect(leftOver()).toEqual({ run, launched: [], stopping: [], settled: [], inDoubt: 0, ...intact })
    runState.cloneSettled()
    expect(leftOver()).toBeUndefined()
  })

  it('are the launches that were begun, those that are known, and none that is settled', () => {
    const runState = createRunState(warn)
    runState.begin(run)
    for (const database of ['a', 'b', 'c', 'd', 'e']) runState.launching(database)
    for (const database of ['b', 'c', 'e']) runState.launched(database, arn(database))
    runState.settled('c')
    runState.settled('d')
    runState.launching('d')
    runState.stopping('e')
    runState.cloneSettled()
    expect(leftOver()).toEqual({
      run,
      launched: [arn('b')],
      stopping: [arn('e')],
      settled: [arn('c')],
      foreign: [],
      followedRevisions: [],
      inDoubt: 2,
      noneSettled: false,
      mayHaveRegistered: true,
      damaged: false,
      cloneSettled: true,
    })
    for (const database of ['a', 'b', 'd', 'e']) runState.settled(database)
    runState.cloneSettled()
    expect(leftOver()).toBeUndefined()
  })

  it('are followed tasks of its own run, with an earlier attempt’s revision, and apart from them those of others', () => {
    const runState = createRunState(warn)
    runState.begin(run)
    const revisionArn = 'arn:aws:ecs:eu-central-1:123456789012:task-definition/shop:7'
    const followed = (name: string, isOwn: boolean, isEarlier: boolean) => ({
      task: { taskArn: arn(name) },
      revisionArn: `${revisionArn}${isEarlier ? '' : '0'}`,
      isOwn,
      isEarlier,
      by: '',
    })
    runState.following('a', followed('a', true, true))
    runState.following('b', followed('b', false, false))
    runState.following('c', followed('c', true, false))
    expect(leftOver()).toMatchObject({
      launched: [arn('a'), arn('c')],
      foreign: [arn('b')],
      followedRevisions: [revisionArn],
    })
    // Its task failed to start: this step starts its own, and the revision still has to go.
    runState.launching('a')
    runState.launched('a', arn('a2'))
    expect(leftOver()).toMatchObject({ launched: [arn('a2'), arn('c')], followedRevisions: [revisionArn] })
    for (const database of ['a', 'b', 'c']) runState.settled(database)
    expect(leftOver()).toMatchObject({ launched: [], foreign: [], followedRevisions: [revisionArn] })
    runState.cloneSettled()
    expect(leftOver()).toBeUndefined()
  })

  it('loses no launch when the file is cut off anywhere', () => {
    const whole = (): number => readFileSync(file, 'utf8').length
    const runState = createRunState(warn)
    runState.begin(run)
    const saved = whole()
    runState.launching('a')
    const launching = whole()
    runState.launched('a', arn('a'))
    const launched = whole()
    for (let at = saved; at <= launched; at++) {
      const left = leftOver(at)
      expect(left?.run).toEqual(run)
      const inDoubt = left !== undefined && 'inDoubt' in left ? left.inDoubt : 0
      const open = inDoubt + (left?.launched.length ?? 0)
      expect(open).toBeLessThanOrEqual(1)
      // RunTask is called only after `launching` was written whole.
      if (at >= launching) expect(open).toBe(1)
    }
  })

  it('is not trusted where it is damaged', () => {
    const runState = createRunState(warn)
    runState.begin(run)
    for (const database of ['a', 'b', 'c']) runState.launching(database)
    runState.launched('b', arn('b'))
    leftOver()
    process.env['STATE_launch-0'] = '{"state":"launched"}'
    process.env['STATE_launch-2'] = '{"state":"set'
    process.env.STATE_done = 'tru'
    process.env.STATE_launches = '1e300'
    const left = { launched: [arn('b')], stopping: [], settled: [], inDoubt: 0 }
    expect(readLeftOver()).toEqual({ run, ...left, ...intact, damaged: true })
    process.env.STATE_run = JSON.stringify({ ...run, onCancel: 'perhaps' })
    expect(readLeftOver()).toEqual({ run: undefined, launched: [arn('b')] })
  })

  it('takes any database name, for the name is not part of it', () => {
    const runState = createRunState(warn)
    runState.begin(run)
    runState.launching('EOF<<EOF')
    runState.launched('EOF<<EOF', arn('x'))
    expect(leftOver()).toMatchObject({ launched: [arn('x')], inDoubt: 0 })
  })
})

describe('a file that cannot be written', () => {
  it('refuses what is not begun yet, and names the file', () => {
    rmSync(file)
    const { begin, launching } = createRunState(warn)
    for (const save of [() => begin(run), () => launching('a')])
      expect(save).toThrow(
        expect.objectContaining({ problem: expect.objectContaining({ code: 'state-not-writable' }) }),
      )
    expect(() => begin(run)).toThrow(file)
    expect(warnings).toEqual([])
  })

  it('does not make a launch open that was refused for it', () => {
    const runState = createRunState(warn)
    runState.begin(run)
    const saved = readFileSync(file)
    rmSync(file)
    expect(() => runState.launching('a')).toThrow()
    writeFileSync(file, saved)
    runState.cloneSettled()
    expect(leftOver()).toBeUndefined()
  })
})
