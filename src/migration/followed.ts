/** A task that another step started and this one follows. */
import type { Task } from '@aws-sdk/client-ecs'
import { toTheMinute } from '../duration.ts'

export interface Followed {
  readonly task: Task & { readonly taskArn: string }
  readonly revisionArn: string
  /** `attempt 1 of this run`. */
  readonly by: string
  /** Of the workflow run that started it, where its revision names it. */
  readonly runUrl?: string
  /** It is of this step's own run: only then may this step stop it. */
  readonly isOwn: boolean
  /** An earlier attempt registered its revision: a job of this attempt may still launch from its own. */
  readonly isEarlier: boolean
}

/** `the task that attempt 1 of this run started at 2026-01-02T12:03Z (https://…)` */
export function startOf({ task, by, runUrl }: Pick<Followed, 'by' | 'runUrl'> & { readonly task: Task }): string {
  return `the task that ${by} started${atTime(task.createdAt)}${runUrl === undefined ? '' : ` (${runUrl})`}`
}

/** With a capital letter at its beginning. */
export function capitalised(sentence: string): string {
  return sentence.slice(0, 1).toUpperCase() + sentence.slice(1)
}

/** ` at 2026-01-02T12:03Z`; empty where ECS gives no time. */
export function atTime(date: Date | undefined): string {
  return date === undefined ? '' : ` at ${toTheMinute(date)}`
}
