import type { Failure, Task } from '@aws-sdk/client-ecs'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { API_ERRORS, ERROR_KINDS } from '../../src/explain/api-errors.ts'
import { EXIT_CODES } from '../../src/explain/exit-codes.ts'
import {
  findLaunchFailure,
  findStopReason,
  isTransientLaunchFailure,
  isTransientStartFailure,
  STOP_REASONS,
} from '../../src/explain/stop-reasons.ts'

const secretsAuth = 'ResourceInitializationError: unable to pull secrets or registry auth: '

/** Texts as AWS gave them: its documentation, its agent's source, reports of real tasks (docs/platform-facts.md#stop-reasons). */
const real: readonly (readonly [id: string, text: string])[] = [
  [
    'ecr-login-unreachable',
    `${secretsAuth}The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration. operation error ECR: GetAuthorizationToken, exceeded maximum number of attempts, 3, https response error StatusCode: 0, RequestID: , request send failed, Post "https://api.ecr.me-central-1.amazonaws.com/": dial tcp 3.28.72.11:443: i/o timeout.`,
  ],
  [
    'ecr-login-unreachable',
    `${secretsAuth}execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 3 time(s): RequestError: send request failed caused by: Post https://api.ecr.us-east-1.amazonaws.com/: dial tcp 52.46.132.220:443: i/o timeout`,
  ],
  [
    'ecr-login-denied',
    `${secretsAuth}execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 1 time(s): AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/exec/abc is not authorized to perform: ecr:GetAuthorizationToken on resource: * because no identity-based policy allows the ecr:GetAuthorizationToken action`,
  ],
  ['ecr-login', `${secretsAuth}The task cannot pull registry auth from Amazon ECR`],
  ['registry-or-secrets-no-answer', `${secretsAuth}pull command failed: : signal: killed`],
  [
    'parameter-store-unreachable',
    `${secretsAuth}unable to retrieve secrets from ssm: The task cannot pull secrets from AWS Systems Manager. There is a connection issue between the task and AWS Systems Manager Parameter Store. Check your task network configuration. RequestCanceled: request context canceled caused by: context deadline exceeded`,
  ],
  [
    'parameter-missing',
    `${secretsAuth}execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: /wishkit/parsing-engine/gemini-api-key`,
  ],
  [
    'secrets-manager-unreachable',
    `${secretsAuth}unable to retrieve secret from asm: There is a connection issue between the task and AWS Secrets Manager. Check your task network configuration. failed to fetch secret arn:aws:secretsmanager:us-east-1:913524921896:secret:rds!db-a57bd929 from secrets manager: operation error Secrets Manager: GetSecretValue, https response error StatusCode: 0, RequestID: , canceled, context deadline exceeded`,
  ],
  [
    'secrets-manager-unreachable',
    `${secretsAuth}execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret x from secrets manager: RequestCanceled: request context canceled caused by: context deadline exceeded`,
  ],
  [
    'secret-missing',
    `${secretsAuth}execution resource retrieval failed: unable to retrieve secret from asm: ResourceNotFoundException: The task can't retrieve the secret with ARN 'arn:aws:secretsmanager:us-east-1:123456789012:secret:nope-AbCdEf' from AWS Secrets Manager. Check whether the secret exists in the specified Region: ResourceNotFoundException: Secrets Manager can't find the specified secret.`,
  ],
  [
    'secret-without-value',
    `${secretsAuth}execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret value for staging label: AWSCURRENT`,
  ],
  [
    'secret-without-key',
    `${secretsAuth}execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): retrieved secret from Secrets Manager did not contain json key MY_SECRET`,
  ],
  [
    'secret-denied',
    `${secretsAuth}execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn from secrets manager: AccessDeniedException: User: arn:aws:sts::1:assumed-role/exec/x is not authorized to perform: secretsmanager:GetSecretValue on resource: arn because no identity-based policy allows the secretsmanager:GetSecretValue action`,
  ],
  [
    'secret-key-denied',
    `${secretsAuth}unable to retrieve secret from asm: AccessDeniedException: Access to KMS is not allowed`,
  ],
  ['registry-or-secrets', 'ResourceInitializationError: unable to pull secrets or registry auth'],
  [
    'logs-unreachable',
    'ResourceInitializationError: failed to validate logger args: The task cannot find the Amazon CloudWatch log group defined in the task definition. There is a connection issue between the task and Amazon CloudWatch. Check your network configuration. : signal: killed',
  ],
  [
    'log-group-missing',
    'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist. : exit status 1',
  ],
  [
    'logs-denied',
    'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log group: AccessDeniedException: User: arn:aws:sts::1:assumed-role/exec/x is not authorized to perform: logs:CreateLogGroup on resource: arn:aws:logs:eu-central-1:1:log-group:/ecs/shop:log-stream: because no identity-based policy allows the logs:CreateLogGroup action : exit status 1',
  ],
  [
    'log-options',
    'ResourceInitializationError: failed to validate logger args: unable to get awslogs driver arguments: awslogs-region is required',
  ],
  [
    'efs-unreachable',
    "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: b'mount.nfs4: Connection timed out' : unsuccessful EFS utils command execution; code: 32",
  ],
  [
    'efs-name',
    'ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: Failed to resolve "fs-1.efs.us-east-1.amazonaws.com" - check that your file system ID is correct',
  ],
  [
    'efs-denied',
    "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: b'mount.nfs4: access denied by server while mounting 127.0.0.1:/srv/gitlab/data'",
  ],
  [
    'efs',
    "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: b'mount.nfs4: mount system call failed'",
  ],
  [
    'environment-file-denied',
    'ResourceInitializationError: failed to download env files: service call has been retried 1 time(s): operation error S3: HeadObject, https response error StatusCode: 403, api error Forbidden: Forbidden.',
  ],
  [
    'image-denied',
    'CannotPullContainerError: The task can’t pull the image. Check that the role has the permissions to pull images from the registry.',
  ],
  [
    'image-denied-ghcr',
    'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ghcr.io/my-org/my-image:latest: failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://ghcr.io/token: 401 Unauthorized',
  ],
  [
    'image-unreachable',
    "CannotPullContainerError: The task cannot pull 'shop' from the Amazon ECR repository '123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop'. There is a connection issue between the task and Amazon ECR. Check your task network configuration.",
  ],
  [
    'image-unreachable',
    'CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref docker.io/tryretool/backend:2.110.5: failed to do request: Head "https://registry-1.docker.io/v2/tryretool/backend/manifests/2.110.5": dial tcp 34.205.13.154:443: i/o timeout',
  ],
  [
    'image-unreachable',
    'CannotPullContainerError: API error (500): Get https://111122223333.dkr.ecr.us-east-1.amazonaws.com/v2/: net/http: request canceled while waiting for connection',
  ],
  [
    'image-layers-unreachable',
    'CannotPullContainerError: ref pull has been retried 5 time(s): failed to copy: httpReadSeeker: failed open: failed to do request: Get "https://prod-us-east-1-starport-layer-bucket.s3.us-east-1.amazonaws.com/1a2b": dial tcp 52.216.8.1:443: i/o timeout',
  ],
  [
    'image-layers-refused',
    'CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: httpReadSeeker: failed open: unexpected status code https://prod-eu-west-3-starport-layer-bucket.s3.eu-west-3.amazonaws.com/7c2d-111122223333-9f/4b1a?X-Amz-Security-Token=x: 403 Forbidden',
  ],
  [
    'image-layers-refused',
    'CannotPullContainerError: ref pull has been retried 2 time(s): failed to copy: httpReaderSeeker: failed open: unexpected status code https://jfrog-prod-main.s3.amazonaws.com/aol/filestore/0a1b: 403 Forbidden',
  ],
  [
    'image-refused',
    'CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: httpReadSeeker: failed open: unexpected status code',
  ],
  [
    'image-registry-fault',
    'CannotPullContainerError: ref pull has been retried 3 time(s): failed to copy: httpReadSeeker: failed open: unexpected status code https://prod-eu-west-3-starport-layer-bucket.s3.eu-west-3.amazonaws.com/7c2d: 503 Service Unavailable',
  ],
  [
    'image-registry-fault',
    'CannotPullContainerError: pull image manifest has been retried 4 time(s): failed to resolve ref quay.io/acme/tools:5: unexpected status from HEAD request to https://quay.io/v2/acme/tools/manifests/5: 502 Bad Gateway',
  ],
  [
    'image-denied',
    'CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: httpReadSeeker: failed open: unexpected status code https://210987654321.dkr.ecr.eu-north-1.amazonaws.com/v2/billing/blobs/sha256:77aa: 403 Forbidden',
  ],
  [
    'image-denied-ghcr',
    'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ghcr.io/acme/billing:3: unexpected status from HEAD request to https://ghcr.io/v2/acme/billing/manifests/3: 403 Forbidden',
  ],
  [
    'image-denied-ghcr',
    'CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: httpReadSeeker: failed open: unexpected status code https://ghcr.io/v2/acme/billing/blobs/sha256:0f0f: 403 Forbidden',
  ],
  [
    'image-missing',
    'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref 210987654321.dkr.ecr.eu-north-1.amazonaws.com/billing@sha256:1d: unexpected status from HEAD request to https://210987654321.dkr.ecr.eu-north-1.amazonaws.com/v2/billing/manifests/sha256:1d: 404 Not Found',
  ],
  [
    'image-missing',
    'CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: httpReadSeeker: failed open: unexpected status code https://210987654321.dkr.ecr.eu-north-1.amazonaws.com/v2/billing/blobs/sha256:5c: 404 Not Found',
  ],
  [
    'image-attestation',
    'CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: httpReadSeeker: failed open: could not fetch content descriptor sha256:9b1c (application/vnd.in-toto+json) from remote: not found',
  ],
  [
    'image-layers-mixed',
    "CannotPullContainerError: ref pull has been retried 1 time(s): number of layers and diffIDs don't match: 4 != 11",
  ],
  [
    'image-invalid-name',
    'CannotPullContainerError: failed to parse image reference "https://ghcr.io/acme/billing": invalid reference format',
  ],
  [
    'image-invalid-name',
    'CannotPullContainerError: invalid reference format: repository name (Acme/Billing) must be lowercase',
  ],
  [
    'image-rate-limit',
    'CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: httpReadSeeker: failed open: unexpected status code https://registry-1.docker.io/v2/library/python/manifests/sha256:4d: 429 Too Many Requests - Server message: toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit',
  ],
  [
    'image-rate-limit',
    'CannotPullContainerError: inspect image has been retried 5 time(s): httpReaderSeeker: failed open: unexpected status code https://registry-1.docker.io/v2/amazon/aws-for-fluent-bit/manifests/sha256:330a',
  ],
  [
    'image-throttled',
    'CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref public.ecr.aws/acme/x:1: unexpected status from HEAD request to https://public.ecr.aws/v2/acme/x/manifests/1: 429 Too Many Requests',
  ],
  ['image-throttled', 'CannotPullContainerError: Error response from daemon: toomanyrequests: Rate exceeded'],
  [
    'image-missing',
    'CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref 123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop:nope: 123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop:nope: not found',
  ],
  [
    'image-missing',
    'CannotPullContainerError: API error (404): repository 111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/web not found',
  ],
  [
    'image-not-resolved',
    'CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref',
  ],
  [
    'image-architecture',
    "CannotPullContainerError: pull image manifest has been retried 7 time(s): image Manifest does not contain descriptor matching platform 'linux/amd64'.",
  ],
  [
    'image-rate-limit',
    'CannotPullContainerError: inspect image has been retried 5 time(s): httpReadSeeker: failed open: toomanyrequests: You have reached your pull rate limit.',
  ],
  [
    'image-too-large',
    'CannotPullContainerError: write /var/lib/docker/tmp/GetImageBlob111111111: no space left on device',
  ],
  [
    'image-denied',
    'CannotPullContainerError: pull access denied for shop, repository does not exist or may require authorization',
  ],
  [
    'image-layers-unreachable',
    'CannotPullContainerError: pull command failed: panic: runtime error: invalid memory address or nil pointer dereference',
  ],
  ['image-pull-cancelled', 'CannotPullContainerError: context canceled'],
  ['image-configuration', 'CannotPullContainerError: error pulling image configuration: download failed'],
  ['image-pull', 'CannotPullContainerError: API error'],
  ['interface-timeout', 'Timeout waiting for network interface provisioning to complete.'],
  ['interface-timeout', 'Network interface provision complete error timeout wait for network interface provision.'],
  ['interface-rate', 'Rate limit exceeded while preparing network interface to be attached to instance'],
  ['storage-timeout', 'Timeout waiting for EphemeralStorage provisioning to complete.'],
  [
    'subnet-full',
    "Unexpected EC2 error while attempting to Create Network Interface with public IP assignment enabled in subnet 'subnet-1': InsufficientFreeAddressesInSubnet",
  ],
  [
    'interface-refused',
    "Unexpected EC2 error while attempting to Create Network Interface in subnet 'subnet-1': InvalidGroup.NotFound",
  ],
  ['compute-incompatible', 'The selected task definition is not compatible with the selected compute strategy'],
  ['capacity', 'Capacity is unavailable at this time. Please try again later or in a different availability zone'],
  ['internal-error', 'InternalError: unable to create network interface'],
  ['made-for-instances', 'TaskFailedToStart: MemberOf placement constraint unsatisfied'],
  ['made-for-instances', 'TaskFailedToStart: RESOURCE:CPU'],
  ['made-for-instances', 'TaskFailedToStart: EMPTY CAPACITY PROVIDER'],
  ['out-of-memory', 'OutOfMemoryError: Container killed due to memory usage'],
  ['spot-interruption', 'Your Spot Task was interrupted.'],
  ['host-maintenance', 'ECS is performing maintenance on the underlying infrastructure hosting the task.'],
  ['health-check-failed', 'Task failed container health checks'],
  ['scaled-in', 'Scaling activity initiated by (deployment ecs-svc/1234)'],
  ['made-for-instances', 'Host EC2 (instance i-0123) stopped/terminated'],
  ['stopped-by-user', 'Task stopped by user'],
  ['essential-container-exited', 'Essential container in task exited'],
  ['runtime-timeout', 'ContainerRuntimeTimeoutError: Could not transition to running; timed out after waiting 1m: x'],
  ['runtime-timeout', 'DockerTimeoutError: Could not transition to created; timed out after waiting 4m0s'],
  [
    'command-not-found',
    'CannotStartContainerError: ResourceInitializationError: failed to create new container runtime task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "uvicorn": executable file not found in $PATH: unknown',
  ],
  [
    'command-wrong-architecture',
    'CannotStartContainerError: OCI runtime create failed: exec /app/entrypoint.sh: exec format error',
  ],
  [
    'command-not-executable',
    'CannotStartContainerError: ResourceInitializationError: OCI runtime create failed: exec: "/app/entrypoint.sh": permission denied: unknown',
  ],
  ['user-missing', 'CannotStartContainerError: unable to find user app: no matching entries in passwd file'],
  ['container-status', 'CannotStartContainerError: failed to get container status: x'],
  ['container-stop', 'CannotStopContainerError: failed sending SIGTERM to container: x'],
  ['container-inspect', 'CannotInspectContainerError: x'],
  ['volume', 'CannotCreateVolumeError: x'],
  ['container-runtime', 'ContainerRuntimeError: x'],
  ['container-start', 'CannotStartContainerError: x'],
  ['resource-initialization', 'ResourceInitializationError: something new'],
]

