import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSettings } from '../dist/settings.js'

const complete = {
  DATABASE_NAME: 'fintech_experiment',
  DATABASE_USER: 'shop',
  DATABASE_PASSWORD: 'secret',
  DATABASE_HOST: 'db.internal',
}

test('reads the database from the environment, with PostgreSQL port as the default', () => {
  assert.deepEqual(readSettings(complete), {
    database: 'fintech_experiment',
    user: 'shop',
    password: 'secret',
    host: 'db.internal',
    port: 5432,
    ssl: false,
  })
  assert.equal(readSettings({ ...complete, DATABASE_PORT: '6000' }).port, 6000)
  assert.equal(readSettings({ ...complete, DATABASE_SSL: 'true' }).ssl, true)
})

test('refuses to guess, and names everything that is missing', () => {
  assert.throws(() => readSettings({ ...complete, DATABASE_NAME: '' }), /^Error: DATABASE_NAME is not set$/)
  assert.throws(
    () => readSettings({ DATABASE_PORT: 'x' }),
    /DATABASE_NAME is not set; .*DATABASE_HOST is not set; DATABASE_PORT is not a port: x/,
  )
})
