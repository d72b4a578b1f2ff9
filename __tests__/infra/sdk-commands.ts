import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** IAM's prefix of each service whose client the code imports. */
const PREFIXES: Readonly<Record<string, string>> = {
  ecs: 'ecs',
  'cloudwatch-logs': 'logs',
  ec2: 'ec2',
  ecr: 'ecr',
  sts: 'sts',
}

/** What src/aws/sdk/ hands on of a client, by file; loaded lazily. */
const HANDED_ON: Readonly<Record<string, string>> = { ec2: 'ec2', ecr: 'ecr', logs: 'logs' }

const sourceFiles = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('aws/sdk/'))
    .map((name) => join(folder, name))

const prefixOf = (client: string): string => {
  const prefix = PREFIXES[client]
  if (prefix === undefined) throw new Error(`the code calls @aws-sdk/client-${client}, which this test does not know`)
  return prefix
}

/** Imported command or paginator → IAM prefix of the client it comes from; `sdk.` stands for one imported lazily. */
const importsOf = (source: string): ReadonlyMap<string, string> => {
  const found = new Map<string, string>()
  for (const [, names = '', client = ''] of source.matchAll(
    /import\s*\{([^}]*)\}\s*from\s*'@aws-sdk\/client-([\w-]+)'/g,
  )) {
    for (const name of names.split(',')) found.set(name.replace(/^\s*type\s/, '').trim(), prefixOf(client))
  }
  for (const [, names = '', file = ''] of source.matchAll(
    /const (\{[^}]*\}|sdk) = await import\('\.\/sdk\/([\w-]+)\.ts'\)/g,
  )) {
    const prefix = HANDED_ON[file]
    if (prefix === undefined) throw new Error(`the code loads sdk/${file}.ts, which this test does not know`)
    if (names === 'sdk') found.set('sdk.', prefix)
    else for (const name of names.replace(/[{}]/g, '').split(',')) found.set(name.trim(), prefix)
  }
  return found
}

/**
 * IAM action of every API call that the TypeScript files under `folder` make: `new RunTaskCommand(` → `ecs:RunTask`,
 * `sdk.paginateDescribeSubnets` → `ec2:DescribeSubnets`.
 * @returns action → the files that call it
 * @throws where a command is made whose client cannot be told from the file's imports
 */
export const calledActions = (folder: string): ReadonlyMap<string, readonly string[]> => {
  const actions = new Map<string, string[]>()
  for (const file of sourceFiles(folder)) {
    const source = readFileSync(file, 'utf8')
    const clients = importsOf(source)
    for (const [, lazy, made, paginated] of source.matchAll(
      /(?<![\w.])(?:new\s+)?(sdk\.)?(?:([A-Z]\w*)Command\(|paginate([A-Z]\w*))/g,
    )) {
      const name = made === undefined ? `paginate${paginated}` : `${made}Command`
      const prefix = clients.get(lazy ?? name)
      if (prefix === undefined) throw new Error(`${file} calls ${name} without importing it from an SDK client by name`)
      const action = `${prefix}:${made ?? paginated}`
      actions.set(action, [...(actions.get(action) ?? []), file])
    }
  }
  return actions
}
