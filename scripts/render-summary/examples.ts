/** Job summaries to look at: each the report of a run such as happens, or such as an attacker would like. */
import type { ExplainContext } from '../../src/explain/case.ts'
import { explain } from '../../src/explain/explain.ts'
import { type Said, whatItSaid } from '../../src/explain/what-it-said.ts'
import type { MigrationRecord, Outcome } from '../../src/migration/outcome.ts'
import { AwsError } from '../../src/model.ts'
import type { ReportRow } from '../../src/report/row.ts'
import { type SummaryContext, summary } from '../../src/report/summary.ts'

const ACCOUNT = 'arn:aws:ecs:eu-central-1:123456789012'
const DIGEST = 'sha256:3f8c1a94b0e7d65217c4a9f0e8b3d2c1a0f9e8d7c6b5a4938271605f4e3d2c1b'
const IMAGE = `123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop@${DIGEST}`
const BEGIN = Date.UTC(2026, 10, 22, 3, 12, 5)

const EXPLAINING: ExplainContext = {
  cluster: 'production',
  region: 'eu-central-1',
  runUrl: 'https://github.com/acme/shop/actions/runs/4711',
}

const CONTEXT: SummaryContext = {
  cluster: 'production',
  region: 'eu-central-1',
  image: IMAGE,
  baseDefinition: `${ACCOUNT}:task-definition/shop:41`,
  changes: [
    'family: shop → shop-run-ecs-migration',
    `container app: image: 123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop:2026-11-20 → ${IMAGE}`,
    'container app: variable DATABASE_NAME: now startupwebapp_prod (old value not shown)',
    'container app: stopTimeout: not set (30 s on Fargate) → 120 s',
    `tag run-ecs-migration:base: added, ${ACCOUNT}:task-definition/shop:41`,
  ],
  network: {
    subnets: ['subnet-0a1b2c3d4e5f60718', 'subnet-0f1e2d3c4b5a69780'],
    securityGroups: ['sg-0123456789abcdef0'],
    assignPublicIp: 'DISABLED',
  },
  launch: ['command: python manage.py migrate --noinput', 'time-out: 60 min'],
  warnings: [],
  resultsFile: '/home/runner/work/_temp/run-ecs-migration/results.json',
}

const DJANGO = '/usr/local/lib/python3.11/site-packages/django'

const DJANGO_ERROR = [
  'Running migrations:',
  '  Applying orders.0005_order_date... OK',
  '  Applying orders.0006_order_number... OK',
  '  Applying orders.0007_unique_number...Traceback (most recent call last):',
  ...frame(`${DJANGO}/db/backends/utils.py`, 89, '_execute', 'return self.cursor.execute(sql, params)'),
  'psycopg2.errors.UniqueViolation: could not create unique index "orders_order_number_key"',
  'DETAIL:  Key (number)=(2026-1187) is duplicated.',
  '',
  'The above exception was the direct cause of the following exception:',
  '',
  'Traceback (most recent call last):',
  ...frame('/app/manage.py', 22, '<module>', 'main()'),
  ...frame('/app/manage.py', 18, 'main', 'execute_from_command_line(sys.argv)'),
  ...frame(`${DJANGO}/core/management/base.py`, 458, 'execute', 'output = self.handle(*args, **options)'),
  ...frame(`${DJANGO}/core/management/commands/migrate.py`, 356, 'handle', 'post_migrate_state = executor.migrate('),
  ...frame(`${DJANGO}/db/migrations/executor.py`, 252, 'apply_migration', 'state = migration.apply(state, editor)'),
  ...frame(`${DJANGO}/db/migrations/migration.py`, 132, 'apply', 'operation.database_forwards('),
  ...frame(
    `${DJANGO}/db/backends/utils.py`,
    84,
    '_execute_with_wrappers',
    'return executor(sql, params, many, context)',
  ),
  ...frame(`${DJANGO}/db/utils.py`, 91, '__exit__', 'raise dj_exc_value.with_traceback(traceback) from exc_value'),
  ...frame(`${DJANGO}/db/backends/utils.py`, 89, '_execute', 'return self.cursor.execute(sql, params)'),
  'django.db.utils.IntegrityError: could not create unique index "orders_order_number_key"',
  'DETAIL:  Key (number)=(2026-1187) is duplicated.',
]

const DJANGO_SUCCESS = [
  'Operations to perform:',
  '  Apply all migrations: admin, auth, contenttypes, orders, sessions',
  'Running migrations:',
  '  Applying orders.0006_order_number... OK',
  '  Applying orders.0007_unique_number... OK',
]

