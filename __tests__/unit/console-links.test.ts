import { describe, expect, it } from '@jest/globals'
import { consoleLinks, partitionOf } from '../../src/aws/console-links.ts'

const stream = { group: '/ecs/shop', stream: 'app/app/0a1b', region: 'eu-central-1' }

describe('links into the console', () => {
  it('lead to the task', () => {
    const arn = 'arn:aws:ecs:eu-central-1:123456789012:task/prod/0a1b'
    expect(consoleLinks(partitionOf(arn)).task(arn)).toBe(
      'https://eu-central-1.console.aws.amazon.com/ecs/v2/clusters/prod/tasks/0a1b/configuration?region=eu-central-1',
    )
  })

  it('lead to the log stream, whose Region may be another', () => {
    expect(consoleLinks('aws').log({ ...stream, region: 'us-east-1' })).toBe(
      'https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1#logsV2:log-groups/log-group/$252Fecs$252Fshop/log-events/app$252Fapp$252F0a1b',
    )
  })

  it.each([
    ['aws', 'console.aws.amazon.com'],
    ['aws-cn', 'console.amazonaws.cn'],
    ['aws-us-gov', 'console.amazonaws-us-gov.com'],
  ])('are right for the partition %s', (partition, host) => {
    const arn = `arn:${partition}:ecs:r-1:123456789012:task/prod/0a1b`
    const links = consoleLinks(partitionOf(arn))
    expect(new URL(String(links.task(arn))).host).toBe(`r-1.${host}`)
    expect(new URL(String(links.log({ ...stream, region: 'r-1' }))).host).toBe(`r-1.${host}`)
  })

  it('are left out for a partition whose console is not known', () => {
    const links = consoleLinks(partitionOf('arn:aws-new:ecs:r-1:123456789012:task/prod/0a1b'))
    expect([links.task('arn:aws-new:ecs:r-1:123456789012:task/prod/0a1b'), links.log(stream)]).toEqual([
      undefined,
      undefined,
    ])
  })

  it('hold no character that a page or a log could read as more than a link', () => {
    const odd = { group: 'a b)](x', stream: '<p>/"\n', region: 'r-1' }
    expect(consoleLinks('aws').log(odd)).toMatch(/^[\w:/.?=#$&()*!'~-]+$/)
  })
})
