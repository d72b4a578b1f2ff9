import type { ContainerDefinition } from '@aws-sdk/client-ecs'

/** Variables that commonly name the database, or hold its URL. */
const USUAL =
  /^(DATABASE_URL|DATABASE_URI|SQLALCHEMY_DATABASE_URI|DB_URL|DB_NAME|DB_DATABASE|POSTGRES_DB|PGDATABASE|MYSQL_DATABASE|RDS_DB_NAME|SPRING_DATASOURCE_URL|ConnectionStrings__.+)$/

/** Names of variables and secrets of a container by which an application usually finds its database. */
export function databaseVariablesOf({ environment = [], secrets = [] }: ContainerDefinition): readonly string[] {
  return [...environment, ...secrets].map(({ name = '' }) => name).filter((name) => USUAL.test(name))
}
