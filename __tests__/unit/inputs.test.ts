import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parse } from 'yaml'
import { InputError, type Inputs, readInputs } from '../../src/inputs.ts'
import type { Surroundings } from '../../src/model.ts'
import { planInputs } from './plan-inputs.ts'

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

const job: Surroundings = { region: 'eu-central-1', hasCredentials: true }

const read = (given: Given = {}, surroundings = job): Inputs => {
  const all: Given = { ...defaults, ...required, ...given }
  return readInputs((name) => {
    if (!(name in all)) throw new Error(`action.yml declares no input ${name}`)
    return all[name] ?? ''
  }, surroundings)
}

const problems = (given: Given, surroundings = job): string[] => {
  try {
    read(given, surroundings)
  } catch (error) {
    if (error instanceof InputError) return error.problems.map(({ input }) => input)
    throw error
  }
  return []
}

const message = (given: Given, surroundings = job): string => {
  try {
    read(given, surroundings)
  } catch (error) {
    if (error instanceof InputError) return error.message
    throw error
  }
  return ''
}

describe('the inputs', () => {
  it('are complete with the required ones: action.yml carries the defaults of the contract', () => {
    expect(read()).toEqual({
      ...planInputs,
      imageUri: required['image-uri'],
      databases: ['startupwebapp_prod'],
      region: 'eu-central-1',
    })
  })

  it('are all read, and every one is declared', () => {
    const asked = new Set<string>()
    readInputs((name) => {
      asked.add(name)
      return { ...defaults, ...required }[name] ?? ''
    }, job)
    expect([...asked].sort()).toEqual(Object.keys(metadata.inputs).sort())
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
    expect(read({ cluster: arn }, { region: 'us-gov-west-1', hasCredentials: true }).cluster).toBe(arn)
    expect(problems({ cluster: 'arn:aws:ecs:eu-central-1:1:service/x' })).toEqual(['cluster'])
  })
})

describe('cluster and task definition by ARN', () => {
  const clusterIn = (region: string, account = '111122223333') => `arn:aws:ecs:${region}:${account}:cluster/billing`
  const definitionIn = (region: string, account = '111122223333') =>
    `arn:aws:ecs:${region}:${account}:task-definition/billing:41`

  it('are of one Region and account, which is the step’s', () => {
    const given = { cluster: clusterIn('eu-central-1'), 'task-definition': definitionIn('eu-central-1') }
    expect(problems(given)).toEqual([])
    const inSydney = { cluster: clusterIn('ap-southeast-2'), 'task-definition': definitionIn('ap-southeast-2') }
    expect(problems({ ...inSydney, 'aws-region': 'ap-southeast-2' })).toEqual([])
    expect(problems(inSydney)).toEqual(['cluster', 'task-definition'])
  })

  it.each([
    ['another Region', clusterIn('eu-central-1'), definitionIn('eu-west-3')],
    ['another account', clusterIn('eu-central-1'), definitionIn('eu-central-1', '444455556666')],
  ])('of %s than each other are refused, naming both', (_what, cluster, definition) => {
    const text = message({ cluster, 'task-definition': definition })
    expect(text).toContain(`task-definition: given ${definition}, while cluster is ${cluster}`)
  })

  it('of another Region than the step’s are refused, naming both', () => {
    const text = message({ cluster: clusterIn('eu-west-3') })
    expect(text).toContain(`cluster: given ${clusterIn('eu-west-3')}, while the Region is eu-central-1`)
  })

  it('a definition may be left out where a service gives it', () => {
    expect(problems({ 'task-definition': '' })).toEqual(['task-definition'])
    expect(read({ 'task-definition': ' ', 'network-from-service': 'web' })).not.toHaveProperty('taskDefinition')
  })
})

describe('an image', () => {
  it('is a reference, or is refused with what was probably meant', () => {
    expect(read({ 'image-uri': ' ghcr.io/acme/billing:v2 ' }).imageUri).toBe('ghcr.io/acme/billing:v2')
    expect(message({ 'image-uri': '/billing:latest' })).toMatch(
      /^image-uri: given "\/billing:latest", with a part of the name missing beside a \/\. Accepted: .*an expression without a value/,
    )
    expect(message({ 'image-uri': 'ghcr.io/acme/billing:fix/7' })).toContain('feature-login')
  })
})

