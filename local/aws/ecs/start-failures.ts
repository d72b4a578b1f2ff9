/** Why tasks do not start: AWS's texts (docs/platform-facts.md#stop-reasons), for failures asked for by name. */

export type StartFailureKind =
  | 'interface-timeout'
  | 'storage-timeout'
  | 'capacity'
  | 'no-free-addresses'
  | 'secrets-unreachable'
  | 'secret-denied'
  | 'ecr-unreachable'
  | 'image-not-found'
  | 'image-denied'
  | 'image-platform'
  | 'logs-unreachable'
  | 'internal'

export interface StartFailure {
  /** The task's stoppedReason. */
  readonly reason: string
  /** A container's reason, where AWS gives one. */
  readonly containerReason?: string
  /** `TaskFailedToStart` when absent. */
  readonly stopCode?: string
  /** In which state it fails: before (`PROVISIONING`) or while (`PENDING`) the image is pulled; PENDING when absent. */
  readonly during?: 'PROVISIONING' | 'PENDING'
}

const initialization = 'ResourceInitializationError:'
const pull = 'CannotPullContainerError:'

/** What the agent says of an image, on the task and on the container. */
const ofImage = (reason: string): StartFailure => ({ reason, containerReason: reason })

export const startFailures: Readonly<Record<StartFailureKind, StartFailure>> = {
  'interface-timeout': {
    reason: 'Timeout waiting for network interface provisioning to complete.',
    during: 'PROVISIONING',
  },
  'storage-timeout': {
    reason: 'Timeout waiting for EphemeralStorage provisioning to complete.',
    during: 'PROVISIONING',
  },
  capacity: {
    reason: 'Capacity is unavailable at this time. Please try again later or in a different availability zone',
    during: 'PROVISIONING',
  },
  'no-free-addresses': {
    reason:
      'Unexpected EC2 error while attempting to Create Network Interface in subnet: InsufficientFreeAddressesInSubnet',
    during: 'PROVISIONING',
  },
  'secrets-unreachable': {
    reason:
      `${initialization} unable to pull secrets or registry auth: unable to retrieve secret from asm: There is a ` +
      'connection issue between the task and AWS Secrets Manager. Check your task network configuration. failed to ' +
      'fetch secret from AWS Secrets Manager: RequestCanceled: request context canceled caused by: context deadline ' +
      'exceeded',
  },
  'secret-denied': {
    reason:
      `${initialization} unable to pull secrets or registry auth: The task can't retrieve the secret with ARN ` +
      "'arn:aws:secretsmanager:us-east-1:111122223333:secret:database-AbCdEf' from AWS Secrets Manager. Check " +
      'whether the secret exists in the specified Region.',
  },
  'ecr-unreachable': {
    reason:
      `${initialization} unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ` +
      'ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration. ' +
      'operation error ECR: GetAuthorizationToken, exceeded maximum number of attempts, 3, https response error ' +
      'StatusCode: 0, RequestID: , request send failed, Post "https://api.ecr.us-east-1.amazonaws.com/": dial tcp ' +
      '44.213.79.50:443: i/o timeout',
  },
  'image-not-found': ofImage(
    `${pull} pull image manifest has been retried 1 time(s): failed to resolve ref ` +
      '111122223333.dkr.ecr.us-east-1.amazonaws.com/app:gone: not found',
  ),
  'image-denied': ofImage(
    `${pull} The task can’t pull the image. Check that the role has the permissions to pull images from the registry.`,
  ),
  'image-platform': ofImage(
    `${pull} pull image manifest has been retried 7 time(s): image Manifest does not contain descriptor matching ` +
      "platform 'linux/amd64'",
  ),
  'logs-unreachable': {
    reason:
      `${initialization} failed to validate logger args: The task cannot find the Amazon CloudWatch log group ` +
      'defined in the task definition. There is a connection issue between the task and Amazon CloudWatch. Check ' +
      'your network configuration. : signal: killed',
  },
  internal: { reason: 'InternalError: An internal error occurred while starting the task.', during: 'PROVISIONING' },
}

/** What the agent says when the log group is not there. */
export const logGroupMissing: StartFailure = {
  reason:
    `${initialization} failed to validate logger args: create stream has been retried 1 times: failed to create ` +
    'Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist. : exit status 1',
}
