import type { ContainerDefinition } from '@aws-sdk/client-ecs'
import { describe, expect, it } from '@jest/globals'
import { giveCommand } from '../../src/example-command.ts'
import { type Problem, Refusal, type Startup } from '../../src/model.ts'
import { judgeStartup, startupOf } from '../../src/plan/startup.ts'
import { startupLines } from '../../src/report/startup.ts'
import { shownWords } from '../../src/shown-words.ts'

type Words = readonly string[]
interface Given {
  readonly command?: Words
  readonly entrypoint?: Words
}

const container = (entryPoint?: Words, command?: Words): ContainerDefinition => ({
  ...(entryPoint && { entryPoint: [...entryPoint] }),
  ...(command && { command: [...command] }),
})

const startup = (definition: ContainerDefinition, given: Given = {}): Startup => startupOf(definition, given)

/** The problem of a definition with an entry point, and a command that is given. */
function problemOf(definition: ContainerDefinition, given: Given = {}): Problem | undefined {
  try {
    judgeStartup(startupOf(definition, given), given)
    return undefined
  } catch (error) {
    if (error instanceof Refusal) return error.problem
    throw error
  }
}

const VAULT = '. /vault/secrets/env && exec "$@"'

describe('what to give instead', () => {
  it.each([
    ['gunicorn shop.wsgi', 'python manage.py migrate'],
    ['[INFO] Listening at: http://0.0.0.0:8000 (uvicorn)', 'python manage.py migrate'],
    ['flask run', 'alembic upgrade head'],
    ['* Listening on http://0.0.0.0:3000, Puma 6', 'bundle exec rails db:migrate'],
    ['npm start', 'npx prisma migrate deploy'],
    ['php-fpm8.3', 'php artisan migrate --force'],
    ['java -jar app.jar', 'flyway migrate'],
  ])('is of the same kind as %s', (shown, example) => {
    expect(giveCommand(shown)).toBe(`Give the input command: the words that run the migration, such as ${example}.`)
  })

  it('is named for no tool where nothing shows one', () => {
    expect(giveCommand('/app/server listening on :8080')).toBe(
      'Give the input command: the words that run the migration.',
    )
  })
})

describe('entry point and command', () => {
  it.each<[string, ContainerDefinition, Given, Partial<Startup>]>([
    ['are the image’s own where nobody says', container(), {}, {}],
    ['are so where lists are empty', container([], []), {}, {}],
    ['leave the entry point to the image', container(undefined, ['a']), {}, { command: ['a'] }],
    ['come from the definition', container(['x'], ['a']), {}, { entryPoint: ['x'], command: ['a'] }],
    ['drop the image’s command', container(['x']), {}, { entryPoint: ['x'], command: [] }],
    ['come from the inputs', container(['x'], ['a']), { command: ['b'] }, { entryPoint: ['x'], command: ['b'] }],
    [
      'drop the definition’s command with entrypoint',
      container(['x'], ['a', '--token=t']),
      { entrypoint: ['y'] },
      { entryPoint: ['y'], command: [], dropped: ['a', '--token=t'] },
    ],
    [
      'are both given',
      container(['x'], ['a']),
      { entrypoint: ['y'], command: ['b'] },
      { entryPoint: ['y'], command: ['b'] },
    ],
  ])('%s', (_what, definition, given, expected) => {
    const { programs: _, ...words } = startup(definition, given)
    expect(words).toEqual({ isBare: false, ...expected })
  })

  it('are shown a line each, with folder and user, and without what is named like a secret', () => {
    const definition = {
      ...container(['x'], ['a', '--api-token', 't0ps']),
      workingDirectory: '/srv',
      user: '1000:1000',
    }
    expect(startupLines(startup(definition, { entrypoint: ['y', 'DB_PASSWORD=hunter2'] }))).toEqual([
      'Entry point: ["y","DB_PASSWORD=***"]',
      'Command: no arguments',
      `Dropped, since entrypoint is given without command: the definition's command ["a","--api-token","***"]`,
      'Working directory: /srv',
      'User: 1000:1000',
    ])
    expect(startupLines(startup(container()))).toEqual(["Entry point: the image's own", "Command: the image's own"])
  })

  it.each([
    [['PGPASSWORD=hunter2 psql -c "select 1"'], '["PGPASSWORD=*** psql -c \\"select 1\\""]'],
    [['export API_KEY="a b"; run'], '["export API_KEY=***; run"]'],
    [['run', '--password=x y'], '["run","--password=*** y"]'],
    [['run', '-c', 'PASSWORD=$DATABASE_PASSWORD x'], '["run","-c","PASSWORD=$DATABASE_PASSWORD x"]'],
    [['run', '--force', 'now'], '["run","--force","now"]'],
  ])('%j is shown as %s', (words, shown) => {
    expect(shownWords(words)).toBe(shown)
  })
})

