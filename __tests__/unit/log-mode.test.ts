import { describe, expect, it } from '@jest/globals'
import { lossRemark } from '../../src/preflight/log-mode.ts'

const logging = (options?: Record<string, string>, logDriver: 'awslogs' | 'splunk' = 'awslogs') =>
  lossRemark({ name: 'app', logConfiguration: { logDriver, ...(options && { options }) } })

describe('lines that the log driver may drop', () => {
  it.each([
    [{}, 'more than 10m wait to be sent: mode is not set'],
    [{ mode: 'non-blocking', 'max-buffer-size': '25m' }, 'more than 25m wait to be sent: mode is non-blocking.'],
  ])('are spoken of with the options %j', (options, words) => {
    expect(logging(options)).toContain(words)
  })

  it('are none where the driver waits, or where another driver writes', () => {
    expect(logging({ mode: 'blocking' })).toBeUndefined()
    expect(logging({}, 'splunk')).toBeUndefined()
    expect(lossRemark({ name: 'app' })).toBeUndefined()
  })
})
