import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { violations } from '../faults/invariants.ts'
import {
  containerRuns,
  type Event,
  type Evidence,
  type OpenWorld,
  openWorld,
  type Step,
  type StepEvidence,
  type Story,
} from '../faults/stage.ts'
import { transcript } from './transcript.ts'

export interface Scenario extends Story {
  /** A sentence or two for the reader of the transcript. */
  readonly about: string
  /** Another step of the action before this one. */
  readonly first?: Step & {
    /** When this one begins, absent: when the container of the first one runs. */
    readonly until?: Event['when']
  }
  /** What the transcript does not show, or a number that matters. */
  readonly check?: (step: StepEvidence, evidence: Evidence) => void
  /** false: what is printed depends on chance; the invariants and `check` judge alone. */
  readonly approved?: boolean
}

const limitMs = 120_000

/** Faster than real time where a scenario does not say otherwise; limits in seconds are proved in real time. */
const usualScale = 5

/**
 * One step of dist/ against the local AWS, judged by the invariants and by a text in approved/ that a person has read.
 * UPDATE_APPROVED=1 writes the text anew.
 */
export function scenario(title: string, story: Scenario): void {
  test.concurrent(
    title,
    async () => {
      const { steps, step, evidence } = await play({ scale: usualScale, ...story })
      const text = transcript({ title, about: story.about }, step, evidence)
      const broken = steps.flatMap((one) => violations(one, evidence))
      expect({ broken, text }).toEqual({ broken: [], text })
      story.check?.(step, evidence)
      if (isReadable(story)) expectApproved(title, text)
    },
    limitMs,
  )
}

/** In time that is compressed further, the machine's own pace shows in what is printed. */
function isReadable({ approved, scale = usualScale }: Scenario): boolean {
  return approved !== false && scale <= usualScale
}

interface Played {
  /** In order of their start; the last one is what the scenario is about. */
  readonly steps: readonly StepEvidence[]
  readonly step: StepEvidence
  readonly evidence: Evidence
}

async function play(story: Scenario): Promise<Played> {
  const world = await openWorld(story)
  try {
    const first = story.first === undefined ? [] : [await begun(world, story.first)]
    const step = await world.run(story)
    // What runs on after this step, and only waits for it, may end.
    world.openGate()
    const steps = [...(await Promise.all(first.map(({ end }) => end))), step]
    return { steps, step, evidence: await world.evidence() }
  } finally {
    await world.close()
  }
}

/** Resolves when the next step is to begin; the end of this one comes later, so it is wrapped. */
async function begun(
  world: OpenWorld,
  { until, ...step }: NonNullable<Scenario['first']>,
): Promise<{ readonly end: Promise<StepEvidence> }> {
  const end = world.run(step)
  let hasEnded = false
  void end.finally(() => {
    hasEnded = true
  })
  const isTime = (): boolean => (until === undefined ? hasEnded || containerRuns(world.aws) : until(world.aws))
  while (!isTime()) await new Promise((resolve) => setTimeout(resolve, 5))
  return { end }
}

function expectApproved(title: string, text: string): void {
  const path = join(dirname(fileURLToPath(import.meta.url)), 'approved', `${title.replace(/[^A-Za-z0-9]+/g, '-')}.txt`)
  if (process.env.UPDATE_APPROVED === '1') {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  if (!existsSync(path)) throw new Error(`Nobody has approved this scenario yet: UPDATE_APPROVED=1 writes ${path}`)
  expect(text).toBe(readFileSync(path, 'utf8'))
}

/** The step's lines, as one text. */
export const log = ({ run }: StepEvidence): string => run.lines.map(({ text }) => text).join('\n')
