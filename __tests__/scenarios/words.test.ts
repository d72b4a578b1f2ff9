import { expect } from '@jest/globals'
import type { Evidence, Story } from '../faults/stage.ts'
import { inEachContainer } from '../faults/stage.ts'
import { log, scenario } from './scenario.ts'

const commands = ({ containers }: Evidence): readonly (readonly string[])[] => containers.map(({ command }) => command)

const ranNothing = (evidence: Evidence): void => {
  expect(commands(evidence)).toEqual([])
  expect(evidence.journal.map(({ operation }) => operation)).not.toContain('RunTask')
}

const ignored: Story = {
  definition: inEachContainer({ entryPoint: ['/bin/bash', '-eo', 'pipefail', '-c'], command: ['true'] }),
  inputs: { command: 'node ace migration:run --force' },
}

scenario('a shell would ignore words', {
  about: 'bash -c would run node alone, with an empty input: exit 0, and nothing done. It is refused.',
  ...ignored,
  approved: false,
  check: (step, evidence) => {
    ranNothing(evidence)
    expect(step.run.exitCode).toBe(1)
    expect(step.run.outputs.outcome).toBe('refused')
    expect(log(step)).toContain('["node ace migration:run --force"]')
  },
})

scenario('a shell would ignore words in a dry run', {
  about: 'The dry run finds it too.',
  ...ignored,
  inputs: { ...ignored.inputs, 'dry-run': 'true' },
  approved: false,
  check: (step, evidence) => {
    ranNothing(evidence)
    expect(step.run.exitCode).toBe(1)
  },
})

scenario('an entry point that passes its words on', {
  about: 'The definition prepares variables, and runs what it is given; the input says what.',
  definition: inEachContainer({
    entryPoint: ['sh', '-c', '. ./secrets.env && exec "$@"', '--'],
    command: ['gunicorn', 'shop.wsgi'],
  }),
  files: { 'secrets.env': 'export TOKEN=abc\n' },
  inputs: { command: `sh -c 'echo "$TOKEN in $1"' sh {database}` },
  approved: false,
  check: (step, evidence) => {
    const given = ['sh', '-c', 'echo "$TOKEN in $1"', 'sh', 'shop_prod']
    expect(commands(evidence)).toEqual([['sh', '-c', '. ./secrets.env && exec "$@"', '--', ...given]])
    expect(log(step)).toContain(`Command: ${JSON.stringify(given)}`)
    expect(log(step)).toContain('abc in shop_prod')
  },
})

scenario('an entry point without a command', {
  about: 'As docker run --entrypoint does, the definition’s command is dropped, and the log says so.',
  definition: inEachContainer({
    entryPoint: ['/old.sh'],
    command: ['serve', '--port', '80'],
    workingDirectory: '/srv',
    user: 'app',
  }),
  inputs: { entrypoint: '["sh","-ec","echo into {database}"]' },
  check: (step, evidence) => {
    expect(commands(evidence)).toEqual([['sh', '-ec', 'echo into shop_prod']])
    expect(log(step)).toContain('into shop_prod')
    expect(log(step)).toContain('the definition\'s command ["serve","--port","80"]')
  },
})

scenario('a server is the definition’s own command', {
  about: 'It would run until the time limit. Nobody said what shall run instead.',
  definition: inEachContainer({
    command: ['bundle', 'exec', 'sidekiq', '-q', 'mailers'],
    portMappings: [{ containerPort: 3000 }],
  }),
  approved: false,
  check: (step, evidence) => {
    ranNothing(evidence)
    expect(step.run.exitCode).toBe(1)
    expect(log(step)).toMatch(/"sidekiq".*\[server\]/s)
    expect(log(step)).toContain('The container publishes port 3000')
  },
})

scenario('a server that is accepted', {
  about: 'It ends by itself here, and that is known.',
  container: 'if false; then exec gunicorn shop.wsgi; fi; echo checked',
  inputs: { accept: 'server' },
  approved: false,
  check: (step) => {
    expect(step.run.exitCode).toBe(0)
    expect(log(step)).toMatch(/^Accepted: .*\[server\]$/m)
  },
})

scenario('an interpreter without a script', {
  about: 'It reads its standard input, which is empty, and exits 0 without a word: success is doubtful.',
  definition: inEachContainer({ command: ['php'] }),
  inputs: { command: 'node --no-warnings -' },
  check: (step) => {
    expect(step.run.exitCode).toBe(0)
    expect(log(step)).toMatch(/^shop_prod: succeeded in .*, exit code 0, printed nothing$/m)
    expect(step.run.annotations.map(({ message }) => message).join()).toMatch(/printed nothing.*\[quiet\]/s)
    expect(step.run.summary).toContain('printed nothing')
  },
})

