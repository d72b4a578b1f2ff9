import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { excerpt } from '../../src/explain/log/excerpt.ts'
import { type LogReading, readLog } from '../../src/explain/log/read-log.ts'
import { SIGNATURES } from '../../src/explain/log/table.ts'
import type { Startup } from '../../src/model.ts'
import { startupOf } from '../../src/plan/startup.ts'
import { type Output, outputs, toolOf } from '../corpus/outputs.ts'
import { hostileText } from './hostile-text.ts'

const all = outputs()
const failures = all.filter(({ exitCode }) => exitCode !== 0)
const successes = all.filter(({ exitCode }) => exitCode === 0)

/**
 * What a log says instead of the cause that was provoked, because its tool or driver knows no more: a second run
 * meets the record of the first one, a driver hides the server's reason behind "connection closed".
 */
const AS_GOOD: Readonly<Record<string, readonly string[]>> = {
  closed: ['closed-connecting', 'timeout', 'unreached'],
  timeout: ['closed-connecting', 'closed', 'unreached'],
  terminated: ['closed'],
  dns: ['unreached'],
  refused: ['unreached'],
  'no-route': ['unreached'],
  exists: ['dirty', 'failed-earlier'],
  unique: ['dirty', 'failed-earlier'],
  syntax: ['dirty', 'failed-earlier', 'exists', 'py-syntax'],
  'no-role': ['no-connect'],
  'pg-hba': ['no-connect'],
  'ssl-required': ['no-connect'],
  'schema-perm': ['baseline'],
  'engine-download': ['node-module'],
}

/** drizzle-kit prints its spinner and nothing of the cause. */
function saysNothing(output: Output): boolean {
  return toolOf(output) === 'drizzle-kit'
}

