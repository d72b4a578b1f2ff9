import { describe, expect, it } from '@jest/globals'
import { judgeDoubts } from '../../src/doubts.ts'
import { readInputs } from '../../src/inputs.ts'
import type { Doubt } from '../../src/model.ts'
import { doubtsOf } from '../../src/preflight/doubts.ts'

const doubt = (id: Doubt['id'], weight: Doubt['weight']): Doubt => ({
  id,
  weight,
  code: id,
  reason: `Why ${id}.`,
  remedy: `Mend ${id}.`,
})

describe('what becomes of doubts', () => {
  it('says each by its weight, with the id that accept takes', () => {
    const judged = judgeDoubts([doubt('doubt-network', 'warning'), doubt('unchecked', 'notice')], [])
    expect(judged.warnings).toEqual(['Why doubt-network. Mend doubt-network. [doubt-network]'])
    expect(judged.notices).toEqual(['Why unchecked. Mend unchecked. [unchecked]'])
    expect(judged.refusals).toEqual([])
  })

  it('refuses a doubt that weighs so much, and names the way to accept it', () => {
    const [refusal] = judgeDoubts([doubt('doubt-image', 'refusal')], ['unchecked']).refusals
    expect(refusal?.remedy).toBe(
      'Mend doubt-image. If it is all right here, add doubt-image to the input accept. [doubt-image]',
    )
  })

  it('makes an accepted one, of any weight, a plain line', () => {
    const all = [doubt('doubt-image', 'refusal'), doubt('doubt-network', 'warning'), doubt('unchecked', 'notice')]
    const judged = judgeDoubts(all, ['doubt-image', 'doubt-network', 'unchecked', 'doubt-cluster'])
    expect(judged).toEqual({
      refusals: [],
      warnings: [],
      notices: [],
      prominent: [],
      accepted: [
        'Accepted: Why doubt-image. [doubt-image]',
        'Accepted: Why doubt-network. [doubt-network]',
        'Accepted: Why unchecked. [unchecked]',
      ],
      unused: ['doubt-cluster'],
    })
  })

  it('gives every warning of the checks an id', () => {
    const warning = (code: string) => ({ code, reason: '', remedy: '' })
    const found = doubtsOf({
      refusals: [],
      warnings: [warning('cluster-not-active'), warning('image-not-cached-yet'), warning('nat-unseen')],
      checked: [],
      missingPermissions: ['ec2:DescribeSubnets'],
      unchecked: [],
    })
    expect(found.map(({ id, weight }) => [id, weight])).toEqual([
      ['doubt-cluster', 'warning'],
      ['doubt-image', 'warning'],
      ['doubt-network', 'warning'],
      ['unchecked', 'notice'],
    ])
  })

  it('refuses an id that does not exist, naming those that do', () => {
    const given: Record<string, string> = { accept: 'unchecked, doubt-netwerk' }
    expect(() => readInputs((name) => given[name] ?? '', { hasCredentials: true })).toThrow(
      /accept: given "doubt-netwerk"\. Accepted: .*doubt-network/,
    )
  })
})