describe('a shell that ignores words', () => {
  it.each<[Words, Words, string]>([
    [['sh', '-c'], ['ruby', 'migrate.rb'], '["ruby migrate.rb"]'],
    [['/bin/bash', '-lc'], ['bin/rails', 'db:migrate'], '["bin/rails db:migrate"]'],
    [['ash', '-e', '-c'], ['alembic', 'upgrade', 'head'], '["alembic upgrade head"]'],
    [['bash', '-o', 'pipefail', '-c'], ['a', 'b'], '["a b"]'],
    [['bash', '-euo', 'pipefail', '-c', '--'], ['a', 'b c'], `["a 'b c'"]`],
    [['bash', '-ceo', 'pipefail'], ['psql', '$URL'], '["psql \\"$URL\\""]'],
    [['/usr/bin/env', 'bash', '+x', '--norc', '-c'], ['php', 'artisan'], '["php artisan"]'],
    [['tini', '-g', '--', 'dash', '-c'], ['a', 'b'], '["a b"]'],
    [['busybox', 'sh', '-c'], ['a', 'b'], '["a b"]'],
    [['sh', '-c', '. /env'], ['flask', 'db', 'upgrade'], '". /env && exec \\"$@\\"","--"]'],
    [['sh', '-c', '. /env', '--'], ['./migrate'], '". /env && exec \\"$@\\"","--"]'],
    [['sh', '-c', `awk '{print $1}' /etc/hosts`], ['./migrate', 'up'], '&& exec'],
    [['sh', '-c', `echo \\$1 $$ $? \${#PATH} $PATH # $1`], ['./migrate', 'up'], '&& exec'],
    [['sh', '-c', 'exec "$@"'], ['npx', 'knex', 'migrate:latest'], '"exec \\"$@\\"","--"]'],
    [['sh', '-c', 'exec "$@"'], ['./migrate'], '"--"]'],
    [['sh', '-c', 'exec "$@"', '--'], ['sh', '-c', 'mix', 'ecto.migrate'], '["sh","-c","mix ecto.migrate"]'],
    [['sh', '-c', 'exec "$0"'], ['node', 'migrate.js'], '&& exec'],
  ])('is refused: %j with %j', (entryPoint, command, remedy) => {
    const problem = problemOf(container(entryPoint), { command })
    expect(problem?.code).toBe('shell-ignores-words')
    expect(problem?.remedy).toContain(remedy)
  })

  it.each<[Words, Words]>([
    [['sh', '-c'], ['ruby migrate.rb']],
    [
      ['sh', '-ec', 'cd /srv; exec "$@"', '--'],
      ['ruby', 'migrate.rb'],
    ],
    [
      ['sh', '-c', VAULT, '--'],
      ['node', 'migrate.js'],
    ],
    [
      ['/bin/sh', '-c', VAULT, '/bin/sh'],
      ['node', 'migrate.js'],
    ],
    [
      ['bash', '-c', 'eval "$*"', '_'],
      ['a', 'b'],
    ],
    [
      ['bash', '-c', `exec "$0" "\${@:1}"`],
      ['a', 'b'],
    ],
    [
      ['bash', '-c', 'for x do echo $x; done', 'sh'],
      ['a', 'b'],
    ],
    [
      ['bash', '-c', `trap 'echo $2' EXIT`, '-'],
      ['a', 'b'],
    ],
    [['bash', '-c', `a "\${1:-none}"`, '-'], ['b']],
    [['sh', '-c', 'shift; echo $FIRST', '--'], ['a']],
    [
      ['powershell', '-Command'],
      ['dotnet', 'ef', 'database', 'update'],
    ],
    [
      ['pwsh', '-c'],
      ['a', 'b'],
    ],
    [
      ['bash', '-l'],
      ['migrate.sh', 'a'],
    ],
    [['sh', '-s', 'a'], ['b']],
    [['docker-entrypoint.sh'], ['sh', '-c', 'a b']],
    [
      ['env', 'A=b'],
      ['node', 'migrate.js'],
    ],
  ])('is none: %j with %j', (entryPoint, command) => {
    expect(problemOf(container(entryPoint), { command })).toBeUndefined()
  })

  it('is refused in one list too, given or of the definition', () => {
    const words = ['bash', '-xc', 'php', 'artisan', 'migrate']
    for (const problem of [problemOf(container(undefined, words)), problemOf(container(), { command: words })])
      expect(problem?.remedy).toContain('command: ["bash","-xc","php artisan migrate"]')
    expect(problemOf(container(words))?.remedy).toContain('entrypoint: ["bash","-xc","php artisan migrate"]')
    expect(problemOf(container(['/entrypoint.sh'], words))?.code).toBe('shell-ignores-words')
  })

  it('is refused without a script, and where nothing is to be run', () => {
    expect(problemOf(container(['sh', '-ec']))?.code).toBe('shell-without-script')
    expect(problemOf(container(), { command: ['bash', '-o', 'pipefail', '-c', '--'] })?.code).toBe(
      'shell-without-script',
    )
    for (const entryPoint of [['tini', '--'], ['sh', '-c', VAULT, '--'], ['gosu', 'app'], ['']])
      expect(problemOf(container(entryPoint))?.code).toBe('nothing-to-run')
    expect(problemOf(container(['/docker-entrypoint.sh']))).toBeUndefined()
    expect(problemOf(container(['sh', '-c', '[ $# -gt 0 ] || set -- a b; exec "$@"', '--']))).toBeUndefined()
  })
})

