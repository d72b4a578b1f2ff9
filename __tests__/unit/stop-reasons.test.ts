import type { Failure, Task } from '@aws-sdk/client-ecs'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { API_ERRORS, ERROR_KINDS } from '../../src/explain/api-errors.ts'
import { EXIT_CODES } from '../../src/explain/exit-codes.ts'
import {
  findLaunchFailure,
  findStopReason,
  isTransientLaunchFailure,
  isTransientStartFailure,
  STOP_REASONS,
} from '../../src/explain/stop-reasons.ts'
import { wordings } from './wordings.ts'

const secretsAuth = 'ResourceInitializationError: unable to pull secrets or registry auth: '

/** From AWS's documentation, its agent's source, and reports of real tasks (docs/platform-facts.md#stop-reasons). */
const real = wordings('stop-reasons')

const failedStart = (stoppedReason: string, more: Partial<Task> = {}): Task => ({
  stopCode: 'TaskFailedToStart',
  stoppedReason,
  containers: [{ name: 'app' }],
  ...more,
})

describe('stop reasons', () => {
  it.each(real)('%s is read from: %s', (id, text) => {
    expect(findStopReason(text)?.id).toBe(id)
  })

  it('does not depend on quotes, case or white space, which AWS writes in several ways', () => {
    for (const [id, text] of real.filter(([, said]) => !/^TaskFailedToStart: [A-Z :]+$/.test(said)))
      expect([id, findStopReason(`${text.replaceAll("'", '’').replaceAll(' ', ' \n').toUpperCase()}.`)?.id]).toEqual([
        id,
        id,
      ])
  })

  it('keeps to the kind of fault when Fargate cuts a message off', () => {
    const kinds = ['ResourceInitializationError', 'CannotPullContainerError', 'CannotStartContainerError']
    const long = real.filter(([, text]) => kinds.some((kind) => text.startsWith(kind)))
    fc.assert(
      fc.property(fc.constantFrom(...long), fc.double({ min: 0, max: 1, noNaN: true }), ([, text], share) => {
        const kind = text.slice(0, text.indexOf(':'))
        const cut = text.slice(0, Math.max(kind.length, Math.floor(text.length * share)))
        const [found, whole] = [findStopReason(cut), findStopReason(text)]
        const general = [
          found?.topic === whole?.topic,
          found?.id === 'resource-initialization',
          found?.id === 'container-start',
        ]
        expect(general).toContain(true)
      }),
    )
  })

  it('knows no cause for a text it has never seen', () => {
    expect(findStopReason('the moon was in the wrong house')).toBeUndefined()
    expect(findStopReason('')).toBeUndefined()
  })

  it('reaches every row by one of its own wordings', () => {
    for (const row of STOP_REASONS)
      expect(
        row.patterns.map((pattern) => findStopReason(pattern.replace(/^\^|\$$/g, '').replaceAll('…', 'and so on'))?.id),
      ).toContain(row.id)
  })

  it('has at least 40 causes, each with a sentence of cause, a remedy and a source', () => {
    const rows = [...STOP_REASONS, ...API_ERRORS, ...Object.values(ERROR_KINDS)]
    expect(new Set(rows.map(({ id }) => id)).size + EXIT_CODES.length).toBeGreaterThan(40)
    expect(new Set(STOP_REASONS.map(({ id }) => id)).size).toBe(STOP_REASONS.length)
    for (const { cause, remedy, source } of rows) {
      expect(cause).toMatch(/^[A-Z].*\.$/s)
      expect(remedy).toMatch(/^[A-Z`].*[.:`)]$|ecs\.amazonaws\.com$/s)
      expect(source).toMatch(/^https:\/\//)
    }
  })
})

describe('starting again', () => {
  it('is allowed for capacity and interfaces that came too late, when no container ran', () => {
    expect(
      isTransientStartFailure(failedStart('Timeout waiting for network interface provisioning to complete.')),
    ).toBe(true)
    expect(isTransientStartFailure(failedStart('Capacity is unavailable at this time.'))).toBe(true)
  })

  it.each<[string, Task]>([
    ['the cause is one of the user’s', failedStart('CannotPullContainerError: pull access denied')],
    [
      'the network has no way out, which passes by itself never',
      failedStart(`${secretsAuth}pull command failed: : signal: killed`),
    ],
    ['the reason is unknown', failedStart('something else')],
    ['there is no reason', { stopCode: 'TaskFailedToStart' }],
  ])('is refused when %s', (_why, task) => {
    expect(isTransientStartFailure(task)).toBe(false)
  })

  it('looks at each of RunTask’s failures', () => {
    const capacity: Failure = { reason: 'Capacity is unavailable at this time. Please try again later' }
    expect(isTransientLaunchFailure([capacity])).toBe(true)
    expect(isTransientLaunchFailure([capacity, { reason: 'ATTRIBUTE' }])).toBe(false)
    expect(isTransientLaunchFailure([])).toBe(false)
  })

  it.each([
    ['RESOURCE:ENI', 'made-for-instances'],
    ['RESOURCE:PORTS', 'made-for-instances'],
    ['RESOURCE:NEW', 'no-resource'],
    ['RESOURCE:FARGATE', 'capacity'],
    ['AGENT', 'made-for-instances'],
    ['LOCATION', 'made-for-instances'],
    ['ATTRIBUTE', 'made-for-instances'],
    ['MISSING', 'not-there'],
  ])('knows RunTask’s %s', (reason, id) => {
    expect(findLaunchFailure({ reason })?.id).toBe(id)
  })

  it('does not read the names of failures into prose', () => {
    expect(findLaunchFailure({ reason: 'the agent of this location is missing an attribute' })).toBeUndefined()
  })
})