function read({ lines, exitCode, command }: Output): LogReading {
  return readLog(lines, { exitCode, ...running('sh', '-c', command.replace(/ \(.*$/, '')) })
}

/** The words, and the programs that they start in the end. */
function running(...words: readonly string[]): Pick<Startup, 'programs'> & { readonly words: readonly string[] } {
  return { words, programs: startupOf({ command: [...words] }, {}).programs }
}

function idOf(reading: LogReading): string | null {
  return 'id' in reading ? reading.id : null
}

interface Score {
  readonly right: number
  readonly none: readonly string[]
  readonly wrong: readonly string[]
}

function score(of: readonly Output[]): Score {
  const none: string[] = []
  const wrong: string[] = []
  for (const output of of) {
    const id = idOf(read(output))
    if (id === output.cause || AS_GOOD[output.cause ?? '']?.includes(id ?? '')) continue
    const miss = `${output.name}: ${output.cause}, read as ${id}`
    if (id === null) none.push(miss)
    else wrong.push(miss)
  }
  return { right: (of.length - none.length - wrong.length) / of.length, none, wrong }
}

describe('the outputs of real tools', () => {
  const provoked = failures.filter((output) => output.provoked && !saysNothing(output))

  it('are read as what was provoked, nearly all, and hardly ever as another cause', () => {
    const { right, wrong, none } = score(provoked)
    expect(provoked.length).toBeGreaterThan(900)
    expect({
      right: right >= 0.99,
      wrong: wrong.length / provoked.length <= 0.005,
      misses: [...wrong, ...none],
    }).toEqual({ right: true, wrong: true, misses: expect.any(Array) })
  })

  it.each([...new Set(provoked.map(toolOf))])('are read for %s as well as for all', (tool) => {
    const { right, wrong } = score(provoked.filter((output) => toolOf(output) === tool))
    expect({ tool, right: right >= 0.95, wrong: wrong.length <= 1 ? [] : wrong }).toEqual({
      tool,
      right: true,
      wrong: [],
    })
  })

  it('of a tool that hides the error are read as that, or by what it let slip', () => {
    const hidden = score(failures.filter((output) => output.provoked && saysNothing(output)))
    expect(hidden.none).toEqual([])
    expect(hidden.wrong.filter((miss) => !/, read as (?:hidden-by-tool|closed)$/.test(miss))).toEqual([])
  })

  it('that failed by chance or mistake are read as what they were', () => {
    const others = failures.filter((output) => !output.provoked && output.cause !== null)
    expect(score(others)).toEqual({ right: 1, none: [], wrong: [] })
  })

  it('that name no cause are read as none', () => {
    expect(score(failures.filter(({ cause }) => cause === null)).wrong).toEqual([])
  })

  it('that succeeded are never taken for a failure', () => {
    const fine = successes.filter(({ cause, provoked }) => cause === null || provoked)
    const taken = fine.filter((output) => idOf(read(output)) !== null && !meantToFail(output))
    expect(taken.map(({ name }) => name)).toEqual([])
  })

  it('that ended with 0 and failed all the same are noticed', () => {
    const quiet = successes.filter(meantToFail)
    expect(quiet.length).toBeGreaterThanOrEqual(47)
    expect(quiet.filter((output) => read(output).kind !== 'quiet-failure').map(({ name }) => name)).toEqual([])
  })

  it('never give a line that is too long, holds a control character, a password or values of rows', () => {
    for (const output of all) {
      const reading = read(output)
      if (!('line' in reading)) continue
      expect(reading.line.length).toBeLessThanOrEqual(300)
      expect(reading.line).not.toMatch(/[\x00-\x1f\x7f]|\ba@x\b|s3cret|DETAIL:|\(99\)/)
    }
  })
})

/** psql without ON_ERROR_STOP, a shell that hides the code, a tool that finds no migrations. */
function meantToFail({ name, cause, provoked }: Output): boolean {
  if (name.startsWith('psql-no-on-error-stop/')) return cause !== null && !(provoked && NOT_IN_A_TRANSACTION.test(name))
  return /_hides_failure|without_set_e|flyway\/(?:empty_dir|no_dir|wrong_location|bad_name)|prisma-wasm\/empty_dir|empty_migrations_dir|node-pg-migrate\/module_not_found|shell\/(?:or_true|pipe_to_cat|tool_missing_then_echo)/.test(
    name,
  )
}

/** psql runs each statement by itself: these three succeed. */
const NOT_IN_A_TRANSACTION = /concurrently_in_tx|enum_unsafe|pending_trigger/

function failing(...lines: readonly string[]): LogReading {
  return readLog(lines, { exitCode: 1 })
}

describe('the line that says why', () => {
  it('is the last of the best class: the server knows more than what broke after it', () => {
    const reading = failing(
      'ERROR:  deadlock detected',
      'ERROR:  relation "orders" does not exist',
      'error: Client has encountered a connection error and is not queryable',
      'Error: Connection terminated unexpectedly',
      "TypeError: Cannot read properties of undefined (reading 'end')",
    )
    expect(reading).toMatchObject({ id: 'no-relation', line: 'relation "orders" does not exist' })
  })

  it('is a message before a code: 42501 has several causes', () => {
    expect(failing('error: must be owner of table orders', "  code: '42501',")).toMatchObject({ id: 'owner' })
    expect(failing('FEHLER: Tabelle existiert nicht', "  code: '42P01',")).toMatchObject({
      id: 'no-relation',
      line: 'FEHLER: Tabelle existiert nicht',
    })
  })

  it('is no line that only names the migration, nor one with the code alone', () => {
    const named = ['Applied: 20260101_raise_exception.sql in 2 ms', '== 20260101 RaiseException: migrating ===']
    expect(failing(...named, 'Error: pq: 12 rows left (P0001)')).toMatchObject({
      id: 'raised',
      line: '12 rows left (P0001)',
    })
    expect(failing('Message    : (conn=8) the lines are down: cannot go on', 'SQL State  : 08000')).toMatchObject({
      id: 'closed',
      line: 'the lines are down: cannot go on',
    })
  })

  it('is no history table, also where it stands in one line with the cause', () => {
    const line =
      'goose run: ERROR: relation "goose_db_version" does not exist (SQLSTATE 42P01); ERROR: permission denied for schema public (SQLSTATE 42501)'
    expect(failing(line)).toMatchObject({ id: 'schema-perm' })
    expect(failing('ERROR: relation "public.schema_migrations" does not exist')).toMatchObject({ kind: 'unknown' })
  })

  it('is no stack frame and no statement, whatever words they hold', () => {
    const reading = failing(
      'error: permission denied for table orders',
      '    at Query.already exists (/app/deadlock detected.js:1:1)',
      '  File "/app/0002_deadlock detected.py", line 3, in forwards',
      '    raise ValueError("syntax error at or near")',
      `[SQL: insert into notes values ('relation "x" already exists')]`,
      `insert into notes values ('deadlock detected')`,
      `LINE 1: select 'relation "x" already exists'`,
      'HINT:  deadlock detected',
    )
    expect(reading).toMatchObject({ id: 'table-perm' })
  })

  it('is not hidden by colours, by a carriage return or by a spinner drawn anew', () => {
    expect(failing('\x1b[31mError:\x1b[0m deadlock \x1b[1mdetected\x1b[0m')).toMatchObject({
      line: 'deadlock detected',
    })
    expect(failing('applying 10 %\rError: deadlock detected\r')).toMatchObject({ line: 'deadlock detected' })
    const spinner = '[⣷] applying migrations...\x1b[2K\x1b[1G[⣯] applying migrations...\x1b[2K\x1b[1G'
    expect(failing(`${spinner}Error: deadlock detected`)).toMatchObject({ line: 'deadlock detected' })
  })

  it('is never a NOTICE, nor anything that was skipped', () => {
    expect(failing('NOTICE:  relation "x" already exists, skipping', 'boom')).toEqual({ kind: 'unknown', line: 'boom' })
    expect(failing('psql:a.sql:1: NOTICE:  relation "x" already exists, skipping')).not.toHaveProperty('id')
  })

  it('is looked for in the last 80 lines', () => {
    const frames = (count: number) =>
      Array.from({ length: count }, (_, index) => `    at frame${index} (/app/x.js:1:1)`)
    expect(failing('error: deadlock detected', ...frames(79))).toMatchObject({ id: 'deadlock' })
    expect(failing('error: deadlock detected', ...frames(80))).not.toHaveProperty('id')
  })

  it('is the last that looks like an error where no cause is known, else the last', () => {
    expect(failing('Error: our own check of tenants failed', 'bye', 'npm notice New version')).toEqual({
      kind: 'unknown',
      line: 'our own check of tenants failed',
    })
    expect(failing('starting', 'bye', '', '    at x (y.js:1:1)')).toEqual({ kind: 'unknown', line: 'bye' })
    expect(failing('', 'npm notice')).toEqual({ kind: 'silent' })
    expect(failing()).toEqual({ kind: 'silent' })
  })

  it('has a remedy that names the security groups of the task', () => {
    const lines = ['connection to server at "10.0.0.9", port 5432 failed: timeout expired']
    expect(readLog(lines, { securityGroups: ['sg-1', 'sg-2'] })).toMatchObject({
      remedy: expect.stringContaining("let in the task's security groups (sg-1, sg-2)"),
    })
    expect(readLog(lines, {})).toMatchObject({ remedy: expect.stringContaining("let in the task's security group on") })
  })
})

describe('a line without its end, which a log driver sends when the program is gone', () => {
  const begun = /^( +Applying \S+\.\.\.)(?=Traceback)/

  it('changes nothing of what is read where it stands after the traceback', () => {
    const cut = failures.filter(({ lines }) => lines.some((line) => begun.test(line)))
    expect(cut.length).toBeGreaterThan(50)
    for (const output of cut) {
      const late = output.lines.flatMap((line) => begun.exec(line)?.[1] ?? [])
      const lines = [...output.lines.map((line) => line.replace(begun, '')), ...late]
      expect({ name: output.name, ...read({ ...output, lines }) }).toEqual({ name: output.name, ...read(output) })
    }
  })

  it('is not taken for the line that tells, of whatever class the exception is', () => {
    const raised = ['Traceback (most recent call last):', '  File "/app/sales/totals.py", line 4, in fill']
    const source = ['    raise TotalsDiffer(', '    ~~~~~~~~~~~~~^', '        "not found"', '    )']
    expect(
      failing(...raised, ...source, 'sales.totals.TotalsDiffer: by 3', '  Applying sales.0011_totals...'),
    ).toMatchObject({
      kind: 'unknown',
      line: 'sales.totals.TotalsDiffer: by 3',
      underWay: { migration: 'sales.0011_totals' },
    })
  })
})

describe('a traceback that is indented as a whole, as by a program that prints the output of another', () => {
  const inLibrary = Array.from({ length: 20 }, (_, index) => [
    `      File "/usr/lib/python3.12/site-packages/django/db/utils.py", line ${index}, in __exit__`,
    '        raise dj_exc_value',
  ])
  const said = 'psycopg.errors.DuplicateTable: relation "users" already exists'
  const lines = ['    Traceback (most recent call last):', ...inLibrary.flat(), `    ${said}`]

  it('is read to the line that ends it', () => {
    expect(failing(...lines)).toMatchObject({ kind: 'failure', id: 'exists' })
  })

  it('is shown with that line', () => {
    expect(excerpt(lines, 30).lines.at(-1)).toBe(`    ${said}`)
  })
})

describe('the excerpt of a log', () => {
  const isOfLibrary = (line: string) => /\/site-packages\/|<frozen |node_modules|node:|\/gems\//.test(line)

  it('has all but frames of libraries that the same number of last lines would have, in their order', () => {
    let gained = 0
    for (const { lines, name } of all) {
      const shown = excerpt(lines, 30).lines
      const [last, more] = [lines.slice(-30), lines.slice(-excerpt(lines, 30).span)]
      const own = last.filter((line) => /^\S/.test(line) && !isOfLibrary(line))
      expect({ name, lost: own.filter((line) => !shown.includes(line)) }).toEqual({ name, lost: [] })
      expect(shown.length).toBeLessThanOrEqual(30)
      const kept = shown.filter((line) => !/^ {4}… \d+ lines in libraries$/.test(line))
      let at = -1
      for (const line of kept) {
        const next = more.indexOf(line, at + 1)
        expect({ name, line, inOrder: next > at }).toEqual({ name, line, inOrder: true })
        at = next
      }
      if (kept.some((line) => !last.includes(line))) gained++
    }
    expect(gained).toBeGreaterThan(200)
  })

  it.each([
    ['django52-psycopg3/no_relation', '  File "/app/django52-psycopg3/no_relation/manage.py", line 7, in main'],
    ['alembic-psycopg2/no_relation', "    op.execute('alter table nowhere add column x int')"],
  ])('of %s has the frames of the application and the line that ends it', (name, frame) => {
    const lines = all.find((output) => output.name === name)?.lines ?? []
    expect(lines.slice(-30)).not.toContain(frame)
    expect(excerpt(lines, 30).lines).toContain(frame)
    expect(excerpt(lines, 30).lines.at(-1)).toBe(lines.at(-1))
  })

  it.each([
    [
      [
        'error: no',
        '    at a (/app/node_modules/pg/x.js:1:1)',
        '    at b (node:internal/x:1:1)',
        '    at up (/app/up.js:3:1)',
      ],
      ['error: no', '    … 2 lines in libraries', '    at up (/app/up.js:3:1)'],
    ],
    [
      ['PG::X: no', "/usr/gems/pg-1/lib/pg.rb:1:in `x'", "  from /app/db/1_a.rb:2:in `up'", '    indented'],
      ["/usr/gems/pg-1/lib/pg.rb:1:in `x'", "  from /app/db/1_a.rb:2:in `up'", '    indented'],
    ],
    [
      ['a', 'b'],
      ['a', 'b'],
    ],
  ])('of %j has three lines: %j', (lines, shown) => {
    expect(excerpt(lines, 3).lines).toEqual(shown)
  })
})

describe('the migration that was under way', () => {
  it('is the one that failed, where its tool says which', () => {
    const letters = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '')
    const named = failures.flatMap((output) => {
      const reading = read(output)
      return 'underWay' in reading ? [{ output, migration: reading.underWay?.migration ?? '' }] : []
    })
    // The case gives the migration that fails its name, but where the tool's own history, or no statement, is what fails.
    const others = named.filter(
      ({ output, migration }) =>
        !letters(migration).includes(letters(output.name.replace(/^.*\/(?:again_after_)?/, ''))) &&
        !/_init|\b0002_x$|[ _-]?probe|::p::/i.test(migration),
    )
    expect(named.length).toBeGreaterThan(470)
    expect(others.map(({ output, migration }) => `${output.name}: ${migration}`)).toEqual([])
  })

  it.each([
    [['  Applying sales.0011_totals...Traceback (most recent call last):'], 'sales.0011_totals'],
    [['  Applying sales.0010_a... OK', '  Applying sales.0011_totals...', 'half of it'], 'sales.0011_totals'],
    [['  Applying sales.0011_totals...', 'halfway', ' OK'], undefined],
    [['== 20260301 AddTotals: migrating ======', '== 20260301 AddTotals: migrated (0.1s) ==='], undefined],
    [['== 20260301 AddTotals: migrated (0.1s) ===', '== 20260302 DropIt: migrating ==='], '20260302 DropIt'],
    [['INFO  [alembic.runtime.migration] Running upgrade 1a -> 2b, totals'], undefined],
    [['  File "/app/versions/2b_totals.py", line 9, in upgrade', '    op.execute(x)'], '2b_totals'],
    [['2026/02/03 04:05:06 Read and execute 7/u totals', '2026/02/03 04:05:06 Finished 6/u x'], undefined],
    [['2026/02/03 04:05:06 Read and execute 7/u totals'], '7/u totals'],
    [['  2026_03_01_000000_create_totals ......... 12.50ms FAIL'], '2026_03_01_000000_create_totals'],
    [['Migrating: 2026_03_01_a', 'Migrated:  2026_03_01_a (3ms)', 'Migrating: 2026_03_02_b'], '2026_03_02_b'],
    [['Migration name: 20260301_totals'], '20260301_totals'],
    [['migration file "mysql://app:hush@db/x" failed'], '***'],
    [['The migration sales.0011_totals is next'], undefined],
  ])('of %j is %s', (lines, migration) => {
    const reading = failing(...lines, 'Error: our own check failed')
    expect('underWay' in reading ? reading.underWay?.migration : undefined).toBe(migration)
  })

  it.each([
    ['  Applying sales.0011_totals...', 'applying'],
    ['  Unapplying sales.0011_totals...', 'reverting'],
    ['== 20260301 AddTotals: migrating ======', 'applying'],
    ['== 20260301 AddTotals: reverting ======', 'reverting'],
    ['  File "/app/versions/2b_totals.py", line 9, in upgrade', 'applying'],
    ['  File "/app/versions/2b_totals.py", line 9, in downgrade', 'reverting'],
    ['2026/02/03 04:05:06 Read and execute 7/u totals', 'applying'],
    ['2026/02/03 04:05:06 Read and execute 7/d totals', 'reverting'],
    ['psql:2.sql:1: ERROR:  cannot alter "/d x"', 'applying'],
  ])('of %j was %s', (text, direction) => {
    const reading = failing(text, 'Error: our own check failed')
    expect('underWay' in reading ? reading.underWay?.direction : undefined).toBe(direction)
  })

  it('is none of an attempt before the one that got no connection', () => {
    const before = ['  Applying sales.0011_totals...', 'MigrationStopped: again']
    expect(failing(...before, 'could not connect: Connection refused')).not.toHaveProperty('underWay')
    expect(failing(...before, 'server closed the connection unexpectedly')).toHaveProperty('underWay')
  })
})

