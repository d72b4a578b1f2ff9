/** Exit 0, where it is likely that nothing was done: without a word, or against what the log says. */
import { giveCommand } from '../example-command.ts'
import type { MigrationRecord } from '../migration/outcome.ts'
import type { Doubt, DoubtId, Startup } from '../model.ts'
import type { LogCause } from './log/log-cause.ts'
import { ANOTHER_DATABASE } from './log/quiet-table.ts'
import type { Said } from './what-it-said.ts'

/** What nobody can know before the container ran. */
export const KNOWN_AFTERWARDS: readonly DoubtId[] = ['quiet', 'quiet-failure', ANOTHER_DATABASE.id]

/** Too short for a program to start, connect to a database and look what is to do. */
const SHORT_MS = 2_000

interface Ended {
  readonly record: MigrationRecord
  readonly said?: Said
}

/** Each doubt once for all databases that it is about. */
export function quietDoubts(all: readonly Ended[], startup: Startup): readonly Doubt[] {
  return [...silent(all, startup), ...againstTheLog(all)]
}

/** None where the command says what ran, for many tools are silent if nothing is to do. */
function silent(all: readonly Ended[], startup: Startup): readonly Doubt[] {
  const quiet = all.filter(({ record }) => isQuiet(record, startup)).map(({ record }) => record.database)
  if (quiet.length === 0) return []
  const why = startup.isBare
    ? 'what ran is a shell or interpreter without a script, which reads its standard input, and that is empty'
    : `the image alone says what runs, and it ran for less than ${SHORT_MS / 1000} s`
  return [
    {
      id: 'quiet',
      weight: 'warning',
      code: 'printed-nothing',
      reason: `The migration of ${named(quiet)} exited 0 and printed nothing; ${why}. It is likely that nothing was done.`,
      remedy: giveCommand([...(startup.entryPoint ?? []), ...(startup.command ?? [])].join(' ')),
    },
  ]
}

/** One for each cause, with the line of the first database. */
function againstTheLog(all: readonly Ended[]): readonly Doubt[] {
  const found = all.flatMap(({ record, said }) =>
    said?.reading.kind === 'quiet-failure' ? [{ database: record.database, reading: said.reading }] : [],
  )
  const firsts = found.filter(({ reading }, index) => index === found.findIndex((one) => one.reading.id === reading.id))
  return firsts.map(({ reading }) => {
    const alike = found.filter((one) => one.reading.id === reading.id)
    return contradiction(
      alike.map(({ database }) => database),
      reading,
    )
  })
}

function contradiction(databases: readonly string[], { id, line, cause, remedy }: LogCause): Doubt {
  return {
    id: id === ANOTHER_DATABASE.id ? id : 'quiet-failure',
    weight: 'warning',
    code: id,
    reason: `The migration of ${named(databases)} exited 0 and so counts as succeeded, but its log says: "${line}". ${cause}`,
    remedy,
  }
}

function named([first = '', ...more]: readonly string[]): string {
  return more.length === 0 ? first : `${first} and ${more.length} more`
}

function isQuiet(record: MigrationRecord, { isBare, entryPoint, command }: Startup): boolean {
  if (record.outcome.kind !== 'succeeded' || !record.printedNothing) return false
  return isBare || (entryPoint === undefined && command === undefined && isShort(record))
}

/** A task that was never seen RUNNING is one. */
function isShort({ task, milestones }: MigrationRecord): boolean {
  const ended = task?.executionStoppedAt ?? milestones.exitSeen
  if (task?.startedAt === undefined || ended === undefined) return true
  return ended.getTime() - task.startedAt.getTime() < SHORT_MS
}
