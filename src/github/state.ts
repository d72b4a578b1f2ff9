/**
 * What main leaves to post, saved before the call that it is about: the runner reads the file also when main was killed.
 * Each save is a record of its own, so that a file cut off in the middle loses the last ones only.
 */
import { statSync, truncateSync } from 'node:fs'
import { getState, saveState } from '@actions/core'
import type { SavedRun, StepState } from '../migration/run-state.ts'
import { Refusal } from '../model.ts'
import { errorText } from '../text.ts'

/** Objects, since `saveState` writes a plain string without quotes. */
interface LaunchState {
  /**
   * `stopping`: a stop of ours was due, whatever on-cancel says. `settled`: nothing is to be stopped any more.
   * `foreign`: followed, and another run's: never to be stopped.
   */
  readonly state: 'launching' | 'launched' | 'stopping' | 'settled' | 'foreign'
  readonly taskArn?: string
  /** ARN of the revision that an earlier attempt registered for the task that is or was followed. */
  readonly revision?: string
}

const RUN = 'run'
const DONE = 'done'
const CLONE_SETTLED = 'clone-settled'
const REGISTERING = 'registering'
const LAUNCH = 'launch-'

/**
 * What cannot be written before a launch refuses it; afterwards it is said once, and the migration goes on.
 * @param warn called with what post will not know
 */
export function createRunState(warn: (text: string) => void): StepState {
  const launches = new Map<string, LaunchState & { readonly index: number }>()
  let warned = false
  let registering = false
  const keep = (name: string, value: unknown): void => {
    const trouble = written(name, value)
    if (trouble === undefined || warned) return
    warned = true
    warn(`${unwritable(trouble)} The migration goes on. If this step is killed, look for its tasks in ECS yourself.`)
  }
  const put = (database: string, state: LaunchState, write: (name: string, value: unknown) => void): void => {
    const { index = launches.size, revision } = launches.get(database) ?? {}
    // What was followed may fail to start: its revision is still to be deregistered.
    const kept = { ...(revision !== undefined && { revision }), ...state }
    write(`${LAUNCH}${index}`, kept)
    launches.set(database, { ...kept, index })
  }
  const move = (database: string, state: 'stopping' | 'settled'): void => {
    const { taskArn } = launches.get(database) ?? {}
    put(database, { state, ...(taskArn !== undefined && { taskArn }) }, keep)
  }
  const isOpen = (): boolean => [...launches.values()].some(({ state }) => state !== 'settled')
  return {
    begin: (run) => mustKeep(RUN, run),
    registering: () => {
      if (!registering) mustKeep(REGISTERING, true)
      registering = true
    },
    cloneSettled: () => keep(isOpen() ? CLONE_SETTLED : DONE, true),
    launching: (database) => put(database, { state: 'launching' }, mustKeep),
    launched: (database, taskArn) => put(database, { state: 'launched', taskArn }, keep),
    following: (database, { task: { taskArn }, isOwn, isEarlier, revisionArn: revision }) =>
      put(database, { state: isOwn ? 'launched' : 'foreign', taskArn, ...(isEarlier && { revision }) }, keep),
    stopping: (database) => move(database, 'stopping'),
    settled: (database) => move(database, 'settled'),
  }
}

function mustKeep(name: string, value: unknown): void {
  const trouble = written(name, value)
  if (trouble === undefined) return
  throw new Refusal({
    code: 'state-not-writable',
    reason: `${unwritable(trouble)} Without it nobody could stop a task if this step were killed, so none was started.`,
    remedy:
      'See that the disk of the runner has room, and that no earlier step deletes or protects files below RUNNER_TEMP. Then run it again.',
  })
}

function unwritable(trouble: string): string {
  return `What the post step needs to clean up cannot be written to ${stateFile()} (GITHUB_STATE): ${trouble}.`
}

/** @returns why it cannot be written; then nothing of it is */
function written(name: string, value: unknown): string | undefined {
  const before = statSync(stateFile(), { throwIfNoEntry: false })?.size
  try {
    saveState(name, value)
    return undefined
  } catch (error) {
    if (before !== undefined) cutOff(before)
    return errorText(error)
  }
}

/** Half a record would hide the ones after it from the runner, and fail the step. */
function cutOff(length: number): void {
  try {
    truncateSync(stateFile(), length)
  } catch {
    // It could not be written either: most likely nothing of the record is there.
  }
}

