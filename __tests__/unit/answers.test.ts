import { describe, expect, it } from '@jest/globals'
import { isAnswer, SHAPES } from '../../src/aws/answers.ts'

const arn = (id: string): string => `arn:aws:ecs:eu-central-1:123456789012:task/default/${id}`
const definition = { taskDefinitionArn: 'arn:d:1', containerDefinitions: [] }

/** For each operation an answer, with what was asked. */
const good: Readonly<Record<string, readonly [output: object, input?: object]>> = {
  'ecs:DescribeTaskDefinition': [{ taskDefinition: definition }],
  'ecs:RegisterTaskDefinition': [{ taskDefinition: definition }],
  'ecs:DeregisterTaskDefinition': [{ taskDefinition: definition }],
  'ecs:ListTaskDefinitions': [{ taskDefinitionArns: [] }],
  'ecs:ListTasks': [{ taskArns: [] }],
  'ecs:RunTask': [{ tasks: [], failures: [{ reason: 'RESOURCE:ENI' }] }],
  'ecs:DescribeTasks': [
    { tasks: [{ taskArn: arn('1') }], failures: [{ arn: arn('2'), reason: 'MISSING' }] },
    { tasks: [arn('1'), arn('2')] },
  ],
  'ecs:StopTask': [{ task: { taskArn: arn('1') } }],
  'ecs:DescribeServices': [{ services: [], failures: [{ reason: 'MISSING' }] }, { services: ['web'] }],
  'ecs:DescribeClusters': [{ clusters: [{}], failures: [] }, { clusters: ['default'] }],
  'logs:GetLogEvents': [{ events: [], nextForwardToken: 'f/1' }],
  'logs:DescribeLogGroups': [{ logGroups: [] }],
  'ecr:DescribeImages': [{ imageDetails: [{ imageDigest: 'sha256:1' }] }],
  'ecr:BatchGetImage': [{ images: [], failures: [{ failureCode: 'ImageNotFound' }] }],
  'ecr:DescribePullThroughCacheRules': [{ pullThroughCacheRules: [] }],
  'ec2:DescribeSubnets': [{ Subnets: [] }],
  'ec2:DescribeSecurityGroups': [{ SecurityGroups: [] }],
  'ec2:DescribeRouteTables': [{ RouteTables: [] }],
  'ec2:DescribeNatGateways': [{ NatGateways: [] }],
  'ec2:DescribeVpcEndpoints': [{ VpcEndpoints: [] }],
  'ec2:DescribeNetworkAcls': [{ NetworkAcls: [] }],
  'ec2:DescribeVpcAttribute': [{ VpcId: 'vpc-1', EnableDnsSupport: { Value: true } }],
  'sts:AssumeRoleWithWebIdentity': [{ Credentials: { AccessKeyId: 'A', SecretAccessKey: 'B', SessionToken: 'C' } }],
}

describe('an answer', () => {
  it('is known for every operation', () => {
    expect(Object.keys(SHAPES).sort()).toEqual(Object.keys(good).sort())
    expect(() => isAnswer('ecs:DeleteCluster', {}, {})).toThrow('does not know the answer')
  })

  it.each(Object.entries(good))('of %s has its shape, and nothing else has', (operation, [output, input = {}]) => {
    expect(isAnswer(operation, output, input)).toBe(true)
    for (const other of [{}, [], null, undefined, '', 'text', 5, { message: 'ok' }, { $metadata: {} }])
      expect(isAnswer(operation, other, input)).toBe(false)
    // Each member in turn of another type.
    for (const name of Object.keys(output)) {
      const rest = Object.fromEntries(
        Object.keys(output)
          .filter((key) => key === name)
          .map((key) => [key, 'text']),
      )
      expect(isAnswer(operation, rest, input)).toBe(operation === 'ec2:DescribeVpcAttribute' && name === 'VpcId')
    }
  })

  it.each([
    ['ecs:RunTask', { tasks: [], failures: [] }, {}],
    ['ecs:RunTask', { tasks: [{}], failures: [] }, {}],
    ['ecs:RunTask', { tasks: [{ taskArn: '' }] }, {}],
    ['ecs:RunTask', { tasks: [{ taskArn: 'x' }] }, {}],
    ['ecs:RunTask', { tasks: [], failures: [{}] }, {}],
    ['ecs:DescribeTasks', { tasks: [{ taskArn: arn('1') }], failures: [] }, { tasks: [arn('1'), arn('2')] }],
    ['ecs:DescribeTasks', { tasks: [], failures: [] }, { tasks: [arn('1')] }],
    ['ecs:DescribeTasks', { tasks: [{ taskArn: arn('3') }] }, { tasks: [arn('1')] }],
    ['ecs:ListTasks', { nextToken: 'more' }, {}],
    ['ecs:ListTasks', { taskArns: [5] }, {}],
    ['ecs:ListTasks', { taskArns: [], nextToken: 'b' }, { nextToken: 'b' }],
    ['ecs:DescribeServices', { services: [], failures: [] }, { services: ['web'] }],
    ['ecs:RegisterTaskDefinition', { taskDefinition: { containerDefinitions: [] } }, {}],
    ['logs:GetLogEvents', { events: [] }, {}],
    ['logs:GetLogEvents', { nextForwardToken: 'f/1' }, {}],
    ['ecr:DescribeImages', { imageDetails: [] }, {}],
  ])('to %s is not %j', (operation, output, input) => {
    expect(isAnswer(operation, output, input)).toBe(false)
  })
})
