import type { Owned } from '../migration/cleanup.ts'
import type { Ledger } from '../migration/ports.ts'
import { getState, saveState } from './toolkit/core.ts'

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
type LaunchState = { readonly state: 'launching' | 'settled' } | { readonly taskArn: string }

const RUN = 'run'
const DONE = 'done'
const LAUNCH_COUNT = 'launches'

/** What main writes down, before the deed. */
export interface RunLedger extends Ledger {
  /** Before the clone is registered. */
  begin(run: SavedRun): void
  /** Everything was undone by main: post has nothing to do. */
  done(): void
  /** Whether some launch is not settled, so that the post step has work. */
  readonly open: boolean
}

export function createLedger(): RunLedger {
  const indexes = new Map<string, number>()
  const open = new Set<string>()
  const save = (database: string, state: LaunchState): void => {
    const index = indexes.get(database) ?? indexes.size
    if (!indexes.has(database)) saveState(LAUNCH_COUNT, index + 1)
    indexes.set(database, index)
    if ('state' in state && state.state === 'settled') open.delete(database)
    else open.add(database)
    saveState(launchKey(index), state)
  }
  return {
    begin: (run) => saveState(RUN, run),
    done: () => saveState(DONE, true),
    launching: (database) => save(database, { state: 'launching' }),
    launched: (database, taskArn) => save(database, { taskArn }),
    settled: (database) => save(database, { state: 'settled' }),
    get open() {
      return open.size > 0
    },
  }
}

export interface LeftOver {
  readonly run: SavedRun
  /** Tasks that main launched and did not settle. */
  readonly taskArns: readonly string[]
  /** Launches that were begun and whose answer main never learnt. */
  readonly inDoubt: number
}

/** @returns what main left to undo; undefined after a normal end, or when main never got so far */
export function readLeftOver(): LeftOver | undefined {
  const run = saved<SavedRun>(RUN)
  if (run === undefined || saved<boolean>(DONE) === true) return undefined
  const count = saved<number>(LAUNCH_COUNT) ?? 0
  const launches = Array.from({ length: count }, (_, index) => saved<LaunchState>(launchKey(index)))
  return {
    run,
    taskArns: launches.flatMap((launch) => (launch !== undefined && 'taskArn' in launch ? [launch.taskArn] : [])),
    // The count is saved before the launch: a record that is missing was cut off.
    inDoubt: launches.filter((launch) => launch === undefined || ('state' in launch && launch.state === 'launching'))
      .length,
  }
}

function saved<T>(name: string): T | undefined {
  const text = getState(name)
  return text === '' ? undefined : (JSON.parse(text) as T)
}

function launchKey(index: number): string {
  return `launch-${index}`
}
