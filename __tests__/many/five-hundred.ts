/**
 * 500 databases in one step, 100 at once, at AWS's documented rates. Takes three and a half minutes, so `npm test` leaves
 * it out: npm test -- --testMatch '**\/__tests__/many/*.ts'
 */
import { describe, expect, it } from '@jest/globals'
import type { JournalEntry, LocalAws } from '../../local/aws/index.ts'
import { type OpenWorld, openWorld, type StepEvidence } from '../faults/stage.ts'

const COUNT = 500
const PARALLEL = 100
const LINES = 4
const LIMIT_MS = 4 * 60_000

const databases = Array.from({ length: COUNT }, (_, index) => `tenant_${index + 1}`)
/** A light process that prints before and after it has worked. */
const container = `for i in 1 2 3; do echo "$DATABASE_NAME line $i"; done; sleep 2; echo "$DATABASE_NAME line 4"`
const linesOf = (database: string): string[] =>
  Array.from({ length: LINES }, (_, index) => `[${database}] ${database} line ${index + 1}`)

describe(`${COUNT} databases, ${PARALLEL} at once`, () => {
  it(
    'are migrated once each, within the rates of the account, and no line is lost',
    async () => {
      const world = await openWorld({ container, aws: { enforceRates: true, journalFolder: false } })
      try {
        const step = await world.run({
          inputs: { 'database-name': databases.join('\n'), 'max-parallel': String(PARALLEL) },
        })
        everyDatabaseOnce(step, world)
        everyLine(step)
        withinTheRates(world)
        oneRevision(world)
        readable(step)
        expect(step.run.durationMs).toBeLessThan(LIMIT_MS)
      } finally {
        await world.close()
      }
    },
    LIMIT_MS + 60_000,
  )
})

interface Result {
  readonly database: string
  readonly outcome: string
}

function everyDatabaseOnce({ run }: StepEvidence, { aws }: OpenWorld): void {
  expect(run.conclusion).toBe('success')
  const results = JSON.parse(run.outputs.results ?? '[]') as readonly Result[]
  expect(results.map(({ database, outcome }) => `${database} ${outcome}`)).toEqual(
    databases.map((database) => `${database} succeeded`),
  )
  const migrated = aws.containers.map(({ environment }) => environment.DATABASE_NAME)
  expect(migrated.slice(0, 1)).toEqual(['tenant_1'])
  expect([...migrated].sort()).toEqual([...databases].sort())
  const canary = aws.containers[0]
  expect(aws.containers.slice(1).every(({ startedAt }) => startedAt > (canary?.exitedAt ?? Infinity))).toBe(true)
  expect(mostAtOnce(aws)).toBeLessThanOrEqual(PARALLEL)
}

function mostAtOnce({ containers }: LocalAws): number {
  const runsAt = (at: number): number =>
    containers.filter(({ startedAt, exitedAt = Infinity }) => startedAt <= at && exitedAt > at).length
  return Math.max(...containers.map(({ startedAt }) => runsAt(startedAt)))
}

function everyLine({ run }: StepEvidence): void {
  const printed = new Map<string, string[]>(databases.map((database) => [database, []]))
  for (const { text } of run.lines) {
    const database = /^\[(tenant_\d+)\] tenant_\d+ line \d+$/.exec(text)?.[1]
    if (database !== undefined) printed.get(database)?.push(text)
  }
  expect([...printed.values()]).toEqual(databases.map(linesOf))
}

function withinTheRates({ aws }: OpenWorld): void {
  expect(aws.journal.filter(({ outcome }) => outcome?.error?.code === 'ThrottlingException')).toEqual([])
  const took = (aws.journal.at(-1)?.at ?? 0) - (aws.journal[0]?.at ?? 0)
  expect(calls(aws.journal, 'DescribeTasks').length).toBeLessThanOrEqual(took / 1_000 + 10)
  expect(mostWithin(calls(aws.journal, 'GetLogEvents'), 10_000)).toBeLessThanOrEqual(51)
  expect(mostWithin(calls(aws.journal, 'RunTask'), 1_000)).toBeLessThanOrEqual(20)
}

/** Moments of the calls of one operation, sorted. */
function calls(journal: readonly JournalEntry[], operation: string): readonly number[] {
  return journal.filter((entry) => entry.operation === operation).map(({ at }) => at)
}

function mostWithin(moments: readonly number[], ms: number): number {
  return Math.max(...moments.map((from) => moments.filter((at) => at >= from && at < from + ms).length))
}

function oneRevision({ aws }: OpenWorld): void {
  expect(calls(aws.journal, 'RegisterTaskDefinition')).toHaveLength(1)
  expect(calls(aws.journal, 'DeregisterTaskDefinition')).toHaveLength(1)
  expect(calls(aws.journal, 'RunTask')).toHaveLength(COUNT)
}

/** Progress now and then, and a report that is no longer than GitHub takes. */
function readable({ run }: StepEvidence): void {
  const progress = run.lines.filter(({ text }) => /^After .*: \d+ waiting, \d+ running, \d+ done, 0 failed/.test(text))
  expect(progress.length).toBeGreaterThanOrEqual(Math.floor(run.durationMs / 30_000) - 1)
  expect(Buffer.byteLength(run.summary ?? '')).toBeLessThan(1_048_576)
  expect(run.summary).toContain('500')
  expect(run.outputs.results?.length).toBeLessThanOrEqual(400_000)
}
