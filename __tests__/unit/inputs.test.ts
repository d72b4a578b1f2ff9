import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parse } from 'yaml'
import { InputError, type Inputs, readInputs } from '../../src/inputs.ts'

const metadata: { inputs: Record<string, { default?: string; required?: boolean }> } = parse(
  readFileSync(new URL('../../action.yml', import.meta.url), 'utf8'),
)
/** As the runner fills them in. */
const defaults = Object.fromEntries(Object.entries(metadata.inputs).map(([name, input]) => [name, input.default ?? '']))
const required = {
  'image-uri': '123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop:1.2.3',
  'database-name': 'startupwebapp_prod',
  'task-definition': 'shop',
  subnets: 'subnet-1',
  'security-groups': 'sg-1',
}

type Given = Readonly<Record<string, string>>

const read = (given: Given = {}): Inputs => {
  const all: Given = { ...defaults, ...required, ...given }
  return readInputs((name) => {
    if (!(name in all)) throw new Error(`action.yml declares no input ${name}`)
    return all[name] ?? ''
  })
}

const problems = (given: Given): string[] => {
  try {
    read(given)
  } catch (error) {
    if (error instanceof InputError) return error.problems.map(({ input }) => input)
    throw error
  }
  return []
}

const message = (given: Given): string => {
  try {
    read(given)
  } catch (error) {
    if (error instanceof InputError) return error.message
    throw error
  }
  return ''
}

describe('the inputs', () => {
  it('are complete with the required ones: action.yml carries the defaults of the contract', () => {
    expect(read()).toEqual({
      imageUri: required['image-uri'],
      sidecars: 'auto',
      databases: ['startupwebapp_prod'],
      taskDefinition: 'shop',
      cluster: 'default',
      subnets: ['subnet-1'],
      securityGroups: ['sg-1'],
      assignPublicIp: false,
      environmentVariables: [],
      databaseVariable: 'DATABASE_NAME',
      tags: [],
      taskTimeoutMinutes: 60,
      onTimeout: 'stop',
      onCancel: 'stop',
      ifRunning: 'refuse',
      maxParallel: 1,
      canary: true,
      failFast: true,
      streamLogs: true,
      preflight: true,
      dryRun: false,
      accept: [],
    })
  })

  it('are all read, and every one is declared', () => {
    const asked = new Set<string>()
    readInputs((name) => {
      asked.add(name)
      return { ...defaults, ...required }[name] ?? ''
    })
    expect([...asked].sort()).toEqual(Object.keys(metadata.inputs).sort())
  })

  it('are wrong all at once: each names itself, what was given and what is accepted', () => {
    const given = {
      'image-uri': '',
      'database-name': ' \n ',
      'task-definition': './task.json',
      'max-parallel': '101',
      'task-timeout-minutes': '0',
      'if-running': 'maybe',
      canary: 'yes',
      subnets: 'vpc-1',
      command: 'a && b',
    }
    expect(problems(given).sort()).toEqual(Object.keys(given).sort())
    expect(message(given)).toContain('max-parallel: given "101". Accepted: a whole number from 1 to 100.')
    expect(message(given)).toContain('image-uri: given nothing (an expression that has no value?)')
    expect(message(given)).toContain('register it first')
    expect(message(given)).toContain('["sh","-ec","a && b"]')
  })

  it('that are empty where a value is needed are never taken for a default', () => {
    for (const name of ['cluster', 'canary', 'fail-fast', 'max-parallel', 'on-cancel', 'dry-run', 'assign-public-ip']) {
      expect(problems({ [name]: '' })).toEqual([name])
    }
    for (const name of ['container-name', 'command', 'tags', 'aws-region', 'role-to-assume', 'environment-variables']) {
      expect(problems({ [name]: '  ' })).toEqual([])
    }
  })
})

describe('database-name', () => {
  it.each([
    ['a', ['a']],
    ['a,b\nc\r\n d ,, e\n', ['a', 'b', 'c', 'd', 'e']],
    ['b,a,b', ['b', 'a']],
    ['A,a', ['A', 'a']],
    ["o'brien;--,$&,ünïcode,🐘", ["o'brien;--", '$&', 'ünïcode', '🐘']],
    ['🐘'.repeat(128), ['🐘'.repeat(128)]],
  ])('%j is %j', (text, databases) => {
    expect(read({ 'database-name': text }).databases).toEqual(databases)
  })

  it.each(['a b', 'a\tb', 'a\u0000b', 'a\u2028b', 'a\u0085b', 'x'.repeat(129), ',', ''])('%j is refused', (text) => {
    expect(problems({ 'database-name': text })).toEqual(['database-name'])
  })

  it('keeps order and each name once, for any names', () => {
    const name = fc.string({ minLength: 1, maxLength: 20 }).filter((text) => !/[\s,]/.test(text))
    const separator = fc.constantFrom(',', '\n', ' ,\r\n', ', ')
    fc.assert(
      fc.property(fc.array(fc.tuple(name, separator), { minLength: 1, maxLength: 50 }), (parts) => {
        const { databases } = read({ 'database-name': parts.map((part) => part.join('')).join('') })
        expect(databases).toEqual([...new Set(parts.map(([text]) => text))])
      }),
    )
  })
})

describe('sidecars', () => {
  it.each([
    [' all ', 'all'],
    ['none', 'none'],
    ['log_router', ['log_router']],
    ['envoy, cloudsql-proxy\n otel', ['envoy', 'cloudsql-proxy', 'otel']],
  ])('%j is %j', (given, expected) => {
    expect(read({ sidecars: given }).sidecars).toEqual(expected)
  })

  it.each(['', 'auto, envoy', 'all\nnone', 'a b', 'log:1'])('%j is none', (given) => {
    expect(problems({ sidecars: given })).toContain('sidecars')
  })
})

