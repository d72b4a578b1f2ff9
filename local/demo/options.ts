import { parseArgs } from 'node:util'
import { TENANT_DATABASES } from '../shop.ts'
import { nameAndValue, positive } from '../usage.ts'

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
} as const

/** @throws UsageError, or what parseArgs throws */
export function readOptions(argv: readonly string[]): DemoOptions {
  const { values } = parseArgs({ args: withOptionalNumber(argv), options: OPTIONS })
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
