import type { ContainerDefinition, RegisterTaskDefinitionCommandInput, TaskDefinition } from '@aws-sdk/client-ecs'
import { describe, expect, it } from '@jest/globals'
import { definitionDiff } from '../../src/report/diff.ts'

const base: TaskDefinition = {
  taskDefinitionArn: 'arn:aws:ecs:eu-central-1:123456789012:task-definition/shop:41',
  family: 'shop',
  revision: 41,
  status: 'ACTIVE',
  compatibilities: ['FARGATE'],
  networkMode: 'awsvpc',
  cpu: '256',
  memory: '512',
  containerDefinitions: [
    {
      name: 'app',
      image: 'shop:1',
      environment: [
        { name: 'DATABASE_NAME', value: 'old' },
        { name: 'API_KEY', value: 'tops3cret' },
        { name: 'SAME', value: 'x' },
      ],
      logConfiguration: { logDriver: 'awslogs', options: { a: '1', b: '2' } },
    },
    { name: 'proxy', image: 'proxy:1', stopTimeout: 5 },
  ],
}
const options = { container: 'app', databaseVariable: 'DATABASE_NAME', baseTags: [{ key: 'team', value: 'shop' }] }

const clone = (more: Partial<RegisterTaskDefinitionCommandInput> = {}): RegisterTaskDefinitionCommandInput => ({
  family: 'shop-run-ecs-migration',
  networkMode: 'awsvpc',
  memory: '512',
  cpu: '256',
  containerDefinitions: [
    {
      name: 'app',
      image: 'shop:2',
      stopTimeout: 120,
      environment: [
        { name: 'DATABASE_NAME', value: 'fintech' },
        { name: 'API_KEY', value: 'other-s3cret' },
        { name: 'SAME', value: 'x' },
        { name: 'NEW', value: 'also-s3cret' },
      ],
      logConfiguration: { logDriver: 'awslogs', options: { b: '2', a: '1' } },
    },
    { name: 'proxy', image: 'proxy:1', stopTimeout: 5 },
  ],
  tags: [
    { key: 'team', value: 'shop' },
    { key: 'run-ecs-migration:nonce', value: 'n1' },
  ],
  ...more,
})

describe('the difference between base and clone', () => {
  it('reads as a person wants it, the database by value, other variables by name', () => {
    expect(definitionDiff(base, clone(), options)).toEqual([
      'family: shop → shop-run-ecs-migration',
      'container app: image: shop:1 → shop:2',
      'container app: variable DATABASE_NAME: now fintech (old value not shown)',
      'container app: variable API_KEY: changed (values not shown)',
      'container app: variable NEW: added (value not shown)',
      'container app: stopTimeout: not set (30 s on Fargate) → 120 s',
      'tag run-ecs-migration:nonce: added, n1',
    ])
  })

  it('shows no value but the database’s', () => {
    expect(definitionDiff(base, clone(), options).join('\n')).not.toContain('s3cret')
    const { databaseVariable: _none, ...without } = options
    expect(definitionDiff(base, clone(), without).join('\n')).not.toMatch(/s3cret|fintech/)
  })

  it('names what was not copied and what changed besides', () => {
    const { cpu: _cpu, ...fewer } = clone({ memory: '1024', tags: [] })
    expect(definitionDiff({ ...base, pidMode: 'task' }, fewer, options)).toEqual(
      expect.arrayContaining(['cpu: 256 → not set', 'memory: 512 → 1024', 'pidMode: not copied', 'tag team: removed']),
    )
  })

  it('says where the log goes, and which limits are gone', () => {
    const awslogs = (group: string, more = {}) =>
      ({ logDriver: 'awslogs', options: { 'awslogs-group': group, ...more } }) as const
    const lines = (before: ContainerDefinition, after: ContainerDefinition) =>
      definitionDiff(
        { containerDefinitions: [{ name: 'app', ...before }] },
        { family: 'shop', containerDefinitions: [{ name: 'app', ...after }] },
        options,
      ).filter((line) => /log|cpu|memory/.test(line))
    expect(
      lines(
        { cpu: 0, memory: 512, logConfiguration: { logDriver: 'splunk', options: { 'splunk-token': 's3cret' } } },
        { logConfiguration: awslogs('/ecs/shop') },
      ),
    ).toEqual(['container app: memory: 512 → not set', 'container app: log: log driver splunk → log group /ecs/shop'])
    expect(lines({ logConfiguration: awslogs('/a') }, {})).toEqual(['container app: log: log group /a → nowhere'])
    expect(
      lines({ logConfiguration: awslogs('/a') }, { logConfiguration: awslogs('/a', { mode: 'blocking' }) }),
    ).toEqual(['container app: logConfiguration: changed'])
  })

  it('puts two long images under each other', () => {
    const image = `123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop@sha256:${'a'.repeat(64)}`
    const containerDefinitions = [{ ...clone().containerDefinitions?.[0], name: 'app', image }]
    const lines = definitionDiff(
      { ...base, containerDefinitions: [{ name: 'app', image: 'shop:1' }] },
      clone({ containerDefinitions }),
      options,
    )
    expect(lines[1]).toBe('container app: image: shop:1')
    expect(lines[2]).toBe(`                    → ${image}`)
  })

  it('is empty when nothing changed', () => {
    const same = { ...clone(), family: 'shop', containerDefinitions: base.containerDefinitions, tags: options.baseTags }
    expect(definitionDiff(base, same, options)).toEqual([])
  })

  it('keeps each fact on its line', () => {
    const lines = definitionDiff(
      base,
      clone({ family: 'a\r\n::error::b', tags: [{ key: 'k\u2028', value: 'v' }] }),
      options,
    )
    for (const line of lines) expect(line).not.toMatch(/[\r\n\u2028]/)
  })
})