describe('an error of the program', () => {
  const frames = [
    'Traceback (most recent call last):',
    '  File "/app/sales/migrations/0011_totals.py", line 4, in fill',
  ]
  const settings = ['    mod = importlib.import_module(self.SETTINGS_MODULE)']
  const importing = ['  File "/usr/lib/python3.13/importlib/__init__.py", line 88, in import_module', '    return x']

  it.each([
    ['raised-by-code', ['ValueError: order below the new minimum of 50']],
    ['raised-by-code', ['RuntimeError: 12 orders have no customer']],
    ['raised-by-code', ["KeyError: 'customer'"]],
    ['raised-by-code', ['AssertionError [ERR_ASSERTION]: totals differ']],
    ['raised-by-code', ['rake aborted!', 'Caused by:', 'RuntimeError: totals differ']],
    ['raised-by-code', [...frames, '    raise TotalsDiffer(3)', 'sales.errors.TotalsDiffer: by 3']],
    ['raised-by-code', ['  Applying sales.0011_totals...', 'CommandError: 3 totals differ']],
    ['py-syntax', [...frames, '    totals.sum()', "AttributeError: 'Order' object has no attribute 'sum'"]],
    ['py-syntax', ["NameError: name 'totals' is not defined"]],
    ['deadlock', [...frames, '    x()', 'django.db.utils.OperationalError: deadlock detected']],
    [undefined, [...frames, '    x()', 'psycopg.errors.Unheard: of']],
    [undefined, ['CommandError: 3 totals differ']],
    [
      undefined,
      ['  File "/lib/django/db/migrations/executor.py", line 9, in x', '    x()', 'sales.TotalsDiffer: by 3'],
    ],
  ])('is %s: %j', (id, lines) => {
    const reading = failing(...lines)
    expect({ id: idOf(reading) ?? undefined, line: 'line' in reading ? reading.line : '' }).toEqual({
      id,
      line: expect.stringContaining((lines.at(-1) ?? '').replace(/^[\w.]*: /, '')),
    })
  })

  it.each([
    '?: (urls.E007) The custom handler404 view does not take the correct number of arguments (request, exception).',
    'crm.Lead: (models.E028) db_table lead is used by multiple models: crm.Lead, sales.Lead.',
  ])('of a system check of Django is the error itself: %s', (error) => {
    const hint = ['', 'WARNINGS:', 'crm.Lead.id: (fields.W342) Setting unique=True …', '\tHINT: use OneToOneField.']
    const before = ['SystemCheckError: System check identified some issues:', '', 'ERRORS:']
    const reading = failing(...before, error, ...hint, '', 'System check identified 2 issues (0 silenced).')
    expect(reading).toMatchObject({ id: 'django-check', line: error })
  })

  it.each([
    ['settings-module', [...settings, ...importing, "ModuleNotFoundError: No module named 'prod'"]],
    ['py-module', [...settings, '  File "/app/prod.py", line 1', "ModuleNotFoundError: No module named 'environ'"]],
    ['py-module', ["ModuleNotFoundError: No module named 'prod'"]],
  ])('in an import of settings is %s: %j', (id, lines) => {
    expect(failing(...lines)).toMatchObject({ id })
    expect(readLog(lines, { exitCode: 0 })).toMatchObject({ kind: 'quiet-failure', id })
  })
})

