import type { AwsVpcConfiguration, ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs'
import type { Inputs } from '../inputs.ts'
import { arnParts } from '../naming.ts'
import type { CheckRequest } from './checks.ts'

/** What will run, once it is known: what is left out of the clone needs no image, no secret and no log group. */
interface CheckedJob {
  readonly definition: TaskDefinition
  /** The container that runs the migration. */
  readonly container: ContainerDefinition
}

/** What there is to check, in parts that may still be on their way: the rest is looked up meanwhile. */
export function checkRequest(
  inputs: Inputs,
  job: Promise<CheckedJob>,
  network: Promise<AwsVpcConfiguration>,
): CheckRequest {
  const { cluster, imageUri } = inputs
  return {
    cluster,
    image: imageUri,
    definition: failingElsewhere(
      job.then(({ definition: { containerDefinitions = [], ...rest } }) => ({ ...rest, containerDefinitions })),
    ),
    container: failingElsewhere(job.then(({ container }) => container.name ?? '')),
    network: failingElsewhere(
      network.then(({ subnets = [], securityGroups = [], assignPublicIp }) => ({
        subnets,
        securityGroups,
        assignPublicIp: assignPublicIp === 'ENABLED',
      })),
    ),
    account: failingElsewhere(
      job.then(({ definition }) => arnParts(definition.taskDefinitionArn ?? '').account || undefined),
    ),
  }
}

/** What cannot be described ends the step where the plan awaits it. */
function failingElsewhere<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {})
  return promise
}
