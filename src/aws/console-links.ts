import type { Links } from '../migration/ports.ts'
import type { LogStream } from '../model.ts'
import { arnParts } from '../naming.ts'

/** Console hosts by the partition in an ARN. */
const HOSTS: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
}

/** Addresses of tasks and logs in the AWS console; none for a partition whose console is not known. */
export function consoleLinks(partition: string): Links {
  const host = HOSTS[partition]
  if (host === undefined) return { task: () => undefined, log: () => undefined }
  const home = (service: string, region: string): string => `https://${region}.${host}/${service}`
  return {
    task: (taskArn) => {
      const { region, resource } = arnParts(taskArn)
      // task/CLUSTER/ID
      const [, cluster = '', id = ''] = resource.split('/')
      return `${home('ecs', region)}/v2/clusters/${cluster}/tasks/${id}/configuration?region=${region}`
    },
    log: ({ group, stream, region }: LogStream) =>
      `${home('cloudwatch', region)}/home?region=${region}#logsV2:log-groups/log-group/${twice(group)}/log-events/${twice(stream)}`,
  }
}

/** The partition of an ARN: `aws`, `aws-cn`, `aws-us-gov`. */
export function partitionOf(arn: string): string {
  return arnParts(arn).partition || 'aws'
}

/** The CloudWatch console encodes twice, with $ in place of %. */
function twice(text: string): string {
  return encodeURIComponent(encodeURIComponent(text)).replaceAll('%', '$')
}