describe('a program that is connected to another database, or is asked for a migration that it does not have', () => {
  const command = (name: string) => readFileSync(`examples/django/startupwebapp/management/commands/${name}.py`, 'utf8')
  const guard = command('migrate')
  const sentence = /f"(Connected to the database \{\w+\}[^"]*)"/.exec(guard)?.[1] ?? ''

  it.each([
    ['acme', 'globex'],
    ['postgres', 'None'],
  ])("is read in the words of the example's guard: %s instead of %s", (connected, meant) => {
    const names = [connected, meant]
    const said = sentence.trim().replace(/\{\w+\}/g, () => names.shift() ?? '')
    const trace = ['Running migrations:', 'Traceback (most recent call last):', '  File "/venv/x.py", line 9, in check']
    expect(failing(...trace, `CommandError: ${said} Let "NAME" read DATABASE_NAME.`)).toMatchObject({
      id: 'another-database-refused',
      line: expect.stringContaining(`database ${connected}, but DATABASE_NAME is ${meant}. `),
      remedy: expect.stringContaining('DATABASE_NAME'),
    })
  })

  it.each([
    ['migrate', /f"(This image [^{"]*)/, 'image-too-old'],
    ['rollback', /"(There is nothing [^"]*)/, 'nothing-to-undo'],
  ])("is read in the words of the example's %s", (name, pattern, id) => {
    const said = pattern.exec(command(name))?.[1]
    expect(said).toBeDefined()
    expect(failing('Operations to perform:', `CommandError: ${said} orders.0003_later.`)).toMatchObject({ id })
  })

  it.each([
    ["CommandError: Cannot find a migration matching '0009_x' from app 'orders'.", 'no-such-migration'],
    ["CommandError: More than one migration matches '00' in app 'tax'. Please be more specific.", 'no-such-migration'],
    ["CommandError: App 'tax' does not have migrations.", 'no-such-migration'],
    ["CommandError: No installed app with label 'taxes'. Did you mean 'tax'?", 'usage'],
    ['ActiveRecord::UnknownMigrationVersionError: No migration with version number 20260101.', 'no-such-migration'],
    ['  No migrations to apply.', null],
    ['Connected to the database acme', null],
  ])('%s is read as %s', (text, id) => {
    expect(idOf(failing(text))).toBe(id)
  })
})

