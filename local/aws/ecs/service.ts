import type {
  DeleteTaskDefinitionsRequest,
  DeregisterTaskDefinitionRequest,
  DescribeClustersRequest,
  DescribeServicesRequest,
  DescribeTaskDefinitionRequest,
  ListTaskDefinitionsRequest,
  RegisterTaskDefinitionRequest,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-ecs'
import { awsJson, validate } from '../aws-json.ts'
import { loadModel } from '../model.ts'
import type { Call, Service } from '../service.ts'
import { type ClusterEntry, describe, describeClusters, describeServices, listClusters } from './clusters.ts'
import { deleteDefinitions, describeDefinition, listDefinitions, listFamilies } from './definitions.ts'
import type { Ecs } from './ecs.ts'
import { clientError, invalidParameter } from './refusals.ts'
import { runTask } from './run-task.ts'
import { checkTags, mergeTags } from './tags.ts'
import { describeTasks, listTasks, stopTask } from './tasks.ts'

type Input<T> = { readonly input: T }
const as = <T>(call: Call): T => (call as unknown as Input<T>).input

const operations: Readonly<Record<string, (ecs: Ecs, call: Call) => unknown>> = {
  CreateCluster: (ecs, call) => {
    const { clusterName = 'default' } = as<{ clusterName?: string }>(call)
    const cluster = ecs.clusters.put(clusterName)
    return { cluster: describe(cluster, countTasks(ecs, cluster)) }
  },
  DeleteTaskDefinitions: ({ definitions }, call) =>
    deleteDefinitions(definitions, as<DeleteTaskDefinitionsRequest>(call)),
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
  ListClusters: ({ clusters }, call) => listClusters(clusters, as(call)),
  ListTagsForResource: (ecs, call) => ({ tags: tagged(ecs, as<{ resourceArn: string }>(call).resourceArn).tags }),
  ListTaskDefinitionFamilies: ({ definitions }, call) => listFamilies(definitions, as(call)),
  ListTaskDefinitions: ({ definitions }, call) => listDefinitions(definitions, as<ListTaskDefinitionsRequest>(call)),
  ListTasks: listTasks,
  RegisterTaskDefinition: ({ definitions }, call) => {
    const { definition, tags } = definitions.register(as<RegisterTaskDefinitionRequest>(call))
    return { taskDefinition: definition, ...(tags.length > 0 ? { tags } : {}) }
  },
  RunTask: runTask,
  StopTask: stopTask,
  TagResource: (ecs, call) => {
    const { resourceArn = '', tags } = as<TagResourceRequest>(call)
    checkTags(tags)
    const resource = tagged(ecs, resourceArn)
    resource.set(mergeTags(resource.tags, tags ?? []))
    return {}
  },
  UntagResource: (ecs, call) => {
    const { resourceArn = '', tagKeys = [] } = as<UntagResourceRequest>(call)
    const resource = tagged(ecs, resourceArn)
    resource.set(resource.tags.filter(({ key = '' }) => !tagKeys.includes(key)))
    return {}
  },
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

interface Tagged {
  readonly tags: readonly { key?: string | undefined; value?: string | undefined }[]
  set(tags: Tagged['tags']): void
}

/** The tags of a task or a revision. */
function tagged(ecs: Ecs, arn: string): Tagged {
  const task = ecs.tasks.find(arn)
  if (task) {
    const set: Tagged['set'] = (tags) => {
      task.tags = tags
    }
    return { tags: task.tags, set }
  }
  const revision = arn.includes(':task-definition/') ? ecs.definitions.find(arn) : undefined
  if (!revision) throw invalidParameter('The specified resource is not found.')
  if (revision.definition.status !== 'ACTIVE') throw clientError('The specified task definition is inactive.')
  return { tags: revision.tags, set: (tags) => ecs.definitions.setTags(arn, tags) }
}
