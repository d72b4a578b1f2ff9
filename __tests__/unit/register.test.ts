import { describe, expect, it } from '@jest/globals'
import type { Definitions } from '../../src/migration/ports.ts'
import { registerOnce } from '../../src/migration/register.ts'
import { failure } from './aws-failures.ts'
import { VirtualClock } from './virtual-clock.ts'

const owned = { cluster: 'default', family: 'shop-run-ecs-migration', nonce: 'n1' }
const lost = failure('unreachable', { action: 'ecs:RegisterTaskDefinition' })
const never = new AbortController().signal

type Answer = 'answered' | 'made' | 'lost' | 'refused'

/** ECS that makes a revision on `answered` and `made`, and only answers the first of them. */
function ecs(answers: readonly Answer[], listing: 'allowed' | 'denied' = 'allowed') {
  const made: string[] = ['arn:somebody-elses:1']
  const calls: string[] = []
  const definitions: Definitions = {
    register: async () => {
      const answer = answers[calls.filter((call) => call === 'register').length] ?? 'answered'
      calls.push('register')
      if (answer === 'refused') throw failure('rejected', { action: 'ecs:RegisterTaskDefinition' })
      if (answer !== 'lost') made.push(`arn:own:${made.length + 1}`)
      if (answer === 'answered') return { arn: made.at(-1) ?? '', definition: {}, attempts: 1 }
      throw lost
    },
    listActive: async () => {
      calls.push('list')
      if (listing === 'denied') throw failure('access-denied', { action: 'ecs:ListTaskDefinitions' })
      return [...made].reverse()
    },
    describe: async (arn) => ({
      definition: { taskDefinitionArn: arn },
      tags: [{ key: 'run-ecs-migration/nonce', value: arn.startsWith('arn:own') ? 'n1' : 'n2' }],
      unknownMembers: [],
    }),
    deregister: async () => {},
  }
  const clock = new VirtualClock()
  return {
    calls,
    made,
    register: () => clock.run(registerOnce({ definitions, clock, signal: never }, {} as never, owned)),
  }
}

describe('the clone is registered', () => {
  it('with the second call where the first did nothing', async () => {
    const { calls, register } = ecs(['lost', 'answered'])
    expect(await register()).toMatchObject({ arn: 'arn:own:2', attempts: 2 })
    expect(calls).toEqual(['register', 'list', 'register'])
  })

  it('never by a fourth call', async () => {
    const { calls, register } = ecs(['lost', 'lost', 'lost', 'answered'])
    await expect(register()).rejects.toBe(lost)
    expect(calls.filter((call) => call === 'register')).toHaveLength(3)
    expect(calls.at(-1)).toBe('list')
  })

  it('by no repeat where ECS refused, or where the family may not be searched', async () => {
    const refused = ecs(['refused', 'answered'])
    await expect(refused.register()).rejects.toMatchObject({ facts: { kind: 'rejected' } })
    expect(refused.calls).toEqual(['register'])
    const noListing = ecs(['made', 'answered'], 'denied')
    await expect(noListing.register()).rejects.toBe(lost)
    expect(noListing.calls).toEqual(['register', 'list'])
  })
})
