import type { ClientConfig } from 'pg'

/** How to reach the one database this process works on. */
export type Settings = Required<Pick<ClientConfig, 'database' | 'user' | 'password' | 'host' | 'port' | 'ssl'>>

/**
 * Reads DATABASE_NAME, DATABASE_USER, DATABASE_PASSWORD, DATABASE_HOST, DATABASE_PORT (5432) and DATABASE_SSL (false).
 * There is no default for the name: which tenant's database is meant must be said.
 *
 * @throws naming every variable that is missing or wrong
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const names = ['DATABASE_NAME', 'DATABASE_USER', 'DATABASE_PASSWORD', 'DATABASE_HOST'] as const
  const problems: string[] = names.filter((name) => !env[name]).map((name) => `${name} is not set`)
  const port = Number(env.DATABASE_PORT || 5432)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    problems.push(`DATABASE_PORT is not a port: ${env.DATABASE_PORT}`)
  if (problems.length > 0) throw new Error(problems.join('; '))
  return {
    database: env.DATABASE_NAME ?? '',
    user: env.DATABASE_USER ?? '',
    password: env.DATABASE_PASSWORD ?? '',
    host: env.DATABASE_HOST ?? '',
    port,
    // Amazon RDS: give its certificate bundle to Node with NODE_EXTRA_CA_CERTS.
    ssl: env.DATABASE_SSL === 'true',
  }
}
