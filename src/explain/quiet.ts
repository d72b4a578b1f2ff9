/** Exit 0 without a word, where it is likely that nothing was done. */
import type { MigrationRecord } from '../migration/outcome.ts'
import type { Doubt, Startup } from '../model.ts'

/** Too short for a program to start, connect to a database and look what is to do. */
const SHORT_MS = 2_000

/** One doubt for all databases it is about; none where the words say what ran, for many tools are silent if nothing is to do. */
export function quietDoubts(records: readonly MigrationRecord[], startup: Startup): readonly Doubt[] {
  const quiet = records.filter((record) => isQuiet(record, startup)).map(({ database }) => database)
  if (quiet.length === 0) return []
  const [first = ''] = quiet
  const whose = quiet.length === 1 ? first : `${first} and ${quiet.length - 1} more`
  const why = startup.isBare
    ? 'what ran is a shell or interpreter without a script, which reads its standard input, and that is empty'
    : `the image alone says what runs, and it ran for less than ${SHORT_MS / 1000} s`
  return [
    {
      id: 'quiet',
      weight: 'warning',
      code: 'printed-nothing',
      reason: `The migration of ${whose} exited 0 and printed nothing; ${why}. It is likely that nothing was done.`,
      remedy: 'Give the input command, such as python manage.py migrate.',
    },
  ]
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
