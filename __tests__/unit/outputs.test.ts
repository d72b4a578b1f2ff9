import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  MOST_RESULT_BYTES,
  outputsOf,
  overallOutcome,
  resultsDocument,
  resultsOutput,
} from '../../src/report/outputs.ts'
import { redacted, redactor } from '../../src/report/redact.ts'
import type { ReportRow } from '../../src/report/row.ts'
import { at, digest, failed, recordOf, skipped, succeeded, taskArn } from './report-rows.ts'

const dryRun: ReportRow = { record: recordOf({ kind: 'dry-run' }) }
const busy: ReportRow = { record: recordOf({ kind: 'refused', cause: 'busy', running: { taskArn } }) }

describe('outputs of one database', () => {
  it('are those of the contract', () => {
    expect(outputsOf([succeeded()], { resultsFile: '/tmp/results.json' })).toEqual({
      outcome: 'succeeded',
      results: expect.any(String),
      'results-file': '/tmp/results.json',
      'exit-code': '0',
      'task-arn': taskArn,
      'task-id': '0a1b2c',
      'task-definition-arn': 'arn:aws:ecs:eu-central-1:123456789012:task-definition/shop-run-ecs-migration:7',
      'image-digest': digest,
      'stop-code': 'EssentialContainerExited',
      'stopped-reason': 'Essential container in task exited',
      'log-group': '/ecs/shop',
      'log-stream': 'shop/app/0a1b2c',
      'log-url': 'https://eu-central-1.console.aws.amazon.com/cloudwatch/home',
      'task-url': 'https://eu-central-1.console.aws.amazon.com/ecs/v2/clusters/production/tasks/0a1b2c',
      'log-file': '/tmp/log/shop.log',
      'duration-seconds': '52',
    })
  })

  it('make up no exit code, no time and no text', () => {
    const record = recordOf(
      { kind: 'not-started', cause: 'never-ran' },
      { image: 'shop:1', task: { taskArn, containers: [{ name: 'app' }, { name: 'proxy', exitCode: 0 }] } },
    )
    expect(outputsOf([{ record }])).toEqual({
      outcome: 'not-started',
      results: JSON.stringify([
        { database: 'shop', outcome: 'not-started', taskArn, followed: false, image: 'shop:1' },
      ]),
      'task-arn': taskArn,
      'task-id': '0a1b2c',
    })
  })

  it('leave those of a single database unset for several', () => {
    expect(Object.keys(outputsOf([succeeded('a'), succeeded('b')]))).toEqual(['outcome', 'results'])
  })
})

describe('outcome', () => {
  it.each<[string | undefined, readonly ReportRow[]]>([
    ['succeeded', [succeeded(), succeeded()]],
    ['dry-run', [dryRun]],
    ['failed', [succeeded(), failed(), skipped(), busy]],
    ['refused', [succeeded(), busy, failed()]],
    ['failed', [skipped(), failed()]],
    ['skipped', [succeeded(), skipped()]],
    [undefined, []],
  ])('%s', (outcome, rows) => {
    expect(overallOutcome(rows)).toBe(outcome)
  })
})

describe('results', () => {
  it('hold every database in the given order, each fact by its name', () => {
    const results = JSON.parse(resultsOutput([succeeded('b'), failed('a')]))
    expect(results.map((result: { database: string }) => result.database)).toEqual(['b', 'a'])
    expect(results[1]).toMatchObject({ outcome: 'failed', exitCode: 1, reason: 'It failed.', remedy: 'Mend it.' })
    expect(results[0].timings).toEqual({ provision: 10, pull: 15, start: 5, run: 20, log: 5.5, total: 52 })
  })

  it('shorten the successes first', () => {
    const rows = [...Array.from({ length: 600 }, (_, index) => succeeded(`tenant_${index}`)), failed('broken')]
    expect(resultsDocument(rows).length).toBeGreaterThan(MOST_RESULT_BYTES)
    const results = JSON.parse(resultsOutput(rows))
    expect(results).toHaveLength(601)
    expect(results[0]).toEqual({ database: 'tenant_0', outcome: 'succeeded' })
    expect(results[600]).toMatchObject({ database: 'broken', reason: 'It failed.', remedy: 'Mend it.' })
  })

  it('are JSON of at most 400 kB for any number of databases, and say what was left out', () => {
    const names = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 128 })
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6000 }),
        names,
        fc.integer({ min: 0, max: 2000 }),
        (count, name, length) => {
          const problem = { code: 'x', reason: 'y'.repeat(length), remedy: 'z'.repeat(length) }
          const rows = Array.from({ length: count }, (_, index) =>
            index % 2 ? failed(name, { problem }) : succeeded(name),
          )
          const json = resultsOutput(rows)
          expect(Buffer.byteLength(json)).toBeLessThanOrEqual(MOST_RESULT_BYTES)
          const results = JSON.parse(json)
          const omitted = results.at(-1).omitted ?? 0
          expect(results.length - (omitted > 0 ? 1 : 0) + omitted).toBe(count)
        },
      ),
      { numRuns: 15 },
    )
  }, 30_000)

  it('star passwords in what AWS said', () => {
    const record = recordOf(
      { kind: 'failed', cause: 'no-exit-code' },
      { task: { stoppedReason: 'connect postgres://u:secret@db failed\r\n::error::x', stoppedAt: at(5) } },
    )
    const problem = { code: 'x', reason: 'at postgres://u:secret@db', remedy: 'y' }
    const json = resultsOutput(redacted([{ record, problem }], redactor()))
    expect(json).not.toContain('secret')
    expect(JSON.parse(json)[0].stoppedReason).toBe('connect *** failed\n::error::x')
  })
})
