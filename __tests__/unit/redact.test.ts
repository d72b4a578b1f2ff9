import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { redacted, redactor } from '../../src/report/redact.ts'

const redact = redactor()

describe('redact', () => {
  it.each([
    ['postgres://shop:s3cret@db:5432/shop', '***'],
    ['DATABASE_URL=postgresql+psycopg://u:p@h/d?x=1 and more', 'DATABASE_URL=*** and more'],
    ['redis://:secret@cache:6379/0', '***'],
    ['a password with an at sign: mysql://u:p@ss@host/db', 'a password with an at sign: ***'],
    ['with a slash: mysql://u:p/a?s#s@host/db', 'with a slash: ***'],
    ['with a scheme inside: mysql://u:a://b@host/db', 'with a scheme inside: ***'],
    ['all digits: mysql://u:12345@host/db', 'all digits: ***'],
    ['two: postgres://a:b@c/d,postgres://e:f@g/h', 'two: ***'],
    ['quoted "postgres://a:b@c/d" \'amqp://e:f@g\'', 'quoted "*** \'***'],
    ['host=db user=shop password=s3cret sslmode=require', 'host=db user=shop *** sslmode=require'],
    ['at jdbc:mysql://db/shop?user=a&password=b', 'at ***'],
    ['at jdbc:sqlserver://db;user=a;pwd=b;x=y', 'at ***'],
    ['GET https://x.example/a?id=1&access_token=b', 'GET ***'],
    ['Server=db;Uid=shop;Pwd=s3cret;', '***'],
    ['--db-password=s3cret --verbose', '*** --verbose'],
    ['{"user":"shop","password":"s3cret"}', '{"***'],
    ['AWS_SECRET_ACCESS_KEY=abc', '***'],
    ['PASSWORD=arn:is-a-strange-password', '***'],
    ['DB_PASSWORD=arn:aws:ssm:eu-west-1:1:parameter/x,password=s3cret', '***'],
  ])('stars the word with a password: %s', (text, starred) => {
    expect(redact(text)).toBe(starred)
  })

  it.each([
    'http://localhost:8000/users/@me',
    'http://[::1]:8080/a@b',
    'https://github.com/acme/shop/actions/runs/1',
    'https://user@host/path',
    'mail a@b.example, see https://x.example/a:b',
    'arn:aws:ecs:eu-central-1:123456789012:task/x',
    'arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop/db-AbCdEf:password::',
    'DB_PASSWORD=arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:shop/db-AbCdEf:password::',
    'password authentication failed for user "shop"',
    'the next token: none',
    '{ "password": 1 }',
    '',
  ])('leaves alone: %s', (text) => {
    expect(redact(text)).toBe(text)
  })

  it('never lets a password through, wherever the URL stands', () => {
    const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9._~-]{0,12}$/)
    const password = fc.stringMatching(/^\S{1,40}$/).map((text) => `Zq${text}qZ`)
    fc.assert(
      fc.property(fc.string(), word, password, word, fc.string(), (before, user, secret, host, after) => {
        const url = `postgres://${user}:${secret}@${host}`
        expect(redact(`${before} ${url} ${after}`)).toBe(`${redact(before)} *** ${redact(after)}`)
      }),
      { numRuns: 500 },
    )
  })

  it('is the same when done twice', () => {
    const unit = fc.constantFrom('a', ':', '/', '@', '://', ' ', '1', '=', 'password', '"')
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        expect(redact(redact(text))).toBe(redact(text))
      }),
    )
  })
})

describe('values that are known', () => {
  const starring = redactor([
    's3cr3t-of-ours',
    'short',
    'line one of it\nsecond line',
    'to-{database}-and-back',
    'a+b(c)*d',
  ])

  it.each([
    [
      "1 validation error detected: Value 's3cr3t-of-ours' at 'environment.1.member.value'",
      "1 validation error detected: Value *** at 'environment.1.member.value'",
    ],
    ['API_KEY=s3cr3t-of-ours, STAGE=short.', '*** STAGE=short.'],
    ['It is s3cr3t-of-ours.', 'It is ***'],
    ['quoted: "line one of it\\nsecond line"', 'quoted: ***'],
    ['went to-shop_prod-and-back again', 'went *** again'],
    ['x a+b(c)*d y', 'x *** y'],
    ['twice s3cr3t-of-ours,s3cr3t-of-ours s3cr3t-of-ours', 'twice *** ***'],
  ])('are starred with their word: %s', (text, starred) => {
    expect(starring(text)).toBe(starred)
  })

  it('are no part of a longer name, path or ARN', () => {
    const text = 'role/production-deployer, /ecs/production/shop, shop.production.example, arn:aws:x:production:y'
    expect(redactor(['production'])(text)).toBe(text)
  })

  it('are found in every text of a record, and dates stay dates', () => {
    const at = new Date(0)
    expect(redacted({ a: ['is s3cr3t-of-ours'], b: { at, n: 1, none: undefined } }, starring)).toEqual({
      a: ['is ***'],
      b: { at, n: 1, none: undefined },
    })
  })
})

describe('the time of redact', () => {
  const all = redactor(['s3cr3t-of-ours', 'a{database}b-and-some-more'])

  it.each([
    'a://b:',
    'x://a:b://c://c',
    '://',
    '@:',
    'x',
    '=',
    '"',
    '://a:b@',
    'a://1:2/',
    'pwd',
    's3cr3t-of-ours,',
    'a',
    ' ',
  ])('grows with the text: %s', (piece) => {
    const text = piece.repeat(Math.ceil(1_000_000 / piece.length))
    const begin = performance.now()
    all(text)
    expect(performance.now() - begin).toBeLessThan(2_000)
  })
})
