/** `npm run local`: keeps the local AWS, and a PostgreSQL, up for use by hand. */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Image } from './aws/index.ts'
import { interruptible } from './interruptible.ts'
import { NAMES, type Shop, startShop, TENANT_DATABASES } from './shop.ts'
import { nameAndValue, UsageError } from './usage.ts'

const OPTIONS = {
  port: { type: 'string' },
  image: { type: 'string', multiple: true },
  secret: { type: 'string', multiple: true },
} as const

process.exitCode = await main(process.argv.slice(2))

async function main(argv: string[]): Promise<number> {
  const { values: options } = parseArgs({ args: argv, options: OPTIONS })
  const port = portOf(options.port)
  const images = pairs('--image', options.image).map(([uri, folder]): [string, Image] => [
    uri,
    { folder: resolve(folder) },
  ])
  const secrets = pairs('--secret', options.secret)
  return interruptible(async (interrupted) => {
    const shop = await startShop({
      databases: TENANT_DATABASES,
      images: Object.fromEntries(images),
      secrets: Object.fromEntries(secrets),
      ...(port === undefined ? {} : { aws: { port } }),
    })
    try {
      process.stdout.write(instructions(shop))
      await untilAborted(interrupted)
      return 0
    } finally {
      await shop.close()
    }
  })
}

function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new UsageError(`--port takes a port, not '${text}'`)
  return port
}

function pairs(option: string, texts: readonly string[] = []): [string, string][] {
  return texts.map((text) => nameAndValue(text, `${option} takes two parts with = between them`))
}

function instructions({ aws, postgres }: Shop): string {
  const { host, port, user, password } = postgres
  const [database] = TENANT_DATABASES
  // The AWS CLI of the first generation knows the Region by its old name only.
  // That of the second shows what it answers in a pager, which swallows the lines pasted after it.
  const variables = Object.entries({ ...aws.environment, AWS_DEFAULT_REGION: aws.region, AWS_PAGER: '' })
  const network = `awsvpcConfiguration={subnets=[${NAMES.subnets.join(',')}],securityGroups=[${NAMES.securityGroup}]}`
  const overrides = {
    containerOverrides: [{ name: 'migration', environment: [{ name: 'DATABASE_NAME', value: database }] }],
  }
  return `
An AWS at ${aws.url} and a PostgreSQL at ${host}:${port} are up until Ctrl-C.

1. In another terminal, let the AWS CLI, an SDK or an action talk to it:

${variables.map(([name, value]) => `   export ${name}=${value}`).join('\n')}

2. With the AWS CLI (3 needs none), look around, run a task by hand, wait for its end and see what became of it:

   aws ecs describe-task-definition --task-definition ${NAMES.taskDefinition}
   TASK=$(aws ecs run-task --cluster ${NAMES.cluster} --task-definition ${NAMES.taskDefinition} --launch-type FARGATE \\
     --network-configuration '${network}' \\
     --overrides '${JSON.stringify(overrides)}' \\
     --query 'tasks[0].taskArn' --output text)
   aws ecs wait tasks-stopped --cluster ${NAMES.cluster} --tasks "$TASK"
   aws ecs describe-tasks --cluster ${NAMES.cluster} --tasks "$TASK" \\
     --query 'tasks[0].{status: lastStatus, reason: stoppedReason, exit: containers[0].exitCode}'
   aws logs get-log-events --log-group-name ${NAMES.logGroup} --start-from-head \\
     --log-stream-name "migration/migration/\${TASK##*/}" --query 'events[].[message]' --output text

3. Run the action as a step of a workflow does (any input of action.yml may be added):

   npm run step -- image-uri=${NAMES.image} \\
     database-name=${database} task-definition=${NAMES.taskDefinition} cluster=${NAMES.cluster} \\
     subnets=${NAMES.subnets.join(',')} security-groups=${NAMES.securityGroup}

   The commands of 2 show that task too, after TASK=(the ARN that the step prints).

4. Look into the databases ${TENANT_DATABASES.join(', ')}:

   psql postgresql://${user}:${password}@${host}:${port}/${database}
`
}

/** Keeps the process alive until then, whatever else does. */
function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const alive = setInterval(() => {}, 60_000)
    const done = (): void => {
      clearInterval(alive)
      resolve()
    }
    if (signal.aborted) done()
    else signal.addEventListener('abort', done, { once: true })
  })
}
