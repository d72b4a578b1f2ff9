/** Said by a tool of work that it did. */
export const WORK_DONE: readonly string[] = [
  'running upgrade',
  '... ok$',
  '…... faked$',
  'successfully applied',
  'successfully migrated database',
  'migrations applied',
  'following migration(s) have been applied',
  'migrations have been successfully applied',
  'has been executed successfully',
  'batch … run:',
  ': migrated (',
  ': migrated$',
  '^applied: ',
  ' ok …(…s)$',
  'migrated successfully',
]

/** Said by a tool at its end, with or without work. What looked like an error before was not the end of it. */
export const ENDED_WELL: readonly string[] = [
  'applied successfully',
  'migrations complete',
  'was executed successfully',
  'successfully migrated',
  'up to date',
  'up-to-date',
]

/** Of a server that answers after all: loops that wait for it print "refused" until then. psql prints what it did. */
export const ANSWERED_WORDS: readonly string[] = [
  'accepting connections',
  'is up',
  'is ready',
  'is available',
  'is alive',
  'connected to',
  'connection established',
  'connection successful',
  'succeeded!',
  ' open$',
  '^(… row)$',
  '^(… rows)$',
  '^create …',
  '^alter …',
  '^insert 0 …',
]

/** Said by a tool that had nothing to do. */
export const NOTHING_TO_DO: readonly string[] = [
  'no migrations to apply.',
  '^no change$',
  'no migrations to run',
  '^already up to date$',
  'no migrations were executed, database schema was already up to date',
  'no migrations are pending',
  'no pending migrations to apply',
  'is up to date. no migration necessary',
  'database is up to date, no changesets to execute',
  'nothing to migrate',
  'no migrations to execute',
  'already at the latest version',
  'info [alembic.runtime.migration] will assume transactional ddl.$',
  'info [alembic.runtime.migration] will assume non-transactional ddl.$',
]

/** Words of a command that only looks: what it prints about is the plan or the state, and errors are its subject. */
export const LOOKING_ONLY: ReadonlySet<string> = new Set([
  '--plan',
  '--check',
  '--check-unapplied',
  '--sql',
  '--dry-run',
  '--dry-run-output',
  '--pretend',
  'status',
  'migrate:status',
  'db:migrate:status',
  'migration:show',
  'show',
  'showmigrations',
  'current',
  'history',
  'info',
  'validate',
  'version',
  'update-sql',
  'updatesql',
])

/** Programs of a script beside the one that counts. */
export const DOING_NOTHING: ReadonlySet<string> = new Set([
  'echo',
  'printf',
  'true',
  ':',
  'set',
  'cd',
  'export',
  'exit',
  'sleep',
  'test',
  '[',
  'cat',
  'tee',
  'pg_isready',
])
