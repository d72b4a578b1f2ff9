/** What the post step must know if this process is killed. */
import type { Inputs } from '../inputs.ts'
import type { Owned } from './cleanup.ts'
import type { RunState } from './ports.ts'

/** What is true of the run as a whole. */
export interface SavedRun extends Owned, Pick<Inputs, 'region' | 'roleToAssume' | 'onCancel' | 'onTimeout'> {
  /** How many revisions the run may register. */
  readonly revisions: number
  /** It says so before it registers the first one; absent: saved by a version that did not. */
  readonly recordsRegistering?: true
  readonly timeoutMinutes: number
  readonly runUrl: string
}

/** What main saves, each before it is done. */
export interface StepState extends RunState {
  /** Before the clone is registered. @throws Refusal where it cannot be written */
  begin(run: SavedRun): void
  /** A clone is about to be registered; said once. @throws Refusal where it cannot be written */
  registering(): void
  /** The clone was deregistered, or is to stay: post has nothing to do except for launches that are not settled. */
  cloneSettled(): void
}
