import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { ContainerDefinition } from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { containerCommand } from '../../local/aws/container/environment.ts'
import { CannotStart, startProcess } from '../../local/aws/container/process.ts'
import type { Image } from '../../local/aws/options.ts'
import { Refusal, type Startup } from '../../src/model.ts'
import { judgeStartup, startupOf } from '../../src/plan/startup.ts'
import { startupLines } from '../../src/report/startup.ts'

/** A program that says what it was given; whatever runs it, it is what the words are about. */
const migrate = '#!/bin/sh\nprintf "ran"\nfor word in "$@"; do printf " <%s>" "$word"; done\necho\n'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'words-'))
  for (const name of ['migrate', 'entrypoint.sh']) {
    writeFileSync(join(folder, name), name === 'migrate' ? migrate : '#!/bin/sh\nexec "$@"\n')
    chmodSync(join(folder, name), 0o755)
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

/** `up` and `now` are the words of the migration; they must not be lost. */
const migration = fc.constantFrom(
  ['./migrate', 'up', 'now'],
  ['./migrate up now'],
  ['A=b', './migrate', 'up', 'now'],
  ['A=b ./migrate up now'],
)
const options = fc
  .array(fc.constantFrom('-e', '-u', '-x', '+e', '--'), { maxLength: 2 })
  .map((words) => [...words.filter((word) => word !== '--'), ...words.filter((word) => word === '--').slice(1)])
const shell = fc
  .tuple(
    fc.constantFrom('sh', 'bash', '/bin/sh', '/bin/bash'),
    options,
    fc.constantFrom(['-c'], ['-ec'], ['-c', '--'], ['-c', '-u']),
  )
  .map(([program, given, c]) => [program, ...given, ...c])
const script = fc.constantFrom(
  'exec "$@"',
  'true && exec "$@"',
  '"$@"',
  '$*',
  'exec $@',
  'eval "$*"',
  '"$0" "$@"',
  'echo hello',
  `echo '$1'`,
  './migrate up now',
  'export A=b; exec "$@"',
)
const named = fc.constantFrom<readonly string[]>([], ['--'], ['sh'], ['_'])
const wrapper = fc.constantFrom<readonly string[]>(
  [],
  [],
  ['env'],
  ['env', '-u', 'B', 'A=b'],
  ['timeout', '-k', '1', '9'],
  ['nice', '-n', '1'],
  ['./entrypoint.sh'],
  ['nohup'],
)
const start = fc.oneof(
  wrapper,
  fc.tuple(wrapper, shell).map((parts) => parts.flat()),
  fc.tuple(wrapper, shell, script, named).map(([before, call, text, zeroth]) => [...before, ...call, text, ...zeroth]),
)
const words = fc.oneof(
  migration,
  fc.tuple(shell, migration).map((parts) => parts.flat()),
  fc.tuple(shell, script, named, migration).map(([call, text, zeroth, given]) => [...call, text, ...zeroth, ...given]),
)
const maybe = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(values, { nil: undefined })

interface Case {
  readonly image: Image
  readonly definition: ContainerDefinition
  readonly given: { readonly command?: readonly string[]; readonly entrypoint?: readonly string[] }
}

/** Somebody wrote the migration down: in the image, in the definition or in an input. */
const cases: fc.Arbitrary<Case> = fc
  .record({
    ofImage: maybe(start),
    imageSays: words,
    ofDefinition: maybe(start),
    says: maybe(words),
    entrypoint: maybe(start),
    command: maybe(words),
  })
  .map(({ ofImage, imageSays, ofDefinition, says, entrypoint, command }) => ({
    image: { folder: '', command: imageSays, ...(ofImage && { entryPoint: ofImage }) },
    definition: { ...(ofDefinition && { entryPoint: [...ofDefinition] }), ...(says && { command: [...says] }) },
    // An input has a word at least.
    given: { ...(command && { command }), ...(entrypoint?.length && { entrypoint }) },
  }))

function accepted({ definition, given }: Case): Startup | undefined {
  const startup = startupOf(definition, given)
  try {
    judgeStartup(startup, given)
    return startup
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

/** As the clone and the override of one task hand them to ECS. */
function handedOver({ image, definition, given }: Case): string[] {
  const { command: _own, ...others } = definition
  const clone = given.entrypoint ? { ...others, entryPoint: [...given.entrypoint] } : definition
  return containerCommand(image, clone, given.command && { command: [...given.command] })
}

/** The words of a line that was logged. */
function announced(line: string | undefined, images: readonly string[] = []): readonly string[] {
  const said = line?.slice(line.indexOf(': ') + 2) ?? ''
  if (said === "the image's own") return images
  return said === 'no arguments' ? [] : JSON.parse(said)
}

async function run(command: readonly string[]): Promise<{ readonly exitCode: number; readonly output: string }> {
  try {
    const environment = { PATH: process.env.PATH ?? '', A: 'a' }
    const child = await startProcess({ folder, command, environment, hasInit: false })
    const [output, , { exitCode }] = await Promise.all([text(child.stdout), text(child.stderr), child.exit])
    return { exitCode, output }
  } catch (error) {
    if (error instanceof CannotStart) return { exitCode: 127, output: error.message }
    throw error
  }
}

describe('words that are accepted', () => {
  it('are those that run, whoever says them', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const startup = accepted(given)
        if (startup === undefined) return
        const [entryPoint, command] = startupLines(startup)
        expect([...announced(entryPoint, given.image.entryPoint), ...announced(command, given.image.command)]).toEqual(
          handedOver(given),
        )
      }),
      { numRuns: 2_000 },
    )
  })

  it('never exit 0 without the migration and all of its words, where no word is the image’s own', async () => {
    let runs = 0
    await fc.assert(
      fc.asyncProperty(cases, async (given) => {
        const startup = accepted(given)
        const isKnown = startup?.command?.some((word) => word.includes('./migrate')) && startup.entryPoint !== undefined
        if (startup === undefined || !isKnown || startup.isBare) return
        const { exitCode, output } = await run(handedOver(given))
        runs += 1
        if (exitCode === 0) expect(output).toContain('ran <up> <now>')
      }),
      { numRuns: 400 },
    )
    expect(runs).toBeGreaterThan(50)
  }, 60_000)
})
