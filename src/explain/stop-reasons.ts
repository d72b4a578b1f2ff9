import type { Failure, Task } from '@aws-sdk/client-ecs'
import { isInjected } from '../migration/outcome.ts'
import { type Cause, mostSpecific } from './wording.ts'

/** What a stop reason is about; the sections of docs/troubleshooting.md. */
export type Topic =
  | 'Image'
  | 'Registry login and secrets'
  | 'Log'
  | 'Volumes and files'
  | 'Network interface and capacity'
  | 'Container start'
  | 'Stopped while it ran'

export interface StopReason extends Cause {
  readonly topic: Topic
  /** What is wrong with the network of the task may be the reason. */
  readonly byNetwork?: true
  /** AWS may well do better the next time: capacity, or an interface that came too late. */
  readonly transient?: true
}

const GUIDE = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide'
const RESOURCES = `${GUIDE}/resource-initialization-error.html`
const MISSING = `${GUIDE}/resource-not-found-error.html`
const PULL = `${GUIDE}/task_cannot_pull_image.html`
const START = `${GUIDE}/failed-to-start-error.html`
const CODES = `${GUIDE}/stopped-task-error-codes.html`
const CONNECTIVITY = `${GUIDE}/verify-connectivity.html`
const CANNOT_START = `${GUIDE}/cannot-start-container.html`
const FAILURES = `${GUIDE}/api_failures_messages.html`

const WAY_OUT =
  "Give the task's subnets a way out: a route to a NAT gateway, or VPC endpoints (ecr.api, ecr.dkr, a gateway endpoint for S3, and logs, secretsmanager or ssm where used). In a subnet with nothing but an internet gateway set assign-public-ip: true. Security groups must let port 443 out of the task, and into the endpoints from the task."
const EXECUTION_ROLE = 'the task execution role (executionRoleArn of the task definition)'

type Row = Omit<StopReason, 'topic'>

