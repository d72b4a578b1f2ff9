/** Several databases in one step. */
import { expect } from '@jest/globals'
import type { Evidence } from '../faults/stage.ts'
import { containerRuns } from '../faults/stage.ts'
import { log, scenario } from './scenario.ts'

/** Fails for the databases whose names say so. */
const asNamed =
  'echo "Applying 0001_initial to $DATABASE_NAME"; case "$DATABASE_NAME" in *bad*) exit 1;; *slow*) sleep 1;; esac'

const databasesOf = ({ containers }: Evidence): readonly (string | undefined)[] =>
  containers.map(({ environment }) => environment.DATABASE_NAME)

const outcomesIn = (results: string | undefined): readonly string[] =>
  (JSON.parse(results ?? '[]') as { database: string; outcome: string }[]).map(
    ({ database, outcome }) => `${database} ${outcome}`,
  )

/** How many containers ran at once. */
const mostAtOnce = ({ containers }: Evidence): number =>
  Math.max(
    ...containers.map(
      ({ startedAt }) =>
        containers.filter(
          (other) => other.startedAt <= startedAt && (other.exitedAt ?? Number.POSITIVE_INFINITY) > startedAt,
        ).length,
    ),
  )

/** Changes the request before ECS reads it, as nobody should. */
function swapNames(input: Readonly<Record<string, unknown>>): boolean {
  const { containerOverrides = [] } = (input.overrides ?? {}) as {
    readonly containerOverrides?: readonly { environment?: { value?: string }[] }[]
  }
  for (const { environment = [] } of containerOverrides)
    for (const variable of environment) if (variable.value === 'shop_1') variable.value = 'shop_9'
  return true
}

scenario('three databases, one after another', {
  about: 'The order is kept; the next one does not wait for the log of the one before.',
  container: asNamed,
  inputs: { 'database-name': 'shop_prod\nshop_test, shop_demo\nshop_prod' },
  approved: false,
  check: (step, evidence) => {
    expect(databasesOf(evidence)).toEqual(['shop_prod', 'shop_test', 'shop_demo'])
    expect(mostAtOnce(evidence)).toBe(1)
    expect(step.run.outputs.outcome).toBe('succeeded')
    const registered = evidence.journal.filter(({ operation }) => operation === 'RegisterTaskDefinition')
    expect(registered).toHaveLength(1)
    expect(JSON.stringify(registered[0]?.input)).toContain('set-per-task-by-run-ecs-migration')
  },
})

scenario('three databases in which nothing was pending', {
  about: 'The summary says so once, and what they said.',
  container: 'echo "No pending migrations to apply."; echo "npm notice To update run: npm install -g npm"',
  inputs: { 'database-name': 'shop_prod\nshop_test\nshop_demo' },
  approved: false,
  check: (step) => {
    expect(step.run.summary).toMatch(
      /<p>Nothing was pending in all 3(?: \(<code>sha256:[0-9a-f]{12}<\/code>\))?\.<\/p>/,
    )
    expect(step.run.summary).toContain('<p>All 3 say: <code>No pending migrations to apply.</code></p>')
    expect(log(step)).toMatch(/^shop_demo: succeeded in .*, exit code 0, nothing was pending$/m)
  },
})

scenario('one of three fails', {
  about: 'fail-fast: the third is skipped.',
  container: asNamed,
  inputs: { 'database-name': 'shop_prod\nbad_test\nshop_demo' },
  approved: false,
  check: (step, evidence) => {
    expect(databasesOf(evidence)).toEqual(['shop_prod', 'bad_test'])
    expect(outcomesIn(step.run.outputs.results)).toEqual([
      'shop_prod succeeded',
      'bad_test failed',
      'shop_demo skipped',
    ])
    expect(step.run.outputs.outcome).toBe('failed')
  },
})

scenario('one of three fails, and the others go on', {
  about: 'fail-fast false.',
  container: asNamed,
  inputs: { 'database-name': 'shop_prod\nbad_test\nshop_demo', 'fail-fast': 'false' },
  approved: false,
  check: (step) =>
    expect(outcomesIn(step.run.outputs.results)).toEqual([
      'shop_prod succeeded',
      'bad_test failed',
      'shop_demo succeeded',
    ]),
})

scenario('the canary fails', {
  about: 'Four at once, but the first one alone before: nothing else is started.',
  container: asNamed,
  inputs: { 'database-name': 'bad_one\nshop_1\nshop_2\nshop_3', 'max-parallel': '4' },
  check: ({ run }, evidence) => {
    expect(databasesOf(evidence)).toEqual(['bad_one'])
    expect(run.summary).toMatch(/^<h2>❌ 1 of 4 databases failed, 3 not attempted\.<\/h2>$/m)
    expect(run.summary).toContain('<p>Still to do: 4 of 4. Fix what failed, then run it again. After a fix')
  },
})