describe('NAME=value as program', () => {
  it.each<[Words | undefined, Words]>([
    [undefined, ['RAILS_ENV=production', 'bin/rails', 'db:migrate']],
    [
      ['tini', '--'],
      ['PGPASSWORD=hunter2', 'psql'],
    ],
    [
      ['sh', '-c', 'exec "$@"', '--'],
      ['A_1=', 'b'],
    ],
  ])('is refused by name, without its value: %j with %j', (entryPoint, command) => {
    const problem = problemOf(container(entryPoint), { command })
    expect(problem?.code).toBe('assignment-as-program')
    expect(problem?.remedy).toContain('environment-variables')
    expect(JSON.stringify(problem)).not.toMatch(/hunter2|=production/)
  })

  it.each<[Words | undefined, Words]>([
    [['env'], ['A=b', 'node', 'x.js']],
    [undefined, ['env', '-u', 'C', 'A=b', 'node', 'x.js']],
    [['sh', '-c'], ['A=b node x.js']],
    [undefined, ['node', 'A=b']],
  ])('is right where something understands it: %j with %j', (entryPoint, command) => {
    expect(problemOf(container(entryPoint), { command })).toBeUndefined()
  })
})

describe('a server', () => {
  const doubts = (entryPoint: Words | undefined, command: Words, given: Given = {}): Words =>
    judgeStartup(startupOf(container(entryPoint, command), given), given).map(({ id }) => id)

  it.each<[Words | undefined, Words]>([
    [undefined, ['gunicorn', 'shop.wsgi']],
    [undefined, ['/usr/local/bin/uvicorn', 'main:app']],
    [undefined, ['python', '-m', 'uvicorn', 'main:app']],
    [undefined, ['python3', 'manage.py', 'runserver', '0.0.0.0:8000']],
    [
      ['bundle', 'exec'],
      ['puma', '-C', 'config/puma.rb'],
    ],
    [undefined, ['bundle', 'exec', 'rails', 's', '-b', '0.0.0.0']],
    [['/rails/bin/docker-entrypoint'], ['./bin/rails', 'server']],
    [undefined, ['npm', 'start']],
    [undefined, ['npm', 'run', 'start:prod']],
    [undefined, ['yarn', 'start']],
    [undefined, ['npx', 'next', 'start']],
    [
      ['dumb-init', '--'],
      ['node', '--enable-source-maps', 'dist/server.js'],
    ],
    [['docker-php-entrypoint'], ['php-fpm8.3', '-F']],
    [undefined, ['php', 'artisan', 'queue:work']],
    [undefined, ['nginx', '-g', 'daemon off;']],
    [undefined, ['celery', '-A', 'shop', 'worker']],
    [undefined, ['bundle', 'exec', 'sidekiq']],
    [['sh', '-c'], ['python manage.py migrate && exec gunicorn shop.wsgi']],
    [
      ['sh', '-c', VAULT, '--'],
      ['newrelic-admin', 'run-program', 'gunicorn', 'a'],
    ],
    [undefined, ['mix', 'phx.server']],
  ])('is in doubt as the definition’s own words: %j with %j', (entryPoint, command) => {
    expect(doubts(entryPoint, command)).toEqual(['server'])
    expect(doubts(entryPoint, command, { command: ['alembic'] })).toEqual([])
    expect(doubts(entryPoint, command, { entrypoint: ['/migrate.sh'] })).toEqual([])
  })

  it.each<[Words | undefined, Words]>([
    [undefined, ['python', 'manage.py', 'migrate']],
    [undefined, ['npm', 'run', 'migrate']],
    [undefined, ['npm', 'run', 'start:migrations']],
    [undefined, ['yarn', 'server:db-migrate']],
    [undefined, ['flask', 'run-migrations']],
    [undefined, ['celery', '-A', 'shop.worker', 'call', 'shop.migrate']],
    [undefined, ['npx', 'prisma', 'migrate', 'deploy']],
    [undefined, ['node', 'dist/migrate.js']],
    [undefined, ['bin/rails', 'db:migrate']],
    [undefined, ['php', 'artisan', 'migrate', '--force']],
    [undefined, ['celery', 'inspect', 'ping']],
    [undefined, ['flask', 'db', 'upgrade']],
    [['sh', '-c'], ['echo puma; alembic upgrade head']],
  ])('is not: %j with %j', (entryPoint, command) => {
    expect(doubts(entryPoint, command)).toEqual([])
  })

  it('is not asked where the image alone knows', () => {
    expect(judgeStartup(startupOf({}, {}), {})).toEqual([])
  })
})

