/** What a dry run shows beside what every step says before it launches. */
import { KNOWN_AFTERWARDS } from '../explain/quiet.ts'
import type { Inputs } from '../inputs.ts'
import type { DoubtId, Launch, Plan, PreflightResult } from '../model.ts'
import { TAG } from '../naming.ts'
import { shownWords } from '../shown-words.ts'
import type { StepLogger } from './ports.ts'

/** Prints the parameters of RunTask. */
export function printRequest(log: StepLogger, inputs: Inputs, { launches, clone }: Plan): void {
  const request = launches[0]?.request
  const parameters = JSON.stringify(
    { ...request, taskDefinition: `${clone.family} (a new revision)` },
    shownSafely(inputs, request),
    2,
  )
  log.group(
    `RunTask would be called with this${inputs.databases.length > 1 ? `, and so for each of ${inputs.databases.length} databases` : ''}`,
    [parameters],
  )
}

/** @param unused accepted ids that no doubt of plan or checks has */
export function printCoverage(log: StepLogger, { checked }: PreflightResult, unused: readonly DoubtId[]): void {
  const idle = unused.filter((id) => !KNOWN_AFTERWARDS.includes(id))
  if (idle.length > 0) log.line(`The input accept names what does not occur: ${idle.join(', ')}.`)
  log.line(
    `${checked.length === 0 ? '' : `Checked: ${checked.join(', ')}. `}Not checked: whether this role may register and run.`,
  )
}

type Replacer = (key: string, value: unknown) => unknown

/**
 * Values of variables may be secret: but for the database's they are not shown. So may its name be, and where AWS's rules
 * changed it, GitHub would no longer find it.
 */
function shownSafely(
  { databaseVariable, databases: [database = ''] }: Inputs,
  request: Launch['request'] | undefined,
): Replacer {
  const { startedBy = '', tags = [] } = request ?? {}
  const tag = tags.find(({ key }) => key === TAG.database)?.value ?? ''
  const changed = [startedBy, tag].filter((text) => !text.includes(database))
  return (key, value) => {
    if (typeof value === 'string' && changed.includes(value)) return '(the name of the database, as AWS allows it)'
    if (key === 'command' && Array.isArray(value)) return JSON.parse(shownWords(value))
    if (key !== 'environment' || !Array.isArray(value)) return value
    return value.map(({ name, value }) => ({ name, value: name === databaseVariable ? value : '(not shown)' }))
  }
}
