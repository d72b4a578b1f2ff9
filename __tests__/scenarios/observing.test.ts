/** What is said when the task or its log cannot be seen as it should. */
import { expect } from '@jest/globals'
import type { FaultSpec } from '../../local/aws/index.ts'
import { called, worldTime } from '../faults/stage.ts'
import { log, scenario } from './scenario.ts'

const longEnough = 'echo "Applying 0001_initial... OK"; sleep 5'
const numbered = 'i=0; while [ $i -lt 60 ]; do i=$((i+1)); echo "line $i"; done'
const minutes = (count: number): number => count * 60_000

/** The first look at the task succeeds; from then on none does. */
const afterFirstLook = (fault: Partial<FaultSpec> & Pick<FaultSpec, 'kind'>): readonly FaultSpec[] => [
  { operation: 'DescribeTasks', service: 'ecs', afterMatches: 1, ...fault },
]

scenario('may not describe tasks', {
  about: 'ecs:DescribeTasks is denied. Said within 20 s, with the permission; the task is not called failed.',
  container: longEnough,
  faults: afterFirstLook({ kind: 'access-denied' }),
  check: (step, { journal }) => {
    const denied = journal.find(({ outcome }) => outcome?.error?.code === 'AccessDeniedException')
    const said = step.run.lines.find(({ text }) => text.includes('ecs:DescribeTasks'))
    expect(worldTime(step.pace, said?.at ?? Number.POSITIVE_INFINITY) - (denied?.at ?? 0)).toBeLessThan(20_000)
  },
})

scenario('denied for a moment', {
  about: 'A permission that was just granted takes seconds to be seen everywhere.',
  container: 'sleep 2; echo "Applying 0001_initial... OK"',
  faults: afterFirstLook({ kind: 'access-denied', times: 2 }),
  check: (step) => expect(step.run.outputs.outcome).toBe('succeeded'),
})

/** So that the number of calls before the launch is known. */
const withoutChecks = { preflight: 'false' }

scenario('the token expires', {
  about: 'Credentials end in the middle. What to raise is said; the task is left alone.',
  container: longEnough,
  inputs: withoutChecks,
  faults: [{ operation: '*', kind: 'expired-token', afterMatches: 8 }],
})

scenario('the task is MISSING', {
  about: 'For more than a minute ECS knows no such task.',
  scale: 20,
  container: longEnough,
  faults: afterFirstLook({ kind: 'missing' }),
  check: (step) => {
    expect(step.run.outputs.outcome).toBe('unknown')
    expect(log(step)).toMatch(/MISSING[\s\S]*may still be running/)
  },
})

scenario('the task is MISSING for a while', {
  about: 'For 45 s ECS reports its own task as MISSING: that is usual just after RunTask.',
  scale: 20,
  timing: { describeLag: 45_000 },
  check: (step) => expect(step.run.outputs.outcome).toBe('succeeded'),
})

scenario('AWS is not to be reached', {
  about: 'Every connection breaks, for more than 5 minutes.',
  scale: 60,
  container: 'sleep 30',
  inputs: withoutChecks,
  faults: [{ operation: '*', kind: 'reset', afterMatches: 7 }],
  approved: false,
  check: (step, { journal }) => {
    const first = journal.find(({ outcome }) => outcome?.fault === 'reset')
    expect(step.run.outputs.outcome).toBe('unknown')
    expect(step.endedAt - (first?.at ?? 0)).toBeGreaterThan(minutes(5))
    expect(step.endedAt - (first?.at ?? 0)).toBeLessThan(minutes(6.5))
    expect(log(step)).toContain('may still be running')
  },
})

scenario('AWS is away for four minutes', {
  about: 'Then it comes back, and the migration has succeeded meanwhile.',
  scale: 60,
  inputs: withoutChecks,
  faults: [{ operation: '*', kind: 'unavailable', afterMatches: 7, forMs: minutes(4) }],
  approved: false,
  check: (step) => expect(step.run.outputs.outcome).toBe('succeeded'),
})

