import type { Cluster } from '@aws-sdk/client-ecs'
import { type Judgement, NOTHING_WRONG } from './judgement.ts'

/**
 * Judges the cluster that the task is to run in.
 * @param cluster name or ARN, as it was given
 * @param described undefined when ECS answered that it is MISSING
 */
export function judgeCluster(cluster: string, region: string, described: Cluster | undefined): Judgement {
  const status = described?.status
  if (described === undefined || status === 'INACTIVE') {
    return {
      refusals: [
        {
          code: 'cluster-not-found',
          reason: described
            ? `The cluster ${cluster} in Region ${region} is INACTIVE: it was deleted.`
            : `There is no cluster ${cluster} in Region ${region}.`,
          remedy: 'Check the inputs cluster and aws-region, and that the credentials are those of the right account.',
          evidence: [`ecs:DescribeClusters answered ${described ? 'INACTIVE' : 'MISSING'} for ${cluster}`],
        },
      ],
      warnings: [],
    }
  }
  if (status === undefined || status === 'ACTIVE') return NOTHING_WRONG
  // PROVISIONING, DEPROVISIONING and FAILED are about the cluster's capacity providers, which a FARGATE launch does not use.
  return {
    refusals: [],
    warnings: [
      {
        code: 'cluster-not-active',
        reason: `The cluster ${cluster} is ${status}, not ACTIVE: ECS may refuse the task.`,
        remedy: 'Wait until the cluster is ACTIVE, or see in the ECS console what its capacity providers are missing.',
        evidence: [`ecs:DescribeClusters answered ${status} for ${described.clusterArn ?? cluster}`],
      },
    ],
  }
}
