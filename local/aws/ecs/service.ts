import type {
  DeregisterTaskDefinitionRequest,
  DescribeClustersRequest,
  DescribeServicesRequest,
  DescribeTaskDefinitionRequest,
  ListTaskDefinitionsRequest,
  RegisterTaskDefinitionRequest,
} from '@aws-sdk/client-ecs'
import { awsJson, validate } from '../aws-json.ts'
import { loadModel } from '../model.ts'
import type { Call, Service } from '../service.ts'
import { type ClusterEntry, describeClusters, describeServices } from './clusters.ts'
import { describeDefinition, listDefinitions } from './definitions.ts'
import type { Ecs } from './ecs.ts'
import { runTask } from './run-task.ts'
import { describeTasks, listTasks, stopTask } from './tasks.ts'

type Input<T> = { readonly input: T }
const as = <T>(call: Call): T => (call as unknown as Input<T>).input

const operations: Readonly<Record<string, (ecs: Ecs, call: Call) => unknown>> = {
  DeregisterTaskDefinition: ({ definitions }, call) => {
    const { taskDefinition = '' } = as<DeregisterTaskDefinitionRequest>(call)
    return { taskDefinition: definitions.deregister(taskDefinition).definition }
  },
  DescribeClusters: (ecs, call) =>
    describeClusters(ecs.clusters, as<DescribeClustersRequest>(call), (cluster) => countTasks(ecs, cluster)),
  DescribeServices: ({ clusters, arns }, call) => describeServices(clusters, arns, as<DescribeServicesRequest>(call)),
  DescribeTaskDefinition: ({ definitions }, call) =>
    describeDefinition(definitions, as<DescribeTaskDefinitionRequest>(call)),
  DescribeTasks: describeTasks,
  ListTaskDefinitions: ({ definitions }, call) => listDefinitions(definitions, as<ListTaskDefinitionsRequest>(call)),
  ListTasks: listTasks,
  RegisterTaskDefinition: ({ definitions }, call) => {
    const { definition, tags } = definitions.register(as<RegisterTaskDefinitionRequest>(call))
    return { taskDefinition: definition, ...(tags.length > 0 ? { tags } : {}) }
  },
  RunTask: runTask,
  StopTask: stopTask,
}

/** Amazon ECS, what one-off Fargate tasks need of it. */
export function createEcsService(ecs: Ecs): Service {
  const model = loadModel('ecs')
  return {
    name: 'ecs',
    ...awsJson(model.targetPrefix),
    answer(call) {
      validate(model, call.operation, call.input)
      return operations[call.operation]?.(ecs, call)
    },
  }
}

function countTasks(ecs: Ecs, cluster: ClusterEntry) {
  const statuses = ecs.tasks
    .all()
    .filter((task) => task.cluster === cluster.name)
    .map(({ record }) => record.lastStatus ?? '')
  return {
    running: statuses.filter((status) => status === 'RUNNING').length,
    pending: statuses.filter((status) => ['PROVISIONING', 'PENDING', 'ACTIVATING'].includes(status)).length,
  }
}
