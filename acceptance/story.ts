/** What a story is: a table of steps, and of what is assumed to be seen. The same tables are played on AWS and on local/. */
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import type { ECSClient } from '@aws-sdk/client-ecs'
import type { ActionRequest, StepRun } from '../local/runner/run-action.ts'
import type { Exchange } from './recorder.ts'

export interface Story {
  /** Letters and hyphens: also the name of its database, of its recording, and for --only. */
  readonly id: string
  /** What an account settles by it, in a sentence. */
  readonly about: string
  /** Hours of waiting: played with --slow only. */
  readonly slow?: true
  /** Needs a database that the caller gives. */
  readonly database?: true
  /** One after the other; those of a list at the same instant. */
  readonly steps: readonly (ActionStep | Question | readonly ActionStep[])[]
}

/** The built action as a step of a job. */
export interface ActionStep {
  readonly step: string
  /** Arguments of `act`, the program of the image (image/act); absent, what the definition says. */
  readonly acts?: string | ((names: Names) => string)
  /** Beside those that infra/ leads to. */
  readonly inputs?: Inputs
  /** One role for many services instead of infra's own. */
  readonly role?: 'many'
  /** What befalls it once its log has a line like that. */
  readonly on?: { readonly line: RegExp; readonly happens: 'cancel' | 'kill' }
  /** Of the job, beside what every job has: a runner that dies before the post step, another attempt. */
  readonly job?: Pick<ActionRequest, 'github' | 'post'>
  /** AWS does the first such operation, and the connection is closed before its answer comes. */
  readonly loses?: string
  readonly expect: Expectations
  /** Anchors of docs/platform-facts.md on which these expectations rest. */
  readonly settles?: readonly string[]
}

type Inputs = Readonly<Record<string, string>> | ((names: Names) => Readonly<Record<string, string>>)

/**
 * By what is looked at: an output of the action, `step` (its conclusion), `log` or `post log` (a line of it), or
 * anything else, which then says itself how it is seen.
 */
type Expectations = Readonly<Record<string, Assumed | Seen>>
export type Assumed = string | RegExp
export interface Seen {
  readonly assumed: Assumed
  readonly seen: (evidence: Evidence) => string | Promise<string>
}

/** A question that is put to AWS without the action. */
export interface Question {
  readonly ask: string
  readonly assumed: Assumed
  readonly seen: (asked: Asked) => Promise<string>
  readonly settles: readonly string[]
}

export interface Asked {
  readonly names: Names
  readonly ecs: ECSClient
  readonly logs: CloudWatchLogsClient
  /** Milliseconds on the account's clock; only an account that is played can be set forward. */
  readonly sleep: (ms: number) => Promise<void>
  readonly now: () => number
  /** Its id is also the name of its database. */
  readonly story: string
  /** Steps of the action that this story has played before. */
  readonly earlier: readonly StepRun[]
}

export interface Evidence extends Asked {
  readonly run: StepRun
  /** What this step asked, and was answered, in order. */
  readonly exchanges: readonly Exchange[]
}

/** What the stacks made, by name: the same on AWS and on local/. */
export interface Names {
  readonly prefix: string
  readonly accountId: string
  readonly region: string
  readonly image: string
  readonly repository: string
  readonly cluster: string
  readonly family: string
  readonly subnets: readonly string[]
  readonly subnetWithoutWayOut: string
  readonly securityGroup: string
  readonly logGroup: string
  readonly othersLogGroup: string
  readonly infrequentLogGroup: string
  readonly migrationRole: string
  readonly roleForMany: string
  /** How many numbered lines make a long log. */
  readonly manyLines: number
  /** Where the caller's database is. */
  readonly database?: { readonly name: string; readonly subnets: string; readonly securityGroups: string }
}

/** A line of the report. */
export interface Row {
  readonly story: string
  readonly step: string
  readonly what: string
  readonly assumed: string
  readonly seen: string
  readonly same: boolean
  readonly settles: readonly string[]
}

export const isQuestion = (step: ActionStep | Question): step is Question => 'ask' in step
