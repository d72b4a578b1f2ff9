/** `npm run acceptance`: plays the stories against local/, or against an account of AWS. docs/acceptance.md */
import { spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { makeAuthority } from '../local/certificate.ts'
import { interruptible } from '../local/interruptible.ts'
import { UsageError } from '../local/usage.ts'
import { type Account, awsHosts } from './account.ts'
import { type AwsOptions, type Deployment, NotHere, openDeployment } from './aws-account.ts'
import { costOf, usdText } from './cost.ts'
import { openLocalAccount } from './local-account.ts'
import { type Played, play } from './play.ts'
import { readRecording, recordedDates, writeRecording } from './recording.ts'
import { type Known, type Scrubbed, scrubExchanges } from './scrub.ts'
import { differences, type Recording } from './shape.ts'
import { stories } from './stories/index.ts'
import type { Names, Row, Story } from './story.ts'

const OPTIONS = {
  only: { type: 'string', multiple: true },
  slow: { type: 'boolean' },
  out: { type: 'string' },
  account: { type: 'string' },
  region: { type: 'string' },
  prefix: { type: 'string', default: 'migration-acceptance' },
  image: { type: 'string' },
  yes: { type: 'boolean' },
  keep: { type: 'boolean' },
  down: { type: 'boolean' },
  boundary: { type: 'string' },
  'database-secret': { type: 'string' },
  'database-name': { type: 'string' },
  'database-subnets': { type: 'string' },
  'database-security-groups': { type: 'string' },
} as const

const parse = (args: string[]) => parseArgs({ args, options: OPTIONS }).values
type Values = ReturnType<typeof parse>

/** Two cores play three stories as fast as four: most of a step is waiting. */
const AT_ONCE = 3

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
process.exitCode = await main(process.argv.slice(2))

async function main(argv: string[]): Promise<number> {
  const values = parse(argv)
  const options = awsOptions(values)
  const chosen = choose(values, options)
  if (spawnSync('openssl', ['version']).status !== 0) {
    console.error('openssl does not answer here, which makes the certificate of the recording proxy. Nothing was done.')
    return 1
  }
  return interruptible((interrupted) =>
    options === undefined ? playLocally(chosen, values, interrupted) : playOnAws(chosen, options, values, interrupted),
  )
}

/** @returns undefined where no account is given */
function awsOptions(values: Values): AwsOptions | undefined {
  const { account, region, prefix, image, boundary } = values
  if (account === undefined && region === undefined) return undefined
  if (!/^\d{12}$/.test(account ?? '') || region === undefined)
    throw new UsageError('--account takes the 12 digits of an account, and --region is needed with it')
  if (!/^[a-z][a-z0-9-]{1,30}[a-z0-9]$/.test(prefix))
    throw new UsageError('--prefix takes 3 to 32 lower-case letters, digits and hyphens')
  if (/\.dkr\.ecr\./.test(image ?? ''))
    throw new UsageError("--image takes a public image: the stacks' roles may pull from no other repository of ECR")
  const database = databaseOf(values)
  return {
    account: account ?? '',
    region,
    prefix,
    ...(image !== undefined && { image }),
    ...(boundary !== undefined && { boundary }),
    ...(database !== undefined && { database }),
  }
}

function databaseOf(values: Values): AwsOptions['database'] {
  const parts = [
    values['database-secret'],
    values['database-name'],
    values['database-subnets'],
    values['database-security-groups'],
  ]
  const [secret, name, subnets, securityGroups] = parts
  if (parts.every((part) => part === undefined)) return undefined
  if (secret === undefined || name === undefined || subnets === undefined || securityGroups === undefined)
    throw new UsageError('A database is given by all four of the options --database-…')
  return { secret, name, subnets, securityGroups }
}

function choose({ only, slow }: Values, options: AwsOptions | undefined): readonly Story[] {
  const unknown = only?.filter((id) => !stories.some((story) => story.id === id)) ?? []
  if (unknown.length > 0)
    throw new UsageError(`No story ${unknown.join(', ')}. There are: ${stories.map(({ id }) => id).join(', ')}`)
  const asked = stories.filter(({ id }) => only?.includes(id) ?? true)
  const chosen = asked.filter((story) => (slow || !story.slow) && (options?.database || !story.database))
  const passedOver = asked.filter((story) => !chosen.includes(story))
  for (const { id, database } of passedOver)
    console.log(`Not played: ${id}, which ${database ? 'needs --database-secret on AWS' : 'waits for hours: --slow'}`)
  return chosen
}

async function playLocally(chosen: readonly Story[], { out }: Values, interrupted: AbortSignal): Promise<number> {
  console.log(
    'Against local/, an AWS on this machine: its account is described by the settings of acceptance/local-account.ts' +
      ' and by the templates. CloudFormation, IAM and real networks are not played.\n',
  )
  const all = await playAll(chosen, openLocalAccount, 'eu-west-1', interrupted)
  if (out !== undefined) write(out, all)
  return conclude(all, interrupted) || compareWithRecordings(all)
}

/** @returns the exit code */
function compareWithRecordings({ recording }: All): number {
  const dates = recordedDates()
  if (dates.length === 0)
    console.log('No recording of a real account exists yet: nothing to hold the answers of local/ to.')
  const wrong = dates.flatMap((date) =>
    differences(recording, readRecording(date).exchanges).map((line) => `${date}: ${line}`),
  )
  for (const line of wrong) console.error(line)
  return wrong.length === 0 ? 0 : 1
}

function write(folder: string, { recording, rows, known }: All): void {
  if (known === undefined) return
  try {
    writeRecording(folder, recording, rows, known)
    console.log(`The recording is in ${folder}.`)
  } catch (error) {
    console.error((error as Error).message)
  }
}

async function playOnAws(
  chosen: readonly Story[],
  options: AwsOptions,
  values: Values,
  interrupted: AbortSignal,
): Promise<number> {
  try {
    const deployment = await openDeployment(options, (line) => console.log(line))
    listLeftovers(deployment, options)
    if (values.down) return await takenDown(deployment, options)
    refuseExisting(deployment, options)
    if (!(await agreed(chosen, options, values, interrupted))) return 1
    return await deployedAndPlayed(chosen, deployment, options, values, interrupted)
  } catch (error) {
    if (!(error instanceof NotHere)) throw error
    console.error(error.message)
    return 1
  }
}

function downCommand({ account, region }: AwsOptions, prefix: string): string {
  return `npm run acceptance -- --account ${account} --region ${region} --prefix ${prefix} --down`
}

function listLeftovers({ leftovers }: Deployment, options: AwsOptions): void {
  for (const { name, expires } of leftovers) console.log(`Left by an earlier run: ${name}, which expires at ${expires}`)
  for (const prefix of new Set(leftovers.map(({ prefix }) => prefix)))
    console.log(`  to remove: ${downCommand(options, prefix)}`)
}

function refuseExisting({ leftovers }: Deployment, { prefix }: AwsOptions): void {
  if (leftovers.some((one) => one.prefix === prefix))
    throw new NotHere(`The prefix ${prefix} is in use: remove it, or give another --prefix. Nothing was done.`)
}

async function agreed(
  chosen: readonly Story[],
  { account, region, prefix }: AwsOptions,
  { yes, slow }: Values,
  signal: AbortSignal,
): Promise<boolean> {
  const tasks = chosen.flatMap(({ steps }) => steps.flat()).length * 2
  const { lines, total, hourly } = costOf(tasks, slow ? 6 : 2)
  console.log(
    [
      `${chosen.length} stories in account ${account}, ${region}, in stacks ${prefix}-…`,
      `It costs at most ${usdText(total)}:`,
      ...lines.map((line) => `  ${line}`),
      `What is left standing costs ${usdText(hourly)} an hour.`,
    ].join('\n'),
  )
  if (yes) return true
  if (!process.stdin.isTTY) throw new UsageError('Nobody is here to be asked: --yes')
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  try {
    return /^y(es)?$/i.test(await terminal.question('Go on? (yes/no) ', { signal }))
  } catch {
    return false
  } finally {
    terminal.close()
  }
}

async function deployedAndPlayed(
  chosen: readonly Story[],
  deployment: Deployment,
  options: AwsOptions,
  { keep, out }: Values,
  interrupted: AbortSignal,
): Promise<number> {
  let played = 1
  try {
    const account = await deployment.deploy(interrupted)
    const all = await playAll(chosen, async () => account, options.region, interrupted)
    played = conclude(all, interrupted)
    if (!interrupted.aborted) write(out ?? `build/recorded/${new Date().toISOString().slice(0, 10)}`, all)
  } catch (error) {
    if (!interrupted.aborted) console.error((error as Error).message)
  }
  if (keep) {
    console.log(`Left standing, as --keep asks. To remove: ${downCommand(options, options.prefix)}`)
    return played
  }
  return (await takenDown(deployment, options)) || played
}

/** @returns the exit code */
async function takenDown(deployment: Deployment, options: AwsOptions): Promise<number> {
  try {
    await deployment.takeDown()
    console.log('All stacks are removed.')
    return 0
  } catch (error) {
    console.error(`${(error as Error).message}\nSomething is left. Again: ${downCommand(options, options.prefix)}`)
    return 1
  }
}

/** What came of all stories. */
interface All {
  readonly rows: readonly Row[]
  readonly recording: Recording
  /** Of the account; undefined where nothing was played. */
  readonly known?: Known
}

async function playAll(
  chosen: readonly Story[],
  open: () => Promise<Account>,
  region: string,
  interrupted: AbortSignal,
): Promise<All> {
  const rows: Row[] = []
  const recording: Record<string, readonly Scrubbed[]> = {}
  const waiting = [...chosen]
  const authority = makeAuthority(awsHosts(region))
  let known: Known | undefined
  const worker = async (): Promise<void> => {
    try {
      for (let story = waiting.shift(); story !== undefined && !interrupted.aborted; story = waiting.shift()) {
        const account = await open()
        known = { ...knownOf(account.names), began: account.now() }
        const began = performance.now()
        const played = await play(story, account, authority, interrupted).finally(account.close)
        show(story, played, performance.now() - began)
        rows.push(...played.rows)
        recording[story.id] = scrubExchanges(played.exchanges, known)
      }
    } catch (error) {
      waiting.length = 0
      throw error
    }
  }
  const workers = Array.from({ length: AT_ONCE }, worker)
  // What is under way ends first: its account is taken down after this.
  await Promise.allSettled(workers)
  authority.remove()
  await Promise.all(workers)
  return { rows, recording, ...(known !== undefined && { known }) }
}

/** What must not be read in a recording. */
function knownOf({ accountId, region, prefix, image, database }: Names): Omit<Known, 'began'> {
  const { GITHUB_REPOSITORY, GITHUB_ACTOR } = process.env
  const own = [GITHUB_REPOSITORY, GITHUB_ACTOR, database?.name, database?.subnets, database?.securityGroups]
  const names = own.filter((name) => name !== undefined && name !== '') as readonly string[]
  return { accountId, region, prefix, names: image.startsWith(accountId) ? names : [...names, image] }
}

function show({ id, about }: Story, { rows, logs }: Played, ms: number): void {
  console.log(`${id}   ${Math.round(ms / 1000)} s\n  ${about}`)
  let step = ''
  for (const row of rows) {
    if (row.step !== step) console.log(`  ${row.step}`)
    step = row.step
    console.log(
      `    ${row.same ? '✓' : '✗'} ${row.what}: ${row.same ? row.seen : `seen ${row.seen}, assumed ${row.assumed}`}`,
    )
  }
  for (const name of new Set(rows.flatMap((row) => (row.same ? [] : [row.step]))))
    for (const text of [`  The log of '${name}':`, ...(logs.get(name) ?? [])]) console.log(`  ${text}`)
  console.log()
}

function conclude({ rows }: All, interrupted: AbortSignal): number {
  const different = rows.filter(({ same }) => !same)
  console.log(
    `${rows.length - different.length} of ${rows.length} rows are as assumed${interrupted.aborted ? '; interrupted' : ''}`,
  )
  return different.length === 0 && !interrupted.aborted ? 0 : 1
}
