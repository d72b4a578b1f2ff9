/** What can happen to the process itself: nobody reads its output, its folder is none, a page is huge, it has a bug. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { actionRoot, containerRuns, openWorld, play, type World } from '../faults/stage.ts'
import { type BareEnd, type BareProcess, inputs, startBare } from './bare-process.ts'

const limitMs = 60_000

interface Played {
  readonly end: BareEnd
  readonly operations: readonly string[]
  readonly stopReasons: readonly unknown[]
}

async function played(
  story: World,
  env: Readonly<Record<string, string>>,
  happens?: (process: BareProcess) => void,
  nodeArguments: readonly string[] = [],
): Promise<Played> {
  const world = await openWorld(story)
  try {
    const process = startBare(world, 'main', { ...inputs(), ...env }, nodeArguments)
    const look = setInterval(() => {
      if (happens === undefined || !containerRuns(world.aws)) return
      clearInterval(look)
      happens(process)
    }, 20)
    const end = await process.end
    clearInterval(look)
    const { journal } = world.aws
    return {
      end,
      operations: journal.map(({ operation }) => operation),
      stopReasons: journal.filter(({ operation }) => operation === 'StopTask').map(({ input }) => input.reason),
    }
  } finally {
    await world.close()
  }
}

const chatty = 'trap "exit 143" TERM; for i in $(seq 600); do echo line $i; sleep 0.1; done'

test.concurrent(
  'a closed output stops the task, as a signal does',
  async () => {
    const { end, stopReasons } = await played({ container: chatty, timing: { logLag: 100 } }, {}, ({ child }) => {
      child.stdout?.destroy()
      child.stderr?.destroy()
    })
    expect(end.exitCode).toBe(1)
    expect(stopReasons).toEqual([expect.stringMatching(/^Cancelled: /)])
  },
  limitMs,
)

test.concurrent.each(['/proc', '/proc/no/folder', '/dev/null', '/dev/null/below'])(
  'a temporary folder that is none ends the step at once: %s',
  async (folder) => {
    const { end, operations } = await played({ scale: 5 }, { RUNNER_TEMP: folder })
    expect(end.exitCode).toBe(1)
    expect(end.text).toMatch(/::error title=No folder for files[^:]*::The folder for log files .*RUNNER_TEMP/)
    expect(end.text).toContain(folder)
    expect(operations).toEqual([])
    expect(end.ms).toBeLessThan(15_000)
  },
  limitMs,
)

const logPage = (count: number) => ({
  status: 200,
  headers: { 'Content-Type': 'application/x-amz-json-1.1', 'x-amzn-RequestId': '0a1b2c3d-0000-4000-8000-000000000000' },
  body: JSON.stringify({
    events: Array.from({ length: count }, (_, index) => ({ timestamp: 1, ingestionTime: 1, message: `line ${index}` })),
    nextForwardToken: 'f/1',
    nextBackwardToken: 'b/1',
  }),
})

test.concurrent(
  'a page of more events than AWS ever sends is printed',
  async () => {
    const faults = [true, false].map((first) => ({
      operation: 'GetLogEvents',
      kind: 'foreign' as const,
      when: ({ nextToken }: { readonly nextToken?: unknown }) => (nextToken === undefined) === first,
      answer: logPage(first ? 250_000 : 0),
    }))
    const { end } = await played({ faults }, {})
    expect(end.text.match(/^line \d+$/gm)).toHaveLength(250_000)
    expect(end.text).toContain('shop_prod: succeeded')
    expect(end.exitCode).toBe(0)
  },
  limitMs,
)

test.concurrent(
  'an error that nobody catches is reported as a bug, without a stack trace',
  async () => {
    const code = "setTimeout(() => { throw new Error('thrown in a timer') }, 1_500)"
    const bug = [`--import`, `data:text/javascript,${encodeURIComponent(code)}`]
    const { end } = await played({ container: chatty }, {}, undefined, bug)
    expect(end.exitCode).toBe(1)
    expect(end.text).toMatch(/::error title=run-ecs-migration%3A a bug of the action::.*thrown in a timer/)
    expect(end.text).not.toMatch(/^ {4}at /m)
  },
  limitMs,
)

test.concurrent(
  'all that a step needs is loaded before its task runs: the action may be deleted meanwhile',
  async () => {
    const root = mkdtempSync(join(tmpdir(), 'action-'))
    for (const name of ['action.yml', 'dist']) cpSync(join(actionRoot(), name), join(root, name), { recursive: true })
    const { step, evidence } = await play({
      scale: 5,
      container: 'sleep 1; echo "ERROR: relation \\"users\\" already exists"; exit 3',
      runner: { root, post: false },
      idToken: true,
      inputs: { 'role-to-assume': 'arn:aws:iam::123456789012:role/migrate' },
      events: [{ when: containerRuns, happens: () => rmSync(root, { recursive: true }) }],
    })
    const { outputs, conclusion, lines } = step.run
    expect(evidence.containers).toHaveLength(1)
    expect(lines.filter(({ text }) => text.includes('bug of the action'))).toEqual([])
    expect({ conclusion, outcome: outputs.outcome, exitCode: outputs['exit-code'] }).toEqual({
      conclusion: 'failure',
      outcome: 'failed',
      exitCode: '3',
    })
    expect(step.run.summary).toContain('already exists')
  },
  limitMs,
)
