import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Exchange } from '../../acceptance/recorder.ts'
import { scrubExchanges, suspicious } from '../../acceptance/scrub.ts'

const hex = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 15 }), { minLength: length, maxLength: length }).map((digits) => {
    const text = digits.map((digit) => digit.toString(16)).join('')
    // One that is a word, or a number, by chance is no identifier of AWS's.
    return `${text.slice(0, -2)}7f`
  })
const letters = (alphabet: string, length: number) =>
  fc
    .array(fc.constantFrom(...alphabet), { minLength: length, maxLength: length })
    .map((characters) => characters.join(''))
const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const mixed = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const byte = fc.integer({ min: 0, max: 255 })

/** Everything in an account's answers that is the account's own. */
const own = fc.record({
  accountId: letters('123456789', 12),
  region: fc.constantFrom('us-east-1', 'ap-southeast-2', 'eu-central-1', 'us-gov-west-1'),
  prefix: letters('abcdefghijklmnopqrstuvwxyz', 9),
  began: fc.integer({ min: 1_780_000_000_000, max: 1_900_000_000_000 }),
  task: hex(32),
  runtime: fc.tuple(hex(32), fc.integer({ min: 1_000_000_000, max: 4_000_000_000 })).map((parts) => parts.join('-')),
  subnet: hex(17),
  request: fc.uuid(),
  digest: hex(64),
  address: fc.tuple(byte, byte, byte, byte).map((bytes) => bytes.join('.')),
  mac: fc.array(hex(4), { minLength: 6, maxLength: 6 }).map((parts) => parts.map((part) => part.slice(0, 2)).join(':')),
  key: letters(capitals, 16).map((text) => `ASIA${text}`),
  secretKey: letters(mixed, 38).map((text) => `${text}aB1/+`),
  session: letters(`${mixed}+/`, 120).map((text) => `${text}9zZ==`),
  logToken: letters('0123456789', 56).map((text) => `f/${text}/s`),
  suffix: letters(mixed, 6),
  roleSuffix: letters(capitals, 11).map((text) => `${text}7`),
  person: letters('abcdefghijklmnopqrstuvwxyz', 8).map((text) => `${text}@corp.example`),
  later: fc.integer({ min: 1, max: 7_200_000 }),
})
type Own = typeof own extends fc.Arbitrary<infer T> ? T : never

function exchangesOf(one: Own): readonly Exchange[] {
  const { accountId, region, prefix, began, later } = one
  const arn = `arn:aws:ecs:${region}:${accountId}:task/${prefix}-cluster/${one.task}`
  const user = `arn:aws:sts::${accountId}:assumed-role/${prefix}-migration-MigrationRole-${one.roleSuffix}/${one.person}`
  const at = (began + later) / 1000
  const common = { at: began + later, ms: 3, host: `ecs.${region}.amazonaws.com`, status: 200 }
  return [
    {
      ...common,
      operation: 'DescribeTasks',
      request: { cluster: `${prefix}-cluster`, tasks: [arn] },
      answer: {
        tasks: [
          {
            taskArn: arn,
            createdAt: at,
            availabilityZone: `${region}a`,
            attachments: [
              {
                id: one.request,
                details: [
                  { name: 'macAddress', value: one.mac },
                  { name: 'x', value: one.address },
                ],
              },
            ],
            containers: [
              { runtimeId: one.runtime, imageDigest: `sha256:${one.digest}`, networkInterfaces: [one.address] },
            ],
            stoppedReason: `subnet-${one.subnet} at ${new Date(at * 1000).toISOString()}, ip-${one.address.replaceAll('.', '-')}`,
          },
        ],
      },
    },
    {
      ...common,
      status: 400,
      operation: 'RunTask',
      request: {
        secret: `arn:aws:secretsmanager:${region}:${accountId}:secret:${prefix}/database-${one.suffix}:host::`,
      },
      answer: { __type: 'AccessDeniedException', message: `User: ${user} is not authorized, request ${one.request}` },
    },
    {
      ...common,
      operation: 'AssumeRole',
      request: { Action: 'AssumeRole', X: new Date(began).toISOString().replace(/[-:]|\.\d+/g, '') },
      answer: `<R><Credentials><AccessKeyId>${one.key}</AccessKeyId><SecretAccessKey>${one.secretKey}</SecretAccessKey><SessionToken>${one.session}</SessionToken></Credentials><Arn>${user}</Arn></R>`,
    },
    {
      ...common,
      operation: 'GetLogEvents',
      request: { nextToken: one.logToken },
      answer: {
        events: [{ timestamp: began + later, message: `${one.session} ${one.key}` }],
        nextForwardToken: one.logToken,
      },
    },
  ]
}