const REGISTRY_AND_SECRETS: readonly Row[] = [
  {
    id: 'ecr-login-unreachable',
    byNetwork: true,
    patterns: [
      'registry auth from Amazon ECR … connection issue',
      'registry auth … GetAuthorizationToken … timeout',
      'registry auth … GetAuthorizationToken … deadline exceeded',
      'unable to retrieve ecr registry auth … timeout',
      'unable to retrieve ecr registry auth … deadline exceeded',
      'registry auth … api.ecr. … i/o timeout',
    ],
    cause: 'The task could not reach Amazon ECR to log in: its network has no working way to the ECR API.',
    remedy: WAY_OUT,
    source: CONNECTIVITY,
  },
  {
    id: 'ecr-login-denied',
    patterns: [
      'not authorized to perform: ecr:GetAuthorizationToken',
      'registry auth from Amazon ECR … AccessDenied',
      'unable to retrieve ecr registry auth … AccessDenied',
    ],
    cause: 'The task execution role may not log in to Amazon ECR.',
    remedy: `Attach the managed policy AmazonECSTaskExecutionRolePolicy, or allow ecr:GetAuthorizationToken, on ${EXECUTION_ROLE}.`,
    source: `${GUIDE}/task_execution_IAM_role.html`,
  },
  {
    id: 'ecr-login',
    byNetwork: true,
    general: true,
    patterns: [
      'secrets or registry auth … pull registry auth from Amazon ECR',
      'secrets or registry auth … unable to retrieve ecr registry auth',
      'pull registry auth from Amazon ECR',
      'unable to retrieve ecr registry auth',
    ],
    cause:
      'The task could not log in to Amazon ECR, and AWS does not say whether the network or a permission is at fault.',
    remedy: `Check that the task's subnets have a way to ECR (a NAT gateway, or the endpoint ecr.api) and that ${EXECUTION_ROLE} allows ecr:GetAuthorizationToken.`,
    source: RESOURCES,
  },
  {
    id: 'registry-or-secrets-no-answer',
    byNetwork: true,
    general: true,
    patterns: [
      'unable to pull secrets or registry auth: pull command failed',
      'registry auth … signal: killed',
      'registry auth … deadline exceeded',
      'registry auth … i/o timeout',
    ],
    cause:
      'The task got no answer from Amazon ECR, Secrets Manager or Systems Manager: most often its network has no way out.',
    remedy: WAY_OUT,
    source: CONNECTIVITY,
  },
  {
    id: 'registry-or-secrets',
    byNetwork: true,
    general: true,
    patterns: ['unable to pull secrets or registry auth'],
    cause: 'Before the container could start, the task failed to fetch its secrets or to log in to the registry.',
    remedy: `Check the way out of the task's subnets, that each secret of the definition exists in this Region, and that ${EXECUTION_ROLE} may read it.`,
    source: RESOURCES,
  },
  {
    id: 'parameter-store-unreachable',
    byNetwork: true,
    patterns: [
      'retrieve secrets from ssm … connection issue',
      'secrets from AWS Systems Manager … connection issue',
      'secrets from AWS Systems Manager … check your network',
      'retrieve secrets from ssm … deadline exceeded',
      'retrieve secrets from ssm … i/o timeout',
      'retrieve secrets from ssm … RequestCanceled',
    ],
    cause: 'The task could not reach Systems Manager Parameter Store to read its secrets.',
    remedy:
      "Give the task's subnets a way to Systems Manager: a NAT gateway, or the VPC endpoint ssm with private DNS whose security group lets the task in on port 443.",
    source: CONNECTIVITY,
  },
  {
    id: 'parameter-missing',
    patterns: ['invalid ssm parameters', 'retrieve secrets from ssm … ParameterNotFound'],
    cause: 'A parameter that the task definition names in `secrets` is not in Parameter Store of this Region.',
    remedy:
      'Create the parameter under exactly that name in this Region, or correct `valueFrom` in the task definition.',
    source: `${GUIDE}/secrets-envvar-ssm-paramstore.html`,
  },
  {
    id: 'parameter-denied',
    patterns: ['not authorized to perform: ssm:GetParameters', 'retrieve secrets from ssm … AccessDenied'],
    cause: 'The task execution role may not read a parameter that the task definition names in `secrets`.',
    remedy: `Allow ssm:GetParameters on that parameter (and kms:Decrypt on its own key, if it has one) in ${EXECUTION_ROLE}.`,
    source: `${GUIDE}/task_execution_IAM_role.html#task-execution-secrets`,
  },
  {
    id: 'parameter-store',
    byNetwork: true,
    general: true,
    patterns: [
      'registry auth … unable to retrieve secrets from ssm',
      'unable to retrieve secrets from ssm',
      'pull secrets from AWS Systems Manager',
    ],
    cause: 'The task could not read its secrets from Systems Manager Parameter Store.',
    remedy: `Check the way out of the task's subnets (NAT gateway, or the endpoint ssm), that the parameters exist in this Region, and that ${EXECUTION_ROLE} allows ssm:GetParameters.`,
    source: RESOURCES,
  },
  {
    id: 'secrets-manager-unreachable',
    byNetwork: true,
    patterns: [
      'connection issue between the task and AWS Secrets Manager',
      'connection issue between the task and Secrets Manager',
      'retrieve secret from asm … connection issue',
      'retrieve secret from asm … deadline exceeded',
      'retrieve secret from asm … i/o timeout',
      'retrieve secret from asm … RequestCanceled',
    ],
    cause: 'The task could not reach AWS Secrets Manager to read its secrets.',
    remedy:
      "Give the task's subnets a way to Secrets Manager: a NAT gateway, or the VPC endpoint secretsmanager with private DNS whose security group lets the task in on port 443.",
    source: CONNECTIVITY,
  },
  {
    id: 'secret-missing',
    patterns: [
      "can't retrieve the secret with ARN",
      "Secrets Manager can't find the specified secret",
      'retrieve secret from asm … ResourceNotFoundException',
    ],
    cause: 'A secret that the task definition names does not exist in Secrets Manager of this Region.',
    remedy:
      'Compare `valueFrom` in the task definition with the ARN of the secret (its six last characters and the Region included), and create the secret if it is gone.',
    source: MISSING,
  },
  {
    id: 'secret-without-value',
    patterns: ["can't find the specified secret value for staging label", "can't find the specified secret value"],
    cause: 'The secret exists, but it holds no value in the version that the task definition asks for.',
    remedy: 'Put a value into the secret, or ask for a version that exists.',
    source: MISSING,
  },
  {
    id: 'secret-denied',
    patterns: ['not authorized to perform: secretsmanager:GetSecretValue', 'retrieve secret from asm … AccessDenied'],
    cause: 'The task execution role may not read a secret that the task definition names.',
    remedy: `Allow secretsmanager:GetSecretValue on that secret (and kms:Decrypt on its own key, if it has one) in ${EXECUTION_ROLE}; the task role does not count here.`,
    source: `${GUIDE}/task_execution_IAM_role.html#task-execution-secrets`,
  },
  {
    id: 'secret-without-key',
    patterns: ['did not contain json key'],
    cause: 'The secret was read, but it has no such JSON key as the task definition asks for.',
    remedy:
      'Add the key to the secret, or correct the key in `valueFrom` of the task definition (arn:key:stage:version).',
    source: `${GUIDE}/secrets-envvar-secrets-manager.html`,
  },
  {
    id: 'secret-not-json',
    patterns: ['retrieve secret from asm … invalid character'],
    cause: 'The task definition asks for a JSON key of a secret whose value is not JSON.',
    remedy: 'Store the secret as a JSON object, or leave the key out of `valueFrom` to take the whole value.',
    source: `${GUIDE}/secrets-envvar-secrets-manager.html`,
  },
  {
    id: 'secret-key-denied',
    patterns: [
      'not authorized to perform: kms:Decrypt',
      'retrieve secret from asm … AccessDenied … KMS',
      'Access to KMS is not allowed',
    ],
    cause: 'A secret is encrypted with a KMS key that the task execution role may not use.',
    remedy: `Allow kms:Decrypt on that key in ${EXECUTION_ROLE}, and in the policy of the key if it belongs to another account.`,
    source: `${GUIDE}/task_execution_IAM_role.html#task-execution-secrets`,
  },
  {
    id: 'secrets-manager',
    byNetwork: true,
    general: true,
    patterns: [
      'registry auth … unable to retrieve secret from asm',
      'unable to retrieve secret from asm',
      "can't pull the secret from Secrets Manager",
    ],
    cause: 'The task could not read a secret from AWS Secrets Manager.',
    remedy: `Check the way out of the task's subnets (NAT gateway, or the endpoint secretsmanager), that the secret exists in this Region, and that ${EXECUTION_ROLE} allows secretsmanager:GetSecretValue.`,
    source: RESOURCES,
  },
]

