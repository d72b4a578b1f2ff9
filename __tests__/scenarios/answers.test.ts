/** What is no answer is repeated like a broken connection, and never read as one. */
import { expect } from '@jest/globals'
import type { FaultSpec } from '../../local/aws/index.ts'
import type { Evidence, StepEvidence } from '../faults/stage.ts'
import { aDuration, callsOfAStep, tasksIn } from '../faults/stage.ts'
import { log, scenario } from './scenario.ts'

const numbered = 'i=0; while [ $i -lt 20 ]; do i=$((i+1)); echo "line $i"; done'
const obedient = 'trap "exit 143" TERM; sleep 20 & wait'

const calls = ({ journal }: Evidence, operation: string): number =>
  journal.filter((entry) => entry.operation === operation).length
const startedTasks = ({ journal }: Evidence): number => new Set(journal.flatMap(tasksIn)).size
const revisionsLeft = ({ journal }: Evidence): number => {
  const done = (operation: string): number =>
    journal.filter((entry) => entry.operation === operation && entry.outcome?.output !== undefined).length
  return done('RegisterTaskDefinition') - done('DeregisterTaskDefinition')
}
const succeeded = (step: StepEvidence): void => expect(step.run.outputs.outcome).toBe('succeeded')

/** The work is done, and this comes back. */
const answered = (operation: string, body: string, status = 200): FaultSpec => ({
  operation,
  kind: 'foreign',
  times: 1,
  answer: { status, body, headers: { 'Content-Type': 'application/x-amz-json-1.1' } },
})

scenario('RunTask is never answered as RunTask', {
  about: 'The task may run: unknown, and the post step finds it and stops it.',
  scale: 60,
  container: 'trap "exit 143" TERM; sleep 600 & wait',
  faults: [{ operation: 'RunTask', kind: 'foreign', answer: { body: '{}' } }],
  approved: false,
  check: (step, evidence) => {
    expect(step.run.outputs.outcome).toBe('unknown')
    expect(log(step)).toContain('RunTask for shop_prod was not answered: a task may have been started')
    expect(startedTasks(evidence)).toBe(1)
    expect(calls(evidence, 'StopTask')).toBe(1)
  },
})

const instead: Readonly<Record<string, (operation: string) => FaultSpec>> = {
  'an empty object': (operation) => answered(operation, '{}'),
  'an empty list': (operation) => answered(operation, '[]'),
  null: (operation) => answered(operation, 'null'),
  'HTTP 204': (operation) => answered(operation, '', 204),
  'nothing at all': (operation) => ({ operation, kind: 'empty', times: 1 }),
  'a redirect': (operation) => ({ operation, kind: 'redirect', times: 1 }),
  'what is no HTTP': (operation) => ({ operation, kind: 'no-http', times: 1 }),
  'wrong types': (operation) => ({ operation, kind: 'wrong-type', times: 1 }),
  'an error that anybody can write': (operation) => answered(operation, '{"__type":"Blocked"}', 400),
  'failures without a reason': (operation) => answered(operation, '{"tasks":[],"failures":[{}]}'),
  'a page of a portal': (operation) => ({ operation, kind: 'foreign', times: 1 }),
}

for (const [what, faultOn] of Object.entries(instead)) {
  scenario(`every call is answered once with ${what}`, {
    about: 'The migration runs once, its log is whole, and no revision is left.',
    container: numbered,
    faults: callsOfAStep.map(faultOn),
    approved: false,
    check: (step, evidence) => {
      succeeded(step)
      expect(startedTasks(evidence)).toBe(1)
      expect(step.logFiles.get('shop_prod')?.match(/line \d+/g)).toHaveLength(20)
      expect(revisionsLeft(evidence)).toBe(0)
    },
  })
}

scenario('RegisterTaskDefinition is never answered as RegisterTaskDefinition', {
  about: 'The first revision is found by its nonce and used: no second one is made.',
  container: numbered,
  faults: [{ operation: 'RegisterTaskDefinition', kind: 'foreign', answer: { body: '{}' } }],
  approved: false,
  check: (step, evidence) => {
    succeeded(step)
    expect(calls(evidence, 'RegisterTaskDefinition')).toBe(1)
    expect(log(step)).toMatch(/Registered arn:aws:ecs:\S+:task-definition\/shop-migration-run-ecs-migration:\d/)
    expect(revisionsLeft(evidence)).toBe(0)
  },
})