describe('a job in which nothing is set', () => {
  it('may have Region and credentials from elsewhere', () => {
    expect(read({}, { region: 'eu-south-2', hasCredentials: true })).toMatchObject({ region: 'eu-south-2' })
    const role = 'arn:aws:iam::111122223333:role/migrate'
    expect(problems({ 'role-to-assume': role, 'aws-region': 'eu-south-2' }, { hasCredentials: false })).toEqual([])
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
    ['["subnet-7","subnet-8"]', ['subnet-7', 'subnet-8']],
    ['[\n  "subnet-7",\n  "subnet-8"\n]\n', ['subnet-7', 'subnet-8']],
    ['subnet-7\n subnet-8,', ['subnet-7', 'subnet-8']],
  ])('takes subnets as %j', (text, subnets) => {
    expect(read({ subnets: text }).subnets).toEqual(subnets)
  })

  it.each([
    '[]',
    '[subnet-7, subnet-8]',
    '["subnet-7", 8]',
    '["subnet-7"',
    '[["subnet-7"]]',
    '["sg-7"]',
    '["subnet-7,subnet-8"]',
  ])('refuses %s', (text) => {
    expect(problems({ subnets: text })).toEqual(['subnets'])
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

describe('entrypoint', () => {
  it('is read as command is, and decides the form that is suggested for it', () => {
    expect(read({ entrypoint: `env 'A=b c' --` }).entrypoint).toEqual(['env', 'A=b c', '--'])
    expect(read({}).entrypoint).toBeUndefined()
    expect(problems({ entrypoint: 'a | b' })).toEqual(['entrypoint'])
    const given = message({ entrypoint: 'bash -lc', command: 'bin/seed > log' })
    expect(given).toContain('["bin/seed > log"]')
    expect(given).not.toContain('"-ec"')
  })

  it('may hold {database}: several databases then have a revision each', () => {
    const entrypoint = 'tini -- flyway -url=jdbc:mysql://db/{database}'
    expect(problems({ entrypoint })).toEqual([])
    expect(problems({ entrypoint, 'database-name': 'ledger,archive', 'database-variable': 'none' })).toEqual([])
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

  it('may be commented, and may have several lines', () => {
    const text = [
      '# who pays',
      'PLAN=gold # not silver',
      '  # indented',
      'KEY<<END_OF_KEY',
      '-----BEGIN-----',
      '# no comment here',
      'A=1',
      '',
      'END_OF_KEY',
      'URL=postgres://h/db?x=a<<b',
      'spring.datasource.name<<E',
      'E',
      'x-y=',
    ].join('\r\n')
    expect(read({ 'environment-variables': text }).environmentVariables).toEqual([
      { name: 'PLAN', value: 'gold # not silver' },
      { name: 'KEY', value: '-----BEGIN-----\n# no comment here\nA=1\n' },
      { name: 'URL', value: 'postgres://h/db?x=a<<b' },
      { name: 'spring.datasource.name', value: '' },
      { name: 'x-y', value: '' },
    ])
  })

  it.each([
    ['A=1\ns3cret', 'line 2 without = or <<'],
    ['\n\n<<s3cret\ns3cret', 'line 3 without a name before <<'],
    ['K<<END\ns3cret\nEND s3cret', 'line 1 whose word after << stands alone on no later line'],
    ['K<< \ns3cret', 'line 1 without a word after <<'],
    ['1s3cret=x', 'line 1 with an illegal name before ='],
    ['s3cret/Zm9v+YmFy=', 'line 1 with an illegal name before ='],
    ['export s3cret=x', 'line 1 with an illegal name before ='],
    ['A=s3cret\n# x\nB=1\nA=s3cret', 'line 4 with the name of line 1'],
    [`KEY=${'s3cretAA'.repeat(8)}\ns3cretAAAA==`, 'line 2 which reads as the rest of the value of line 1'],
    [`KEY=${'s3cretAA'.repeat(8)}\ns3cretAAAAA=`, 'line 2 which reads as the rest of the value of line 1'],
  ])('%j: its line is named, and nothing of its text', (text, flaw) => {
    const said = message({ 'environment-variables': text })
    expect(said).toContain(`environment-variables: given ${flaw}. Accepted`)
    expect(said).not.toContain('s3cret')
  })

  it('are what was written, whatever it was', () => {
    const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,12}$/)
    const value = fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text.replace(/\r+(?=\n|$)/g, ''))
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(name, value), { selector: ([key]) => key }), (pairs) => {
        const text = pairs.map(([key, one]) => (one.includes('\n') ? `${key}<<E-N-D\n${one}\nE-N-D` : `${key}=${one}`))
        fc.pre(!pairs.some(([, one]) => one.split('\n').includes('E-N-D')))
        const read_ = read({ 'environment-variables': text.join('\n') }).environmentVariables
        expect(read_).toEqual(pairs.map(([key, one]) => ({ name: key, value: one })))
      }),
    )
  })
})

