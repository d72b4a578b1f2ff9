import { AwsError, type LogStream } from '../model.ts'
import type { Logger } from './ports.ts'
import { EndOfLog, type HowRead, type TailPorts, tail } from './tail.ts'

/** Kept for the report: as many as explain/log/read-log.ts searches for the cause. */
const LAST_LINES = 80

/** What is known of a container's log when reading ended. */
export interface LogRead {
  readonly lineCount: number
  readonly lastLines: readonly string[]
  /** Why there is none, or why it may not be whole. */
  readonly note?: string
  /** The stream could be asked, so no line means that the container printed none. */
  readonly readable: boolean
  /** The log was read to its end, and there was no line. */
  readonly printedNothing?: true
  /** The first line that says that a server runs. */
  readonly servingLine?: string
  readonly until?: Date
}

export const NO_LOG: LogRead = { lineCount: 0, lastLines: [], readable: false }

export interface FollowLogPorts extends TailPorts {
  readonly logger: Logger
}

/** The log of a container that should never have run, read in one look. */
export function lookAtLog(
  database: string,
  stream: LogStream | undefined,
  ports: FollowLogPorts,
  signal: AbortSignal,
): Promise<LogRead> {
  if (stream === undefined) return Promise.resolve(NO_LOG)
  const end = new EndOfLog(ports.clock)
  end.containerEnded('never-ran')
  return followLog(database, stream, end, ports, signal)
}

/**
 * Prints every line of a stream until its end. Never rejects: no log decides a verdict.
 */
export async function followLog(
  database: string,
  stream: LogStream,
  end: EndOfLog,
  ports: FollowLogPorts,
  signal: AbortSignal,
): Promise<LogRead> {
  const { logger, clock } = ports
  let lineCount = 0
  let lastLines: string[] = []
  let servingLine: string | undefined
  const take = (messages: readonly string[]): void => {
    logger.container(database, messages)
    const lines = messages.flatMap(linesOf)
    lineCount += lines.length
    servingLine ??= lines.find(saysItServes)
    lastLines = [...lastLines, ...lines.slice(-LAST_LINES)].slice(-LAST_LINES)
  }
  let warned = false
  const refused = (error: AwsError | undefined): void => {
    warned ||= error !== undefined
    if (error === undefined) logger.notice(database, 'The log can be read again.')
    else logger.warn(database, `${whyNoLog(error, stream)} Trying again while the task runs.`)
  }
  try {
    const pages = tail(stream, end, ports, signal, refused)
    let page = await pages.next()
    for (; page.done !== true; page = await pages.next()) take(page.value)
    const how = page.value
    const note = remark(lineCount, how, stream)
    if (how !== 'whole' && note !== undefined) logger.notice(database, note)
    return {
      lineCount,
      lastLines,
      readable: how !== 'cut-short',
      until: clock.now(),
      ...(how === 'whole' && lineCount === 0 && { printedNothing: true }),
      ...(servingLine !== undefined && { servingLine }),
      ...(note !== undefined && { note }),
    }
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    const note = whyNoLog(error, stream)
    if (!warned) logger.warn(database, note)
    return { lineCount, lastLines, readable: false, note }
  }
}

const SERVES =
  /\b(?:listening|started)\b|\brunning on (?:http|port)|\bready to (?:accept|handle) connections|\bstartup complete/i
/** These are started too, and end. */
const WORK = /migrat|schema|transaction|statement|backfill|seed|\b(?:task|job|step|query)\b/i
/** Where a line says so, it does it at its beginning. */
const MOST_SEARCHED = 500

function saysItServes(line: string): boolean {
  const head = line.slice(0, MOST_SEARCHED)
  return SERVES.test(head) && !WORK.test(head)
}

/** An event may have several: a stack trace, where the log driver has a pattern for where an event begins. */
function linesOf(message: string): readonly string[] {
  return message.includes('\n') ? message.replace(/\n$/, '').split('\n') : [message]
}

function remark(lineCount: number, how: HowRead, stream: LogStream): string | undefined {
  if (how === 'no-group')
    return `No log to show: there is no log group ${stream.group} in ${stream.region}. Create it, or set awslogs-create-group to true in the task definition and allow logs:CreateLogGroup to its execution role.`
  if (how === 'growing') return `The log was still growing when reading ended. The rest is in ${named(stream)}.`
  if (how === 'cut-short') return `The log was not read to its end. The rest is in ${named(stream)}.`
  return lineCount === 0 ? `There is no line in ${named(stream)}.` : undefined
}

function named({ group, stream }: LogStream): string {
  return `stream ${stream} of log group ${group}`
}

function whyNoLog(error: AwsError, stream: LogStream): string {
  const { kind, action } = error.facts
  const consequence = 'The verdict does not depend on it.'
  if (kind === 'access-denied') {
    return `The log cannot be shown, because a call is denied: ${error.inFull}. ${consequence} Allow ${action} on log group ${stream.group} (Region ${stream.region}) to the role of this job.`
  }
  if (error.facts.code === 'InvalidOperationException') {
    return `The log cannot be shown, because the log group ${stream.group} (Region ${stream.region}) is not of the Standard class: ${error.inFull}. ${consequence} Read it with CloudWatch Logs Insights.`
  }
  return `The log, ${named(stream)} (Region ${stream.region}), cannot be read: ${error.inFull}. ${consequence} Read it in the AWS console.`
}