describe('an interpreter', () => {
  it.each<[Words | undefined, Words]>([
    [undefined, ['node']],
    [['docker-entrypoint.sh'], ['node', '--enable-source-maps', '-r', 'dotenv/config']],
    [undefined, ['python3', '-u', '-']],
    [undefined, ['bash', '-l']],
    [['sh', '-c'], ['exec ruby']],
    [['sh', '-c', 'exec "$@"', '--'], ['php']],
    [undefined, ['psql', '-h', 'db', '-U', 'app', 'shop']],
    [undefined, ['sh', '-s', 'a']],
  ])('is bare: %j with %j', (entryPoint, command) => {
    expect(startup(container(entryPoint, command)).isBare).toBe(true)
  })

  it.each<[Words | undefined, Words]>([
    [undefined, ['node', 'migrate.js']],
    [undefined, ['node', '-r', 'x', 'migrate.js']],
    [undefined, ['python', '-m', 'alembic']],
    [undefined, ['python', '-c', 'x']],
    [undefined, ['bash', 'migrate.sh']],
    [undefined, ['bash', '-c', 'true']],
    [undefined, ['psql', '-f', 'schema.sql']],
    [['sh', '-c'], ['psql < schema.sql']],
    [['sh', '-c'], ['cat a.sql | psql']],
    [undefined, ['./migrate']],
  ])('has a script: %j with %j', (entryPoint, command) => {
    expect(startup(container(entryPoint, command)).isBare).toBe(false)
  })
})

describe('one word with spaces', () => {
  it.each<[Words | undefined, Words, string | undefined]>([
    [undefined, ['rake db:migrate'], 'rake db:migrate'],
    [['tini', '--'], ['rake db:migrate', '--trace'], 'rake db:migrate'],
    [['sh', '-c', VAULT, '--'], ['rake db:migrate'], 'rake db:migrate'],
    [['sh', '-c'], ['rake db:migrate'], undefined],
    [undefined, ['rake', 'a b'], undefined],
  ])('%j with %j: %s', (entryPoint, command, unsplit) => {
    expect(startup(container(entryPoint, command)).unsplit).toBe(unsplit)
  })
})
