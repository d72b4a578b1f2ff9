import { getState, saveState } from '@actions/core'
import type { Owned } from '../migration/cleanup.ts'
import type { RunState } from '../migration/ports.ts'

/**
 * What main leaves to post, saved before the deed it speaks of: the runner reads the file also when main was killed.
 * Each save is a record of its own, so that a file cut off in the middle loses the last one only.
 */
export interface SavedRun extends Owned {
  readonly region: string
  readonly roleToAssume?: string
  readonly onCancel: 'stop' | 'leave'
  readonly runUrl: string
}

/** Objects, since `saveState` writes a plain string without quotes. */
interface LaunchState {
  /** `stopping`: a stop of ours was due, whatever on-cancel says. `settled`: nothing is to be stopped any more. */
  readonly state: 'launching' | 'launched' | 'stopping' | 'settled'
  readonly taskArn?: string
}

const RUN = 'run'
const DONE = 'done'
const CLONE_SETTLED = 'clone-settled'
const LAUNCH_COUNT = 'launches'

/** What main writes down, before the deed. */
export interface RunLedger extends RunState {
  /** Before the clone is registered. */
  begin(run: SavedRun): void
  /** The clone was deregistered, or is to stay: post has nothing to do but for launches that are not settled. */
  cloneSettled(): void
  /** Nothing was made: post has nothing to do. */
  done(): void
}

export function createRunState(): RunLedger {
  const launches = new Map<string, LaunchState & { readonly index: number }>()
  const save = (database: string, state: LaunchState): void => {
    const known = launches.get(database)
    const index = known?.index ?? launches.size
    if (known === undefined) saveState(LAUNCH_COUNT, index + 1)
    launches.set(database, { ...state, index })
    saveState(launchKey(index), state)
  }
  const move = (database: string, state: 'stopping' | 'settled'): void => {
    const taskArn = launches.get(database)?.taskArn
    save(database, { state, ...(taskArn !== undefined && { taskArn }) })
  }
  const isOpen = (): boolean => [...launches.values()].some(({ state }) => state !== 'settled')
  return {
    begin: (run) => saveState(RUN, run),
    cloneSettled: () => saveState(isOpen() ? CLONE_SETTLED : DONE, true),
    done: () => saveState(DONE, true),
    launching: (database) => save(database, { state: 'launching' }),
    launched: (database, taskArn) => save(database, { state: 'launched', taskArn }),
    stopping: (database) => move(database, 'stopping'),
    settled: (database) => move(database, 'settled'),
  }
}

export interface LeftOver {
  readonly run: SavedRun
  /** Tasks that main launched and did not settle. */
  readonly launched: readonly string[]
  /** Tasks that main itself was about to stop. */
  readonly stopping: readonly string[]
  /** Tasks that are to be left alone: they ended, or are left running on purpose. */
  readonly settled: readonly string[]
  /** Launches that were begun and whose answer main never learnt. */
  readonly inDoubt: number
  readonly cloneSettled: boolean
}

/** @returns what main left to undo; undefined after a normal end, or when main never got so far */
export function readLeftOver(): LeftOver | undefined {
  const run = saved<SavedRun>(RUN)
  if (run === undefined || saved<boolean>(DONE) === true) return undefined
  const count = saved<number>(LAUNCH_COUNT) ?? 0
  // The count is saved before the launch: a record that is missing was cut off.
  const launches = Array.from({ length: count }, (_, index) => saved<LaunchState>(launchKey(index)) ?? IN_DOUBT)
  const arnsOf = (state: LaunchState['state']): readonly string[] =>
    launches.flatMap((launch) => (launch.state === state && launch.taskArn !== undefined ? [launch.taskArn] : []))
  return {
    run,
    launched: arnsOf('launched'),
    stopping: arnsOf('stopping'),
    settled: arnsOf('settled'),
    inDoubt: launches.filter(({ state }) => state === 'launching').length,
    cloneSettled: saved<boolean>(CLONE_SETTLED) === true,
  }
}

const IN_DOUBT: LaunchState = { state: 'launching' }

function saved<T>(name: string): T | undefined {
  const text = getState(name)
  return text === '' ? undefined : (JSON.parse(text) as T)
}

function launchKey(index: number): string {
  return `launch-${index}`
}
