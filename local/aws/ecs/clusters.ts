import type { Cluster, DescribeClustersRequest, DescribeServicesRequest, Service } from '@aws-sdk/client-ecs'
import { type Arns, lastPart } from './arns.ts'
import { clusterNotFound, invalidParameter } from './refusals.ts'

export interface ClusterEntry {
  readonly name: string
  readonly arn: string
  readonly status: string
  readonly services: Map<string, Service>
}

interface TaskCounts {
  readonly running: number
  readonly pending: number
}

export interface Clusters {
  put(name: string, status?: string): ClusterEntry
  /** By name or ARN, `default` when absent; throws ClusterNotFoundException, also for an inactive one. */
  active(nameOrArn: string | undefined): ClusterEntry
  find(nameOrArn: string): ClusterEntry | undefined
}

export function createClusters(arns: Arns): Clusters {
  const clusters = new Map<string, ClusterEntry>()
  const find = (nameOrArn: string) => {
    const name = lastPart(nameOrArn)
    const isOurs = !nameOrArn.startsWith('arn:') || nameOrArn === arns.cluster(name)
    return isOurs ? clusters.get(name) : undefined
  }
  return {
    put(name, status = 'ACTIVE') {
      const entry = { name, arn: arns.cluster(name), status, services: clusters.get(name)?.services ?? new Map() }
      clusters.set(name, entry)
      return entry
    },
    active(nameOrArn = 'default') {
      const cluster = find(nameOrArn)
      if (!cluster) throw clusterNotFound()
      if (cluster.status !== 'ACTIVE') throw clusterNotFound('The referenced cluster was inactive.')
      return cluster
    },
    find,
  }
}

export function describeClusters(
  clusters: Clusters,
  input: DescribeClustersRequest,
  count: (cluster: ClusterEntry) => TaskCounts,
) {
  const wanted = input.clusters?.length ? input.clusters : ['default']
  if (wanted.length > 100) throw invalidParameter('At most 100 clusters can be described at once.')
  const found = wanted.map((reference) => ({ reference, cluster: clusters.find(reference) }))
  return {
    clusters: found.flatMap(({ cluster }) => (cluster ? [describe(cluster, count(cluster))] : [])),
    failures: found.filter(({ cluster }) => !cluster).map(({ reference }) => ({ arn: reference, reason: 'MISSING' })),
  }
}

const describe = (cluster: ClusterEntry, { running, pending }: TaskCounts): Cluster => ({
  clusterArn: cluster.arn,
  clusterName: cluster.name,
  status: cluster.status,
  registeredContainerInstancesCount: 0,
  runningTasksCount: running,
  pendingTasksCount: pending,
  activeServicesCount: cluster.services.size,
  statistics: [],
  tags: [],
  settings: [],
  capacityProviders: [],
  defaultCapacityProviderStrategy: [],
})

export function describeServices(clusters: Clusters, arns: Arns, input: DescribeServicesRequest) {
  const cluster = clusters.active(input.cluster)
  const wanted = input.services ?? []
  if (wanted.length === 0) throw invalidParameter('Services cannot be empty.')
  if (wanted.length > 10) throw invalidParameter('At most 10 services can be described at once.')
  const found = wanted.map((reference) => ({ reference, service: cluster.services.get(lastPart(reference)) }))
  return {
    services: found.flatMap(({ service }) => service ?? []),
    failures: found
      .filter(({ service }) => !service)
      .map(({ reference }) => ({ arn: arns.service(cluster.name, lastPart(reference)), reason: 'MISSING' })),
  }
}
