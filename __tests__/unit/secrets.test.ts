import type { ContainerDefinition } from '@aws-sdk/client-ecs'
import { describe, expect, it } from '@jest/globals'
import { plainSecrets, replacedSecrets, secretsOf } from '../../src/plan/secrets.ts'
import { redactor } from '../../src/report/redact.ts'

const definition = 'arn:aws:ecs:eu-west-1:123456789012:task-definition/shop:7'

const container: ContainerDefinition = {
  name: 'app',
  environment: [{ name: 'DB_USER', value: 'me' }],
  secrets: [
    { name: 'DATABASE_NAME', valueFrom: 'arn:name' },
    { name: 'DB_PASSWORD', valueFrom: 'arn:password' },
    { name: 'API_KEY', valueFrom: 'arn:key' },
  ],
}
const lines = [
  { name: 'DB_PASSWORD', valueFrom: '/tenants/{database}/password' },
  { name: 'DB_USER', valueFrom: 'arn:user' },
]

describe('the secrets of the chosen container', () => {
  it("are the definition's, but for what this step sets", () => {
    expect(secretsOf(container, { lines, variables: ['DATABASE_NAME'], database: 'crm' })).toEqual([
      { name: 'API_KEY', valueFrom: 'arn:key' },
      { name: 'DB_PASSWORD', valueFrom: '/tenants/crm/password' },
      { name: 'DB_USER', valueFrom: 'arn:user' },
    ])
  })

  it('are said to be replaced, by name', () => {
    expect(replacedSecrets(container, { lines, variables: ['DATABASE_NAME', 'OTHER'] })).toEqual([
      'The secret DATABASE_NAME of app is replaced by the variable of this step.',
      'The secret DB_PASSWORD of app is replaced by the one in the input secrets.',
      'The variable DB_USER of app is replaced by the secret in the input secrets.',
    ])
  })

  it.each([
    ['DB_PASSWORD', 'shop/db', 'DB_PASSWORD=arn:aws:ssm:eu-west-1:123456789012:parameter/shop/db'],
    ['STRIPE_TOKEN', '/shop/stripe', 'STRIPE_TOKEN=arn:aws:ssm:eu-west-1:123456789012:parameter/shop/stripe'],
    [
      'AWS_SECRET_ACCESS_KEY',
      'arn:aws:secretsmanager:eu-west-1:1:secret:key-AbCdEf:id::',
      'AWS_SECRET_ACCESS_KEY=arn:aws:secretsmanager:eu-west-1:1:secret:key-AbCdEf:id::',
    ],
  ])('shows the line to write for %s, which is no secret and is not starred', (name, valueFrom, line) => {
    const [doubt] = plainSecrets({ name: 'app', secrets: [{ name, valueFrom }] }, [name], definition)
    expect(redactor(['a-plain-value'])(doubt?.remedy ?? '')).toContain(` ${line}`)
  })
})
