/** Where stories are played: an account of AWS, or local/ in its place. */
import type { ActionRequest } from '../local/runner/run-action.ts'
import type { RecorderOptions } from './recorder.ts'
import type { Names } from './story.ts'

type Role = 'infra' | 'many'

export interface Account {
  readonly names: Names
  /** What of the recorder depends on where AWS is. */
  readonly leads: Pick<RecorderOptions, 'opens' | 'upstream'>
  /** How a step gets a role: inputs, variables, the job's token. */
  identity(role: Role): Promise<Pick<ActionRequest, 'inputs' | 'env' | 'secrets' | 'idToken'>>
  /** Of who looks at the account beside the steps. */
  readonly credentials: () => Promise<Keys>
  /** Milliseconds since 1970 on its clock. */
  now(): number
  sleep(ms: number): Promise<void>
  /** How the step's own clock runs like the account's. */
  pace(): Pick<ActionRequest, 'nodeArguments' | 'timeScale' | 'env'>
  close(): Promise<void>
}

interface Keys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/** Hosts of AWS in a Region, also in China. Their certificate's names are made from these. */
export const awsHosts = (region: string): readonly string[] =>
  ['amazonaws.com', 'amazonaws.com.cn'].flatMap((suffix) => [
    `sts.${suffix}`,
    `*.${region}.${suffix}`,
    `*.ecr.${region}.${suffix}`,
  ])

export const opensAws = /\.amazonaws\.com(\.cn)?$/

/** Names that follow from the prefix alone, as infra/ and account.yml have them. */
export function namesFrom(prefix: string, accountId: string, region: string) {
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'
  return {
    prefix,
    accountId,
    region,
    repository: `${accountId}.dkr.ecr.${region}.${suffix}/${prefix}-backend`,
    cluster: `${prefix}-cluster`,
    family: `${prefix}-migration-task`,
    logGroup: `/ecs/${prefix}-migrations`,
    othersLogGroup: `/ecs/${prefix}-others`,
    infrequentLogGroup: `/ecs/${prefix}-infrequent`,
  }
}