const LOG: readonly Row[] = [
  {
    id: 'log-group-missing',
    patterns: ['The specified log group does not exist', 'failed to validate logger args … ResourceNotFoundException'],
    cause: 'The log group of the task definition does not exist, and ECS starts no container without its log.',
    remedy: `Create the log group in the Region of awslogs-region, or set awslogs-create-group: "true" and allow logs:CreateLogGroup in ${EXECUTION_ROLE}.`,
    source: `${GUIDE}/using_awslogs.html`,
  },
  {
    id: 'logs-unreachable',
    byNetwork: true,
    patterns: [
      'connection issue between the task and Amazon CloudWatch',
      'failed to validate logger args … signal: killed',
      'failed to validate logger args … deadline exceeded',
      'failed to validate logger args … i/o timeout',
    ],
    cause: 'The task could not reach Amazon CloudWatch Logs, and ECS starts no container without its log.',
    remedy:
      "Give the task's subnets a way to CloudWatch Logs: a NAT gateway, or the VPC endpoint logs with private DNS whose security group lets the task in on port 443.",
    source: CONNECTIVITY,
  },
  {
    id: 'logs-denied',
    patterns: [
      'not authorized to perform: logs:CreateLogStream',
      'not authorized to perform: logs:CreateLogGroup',
      'not authorized to perform: logs:PutLogEvents',
      'failed to validate logger args … AccessDenied',
    ],
    cause: 'The task execution role may not create the log stream or the log group.',
    remedy: `Allow logs:CreateLogStream and logs:PutLogEvents (and logs:CreateLogGroup with awslogs-create-group; the managed policy has it not) in ${EXECUTION_ROLE}.`,
    source: `${GUIDE}/using_awslogs.html`,
  },
  {
    id: 'log-options',
    patterns: ['unable to get awslogs driver arguments', 'awslogs-region is required'],
    cause: 'The log configuration of the task definition lacks an option.',
    remedy: 'Set awslogs-group, awslogs-region and awslogs-stream-prefix in the container of the task definition.',
    source: `${GUIDE}/using_awslogs.html`,
  },
  {
    id: 'log-driver',
    byNetwork: true,
    general: true,
    patterns: [
      'failed to validate logger args',
      'failed to initialize logging driver',
      'failed to create Cloudwatch log',
      "can't find the Amazon CloudWatch log group",
    ],
    cause: 'The log of the container could not be set up, and ECS starts no container without it.',
    remedy: `Check that the log group exists in the Region of awslogs-region, that the task's subnets have a way to CloudWatch Logs, and that ${EXECUTION_ROLE} allows logs:CreateLogStream.`,
    source: RESOURCES,
  },
]

const VOLUMES_AND_FILES: readonly Row[] = [
  {
    id: 'efs-unreachable',
    patterns: [
      'failed to invoke EFS utils … timed out',
      'failed to invoke EFS utils … timeout',
      'failed to invoke EFS utils … Connection reset',
    ],
    cause: 'The task could not reach the EFS file system of one of its volumes.',
    remedy:
      "Give the file system a mount target in the Availability Zone of each of the task's subnets, and let its security group accept port 2049 from the task's.",
    source: RESOURCES,
  },
  {
    id: 'efs-name',
    patterns: ['failed to invoke EFS utils … Failed to resolve'],
    cause: 'The name of the EFS file system could not be resolved in the VPC.',
    remedy: 'Check the file system id and its mount targets, and turn on DNS resolution and DNS hostnames of the VPC.',
    source: RESOURCES,
  },
  {
    id: 'efs-denied',
    patterns: ['failed to invoke EFS utils … access denied by server', 'failed to invoke EFS utils … AccessDenied'],
    cause: 'The EFS file system refused the mount.',
    remedy:
      'Allow elasticfilesystem:ClientMount (and ClientWrite) to the task role in its policy and in the policy of the file system; check the access point.',
    source: RESOURCES,
  },
  {
    id: 'efs-path',
    patterns: ['failed to invoke EFS utils … No such file or directory'],
    cause: 'The folder that the volume names as its root does not exist on the EFS file system.',
    remedy: 'Create the folder, or correct rootDirectory of the volume in the task definition.',
    source: RESOURCES,
  },
  {
    id: 'efs',
    general: true,
    patterns: ['failed to invoke EFS utils', 'ResourceInitializationError … failed to invoke EFS utils'],
    cause: 'An EFS volume of the task could not be mounted.',
    remedy:
      "Check the mount targets in the task's Availability Zones, port 2049 between the security groups, and the file system id.",
    source: RESOURCES,
  },
  {
    id: 'environment-file-denied',
    patterns: ['failed to download env files … Forbidden', 'failed to download env files … AccessDenied'],
    cause: 'The task execution role may not read an environment file of the task definition from S3.',
    remedy: `Allow s3:GetObject on the file and s3:GetBucketLocation on its bucket in ${EXECUTION_ROLE}.`,
    source: `${GUIDE}/use-environment-file.html`,
  },
  {
    id: 'environment-file',
    byNetwork: true,
    general: true,
    patterns: ['failed to download env files'],
    cause: 'An environment file of the task definition could not be read from S3.',
    remedy: `Check that the file exists, that the task's subnets have a way to S3, and that ${EXECUTION_ROLE} allows s3:GetObject.`,
    source: `${GUIDE}/use-environment-file.html`,
  },
  {
    id: 'volume',
    patterns: ['CannotCreateVolumeError'],
    cause: 'A volume of the task definition could not be created.',
    remedy: 'Check the volumes and mount points of the task definition; a migration seldom needs any.',
    source: `${GUIDE}/cannot-create-volume.html`,
  },
]

