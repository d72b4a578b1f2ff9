import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { DescribeClustersCommand, ECSClient } from '@aws-sdk/client-ecs'
import type { Lookups } from '../preflight/ports.ts'
import { checked } from './answers.ts'
import { type ClientConfig, call } from './client.ts'
import { createEc2 } from './ec2.ts'
import { createEcr } from './ecr.ts'

/** @param region of the cluster */
export function createLookups(config: ClientConfig, region: () => Promise<string>): Lookups {
  return {
    region,
    cluster: async (cluster, region, abortSignal) => {
      const client = checked('ecs', new ECSClient({ ...config, region }))
      const command = new DescribeClustersCommand({ clusters: [cluster] })
      const send = () => client.send(command, { abortSignal })
      const { clusters, failures } = await call('ecs:DescribeClusters', async () => region, send)
      return clusters?.[0] ?? (failures?.some(({ reason }) => reason === 'MISSING') ? 'missing' : 'not-described')
    },
    logGroup: async (group, region, abortSignal) => {
      const client = checked('logs', new CloudWatchLogsClient({ ...config, region }))
      const command = new DescribeLogGroupsCommand({ logGroupNamePrefix: group, limit: 50 })
      const send = () => client.send(command, { abortSignal })
      const { logGroups } = await call('logs:DescribeLogGroups', async () => region, send)
      // The answer is sorted by name, so that the prefix itself is on the first page if it is there at all.
      return logGroups?.find(({ logGroupName }) => logGroupName === group) ?? 'missing'
    },
    registry: (registry) => createEcr(config, registry),
    network: (region) => createEc2(config, region),
  }
}
