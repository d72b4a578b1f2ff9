import type { Cause } from '../wording.ts'

type Quiet = Omit<Cause, 'general'>

/** Known by the name in its line, not by these wordings alone: see connected.ts. */
export const ANOTHER_DATABASE = {
  id: 'another-database',
  patterns: ['Database: jdbc:postgresql://…/… (PostgreSQL …)', 'Datasource "…": PostgreSQL database "…"'],
  cause: 'The tool says that it is connected to another database than the one that was asked for.',
  remedy:
    'Look at what was changed in the database that the line names. Then let the configuration of the tool take its name from `database-variable` or `{database}`, without a default. Where that database only has another name for the tool (a pooler, a prefix), `accept: another-database`.',
  source: 'https://documentation.red-gate.com/flyway',
} as const satisfies Quiet

/** What a tool prints that ends with 0 although nothing, or not all, was migrated: by its own words, not by an error. */
export const QUIET_STATEMENTS: readonly Quiet[] = [
  {
    id: 'quiet-no-migrations',
    patterns: [
      'no migrations found. are your locations set up correctly',
      'skipping filesystem location: … (not found)',
      'no migration found in ',
      'apply all migrations: (none)',
    ],
    cause: 'The tool found no migration at all, and calls that a success.',
    remedy:
      'Check that the folder of migrations is in the image (.dockerignore) and where the tool looks for it (Flyway: locations, with -failOnMissingLocations=true; Django: INSTALLED_APPS and the folder migrations/__init__.py).',
    source:
      'https://documentation.red-gate.com/flyway/reference/configuration/flyway-namespace/flyway-fail-on-missing-locations-setting',
  },
  {
    id: 'quiet-file-names',
    patterns: ['migrations were detected but not run because they did not follow the filename convention'],
    cause: 'Files of migrations were left out because of their names.',
    remedy: 'Name them as Flyway wants it (V2__name.sql, with two underscores), and set -validateMigrationNaming=true.',
    source:
      'https://documentation.red-gate.com/flyway/reference/configuration/flyway-namespace/flyway-validate-migration-naming-setting',
  },
  {
    id: 'quiet-failed',
    patterns: ['migration of schema … to version … failed!'],
    cause: 'A migration failed, and the tool ended with 0 all the same.',
    remedy:
      'Use the official image of Flyway, or add the module flyway-reports to the class path: without it, 11.20 ends with 0.',
    source: 'https://github.com/flyway/flyway',
  },
  {
    id: 'npx-download',
    patterns: ['the following package was not found and will be installed'],
    cause: 'The tool is not in the image: npx downloaded its newest version and ran that.',
    remedy: 'Put the tool under dependencies and run npm ci when the image is built. `npx --no-install` makes it fail.',
    source: 'https://docs.npmjs.com/cli/commands/npx',
  },
  {
    id: 'quiet-sqlite',
    patterns: [
      'context impl sqliteimpl',
      'sqlite3.operationalerror',
      'sqlite3.databaseerror',
      'database: jdbc:sqlite:',
      'using sqlite',
    ],
    cause: 'The tool worked on an SQLite file inside the container, not on your database.',
    remedy:
      'Set the variable from which its configuration takes the database, and let the configuration fail without it.',
    source: 'https://alembic.sqlalchemy.org/en/latest/api/ddl.html',
  },
]

export const QUIET_FAILURES: readonly Quiet[] = [ANOTHER_DATABASE, ...QUIET_STATEMENTS]