const IMAGE: readonly Row[] = [
  {
    id: 'image-denied',
    patterns: [
      "can't pull the image. Check that the role has the permissions",
      'not authorized to perform: ecr:BatchGetImage',
      'not authorized to perform: ecr:GetDownloadUrlForLayer',
      'CannotPullContainer … pull access denied',
      'CannotPullContainer … 403 Forbidden',
      'CannotPullContainer … 401 Unauthorized',
      'CannotPullContainer … insufficient_scope',
      'CannotPullContainer … failed to authorize',
    ],
    cause: 'The registry did not let the task pull the image: a permission is missing, or there is no such repository.',
    remedy: `Check that the image exists under exactly that name; for ECR attach AmazonECSTaskExecutionRolePolicy to ${EXECUTION_ROLE} (and let the repository's policy admit another account); for another private registry set repositoryCredentials in the task definition.`,
    source: PULL,
  },
  {
    id: 'image-unreachable',
    byNetwork: true,
    patterns: [
      "can't pull … connection issue",
      "can't pull the image. Check your network configuration",
      'CannotPullContainer … i/o timeout',
      'CannotPullContainer … deadline exceeded',
      'CannotPullContainer … request canceled while waiting for connection',
      'CannotPullContainer … Client.Timeout exceeded',
      'CannotPullContainer … connection refused',
    ],
    cause: 'The task could not reach the registry to pull the image.',
    remedy: WAY_OUT,
    source: CONNECTIVITY,
  },
  {
    id: 'image-layers-unreachable',
    byNetwork: true,
    patterns: [
      'CannotPullContainer … starport-layer-bucket … timeout',
      'CannotPullContainer … failed to copy … .s3. … timeout',
      'pull command failed: panic',
    ],
    cause: 'The task reached Amazon ECR, but not Amazon S3, where ECR keeps the layers of the image.',
    remedy:
      "Add a gateway endpoint for S3 to the route tables of the task's subnets (or a NAT gateway), and let the security group out on port 443 to the prefix list of S3.",
    source: CONNECTIVITY,
  },
  {
    id: 'image-denied-ghcr',
    patterns: [
      'CannotPullContainer … ghcr.io … 403 Forbidden',
      'CannotPullContainer … ghcr.io … 401 Unauthorized',
      'CannotPullContainer … ghcr.io … failed to authorize',
      'CannotPullContainer … failed to authorize … ghcr.io … 403 Forbidden',
      'CannotPullContainer … failed to authorize … ghcr.io … 401 Unauthorized',
      'CannotPullContainer … pull access denied for ghcr.io',
      'CannotPullContainer … ghcr.io … denied',
    ],
    cause:
      "GitHub's container registry did not let the task pull the image: the package is private, or there is none of that name.",
    remedy: `Give the container repositoryCredentials in the task definition: a Secrets Manager secret with a GitHub user and a token that may read packages, which ${EXECUTION_ROLE} may read. Or copy the image to Amazon ECR, or make the package public.`,
    source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/private-auth.html',
  },
  {
    id: 'image-layers-refused',
    patterns: [
      'unexpected status code … starport-layer-bucket',
      'unexpected status code … .s3 … .amazonaws.com',
      'failed open: unexpected status code … .s3 … .amazonaws.com … 403 Forbidden',
    ],
    cause: 'Amazon S3, where ECR keeps the layers of the image, refused to hand one out.',
    remedy:
      'Let the policy of the S3 endpoint allow s3:GetObject on arn:aws:s3:::prod-REGION-starport-layer-bucket/*, and the policy of the ecr.dkr endpoint the pull.',
    source: PULL,
  },
  {
    id: 'image-registry-fault',
    patterns: [
      'CannotPullContainer … unexpected status … 500 Internal Server Error',
      'CannotPullContainer … unexpected status … 502 Bad Gateway',
      'CannotPullContainer … unexpected status … 503 Service Unavailable',
      'CannotPullContainer … unexpected status … 504 Gateway Timeout',
    ],
    cause: 'The registry failed inside while the task pulled the image.',
    remedy: "Look at the registry's status page, and run it again.",
    source: PULL,
  },
  {
    id: 'image-refused',
    general: true,
    patterns: ['failed open: unexpected status code', 'CannotPullContainer … unexpected status'],
    cause:
      'The registry, or the store in which it keeps the layers, did not hand the image out; its answer was cut off.',
    remedy: `Check that the image exists under exactly that name and that ${EXECUTION_ROLE} may pull it. For ECR, let the policies of the endpoints for S3 and ecr.dkr allow the pull; for Docker Hub look at its rate limit.`,
    source: PULL,
  },
  {
    id: 'image-attestation',
    patterns: [
      'CannotPullContainer … application/vnd.in-toto',
      'could not fetch content descriptor … vnd.in-toto … not found',
    ],
    cause:
      'What the digest in image-uri names is no image: it is the attestation (provenance or SBOM, in-toto) that a build pushes beside one.',
    remedy:
      'Give the digest of the image or of its index: the output `digest` of docker/build-push-action, or imageDigest of `aws ecr describe-images --image-ids imageTag=TAG`. Or build without attestations (`provenance: false`).',
    source: 'https://docs.docker.com/build/metadata/attestations/attestation-storage/',
  },
  {
    id: 'image-layers-mixed',
    patterns: ["number of layers and diffIDs don't match"],
    cause: 'Fargate could not unpack the image: its layers are compressed in more than one way (gzip and zstd).',
    remedy:
      'Build it with one compression for all layers (`--output type=image,compression=gzip,force-compression=true`).',
    source: 'https://vrnithinkumar.github.io/2025/02/17/aws-ecs-docker-pull-error',
  },
  {
    id: 'image-invalid-name',
    patterns: [
      'invalid reference format',
      'failed to parse image reference',
      'CannotPullContainer … invalid reference format',
      'repository name must be lowercase',
      'repository name … must be lowercase',
    ],
    cause: 'An image in the task definition has a name that no registry accepts.',
    remedy:
      'Write it as registry/repository:tag or registry/repository@sha256:…, in lower case but for the tag, and without https://; in image-uri for the migration, in the task definition for the other containers.',
    source: 'https://pkg.go.dev/github.com/distribution/reference',
  },
  {
    id: 'image-missing',
    patterns: [
      'CannotPullContainer … failed to resolve ref … not found',
      'CannotPullContainer … repository … not found',
      'CannotPullContainer … manifest unknown',
      'CannotPullContainer … manifest for … not found',
      'CannotPullContainer … does not exist',
      'CannotPullContainer … unexpected status … 404 Not Found',
      'CannotPullContainer … failed open: content at … not found',
    ],
    cause: 'The registry has no such image: the tag or digest, or the repository, is not there.',
    remedy:
      'Check image-uri letter by letter (account, Region, repository, tag), that the build pushed it, and that no lifecycle policy has removed it.',
    source: PULL,
  },
  {
    id: 'image-not-resolved',
    byNetwork: true,
    general: true,
    patterns: ['failed to resolve ref', 'pull image manifest has been retried'],
    cause:
      'The task could not find out what image the name stands for: the tag is gone, or the registry did not answer.',
    remedy:
      "Check that the image exists under exactly that name, and that the task's subnets have a way to its registry.",
    source: PULL,
  },
  {
    id: 'image-architecture',
    patterns: ['does not contain descriptor matching platform', 'no matching manifest for'],
    cause: 'The image was not built for the processor of the task.',
    remedy:
      'Build it for that platform (`docker buildx build --platform linux/amd64`, or `linux/arm64` for ARM64), or set runtimePlatform.cpuArchitecture of the task definition to the image’s.',
    source: `${GUIDE}/task_definition_parameters.html#runtime-platform`,
  },
  {
    id: 'image-rate-limit',
    patterns: [
      'reached your pull rate limit',
      'reached your unauthenticated pull rate limit',
      'increase-rate-limit',
      'unexpected status code https://registry-1.docker.io',
      'CannotPullContainer … unexpected status … docker.io … 429 Too Many Requests',
      'CannotPullContainer … unexpected status … 429 Too Many Requests … pull rate limit',
    ],
    cause:
      'Docker Hub allows no more pulls for now: without a login all tasks behind one address share a small number.',
    remedy: 'Keep the image in Amazon ECR (a pull-through cache will do), or log in with repositoryCredentials.',
    source: 'https://docs.docker.com/docker-hub/usage/',
  },
  {
    id: 'image-throttled',
    patterns: [
      'toomanyrequests',
      'CannotPullContainer … 429 Too Many Requests',
      'CannotPullContainer … unexpected status … 429 Too Many Requests',
    ],
    cause: 'The registry allows no more pulls for now.',
    remedy:
      'Run it again later, and lower max-parallel if this run starts many tasks at once. For a registry outside AWS, keep the image in Amazon ECR (a pull-through cache will do).',
    source: PULL,
  },
  {
    id: 'image-too-large',
    patterns: ['no space left on device'],
    cause: 'The image does not fit on the disk of the task.',
    remedy: 'Set ephemeralStorage in the task definition (21 to 200 GiB), or make the image smaller.',
    source: PULL,
  },
  {
    id: 'image-registry-name',
    byNetwork: true,
    patterns: ['CannotPullContainer … no such host'],
    cause: 'The name of the registry could not be resolved.',
    remedy: 'Check the host in image-uri, and turn on DNS resolution (enableDnsSupport) of the VPC.',
    source: CONNECTIVITY,
  },
  {
    id: 'image-certificate',
    patterns: ['CannotPullContainer … x509'],
    cause: 'The registry showed a certificate that AWS does not trust.',
    remedy: 'Give the registry a certificate of a public authority, or keep the image in Amazon ECR.',
    source: PULL,
  },
  {
    id: 'image-pull-cancelled',
    byNetwork: true,
    patterns: ['CannotPullContainer … context canceled'],
    cause: 'Pulling the image was given up, most often because the task has no way to the registry.',
    remedy: WAY_OUT,
    source: PULL,
  },
  {
    id: 'image-configuration',
    byNetwork: true,
    patterns: ['error pulling image conf'],
    cause: 'The configuration of the image could not be fetched: a rate limit, or a fault of the network.',
    remedy: "Check the way from the task's subnets to the registry and to S3, and the registry's limits.",
    source: PULL,
  },
  {
    id: 'image-pull',
    byNetwork: true,
    general: true,
    patterns: ['CannotPullContainerError', 'CannotPullContainer', 'CannotPullImageManifestError'],
    cause: 'The image could not be pulled.',
    remedy: `Check that the image exists under exactly that name, that the task's subnets have a way to its registry, and that ${EXECUTION_ROLE} may pull it.`,
    source: PULL,
  },
]

