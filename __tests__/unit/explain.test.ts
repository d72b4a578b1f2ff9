import { describe, expect, it } from '@jest/globals'
import type { ExplainContext } from '../../src/explain/case.ts'
import { explain } from '../../src/explain/explain.ts'
import { activityQuery } from '../../src/explain/next-steps.ts'
import { whatItSaid } from '../../src/explain/what-it-said.ts'
import type { Outcome } from '../../src/migration/outcome.ts'
import { AwsError, type PreflightRefusal, type Problem } from '../../src/model.ts'
import { startupOf } from '../../src/plan/startup.ts'
import { prose } from '../../src/report/markdown.ts'
import { ranTask, recordOf, taskArn } from './report-rows.ts'

const context: ExplainContext = {
  cluster: 'production',
  region: 'eu-central-1',
  runUrl: 'https://github.com/a/b/actions/runs/1',
}

const explained = (...given: Parameters<typeof recordOf>): Problem => {
  return explain(recordOf(...given), context) ?? fail()
}

function fail(): never {
  throw new Error('nothing explained')
}

const denied = new AwsError(
  `User: arn:aws:sts::1:assumed-role/x is not authorized to perform: ecs:DescribeTasks on resource: ${taskArn} because no identity-based policy allows it`,
  { kind: 'access-denied', code: 'AccessDeniedException', action: 'ecs:DescribeTasks', region: 'eu-central-1' },
)

const every: readonly Outcome[] = [
  { kind: 'failed', cause: 'exit-code', exitCode: 1 },
  { kind: 'failed', cause: 'other-container', container: 'proxy', containerExitCode: 3 },
  { kind: 'failed', cause: 'wrong-database', evidence: 'container app has DATABASE_NAME=other' },
  { kind: 'failed', cause: 'stopped-from-outside' },
  { kind: 'failed', cause: 'no-exit-code' },
  { kind: 'failed', cause: 'start-failed', exitCode: 137 },
  {
    kind: 'not-started',
    cause: 'dependency',
    failed: { waiting: 'app', on: 'vault', condition: 'SUCCESS', exitCode: 4 },
  },
  { kind: 'not-started', cause: 'never-ran' },
  { kind: 'not-started', cause: 'run-task-failures', failures: [{ reason: 'AGENT' }] },
  { kind: 'not-started', cause: 'aws-error', error: denied },
  { kind: 'timed-out', minutes: 60, left: false },
  { kind: 'timed-out', minutes: 1, left: true },
  { kind: 'cancelled', signal: 'SIGINT', left: false },
  { kind: 'cancelled', signal: 'SIGTERM', left: true },
  { kind: 'cancelled', signal: 'SIGTERM', left: true, stopFailed: true },
  { kind: 'timed-out', minutes: 1, left: true, stopFailed: true },
  { kind: 'refused', cause: 'busy', running: { taskArn } },
  {
    kind: 'refused',
    cause: 'problems',
    problems: [
      { code: 'a', reason: 'One.', remedy: 'Mend one.' },
      { code: 'b', reason: 'Two.', remedy: 'Mend two.' },
    ],
  },
  { kind: 'unknown', cause: 'aws-error', error: denied },
  { kind: 'unknown', cause: 'missing' },
  { kind: 'skipped', because: { kind: 'failure', database: 'other', ended: 'failed' } },
]