describe('the line that says why, of servers and tools that the corpus does not have', () => {
  it.each([
    ['auth', "SqlException (0x80131904): Login failed for user 'app'."],
    ['no-relation', "Invalid object name 'orders'."],
    ['exists', "There is already an object named 'orders' in the database."],
    ['deadlock', 'Transaction (Process ID 53) was deadlocked on lock resources with another process.'],
    [
      'unreached',
      'A network-related or instance-specific error occurred while establishing a connection to SQL Server.',
    ],
    ['unreached', 'error: pool timed out while waiting for an open connection'],
    ['no-relation', 'ORA-00942: table or view does not exist'],
    ['auth', 'ORA-01017: invalid username/password; logon denied'],
    ['checksum', 'error: migration 20240101 was previously applied but has been modified'],
    ['dns', '** (DBConnection.ConnectionError) tcp connect (db:5432): non-existing domain - :nxdomain'],
    [
      'no-relation',
      "SQLSTATE[42S02]: Base table or view not found: 1146 Table 'app.orders' doesn't exist (Connection: mysql, SQL: x)",
    ],
    ['exists', 'Npgsql.PostgresException (0x80004005): 42P07: relation "orders" already exists'],
    ['syntax', 'Error: sql/migrate: executing statement "create tabel x": pq: syntax error at or near "tabel"'],
  ])('%s: %s', (id, text) => {
    expect(failing(text)).toMatchObject({ id })
  })
})

