import { createHash } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { cloneFamily, databaseTag, marksOf, mergeTags, tagValue, withDatabase } from '../../src/naming.ts'

const hash = (text: string): string => createHash('sha256').update(text).digest('hex')
/** What the input database-name lets through. */
const database = fc
  .oneof(fc.string({ minLength: 1, maxLength: 128, unit: 'binary' }), fc.string({ minLength: 1, maxLength: 128 }))
  .filter((name) => !/[\s,\u0000-\u001f\u007f-\u009f]/.test(name) && [...name].length <= 128)

const chained = (name: string): string => marksOf(name, hash).chained
const allowed = (name: string): string => marksOf(name, hash).allowed

describe('startedBy', () => {
  it('always is what ECS allows, and distinguishes any two databases, and chained tasks from allowed ones', () => {
    fc.assert(
      fc.property(database, database, (a, b) => {
        for (const mark of [chained(a), allowed(a)])
          expect(mark).toMatch(/^run-ecs-migration(-allow)?(-changed)?\/[A-Za-z0-9/_-]+$/)
        expect(Math.max(chained(a).length, allowed(a).length)).toBeLessThanOrEqual(128)
        const marks = [chained(a), allowed(a), ...(a === b ? [] : [chained(b), allowed(b)])]
        expect(new Set(marks).size).toBe(marks.length)
      }),
      { numRuns: 1_000 },
    )
  })

  it('is the plain name where that is allowed', () => {
    expect(chained('fintech_experiment')).toBe('run-ecs-migration/fintech_experiment')
    expect(allowed('fintech_experiment')).toBe('run-ecs-migration-allow/fintech_experiment')
    expect(chained('a.b')).toMatch(/^run-ecs-migration-changed\/a-b-[0-9a-f]{12}$/)
    expect(allowed('a.b')).toMatch(/^run-ecs-migration-allow-changed\/a-b-[0-9a-f]{12}$/)
    expect(chained('x'.repeat(128))).not.toBe(chained(`${'x'.repeat(127)}y`))
  })

  it('of a changed name is no other database’s, however that one is called', () => {
    for (const name of ['shop.eu', 'Größe', 'x'.repeat(128), 'a.b/c']) {
      for (const mark of [chained(name), allowed(name)]) {
        // A database can be called like anything that comes after the first slash, and like the whole mark.
        const rest = mark.slice(mark.indexOf('/') + 1)
        for (const literal of [rest, mark, `changed/${rest}`, `-changed/${rest}`, `allow/${rest}`])
          expect([chained(literal), allowed(literal)]).not.toContain(mark)
      }
    }
  })
})

describe('the tag of a database', () => {
  it('always is what ECS allows, and distinguishes any two databases', () => {
    const odd = fc.string({ minLength: 1, maxLength: 4, unit: fc.constantFrom(...'ab-!?#') })
    fc.assert(
      fc.property(fc.oneof(odd, database), fc.oneof(odd, database), (a, b) => {
        const tag = databaseTag(a, hash)
        expect(tag).toMatch(/^[\p{L}\p{N}\p{Z}_.:/=+\-@]{1,256}$/u)
        if (a !== b) expect(databaseTag(b, hash)).not.toBe(tag)
        // A database can be called like the other one's tag, except for white space.
        expect(databaseTag(tag.replaceAll(' ', '-'), hash) === tag).toBe(tag === a)
      }),
      { numRuns: 1_000 },
    )
    expect(databaseTag('shop_eu', hash)).toBe('shop_eu')
  })
})

describe('the clone’s family', () => {
  it('never is longer than ECS allows, never the base, and distinguishes any two families', () => {
    const family = fc.string({ minLength: 1, maxLength: 255, unit: fc.constantFrom(...'abcXYZ019_-') })
    fc.assert(
      fc.property(family, family, (a, b) => {
        expect(cloneFamily(a, hash)).toMatch(/^[A-Za-z0-9_-]{1,255}$/)
        expect(cloneFamily(a, hash).endsWith('-run-ecs-migration')).toBe(true)
        expect(cloneFamily(a, hash)).not.toBe(a)
        if (a !== b) expect(cloneFamily(a, hash)).not.toBe(cloneFamily(b, hash))
      }),
    )
    const long = 'f'.repeat(255)
    expect(cloneFamily(long, hash)).toHaveLength(255)
    expect(cloneFamily(long, hash)).not.toBe(cloneFamily(`${long.slice(1)}g`, hash))
  })
})

describe('tags', () => {
  it('have values that ECS takes, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (text) => {
        expect(tagValue(text)).toMatch(/^[\p{L}\p{N}\p{Z}_.:/=+\-@]{0,256}$/u)
        expect(tagValue(text).length).toBeLessThanOrEqual(256)
      }),
      { numRuns: 500 },
    )
    expect(tagValue('dependabot[bot]')).toBe('dependabot-bot-')
    expect(tagValue(`a${'𝒳'.repeat(300)}`)).toBe(`a${'𝒳'.repeat(127)}`)
  })

  it('are merged from the strongest to the weakest, without AWS’s own, at most 50', () => {
    const many = (prefix: string, count: number) =>
      Array.from({ length: count }, (_, index) => ({ key: `${prefix}${index}`, value: prefix }))
    const merged = mergeTags(
      many('ours', 5),
      [
        { key: 'ours0', value: 'theirs' },
        { key: 'AWS:x', value: '' },
      ],
      many('base', 60),
    )
    expect(merged).toHaveLength(50)
    expect(merged.slice(0, 5)).toEqual(many('ours', 5))
    expect(merged.some(({ key }) => /^aws:/i.test(key ?? ''))).toBe(false)
  })
})

it('every {database} is replaced, and the name itself is not read again', () => {
  expect(withDatabase('postgres://h/{database}?x={database}', 'a$&{database}')).toBe(
    'postgres://h/a$&{database}?x=a$&{database}',
  )
})
