import type { Row } from './signature.ts'

const FIRST_RUN = 'The cause stands in the log of the run that failed first.'

/** What a check found, and no failure of a migration. */
export const PENDING_MIGRATIONS: Row = {
  id: 'pending-migrations',
  patterns: [
    'migrations above are not applied',
    'migrations are pending. to resolve',
    'activerecord::pendingmigrationerror',
    '^you have … pending migration:',
    '^you have … pending migrations:',
    'target database is not up to date',
    'database is not on all head revisions',
    'following migration have not yet been applied',
    'following migrations have not yet been applied',
    'to fix this error, either run migrate, or set',
    'detected resolved repeatable migration not applied',
  ],
  cause: 'Migrations are not applied in this database.',
  remedy: 'Run the migration with this image, then check again.',
  source: 'https://alembic.sqlalchemy.org/en/latest/api/commands.html',
  example: 'FAILED: Target database is not up to date.',
}

/** What the migration tool found in its own history, in its files, or in the database that it reached. */
export const TOOL_STATE: readonly Row[] = [
  {
    id: 'another-database-refused',
    // As the example's guard says it (examples/django/startupwebapp/management/commands/migrate.py).
    patterns: ['connected to the database …, but database_name is …'],
    cause: "The program's own check compared the two names and refused: its settings do not connect to DATABASE_NAME.",
    remedy:
      'Let the settings of the program take the name of the database from DATABASE_NAME, without a default (Django: "NAME" under DATABASES), and look whether a URL or another variable in the task definition names the first one. If it says None, this step sets another variable: check `database-variable`. After the fix build the image and start a new run, since a re-run keeps the commit.',
    source: 'https://docs.djangoproject.com/en/stable/ref/settings/#name',
    example: 'CommandError: Connected to the database acme, but DATABASE_NAME is globex.',
  },
  {
    id: 'image-too-old',
    // As the example's migrate and verify say it (examples/django/startupwebapp/management/commands/migrate.py).
    patterns: ['this image does not know migrations that are applied'],
    cause: 'The database is ahead of the image: migrations are applied that the image does not have.',
    remedy:
      'Start a new run with an image that has the migrations that the line names. To undo a migration, the image must be one that has it, usually the newer one that applied it.',
    source: 'https://docs.djangoproject.com/en/stable/topics/migrations/#reversing-migrations',
    example: 'CommandError: This image does not know migrations that are applied: orders.0003_later.',
  },
  {
    id: 'nothing-to-undo',
    // As the example's rollback says it (examples/django/startupwebapp/management/commands/rollback.py).
    patterns: ['there is nothing to undo: no migration after this one is applied'],
    cause: 'No migration after the one that the command names is applied, so a rollback has nothing to do.',
    remedy:
      'Check the name of the database and of the migration in `command`: it names the last migration to keep, not the one to undo.',
    source: 'https://docs.djangoproject.com/en/stable/topics/migrations/#reversing-migrations',
    example: 'CommandError: There is nothing to undo: no migration after this one is applied.',
  },
  {
    id: 'no-such-migration',
    patterns: [
      "can't find a migration matching '…' from app '…'",
      "more than one migration matches '…' in app '…'",
      "^commanderror: app '…' does not have migrations",
      'no migration with a target version … could be found',
      'no migration with version number',
    ],
    codes: ['P3017'],
    cause: 'The image has no migration of the name that the command gives, or has several.',
    remedy:
      'Compare the name in `command` with the files of migrations in the image that ran: an older image has no newer migrations, and to revert one the image must have it.',
    source: 'https://docs.djangoproject.com/en/stable/ref/django-admin/#migrate',
    example: "CommandError: Cannot find a migration matching '0009_x' from app 'orders'.",
  },
  {
    id: 'dirty',
    patterns: ['dirty database version', 'database is dirty', 'is partially applied'],
    cause: `golang-migrate failed half-way in an earlier run and marked the version as dirty. ${FIRST_RUN}`,
    remedy:
      'See in that log what of the version was applied, repair it by hand, and set the last version that is fully applied: `migrate force VERSION`.',
    source: 'https://github.com/golang-migrate/migrate/blob/master/FAQ.md',
    example: 'error: Dirty database version 2. Fix and force version.',
  },
  {
    id: 'failed-earlier',
    patterns: [
      'migrate found failed migrations',
      'detected failed migration to version',
      'detected failed repeatable migration',
      'has a failed migration',
      'contains a failed migration',
    ],
    codes: ['P3009'],
    cause: `An earlier run failed, and its record blocks new migrations. ${FIRST_RUN}`,
    remedy:
      'Repair what it left, then: `prisma migrate resolve --rolled-back NAME` (or --applied NAME), `flyway repair`.',
    source: 'https://www.prisma.io/docs/orm/prisma-migrate/workflows/patching-and-hotfixing',
    example: 'migrate found failed migrations in the target database, new migrations will not be applied.',
  },
  {
    id: 'p3018',
    weight: 'weak',
    patterns: ['a migration failed to apply. new migrations'],
    codes: ['P3018'],
    cause: 'A migration failed; the log names the error of the database below.',
    remedy: 'Read "Database error:" in the log, repair what the migration left, and run `prisma migrate resolve`.',
    source: 'https://www.prisma.io/docs/orm/reference/error-reference',
    example: 'Error: P3018',
  },
  {
    id: 'baseline',
    patterns: ['the database schema is not empty', 'found non-empty schema(s)'],
    codes: ['P3005'],
    cause: 'The database has tables, but no history of this tool.',
    remedy:
      'Check that it is the right database (`database-name`). If it is: `prisma migrate resolve --applied NAME` for what is there already, or `flyway baseline`.',
    source: 'https://www.prisma.io/docs/orm/prisma-migrate/workflows/baselining',
    example: 'Found non-empty schema(s) "public" but no schema history table.',
  },
  {
    id: 'checksum',
    patterns: [
      'checksum mismatch',
      '^validation failed:',
      'but is now:',
      'changesets check sum',
      'was modified after it was applied',
      'migrations have failed validation',
      'migration checksum',
      'was previously applied but has been modified',
    ],
    cause: 'A migration that was applied has been edited since.',
    remedy:
      'Restore its text and write a new migration. Only if the edit means nothing: `flyway repair`, `liquibase clear-checksums`.',
    source: 'https://documentation.red-gate.com/flyway/reference/commands/validate',
    example: 'Migration checksum mismatch for migration version 1',
  },
  {
    id: 'applied-missing',
    patterns: [
      'detected applied migration not resolved locally',
      'migration directory is corrupt',
      'were previously executed but',
      'no file with version',
      'was previously applied but is missing',
      'missing in migrations',
      'no migration file found for',
      'no migration found for version',

      "can't locate revision",
      'read down for version',
      'are missing: ',
    ],
    cause:
      'The history in the database and the files in the image do not belong together: an older image, or a migration that was renamed or removed.',
    remedy: 'Deploy the image of the newer commit, and do not rename or remove migrations that were applied.',
    source: 'https://alembic.sqlalchemy.org/en/latest/branches.html',
    example: "FAILED: Can't locate revision identified by 'abc123'",
  },
  {
    id: 'out-of-order',
    patterns: [
      'inconsistentmigrationhistory',
      'is applied before its dependency',
      'detected resolved migration not applied',
      'not run migration … is preceding',
      'found … missing migrations',
      'missing (out-of-order) migration',
    ],
    cause: 'A migration was added before one that this database has applied already, or two branches were merged.',
    remedy:
      'Delete the migration that was added before. Move its change into a new migration after the last one; or, with a tool that keeps no checksums (Django, Alembic), into the one that needs it. Do not edit the history table by hand (django_migrations), unless the database has that change already. Where the order does not matter: flyway -outOfOrder=true, goose -allow-missing, node-pg-migrate --no-check-order.',
    source: 'https://docs.djangoproject.com/en/stable/topics/migrations/#dependencies',
    example:
      'django.db.migrations.exceptions.InconsistentMigrationHistory: Migration orders.0003_one_order is applied before its dependency orders.0002a_clean on database',
  },
  PENDING_MIGRATIONS,
  {
    id: 'heads',
    patterns: [
      'conflicting migrations detected',
      'multiple head revisions',
      'multiple leaf nodes',
      'multiple heads',
      'overlaps with other requested',
      'multiple migrations have the same',
      'duplicate version',
      'duplicate migration file',
      'found more than one migration with version',
      'duplicatemigrationversionerror',
      'duplicatemigrationnameerror',
    ],
    cause: 'Two branches each added a migration, and the history forks.',
    remedy:
      'Join them: manage.py makemigrations --merge, alembic merge heads; or give the one that no database has yet the next number.',
    source: 'https://docs.djangoproject.com/en/stable/topics/migrations/#version-control',
    example: 'CommandError: Conflicting migrations detected; multiple leaf nodes in the migration graph',
  },
  {
    id: 'parent',
    patterns: [
      'nodenotfounderror',
      'reference nonexistent parent node',
      'references nonexistent parent node',
      'revision … referenced from … is not present',
      'circulardependencyerror',
      'unresolved migration dependency',
    ],
    cause: 'A migration depends on one that is not in the image, or they depend on each other.',
    remedy: 'Check that the file is in the image (.dockerignore, .gitignore); otherwise repair the dependency.',
    source: 'https://docs.djangoproject.com/en/stable/topics/migrations/#dependencies',
    example: 'NodeNotFoundError: Migration shop.0003_x dependencies reference nonexistent parent node',
  },
  {
    id: 'precondition',
    patterns: ['preconditions failed', 'precondition failed'],
    cause: 'A precondition of the changelog does not hold.',
    remedy: 'Its message in the log says which one.',
    source: 'https://docs.liquibase.com/concepts/changelogs/preconditions.html',
    example: 'Caused by: Preconditions Failed',
  },
  {
    id: 'migration-file',
    patterns: [
      'requires each migration to define an up block',
      'failed to parse sql migration file',
      'failed to parse migration',
      'syntax error in file',
      'unexpected unfinished sql query',
      'no value provided for placeholder',
      'does not match the one specified in the migration_lock',
      'error parsing … while parsing',
      'error parsing … mapping values',
      'error parsing … cvc-',

      'invalid migration file',
    ],
    codes: ['P3019'],
    cause: 'A migration file does not have the form that this tool wants.',
    remedy: 'The message names the file; compare it with the documentation of the tool.',
    source: 'https://pressly.github.io/goose/documentation/annotations/',
    example: "Error: dbmate requires each migration to define an up block with '-- migrate:up'",
  },
  {
    id: 'hidden-by-tool',
    weight: 'generic',
    patterns: ["using '…' driver for database querying", "reading config file '…drizzle.config"],
    cause: 'drizzle-kit ended without a word about the error that it met.',
    remedy:
      'Run the migrations by a script with `migrate()` of drizzle-orm: it prints what the database said. Until then, look into the log of the database server.',
    source: 'https://orm.drizzle.team/docs/migrations',
    example: "Using 'pg' driver for database querying",
  },
]