const NETWORK_AND_CAPACITY: readonly Row[] = [
  {
    id: 'interface-timeout',
    patterns: ['Timeout waiting for network interface provisioning', 'timeout wait for network interface provision'],
    cause: "AWS did not get the task's network interface ready in time.",
    remedy: 'Run it again; if it keeps on happening, try other subnets and look at the AWS Health Dashboard.',
    source: START,
    transient: true,
  },
  {
    id: 'interface-rate',
    patterns: ['Rate limit exceeded while preparing network interface'],
    cause: 'The account asked for too many network interfaces at once.',
    remedy: 'Run it again, and lower max-parallel if this run starts many tasks at once.',
    source: `${GUIDE}/throttling.html`,
    transient: true,
  },
  {
    id: 'storage-timeout',
    patterns: ['Timeout waiting for EphemeralStorage provisioning'],
    cause: 'AWS did not get the disk of the task ready in time.',
    remedy: 'Run it again; if it keeps on happening, try other subnets and look at the AWS Health Dashboard.',
    source: START,
    transient: true,
  },
  {
    id: 'subnet-full',
    byNetwork: true,
    patterns: [
      'InsufficientFreeAddressesInSubnet',
      'Unexpected EC2 error while attempting to Create Network Interface with public IP',
      'not have enough free addresses',
    ],
    cause: 'The subnet has no free address left for the network interface of the task.',
    remedy: 'Name a subnet with free addresses in `subnets`, or free some in this one.',
    source: START,
  },
  {
    id: 'interface-refused',
    byNetwork: true,
    general: true,
    patterns: ['Unexpected EC2 error while attempting to Create Network Interface', 'NetworkInterfaceLimitExceeded'],
    cause: 'Amazon EC2 refused to create the network interface of the task.',
    remedy:
      'Check that the subnet has free addresses, that the security groups exist in its VPC, and the quota "Network interfaces per Region".',
    source: START,
  },
  {
    id: 'compute-incompatible',
    patterns: ['not compatible with the selected compute strategy'],
    cause: 'The task definition does not fit Fargate.',
    remedy:
      'Leave it to its service, and register one for migrations of its own: with networkMode awsvpc, requiresCompatibilities FARGATE, and cpu and memory at task level in a pair that Fargate offers. Name that in `task-definition`.',
    source: START,
  },
  {
    id: 'capacity',
    patterns: ['Capacity is unavailable at this time', '^RESOURCE:FARGATE'],
    cause: 'AWS has no Fargate capacity of this size in these Availability Zones for now.',
    remedy: 'Run it again in a while, and name subnets of several Availability Zones.',
    source: 'https://repost.aws/knowledge-center/ecs-fargate-runtask-capacity',
    transient: true,
  },
  {
    id: 'no-resource',
    patterns: ['^RESOURCE:'],
    cause: 'The cluster has nothing left of a resource that the task asks for.',
    remedy: 'Ask for less in the task definition, or run it again later; name several subnets.',
    source: FAILURES,
  },
  {
    id: 'made-for-instances',
    patterns: [
      '^RESOURCE:CPU',
      '^RESOURCE:MEMORY',
      '^RESOURCE:ENI',
      '^RESOURCE:GPU',
      '^RESOURCE:PORTS',
      '^AGENT$',
      '^LOCATION$',
      '^ATTRIBUTE$',
      '^NO ACTIVE INSTANCES$',
      '^EMPTY CAPACITY PROVIDER$',
      'MemberOf placement constraint unsatisfied',
      'Host EC2 (instance … terminated',
      'Container instance deregistration forced by user',
    ],
    cause: 'ECS names EC2 instances, and this action launches on Fargate, which has none.',
    remedy:
      'Register a task definition for migrations that is made for Fargate: without placementConstraints, resourceRequirements and hostPort, with cpu and memory at task level.',
    source: FAILURES,
  },
  {
    id: 'not-there',
    patterns: ['^MISSING$', '^INACTIVE$'],
    cause: 'ECS does not find, or no longer uses, what the launch names.',
    remedy: 'Check the cluster and the Region.',
    source: FAILURES,
  },
  {
    id: 'internal-error',
    patterns: ['InternalError:'],
    cause: 'ECS failed inside while it set the task up; most often the network interface came too late.',
    remedy: 'Run it again; if it keeps on happening, open a case with AWS Support and name the task.',
    source: START,
    transient: true,
  },
]

