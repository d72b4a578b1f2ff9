/** One step, read top to bottom: describe, plan, migrate or show, report. */

import { type JudgedDoubts, judgeDoubts } from '../doubts.ts'
import { KNOWN_AFTERWARDS, quietDoubts } from '../explain/quiet.ts'
import type { Inputs } from '../inputs.ts'
import type { MigrationRecord, Outcome } from '../migration/outcome.ts'
import { AwsError, type Launch, type PreflightResult, Refusal } from '../model.ts'
import { TAG } from '../naming.ts'
import { doubtsOf } from '../preflight/doubts.ts'
import { lossRemark } from '../preflight/log-mode.ts'
import { shownWords } from '../shown-words.ts'
import { migrateAll } from './migrate-all.ts'
import type { RunPorts } from './ports.ts'
import { check, type Prepared, prepare } from './prepare.ts'
import { publish } from './publish.ts'
import { printDoubts, printPreflight, record, refusedBy, withoutTasks } from './records.ts'

/** @returns the exit code of the step */
export async function runStep(ports: RunPorts): Promise<number> {
  const { inputs } = ports
  let prepared: Prepared | undefined
  let records: readonly MigrationRecord[]
  try {
    prepared = await prepare(ports)
    const doubts = judgeDoubts(prepared.plan.doubts, inputs.accept)
    printDoubts(ports, doubts)
    const refused = refusedBy(doubts.refusals)
    if (inputs.dryRun) records = await dryRun(ports, prepared, doubts)
    else records = refused ? withoutTasks(ports, prepared, refused) : await migrateAll(ports, prepared)
  } catch (error) {
    records = withoutTasks(ports, prepared, outcomeOf(ports, error))
  }
  if (prepared !== undefined)
    printDoubts(ports, judgeDoubts(quietDoubts(records, prepared.plan.startup), inputs.accept))
  const findings = await findingsFor(ports, prepared, records)
  return publish({
    ...ports,
    records,
    ...(prepared && { prepared, identity: prepared.identity }),
    ...(findings && { findings }),
  })
}

/** After a failure to start the checks are the evidence: they run now if they did not before. */
async function findingsFor(
  ports: RunPorts,
  prepared: Prepared | undefined,
  records: readonly MigrationRecord[],
): Promise<PreflightResult | undefined> {
  // What AWS refused with an error has its cause in the error.
  const failed = records.some(
    ({ outcome }) => outcome.kind === 'not-started' && outcome.cause !== 'aws-error' && outcome.cause !== 'dependency',
  )
  if (prepared === undefined || !failed) return undefined
  if (ports.inputs.preflight) return prepared.findings
  return check(ports, Promise.resolve(prepared.base), Promise.resolve(prepared.network))
}

async function dryRun(
  ports: RunPorts,
  { plan, findings }: Prepared,
  doubts: JudgedDoubts,
): Promise<readonly MigrationRecord[]> {
  const { inputs, log } = ports
  const [first] = plan.launches
  const parameters = JSON.stringify(
    { ...first?.request, taskDefinition: `${plan.clone.family} (a new revision)` },
    shownSafely(inputs, first?.request),
    2,
  )
  log.group(
    `RunTask would be called with this${inputs.databases.length > 1 ? `, and so for each of ${inputs.databases.length} databases` : ''}`,
    [parameters],
  )
  const found = await findings
  printPreflight(ports, found)
  const remark = lossRemark(plan.container)
  if (remark !== undefined) log.line(remark)
  const { unused } = judgeDoubts([...plan.doubts, ...doubtsOf(found)], inputs.accept)
  const idle = unused.filter((id) => !KNOWN_AFTERWARDS.includes(id))
  if (idle.length > 0) log.line(`The input accept names what does not occur: ${idle.join(', ')}.`)
  const checked = found.checked.length === 0 ? '' : `Checked: ${found.checked.join(', ')}. `
  log.line(`${checked}Not checked: whether this role may register and run.`)
  const outcome = refusedBy([...doubts.refusals, ...found.refusals]) ?? { kind: 'dry-run' }
  return inputs.databases.map((database) => record(database, outcome, plan))
}

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

type Replacer = (key: string, value: unknown) => unknown

function outcomeOf(ports: RunPorts, error: unknown): Outcome {
  if (error instanceof Refusal) {
    const doubts = judgeDoubts(error.doubts, ports.inputs.accept)
    printDoubts(ports, doubts)
    return { kind: 'refused', cause: 'problems', problems: [...error.problems, ...doubts.refusals] }
  }
  if (!(error instanceof AwsError)) throw error
  if (error.facts.kind === 'aborted')
    return { kind: 'cancelled', signal: String(ports.signals.cancelled.reason), left: false }
  return { kind: 'not-started', cause: 'aws-error', error }
}
