/** Records for the tests of the report and of the explanations. */
import type { Task } from '@aws-sdk/client-ecs'
import type { MigrationRecord, Outcome } from '../../src/migration/outcome.ts'
import type { ReportRow } from '../../src/report/row.ts'

export const digest = `sha256:${'3f8c'.repeat(16)}`
const begin = Date.UTC(2026, 10, 22, 3, 0, 0)
/** The point in time so many seconds after the begin. */
export const at = (seconds: number): Date => new Date(begin + seconds * 1000)
export const taskArn = 'arn:aws:ecs:eu-central-1:123456789012:task/production/0a1b2c'

/** A task that was provisioned for 10 s, pulled for 15 s, started in 5 s and ran for 20 s. */
export const ranTask: Task = {
  taskArn,
  createdAt: at(1),
  pullStartedAt: at(11),
  pullStoppedAt: at(26),
  startedAt: at(31),
  executionStoppedAt: at(51),
  stopCode: 'EssentialContainerExited',
  stoppedReason: 'Essential container in task exited',
  containers: [{ name: 'app', exitCode: 0, imageDigest: digest }],
}

export const recordOf = (outcome: Outcome, more: Partial<MigrationRecord> = {}): MigrationRecord => ({
  database: 'shop',
  outcome,
  container: 'app',
  image: `123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop@${digest}`,
  lineCount: 0,
  lastLines: [],
  milestones: {},
  notes: [],
  ...more,
})

export const succeeded = (database = 'shop'): ReportRow => ({
  record: recordOf(
    { kind: 'succeeded', exitCode: 0 },
    {
      database,
      task: ranTask,
      taskDefinitionArn: 'arn:aws:ecs:eu-central-1:123456789012:task-definition/shop-run-ecs-migration:7',
      log: { group: '/ecs/shop', stream: 'shop/app/0a1b2c', region: 'eu-central-1' },
      logFile: '/tmp/log/shop.log',
      lineCount: 12,
      lastLines: ['done'],
      milestones: { requested: at(0), exitSeen: at(52), logRead: at(57.5) },
    },
  ),
  taskUrl: 'https://eu-central-1.console.aws.amazon.com/ecs/v2/clusters/production/tasks/0a1b2c',
  logUrl: 'https://eu-central-1.console.aws.amazon.com/cloudwatch/home',
})

export const failed = (database = 'shop', more: Partial<ReportRow> = {}): ReportRow => ({
  record: recordOf(
    { kind: 'failed', cause: 'exit-code', exitCode: 1 },
    {
      database,
      task: { ...ranTask, containers: [{ name: 'app', exitCode: 1, imageDigest: digest }] },
      lineCount: 3,
      lastLines: ['one', 'two', 'boom'],
      milestones: { requested: at(0), exitSeen: at(52), logRead: at(64) },
    },
  ),
  problem: { code: 'exit-code-1', reason: 'It failed.', remedy: 'Mend it.', evidence: ['Stop code: X'] },
  ...more,
})

export const skipped = (database = 'shop'): ReportRow => ({
  record: recordOf({ kind: 'skipped', because: { kind: 'failure', database: 'a', ended: 'failed' } }, { database }),
  problem: { code: 'skipped', reason: 'Not attempted.', remedy: 'Mend what failed.' },
})