describe('the database’s variable', () => {
  it.each(['', '  \n'])('is the usual one where nothing is given (%j): an expression may have no value', (text) => {
    expect(read({ 'database-variable': text })).toMatchObject({
      databaseVariable: 'DATABASE_NAME',
      databaseVariableGiven: false,
    })
  })

  it.each([
    ['TENANT', 'TENANT'],
    ['spring.flyway.schemas', 'spring.flyway.schemas'],
    ['none', ''],
    ['None', ''],
  ])('%s is %j, and meant', (text, databaseVariable) => {
    expect(read({ 'database-variable': text })).toMatchObject({ databaseVariable, databaseVariableGiven: true })
  })

  it.each(['A B', 'A=B', '$TENANT', '1ST', 'A{B}'])('%s is no name', (text) => {
    expect(problems({ 'database-variable': text })).toEqual(['database-variable'])
  })

  it('is none for several databases only where {database} occurs', () => {
    const several = { 'database-variable': 'none', 'database-name': 'a,b' }
    expect(problems({ 'database-variable': 'none' })).toEqual([])
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
    expect(read({ 'aws-region': 'us-gov-west-1' }).region).toBe('us-gov-west-1')
    expect(problems({ 'aws-region': 'Frankfurt' })).toEqual(['aws-region'])
    const role = 'arn:aws-cn:iam::123456789012:role/ci/deploy'
    expect(read({ 'role-to-assume': role }).roleToAssume).toBe(role)
    expect(problems({ 'role-to-assume': 'deploy' })).toEqual(['role-to-assume'])
  })
})

describe('the task', () => {
  const role = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf'
  it('gets secrets by ARN or name, a line each', () => {
    expect(read({ secrets: `A=${role}:key::\n\n B =/tenants/{database}/url` }).secrets).toEqual([
      { name: 'A', valueFrom: `${role}:key::` },
      { name: 'B', valueFrom: '/tenants/{database}/url' },
    ])
  })

  it.each([
    ['9A=arn:x', 'line 1 with an illegal name before ='],
    ['A=', 'A without an ARN or a name after ='],
    ['A=p4ss word!', 'A without an ARN or a name after ='],
    ['hunter2', 'line 1 without ='],
    ['A=arn:x\nA=arn:y', 'line 2 with the name of line 1'],
  ])('refuses %j among the secrets, and never shows a value', (secrets, words) => {
    expect(problems({ secrets })).toEqual(['secrets'])
    expect(message({ secrets })).toContain(words)
    expect(message({ secrets })).not.toMatch(/hunter2|p4ss/)
  })

  it('has each name as a secret or as a variable, not as both', () => {
    expect(problems({ secrets: 'X=arn:x', 'environment-variables': 'X=1' })).toEqual(['secrets'])
    expect(problems({ secrets: 'DATABASE_NAME=arn:x' })).toEqual(['secrets'])
  })

  it('has the size that is given, in the units of task definitions', () => {
    expect(read({ cpu: '2 vCPU', memory: '5GB' })).toMatchObject({ cpu: 2048, memory: 5120 })
    expect(read({ memory: '777' })).toMatchObject({ memory: 777 })
    expect(problems({ cpu: '100' })).toEqual(['cpu'])
    expect(message({ cpu: '1024', memory: '1024' })).toContain('2048 to 8192 MiB in steps of 1024')
  })

  it('logs to a group of a legal name', () => {
    expect(read({ 'log-group': '/ecs/my_app.1#x' }).logGroup).toBe('/ecs/my_app.1#x')
    expect(problems({ 'log-group': 'a group' })).toEqual(['log-group'])
  })
})
