/** Two or three steps for one database at once, the same ones each time; `npm run interleavings` plays others. */
import { describe, expect, test } from '@jest/globals'
import { runInterleaving } from '../faults/interleavings.ts'

const limitMs = 120_000
const seeds = Array.from({ length: 8 }, (_, index) => 1 + index)

describe('steps for one database at once', () => {
  test.concurrent.each(seeds)(
    'seed %i',
    async (seed) => {
      const { broken, account } = await runInterleaving(seed)
      if (broken.length > 0) throw new Error(`${broken.join('\n')}\n\n${account}`)
      expect(broken).toEqual([])
    },
    limitMs,
  )
})