function stateFile(): string {
  return process.env.GITHUB_STATE ?? ''
}

export interface LeftOver {
  readonly run: SavedRun
  /** Tasks that main launched and did not settle. */
  readonly launched: readonly string[]
  /** Tasks that main itself was about to stop. */
  readonly stopping: readonly string[]
  /** Tasks of other runs that main followed. */
  readonly foreign: readonly string[]
  /** Revisions of followed tasks that earlier attempts of this run registered. */
  readonly followedRevisions: readonly string[]
  /** Tasks that are to be left alone: they ended, or are left running on purpose. */
  readonly settled: readonly string[]
  /** Launches that were begun and whose answer main never learnt. */
  readonly inDoubt: number
  /** No launch is known to be settled. */
  readonly noneSettled: boolean
  /** The record of a launch cannot be read. */
  readonly damaged: boolean
  /** false: it is known that main registered nothing. */
  readonly mayHaveRegistered: boolean
  readonly cloneSettled: boolean
}

/** Main made something, and where it is cannot be read. */
export interface UnreadableRun {
  readonly run: undefined
  /** Tasks that main had not settled, as far as their records can be read. */
  readonly launched: readonly string[]
}

/** @returns what main left to undo; undefined after a normal end, or when main never got so far */
export function readLeftOver(): LeftOver | UnreadableRun | undefined {
  const names = Object.keys(process.env).filter((name) => name.startsWith('STATE_'))
  if (!names.includes(`STATE_${RUN}`) || saved(DONE) === true) return undefined
  const run = saved(RUN)
  const records = names
    .map((name) => name.slice('STATE_'.length))
    .filter((name) => name.startsWith(LAUNCH))
    .map(saved)
  const launches = records.filter(isLaunch)
  const arnsOf = (state: LaunchState['state']): readonly string[] =>
    launches.flatMap((launch) => (launch.state === state && launch.taskArn !== undefined ? [launch.taskArn] : []))
  if (!isRun(run)) return { run: undefined, launched: [...arnsOf('launched'), ...arnsOf('stopping')] }
  return {
    run,
    launched: arnsOf('launched'),
    stopping: arnsOf('stopping'),
    foreign: arnsOf('foreign'),
    followedRevisions: [...new Set(launches.flatMap(({ revision }) => (revision === undefined ? [] : [revision])))],
    settled: arnsOf('settled'),
    inDoubt: launches.filter(({ state }) => state === 'launching').length,
    noneSettled: launches.every(({ state }) => state !== 'settled'),
    damaged: launches.length < records.length,
    mayHaveRegistered: run.recordsRegistering !== true || names.includes(`STATE_${REGISTERING}`),
    cloneSettled: saved(CLONE_SETTLED) === true,
  }
}

/** @returns undefined for what is not there or cannot be read: the file may be cut off, the disk may have been full */
function saved(name: string): unknown {
  try {
    return JSON.parse(getState(name))
  } catch {
    return undefined
  }
}

function isRun(value: unknown): value is SavedRun {
  if (!isObject(value)) return false
  const { region, roleToAssume, onCancel, onTimeout, timeoutMinutes } = value
  return (
    [value.cluster, value.family, value.nonce, value.runUrl].every((text) => typeof text === 'string' && text !== '') &&
    typeof region === 'string' &&
    /^[a-z0-9-]+$/.test(region) &&
    (roleToAssume === undefined || typeof roleToAssume === 'string') &&
    [onCancel, onTimeout].every((choice) => choice === 'stop' || choice === 'leave') &&
    [timeoutMinutes, value.revisions].every((number) => typeof number === 'number')
  )
}

function isLaunch(value: unknown): value is LaunchState {
  if (!isObject(value)) return false
  const { state, taskArn, revision } = value
  const isArn = (arn: unknown, kind: string): boolean =>
    arn === undefined ||
    (typeof arn === 'string' && new RegExp(`^arn:[\\w-]+:ecs:[\\w-]+:\\d+:${kind}/\\S+$`).test(arn))
  if (!isArn(taskArn, 'task') || !isArn(revision, 'task-definition')) return false
  return state === 'launched' || state === 'stopping' || state === 'foreign'
    ? taskArn !== undefined
    : state === 'launching' || state === 'settled'
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
