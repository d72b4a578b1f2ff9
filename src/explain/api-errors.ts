import type { Failure } from '@aws-sdk/client-ecs'
import type { AwsError, AwsErrorKind } from '../model.ts'
import { type Cause, mostSpecific } from './wording.ts'

export interface ApiErrorCause extends Cause {
  /** The row counts for these errors only; without it, for any. */
  readonly kinds?: readonly AwsErrorKind[]
  /** The call may be made again: AWS will most likely do better. */
  readonly transient?: true
  /** It passes when a task that runs has ended. */
  readonly waits?: true
  /** What was asked for is the point: the reason names it. */
  readonly names?: true
  /** Only AWS's own words say what is wrong: the reason has them. */
  readonly quotes?: true
}

const GUIDE = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide'
const API_REFERENCE = 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference'
const IAM_GUIDE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide'
const GITHUB_OIDC = 'https://docs.github.com/en/actions/reference/security/oidc'

/** Errors by AWS's code or message. The text searched is `code: message`. */
export const API_ERRORS: readonly ApiErrorCause[] = [
  {
    id: 'pass-role-denied',
    kinds: ['access-denied'],
    patterns: ['perform: iam:PassRole'],
    cause: "The credentials of this job may not hand the task's roles to ECS (iam:PassRole).",
    remedy: 'Add this statement to the role of the job, for the task execution role and the task role:',
    source: `${GUIDE}/security_iam_id-based-policy-examples.html`,
  },
  {
    id: 'denied-by-organization',
    kinds: ['access-denied'],
    patterns: ['service control policy', 'resource control policy'],
    cause: 'A policy of the AWS organization forbids this call; no policy of the role can allow it.',
    remedy: 'Ask those who look after the organization to let this call through.',
    source: `${IAM_GUIDE}/troubleshoot_access-denied.html`,
  },
  {
    id: 'denied-explicitly',
    kinds: ['access-denied'],
    patterns: ['with an explicit deny'],
    cause: 'A policy denies this call explicitly, which outweighs every policy that allows it.',
    remedy:
      'Find the Deny that covers this action in the policies of the role of the job, or of the resource, and narrow it.',
    source: `${IAM_GUIDE}/troubleshoot_access-denied.html`,
  },
  {
    id: 'denied-by-boundary',
    kinds: ['access-denied'],
    patterns: ['no permissions boundary allows'],
    cause: 'The permissions boundary of the role of the job does not contain this call.',
    remedy: 'Widen the boundary, not only the policy, by this statement:',
    source: `${IAM_GUIDE}/troubleshoot_access-denied.html`,
  },
  {
    id: 'denied-by-session',
    kinds: ['access-denied'],
    patterns: ['no session policy allows'],
    cause: 'The role was assumed with a session policy that does not contain this call.',
    remedy: 'Widen the session policy where the role is assumed (inline-session-policy), by this statement:',
    source: `${IAM_GUIDE}/troubleshoot_access-denied.html`,
  },
  {
    id: 'denied-by-endpoint',
    kinds: ['access-denied'],
    patterns: ['no VPC endpoint policy allows', 'VPC endpoint policy'],
    cause: 'The policy of the VPC endpoint that the runner uses does not let this call through.',
    remedy: 'Widen the policy of the endpoint by this statement:',
    source: `${IAM_GUIDE}/troubleshoot_access-denied.html`,
  },
  {
    id: 'web-identity-denied',
    patterns: ['perform: sts:AssumeRoleWithWebIdentity', 'perform sts:AssumeRoleWithWebIdentity'],
    cause:
      'AWS did not let this job assume the role in role-to-assume: there is no such role, or its trust policy does not admit this job.',
    remedy:
      "Check the ARN. Compare the condition on token.actions.githubusercontent.com:sub in the role's trust policy, letter by letter, with this job's repository and its environment (without one: its branch). Repositories made after July 15, 2026 have their ids in it (repo:OWNER@ID/NAME@ID:…).",
    source: GITHUB_OIDC,
  },
  {
    id: 'id-token-permission-missing',
    patterns: ['ACTIONS_ID_TOKEN_REQUEST_URL is not set', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN is not set'],
    cause: 'GitHub gives this job no OIDC token, which role-to-assume needs.',
    remedy:
      "Add `id-token: write` to the job's `permissions` (and `contents: read`, if it checks out code: what is not named there is taken away).",
    source: GITHUB_OIDC,
  },
  {
    id: 'id-token-ended',
    patterns: ["needs the job's OIDC token … It gave one before: the job's own token"],
    cause:
      "GitHub gives this job no OIDC token any more, though it gave one before: the job's own token has ended, which was seen 6 h 10 min after the job began.",
    remedy:
      'Permissions are not what is missing. Let a job end within 6 hours, one with fewer databases for instance; a migration that takes longer needs credentials that need no OIDC token, such as the role of a self-hosted runner.',
    source: 'https://github.com/Azure/azure-cli/issues/28778',
  },
  {
    id: 'id-token-unavailable',
    patterns: ["needs the job's OIDC token"],
    cause: "GitHub's token endpoint gave this job no OIDC token, which role-to-assume needs.",
    remedy: 'Look at https://www.githubstatus.com, and run it again.',
    source: GITHUB_OIDC,
  },
  {
    id: 'web-identity-provider-missing',
    patterns: ['No OpenIDConnect provider found', 'InvalidIdentityToken'],
    cause: "The AWS account does not know GitHub as a provider of identities, or not this job's token.",
    remedy:
      'Create the OIDC provider token.actions.githubusercontent.com with audience sts.amazonaws.com in the account of the role.',
    source: GITHUB_OIDC,
  },
  {
    id: 'web-identity-keys-unread',
    patterns: [
      "Couldn't retrieve verification key from your identity provider",
      'InvalidIdentityToken … verification key',
    ],
    cause: "AWS could not fetch GitHub's keys, by which it checks this job's token.",
    remedy:
      'Run it again: this mostly passes in a moment. With GitHub Enterprise Server, AWS must be able to reach its token issuer.',
    source: 'https://github.com/aws/aws-cli/issues/7194',
  },
  {
    id: 'web-identity-token-expired',
    patterns: ['Token expired: current date/time', 'ExpiredTokenException: Token expired'],
    cause: "The job's OIDC token had expired when AWS looked at it, and so had a second one that was fetched at once.",
    remedy: 'Set the clock of the runner. Run it again.',
    source: 'https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html',
  },
  {
    id: 'role-session-too-long',
    patterns: ['exceeds the MaxSessionDuration'],
    cause: 'The credentials were asked for longer than the role allows.',
    remedy: 'Raise the maximum session duration of the role, or ask for less (role-duration-seconds).',
    source: `${IAM_GUIDE}/id_roles_update-role-settings.html`,
  },
  {
    id: 'invalid-credentials',
    patterns: [
      'UnrecognizedClientException',
      'InvalidClientTokenId',
      'security token included in the request is invalid',
    ],
    cause: 'AWS does not know these credentials.',
    remedy:
      'Check that the step that provides them ran in this job, and that all of AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN belong together and to this partition.',
    source: `${IAM_GUIDE}/troubleshoot.html`,
  },
  {
    id: 'signature',
    patterns: ['SignatureDoesNotMatch', 'InvalidSignatureException', 'Signature not yet current', 'Signature expired'],
    cause: 'AWS rejected the signature of the call: the secret key is wrong, or the clock of the runner is.',
    remedy: 'Set the clock of the runner (AWS allows 5 minutes), and check AWS_SECRET_ACCESS_KEY.',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html',
  },
  {
    id: 'cluster-missing',
    names: true,
    patterns: ['ClusterNotFoundException', 'Cluster not found'],
    cause: 'There is no such cluster in this Region and account.',
    remedy: 'Check `cluster` and `aws-region`, and that the job has the credentials of the right account.',
    source: `${API_REFERENCE}/API_RunTask.html`,
  },
  {
    id: 'cluster-inactive',
    names: true,
    patterns: ['Cluster is inactive', 'Cluster was not ACTIVE'],
    cause: 'The cluster was deleted.',
    remedy: 'Check `cluster`, or create the cluster again.',
    source: `${API_REFERENCE}/API_DeleteCluster.html`,
  },
  {
    id: 'definition-not-yet-known',
    names: true,
    patterns: ['TaskDefinition not found'],
    cause: 'ECS did not know the revision yet that it had just registered.',
    remedy: 'Run it again: what is registered is known everywhere within seconds.',
    source: 'https://github.com/hashicorp/terraform-provider-aws/issues/45553',
    transient: true,
  },
  {
    id: 'definition-missing',
    names: true,
    patterns: ['Unable to describe task definition', 'The specified task definition does not exist'],
    cause: 'There is no such task definition in this Region and account, or none that is active.',
    remedy: 'Check `task-definition` (family, family:revision or ARN) and `aws-region`.',
    source: `${API_REFERENCE}/API_DescribeTaskDefinition.html`,
  },
  {
    id: 'definition-inactive',
    names: true,
    patterns: ['TaskDefinition is inactive'],
    cause: 'The revision was deregistered before the task could be started from it.',
    remedy:
      'Run it again; if something deregisters revisions of this family by itself, leave those of run-ecs-migration out.',
    source: `${API_REFERENCE}/API_RunTask.html`,
  },
  {
    id: 'service-missing',
    names: true,
    patterns: ['ServiceNotFoundException', 'Service not found'],
    cause: 'There is no such service in this cluster.',
    remedy: 'Check `network-from-service` and `cluster`, or name subnets and security-groups yourself.',
    source: `${API_REFERENCE}/API_DescribeServices.html`,
  },
  {
    id: 'log-group-missing',
    patterns: ['The specified log group does not exist'],
    cause: 'The log group of the task definition does not exist.',
    remedy: 'Create it in the Region of awslogs-region, or set awslogs-create-group: "true" in the task definition.',
    source: `${GUIDE}/using_awslogs.html`,
  },
  {
    id: 'secret-and-variable',
    patterns: ['The secret name must be unique and not shared'],
    cause: 'A variable that was to be set is already among the `secrets` of the container.',
    remedy:
      'Take that name out of `secrets` of the task definition, or set another variable (database-variable, environment-variables).',
    source: `${API_REFERENCE}/API_Secret.html`,
  },
  {
    id: 'image-invalid-name',
    patterns: [
      'Container.image contains invalid characters',
      'Container.image … invalid characters',
      'Container.image repository … must be',
    ],
    quotes: true,
    cause: 'An image in the task definition has a name that no registry accepts.',
    remedy:
      'Write it as registry/repository:tag or registry/repository@sha256:…, in lower case but for the tag, and without https:// and variables; in image-uri for the migration, in the task definition for the other containers.',
    source: 'https://github.com/aws-actions/amazon-ecs-render-task-definition/issues/49',
  },
  {
    id: 'log-stream-prefix-missing',
    patterns: ['log configuration options to include awslogs-stream-prefix'],
    cause: 'A container of the task definition logs by awslogs without awslogs-stream-prefix, which Fargate wants.',
    remedy:
      'Set the log option awslogs-stream-prefix of that container in the task definition, to the name of the service for instance.',
    source: 'https://github.com/aws/aws-cdk/issues/1422',
  },
  {
    id: 'log-group-not-set',
    patterns: ['Log driver awslogs requires options'],
    cause: 'A container of the task definition logs by awslogs without awslogs-group or awslogs-region.',
    remedy:
      'Set the log options awslogs-group (the name of a log group) and awslogs-region (its Region) of that container in the task definition.',
    source: 'https://github.com/aws-cloudformation/cfn-lint/issues/1787',
  },
  {
    id: 'not-for-fargate',
    patterns: ['does not support launch_type FARGATE', 'PlatformTaskDefinitionIncompatibilityException'],
    cause: 'The task definition does not fit Fargate.',
    remedy:
      'Leave it to its service, and register one for migrations of its own: with networkMode awsvpc, requiresCompatibilities FARGATE, and cpu and memory at task level in a pair that Fargate offers. Name that in `task-definition`.',
    source: `${GUIDE}/fargate-tasks-services.html`,
  },
  {
    id: 'fargate-size',
    patterns: ['No Fargate configuration exists for given values', "Invalid 'cpu' setting", "Invalid 'memory' setting"],
    cause: 'Fargate does not offer this pair of cpu and memory.',
    remedy: 'Choose a pair from the table in the documentation, in the task definition.',
    source: `${GUIDE}/task-cpu-memory-error.html`,
  },
  {
    id: 'execution-role-missing',
    patterns: ['Fargate requires task definition to have execution role'],
    cause:
      'The task definition has no execution role, which Fargate needs for images in ECR, for secrets and for logs.',
    remedy: 'Set executionRoleArn in the task definition.',
    source: `${GUIDE}/task_execution_IAM_role.html`,
  },
  {
    id: 'role-not-assumable',
    patterns: ['ECS was unable to assume the role', 'Role is not valid'],
    cause: 'ECS may not use a role of the task definition, or it does not exist.',
    remedy:
      'Check executionRoleArn and taskRoleArn, and that their trust policies admit ecs-tasks.amazonaws.com; a role just made takes some seconds to be known everywhere.',
    source: `${GUIDE}/task-iam-roles.html`,
  },
  {
    id: 'service-linked-role',
    patterns: ['Unable to assume the service linked role'],
    cause: 'The account has no service-linked role for ECS.',
    remedy: 'Create it once: `aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com`',
    source: `${GUIDE}/using-service-linked-roles.html`,
  },
  {
    id: 'definition-too-large',
    patterns: ["Max allowed length is '65536'", 'Max allowed length is'],
    cause: 'The task definition would be larger than the 64 KiB that ECS takes.',
    remedy: 'Put fewer or shorter variables into it (environment-variables count too).',
    source: `${GUIDE}/service-quotas.html`,
  },
  {
    id: 'overrides-too-long',
    patterns: ['Container Overrides length must be at most'],
    cause: 'The variables and the command that differ for each database are longer than ECS takes.',
    remedy: 'Shorten `command` and those of environment-variables that hold {database}.',
    source: `${API_REFERENCE}/API_TaskOverride.html`,
  },
  {
    id: 'account-blocked',
    patterns: ['BlockedException', 'account is blocked', 'is currently blocked'],
    cause: 'AWS has blocked this account for ECS.',
    remedy: 'Write to AWS Support, from the account.',
    source: `${API_REFERENCE}/API_RunTask.html`,
  },
  {
    id: 'subnet-missing',
    patterns: ['Error retrieving subnet information … does not exist', 'InvalidSubnetID.NotFound'],
    cause: 'One of the subnets does not exist in this Region and account.',
    remedy: 'Check `subnets` and `aws-region`.',
    source: `${API_REFERENCE}/API_AwsVpcConfiguration.html`,
  },
  {
    id: 'security-group-missing',
    patterns: ['Error retrieving security group information … does not exist', 'InvalidGroup.NotFound'],
    cause: 'One of the security groups does not exist in this Region and account.',
    remedy: 'Check `security-groups` and `aws-region`.',
    source: `${API_REFERENCE}/API_AwsVpcConfiguration.html`,
  },
  {
    id: 'other-vpc',
    patterns: ['not appear to belong to the same VPC', 'belong to different networks'],
    cause: 'The subnets and the security groups are not all of one VPC.',
    remedy: 'Name subnets and security groups of the VPC in which the database is reached.',
    source: `${API_REFERENCE}/API_AwsVpcConfiguration.html`,
  },
  {
    id: 'ec2-throttled',
    patterns: [
      'Error retrieving security group information … Request limit exceeded',
      'Error retrieving subnet information … Request limit exceeded',
      'ErrorCode: RequestLimitExceeded',
      'ErrorCode: Throttling',
      'Error retrieving security group information … Rate exceeded',
      'Error retrieving subnet information … Rate exceeded',
    ],
    cause: 'EC2 refused what ECS asked it about subnets and security groups: the account makes too many EC2 calls.',
    remedy: 'Run it again, lower max-parallel, and find out what else in the account calls EC2 so often.',
    source: 'https://github.com/dask/dask-cloudprovider/issues/56',
    transient: true,
  },
  {
    id: 'task-quota',
    patterns: ['reached the limit on the number of tasks'],
    cause: 'The account runs as many Fargate tasks as it may.',
    remedy: 'Wait until others have ended, lower max-parallel, or ask AWS for more.',
    source: `${GUIDE}/service-quotas.html`,
    waits: true,
  },
  {
    id: 'vcpu-quota',
    patterns: ['reached the limit on the number of vCPUs', 'vCPUs you can run concurrently'],
    cause: 'The Fargate tasks that run in this account and Region take all the vCPUs it may use at once.',
    remedy:
      'Wait until others have ended, lower max-parallel, or ask for more in Service Quotas: Fargate, "Fargate On-Demand vCPU resource count".',
    source: `${GUIDE}/service-quotas.html`,
    waits: true,
  },
  {
    id: 'cpu-limit',
    patterns: ['requested CPU configuration is above your limit'],
    cause: 'The task asks for more CPU than this account may give one task.',
    remedy:
      'Lower `cpu` of the task definition, or ask for more in Service Quotas: Fargate, "Fargate On-Demand vCPU resource count". A new account begins with little.',
    source: 'https://github.com/dask/dask-cloudprovider/issues/299',
  },
  {
    id: 'provisioning-quota',
    patterns: ['tasks in the PROVISIONING state', 'PROVISIONING state per cluster'],
    cause: 'Too many tasks of the cluster wait for their place at once.',
    remedy: 'Lower max-parallel, or run it again later.',
    source: `${GUIDE}/service-quotas.html`,
    transient: true,
  },
  {
    id: 'capacity',
    patterns: ['Capacity is unavailable at this time'],
    cause: 'AWS has no Fargate capacity of this size in these Availability Zones for now.',
    remedy: 'Run it again in a while, and name subnets of several Availability Zones.',
    source: 'https://repost.aws/knowledge-center/ecs-fargate-runtask-capacity',
    transient: true,
  },
  {
    id: 'platform-unknown',
    patterns: ['PlatformUnknownException'],
    cause: 'Fargate has no such platform version.',
    remedy: 'Check runtimePlatform of the task definition: its family must be one that Fargate runs in this Region.',
    source: `${API_REFERENCE}/API_RunTask.html`,
  },
  {
    id: 'unsupported',
    patterns: ['UnsupportedFeatureException', 'UnsupportedOperationException'],
    quotes: true,
    cause: 'This Region does not offer something that the task definition asks for.',
    remedy: 'Compare the task definition with what Fargate offers in this Region.',
    source: `${API_REFERENCE}/API_RunTask.html`,
  },
  {
    id: 'container-unknown',
    patterns: ['is not a container in the TaskDefinition'],
    cause: 'The task definition has no container of that name.',
    remedy: 'Check `container-name`.',
    source: `${API_REFERENCE}/API_ContainerOverride.html`,
  },
  {
    id: 'tag-illegal',
    patterns: ['Invalid tag', 'tag … invalid characters', 'Tags can not be empty', 'Invalid parameter … tags'],
    cause: 'ECS does not accept one of the tags.',
    remedy: 'Check `tags`: keys to 128 and values to 256 characters, of letters, digits, spaces and _ . : / = + - @.',
    source: `${API_REFERENCE}/API_Tag.html`,
  },
  {
    id: 'revision-quota',
    patterns: ['Too many active revisions', 'number of revisions'],
    cause: 'The family has as many revisions as ECS allows.',
    remedy: 'Name another family, or ask AWS to raise the quota.',
    source: `${GUIDE}/service-quotas.html`,
  },
  {
    id: 'name-unknown',
    kinds: ['unreachable'],
    patterns: ['ENOTFOUND', 'EAI_AGAIN'],
    cause: "The runner cannot find the address of AWS's endpoint: its name is not resolved.",
    remedy:
      'Check `aws-region`, AWS_ENDPOINT_URL if it is set, and the DNS of the runner; behind a proxy, HTTPS_PROXY and NO_PROXY.',
    source: 'https://docs.aws.amazon.com/general/latest/gr/ecs-service.html',
  },
  {
    id: 'aws-fault',
    patterns: ['ServerException', 'InternalFailure', 'InternalServerError', 'ServiceUnavailable'],
    cause: 'AWS failed inside, and went on failing when asked again.',
    remedy: 'Look at the AWS Health Dashboard, and run it again later.',
    source: `${API_REFERENCE}/CommonErrors.html`,
  },
]

/** What is said when only the kind of the error is known. */
export const ERROR_KINDS: Readonly<Record<AwsErrorKind, Omit<ApiErrorCause, 'patterns'>>> = {
  'access-denied': {
    id: 'access-denied',
    cause: 'The credentials of this job may not make this call.',
    remedy: 'Add this statement to the role of the job:',
    source: `${IAM_GUIDE}/troubleshoot_access-denied.html`,
  },
  'expired-credentials': {
    id: 'expired-credentials',
    cause: 'The AWS credentials of this job have expired.',
    remedy:
      'Give them a longer life (role-duration-seconds of aws-actions/configure-aws-credentials, and the maximum session duration of the role), or pass role-to-assume to this action, which renews them while it runs.',
    source: 'https://github.com/aws-actions/configure-aws-credentials',
  },
  'no-credentials': {
    id: 'no-credentials',
    cause: 'This job has no AWS credentials.',
    remedy:
      'The input role-to-assume is not set or empty: does the variable that it is read from exist in this repository or environment? Set it and give the job `permissions: id-token: write`, or run aws-actions/configure-aws-credentials before this step.',
    source: 'https://github.com/aws-actions/configure-aws-credentials',
  },
  conflict: {
    id: 'conflict',
    names: true,
    quotes: true,
    cause: 'ECS already knows this launch with other parameters: another run was first.',
    remedy: 'Wait until the other run has ended, and run it again.',
    source: `${API_REFERENCE}/API_RunTask.html`,
  },
  'not-found': {
    id: 'not-found',
    names: true,
    quotes: true,
    cause: 'AWS does not find what was asked for.',
    remedy:
      'Check the names given to this action and `aws-region`, and that the job has the credentials of the right account.',
    source: `${API_REFERENCE}/CommonErrors.html`,
  },
  throttled: {
    id: 'throttled',
    cause: 'AWS refused the calls of this account as too many, and went on doing so.',
    remedy:
      'The limits hold for the whole account: find out what else calls this API, lower max-parallel, and run it again later.',
    source: `${GUIDE}/throttling.html`,
  },
  unreachable: {
    id: 'unreachable',
    cause: 'AWS could not be reached from the runner.',
    remedy:
      "Check the runner's network and DNS, HTTPS_PROXY and NO_PROXY, AWS_ENDPOINT_URL if it is set, and that `aws-region` is a Region.",
    source: 'https://docs.aws.amazon.com/general/latest/gr/ecs-service.html',
  },
  untrusted: {
    id: 'certificate-untrusted',
    cause:
      'The runner does not trust the certificate it was shown: something in between, such as a proxy that opens TLS, answers with one of an authority that Node.js does not know.',
    remedy:
      'Set NODE_EXTRA_CA_CERTS, in `env` of this step or of the job, to a PEM file on the runner with the certificate of that authority (AWS_CA_BUNDLE has no effect here), or let the connection pass unopened.',
    source: 'https://nodejs.org/api/cli.html#node_extra_ca_certsfile',
  },
  proxy: {
    id: 'proxy-refused',
    cause: 'A proxy between the runner and AWS refused the call; it did not come from AWS.',
    remedy:
      'Check user and password in HTTPS_PROXY, let the proxy pass this host, or name the host in NO_PROXY if it is reached without.',
    source: 'https://docs.github.com/en/actions/how-tos/manage-runners/self-hosted-runners/use-proxy-servers',
  },
  aborted: {
    id: 'aborted',
    cause: 'The call was given up because the run was ended.',
    remedy: 'Run it again.',
    source: `${API_REFERENCE}/CommonErrors.html`,
  },
  rejected: {
    id: 'rejected',
    names: true,
    quotes: true,
    cause: 'AWS rejected the call.',
    remedy: 'Correct what AWS names, in the inputs or in the task definition.',
    source: `${API_REFERENCE}/CommonErrors.html`,
  },
}

/** The row for an error, or that of its kind. */
export function findApiError(error: AwsError): Omit<ApiErrorCause, 'patterns'> {
  const { kind, code } = error.facts
  const rows = API_ERRORS.filter(({ kinds }) => kinds === undefined || kinds.includes(kind))
  return mostSpecific(rows, `${code}: ${error.message}`) ?? ERROR_KINDS[kind]
}

/** The row for a refusal that came as text, such as RunTask's failures; undefined when none is known. */
export function findRefusal(text: string): ApiErrorCause | undefined {
  return mostSpecific(API_ERRORS, text)
}

/** Did RunTask start nothing because so much runs already? It passes when a task has ended. */
export function isQuota(failures: readonly Failure[]): boolean {
  return failures.some(({ reason = '' }) => findRefusal(reason)?.waits === true)
}

/** May the call be made again because AWS lacks something that passes? */
export function isTransientApiError(error: AwsError): boolean {
  return findApiError(error).transient === true
}
