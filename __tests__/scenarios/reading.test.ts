/** What the container said, read: one cause of each class, and how it stands where others read it. */
import { expect, test } from '@jest/globals'
import { openWorld, type StepEvidence } from '../faults/stage.ts'
import { log, scenario } from './scenario.ts'

interface Case {
  /** By this name the container knows what to print. */
  readonly database: string
  readonly prints: readonly string[]
  readonly exitCode: number
  readonly cause?: string
  /** The line that says why. */
  readonly line?: string
  readonly reason?: RegExp
  readonly remedy?: RegExp
}

const ROW = 'mary@example.org'

const cases: readonly Case[] = [
  { database: 'success', prints: ['57 tables', 'npm notice New version'], exitCode: 0, line: '57 tables' },
  {
    database: 'connection',
    prints: ['OperationalError: connection to server at "10.0.0.9", port 5432 failed: Connection timed out'],
    exitCode: 1,
    cause: 'timeout',
    line: 'OperationalError: connection to server at "10.0.0.9", port 5432 failed: Connection timed out',
    remedy: /sg-0a1b2c3d/,
  },
  {
    database: 'database',
    prints: ['Applying 0002', 'psql:2.sql:1: ERROR:  relation "orders" does not exist', 'LINE 1: alter table orders'],
    exitCode: 3,
    cause: 'no-relation',
    line: 'relation "orders" does not exist',
    reason: /^relation "orders" does not exist \(exit code 3, while applying 2\.sql\)\. /,
  },
  {
    database: 'guard',
    prints: ['CommandError: Connected to the database acme, but DATABASE_NAME is guard. Nothing was changed.'],
    exitCode: 1,
    cause: 'another-database-refused',
    line: 'CommandError: Connected to the database acme, but DATABASE_NAME is guard. Nothing was changed.',
    remedy: /take the name of the database from DATABASE_NAME/,
  },
  {
    database: 'raised',
    prints: [
      'Running migrations:',
      '  Applying sales.0010_tax... OK',
      '  Applying sales.0011_totals...Traceback (most recent call last):',
      '  File "/venv/django/db/backends/postgresql/schema.py", line 45, in execute',
      'ValueError: 3 orders are too small',
    ],
    exitCode: 1,
    cause: 'raised-by-code',
    line: 'ValueError: 3 orders are too small',
    reason:
      /^ValueError: 3 orders are too small \(exit code 1, while applying sales\.0011_totals\)\. .* sales\.0010_tax \(1 in all\)\. .* rolled back, /,
  },
  {
    database: 'tool-state',
    prints: ['error: Dirty database version 2. Fix and force version.'],
    exitCode: 1,
    cause: 'dirty',
    line: 'Dirty database version 2. Fix and force version.',
  },
  {
    database: 'image',
    prints: ['Traceback (most recent call last):', "ModuleNotFoundError: No module named 'psycopg'"],
    exitCode: 1,
    cause: 'py-module',
    line: "ModuleNotFoundError: No module named 'psycopg'",
  },
  {
    database: 'rows',
    prints: [
      `ERROR:  duplicate key value violates unique constraint "users_email" DETAIL:  Key (email)=(${ROW}) already exists.`,
    ],
    exitCode: 1,
    cause: 'unique',
    line: 'duplicate key value violates unique constraint "users_email"',
  },
  {
    database: 'quiet',
    prints: ['ERROR:  column "total" does not exist', 'finished'],
    exitCode: 0,
    cause: 'no-column',
    line: 'column "total" does not exist',
  },
  { database: 'silent', prints: [], exitCode: 4, cause: 'exit-code-4', reason: /printed nothing/ },
  {
    database: 'unknown',
    prints: ['Error: our own check of tenants failed', 'bye'],
    exitCode: 9,
    cause: 'exit-code-9',
    line: 'our own check of tenants failed',
    reason: /names no cause that this action knows/,
  },
]

/** Commands stand in log and summary, so what is printed comes from files. */
const container = 'cat "$DATABASE_NAME"; exit "$(cat "$DATABASE_NAME.code")"'

const files = Object.fromEntries(
  cases.flatMap(({ database, prints, exitCode }) => [
    [database, prints.map((line) => `${line}\n`).join('')],
    [`${database}.code`, `${exitCode}`],
  ]),
)

interface Result {
  readonly database: string
  readonly cause?: string
  readonly line?: string
  readonly reason?: string
  readonly remedy?: string
}