scenario('six databases, three at once, after a canary', {
  about: 'Never more than three at once, each with its own name as an override.',
  container: 'echo "Applying 0001_initial to $DATABASE_NAME"; sleep 0.6',
  inputs: { 'database-name': 'shop_1,shop_2,shop_3,shop_4,shop_5,shop_6', 'max-parallel': '3' },
  approved: false,
  check: (step, evidence) => {
    expect(mostAtOnce(evidence)).toBe(3)
    expect([...databasesOf(evidence)].sort()).toEqual(['shop_1', 'shop_2', 'shop_3', 'shop_4', 'shop_5', 'shop_6'])
    const [canary, second] = evidence.containers
    expect(canary?.exitedAt).toBeLessThan(second?.startedAt ?? 0)
    for (const database of databasesOf(evidence)) {
      const line = `[${database}] Applying 0001_initial to ${database}`
      expect(step.run.lines.filter(({ text }) => text === line)).toHaveLength(1)
    }
  },
})

scenario('one of several databases is busy', {
  about: 'Refused because it is busy does not count as a failure for the others.',
  container: 'echo "Applying 0001_initial"; if [ "$SLOW" ]; then sleep 4; fi',
  first: { inputs: { 'database-name': 'shop_test', 'environment-variables': 'SLOW=1' } },
  inputs: { 'database-name': 'shop_prod,shop_test,shop_demo', 'fail-fast': 'true' },
  approved: false,
  check: (step) =>
    expect(outcomesIn(step.run.outputs.results)).toEqual([
      'shop_prod succeeded',
      'shop_test refused',
      'shop_demo succeeded',
    ]),
})

scenario('three databases are cancelled', {
  about: 'All that run are stopped, the rest is skipped.',
  container: 'trap "exit 143" TERM; echo "Applying 0001_initial"; sleep 60 & wait',
  scale: 2,
  inputs: { 'database-name': 'shop_1,shop_2,shop_3', 'max-parallel': '2', canary: 'false' },
  events: [{ when: ({ containers }) => containers.length === 2, after: 1_000, happens: 'cancel' }],
  approved: false,
  check: (step, { journal }) => {
    expect(journal.filter(({ operation }) => operation === 'StopTask')).toHaveLength(2)
    expect(outcomesIn(step.run.outputs.results)).toEqual(['shop_1 cancelled', 'shop_2 cancelled', 'shop_3 skipped'])
  },
})

scenario('two databases by a URL', {
  about: 'No variable carries the name; {database} in a variable does.',
  container: 'echo "$DATABASE_URL"',
  inputs: {
    'database-name': 'shop_1,shop_2',
    'database-variable': 'none',
    'environment-variables': 'DATABASE_URL=postgres://db.internal/{database}',
  },
  approved: false,
  check: (_step, { containers }) =>
    expect(containers.map(({ environment }) => environment.DATABASE_URL)).toEqual([
      'postgres://db.internal/shop_1',
      'postgres://db.internal/shop_2',
    ]),
})

scenario('ECS starts a task for another database', {
  about: 'What RunTask answers shows another name than was asked for: stopped at once, and nothing more is started.',
  container: 'trap "exit 143" TERM; echo "Applying 0001_initial to $DATABASE_NAME"; sleep 60 & wait',
  inputs: { 'database-name': 'shop_1,shop_2' },
  // Stopped well before an image is pulled, so that no container has anything to say.
  timing: { pending: 30_000 },
  // A proxy between the step and ECS, gone mad: it swaps the names of all requests.
  arrange: (aws) => void aws.faults.add({ operation: 'RunTask', kind: 'slow', delayMs: 0, when: swapNames }),
  approved: false,
  check: (step, { journal }) => {
    expect(outcomesIn(step.run.outputs.results)).toEqual(['shop_1 failed', 'shop_2 skipped'])
    // Asked for at once, when ECS may not know the task yet; then again.
    const stops = journal.filter(({ operation, outcome }) => operation === 'StopTask' && outcome?.status === 200)
    expect(stops).toHaveLength(1)
    expect(log(step)).toContain('another database')
  },
})

scenario('killed with three databases', {
  about: 'Two run when the process is gone; post stops both, and nothing else is begun.',
  container: 'trap "exit 143" TERM; sleep 60 & wait',
  scale: 10,
  inputs: { 'database-name': 'shop_1,shop_2,shop_3', 'max-parallel': '2', canary: 'false' },
  events: [{ when: (aws) => aws.containers.length === 2 && containerRuns(aws), happens: 'kill' }],
  approved: false,
  check: (_step, { journal }) => {
    expect(journal.filter(({ operation }) => operation === 'StopTask')).toHaveLength(2)
    expect(journal.filter(({ operation }) => operation === 'RunTask')).toHaveLength(2)
  },
})