const STOPPED: readonly Row[] = [
  {
    id: 'out-of-memory',
    patterns: [
      'OutOfMemoryError',
      'OutOfMemoryError: Container killed due to memory usage',
      'killed due to memory usage',
    ],
    cause: 'The container used more memory than it was given and was killed.',
    remedy:
      'Raise the input `memory`, which also takes away a limit of the container itself, or let the migration work in smaller batches. All containers of a Fargate task share its memory.',
    source: `${GUIDE}/out-of-memory.html`,
  },
  {
    id: 'spot-interruption',
    patterns: ['SpotInterruption', 'Your Spot Task was interrupted'],
    cause: 'Fargate Spot took its capacity back in the middle of the task.',
    remedy: 'Run migrations on demand, never on Spot: this action asks for launch type FARGATE.',
    source: `${GUIDE}/spot-interruption-errors.html`,
  },
  {
    id: 'host-maintenance',
    patterns: ['performing maintenance on the underlying infrastructure', 'task retirement'],
    cause: 'AWS retired the host of the task while it ran.',
    remedy: 'Find out from the log and the database how far the migration came, then run it again.',
    source: `${GUIDE}/task-maintenance.html`,
  },
  {
    id: 'health-check-failed',
    patterns: ['failed container health checks'],
    cause: 'ECS stopped the task because the health check of a container failed.',
    remedy:
      'Take the healthCheck out of the container in the task definition that migrations use, or let it pass while a migration runs.',
    source: `${GUIDE}/healthcheck.html`,
  },
  {
    id: 'scaled-in',
    patterns: ['Scaling activity initiated by'],
    cause: 'A service scaled in and stopped the task.',
    remedy: 'Run migrations as tasks of their own, as this action does, not as tasks of a service.',
    source: `${GUIDE}/stopped-task-errors.html`,
  },
  {
    id: 'stopped-by-user',
    patterns: ['Task stopped by user', 'stopped by user'],
    cause: 'Somebody, or another program, stopped the task.',
    remedy: 'AWS CloudTrail shows who called StopTask. Find out how far the migration came before you run it again.',
    source: 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopTask.html',
  },
  {
    id: 'essential-container-exited',
    general: true,
    patterns: ['Essential container in task'],
    cause: 'A container that is essential ended, and the task with it.',
    remedy: 'The exit code and the log of that container tell why.',
    source: `${GUIDE}/stopped-task-errors.html`,
  },
]

