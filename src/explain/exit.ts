import type { MigrationRecord } from '../migration/outcome.ts'
import type { Problem } from '../model.ts'
import { explainExitCode } from './exit-codes.ts'
import { asWord } from './log/quote.ts'
import type { LogReading } from './log/read-log.ts'
import { PENDING_MIGRATIONS } from './log/tool-state.ts'
import type { Said } from './what-it-said.ts'

type Words = Pick<Problem, 'code' | 'reason' | 'remedy'>

/** By convention an exit code above is the number of a signal. */
const SIGNALS = 128
const NO_NUMBER = 255
/** From here on codes have one meaning for all programs; below, each program has its own. */
const CONVENTION = 124

/**
 * Why the migration of a database ended with another exit code than 0: by its log where that names a cause, else by the code.
 * Where the log says why, the reason begins with its line and does not name the database: what failed in the same way is
 * said once for all of them.
 * @param said undefined where the log was not read
 */
export function explainExit(
  { database, container }: Pick<MigrationRecord, 'database' | 'container'>,
  exitCode: number,
  said: Said | undefined,
): Words {
  const reading = said?.reading
  if (reading?.kind === 'failure' && mayBeTheCause(reading, exitCode))
    return {
      code: reading.id,
      reason: `${reading.line} (exit code ${exitCode}${whileUnderWay(reading)}). ${reading.cause}${reading.state ?? ''}`,
      remedy: reading.remedy,
    }
  const { cause, remedy } = explainExitCode(exitCode)
  const code = `exit-code-${exitCode}`
  const ended = `The migration of ${database} failed: container ${container} exited with code ${exitCode}`
  if (reading === undefined) return { code, reason: `${ended}: ${cause}. Its log was not read.`, remedy }
  if (reading.kind === 'silent' && reading.isCheck) {
    const { cause, remedy } = PENDING_MIGRATIONS
    return { code: PENDING_MIGRATIONS.id, reason: `${ended} and printed nothing, as a check does. ${cause}`, remedy }
  }
  if (reading.kind === 'silent')
    return {
      code,
      reason: `${ended} and printed nothing: ${cause}.`,
      remedy: isSignal(exitCode) ? remedy : 'Let the command print more, and run it again.',
    }
  if (isSignal(exitCode)) return { code, reason: `${ended}: ${cause}.${lastLineSaid(said)}`, remedy }
  const meaning = exitCode >= CONVENTION && exitCode < NO_NUMBER ? `: ${cause}` : ''
  return {
    code,
    reason: `${said?.line} (exit code ${exitCode}${meaning}${whileUnderWay(reading)}). The log names no cause that this action knows.${'state' in reading ? reading.state : ''}`,
    remedy,
  }
}

/** A blank follows the name: punctuation there would be taken for a part of it. */
function whileUnderWay(reading: LogReading): string {
  const begun = 'underWay' in reading ? reading.underWay : undefined
  return begun === undefined ? '' : `, while ${begun.direction} ${asWord(begun.migration)}`
}

function isSignal(exitCode: number): boolean {
  return exitCode > SIGNALS && exitCode < NO_NUMBER
}

/** What a signal ended did not end by an error in its log, unless that is the memory. */
function mayBeTheCause({ id }: Extract<LogReading, { kind: 'failure' }>, exitCode: number): boolean {
  return !isSignal(exitCode) || id === 'oom'
}

const WAITS_FOR_A_LOCK: ReadonlySet<string> = new Set(['lock-timeout', 'locked'])

/** How far a command came that did not end by itself; begins with a blank, and is empty where nothing was read. */
export function lastLineSaid(said: Said | undefined): string {
  const reading = said?.reading
  if (reading?.kind === 'failure' && WAITS_FOR_A_LOCK.has(reading.id))
    return ` Its log shows a wait for a lock: ${quotedAtEnd(reading.line)}`
  return said?.line === undefined ? '' : ` The last line of its log was: ${quotedAtEnd(said.line)}`
}

/** A line of a log that ends a sentence of ours may be a sentence itself. */
function quotedAtEnd(line: string): string {
  return `"${line}"${/[.!?…]$/.test(line) ? '' : '.'}`
}
