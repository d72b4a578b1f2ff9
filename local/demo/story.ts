import type { DemoOptions } from './options.ts'
import type { Scene } from './scene.ts'

const FAILING_COMMAND = 'node dist/migrate.js --also dist/rehearsals/failing'
/** Its last migration takes a minute. */
const SLOW_COMMAND = 'node dist/migrate.js --also dist/rehearsals/slow'

/** Two sign-ups of one person, which the failing migration does not expect. */
export const SIGN_UPS = `
  INSERT INTO tenants (slug, name) VALUES ('acme', 'Acme');
  INSERT INTO customers (tenant_id, email) VALUES (1, 'Ada@example.com'), (1, 'ada@example.com')`

type Part = Pick<Scene, 'story' | 'inputs' | 'ends'> & { readonly verb: string }

const FIRST: Part = {
  verb: 'Migrate',
  story: [
    'The step below is what a workflow has. Its task definition says nothing about a database: the action clones it,',
    'puts the database in, runs the clone as one task, prints its log, and cleans up.',
  ],
  inputs: {},
  ends: 'succeeded',
}

const DRY_RUN: Part = {
  verb: 'Dry run for',
  story: [
    'Nothing is registered and nothing is started. What would be is in the folded groups: npm run demo -- --dry-run --verbose.',
  ],
  inputs: { 'dry-run': 'true' },
  ends: 'dry run',
}

const NO_WAY_OUT: Part = {
  verb: 'No way out for',
  story: [
    'Somebody has deleted the NAT gateway. On Fargate the task would hang for minutes, and then say something about',
    'secrets and a context deadline. The step must say it before it launches anything, and say what to build.',
  ],
  inputs: {},
  ends: 'refused',
}

/** The scenes to play, in order. */
export function scenes(options: DemoOptions): readonly Scene[] {
  if (options.cancelAfter !== undefined) return each(options, cancelled(options.command ?? SLOW_COMMAND))
  if (options.command !== undefined) return each(options, otherCommand(options.command))
  if (options.noNat) return each(options, NO_WAY_OUT)
  if (options.dryRun) return each(options, DRY_RUN)
  if (options.fail) return failing(options)
  return [...each(options, FIRST), ...again(options)]
}

/** One scene for each database, or one for all. */
function each(options: DemoOptions, part: Part): readonly Scene[] {
  const { verb, ...rest } = part
  if (options.allAtOnce === undefined) {
    return options.databases.map((database, index) => ({
      ...rest,
      title: `${index + 1}. ${verb} ${database}`,
      story: index === 0 ? rest.story : [],
      databases: [database],
    }))
  }
  const inputs = { ...rest.inputs, 'max-parallel': String(options.allAtOnce) }
  return [
    {
      ...rest,
      inputs,
      title: `1. ${verb} ${options.databases.length} databases in one step`,
      databases: options.databases,
    },
  ]
}

function cancelled(command: string): Part {
  return {
    verb: 'Cancel a migration of',
    story: [
      'A migration takes long. Someone presses "Cancel workflow": the runner sends SIGINT, the action stops the task, and',
      'the application, asked by SIGTERM to stop, rolls back.',
    ],
    inputs: { command },
    ends: 'cancelled',
  }
}

function otherCommand(command: string): Part {
  return {
    verb: 'Run your command for',
    story: [`In place of the definition's command: ${command}`],
    inputs: { command },
    ends: 'as it was',
  }
}

function failing(options: DemoOptions): readonly Scene[] {
  const [database] = options.databases
  if (database === undefined) return []
  return [
    {
      title: `1. Migrate ${database}`,
      story: ['The release that is in production.'],
      databases: [database],
      inputs: {},
      ends: 'succeeded',
    },
    {
      title: `2. A release whose migration fails on ${database}`,
      story: [
        'Since then Ada has signed up twice, as Ada@example.com and as ada@example.com. The new release allows one',
        'account for an address. Its tests passed; its migration cannot. The step must fail, and say why.',
      ],
      databases: [database],
      inputs: { command: FAILING_COMMAND },
      ends: 'failed',
    },
  ]
}

/** In one step, also where each database had a step of its own before. */
function again(options: DemoOptions): readonly Scene[] {
  const { databases, allAtOnce } = options
  const [database, ...others] = databases
  const number = allAtOnce === undefined ? databases.length + 1 : 2
  const scene = { databases, ends: 'nothing to do' } as const
  if (others.length === 0) {
    const story = ['The same step a second time. There is nothing to do, and the log says so.']
    return [{ ...scene, title: `${number}. Migrate ${database} again`, story, inputs: {} }]
  }
  const story = [
    'A second time, now all in one step: the first database alone, as the canary, then the others at the same time.',
    'There is nothing to do, and the log says so for each.',
  ]
  const inputs = { 'max-parallel': String(allAtOnce ?? databases.length) }
  return [{ ...scene, title: `${number}. Migrate all ${databases.length} again, in one step`, story, inputs }]
}
