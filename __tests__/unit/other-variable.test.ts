import type { ContainerDefinition } from '@aws-sdk/client-ecs'
import { describe, expect, it } from '@jest/globals'
import type { Startup } from '../../src/model.ts'
import { judgeOtherVariable, type OtherVariableRequest } from '../../src/plan/other-variable.ts'

const request: OtherVariableRequest = {
  databases: ['crm'],
  databaseVariable: 'DATABASE_NAME',
  databaseVariableGiven: false,
  environmentVariables: [],
  secrets: [],
}
const startup: Startup = { programs: [], isBare: false }
const variable = (name: string, value = 'x') => ({ name, value })
const secret = (name: string) => ({ name, valueFrom: 'arn:aws:ssm:eu-west-1:111122223333:parameter/x' })

const judged = (
  container: ContainerDefinition,
  change: Partial<OtherVariableRequest> = {},
  words: Partial<Startup> = {},
) =>
  judgeOtherVariable({ name: 'api', ...container }, { ...startup, ...words }, { ...request, ...change }).map(
    ({ weight }) => weight,
  )

describe('a definition that names its database in another variable', () => {
  it.each([
    ['a URL', { environment: [variable('SQLALCHEMY_DATABASE_URI')] }],
    ['a secret', { secrets: [secret('SPRING_DATASOURCE_URL')] }],
    ['a connection string of .NET', { secrets: [secret('ConnectionStrings__Default')] }],
    ['beside what says nothing', { environment: [variable('LOG_LEVEL'), variable('PGDATABASE')] }],
  ])('is warned of with one database and refused with several: %s', (_what, container) => {
    expect(judged(container)).toEqual(['warning'])
    expect(judged(container, { databases: ['crm', 'erp', 'hr'] })).toEqual(['refusal'])
  })

  it.each([
    ['none at all', {}],
    ['nothing of that kind', { environment: [variable('DATABASE_HOST'), variable('MY_DB_NAME')] }],
    ['the variable itself', { environment: [variable('DATABASE_NAME'), variable('DB_URL')] }],
    ['the variable itself as a secret', { secrets: [secret('DATABASE_NAME'), secret('DATABASE_URL')] }],
  ])('is not one with %s', (_what, container) => {
    expect(judged(container, { databases: ['crm', 'erp'] })).toEqual([])
  })

  const url = { environment: [variable('DATABASE_URL')] }

  it.each<[string, Partial<OtherVariableRequest>, Partial<Startup>]>([
    ['the variable is named', { databaseVariableGiven: true }, {}],
    ['another variable is named', { databaseVariable: 'DB_SCHEMA', databaseVariableGiven: true }, {}],
    ['none is wanted', { databaseVariable: '', databaseVariableGiven: true }, {}],
    ['{database} stands in a variable', { environmentVariables: [variable('X', 'a/{database}')] }, {}],
    ['{database} stands in a secret', { secrets: [{ name: 'DATABASE_URL', valueFrom: '/apps/{database}/url' }] }, {}],
    ['{database} stands in the command', { command: ['up', '--db={database}'] }, {}],
    ['the command reads it', {}, { command: ['sh', '-ec', 'exec up -d "$DATABASE_NAME"'] }],
    ['the command reads it with a default', {}, { command: ['sh', '-ec', 'up $' + '{DATABASE_NAME:-x}'] }],
    ['the entry point reads it', {}, { entryPoint: ['python', '-c', "import os; os.environ['DATABASE_NAME']"] }],
  ])('is meant where %s', (_what, change, words) => {
    expect(judged(url, { databases: ['crm', 'erp'], ...change }, words)).toEqual([])
  })

  it('is not meant where a longer name is read', () => {
    expect(judged(url, {}, { command: ['sh', '-ec', 'up "$OLD_DATABASE_NAME" "$DATABASE_NAME_2"'] })).toEqual([
      'warning',
    ])
  })

  it('is answered for one database by a value of this step, for several it is not', () => {
    const given = { environmentVariables: [variable('DATABASE_URL', 'postgres://h/crm')] }
    expect(judged(url, given)).toEqual([])
    expect(judged(url, { secrets: [secret('DATABASE_URL')] })).toEqual([])
    expect(judged(url, { ...given, databases: ['crm', 'erp'] })).toEqual(['refusal'])
  })

  const plain = (name: string, value: string, databases = ['globex']) =>
    judgeOtherVariable({ name: 'api', environment: [variable(name, value)] }, startup, { ...request, databases })

  it.each([
    ['DB_NAME', 'is', 'acme'],
    ['PGDATABASE', 'is', 'acme'],
    ['DATABASE_URL', 'names', 'postgres://app:s3cret@db.internal:5432/acme?sslmode=require'],
    ['SPRING_DATASOURCE_URL', 'names', 'jdbc:postgresql://db.internal/acme'],
  ])('is said first where %s names another database, and without the rest of its value', (name, verb, value) => {
    const [doubt] = plain(name, value)
    expect(doubt).toMatchObject({
      weight: 'warning',
      brief: `the definition's ${name} ${verb} acme`,
      reason: `The definition's ${name} ${verb} acme, and globex was asked for: if the application reads ${name}, the migration runs on acme, and globex stays as it is.`,
    })
    expect(JSON.stringify(doubt)).not.toMatch(/s3cret|db\.internal/)
  })

  it.each([
    ['DATABASE_URL', 'postgres://app:pa/ss@db/acme'],
    ['DATABASE_URL', 'postgres://app:12/s3cret@db/acme'],
    ['DATABASE_URL', 'postgres://app:1#s3cret@db/acme'],
    ['DATABASE_URL', 's3cret'],
    ['DB_NAME', 'postgres://app:s3cret@db/acme'],
    ['ConnectionStrings__Main', 'Host=db;Database=acme;Password=s3cret'],
  ])('shows nothing of what may be more than a name: %s=%s', (name, value) => {
    const [doubt] = plain(name, value)
    expect(doubt?.brief).toBeUndefined()
    expect(JSON.stringify(doubt)).not.toMatch(/s3cret|pa\/ss|acme/)
  })

  it('is a notice where all that it has name the database asked for', () => {
    expect(plain('DB_NAME', 'globex')).toMatchObject([{ weight: 'notice', id: 'other-variable' }])
    expect(plain('DB_NAME', 'globex', ['globex', 'acme'])).toMatchObject([{ weight: 'refusal' }])
  })

  it('may stand in a file that nobody sees, unless the intent is shown', () => {
    const files = { environmentFiles: [{ type: 's3' as const, value: 'arn:aws:s3:::settings/app.env' }] }
    expect(judged(files)).toEqual(['notice'])
    expect(judged(files, { databases: ['crm', 'erp'] })).toEqual(['warning'])
    expect(judged(files, { databaseVariableGiven: true })).toEqual([])
    expect(judged({ ...files, environment: [variable('DATABASE_NAME')] })).toEqual([])
  })

  it('is named, and never with a value', () => {
    const container = { name: 'api', environment: [variable('DB_URL', 's3cret')], secrets: [secret('DB_NAME')] }
    const [doubt] = judgeOtherVariable(container, startup, request)
    expect(doubt?.reason).toBe(
      'The container api has DB_URL, DB_NAME and no DATABASE_NAME: if the application finds its database by one of them, the migration runs on the database that the definition names, not on crm.',
    )
    expect(JSON.stringify(doubt)).not.toContain('s3cret')
  })
})