const CONTAINER_START: readonly Row[] = [
  {
    id: 'runtime-timeout',
    patterns: [
      'Could not transition to running; timed out',
      'Could not transition to … timed out',
      'ContainerRuntimeTimeoutError',
      'DockerTimeoutError',
    ],
    cause: 'The container did not come up, or did not go down, in the time that ECS allows.',
    remedy:
      'Run it again; if it keeps on happening, give the task more cpu and look at what the entry point does first.',
    source: `${GUIDE}/container-runtime-timeout-error.html`,
  },
  {
    id: 'command-not-found',
    patterns: [
      'executable file not found',
      'CannotStartContainer … no such file or directory',
      'OCI runtime create failed … no such file or directory',
    ],
    cause: 'The image does not contain the program that the container is to run.',
    remedy:
      "Check `command`, and the entryPoint and command of the task definition, against the image; remember that a script's first line (#!) must name a program of the image too.",
    source: CANNOT_START,
  },
  {
    id: 'command-wrong-architecture',
    patterns: ['exec format error'],
    cause: 'The program in the image was built for another processor, or is a script without a first line (#!).',
    remedy:
      'Build the image for the platform of the task (`docker buildx build --platform linux/amd64`, or `linux/arm64` for ARM64), or set runtimePlatform.cpuArchitecture.',
    source: CANNOT_START,
  },
  {
    id: 'command-not-executable',
    patterns: ['CannotStartContainer … permission denied', 'OCI runtime create failed … permission denied'],
    cause: 'The program that the container is to run is not executable, or not for the user of the container.',
    remedy: 'Set its permission in the image (chmod +x), and check `user` of the task definition.',
    source: CANNOT_START,
  },
  {
    id: 'user-missing',
    patterns: ['unable to find user', 'no matching entries in passwd file'],
    cause: 'The image has no such user as the container is to run as.',
    remedy: 'Correct `user` of the task definition, or create the user in the image.',
    source: CANNOT_START,
  },
  {
    id: 'resource-limits',
    patterns: ['error setting rlimit', 'CannotStartContainer … ulimit'],
    cause: 'The task definition asks for a limit (ulimits) that Fargate does not grant.',
    remedy: 'Lower ulimits in the task definition; for nofile 1048576 is the most.',
    source: CANNOT_START,
  },
  {
    id: 'container-status',
    patterns: ['failed to get container status'],
    cause: 'The container could not be started; most often it wants more memory than it is given.',
    remedy: 'Raise the input `memory`, which also takes away a limit of the container itself.',
    source: CANNOT_START,
  },
  {
    id: 'container-start',
    general: true,
    patterns: ['CannotStartContainerError', 'CannotCreateContainerError', 'OCI runtime create failed'],
    cause: 'The container could not be started.',
    remedy:
      'Check `command`, and the entryPoint, user, mount points and memory of the task definition, against the image.',
    source: CANNOT_START,
  },
  {
    id: 'container-stop',
    patterns: ['CannotStopContainerError'],
    cause: 'ECS could not stop the container.',
    remedy: 'Find out from the log and the database how far the migration came before you run it again.',
    source: CODES,
  },
  {
    id: 'container-inspect',
    patterns: ['CannotInspectContainerError'],
    cause: 'ECS could not find out about the container from its runtime.',
    remedy: 'Run it again; if it keeps on happening, open a case with AWS Support and name the task.',
    source: CODES,
  },
  {
    id: 'container-runtime',
    general: true,
    patterns: ['ContainerRuntimeError'],
    cause: 'The container runtime of AWS failed inside.',
    remedy: 'Run it again; if it keeps on happening, open a case with AWS Support and name the task.',
    source: `${GUIDE}/container-runtime-error.html`,
  },
  {
    id: 'resource-initialization',
    byNetwork: true,
    general: true,
    patterns: ['ResourceInitializationError'],
    cause: 'ECS could not set up something that the task needs before its containers start.',
    remedy: WAY_OUT,
    source: RESOURCES,
  },
]

