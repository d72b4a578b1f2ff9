/** A step with 100 tasks running is cancelled, or killed: all are stopped, at AWS's documented rates. */
import { describe, expect, it } from '@jest/globals'
import type { LocalAws } from '../../local/aws/index.ts'
import { type OpenWorld, openWorld, type Signal, type StepEvidence } from '../faults/stage.ts'

const PARALLEL = 100
const databases = Array.from({ length: PARALLEL + 20 }, (_, index) => `tenant_${index + 1}`)
/** Ends at SIGTERM. */
const container = 'trap "exit 143" TERM; echo "$DATABASE_NAME begins"; sleep 90 & wait'

const allRun = ({ containers }: LocalAws): boolean => containers.length === PARALLEL

/** Real milliseconds that a busy machine may take for what costs nothing on AWS's side. */
const SLACK_MS = 1_000

async function stopped(signal: Signal, judge: (step: StepEvidence, world: OpenWorld) => void): Promise<void> {
  const world = await openWorld({ container, aws: { enforceRates: true, journalFolder: false } })
  try {
    const inputs = { 'database-name': databases.join(), 'max-parallel': String(PARALLEL), canary: 'false' }
    const step = await world.run({ inputs, events: [{ when: allRun, after: 500, happens: signal }] })
    expect(world.aws.journal.filter(({ outcome }) => outcome?.error?.code === 'ThrottlingException')).toEqual([])
    expect(stops(world)).toHaveLength(PARALLEL)
    expect(world.aws.journal.filter(({ operation }) => operation === 'RunTask')).toHaveLength(PARALLEL)
    expect(world.aws.journal.filter(({ operation }) => operation === 'DeregisterTaskDefinition')).toHaveLength(1)
    judge(step, world)
  } finally {
    await world.close()
  }
}

/** Milliseconds after the signal, one for each task. */
function stops({ aws }: OpenWorld): readonly number[] {
  const asked = aws.journal.filter(({ operation }) => operation === 'StopTask')
  return [...new Map(asked.map(({ input, at }) => [input.task, at])).values()]
}

describe(`${PARALLEL} running tasks`, () => {
  it('are all stopped within 5 s of a cancel, and the step is gone within 7 s', async () => {
    await stopped('cancel', (step, world) => {
      const at = step.signalledAt ?? Number.NaN
      expect(Math.max(...stops(world)) - at).toBeLessThan(5_000 + SLACK_MS)
      expect(step.run.exitCode).toBe(1)
      expect(step.endedAt - at).toBeLessThan(7_000 + SLACK_MS)
      const results = JSON.parse(step.run.outputs.results ?? '[]') as { database: string; outcome: string }[]
      expect(results.filter(({ outcome }) => outcome === 'cancelled')).toHaveLength(PARALLEL)
      expect(results.filter(({ outcome }) => outcome === 'skipped')).toHaveLength(databases.length - PARALLEL)
    })
  }, 90_000)

  it('are all stopped by the post step when the main step is killed', async () => {
    await stopped('kill', (step, world) => {
      expect(step.run.signal).toBe('SIGKILL')
      expect(stops(world).every((at) => at >= (step.signalledAt ?? Infinity))).toBe(true)
      expect(step.run.post?.exitCode).toBe(0)
      expect(step.run.post?.lines.filter(({ text }) => text.startsWith('Stopped arn:')).length).toBe(PARALLEL)
    })
  }, 90_000)
})
