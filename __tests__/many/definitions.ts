/**
 * Definitions as people have them, drawn at random, each given to the built action: whatever it accepts runs the words
 * that its log announced, in the database that was named, beside the containers that it announced, and ECS accepts it.
 * Takes a minute or two, so `npm test` leaves it out. SEED=n draws the same ones again.
 */
import type { ContainerDefinition, RegisterTaskDefinitionCommandInput, TaskDefinition } from '@aws-sdk/client-ecs'
import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import { type Evidence, image, logConfiguration, play, type StepEvidence, sidecarImage } from '../faults/stage.ts'
import { log } from '../scenarios/scenario.ts'
import { APPLICATION, anyJobDefinition, NAMES } from '../unit/any-definition.ts'

const COUNT = Number(process.env.COUNT ?? 40)
const AT_ONCE = 3
const seed = Number(process.env.SEED ?? Math.floor(Date.now() / 1_000))

const programs = {
  'run.sh': '#!/bin/sh\necho "in $DATABASE_NAME: $*"\n',
  // With a database of the step's it is the migration, and ends.
  'stay.sh':
    '#!/bin/sh\ncase "$DATABASE_NAME" in shop_a|shop_b|o*) exec sh ./run.sh "$@";; esac\ntrap "exit 0" TERM\nwhile :; do sleep 0.05; done\n',
}

/** What is waited for ends; what is not runs until it is stopped, so that an essential one does not end the task. */
function runnable(base: TaskDefinition): Partial<RegisterTaskDefinitionCommandInput> {
  const { containerDefinitions = [], compatibilities: _, ...rest } = base
  const ends = containerDefinitions.flatMap(({ dependsOn = [] }) =>
    dependsOn.flatMap(({ condition, containerName }) =>
      condition === 'SUCCESS' || condition === 'COMPLETE' ? containerName : [],
    ),
  )
  return {
    ...rest,
    containerDefinitions: containerDefinitions.map((container) => {
      const isApplication = container.image?.startsWith(APPLICATION) === true
      const program = ends.includes(container.name) ? './run.sh' : './stay.sh'
      return withProgram({ ...container, image: isApplication ? `${image}:1.2.2` : `${sidecarImage}:3` }, program)
    }),
  }
}

function withProgram(container: ContainerDefinition, program: string): ContainerDefinition {
  const { entryPoint, command = [], logConfiguration: logs = logConfiguration('drawn') } = container
  const words = ['sh', program]
  return entryPoint
    ? { ...container, logConfiguration: logs, entryPoint: [...words, ...entryPoint] }
    : { ...container, logConfiguration: logs, command: [...words, ...command] }
}

const anyInputs = fc.record(
  {
    'container-name': fc.constantFrom(...NAMES),
    sidecars: fc.oneof(
      fc.constantFrom('auto', 'all', 'none'),
      fc.subarray([...NAMES], { minLength: 1 }).map((names) => names.join(',')),
    ),
    command: fc.constant('["sh","./run.sh","given","{database}"]'),
    'database-name': fc.constantFrom('shop_a', 'shop_a\nshop_b', "o'brien"),
  },
  { requiredKeys: ['database-name'] },
)

/** Words as the log announces them, a line each. */
function announced(text: string, what: 'Entry point' | 'Command'): readonly string[] {
  const line = new RegExp(`^${what}: (.*)$`, 'm').exec(text)?.[1]
  if (line === undefined) throw new Error(`the log announces no ${what}: ${text}`)
  return line.startsWith('[') ? (JSON.parse(line) as string[]) : []
}

function isTrue(step: StepEvidence, { containers, journal }: Evidence): void {
  const text = log(step)
  const outcomes = (JSON.parse(step.run.outputs.results ?? '[]') as { outcome: string; database: string }[]).map(
    ({ outcome, database }) => `${database}: ${outcome}`,
  )
  const databases = (step.inputs['database-name'] ?? '').split('\n')
  if (step.run.outputs.outcome === 'refused') {
    expect(journal.map(({ operation }) => operation)).not.toContain('RunTask')
    expect(text).toContain('What to do: ')
    return
  }
  expect({ outcomes, text }).toEqual({ outcomes: databases.map((database) => `${database}: succeeded`), text })
  const chosen = /, container (\S+) of arn/.exec(text)?.[1]
  const ours = containers.filter(({ name }) => name === chosen)
  expect(ours.map(({ environment }) => environment.DATABASE_NAME)).toEqual(databases)
  const words = [...announced(text, 'Entry point'), ...announced(text, 'Command')]
  expect(ours.map(({ command }) => command)).toEqual(
    databases.map((database) => words.map((word) => word.replaceAll('{database}', database))),
  )
  const leftOut = [...text.matchAll(/^(\S+): left out, /gm)].map(([, name]) => name)
  expect(containers.filter(({ name }) => leftOut.includes(name))).toEqual([])
}

it(
  `whatever is accepted runs as announced (SEED=${seed})`,
  async () => {
    const drawn = fc.sample(fc.tuple(anyJobDefinition, anyInputs), { numRuns: COUNT, seed })
    const left = drawn.entries()
    let accepted = 0
    const failures: Error[] = []
    const work = async (): Promise<void> => {
      for (const [at, [base, inputs]] of left) {
        const given = Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined))
        const { step, evidence } = await play({
          scale: 5,
          files: programs,
          definition: (usual) => ({ ...usual, ...runnable(base), family: usual.family }),
          // What becomes of any definition, not which of them the checks refuse.
          inputs: { ...given, preflight: 'false', 'task-timeout-minutes': '2' } as Record<string, string>,
        })
        try {
          isTrue(step, evidence)
        } catch (error) {
          throw new Error(`definition ${at} of SEED=${seed}: ${JSON.stringify({ base: runnable(base), given })}`, {
            cause: error,
          })
        }
        if (step.run.outputs.outcome !== 'refused') accepted += 1
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
    expect(failures).toEqual([])
    expect(accepted).toBeGreaterThan(COUNT / 10)
  },
  6 * 60_000,
)