describe('what is quoted', () => {
  const line = (text: string): string => {
    const reading = failing(text)
    return 'line' in reading ? reading.line : ''
  }

  it.each([
    [`ERROR:  invalid input syntax for type integer: "Mary's"`, `invalid input syntax for type integer: '…'`],
    ["Error: Duplicate entry 'O'Brien' for key 'users.name'", "Duplicate entry '…' for key 'users.name'"],
    [
      `(pymysql.err.DataError) (1366, "Incorrect integer value: 'a 'b' c' for column 'n' at row 1")`,
      "Incorrect integer value: '…' for column 'n' at row 1 (1366)",
    ],
    [
      "Violation of UNIQUE KEY constraint 'uq'. Cannot insert duplicate key in object 'dbo.users'. The duplicate key value is (a@x).",
      "Violation of UNIQUE KEY constraint 'uq'. Cannot insert duplicate key in object 'dbo.users'. The duplicate key value is ('…').",
    ],
    ['ERROR:  value "99999999999" is out of range for type integer', "value '…' is out of range for type integer"],
    [
      'pq: duplicate key value violates unique constraint "users_email_key" DETAIL:  Key (email)=(a@x) already exists.',
      'duplicate key value violates unique constraint "users_email_key"',
    ],
    [
      `error: insert into users values ('a@x - b') - relation "users" does not exist`,
      'relation "users" does not exist',
    ],
    [
      `goose run: ERROR 2.sql: failed to run SQL migration: failed to execute SQL query "insert into a values ('x')": ERROR: relation "a" does not exist (SQLSTATE 42P01)`,
      'relation "a" does not exist (SQLSTATE 42P01)',
    ],
    [
      'error: migration failed: deadlock detected in line 0: update users set name = 1;',
      "migration failed: deadlock detected in line 0: '…'",
    ],
    [
      `SQLSTATE[42P07]: Duplicate table: 7 ERROR:  relation "x" already exists (Connection: pgsql, SQL: create table x (a text default 'b'))`,
      'SQLSTATE[42P07]: Duplicate table: 7 ERROR: relation "x" already exists',
    ],
    [
      "(15289, 'active', datetime.datetime(2026, 1, 2, 3, 4), 'Lock', [15199], 'ALTER TABLE x')",
      "(15289, 'active', datetime.datetime(2026, 1, 2, 3, 4), 'Lock', [15199], 'ALTER TABLE x')",
    ],
    ["(41, 'tables')", "(41, 'tables')"],
    [`OperationalError: (7, 'a', 8, 'b')`, `OperationalError: (7, 'a', 8, 'b')`],
    [`django.db.utils.DataError: (7, 'a', 'b')`, `(7, 'a', 'b')`],
    [
      String.raw`MySQLdb.OperationalError: (1091, 'Can\'t DROP "x"; check that it exists')`,
      String.raw`Can\'t DROP "x"; check that it exists (1091)`,
    ],
    ['DrizzleQueryError: Failed query: insert into a values (1)', "Failed query: '…'"],
    [
      "You have an error in your SQL syntax; check the manual for the right syntax to use near 'values (17, 'x')' at line 1",
      "You have an error in your SQL syntax; check the manual for the right syntax to use near '…' at line 1",
    ],
    [
      'error: parse "postgres://app:s3cret%zz@db:5432/app": invalid URL escape "%zz"',
      'parse "*** invalid URL escape "%zz"',
    ],
    ['error: parse "postgres://app:p": invalid port ":p" after host', 'parse "*** invalid port "***" after host'],
    ['could not connect: postgres://app:a/b@c@db/app', 'could not connect: ***'],
    ['connection failed: host=db password=hush user=app', 'connection failed: host=db *** user=app'],
    [
      'see http://localhost:8080/x and https://db.internal:5432',
      'see http://localhost:8080/x and https://db.internal:5432',
    ],
  ])('of %s is %s', (given, wanted) => {
    expect(line(given)).toBe(wanted)
  })

  it('is at most 300 characters and ends with a whole word', () => {
    const words = `Error: ${'abcde fghij '.repeat(40)}`
    expect(line(words).length).toBeLessThanOrEqual(300)
    expect(line(words)).toMatch(/ (?:abcde|fghij) …$/)
    expect(line(`Error: ${'x'.repeat(400)}`)).toBe('…')
  })
})

