import type { ContainerDefinition, KeyValuePair } from '@aws-sdk/client-ecs'

/** Variables that commonly hold nothing but the database's name. */
const NAMES = /^(?:DB_NAME|DB_DATABASE|POSTGRES_DB|PGDATABASE|MYSQL_DATABASE|RDS_DB_NAME)$/

/** Variables that commonly hold its URL. */
const URLS =
  /^(?:DATABASE_URL|DATABASE_URI|SQLALCHEMY_DATABASE_URI|DB_URL|SPRING_DATASOURCE_URL|ConnectionStrings__.+)$/

/** What can be no more than a name: nothing else of a value is ever shown. */
const PLAIN_NAME = /^[A-Za-z0-9_][\w.-]{0,62}$/

/** The database that a plain value names, by itself or as the path of a URL; undefined where it cannot be told for sure. */
export function databaseNamedBy({ name = '', value = '' }: KeyValuePair): string | undefined {
  const text = NAMES.test(name) ? value : pathOf(value)
  return text !== undefined && PLAIN_NAME.test(text) ? text : undefined
}

/** Of a URL with a host, `jdbc:` or not. */
function pathOf(value: string): string | undefined {
  const url = URL.parse(value.replace(/^jdbc:/, ''))
  return url === null || url.host === '' ? undefined : url.pathname.slice(1)
}

/** Names of variables and secrets of a container by which an application usually finds its database. */
export function databaseVariablesOf({ environment = [], secrets = [] }: ContainerDefinition): readonly string[] {
  return [...environment, ...secrets].map(({ name = '' }) => name).filter((name) => NAMES.test(name) || URLS.test(name))
}