const CONNECTION_ISSUE =
  'ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: There is a connection issue between the task and AWS Secrets Manager. Check your task network configuration. failed to fetch secret arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop/db-AbCdEf from secrets manager: operation error Secrets Manager: GetSecretValue, https response error StatusCode: 0, RequestID: , canceled, context deadline exceeded'

const EVIL =
  '</code></td></table><script>alert(1)</script>](javascript:alert(1)) | **bold** `` ``` <<EOF @octocat #1 :tada: $x^2$'

const three: readonly ReportRow[] = [
  good('fintech_experiment', 0, 74.2),
  rowOf({
    database: 'healthtech_experiment',
    outcome: { kind: 'failed', cause: 'exit-code', exitCode: 1 },
    launched: 107.6,
    ran: 21.8,
    stopCode: 'EssentialContainerExited',
    stoppedReason: 'Essential container in task exited',
    lastLines: DJANGO_ERROR,
  }),
  rowOf({
    database: 'startupwebapp_prod',
    outcome: { kind: 'skipped', because: { kind: 'failure', database: 'healthtech_experiment', ended: 'failed' } },
  }),
]

/** Every example by name. */
export const examples: Readonly<Record<string, string>> = {
  good: summary([good('startupwebapp_prod', 0, 74.2)], CONTEXT),
  failed: summary(three, CONTEXT),
  'not-started': summary(
    [
      rowOf({
        database: 'startupwebapp_prod',
        outcome: { kind: 'not-started', cause: 'never-ran' },
        launched: 0,
        stopCode: 'TaskFailedToStart',
        stoppedReason: CONNECTION_ISSUE,
      }),
    ],
    { ...CONTEXT, warnings: ['ec2:DescribeVpcEndpoints is not allowed, so the way out of the subnets is unchecked.'] },
  ),
  denied: summary(
    [
      rowOf({
        database: 'startupwebapp_prod',
        outcome: {
          kind: 'not-started',
          cause: 'aws-error',
          error: new AwsError(
            `User: arn:aws:sts::123456789012:assumed-role/deploy/GitHubActions is not authorized to perform: ecs:RunTask on resource: ${ACCOUNT}:task-definition/shop-run-ecs-migration:118 because no identity-based policy allows the ecs:RunTask action`,
            {
              kind: 'access-denied',
              code: 'AccessDeniedException',
              action: 'ecs:RunTask',
              region: 'eu-central-1',
              requestId: '6f1c2b7e-8a34-4b0e-9a51-2f7f2f2b6c11',
            },
          ),
        },
      }),
    ],
    CONTEXT,
  ),
  'timed-out': summary(
    [
      rowOf({
        database: 'startupwebapp_prod',
        outcome: { kind: 'timed-out', minutes: 60, left: false, exitCode: 137 },
        launched: 0,
        ran: 3640,
        stopCode: 'UserInitiated',
        stoppedReason: 'run-ecs-migration: time-out, https://github.com/acme/shop/actions/runs/4711',
        lastLines: ['  Applying orders.0008_backfill...'],
      }),
    ],
    CONTEXT,
  ),
  ten: summary(
    numbered(10, (index) => good(`tenant_${String(index + 1).padStart(2, '0')}`, index * 55, 20 + 7 * (index % 4))),
    CONTEXT,
  ),
  many: summary(
    numbered(1000, (index) =>
      index % 97 === 5
        ? rowOf({
            database: `tenant_${index}`,
            outcome: { kind: 'failed', cause: 'exit-code', exitCode: 1 },
            launched: index * 3,
            ran: 12,
            lastLines: DJANGO_ERROR,
          })
        : good(`tenant_${index}`, index * 3, 20),
    ),
    CONTEXT,
  ),
  hostile: summary(
    [
      rowOf({
        database: EVIL,
        outcome: { kind: 'failed', cause: 'exit-code', exitCode: 1 },
        launched: 0,
        ran: 12,
        stopCode: 'EssentialContainerExited',
        stoppedReason: `${EVIL}\r\n\n# heading\n\n<img src=x onerror=alert(1)>`,
        containerReason: `\n\n---\n\n${EVIL}`,
        lastLines: [
          EVIL,
          '```',
          '````\r~~~\u2028</details>',
          '\u001b[31mred\u001b[0m',
          'postgres://shop:secret@db/shop',
        ],
        logNote: EVIL,
      }),
    ],
    {
      ...CONTEXT,
      cluster: EVIL,
      image: EVIL,
      changes: [EVIL],
      warnings: [EVIL, `\n\n# ${EVIL}`],
      resultsFile: EVIL,
    },
  ),
}

