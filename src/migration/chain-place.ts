/** Where in a database's chain of tasks the next RunTask goes. */
import type { Task } from '@aws-sdk/client-ecs'
import { marksOf } from '../naming.ts'
import { FORGETTING, isNewer, type Link, memoryOf, stoppedFor } from './chain.ts'
import { LOOK, type Next, type Position, type Scene, type Start } from './launch-position.ts'
import { waitSaying } from './other-migration.ts'
import { isOver } from './outcome.ts'

/** After so long a place is looked at again: turns, refusals and quotas can hold a launch up for longer. */
const LONGEST_UNSEEN_MS = 5 * 60_000

/** What ECS shows: a task that runs, or the place after the last one that is not forgotten. */
export async function look(scene: Scene, position: Position): Promise<Position> {
  const { order, database, history, hash, ecsTime, cancelled } = scene
  const { failedStart } = order
  if (order.ifRunning === 'allow') return startAt(scene, position, linkAfter(failedStart))
  const marks = marksOf(database, hash)
  const { tasks, ageMs } = await history.of([marks.chained, marks.allowed], cancelled)
  const running = tasks.find((task) => !isOver(task))
  if (running?.taskArn !== undefined)
    return { ...position, next: { kind: 'meet', taskArn: running.taskArn, holder: false } }
  const chained = tasks.filter(({ startedBy }) => startedBy === marks.chained)
  const remembered = chained.filter(({ taskArn = '' }) => !position.forgotten.includes(taskArn))
  const last = isNewer(failedStart, remembered[0]) ? failedStart : remembered[0]
  // As old as it was when ECS was asked: what was listed before the others had forgotten it does not show their tasks.
  const agoMs = stoppedFor(last, new Date(ecsTime().getTime() - ageMs))
  const memory = memoryOf(agoMs)
  if (memory === 'being-forgotten') return waitOut(scene, position, last)
  return startAt(scene, position, linkAfter(memory === 'known' ? last : undefined))
}

function linkAfter(after: Task | undefined): Link {
  return { ...(after && { after }), followed: false, refused: 0 }
}

export function startAt({ clock }: Scene, position: Position, link: Link): Position {
  return { ...position, next: { kind: 'start', link, nameless: 0, seenAt: clock.elapsed() } }
}

/** Some may still count the task, and others no longer: nobody launches until all have forgotten it. */
export async function waitOut(scene: Scene, position: Position, task: Task | undefined): Promise<Position> {
  const { database, history, ecsTime, cancelled } = scene
  const agoMs = stoppedFor(task, ecsTime()) ?? 0
  const why = `The last migration of ${database} ended about an hour ago (${task?.taskArn}), and ECS is about to forget it: two runs that start now could miss each other.`
  await waitSaying(why, Math.max(0, FORGETTING.overMs - agoMs), database, scene, cancelled)
  history.forget()
  return { ...position, next: LOOK }
}

/** It may have been a while since the place was found: by turns, pauses, and tasks that were asked for again. */
export async function becameStale(
  scene: Scene,
  position: Position,
  { link, seenAt }: Start,
): Promise<Position | undefined> {
  const { order, clock, history, ecsTime, cancelled } = scene
  const { after, followed } = link
  if (order.ifRunning === 'allow') return undefined
  const agoMs = stoppedFor(after, ecsTime())
  const memory = memoryOf(agoMs)
  if (memory === 'being-forgotten') return waitOut(scene, position, after)
  if (memory === 'forgotten' && !followed) return { ...position, next: LOOK }
  const isLongWay = followed && (memory === 'forgotten' || agoMs === undefined)
  if (isLongWay || clock.elapsed() - seenAt > LONGEST_UNSEEN_MS) return somethingNew(scene, position, link)
  if (after?.taskArn === undefined || followed || (agoMs ?? 0) < FORGETTING.nearMs) return undefined
  const shown = await history.describe(after.taskArn, cancelled)
  return shown === undefined ? forgottenEarly(scene, position, after.taskArn) : undefined
}

/** Along tokens that ECS has kept for more than their hour others need not have come. */
async function somethingNew(scene: Scene, position: Position, link: Link): Promise<Position | undefined> {
  scene.history.forget()
  const seen = await look(scene, position)
  return isElsewhere(seen.next, link) ? seen : undefined
}

/** Others who saw the task a moment ago may have launched after it. */
async function forgottenEarly(scene: Scene, position: Position, taskArn: string): Promise<Position> {
  const { database, history, cancelled } = scene
  const why = `ECS has just forgotten the last migration of ${database} (${taskArn}): two runs that start now could miss each other.`
  await waitSaying(why, FORGETTING.overMs - FORGETTING.lastRequestMs, database, scene, cancelled)
  history.forget()
  return { ...position, next: LOOK, forgotten: [...position.forgotten, taskArn] }
}

/** Whether what ECS shows leads away from this place: something runs, or was started after it. */
export function isElsewhere(next: Next, { after }: Link): boolean {
  return next.kind !== 'start' || isNewer(next.link.after, after)
}