scenario('StopTask is answered once with an empty object', {
  about: 'It is asked for again.',
  container: obedient,
  inputs: { 'task-timeout-minutes': '0.1' },
  faults: [answered('StopTask', '{}')],
  approved: false,
  check: (step, evidence) => {
    expect(step.run.outputs.outcome).toBe('timed-out')
    expect(calls(evidence, 'StopTask')).toBe(2)
  },
})

scenario('DescribeTasks passes over the task', {
  about: 'Neither found nor MISSING: asked again, and not taken for the end.',
  container: numbered,
  faults: [{ ...answered('DescribeTasks', '{"tasks":[],"failures":[]}'), times: 3 }],
  approved: false,
  check: succeeded,
})

scenario('something else refuses in the place of AWS', {
  about: 'HTTP 403 without a word of AWS, before anything was launched: said within 15 s.',
  faults: [
    {
      operation: '*',
      kind: 'foreign',
      answer: { status: 403, body: '<h1>Forbidden</h1>', headers: { Server: 'squid' } },
    },
  ],
  approved: false,
  check: (step) => {
    expect(step.run.outputs.outcome).toBe('not-started')
    expect(log(step)).toMatch(/squid, which is not AWS, answered HTTP 403 in the place of 127\.0\.0\.1/)
    // And what a busy machine takes, which counts fivefold.
    expect((step.endedAt - step.startedAt) / 1_000).toBeLessThan(15 + 15)
  },
})

const odd = (operation: string, code: string, message: string, more: Partial<FaultSpec> = {}): FaultSpec => ({
  operation,
  kind: 'error',
  error: { code, message },
  times: 1,
  ...more,
})

scenario('one odd refusal of each call that observes', {
  about: 'It ends neither the watch nor the log.',
  scale: 10,
  container: `${numbered}; sleep 2`,
  faults: [
    odd('DescribeTasks', 'UnrecognizedClientException', 'The security token included in the request is invalid.', {
      afterMatches: 2,
    }),
    odd('GetLogEvents', 'InvalidParameterException', 'Something odd', { afterMatches: 2 }),
    odd('GetLogEvents', 'AccessDeniedException', 'Not for a moment', { afterMatches: 3 }),
  ],
  approved: false,
  check: (step) => {
    succeeded(step)
    expect(step.logFiles.get('shop_prod')?.match(/line \d+/g)).toHaveLength(20)
  },
})

scenario('CloudWatch fails for a minute after the exit', {
  about: 'The log is read to its end all the same.',
  scale: 10,
  container: numbered,
  faults: [{ operation: 'GetLogEvents', kind: 'unavailable', forMs: 60_000 }],
  approved: false,
  check: (step) => {
    succeeded(step)
    expect(step.logFiles.get('shop_prod')?.match(/line \d+/g)).toHaveLength(20)
    expect(log(step)).toMatch(new RegExp(`logs:GetLogEvents has failed for ${aDuration}: `))
  },
})

scenario('what passes inside RunTask', {
  about: 'EC2 throttles ECS, and the new revision is not known everywhere yet.',
  faults: [
    odd('RunTask', 'ClientException', 'TaskDefinition not found.'),
    odd(
      'RunTask',
      'InvalidParameterException',
      'Error retrieving security group information for [sg-0a1b2c3d]: Request limit exceeded. (ErrorCode: RequestLimitExceeded)',
    ),
  ],
  approved: false,
  check: succeeded,
})

const vcpus = { reason: "You've reached the limit on the number of vCPUs you can run concurrently" }

scenario('the quota of vCPUs is taken up by others', {
  about: 'No task of this step runs that could give any back: said at once.',
  faults: [{ operation: 'RunTask', kind: 'failures', failures: [vcpus] }],
  approved: false,
  check: (step, evidence) => {
    expect(step.run.outputs.outcome).toBe('not-started')
    expect(calls(evidence, 'RunTask')).toBe(1)
    expect(log(step)).toContain('Fargate On-Demand vCPU resource count')
  },
})

scenario('the quota of vCPUs is taken up by a task of this step', {
  about: 'The second database waits until the first one has ended.',
  scale: 20,
  container: 'sleep 3',
  inputs: { 'database-name': 'shop_1,shop_2', 'max-parallel': '2', canary: 'false' },
  faults: [{ operation: 'RunTask', kind: 'failures', failures: [vcpus], afterMatches: 1, times: 2 }],
  approved: false,
  check: (step, evidence) => {
    succeeded(step)
    expect(calls(evidence, 'RunTask')).toBeGreaterThan(3)
    expect(log(step)).toContain('Trying again while other tasks of this step run')
  },
})