scenario('a cause of each class', {
  about: 'Each database fails, or does not, in its own way: results, annotations and summary say how.',
  container,
  files,
  inputs: {
    'database-name': cases.map(({ database }) => database).join(','),
    'max-parallel': '8',
    'fail-fast': 'false',
  },
  approved: false,
  check: ({ run }) => {
    const results = JSON.parse(run.outputs.results ?? '[]') as readonly Result[]
    expect(results.map(({ database, cause, line }) => ({ database, cause, line }))).toEqual(
      cases.map(({ database, cause, line }) => ({ database, cause, line })),
    )
    for (const [index, { reason, remedy }] of cases.entries()) {
      if (reason !== undefined) expect(results[index]?.reason).toMatch(reason)
      if (remedy !== undefined) expect(results[index]?.remedy).toMatch(remedy)
    }
    const said = run.annotations.map(({ message }) => message).join('\n')
    for (const { line, exitCode } of cases)
      if (line !== undefined && line !== '57 tables')
        expect({ said, exitCode }).toMatchObject({ said: expect.stringContaining(line) })
    expect(said).toContain('[quiet-failure]')
    // What travels further than the log holds no values of rows; the end of the log, folded, does.
    expect([said, JSON.stringify(run.outputs)].join('\n')).not.toContain(ROW)
    expect(run.summary?.replace(/<pre>[\s\S]*?<\/pre>/g, '')).not.toContain(ROW)
    expect(run.summary).toContain(ROW)
  },
})

scenario('a check of its own fails', {
  about: 'Annotation and heading name the command, and the remedy is that of a check.',
  inputs: {
    'database-name': 'crm',
    command: JSON.stringify(['sh', '-c', 'echo "You have 2 pending migrations:"; exit 1']),
  },
  approved: false,
  check: ({ run }) => {
    expect(run.outputs).toMatchObject({ outcome: 'failed', cause: 'pending-migrations' })
    expect(run.annotations.at(-1)).toMatchObject({
      message: expect.stringMatching(/^crm: sh -c echo .* failed: You have 2 pending migrations: \(exit code 1\)/),
    })
    expect(run.summary).toMatch(/^<h2>❌ <code>sh -c echo [^<]*exit 1<\/code> · <code>crm<\/code>: failed, /m)
  },
})

scenario('a cause that is not read', {
  about: 'With stream-logs: false no line of the container stands anywhere, and the reason says that it was not read.',
  container,
  files,
  inputs: { 'database-name': 'rows', 'stream-logs': 'false' },
  approved: false,
  check: (step) => {
    const { run } = step
    expect(run.outputs).toMatchObject({ outcome: 'failed', cause: 'exit-code-1' })
    const everything = [log(step), run.summary, JSON.stringify([run.annotations, run.outputs])].join('\n')
    expect(everything).not.toMatch(/duplicate key|users_email|mary@/)
    expect(run.annotations[0]?.message).toContain('Its log was not read.')
  },
})

scenario('a start that takes most of the time', {
  about: 'The summary says what took the minutes, with the size of the image as ECR has it.',
  scale: 10, // at 20 a busy machine's own delays weigh as much as the start
  timing: { pending: 70_000 },
  inputs: { preflight: 'true' },
  approved: false,
  check: ({ run }) => {
    expect(run.summary).toMatch(
      /<p>Image and secrets took .* of .*\. Fargate fetches the whole image for every task, which has 50 MB compressed: .* 256 CPU units/,
    )
  },
})

test.concurrent('a cause that stands in the log of an earlier run', async () => {
  const world = await openWorld({
    scale: 20,
    container:
      'if [ -e failed ]; then echo "Error: Dirty database version 2. Fix and force version."; else : >failed; echo "pq: deadlock detected"; fi; exit 1',
  })
  const taskOf = ({ run }: StepEvidence): string => (run.outputs['task-arn'] ?? '').split('/').at(-1) ?? ''
  const wait = { inputs: { 'if-running': 'wait' } }
  try {
    const first = await world.run(wait)
    const [second, third] = [await world.run(wait), await world.run(wait)]
    expect(first.run.outputs.cause).toBe('deadlock')
    expect(first.run.summary).not.toContain('The run that failed first')
    for (const { run } of [second, third]) {
      expect(run.outputs).toMatchObject({ cause: 'dirty', outcome: 'failed' })
      expect(run.outputs['task-url']).not.toContain(taskOf(first))
      expect(run.annotations.at(-1)?.message).toMatch(new RegExp(`That was task https://\\S+${taskOf(first)}`))
      expect(run.summary).toMatch(
        new RegExp(`<a href="https://[^"]+${taskOf(first)}[^"]*">The run that failed first</a>`),
      )
    }
  } finally {
    await world.close()
  }
}, 60_000)
