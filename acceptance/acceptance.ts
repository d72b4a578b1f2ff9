/** `npm run acceptance`: plays the stories against local/, or against an account of AWS. docs/acceptance.md */
import { parseArgs } from 'node:util'
import { makeAuthority } from '../local/certificate.ts'
import { interruptible } from '../local/interruptible.ts'
import { parsed, runProgram, UsageError } from '../local/usage.ts'
import { type Account, awsHosts } from './account.ts'
import { openLocalAccount } from './local-account.ts'
import { type Played, play } from './play.ts'
import { stories } from './stories/index.ts'
import type { Row, Story } from './story.ts'

const USAGE = `npm run acceptance -- [options]

Plays the acceptance stories: the built action as real steps, and what is assumed of AWS beside what was seen.
Without --account they are played against the AWS in local/, which shows that the stories hold, and nothing of AWS.

  --only NAME         this story; may be repeated
  --slow              also those that wait for hours (locally the clock is set forward)
  --help              this text
`

const OPTIONS = {
  only: { type: 'string', multiple: true },
  slow: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** Two cores play three stories as fast as four: most of a step is waiting. */
const AT_ONCE = 3

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
await runProgram(USAGE, main)

async function main(argv: string[]): Promise<number> {
  const { values } = parsed(() => parseArgs({ args: argv, options: OPTIONS }))
  if (values.help) {
    process.stdout.write(USAGE)
    return 0
  }
  const chosen = choose(values.only, values.slow === true)
  return interruptible(async (interrupted) => {
    console.log(
      'Against local/, an AWS on this machine: its account is described by the settings of acceptance/local-account.ts' +
        ' and by the templates. CloudFormation, IAM and real networks are not played.\n',
    )
    const rows = await playAll(chosen, interrupted)
    return conclude(rows, interrupted)
  })
}

function choose(only: readonly string[] | undefined, slow: boolean): readonly Story[] {
  const unknown = only?.filter((id) => !stories.some((story) => story.id === id)) ?? []
  if (unknown.length > 0)
    throw new UsageError(`No story ${unknown.join(', ')}. There are: ${stories.map(({ id }) => id).join(', ')}`)
  return stories.filter((story) => (only ?? [story.id]).includes(story.id) && (slow || !story.slow))
}

async function playAll(chosen: readonly Story[], interrupted: AbortSignal): Promise<readonly Row[]> {
  const rows: Row[] = []
  const waiting = [...chosen]
  const authority = makeAuthority(awsHosts('eu-west-1'))
  const worker = async (): Promise<void> => {
    for (let story = waiting.shift(); story !== undefined && !interrupted.aborted; story = waiting.shift()) {
      const began = performance.now()
      const played = await inAccount(openLocalAccount, (account) => play(story, account, authority, interrupted))
      show(story, played, performance.now() - began)
      rows.push(...played.rows)
    }
  }
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
  } finally {
    authority.remove()
  }
  return rows
}

async function inAccount<T>(open: () => Promise<Account>, work: (account: Account) => Promise<T>): Promise<T> {
  const account = await open()
  try {
    return await work(account)
  } finally {
    await account.close()
  }
}

function show({ id, about }: Story, { rows }: Played, ms: number): void {
  console.log(`${id}   ${Math.round(ms / 1000)} s\n  ${about}`)
  let step = ''
  for (const row of rows) {
    if (row.step !== step) console.log(`  ${row.step}`)
    step = row.step
    console.log(
      `    ${row.same ? '✓' : '✗'} ${row.what}: ${row.same ? row.seen : `seen ${row.seen}, assumed ${row.assumed}`}`,
    )
  }
  console.log()
}

function conclude(rows: readonly Row[], interrupted: AbortSignal): number {
  const different = rows.filter(({ same }) => !same)
  console.log(
    `${rows.length - different.length} of ${rows.length} rows are as assumed${interrupted.aborted ? '; interrupted' : ''}`,
  )
  return different.length === 0 && !interrupted.aborted ? 0 : 1
}
