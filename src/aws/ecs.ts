import {
  DeregisterTaskDefinitionCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  paginateListTaskDefinitions,
  paginateListTasks,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  StopTaskCommand,
} from '@aws-sdk/client-ecs'
import type { AwsCredentialIdentity } from '@smithy/types'
import type { Definitions, Services, Tasks } from '../migration/ports.ts'
import { AwsError } from '../model.ts'
import { checked } from './answers.ts'
import { type ClientConfig, call } from './client.ts'
import { allItems } from './pages.ts'
import { keepServerTime } from './server-time.ts'
import { keepRawAnswers, type RawAnswers, unknownMembers, withWholeOverrides } from './unknown-members.ts'

/** Everything the action asks of ECS. Every method rejects with AwsError alone. */
export interface Ecs {
  readonly definitions: Definitions
  readonly tasks: Tasks
  readonly services: Services
  /** ECS's own time, never ahead of it. */
  readonly time: () => Date
  /** The Region in use. @throws when none is set anywhere */
  readonly region: () => Promise<string>
  /** Undefined when there are none: the next call says so, and which one it was. */
  readonly credentials: () => Promise<AwsCredentialIdentity | undefined>
}

export function createEcs(config: ClientConfig): Ecs {
  const client = checked('ecs', new ECSClient(config))
  const raw = keepRawAnswers(client, 'DescribeTaskDefinitionCommand', 'DescribeTasksCommand')
  const region = (): Promise<string> => client.config.region()
  const credentials = (): Promise<AwsCredentialIdentity | undefined> =>
    client.config.credentials().catch(() => undefined)
  const ask: Ask = (action, send, about) => call(`ecs:${action}`, region, send, about)
  return {
    definitions: definitions(client, ask, raw),
    tasks: tasks(client, ask, raw),
    services: services(client, ask),
    time: keepServerTime(client),
    region,
    credentials,
  }
}

type Ask = <T>(action: string, send: () => Promise<T>, about?: string) => Promise<T>

function definitions(client: ECSClient, ask: Ask, raw: RawAnswers): Definitions {
  return {
    describe: (reference, signal) =>
      ask(
        'DescribeTaskDefinition',
        async () => {
          const command = new DescribeTaskDefinitionCommand({ taskDefinition: reference, include: ['TAGS'] })
          const output = await client.send(command, options(signal))
          return {
            definition: output.taskDefinition ?? {},
            tags: output.tags ?? [],
            unknownMembers: unknownMembers(output.taskDefinition, raw(output)?.taskDefinition),
          }
        },
        `task definition ${reference}`,
      ),
    register: (input, signal) =>
      ask(
        'RegisterTaskDefinition',
        async () => {
          const output = await client.send(new RegisterTaskDefinitionCommand(input), options(signal))
          const definition = output.taskDefinition ?? {}
          return { arn: definition.taskDefinitionArn ?? '', definition, attempts: output.$metadata.attempts ?? 1 }
        },
        `a new revision of task definition ${input.family}`,
      ),
    deregister: async (arn, signal) => {
      const command = new DeregisterTaskDefinitionCommand({ taskDefinition: arn })
      const send = () => client.send(command, options(signal))
      try {
        await ask('DeregisterTaskDefinition', send, `task definition ${arn}`)
      } catch (error) {
        if (!isDoneAlready(error)) throw error
      }
    },
    listActive: (family, signal) =>
      ask('ListTaskDefinitions', async () => {
        const request = { familyPrefix: family, status: 'ACTIVE', sort: 'DESC' } as const
        const pages = paginateListTaskDefinitions({ client }, request, options(signal))
        const arns = await allItems(pages, ({ taskDefinitionArns }) => taskDefinitionArns)
        // The prefix also finds longer families.
        return arns.filter((arn) => arn.split('/').at(-1)?.split(':')[0] === family)
      }),
  }
}

/** By an earlier attempt whose answer was lost, or by another step of the run. */
function isDoneAlready(error: unknown): boolean {
  return error instanceof AwsError && /inactive/i.test(error.message)
}

function tasks(client: ECSClient, ask: Ask, raw: RawAnswers): Tasks {
  return {
    run: (request, signal) =>
      ask(
        'RunTask',
        async () => {
          const { tasks = [], failures = [] } = await client.send(new RunTaskCommand(request), options(signal))
          return { tasks, failures }
        },
        `task definition ${request.taskDefinition} in cluster ${request.cluster}`,
      ),
    describe: (cluster, arns, signal) =>
      ask(
        'DescribeTasks',
        async () => {
          const command = new DescribeTasksCommand({ cluster, tasks: [...arns], include: ['TAGS'] })
          const output = await client.send(command, options(signal))
          const { tasks = [], failures = [] } = output
          return { tasks: withWholeOverrides(tasks, raw, output), failures }
        },
        `tasks of cluster ${cluster}`,
      ),
    list: (cluster, family, desiredStatus, signal) =>
      ask(
        'ListTasks',
        () =>
          allItems(
            paginateListTasks({ client }, { cluster, family, desiredStatus }, options(signal)),
            ({ taskArns }) => taskArns,
          ),
        `tasks of family ${family} in cluster ${cluster}`,
      ),
    stop: (cluster, task, reason, signal) =>
      ask(
        'StopTask',
        async () => {
          await client.send(new StopTaskCommand({ cluster, task, reason }), options(signal))
        },
        `task ${task}`,
      ),
  }
}

function services(client: ECSClient, ask: Ask): Services {
  return {
    describe: async (cluster, name, signal) => {
      const command = new DescribeServicesCommand({ cluster, services: [name] })
      const send = () => client.send(command, options(signal))
      const output = await ask('DescribeServices', send, `service ${name} in cluster ${cluster}`)
      const service = output.services?.[0]
      if (service === undefined) return undefined
      // CodeDeploy and other controllers keep both in the task set.
      const primary = service.taskSets?.find(({ status }) => status === 'PRIMARY')
      const network = (service.networkConfiguration ?? primary?.networkConfiguration)?.awsvpcConfiguration
      const taskDefinition = service.taskDefinition ?? primary?.taskDefinition
      return { ...(network && { network }), ...(taskDefinition !== undefined && { taskDefinition }) }
    },
  }
}

function options(signal: AbortSignal | undefined): { abortSignal?: AbortSignal } {
  return signal === undefined ? {} : { abortSignal: signal }
}