const failedStart = (stoppedReason: string, more: Partial<Task> = {}): Task => ({
  stopCode: 'TaskFailedToStart',
  stoppedReason,
  containers: [{ name: 'app' }],
  ...more,
})

describe('stop reasons', () => {
  it.each(real)('%s is read from: %s', (id, text) => {
    expect(findStopReason(text)?.id).toBe(id)
  })

  it('does not depend on quotes, case or white space, which AWS writes in several ways', () => {
    for (const [id, text] of real.filter(([, said]) => !/^TaskFailedToStart: [A-Z :]+$/.test(said)))
      expect([id, findStopReason(`${text.replaceAll("'", '’').replaceAll(' ', ' \n').toUpperCase()}.`)?.id]).toEqual([
        id,
        id,
      ])
  })

  it('keeps to the kind of fault when Fargate cuts a message off', () => {
    const kinds = ['ResourceInitializationError', 'CannotPullContainerError', 'CannotStartContainerError']
    const long = real.filter(([, text]) => kinds.some((kind) => text.startsWith(kind)))
    fc.assert(
      fc.property(fc.constantFrom(...long), fc.double({ min: 0, max: 1, noNaN: true }), ([, text], share) => {
        const kind = text.slice(0, text.indexOf(':'))
        const cut = text.slice(0, Math.max(kind.length, Math.floor(text.length * share)))
        const [found, whole] = [findStopReason(cut), findStopReason(text)]
        const general = [
          found?.topic === whole?.topic,
          found?.id === 'resource-initialization',
          found?.id === 'container-start',
        ]
        expect(general).toContain(true)
      }),
    )
  })

  it('knows no cause for a text it has never seen', () => {
    expect(findStopReason('the moon was in the wrong house')).toBeUndefined()
    expect(findStopReason('')).toBeUndefined()
  })

  it('reaches every row by one of its own wordings', () => {
    for (const row of STOP_REASONS)
      expect(
        row.patterns.map((pattern) => findStopReason(pattern.replace(/^\^|\$$/g, '').replaceAll('…', 'and so on'))?.id),
      ).toContain(row.id)
  })

  it('has at least 40 causes, each with a sentence of cause, a remedy and a source', () => {
    const rows = [...STOP_REASONS, ...API_ERRORS, ...Object.values(ERROR_KINDS)]
    expect(new Set(rows.map(({ id }) => id)).size + EXIT_CODES.length).toBeGreaterThan(40)
    expect(new Set(STOP_REASONS.map(({ id }) => id)).size).toBe(STOP_REASONS.length)
    for (const { cause, remedy, source } of rows) {
      expect(cause).toMatch(/^[A-Z].*\.$/s)
      expect(remedy).toMatch(/^[A-Z`].*[.:`)]$|ecs\.amazonaws\.com$/s)
      expect(source).toMatch(/^https:\/\//)
    }
  })
})