describe('a command that ended with 0', () => {
  const ended = (lines: readonly string[], words: readonly string[] = []): LogReading =>
    readLog(lines, { exitCode: 0, ...running(...words) })

  it('failed quietly where the log names a cause and no success after it', () => {
    expect(ended(['psql:2.sql:1: ERROR:  relation "orders" does not exist', 'CREATE TABLE'])).toEqual({
      kind: 'quiet-failure',
      id: 'no-relation',
      line: 'relation "orders" does not exist',
      cause: expect.any(String),
      remedy: expect.stringContaining('ON_ERROR_STOP'),
    })
    const words = ['sh', '-c', 'python manage.py migrate | tee /tmp/log']
    expect(ended(['django.db.utils.OperationalError: deadlock detected'], words)).toMatchObject({
      kind: 'quiet-failure',
      remedy: expect.stringContaining('pipefail'),
    })
    expect(ended(['sh: 1: alembic: not found', 'done'], ['sh', '-c', 'alembic upgrade head; echo done'])).toMatchObject(
      {
        kind: 'quiet-failure',
        id: 'sh-missing',
        remedy: expect.stringContaining('set -e'),
      },
    )
  })

  it.each([
    [['connection to server failed: Connection refused', 'waiting', '  Applying shop.0001_init... OK']],
    [['psql: error: connection to server at "db" failed: Connection refused', 'db:5432 - accepting connections', 'go']],
    [['ERROR: relation "x" already exists', 'Schema "public" is up to date. No migration necessary.']],
    [['NOTICE:  relation "x" already exists, skipping', 'CREATE TABLE']],
    [['WARNING: role "x" does not exist', 'finished']],
    [['57 tables']],
  ])('did not, where %j is all there is', (lines) => {
    expect(ended(lines).kind).toBe(lines.some((text) => text.includes('No migration')) ? 'nothing-to-do' : 'success')
  })

  it.each([['--plan'], ['--check'], ['status'], ['--sql'], ['--dry-run']])('only looked with %s', (word) => {
    const lines = ['ERROR:  relation "orders" does not exist']
    expect(ended(lines, ['tool', word]).kind).toBe('success')
    expect(ended(lines, ['sh', '-c', `tool ${word}`]).kind).toBe('success')
  })

  it.each([
    ['python manage.py migrate; echo status ok', 'quiet-failure'],
    ['alembic upgrade head; echo "version $(cat VERSION)"', 'quiet-failure'],
    ['cat history info; tool up', 'quiet-failure'],
    ['tool status; tool up', 'quiet-failure'],
    ['set -e; cd /app && alembic current', 'success'],
    ['exec python manage.py migrate --plan', 'success'],
    ['echo version 3', 'quiet-failure'],
  ])('only looked where each of its programs did: %s', (script, kind) => {
    expect(ended(['ERROR:  relation "orders" does not exist'], ['bash', '-c', script]).kind).toBe(kind)
  })

  it('says what it said last, without noise', () => {
    expect(ended(['57 tables', '', '----', 'npm notice New major version of npm available!', '[⣷] '])).toEqual({
      kind: 'success',
      line: '57 tables',
    })
    expect(ended(['', '====='])).toEqual({ kind: 'silent' })
  })

  it('had nothing to do only where no work stands beside it', () => {
    expect(ended(['No migrations to apply.'])).toEqual({ kind: 'nothing-to-do', line: 'No migrations to apply.' })
    expect(ended(['  Applying shop.0001_init... OK', 'No migrations to apply.']).kind).toBe('success')
  })
})

