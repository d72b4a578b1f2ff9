import type { Task } from '@aws-sdk/client-ecs'
import { expect, it } from '@jest/globals'
import { NO_LOG } from '../../src/migration/follow-log.ts'
import { mayStartAgain } from '../../src/migration/start-again.ts'

const failed: Task = { stopCode: 'TaskFailedToStart', containers: [{ name: 'app' }] }
const empty = { ...NO_LOG, readable: true }

it.each([
  ['no container ran, and the log is empty', failed, true, empty, true],
  ['the task started', { ...failed, startedAt: new Date() }, true, empty, false],
  ['a container has an exit code, even 0', { ...failed, containers: [{ name: 'x', exitCode: 0 }] }, true, empty, false],
  ['the stop code is another', { ...failed, stopCode: 'EssentialContainerExited' as const }, true, empty, false],
  ['the cause does not pass', failed, false, empty, false],
  ['the log cannot be read', failed, true, NO_LOG, false],
  ['the log has a line', failed, true, { ...empty, lineCount: 1 }, false],
])('a task is started again where %s: %#', async (_where, task, mayPass, log, again) => {
  const followed = { outcome: { kind: 'not-started', cause: 'never-ran' } as const, task }
  expect(
    await mayStartAgain(
      followed,
      () => mayPass,
      async () => log,
    ),
  ).toBe(again)
})
