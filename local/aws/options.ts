import type { TaskDefinition } from '@aws-sdk/client-ecs'
import type { StartFailureKind } from './ecs/start-failures.ts'
import type { Service } from './service.ts'

/** Where a task is placed, and what it needs to reach from there. */
interface Placement {
  /** The one that ECS chose: they take turns. */
  readonly subnet: string
  readonly securityGroups: readonly string[]
  readonly assignPublicIp: boolean
  readonly definition: TaskDefinition
}

/** What stands behind an image URI: a folder on this machine, run as real processes. */
export interface Image {
  /** The image's working directory. */
  readonly folder: string
  /** CMD of the image. */
  readonly command?: readonly string[]
  /** ENTRYPOINT of the image. */
  readonly entryPoint?: readonly string[]
  /** ENV of the image. Without PATH it gets the usual one, and the folder of this Node in front. */
  readonly environment?: Readonly<Record<string, string>>
  /** `sha256:…`; made from the URI when absent. */
  readonly digest?: string
  /** What the image was built for; `X86_64` when absent. */
  readonly architecture?: 'X86_64' | 'ARM64'
}

/** Milliseconds on the local AWS's clock. AWS's own are longer; the order of things is the same. */
export interface Timing {
  /** PROVISIONING: the network interface is made. */
  readonly provisioning: number
  /** PENDING: secrets are read, the image is pulled. The container starts at its end. */
  readonly pending: number
  /** ACTIVATING: the container runs already, `startedAt` is set at its end. */
  readonly activating: number
  /** DEACTIVATING: before containers get SIGTERM. */
  readonly deactivating: number
  /** STOPPING: at least this long, and until every container has ended. */
  readonly stopping: number
  /** DEPROVISIONING, the exit being shown already: 10 to 40 s on AWS. */
  readonly deprovisioning: number
  /** DELETED, a passing state that DescribeTasks can show before STOPPED. */
  readonly deleted: number
  /** A container's exit until DescribeTasks shows it; about 10 s on AWS. */
  readonly exitLag: number
  /** The exit code being shown until the stop code is, too. */
  readonly stopCodeLag: number
  /** A container's start until its log stream can be read. */
  readonly streamLag: number
  /** A line printed until GetLogEvents shows it: the driver's flush of up to 5 s is in it. */
  readonly logLag: number
  /** A change until ListTasks shows it. */
  readonly listLag: number
  /** RunTask until DescribeTasks no longer answers MISSING. */
  readonly describeLag: number
  /**
   * How long a client token is kept after its last task has stopped. AWS documents an hour at most and promises
   * nothing: it may be less, and more.
   */
  readonly tokenKept: number
}

export interface LocalAwsOptions {
  /** 0 or absent: any free port of 127.0.0.1. */
  readonly port?: number
  /** `us-east-1` when absent. */
  readonly region?: string
  readonly accountId?: string
  /** By image URI, with or without tag or digest: the exact URI first, then the name alone. */
  readonly images: Readonly<Record<string, Image>>
  /**
   * Secrets Manager and SSM values by ARN. A JSON object as text where a definition picks a key
   * (`arn:…:secret:name-AbCdEf:key::`).
   */
  readonly secrets?: Readonly<Record<string, string>>
  /** Names of clusters that exist from the start; `default` when absent. */
  readonly clusters?: readonly string[]
  readonly timing?: Partial<Timing>
  /** Refuse with ThrottlingException beyond AWS's documented rates. */
  readonly enforceRates?: boolean
  /** How many times faster than real time all waits and timestamps run; 1 when absent. */
  readonly timeScale?: number
  /** Where scaled time and real time meet, ms since 1970; the start when absent. */
  readonly timeOrigin?: number
  /** Until a stopped task is no longer described; an hour, AWS's least, when absent. */
  readonly stoppedTaskRetentionMs?: number
  /** At most so many events in a page of GetLogEvents. */
  readonly logPageEvents?: number
  /** What STS issues; the asked duration where absent. */
  readonly sessionMs?: number
  /** Roles that AssumeRoleWithWebIdentity may assume; all of the account when absent. */
  readonly roles?: readonly string[]
  /** Why a task placed like this cannot start, such as `routeProblem` of network/; all can when absent. */
  readonly network?: (placement: Placement) => StartFailureKind | undefined
  /** More services, such as EC2 and ECR. They are asked before the own ones. */
  readonly services?: readonly Service[]
  /** Folder for requests as JSON lines; $LOCAL_AWS_JOURNAL_DIR when absent; false: none. */
  readonly journalFolder?: string | false
}

export const defaultTiming: Timing = {
  provisioning: 400,
  pending: 400,
  activating: 200,
  deactivating: 50,
  stopping: 50,
  deprovisioning: 1500,
  deleted: 0,
  exitLag: 400,
  stopCodeLag: 0,
  streamLag: 100,
  logLag: 600,
  listLag: 300,
  describeLag: 300,
  tokenKept: 60 * 60 * 1000,
}
