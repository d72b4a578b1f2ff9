import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { redact } from '../../src/report/redact.ts'

describe('redact', () => {
  it.each([
    ['postgres://shop:s3cret@db:5432/shop', 'postgres://shop:***@db:5432/shop'],
    [
      'DATABASE_URL=postgresql+psycopg://u:p@h/d?x=1 and more',
      'DATABASE_URL=postgresql+psycopg://u:***@h/d?x=1 and more',
    ],
    ['redis://:secret@cache:6379/0', 'redis://:***@cache:6379/0'],
    ['a password with an at sign: mysql://u:p@ss@host/db', 'a password with an at sign: mysql://u:***@host/db'],
    ['with a slash: mysql://u:p/a?s#s@host/db', 'with a slash: mysql://u:***@host/db'],
    ['with a scheme inside: mysql://u:a://b@host/db', 'with a scheme inside: mysql://u:***@host/db'],
    ['all digits: mysql://u:12345@host/db', 'all digits: mysql://u:***@host/db'],
    ['two: postgres://a:b@c/d,postgres://e:f@g/h', 'two: postgres://a:***@c/d,postgres://e:***@g/h'],
    ['quoted "postgres://a:b@c/d" \'amqp://e:f@g\'', 'quoted "postgres://a:***@c/d" \'amqp://e:***@g\''],
    ['twice redacted postgres://a:***@c', 'twice redacted postgres://a:***@c'],
  ])('stars the password: %s', (text, starred) => {
    expect(redact(text)).toBe(starred)
  })

  it.each([
    'http://localhost:8000/users/@me',
    'http://[::1]:8080/a@b',
    'https://github.com/acme/shop/actions/runs/1',
    'https://user@host/path',
    'mail a@b.example, see https://x.example/a:b',
    'arn:aws:ecs:eu-central-1:123456789012:task/x',
    '',
  ])('leaves alone: %s', (text) => {
    expect(redact(text)).toBe(text)
  })

  it('never lets a password through, wherever the URL stands', () => {
    const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9._~-]{0,12}$/)
    const password = fc.stringMatching(/^[^\s'"`<>]{1,40}$/).map((text) => `Zq${text}qZ`)
    fc.assert(
      fc.property(fc.string(), word, password, word, fc.string(), (before, user, secret, host, after) => {
        const url = `postgres://${user}:${secret}@${host}`
        expect(redact(`${before} ${url} ${after}`)).toBe(
          `${redact(before)} postgres://${user}:***@${host} ${redact(after)}`,
        )
      }),
      { numRuns: 500 },
    )
  })

  it('is the same when done twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ':', '/', '@', '://', ' ', '1') }), (text) => {
        expect(redact(redact(text))).toBe(redact(text))
      }),
    )
  })

  it.each(['a://b:', '://', '@:', 'x', '://a:b@', 'a://1:2/'])(
    'takes its time in proportion to the text: %s',
    (piece) => {
      const text = piece.repeat(Math.ceil(1_000_000 / piece.length))
      const begin = performance.now()
      redact(text)
      expect(performance.now() - begin).toBeLessThan(2_000)
    },
  )
})