describe('starting again', () => {
  it('is allowed for capacity and interfaces that came too late, when no container ran', () => {
    expect(
      isTransientStartFailure(failedStart('Timeout waiting for network interface provisioning to complete.')),
    ).toBe(true)
    expect(isTransientStartFailure(failedStart('Capacity is unavailable at this time.'))).toBe(true)
  })

  it.each<[string, Task]>([
    ['the cause is one of the user’s', failedStart('CannotPullContainerError: pull access denied')],
    [
      'the network has no way out, which passes by itself never',
      failedStart(`${secretsAuth}pull command failed: : signal: killed`),
    ],
    ['the reason is unknown', failedStart('something else')],
    ['there is no reason', { stopCode: 'TaskFailedToStart' }],
  ])('is refused when %s', (_why, task) => {
    expect(isTransientStartFailure(task)).toBe(false)
  })

  it('looks at each of RunTask’s failures', () => {
    const capacity: Failure = { reason: 'Capacity is unavailable at this time. Please try again later' }
    expect(isTransientLaunchFailure([capacity])).toBe(true)
    expect(isTransientLaunchFailure([capacity, { reason: 'ATTRIBUTE' }])).toBe(false)
    expect(isTransientLaunchFailure([])).toBe(false)
  })

  it.each([
    ['RESOURCE:ENI', 'made-for-instances'],
    ['RESOURCE:PORTS', 'made-for-instances'],
    ['RESOURCE:NEW', 'no-resource'],
    ['RESOURCE:FARGATE', 'capacity'],
    ['AGENT', 'made-for-instances'],
    ['LOCATION', 'made-for-instances'],
    ['ATTRIBUTE', 'made-for-instances'],
    ['MISSING', 'not-there'],
  ])('knows RunTask’s %s', (reason, id) => {
    expect(findLaunchFailure({ reason })?.id).toBe(id)
  })

  it('does not read the names of failures into prose', () => {
    expect(findLaunchFailure({ reason: 'the agent of this location is missing an attribute' })).toBeUndefined()
  })
})