scenario('a connection that never answers', {
  about: 'One DescribeTasks hangs: it costs at most 15 s.',
  container: 'sleep 1; echo "Applying 0001_initial... OK"',
  faults: afterFirstLook({ kind: 'no-answer', times: 1 }),
  approved: false,
  check: (step, { journal }) => {
    const hung = journal.findIndex(({ outcome }) => outcome?.fault === 'no-answer')
    const next = journal.slice(hung + 1).find(({ operation }) => operation === 'DescribeTasks')
    expect((next?.at ?? Number.POSITIVE_INFINITY) - (journal[hung]?.at ?? 0)).toBeLessThan(15_000)
    expect(step.run.outputs.outcome).toBe('succeeded')
  },
})

scenario('may not read the log', {
  about: 'logs:GetLogEvents is denied: said, with what to allow; the verdict stands.',
  faults: [{ operation: 'GetLogEvents', kind: 'access-denied' }],
  check: (step) => expect(step.run.outputs.outcome).toBe('succeeded'),
})

scenario('the log comes one event a page, throttled, with empty pages between', {
  about: 'Every line, once, in order.',
  scale: 10,
  container: numbered,
  aws: { logPageEvents: 1 },
  faults: [
    { operation: 'GetLogEvents', kind: 'throttling', afterMatches: 4, times: 3 },
    { operation: 'GetLogEvents', kind: 'empty-page', afterMatches: 5, times: 2 },
    { operation: 'GetLogEvents', kind: 'answer-lost', afterMatches: 7, times: 2 },
  ],
  check: (step) => expect(step.logFiles.get('shop_prod')?.split('\n')).toHaveLength(61),
})

scenario('the stream appears late', {
  about: 'The container has ended before its log stream can be read.',
  timing: { streamLag: 3_500, logLag: 3_500 },
})

scenario('lines that arrive long after the exit', {
  about: 'The last words of a failed migration come 10 s after its exit.',
  container: 'echo "relation orders does not exist"; exit 1',
  timing: { logLag: 10_000, exitLag: 300 },
})

scenario('ECS shows the exit ten seconds late', {
  about: 'The exit is shown late; nothing else is.',
  timing: { exitLag: 10_000 },
})

scenario('the limit falls between the exit and the time that ECS shows it', {
  about: 'The container has ended by itself; ECS does not show it yet when the limit comes. Its exit code decides.',
  timing: { exitLag: 10_000 },
  inputs: { 'task-timeout-minutes': '0.1' },
  check: (step) => expect(step.run.outputs.outcome).toBe('succeeded'),
})

scenario('the stop code comes later than the exit code', {
  about: 'Only both together are a verdict.',
  timing: { stopCodeLag: 3_000 },
})

const odd = { code: 'UnrecognizedClientException', message: 'The security token included in the request is invalid.' }

scenario('one odd refusal of the listing before the launch', {
  about: 'Nobody learns of it: the next try works.',
  faults: [{ operation: 'ListTasks', kind: 'error', error: odd, times: 1 }],
  approved: false,
  check: (step) => expect(step.run.outputs.outcome).toBe('succeeded'),
})

scenario('one odd refusal of each call by which post looks for a task', {
  about: 'Killed while RunTask is on its way: post finds the task and stops it all the same.',
  container: 'trap "exit 143" TERM; sleep 60 & wait',
  faults: [
    { operation: 'RunTask', kind: 'answer-late', delayMs: 5_000 },
    { operation: 'ListTasks', kind: 'error', error: odd, afterMatches: 2, times: 1 },
    { operation: 'DescribeTasks', kind: 'error', error: odd, times: 1 },
  ],
  events: [{ when: called('RunTask', 'arrived'), after: 1_000, happens: 'kill' }],
  approved: false,
  check: (step, { journal }) => {
    expect(journal.filter(({ operation }) => operation === 'StopTask')).toHaveLength(1)
    expect(step.run.post?.lines.map(({ text }) => text).join('\n')).not.toContain('Cleaning up failed')
  },
})
