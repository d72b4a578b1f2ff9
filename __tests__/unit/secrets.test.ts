import type { ContainerDefinition } from '@aws-sdk/client-ecs'
import { describe, expect, it } from '@jest/globals'
import { plainSecrets, replacedSecrets, secretsOf } from '../../src/plan/secrets.ts'

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

  it('are not to be given as plain values, unless that is accepted', () => {
    const [doubt, ...more] = plainSecrets(container, ['API_KEY', 'LOG_LEVEL'])
    expect(more).toEqual([])
    expect(doubt).toMatchObject({ id: 'plain-secret', weight: 'refusal' })
    expect(doubt?.remedy).toContain('API_KEY=arn:key')
  })
})