describe('explain', () => {
  it.each([
    [{}, 'is being stopped and may still work', 'It ends within three minutes'],
    [{ stoppingAt: new Date('2026-03-01T12:00:10Z') }, 'is being stopped and may still work', '12:03:10 UTC'],
    [
      { stoppingAt: new Date('2026-03-01T12:00:10Z'), executionStoppedAt: new Date('2026-03-01T12:00:40Z') },
      'has just ended',
      '12:01:40 UTC',
    ],
  ])('says of a task that is being stopped that it is, and by when it ends: %j', (times, state, by) => {
    const running = {
      taskArn,
      lastStatus: 'DEACTIVATING',
      desiredStatus: 'STOPPED',
      stoppedReason: 'By hand',
      ...times,
    }
    const { reason, remedy, evidence } = explained({ kind: 'refused', cause: 'busy', running })
    expect(reason).toContain(state)
    expect(remedy).toContain(by)
    expect(evidence?.join('\n')).toContain('By hand')
  })

  it('names the containers that ended before a migration that failed, or with it', () => {
    const containers = [
      { name: 'app', exitCode: 1 },
      { name: 'tunnel', exitCode: 255 },
      { name: 'envoy', exitCode: 9 },
      { name: 'nginx', exitCode: 143 },
    ]
    const more = {
      task: { ...ranTask, containers },
      container: 'app',
      endedEarlier: [{ container: 'tunnel', exitCode: 255 }],
    }
    const { reason } = explained({ kind: 'failed', cause: 'exit-code', exitCode: 1 }, more)
    expect(reason).toMatch(
      /Container tunnel had ended before it, with code 255. Container envoy ended, too, with code 9.$/,
    )
    const first = { kind: 'failed', cause: 'other-container', container: 'tunnel', containerExitCode: 255 } as const
    expect(explained({ ...first, exitCode: 143 }, more).reason.match(/tunnel/g)).toHaveLength(1)
  })

  it.each<Outcome>([
    { kind: 'failed', cause: 'other-container', container: 'proxy', containerExitCode: 3, exitCode: 0 },
    { kind: 'failed', cause: 'stopped-from-outside', exitCode: 0 },
    { kind: 'failed', cause: 'start-failed', exitCode: 0 },
  ])('never says of exit code 0 that it was cut off: %j', (outcome) => {
    const { reason } = explained(outcome)
    expect(reason).not.toContain('cut off')
    expect(reason).toMatch(/^Whether the migration of \S+ was done is not known: .*exited with code 0/)
  })

  it.each([
    [{ entryPoint: ['bundle', 'exec'], command: ['puma'] }, 'bundle exec rails db:migrate'],
    [{ command: ['./server'] }, undefined],
  ])('names a command of the kind of the server that ran, and tears no word of its line: %j', (words, example) => {
    const servingLine = `Listening on http://shop:hunter2@db/ ${'x '.repeat(120)}${'secret'.repeat(20)}`
    const record = recordOf({ kind: 'timed-out', minutes: 5, left: false }, { task: ranTask, servingLine })
    const { remedy } = explain(record, { ...context, startup: { ...words, programs: [], isBare: false } }) ?? fail()
    expect(remedy).toMatch(/^Its log says "Listening on \*\*\* x /)
    expect(remedy.replaceAll('secret'.repeat(20), '')).not.toMatch(/hunter2|secret/)
    expect(remedy).toContain(`the words that run the migration${example === undefined ? '.' : `, such as ${example}.`}`)
  })

  it('says that a statement may still run only where the container ran', () => {
    const stopped = { kind: 'timed-out', minutes: 5, left: false } as const
    expect(explained(stopped, { task: ranTask }).remedy).toContain('may still be executing')
    const task = { lastStatus: 'STOPPED', stopCode: 'UserInitiated' as const, containers: [{ name: 'app' }] }
    const { remedy } = explained(stopped, { task, container: 'app', lineCount: 0 })
    expect(remedy).not.toContain('may still be executing')
    expect(remedy).toContain('Container app never started, so it changed nothing.')
    expect(explained(stopped, { task: { ...task, lastStatus: 'PENDING' }, lineCount: 0 }).remedy).toContain('may still')
  })

  it('names whom ECS gave the start up for', () => {
    const containers = [
      { name: 'app', exitCode: 137 },
      { name: 'envoy', reason: 'CannotStartContainerError: no such user' },
    ]
    const { reason } = explained(
      { kind: 'failed', cause: 'start-failed', exitCode: 137 },
      { container: 'app', task: { ...ranTask, stopCode: 'TaskFailedToStart', containers } },
    )
    expect(reason).toContain('(Container envoy: no exit code, reason: CannotStartContainerError: no such user)')
    expect(reason).toContain('container app exited with code 137')
  })

  it("never takes the failure of GuardDuty's agent for the migration's, and says whose it is", () => {
    const agent = { name: 'aws-guardduty-agent-Mf0', exitCode: 2, reason: 'CannotPullContainerError: not found' }
    const task = { ...ranTask, stoppedReason: '', containers: [{ name: 'app' }, agent] }
    for (const cause of ['no-exit-code', 'start-failed'] as const) {
      const { reason, evidence } = explained({ kind: 'failed', cause, exitCode: 1 }, { task, container: 'app' })
      expect(reason).not.toContain('guardduty')
      expect(reason).not.toContain('image')
      expect(evidence?.join('\n')).toContain("aws-guardduty-agent-Mf0 (GuardDuty's, which AWS adds")
    }
  })

  it("has ECS's own words in the reason where the cause is not known", () => {
    const task = { ...ranTask, stoppedReason: 'The frobnicator of host 7 was not aligned' }
    const { reason } = explained({ kind: 'failed', cause: 'no-exit-code' }, { task })
    expect(reason).toContain('ECS says: The frobnicator of host 7 was not aligned')
    const failed = { ...ranTask, containers: [{ name: 'app', exitCode: 5, reason: 'gremlins' }] }
    expect(
      explained({ kind: 'failed', cause: 'exit-code', exitCode: 5 }, { task: failed, container: 'app' }).reason,
    ).toContain('ECS says: gremlins')
  })

  it('has nothing to say about what went well', () => {
    expect(explain(recordOf({ kind: 'succeeded', exitCode: 0 }), context)).toBeUndefined()
    expect(explain(recordOf({ kind: 'dry-run' }), context)).toBeUndefined()
  })

  it.each(every.map((outcome) => [JSON.stringify(outcome).slice(0, 60), outcome] as const))(
    'names the database, a cause and a remedy: %s',
    (_name, outcome) => {
      for (const task of [undefined, ranTask]) {
        const problem = explained(outcome, { database: 'fintech', ...(task ? { task } : {}) })
        expect(problem.code).toMatch(/^[a-z0-9-]+$/)
        expect(problem.reason).toContain('fintech')
        expect(problem.reason).toMatch(/[.:]$|[^.]\.$/)
        expect(problem.reason + problem.remedy).not.toMatch(/undefined|null|\[object/)
        expect(prose(`${problem.reason} ${problem.remedy}`)).not.toContain('`')
        if (outcome.kind !== 'refused') expect(problem.remedy.length).toBeGreaterThan(20)
      }
    },
  )

  it('says after every stop, time-out, cancel and unknown that the server may still be at work, and how to look', () => {
    const stopped = every.filter(
      (outcome) =>
        ['timed-out', 'cancelled', 'unknown'].includes(outcome.kind) ||
        (outcome.kind === 'failed' && outcome.cause !== 'exit-code'),
    )
    expect(stopped).toHaveLength(13)
    for (const outcome of stopped) {
      const { remedy } = explained(outcome, { task: ranTask })
      expect(remedy).toContain('may still be executing the last statement and holding its locks')
      expect(remedy).toContain("FROM pg_stat_activity WHERE datname = 'shop'")
      expect(remedy).toMatch(/pg_blocking_pids\(pid\).*pg_terminate_backend\(PID\).*docs\/recipes\.md#ask-the-database/)
    }
  })

  it.each<Outcome>([
    { kind: 'timed-out', minutes: 7, left: false, exitCode: 0 },
    { kind: 'cancelled', signal: 'SIGTERM', left: false, exitCode: 0 },
    { kind: 'failed', cause: 'other-container', container: 'proxy', exitCode: 0 },
    { kind: 'failed', cause: 'stopped-from-outside', exitCode: 0 },
    { kind: 'failed', cause: 'start-failed', exitCode: 0 },
  ])('takes what ended with 0 all the same for most likely done: %j', (outcome) => {
    const likely =
      /Container app ended with 0 although its task was stopped: most likely everything is applied, .* nothing is pending\.$/
    const untrue = /task-timeout-minutes|may still be|waiting for a lock/
    const given = { task: ranTask, container: 'app' }
    expect(explained(outcome, given).remedy).toMatch(likely)
    expect(explained(outcome, given).remedy).not.toMatch(untrue)
    // A server ends with 0 when it is told to, and other codes say that something was cut off.
    const server = explained(outcome, { ...given, servingLine: 'Listening on :80' })
    expect(server.remedy).not.toMatch(likely)
    expect(explained({ ...outcome, exitCode: 143 } as Outcome, given).remedy).toContain('may still be executing')
  })

  it('does not say to run it again where the task worked on another database, whatever its code', () => {
    const outcome = { kind: 'failed', cause: 'wrong-database', evidence: 'x', exitCode: 0 } as const
    const { remedy } = explained(outcome, { task: ranTask, lineCount: 3 })
    expect(remedy).toMatch(/^Find out which database the task worked on .* the evidence tell\.$/)
  })

  const killed = { kind: 'timed-out', minutes: 5, left: false, exitCode: 137 } as const
  it.each([
    [{ seconds: 90, hasInit: false }, {}, /did not end on SIGTERM.*after 90 s/, 'initProcessEnabled: true'],
    [{ seconds: 7, hasInit: true }, {}, /did not end on SIGTERM.*after 7 s/, 'let the program end on SIGTERM'],
    [{ seconds: 90, hasInit: false }, { reason: 'OutOfMemoryError: Container killed' }, /asked to stop\.$/, undefined],
    [undefined, {}, /asked to stop\.$/, undefined],
  ])(
    'says that a container had to be killed, and how it ends at once, by what is known: %j, %j',
    (stopping, own, reason, remedy) => {
      const task = { ...ranTask, containers: [{ name: 'app', exitCode: 137, ...own }] }
      const problem = explain(recordOf(killed, { task, container: 'app' }), {
        ...context,
        ...(stopping && { stopping }),
      })
      expect(problem?.reason).toMatch(reason)
      expect(problem?.remedy.includes('initProcessEnabled')).toBe(remedy === 'initProcessEnabled: true')
      expect(problem?.remedy).toContain(remedy ?? 'Raise task-timeout-minutes')
    },
  )

  it('writes a database name into the query as a literal and nothing else', () => {
    expect(activityQuery("x'; DROP TABLE y; --")).toContain("datname = 'x''; DROP TABLE y; --' AND")
  })

  it('explains an exit code by what ECS says of the container, before the convention', () => {
    const containers = [
      { name: 'app', exitCode: 137, reason: 'OutOfMemoryError: Container killed due to memory usage' },
    ]
    const outcome: Outcome = { kind: 'failed', cause: 'exit-code', exitCode: 137 }
    const problem = explained(outcome, { task: { ...ranTask, containers } })
    expect(problem.code).toBe('out-of-memory')
    expect(problem.reason).toBe(
      'The migration of shop failed: container app exited with code 137. The container used more memory than it was given and was killed.',
    )
    expect(explained(outcome).reason).toMatch(/exited with code 137: it was killed \(SIGKILL\)/)
  })

  describe('reads the log', () => {
    const read = (
      outcome: Outcome,
      lastLines: readonly string[],
      more: Parameters<typeof recordOf>[1] = {},
    ): Problem => {
      const record = recordOf(outcome, { ...more, lastLines, milestones: { logRead: new Date(0) } })
      const problem = explain(record, { ...context, said: whatItSaid(record, { securityGroups: ['sg-1'] }) })
      if (!problem) throw new Error('nothing explained')
      return problem
    }
    const exit = (exitCode: number): Outcome => ({ kind: 'failed', cause: 'exit-code', exitCode })

    it('and names the line that says why, its cause and what to do', () => {
      expect(read(exit(1), ['starting', 'psql:2.sql:1: ERROR:  relation "orders" does not exist'])).toMatchObject({
        code: 'no-relation',
        reason:
          'relation "orders" does not exist (exit code 1, while applying 2.sql). The migration names a table that is not there.',
        remedy: expect.stringContaining('database-name'),
      })
      const reached = read(exit(1), ['dial tcp 10.0.0.9:5432: i/o timeout'])
      expect(reached.remedy).toContain("let in the task's security group (sg-1)")
    })

    const loader = '  File "/venv/django/db/migrations/loader.py", line 120, in load_disk'
    const none = ' Django imports all migrations before it applies any, so this command applied none.'
    it.each([
      [[loader, '  File "/srv/shop/migrations/0007_y.py", line 9', '    )', 'IndentationError: bad'], 9, none],
      [
        [loader, '  File "/srv/shop/migrations/0007_y.py", line 3, in <module>', '    x', "NameError: name 'x'"],
        3,
        none,
      ],
      [['  File "/srv/shop/migrations/0007_y.py", line 4', '    ]', 'SyntaxError: invalid syntax'], 4, ''],
    ])('and names the file that Python could not import: %j', (lines, line, rest) => {
      const { reason } = read(exit(1), ['Traceback (most recent call last):', ...lines])
      expect(reason).toContain(`programming error. It is in /srv/shop/migrations/0007_y.py, line ${line}.${rest}`)
      expect(reason.endsWith(rest)).toBe(true)
    })

    it('and names no file of a library', () => {
      const lines = [
        '  File "/venv/lib/x.py", line 4, in run',
        '    a.b',
        "AttributeError: 'A' object has no attribute 'b'",
      ]
      expect(read(exit(1), lines).reason).not.toContain('It is in')
    })

    it('and says so where the log names no cause, or nothing was printed', () => {
      expect(read(exit(1), ['Error: tenant 17 is broken', 'bye'])).toMatchObject({
        code: 'exit-code-1',
        reason: 'tenant 17 is broken (exit code 1). The log names no cause that this action knows.',
      })
      expect(read(exit(127), ['bye']).reason).toBe(
        'bye (exit code 127: the command was not found in the image). The log names no cause that this action knows.',
      )
      expect(read(exit(1), []).reason).toBe(
        'The migration of shop failed: container app exited with code 1 and printed nothing: the program reported an error.',
      )
      expect(explained(exit(1)).reason).toContain('Its log was not read.')
    })

    it('says which migration was under way, where the log proves it', () => {
      const applying = '  Applying sales.0011_totals...'
      expect(read(exit(1), [applying, 'ERROR: deadlock detected']).reason).toMatch(
        /^deadlock detected \(exit code 1, while applying sales\.0011_totals\)\. /,
      )
      expect(read(exit(9), [applying, 'our own check failed']).reason).toMatch(
        /^our own check failed \(exit code 9, while applying sales\.0011_totals\)\. The log names no cause/,
      )
      expect(read(exit(1), ['== 7 DropIt: migrating ===', 'ERROR: deadlock detected']).reason).toContain(
        ', while applying "7 DropIt"). ',
      )
    })

    it('says what is applied and what was rolled back, where the log proves it', () => {
      const applied = [
        '  Applying sales.0009_tax... OK',
        '  Applying sales.0010_notes... OK',
        '  Applying sales.0011_totals...',
      ]
      const failure = 'psycopg.errors.DeadlockDetected: deadlock detected'
      expect(read(exit(1), ['Running migrations:', ...applied, failure]).reason).toMatch(
        / Applied before it in this run: sales\.0010_notes \(2 in all\)\. What sales\.0011_totals itself changed in the database was rolled back, unless it sets atomic to False\.$/,
      )
      const other = read(exit(1), [...applied, 'our own check failed']).reason
      expect(other).toMatch(/ Applied before it in this run: sales\.0010_notes \(the last one\)\.$/)
      const lost = [...applied, 'psycopg.OperationalError: server closed the connection unexpectedly']
      expect(read(exit(1), lost).reason).not.toContain('rolled back')
      expect(read(exit(1), ['  Applying sales.0011_totals...', failure]).reason).not.toContain('before it')
    })

    it('knows a check that finds a migration not applied, also by its exit code alone', () => {
      const remedy = expect.stringMatching(/^Run the migration with this image, then check/)
      const flyway = 'Detected resolved migration not applied to database: 6.'
      for (const lines of [
        ['  Applying', 'CommandError: The migrations above are not applied'],
        ['ActiveRecord::PendingMigrationError: ', 'Migrations are pending. To resolve this issue, run:'],
        ['You have 3 pending migrations:', '  20260101000000 AddNotes'],
        ['2 migrations found in prisma/migrations', 'Following migration have not yet been applied:', '2_notes'],
        [
          'Validate failed: Migrations have failed validation',
          flyway,
          'To fix this error, either run migrate, or set -x',
        ],
      ])
        expect(read(exit(1), lines)).toMatchObject({ code: 'pending-migrations', remedy })
      expect(read(exit(1), [flyway, 'To allow executing this migration, set -outOfOrder=true.']).code).toBe(
        'out-of-order',
      )
      const record = recordOf(exit(1), { milestones: { logRead: new Date(0) } })
      const startup = startupOf({ command: ['python', 'manage.py', 'migrate', '--check'] }, {})
      expect(explain(record, { ...context, said: whatItSaid(record, { startup }) })).toMatchObject({
        code: 'pending-migrations',
        remedy,
      })
    })

    it('but takes a signal for the cause, unless the log names memory', () => {
      expect(read(exit(137), ['ERROR: deadlock detected']).reason).toMatch(
        /code 137: it was killed .* The last line of its log was: "deadlock detected"\.$/,
      )
      expect(read(exit(134), ['FATAL ERROR: Reached heap limit - JavaScript heap out of memory']).code).toBe('oom')
    })

    it.each(every.filter(({ kind }) => kind === 'timed-out' || kind === 'cancelled'))(
      'and quotes the last line of what was stopped: %j',
      (outcome) => {
        const more = { task: ranTask }
        const { reason } = read(outcome, ['  Applying orders.0042_index...'], more)
        expect(reason).toContain('The last line of its log was: "Applying orders.0042_index..."')
        expect(reason).not.toContain('.".')
        expect(read(outcome, ['Waiting for changelog lock....', 'x'], more).reason).toContain(
          'Its log shows a wait for a lock: "Waiting for changelog lock...."',
        )
      },
    )
  })

  it('gives what ECS said as evidence, whole', () => {
    const { evidence } = explained({ kind: 'failed', cause: 'exit-code', exitCode: 1 }, { task: ranTask })
    expect(evidence).toEqual([
      'Stop code: EssentialContainerExited',
      'Stop reason: Essential container in task exited',
      'Container app: exit code 0',
      `Task: ${taskArn}`,
    ])
  })

  it('shows an unknown reason whole, with where to look', () => {
    const stoppedReason = 'QuantumError: the cat was neither'
    const problem = explained(
      { kind: 'not-started', cause: 'never-ran' },
      { task: { taskArn, stopCode: 'TaskFailedToStart', stoppedReason } },
    )
    expect(problem.reason).toBe(`The migration of shop did not start. ECS says: ${stoppedReason}`)
    expect(problem.remedy).toContain(
      `aws ecs describe-tasks --cluster production --region eu-central-1 --tasks ${taskArn}`,
    )
  })

  it('puts what the checks proved into the message', () => {
    const proof: PreflightRefusal = {
      about: 'network',
      code: 'no-way-out',
      reason: 'subnet-1 uses rtb-1, which has no route to the internet and no endpoint for secretsmanager.',
      remedy: 'Add a NAT gateway.',
      evidence: ['rtb-1: 10.0.0.0/16 local'],
    }
    const preflight = {
      refusals: [proof],
      warnings: [],
      checked: [],
      missingPermissions: ['ec2:DescribeNatGateways'],
      unchecked: [],
    }
    const record = recordOf(
      { kind: 'not-started', cause: 'never-ran' },
      {
        task: {
          stopCode: 'TaskFailedToStart',
          stoppedReason: 'ResourceInitializationError: unable to pull secrets or registry auth',
        },
      },
    )
    const problem = explain(record, { ...context, preflight })
    expect(problem?.reason).toContain(proof.reason)
    expect(problem?.remedy).toBe('Add a NAT gateway.')
    // The reason says it already.
    expect(problem?.evidence).toEqual([
      'rtb-1: 10.0.0.0/16 local',
      'Not checked, permission missing: ec2:DescribeNatGateways',
      'Stop code: TaskFailedToStart',
      'Stop reason: ResourceInitializationError: unable to pull secrets or registry auth',
    ])
  })

  describe('joins a proof to a stop reason only where both are about the same thing:', () => {
    const proofs: readonly PreflightRefusal[] = [
      { about: 'log', code: 'l', reason: 'There is no log group /ecs/proxy.', remedy: 'Create the log group.' },
      { about: 'network', code: 'n', reason: 'No way out.', remedy: 'Build a way out.' },
      { about: 'image', code: 'i', reason: 'No such tag.', remedy: 'Push the tag.' },
    ]
    const pull = 'CannotPullContainerError: pull image manifest has been retried 3 time(s):'
    const remedyOf = (stoppedReason: string, refusals: readonly PreflightRefusal[], on = 'app') => {
      const preflight = { refusals, warnings: [], checked: [], missingPermissions: [], unchecked: [] }
      const task = {
        stopCode: 'TaskFailedToStart' as const,
        stoppedReason,
        containers: [{ name: 'app' }, { name: 'proxy' }].map((one) =>
          one.name === on ? { ...one, reason: stoppedReason } : one,
        ),
      }
      const record = recordOf({ kind: 'not-started', cause: 'never-ran' }, { task, container: 'app' })
      return explain(record, { ...context, preflight })?.remedy
    }

    it.each([
      [`${pull} failed to resolve ref a.b/c:d: not found`, 'Push the tag.'],
      [`${pull} image Manifest does not contain descriptor matching platform 'linux/arm64'`, 'Push the tag.'],
      ['ResourceInitializationError: failed to validate logger args: signal: killed', 'Create the log group.'],
      ['ResourceInitializationError: unable to pull secrets or registry auth: i/o timeout', 'Build a way out.'],
      ['Something that nobody has seen', 'Create the log group.'],
    ])('%s', (reason, remedy) => {
      expect(remedyOf(reason, proofs)).toBe(remedy)
    })

    it.each([
      [`${pull} failed to resolve ref a.b/c:d: not found`, 'app', ['log', 'network']],
      [`${pull} failed to resolve ref a.b/proxy:d: not found`, 'proxy', ['image', 'log', 'network']],
      ['OutOfMemoryError: Container killed due to memory usage', 'app', ['image', 'log', 'network']],
      ["ResourceInitializationError: Secrets Manager can't find the specified secret.", 'app', ['network', 'log']],
    ])('not to %s of %s', (reason, on, abouts) => {
      const others = proofs.filter(({ about }) => abouts.includes(about))
      expect(others.map(({ remedy }) => remedy)).not.toContain(remedyOf(reason, others, on))
    })
  })

  it('never calls unknown a failure, and says which task may still run', () => {
    for (const outcome of every.filter(({ kind }) => kind === 'unknown')) {
      const { reason } = explained(outcome, { task: ranTask })
      expect(reason).toContain(`task ${taskArn} may still be running`)
      expect(reason).not.toMatch(/failed/)
    }
  })

  it('prints the policy statement when the watch was ended by a missing permission', () => {
    const { remedy } = explained({ kind: 'unknown', cause: 'aws-error', error: denied }, { task: ranTask })
    expect(remedy).toContain(
      '{"Effect":"Allow","Action":"ecs:DescribeTasks","Resource":"arn:aws:ecs:eu-central-1:123456789012:task/production/*"}',
    )
  })

  it.each([
    ['UserInitiated', /somebody, or another program/, /CloudTrail/],
    ['SpotInterruption', /Fargate Spot/, /server may still/],
    ['InfrastructureHealth', /not healthy/, /server may still/],
  ] as const)('says who stopped the task: %s', (stopCode, who, remedy) => {
    const problem = explained({ kind: 'failed', cause: 'stopped-from-outside' }, { task: { ...ranTask, stopCode } })
    expect(problem.reason).toMatch(who)
    expect(problem.remedy).toMatch(remedy)
  })

  it('passes a single proof of the preflight on as it is, and joins several', () => {
    const one: Problem = { code: 'image-missing', reason: 'No such image.', remedy: 'Push it.', evidence: ['a'] }
    const two: Problem = { code: 'no-way-out', reason: 'No way out.', remedy: 'Add a NAT gateway.' }
    expect(explained({ kind: 'refused', cause: 'problems', problems: [one] })).toBe(one)
    const both = explained({ kind: 'refused', cause: 'problems', problems: [one, two] })
    expect(both.reason).toContain('for 2 reasons. (1) No such image. (2) No way out.')
    expect(both.remedy).toBe('(1) Push it. (2) Add a NAT gateway.')
    const three = explained({ kind: 'refused', cause: 'problems', problems: [one, two, { ...two, reason: 'No DNS.' }] })
    expect(three.remedy).toBe('(1) Push it. (2)(3) Add a NAT gateway.')
  })
})

describe('a task of another database', () => {
  const outcome: Outcome = { kind: 'failed', cause: 'wrong-database', evidence: 'ECS shows crm' }

  it.each([
    ['ran', ranTask, /Find out which database/],
    ['is not known to have ended', { taskArn }, /Find out which database/],
    [
      'was stopped before',
      { taskArn, lastStatus: 'STOPPED', containers: [{ name: 'app' }] },
      /No database was touched/,
    ],
  ])('whose container %s', (_, task, remedy) => {
    expect(explained(outcome, { task }).remedy).toMatch(remedy)
  })
})