const scrubbed = (one: Own): string =>
  JSON.stringify(scrubExchanges(exchangesOf(one), { ...one, names: [one.person.split('@')[0] ?? ''] }))

test('nothing of an account is left in a recording, and the check that guards the writing agrees', () => {
  fc.assert(
    fc.property(own, (one) => {
      const text = scrubbed(one)
      const { began, later, region, ...values } = one
      const left = Object.values(values).filter((value) => text.includes(String(value)))
      expect(left).toEqual([])
      expect(text).not.toContain(region)
      expect(text).not.toContain(String(Math.floor((began + later) / 100_000)))
      expect(text).not.toContain(new Date(began + later).toISOString().slice(0, 10))
      expect(suspicious(text, one)).toEqual([])
    }),
    { numRuns: 200 },
  )
})

test('what a recording must still show is there: one task is one task, a token that repeats, how long it took', () => {
  const [one] = fc.sample(own, { numRuns: 1, seed: 7 }) as [Own]
  const [described, refused, , log] = scrubExchanges(exchangesOf(one), one)
  const { tasks } = (described?.request ?? {}) as { readonly tasks: readonly string[] }
  expect(tasks[0]).toMatch(/^arn:aws:ecs:eu-west-1:111122223333:task\/acceptance-cluster\/<id \d+>$/)
  expect(described?.answer).toMatchObject({
    tasks: [{ taskArn: tasks[0], createdAt: `<${(one.later / 1000).toFixed(1)} s>` }],
  })
  expect(refused).toMatchObject({ status: 400, answer: { __type: 'AccessDeniedException' } })
  expect(log?.request).toEqual({ nextToken: expect.stringMatching(/^<token \d+>$/) })
  expect(log?.answer).toMatchObject({ nextForwardToken: Object.values(log?.request ?? {})[0] })
})

test.each([
  ['a task id', 'task/0123456789abcdef0123456789abcdef'],
  ['an account', 'arn:aws:iam::210987654321:role/x'],
  ['an address', 'at 203.0.113.9'],
  ['a key', 'ASIAQWERTY1234567890'],
  ['the prefix', 'my-prefix-cluster'],
])('a recording with %s in it is not written', (_, text) => {
  const known = { accountId: '210987654321', region: 'eu-west-1', prefix: 'my-prefix', began: 0 }
  expect(suspicious(text, known)).not.toEqual([])
})

test('answers in a row that are alike are counted, and a long log is shortened', () => {
  const common = { ms: 1, host: 'h', operation: 'GetLogEvents', status: 200, request: {} }
  const events = Array.from({ length: 900 }, (_, line) => ({ message: `line ${line}` }))
  const known = { accountId: '210987654321', region: 'eu-west-1', prefix: 'my-prefix', began: 0 }
  const all = scrubExchanges(
    [1000, 2000, 3000].map((at) => ({ ...common, at, answer: { events } })),
    known,
  )
  expect(all).toMatchObject([{ times: 3, after: 1, answer: { events: expect.any(Array) } }])
  expect(JSON.stringify(all).match(/"message"/g)).toHaveLength(6)
  expect(JSON.stringify(all)).toContain('894 more')
})
