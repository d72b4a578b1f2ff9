/** Whose task it is, and who may stop it. */
import type { Tag } from '@aws-sdk/client-ecs'
import { TAG } from '../naming.ts'

/** One attempt of a workflow run. */
interface Attempt {
  /** Address of the run on its server, with the repository and without the attempt. */
  readonly run: string
  readonly attempt: number
}

/** Who started a task: read from the tags of its revision, for StopTask deletes the task's own. */
export interface Starter extends Attempt {
  readonly runUrl: string
}

/** @returns undefined for what is no address of a workflow run: then it is another run's */
export function attemptOf(runUrl: string): Attempt | undefined {
  const [, run, attempt] = /^(https?:\/\/\S+\/actions\/runs\/[1-9]\d*)\/attempts\/([1-9]\d*)$/.exec(runUrl) ?? []
  return run === undefined ? undefined : { run, attempt: Number(attempt) }
}

/** @param tags of the task's revision */
export function starterOf(tags: readonly Tag[]): Starter | undefined {
  const runUrl = tags.find(({ key }) => key === TAG.run)?.value ?? ''
  const attempt = attemptOf(runUrl)
  return attempt && { ...attempt, runUrl }
}

/** Of the same run, by any job of any attempt: who started it may stop it and clean up after it. */
export function isOfRun(starter: Attempt | undefined, runUrl: string): boolean {
  return starter !== undefined && starter.run === attemptOf(runUrl)?.run
}

/** Of the same run, and before this attempt of it. */
export function isEarlier(starter: Attempt | undefined, runUrl: string): boolean {
  return isOfRun(starter, runUrl) && (starter?.attempt ?? 0) < (attemptOf(runUrl)?.attempt ?? 0)
}