scenario('an interpreter without a script that is accepted', {
  about: 'A plain line, no annotation.',
  inputs: { command: 'bash -l', accept: 'quiet' },
  approved: false,
  check: (step) => {
    expect(step.run.annotations).toEqual([])
    expect(log(step)).toMatch(/^Accepted: .*\[quiet\]$/m)
  },
})

scenario('a tool that has nothing to do', {
  about: 'It is known what ran, and it printed nothing: that is said, and warned of nobody.',
  inputs: { command: '["sh","-c","exit 0"]' },
  approved: false,
  check: (step) => {
    expect(log(step)).toContain('printed nothing')
    expect(step.run.annotations).toEqual([])
  },
})

scenario('exit 0 and a log that says otherwise', {
  about:
    'psql goes on after an error. It counts as succeeded, with a warning that quotes the line; accept takes its id.',
  container:
    'echo "CREATE TABLE"; echo "psql:7.sql:4: ERROR:  column \\"total\\" of relation \\"orders\\" does not exist"; echo DONE',
  check: (step) => {
    expect(step.run.exitCode).toBe(0)
    expect(step.run.outputs.outcome).toBe('succeeded')
    const [warning] = step.run.annotations
    expect(warning?.message).toMatch(/says: "column "total" of relation "orders" does not exist".*ON_ERROR_STOP=1/s)
    expect(warning?.message).toContain('[quiet-failure]')
    expect(step.run.summary).toContain('ON_ERROR_STOP=1')
  },
})

scenario('exit 0 and a log that names another database', {
  about: 'Flyway says what it is connected to. It counts as succeeded, with a warning that names both databases.',
  container:
    'echo "Database: jdbc:postgresql://db.internal:5432/billing (PostgreSQL 16.4)"; echo "Successfully applied 2"',
  inputs: { 'database-name': 'ledger' },
  approved: false,
  check: ({ run }) => {
    expect(run.outputs).toMatchObject({ outcome: 'succeeded', cause: 'another-database' })
    const [warning, ...more] = run.annotations
    expect(more).toEqual([])
    expect(warning?.message).toMatch(/connected to the database billing, and not to ledger\..*\[another-database\]/s)
    expect(run.summary).toContain('jdbc:postgresql://db.internal:5432/billing')
    expect(run.summary).toContain('database variable: DATABASE_NAME; ECS shows whether the container is given it, not')
  },
})

scenario('exit 0 and a log that says otherwise is not read', {
  about: 'Nothing is quoted with stream-logs: false.',
  container: 'table=orders; echo "ERROR:  relation \\"$table\\" does not exist"',
  inputs: { 'stream-logs': 'false' },
  approved: false,
  check: (step) => {
    expect(step.run.exitCode).toBe(0)
    expect(step.run.annotations).toEqual([])
    expect(step.run.summary).not.toMatch(/"orders|What it said/)
    expect(step.run.outputs.cause).toBeUndefined()
  },
})

scenario('a time-out of a server', {
  about: 'Its log says that it listens: a longer limit would not help.',
  container: 'trap "exit 0" TERM; echo "HTTP server listening on 0.0.0.0:8080"; sleep 60 & wait',
  inputs: { 'task-timeout-minutes': '0.2' },
  approved: false,
  check: (step) => {
    expect(step.run.outputs.outcome).toBe('timed-out')
    expect(log(step)).toContain('most likely a server ran')
    expect(log(step)).not.toContain('Raise task-timeout-minutes')
  },
})

scenario('a migration that was added before an applied one', {
  about: 'What Django says of a database that has the later one.',
  container:
    'echo "django.db.migrations.exceptions.InconsistentMigrationHistory: Migration orders.0003_one_order is applied before its dependency orders.0002a_clean on database \\"default\\"." ; exit 1',
  approved: false,
  check: (step) => {
    expect(step.run.outputs.cause).toBe('out-of-order')
    expect(log(step)).toMatch(/Migration orders\.0003_one_order is applied before .*\(exit code 1\)/)
    expect(log(step)).toContain('Delete the migration that was added before.')
  },
})

scenario('a command line as one word', {
  about: 'A JSON array of one word with spaces is a program of that name, which is not there.',
  inputs: { command: '["rake db:migrate RAILS_ENV=production"]' },
  approved: false,
  check: (step) => {
    expect(step.run.exitCode).toBe(1)
    expect(log(step)).toContain('"rake db:migrate RAILS_ENV=production" is one word')
  },
})