describe('a tool that says which database it is connected to', () => {
  const connected = outputs().filter(
    ({ exitCode, lines }) => exitCode === 0 && /^(?:Database: jdbc:|Datasource ")/m.test(lines.join('\n')),
  )
  const asked = (output: Output, database: string): LogReading => readLog(output.lines, { exitCode: 0, database })

  it('is in the corpus', () => {
    expect([...new Set(connected.map(toolOf))].sort()).toEqual(['flyway', 'mysql-flyway', 'prisma-wasm'])
  })

  it.each(connected.map((output) => [output.name, output] as const))('%s', (_, output) => {
    expect(asked(output, 'ledger')).toMatchObject({
      kind: 'quiet-failure',
      id: 'another-database',
      cause: 'It was connected to the database app, and not to ledger.',
    })
    expect(asked(output, 'app')).toEqual(readLog(output.lines, { exitCode: 0 }))
  })

  it.each([
    ['one of several that it names', 'b', ['Database: jdbc:mysql://h/a', 'Database: jdbc:mysql://h/b (MySQL 8.4)']],
    ['percent-encoded', 'a b', ['Database: jdbc:postgresql://h:1/a%20b?ssl=true (PostgreSQL 16)']],
    ['not in the words of a tool', 'b', ['INFO Database: jdbc:mysql://h/a', 'my Datasource "db": MySQL database "a"']],
  ])('says nothing of another where it is %s', (_, database, lines) => {
    expect(readLog(lines, { exitCode: 0, database }).kind).toBe('success')
  })
})

describe('hostile text', () => {
  it('is read without an error, and never quoted with control characters or beyond 300', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { maxLength: 20 }), fc.constantFrom(0, 1), (lines, exitCode) => {
        const reading = readLog(lines, { exitCode })
        if (!('line' in reading)) return
        expect(reading.line.length).toBeLessThanOrEqual(300)
        expect(reading.line).not.toMatch(/[\x00-\x1f\x7f-\x9f]/)
      }),
    )
  })

  it('gives no part of a word at any cut of a log', () => {
    const secret = 'Xq7-hunter2-Zz9'
    fc.assert(
      fc.property(fc.nat(5_000), fc.nat(5_000), fc.constantFrom(0, 1), (before, after, exitCode) => {
        const text = `Error: ${'ab '.repeat(before)}${secret} ${'cd '.repeat(after)}`
        const reading = readLog([text], { exitCode })
        const line = 'line' in reading ? reading.line : ''
        expect(line.includes('hunter2')).toBe(line.includes(secret))
      }),
    )
  })

  it.each([
    ['blanks', ' '],
    ['equals signs', '='],
    ['carets', '^'],
    ['quotes', `"'`],
    ['colons', 'Error: '],
    ['statements', 'query   '],
    ['brackets', '([SQL: '],
    ['URLs', 'a://b:c@'],
    ['erased lines', '\x1b[2K\x1b[1Gx'],
    ['escapes', '\x1b]'],
    ['class names', 'sqlalchemy.a.b'],
    ['halves', 'relation "'],
    ['tables', 'relation """table '],
    ['dots', 'a.'],
    ['keys', 'Key ('],
    ['selects', 'select ('],
    ['raises', "raise exception 'abcdefgh' "],
    ['URLs without a host', 'a://b'],
    ['words with passwords', 'password= '],
  ])('of %s without end takes no time to speak of', (_, piece) => {
    const line = piece.repeat(Math.ceil(200_000 / piece.length))
    const lines = Array.from({ length: 80 }, () => `${line}x`)
    const begin = performance.now()
    for (const exitCode of [0, 1]) readLog(lines, { exitCode })
    expect(performance.now() - begin).toBeLessThan(2_000)
  })
})

describe('the table', () => {
  it('knows each of its examples', () => {
    const others = SIGNATURES.filter(({ example, id }) => idOf(failing(...example.split('\n'))) !== id)
    expect(others.map(({ id, example }) => `${id}: ${example}`)).toEqual([])
  })

  it('has every id once, and words for each', () => {
    expect(new Set(SIGNATURES.map(({ id }) => id)).size).toBe(SIGNATURES.length)
    for (const { cause, remedy, source } of SIGNATURES) {
      expect(cause).toMatch(/[.…]$/)
      expect(remedy).toMatch(/[.)…`]$/)
      expect(source).toMatch(/^https:\/\//)
    }
  })

  it('never advises a migration before one that another database may have, nor a change of the tool’s history alone', () => {
    const inserts = SIGNATURES.filter(({ remedy }) => /migration[^.;:]* before (?:this|it|the)\b/i.test(remedy))
    expect(inserts.map(({ id }) => id)).toContain('unique')
    const unsafe = inserts.filter(({ remedy }) => !/Add no migration before|no database has/.test(remedy))
    expect(unsafe.map(({ id, remedy }) => `${id}: ${remedy}`)).toEqual([])
  })
})
