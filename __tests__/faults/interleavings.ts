/** Two or three steps for one database at once, in a world of lags, faults and cancellations that a seed decides. */
import type { FaultKind, FaultSpec } from '../../local/aws/index.ts'
import { accountOf } from './account.ts'
import { overlaps, violations } from './invariants.ts'
import { type Chance, chanceOf } from './random.ts'
import { type Event, type OpenWorld, openWorld, type Step, type StepEvidence, type World } from './stage.ts'

export interface Interleaving {
  readonly seed: number
  /** Empty: never two containers at once, and every step reports what happened. */
  readonly broken: readonly string[]
  readonly outcomes: readonly string[]
  readonly account: string
}

const scale = 20
const minuteMs = 60_000
const launchFaults: readonly [FaultKind, ...FaultKind[]] = [
  'throttling',
  'server-error',
  'server-error-after-work',
  'reset',
  'answer-lost',
  'answer-hung',
  'cut-off',
  'slow',
  'answer-late',
  'failures',
]
const listFaults: readonly [FaultKind, ...FaultKind[]] = ['stale', 'slow', 'throttling', 'reset', 'answer-late']
const definitionFaults: readonly [FaultKind, ...FaultKind[]] = ['throttling', 'reset', 'slow', 'access-denied']
const watchFaults: readonly [FaultKind, ...FaultKind[]] = ['missing', 'throttling', 'reset', 'no-answer', 'slow']

/** @param seed decides everything but the machine's own pace */
export async function runInterleaving(seed: number): Promise<Interleaving> {
  const chance = chanceOf(seed)
  const world = await openWorld(worldOf(chance))
  try {
    await somethingBefore(chance, world)
    const plans = Array.from({ length: chance.between(2, 3) }, (_, index) => ({
      afterMs: chance.pick([0, 0, 50, chance.between(0, 600)]),
      step: stepOf(chance, index + 1),
    }))
    const steps = await Promise.all(
      plans.map(async ({ afterMs, step }) => {
        await new Promise((resolve) => setTimeout(resolve, afterMs))
        return world.run(step)
      }),
    )
    const evidence = await world.evidence()
    return {
      seed,
      broken: [...new Set([...overlaps(evidence), ...steps.flatMap((step) => violations(step, evidence))])],
      outcomes: steps.map(outcomeOf),
      account: steps.map((step) => accountOf(step, evidence)).join('\n\n'),
    }
  } finally {
    await world.close()
  }
}

/** What they may take is soon over in time that is compressed so far. */
const withoutChecks = { preflight: 'false' }

function outcomeOf({ run, signal }: StepEvidence): string {
  return run.outputs.outcome ?? signal ?? run.conclusion
}

/** Often a migration ended before, minutes ago, about an hour, or when ECS has forgotten it for long. */
async function somethingBefore(chance: Chance, world: OpenWorld): Promise<void> {
  if (chance.next() < 0.5) return
  for (let run = chance.between(1, 2); run > 0; run--) {
    await world.run({ inputs: { ...withoutChecks, 'if-running': chance.pick(['refuse', 'allow']) } })
    world.pass(chance.pick([chance.between(1, 50), 57, 58, 59, 60, chance.between(55, 75)]) * minuteMs)
  }
}

/** Containers run long enough, in real time, for two that overlap to be seen. */
function worldOf(chance: Chance): World {
  const seconds = chance.pick(['0.05', '0.3', '0.8'])
  return {
    scale,
    container: `trap "exit 143" TERM; echo "line 1"; sleep ${seconds} & wait; echo "line 2"; exit ${chance.pick([0, 0, 1])}`,
    timing: {
      provisioning: chance.between(0, 3_000),
      pending: chance.between(0, 5_000),
      deprovisioning: chance.between(500, 20_000),
      exitLag: chance.between(0, 10_000),
      logLag: chance.between(0, 5_000),
      // No longer than an hour after the last migration bears; more of it is tried in launching.test.ts.
      listLag: chance.pick([0, 1_000, 30_000, minuteMs]),
      describeLag: chance.pick([0, 1_000, 20_000, 55_000]),
      tokenKept: chance.pick([60, 60, chance.between(10, 60), chance.between(60, 120)]) * minuteMs,
    },
    faults: [
      ...someFaults(chance, 'RunTask', launchFaults),
      ...someFaults(chance, 'ListTasks', listFaults),
      ...someFaults(chance, 'DescribeTasks', watchFaults),
      ...someFaults(chance, 'DescribeTaskDefinition', definitionFaults),
    ],
    arrange: (aws) => {
      if (chance.next() < 0.25) aws.script({ times: chance.between(1, 2), failStart: 'capacity' })
    },
  }
}

function someFaults(chance: Chance, operation: string, kinds: readonly [FaultKind, ...FaultKind[]]): FaultSpec[] {
  return Array.from({ length: chance.between(0, 2) }, () => ({
    operation,
    kind: chance.pick(kinds),
    times: chance.between(1, 4),
    afterMatches: chance.between(0, 4),
    delayMs: chance.pick([2_000, 9_000, 4 * 60_000]),
  })).map((fault) => (fault.kind === 'stale' ? fault : { ...fault, delayMs: Math.min(fault.delayMs, 9_000) }))
}

/** The first attempt of a run, a re-run of it beside it or after its machine is gone, or a step of another run. */
function stepOf(chance: Chance, attempt: number): Step {
  const isRerun = chance.next() < 0.5
  const events: Event[] =
    chance.next() < 0.35
      ? [
          {
            when: () => true,
            after: chance.between(4_000, 60_000),
            happens: chance.pick(['cancel', 'cancel', 'kill']),
          },
        ]
      : []
  return {
    runner: {
      github: isRerun ? { run_attempt: String(attempt) } : { run_id: String(1_000 + attempt) },
      post: chance.next() < 0.9,
    },
    inputs: {
      ...withoutChecks,
      'if-running': chance.pick(['refuse', 'wait', 'wait', 'attach', 'attach', 'allow']),
      'task-timeout-minutes': chance.pick(['60', '60', '0.3']),
    },
    events,
  }
}
