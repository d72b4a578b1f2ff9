import { describe, expect, test } from '@jest/globals'
import { noLogNote } from '../../src/migration/log-stream.ts'

const awslogs = (options: Record<string, string>) => ({
  name: 'billing',
  logConfiguration: { logDriver: 'awslogs' as const, options },
})

describe('why there is no log to show, and what to set', () => {
  test('only the option that is missing', () => {
    const noPrefix = noLogNote(awslogs({ 'awslogs-group': '/ecs/billing', 'awslogs-region': 'eu-north-1' }))
    expect(noPrefix).toMatch(
      /^No log to show: the container billing logs by awslogs without awslogs-stream-prefix\. Set/,
    )
    expect(noPrefix).not.toContain('awslogs-group')
    const noGroup = noLogNote(awslogs({ 'awslogs-stream-prefix': 'jobs' }))
    expect(noGroup).toMatch(/without awslogs-group\. Set .*name of a CloudWatch log group/)
    expect(noGroup).not.toContain('awslogs-stream-prefix')
  })

  test('both, where both are missing', () => {
    expect(noLogNote(awslogs({}))).toContain('without awslogs-group and without awslogs-stream-prefix')
  })

  test('another driver, or none', () => {
    expect(noLogNote({ name: 'billing', logConfiguration: { logDriver: 'splunk' } })).toContain('logs by splunk')
    expect(noLogNote({ name: 'billing' })).toContain('has no logConfiguration')
  })
})
