import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { test } from 'node:test'

const folder = new URL('../dist/migrations/', import.meta.url)
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.js'))
  .sort()

test('migrations are numbered without a gap', () => {
  assert.deepEqual(
    files.map((name) => name.slice(0, 4)),
    files.map((_, index) => String(index + 1).padStart(4, '0')),
  )
})

for (const name of files) {
  test(`${name} says how it is applied and how taken back`, async () => {
    const migration = await import(new URL(name, folder))
    assert.equal(typeof migration.up, 'function')
    assert.equal(typeof migration.down, 'function')
  })
}
