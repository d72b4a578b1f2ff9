import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** IAM's prefix of each service whose client the code uses. */
const PREFIXES: Readonly<Record<string, string>> = { ecs: 'ecs', 'cloudwatch-logs': 'logs', ec2: 'ec2', ecr: 'ecr' }

/**
 * IAM action of every API call the code can make, read from the imports of src/: `RunTaskCommand` from client-ecs is
 * `ecs:RunTask`, `paginateDescribeSubnets` from client-ec2 `ec2:DescribeSubnets`.
 * @throws where a client comes in that this test does not know
 */
export const calledActions = (): readonly string[] => [
  ...new Set(
    readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => importedActions(readFileSync(join('src', name), 'utf8'))),
  ),
]

const importedActions = (source: string): readonly string[] =>
  [...source.matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-([\w-]+)'/g)].flatMap(([, names = '', client]) =>
    names.split(',').flatMap((name) => actionOf(name.trim(), client)),
  )

/** None for what makes no call, such as the client itself or a type. */
const actionOf = (name: string, client = ''): readonly string[] => {
  const [, command, paginated] = /^(?:(\w+)Command|paginate(\w+))$/.exec(name) ?? []
  const operation = command ?? paginated
  if (operation === undefined) return []
  const prefix = PREFIXES[client]
  if (prefix === undefined) throw new Error(`the code uses client-${client}, which this test does not know`)
  return [`${prefix}:${operation}`]
}
