import { parseArgs } from 'node:util'
import { TENANT_DATABASES } from '../shop.ts'
import { nameAndValue, parsed, UsageError } from '../usage.ts'

export interface DemoOptions {
  readonly databases: readonly string[]
  /** A new release with a migration that fails. */
  readonly fail: boolean
  /** Private subnets without a way out. */
  readonly noNat: boolean
  readonly dryRun: boolean
  /** All databases in one step, this many at the same time. */
  readonly allAtOnce?: number
  readonly command?: string
  /** Seconds after a migration has begun. */
  readonly cancelAfter?: number
  /** Inputs of the action, besides those that the demo gives. */
  readonly inputs: Readonly<Record<string, string>>
  readonly debug: boolean
  /** What is folded on GitHub's page is shown, too. */
  readonly verbose: boolean
  readonly timestamps: boolean
}

export const USAGE = `npm run demo -- [options]

Migrates the databases of a small shop with this action, on this machine: a real PostgreSQL, real migrations, the built
dist/ in a stand-in for the GitHub runner, and a local AWS. Needs no account, no Docker, and leaves nothing behind.

  --database NAME       a database to migrate, may be repeated
                        (${TENANT_DATABASES.join(', ')})
  --fail                show a migration that fails, on the first database only
  --no-nat              show what happens when the private subnets have no way out
  --dry-run             show what would be registered and run, and start nothing
  --all-at-once [N]     all databases in one step, N at the same time (default: all)
  --command '…'         another command for the container, e.g. 'node dist/migrate.js --also dist/rehearsals/slow'
  --cancel-after S      cancel the workflow S seconds after a container has started
  --input NAME=VALUE    any other input of the action, may be repeated
  --verbose             what is folded (▶) is shown, too: the step's inputs, and what is changed for it
  --debug               as with debug logging enabled on GitHub
  --timestamps          the time before each line
  --help                this text

Exits 0 when everything ended as it should; with --fail that means that the step failed.
`

const OPTIONS = {
  database: { type: 'string', multiple: true },
  fail: { type: 'boolean' },
  'no-nat': { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  'all-at-once': { type: 'string' },
  command: { type: 'string' },
  'cancel-after': { type: 'string' },
  input: { type: 'string', multiple: true },
  verbose: { type: 'boolean' },
  debug: { type: 'boolean' },
  timestamps: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** @returns undefined when help was asked for. @throws UsageError */
export function readOptions(argv: readonly string[]): DemoOptions | undefined {
  const { values } = parsed(() => parseArgs({ args: withOptionalNumber(argv), options: OPTIONS }))
  if (values.help) return undefined
  const { fail = false, 'no-nat': noNat = false, 'dry-run': dryRun = false } = values
  const { verbose = false, debug = false, timestamps = false } = values
  const chosen = values.database ? [...new Set(values.database)] : TENANT_DATABASES
  const databases = fail || noNat ? chosen.slice(0, 1) : chosen
  return {
    ...{ databases, fail, noNat, dryRun, verbose, debug, timestamps },
    ...optional('allAtOnce', values['all-at-once'], (text) =>
      text === '' ? databases.length : positive('--all-at-once', text),
    ),
    ...optional('command', values.command, (text) => text),
    ...optional('cancelAfter', values['cancel-after'], (text) => positive('--cancel-after', text)),
    inputs: Object.fromEntries((values.input ?? []).map((text) => nameAndValue(text, '--input takes NAME=VALUE'))),
  }
}

/** parseArgs knows no optional values: `--all-at-once` without a number becomes `--all-at-once=`. */
function withOptionalNumber(argv: readonly string[]): string[] {
  return argv.map((word, index) =>
    word === '--all-at-once' && !/^\d+$/.test(argv[index + 1] ?? '') ? `${word}=` : word,
  )
}

/** A member of that name, if the option was given. */
function optional<Name extends string, Value>(
  name: Name,
  text: string | undefined,
  read: (text: string) => Value,
): Partial<Record<Name, Value>> {
  return text === undefined ? {} : ({ [name]: read(text) } as Record<Name, Value>)
}

function positive(option: string, text: string): number {
  const number = Number(text)
  if (!(number > 0)) throw new UsageError(`${option} takes a number above 0, not '${text}'`)
  return number
}