/**
 * Why a task stopped, by what `stoppedReason` or a container's `reason` says. The wordings were read in AWS's
 * documentation, in the ECS agent's source and in reports of real tasks; Fargate 1.4 cuts long ones off, so there is a
 * row for the beginning of each kind too.
 */
export const STOP_REASONS: readonly StopReason[] = [
  ...about('Registry login and secrets', REGISTRY_AND_SECRETS),
  ...about('Log', LOG),
  ...about('Volumes and files', VOLUMES_AND_FILES),
  ...about('Image', IMAGE),
  ...about('Network interface and capacity', NETWORK_AND_CAPACITY),
  ...about('Stopped while it ran', STOPPED),
  ...about('Container start', CONTAINER_START),
]

function about(topic: Topic, rows: readonly Row[]): readonly StopReason[] {
  return rows.map((row) => ({ ...row, topic }))
}

/** The row for a stop reason, a container's reason or the reason of a failure; undefined when none is known. */
export function findStopReason(text: string): StopReason | undefined {
  return mostSpecific(STOP_REASONS, text.trim().replace(/^TaskFailedToStart:\s*/, ''))
}

/** The row for one of RunTask's failures, or undefined when neither its reason nor its detail is known. */
export function findLaunchFailure({ reason = '', detail = '' }: Failure): StopReason | undefined {
  return findStopReason(reason) ?? findStopReason(detail)
}

/** What ECS says of a stopped task, the most specific first: its own reason, then those of the definition's containers. */
export function reasonsOf(task: Task): readonly string[] {
  const own = (task.containers ?? []).filter(({ name }) => !isInjected(name))
  return [task.stoppedReason, ...own.map(({ reason }) => reason)].flatMap((reason) =>
    reason === undefined || reason.trim() === '' ? [] : [reason],
  )
}

/** The first of the reasons ECS gives that is known. */
export function knownReason(task: Task | undefined): StopReason | undefined {
  return reasonsOf(task ?? {})
    .map(findStopReason)
    .find((row) => row !== undefined)
}

/** Whether a start failed for a cause of AWS's own that passes: capacity, network interfaces. That nothing ran is not proved by it. */
export function isTransientStartFailure(task: Task): boolean {
  return reasonsOf(task).map(findStopReason)[0]?.transient === true
}

/** The same for a RunTask that answered with failures and no task: every one of them must be transient. */
export function isTransientLaunchFailure(refused: readonly Failure[]): boolean {
  return refused.length > 0 && refused.every((failure) => findLaunchFailure(failure)?.transient === true)
}
