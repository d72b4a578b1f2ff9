/**
 * One task started exactly once. The argument why it holds stands in docs/one-at-a-time.md:
 * the client token is made of the database's newest known task, so two launchers that saw the same history collide in
 * ECS, and the loser learns the winner's task. A stale listing only lengthens the way along that chain.
 */
import type { Task } from '@aws-sdk/client-ecs'
import { spoken } from '../duration.ts'
import { AwsError, Refusal } from '../model.ts'
import { memoryOf, stoppedFor } from './chain.ts'
import { look, startAt, waitOut } from './chain-place.ts'
import { capitalised, startOf } from './followed.ts'
import {
  type Launched,
  type LaunchOrder,
  type LaunchPorts,
  LOOK,
  type Meet,
  type Position,
  type Scene,
} from './launch-position.ts'
import { describeNamed } from './other-migration.ts'
import { isOver, type Outcome, refusedFor } from './outcome.ts'
import type { StopSignals } from './ports.ts'
import { start } from './run-task.ts'

/**
 * @returns the task, whether this call started it or an earlier attempt whose answer was lost
 */
export async function launchOnce(order: LaunchOrder, ports: LaunchPorts, signals: StopSignals): Promise<Launched> {
  const waitUntil = ports.clock.elapsed() + order.longestWaitMs
  const scene = { ...ports, ...signals, order, database: order.launch.database, waitUntil }
  try {
    let position: Position = { next: LOOK, starts: order.startsBefore, quotaRefusals: 0, forgotten: [] }
    while (!signals.cancelled.aborted) {
      const step = await advance(scene, position)
      if ('kind' in step) return step
      position = step
    }
    return { kind: 'cancelled' }
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'ended', outcome: refusedFor(error.problems) }
    if (!(error instanceof AwsError)) throw error
    if (error.facts.kind === 'aborted') return { kind: 'cancelled' }
    if (error.facts.kind === 'access-denied')
      return { kind: 'ended', outcome: cannotSeeOthers(order.launch.database, error) }
    return { kind: 'ended', outcome: { kind: 'not-started', cause: 'aws-error', error } }
  }
}

/** Without the list of tasks it cannot be known whether another migration runs. */
function cannotSeeOthers(database: string, error: AwsError): Outcome {
  const problem = {
    code: 'cannot-see-other-migrations',
    reason: `Whether another migration of ${database} runs cannot be seen, because a call is denied: ${error.inFull}`,
    remedy: `Allow ${error.facts.action} to the role of this job, or set if-running to allow, which lets two migrations of one database run at once.`,
  }
  return refusedFor([problem])
}

function advance(scene: Scene, position: Position): Promise<Launched | Position> {
  switch (position.next.kind) {
    case 'look':
      return look(scene, position)
    case 'meet':
      return meet(scene, position, position.next)
    case 'start':
      return start(scene, position, position.next)
  }
}

/** Another task of the database. Only ECS's word that it is over counts: a watch that lost sight of it proves nothing. */
async function meet(scene: Scene, position: Position, { taskArn, holder }: Meet): Promise<Launched | Position> {
  const { database, history, ecsTime, cancelled } = scene
  const task = await describeNamed(taskArn, database, scene, cancelled)
  if (cancelled.aborted) return { kind: 'cancelled' }
  if (task !== undefined && !isOver(task)) return standBack(scene, position, task)
  history.forget()
  if (!holder) return { ...position, next: LOOK }
  if (task !== undefined && memoryOf(stoppedFor(task, ecsTime())) === 'being-forgotten')
    return waitOut(scene, position, task)
  return startAt(scene, position, { after: task ?? { taskArn }, followed: true, refused: 0 })
}

/** Another migration runs: followed, refused, or waited for. */
async function standBack(scene: Scene, position: Position, running: Task): Promise<Launched | Position> {
  const { order, database, clock, logger, untilOver, waitUntil, cancelled } = scene
  const { taskArn = '' } = running
  const meeting = await scene.following.meet(running, order.launch, cancelled)
  if (meeting.kind === 'same') return { kind: 'followed', followed: meeting.followed }
  if (cancelled.aborted) return { kind: 'cancelled' }
  if (meeting.kind === 'ending' && position.awaited !== taskArn) {
    const ends = running.desiredStatus === 'STOPPED' ? 'is being stopped' : 'has just ended'
    logger.say(
      database,
      `${capitalised(startOf({ task: running, ...meeting }))} ${ends}. Waiting until ECS shows it as stopped, at most ${spoken(meeting.longestMs / 1_000)}.`,
    )
    await untilOver(taskArn, meeting.longestMs, cancelled)
    return { ...position, awaited: taskArn }
  }
  const left = waitUntil - clock.elapsed()
  const differences = meeting.kind === 'other' ? meeting.differences : []
  if (order.ifRunning !== 'wait' || left <= 0)
    return {
      kind: 'ended',
      outcome: { kind: 'refused', cause: 'busy', running, ...(differences.length > 0 && { differences }) },
    }
  if (position.waitsFor !== taskArn) {
    const other = differences.length === 0 ? '' : ` It is not the same: ${differences.join(', ')}.`
    logger.say(
      database,
      `Another migration of ${database} ${running.desiredStatus === 'STOPPED' ? 'is being stopped' : 'is running'} (${taskArn}).${other} Waiting for it to end, at most ${Math.ceil(left / 60_000)} min.`,
    )
  }
  await untilOver(taskArn, left, cancelled)
  return { ...position, waitsFor: taskArn }
}
