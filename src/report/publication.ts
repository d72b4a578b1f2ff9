import type { AwsVpcConfiguration } from '@aws-sdk/client-ecs'
import type { Inputs } from '../inputs.ts'
import type { MigrationRecord } from '../migration/outcome.ts'
import type { Links } from '../migration/ports.ts'
import type { DescribedDefinition, Plan, PreflightResult, RunIdentity } from '../model.ts'
import type { TasksOf } from './first-failure.ts'
import type { ResultChannels, StepLogger } from './ports.ts'
import type { Redact } from './redact.ts'

/** What the report at the end of the step is made from. */
export interface Publication {
  readonly inputs: Inputs
  readonly records: readonly MigrationRecord[]
  /** Undefined where the step ended before there was a plan. */
  readonly planned: PlannedStep | undefined
  /** What the checks found, where a task did not start. */
  readonly preflight: PreflightResult | undefined
  /** Of the image that ran, where ECR says it. */
  readonly imageBytes?: number | undefined
}

interface PlannedStep {
  readonly identity: RunIdentity
  readonly base: DescribedDefinition
  readonly network: AwsVpcConfiguration
  readonly changes: readonly string[]
  readonly plan: Pick<Plan, 'clone' | 'doubts' | 'startup'>
}

export interface PublishPorts {
  readonly log: StepLogger
  readonly results: ResultChannels
  /** Takes passwords and the values of the inputs out of what is reported. */
  readonly redact: Redact
  /** @param arn the links lead to its partition */
  readonly linksFor: (arn: string) => Links
  /** This action's repository at its version, as a URL; undefined where the step uses a folder. */
  readonly source: string | undefined
  readonly tasksOf: TasksOf
}