describe('task-definition and cluster', () => {
  it.each(['shop', 'shop:12', 'arn:aws:ecs:eu-central-1:123456789012:task-definition/shop:12'])(
    '%s is taken',
    (text) => {
      expect(read({ 'task-definition': text }).taskDefinition).toBe(text)
    },
  )

  it.each(['shop:latest', 'sh op', 'arn:aws:ecs:eu-central-1:1:service/x', 'x.JSON', 'a/b'])(
    '%s is refused',
    (text) => {
      expect(problems({ 'task-definition': text })).toEqual(['task-definition'])
    },
  )

  it('takes a cluster by name or by ARN', () => {
    const arn = 'arn:aws-us-gov:ecs:us-gov-west-1:123456789012:cluster/prod'
    expect(read({ cluster: arn }).cluster).toBe(arn)
    expect(problems({ cluster: 'arn:aws:ecs:eu-central-1:1:service/x' })).toEqual(['cluster'])
  })
})

describe('the network', () => {
  it('is needed unless a service gives it, and what is given stays', () => {
    const none = { subnets: '', 'security-groups': '' }
    expect(problems(none)).toEqual(['subnets', 'security-groups'])
    expect(read({ ...none, 'network-from-service': 'web' })).toMatchObject({ networkFromService: 'web', subnets: [] })
    expect(read({ 'network-from-service': 'web' })).toMatchObject({ subnets: ['subnet-1'], securityGroups: ['sg-1'] })
  })

  it('takes as many subnets and groups as ECS does', () => {
    const ids = (prefix: string, count: number) =>
      Array.from({ length: count }, (_, index) => `${prefix}${index}`).join()
    expect(read({ subnets: ids('subnet-', 16) }).subnets).toHaveLength(16)
    expect(problems({ subnets: ids('subnet-', 17), 'security-groups': ids('sg-', 6) })).toEqual([
      'subnets',
      'security-groups',
    ])
  })

  it.each([
    ['true', true],
    ['ENABLED', true],
    ['False', false],
    ['DISABLED', false],
  ])('assign-public-ip %s is %s', (text, value) => {
    expect(read({ 'assign-public-ip': text }).assignPublicIp).toBe(value)
  })
})

describe('environment-variables', () => {
  it('are split at the first =, literal, one a line', () => {
    const text = 'A=1\r\nB=x=y # z\n\n  C= spaced \nD=\n'
    expect(read({ 'environment-variables': text }).environmentVariables).toEqual([
      { name: 'A', value: '1' },
      { name: 'B', value: 'x=y # z' },
      { name: 'C', value: ' spaced ' },
      { name: 'D', value: '' },
    ])
  })

  it('never show a value, which may be secret', () => {
    for (const text of [
      's3cret',
      '=s3cret',
      'A=s3cret\nA=s3cret',
      'A B=s3cret',
      'A: s3cret==',
      'DATABASE_NAME=s3cret',
    ]) {
      expect(message({ 'environment-variables': text })).toMatch(/^environment-variables: given /)
      expect(message({ 'environment-variables': text })).not.toContain('s3cret')
    }
  })

  it('without a name are one problem, also with an empty database-variable', () => {
    expect(problems({ 'environment-variables': 'x', 'database-variable': '' })).toEqual(['environment-variables'])
  })
})

describe('the database’s variable', () => {
  it('may be none for one database; for several then {database} must occur', () => {
    const none = { 'database-variable': '' }
    const several = { ...none, 'database-name': 'a,b' }
    expect(problems(none)).toEqual([])
    expect(problems(several)).toEqual(['database-variable'])
    expect(problems({ ...several, command: 'migrate --db {database}' })).toEqual([])
    expect(problems({ ...several, 'environment-variables': 'URL=postgres://h/{database}' })).toEqual([])
  })
})

describe('numbers, words and tags', () => {
  it.each(['0.5', '60', '7200'])('task-timeout-minutes takes %s', (text) => {
    expect(read({ 'task-timeout-minutes': text }).taskTimeoutMinutes).toBe(Number(text))
  })

  it.each(['-1', '7201', '1e3', 'Infinity', '1,5', '0x10'])('task-timeout-minutes refuses %s', (text) => {
    expect(problems({ 'task-timeout-minutes': text })).toEqual(['task-timeout-minutes'])
  })

  it('booleans are what core.getBooleanInput takes', () => {
    for (const text of ['true', 'True', 'TRUE']) expect(read({ canary: text }).canary).toBe(true)
    for (const text of ['false', 'False', 'FALSE']) expect(read({ canary: text }).canary).toBe(false)
    for (const text of ['1', 'yes', 'tRUE', 'on']) expect(problems({ canary: text })).toEqual(['canary'])
  })

  it('tags are what ECS takes', () => {
    expect(read({ tags: 'team=a b/c:d@e\nempty=' }).tags).toEqual([
      { key: 'team', value: 'a b/c:d@e' },
      { key: 'empty', value: '' },
    ])
    for (const text of ['aws:x=1', 'a[b]=1', `${'k'.repeat(129)}=1`, `k=${'v'.repeat(257)}`, 'novalue']) {
      expect(problems({ tags: text })).toEqual(['tags'])
    }
  })

  it('a Region and a role look like one', () => {
    expect(read({ 'aws-region': 'us-gov-west-1' }).awsRegion).toBe('us-gov-west-1')
    expect(problems({ 'aws-region': 'Frankfurt' })).toEqual(['aws-region'])
    const role = 'arn:aws-cn:iam::123456789012:role/ci/deploy'
    expect(read({ 'role-to-assume': role }).roleToAssume).toBe(role)
    expect(problems({ 'role-to-assume': 'deploy' })).toEqual(['role-to-assume'])
  })
})