function frame(file: string, line: number, name: string, source: string): readonly string[] {
  return [`  File "${file}", line ${line}, in ${name}`, `    ${source}`]
}

function at(seconds: number): Date {
  return new Date(BEGIN + seconds * 1000)
}

interface Story {
  readonly database: string
  readonly outcome: Outcome
  /** Seconds after the run's begin at which this one was launched. */
  readonly launched?: number
  /** Seconds the container ran; without it, it never did. */
  readonly ran?: number
  readonly stopCode?: 'TaskFailedToStart' | 'EssentialContainerExited' | 'UserInitiated'
  readonly stoppedReason?: string
  readonly containerReason?: string
  readonly lastLines?: readonly string[]
  readonly logNote?: string
}

function taskOf(story: Story, launched: number): NonNullable<MigrationRecord['task']> {
  const exitCode = 'exitCode' in story.outcome ? story.outcome.exitCode : undefined
  const startedAt = launched + 32.4
  return {
    taskArn: `${ACCOUNT}:task/production/${String(launched).padStart(4, '0')}5e6d7c8b9a0f1e2d3c4b5a6978`,
    createdAt: at(launched + 0.3),
    ...(story.stopCode ? { stopCode: story.stopCode } : {}),
    ...(story.stoppedReason ? { stoppedReason: story.stoppedReason } : {}),
    ...(story.ran === undefined
      ? { pullStartedAt: at(launched + 11), stoppedAt: at(launched + 289) }
      : {
          pullStartedAt: at(launched + 11.2),
          pullStoppedAt: at(launched + 27.9),
          startedAt: at(startedAt),
          executionStoppedAt: at(startedAt + story.ran),
        }),
    containers: [
      {
        name: 'app',
        image: IMAGE,
        ...(story.ran === undefined ? {} : { imageDigest: DIGEST }),
        ...(exitCode === undefined ? {} : { exitCode }),
        ...(story.containerReason ? { reason: story.containerReason } : {}),
      },
    ],
  }
}

function rowOf(story: Story): ReportRow {
  const { launched, ran, lastLines = [] } = story
  const started = launched !== undefined
  const end = launched === undefined || ran === undefined ? undefined : launched + 32.4 + ran
  const record: MigrationRecord = {
    database: story.database,
    outcome: story.outcome,
    container: 'app',
    image: IMAGE,
    ...(started ? { task: taskOf(story, launched) } : {}),
    ...(started ? { taskDefinitionArn: `${ACCOUNT}:task-definition/shop-run-ecs-migration:118` } : {}),
    ...(end === undefined
      ? {}
      : { log: { group: '/ecs/shop', stream: `shop/app/${launched}5e6d7c8b`, region: 'eu-central-1' } }),
    ...(end === undefined ? {} : { logFile: `/home/runner/work/_temp/run-ecs-migration/${story.database}.log` }),
    ...(story.logNote ? { logNote: story.logNote } : {}),
    lineCount: lastLines === DJANGO_ERROR ? 214 : lastLines.length,
    lastLines,
    milestones: {
      ...(started ? { requested: at(launched) } : {}),
      ...(end === undefined
        ? {}
        : { exitSeen: at(end + 0.8), logRead: at(end + (story.outcome.kind === 'succeeded' ? 6.1 : 13.1)) }),
    },
    notes: [],
  }
  const said = whatItSaid(record, {})
  const console = 'https://eu-central-1.console.aws.amazon.com'
  return {
    ...explained(record, said),
    ...(started ? { taskUrl: `${console}/ecs/v2/clusters/production/tasks/${launched}` } : {}),
    ...(end === undefined ? {} : { logUrl: `${console}/cloudwatch/home?region=eu-central-1#logsV2:log-groups` }),
  }
}

function explained(record: MigrationRecord, said: Said | undefined): ReportRow {
  const problem = explain(record, { ...EXPLAINING, said })
  return { record, ...(problem && { problem }), ...(said && { said }) }
}

function good(database: string, launched: number, ran: number): ReportRow {
  return rowOf({
    database,
    outcome: { kind: 'succeeded', exitCode: 0 },
    launched,
    ran,
    stopCode: 'EssentialContainerExited',
    lastLines: DJANGO_SUCCESS,
  })
}

function numbered(count: number, make: (index: number) => ReportRow): readonly ReportRow[] {
  return Array.from({ length: count }, (_, index) => make(index))
}
