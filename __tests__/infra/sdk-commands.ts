import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** IAM's prefix of each service whose client the code uses. */
const PREFIXES: Readonly<Record<string, string>> = { ecs: 'ecs', 'cloudwatch-logs': 'logs', ec2: 'ec2', ecr: 'ecr' }

/**
 * IAM action of every API call the code can make: src/aws/sdk/ is the only door to the SDK (biome.json), and
 * `RunTaskCommand` from client-ecs is `ecs:RunTask`, `paginateDescribeSubnets` from client-ec2 `ec2:DescribeSubnets`.
 * @throws where something is let in that nobody uses, or a client comes in that this test does not know
 */
export const calledActions = (): readonly string[] => {
  const adapters = readAll('src/aws')
  return readdirSync('src/aws/sdk').flatMap((file) => {
    const source = readFileSync(join('src/aws/sdk', file), 'utf8')
    const [, names = '', client] = /export \{([^}]*)\} from '@aws-sdk\/client-([\w-]+)'/.exec(source) ?? []
    const used = names.split(',').map((name) => name.trim())
    const idle = used.filter((name) => name !== '' && !adapters.includes(`${name}(`) && !adapters.includes(`${name},`))
    if (idle.length > 0) throw new Error(`${file} lets in ${idle.join(', ')}, which nobody uses`)
    return used.flatMap((name) => actionOf(name, client))
  })
}

const readAll = (folder: string): string =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8').replace(/^import [^;]*? from '.*'$/gm, ''))
    .join('\n')

/** None for what makes no call, such as the client itself. */
const actionOf = (name: string, client = ''): readonly string[] => {
  const [, command, paginated] = /^(?:(\w+)Command|paginate(\w+))$/.exec(name) ?? []
  const operation = command ?? paginated
  if (operation === undefined) return []
  const prefix = PREFIXES[client]
  if (prefix === undefined) throw new Error(`the code uses client-${client}, which this test does not know`)
  return [`${prefix}:${operation}`]
}
