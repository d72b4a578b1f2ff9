/** What of the base definition keeps a migration from running, or was hardly meant. */
import type { TaskDefinition } from '@aws-sdk/client-ecs'
import { type Doubt, Refusal } from '../model.ts'
import { arnParts } from '../naming.ts'

/**
 * @param cluster name or ARN
 * @throws Refusal when it is of another account than the cluster, or has a volume that is configured at launch
 */
export function judgeBase(definition: TaskDefinition, cluster: string): readonly Doubt[] {
  requireOneAccount(definition.taskDefinitionArn ?? '', cluster)
  requireNoVolumeOfLaunch(definition)
  return inactive(definition)
}

/** A name has no account: the cluster is looked for where the definition is. */
function requireOneAccount(definition: string, cluster: string): void {
  const [ours, theirs] = [arnParts(definition).account, arnParts(cluster).account]
  if (ours === '' || theirs === '' || ours === theirs) return
  throw new Refusal({
    code: 'other-account',
    reason: `The task definition ${definition} is of account ${ours}, and the cluster ${cluster} of account ${theirs}: ECS runs a task only where both are of one account.`,
    remedy: 'Correct the input cluster, or use credentials (role-to-assume) of the account of the cluster.',
  })
}

/** RunTask must say then which EBS volume it is (API reference, TaskVolumeConfiguration), and this action has no input for that. */
function requireNoVolumeOfLaunch({ volumes = [], taskDefinitionArn }: TaskDefinition): void {
  const names = volumes.filter(({ configuredAtLaunch }) => configuredAtLaunch === true).map(({ name }) => name)
  if (names.length === 0) return
  throw new Refusal({
    code: 'volume-configured-at-launch',
    reason: `The volume ${names.join(', ')} of ${taskDefinitionArn} is configured at launch (configuredAtLaunch), and this action configures no volume when it launches.`,
    remedy: 'Give migrations a task definition of their own, without this volume.',
  })
}

/** @throws Refusal when ECS would not run it on Fargate, in subnets that the step names */
export function requireFargate(definition: TaskDefinition): void {
  const family = definition.family ?? 'this one'
  const compatible = definition.compatibilities ?? definition.requiresCompatibilities ?? []
  if (definition.networkMode === 'awsvpc' && compatible.includes('FARGATE')) return
  throw new Refusal({
    code: 'not-fargate',
    reason: `The task definition ${family} cannot run on Fargate: network mode ${definition.networkMode ?? 'not set'}, compatible with ${compatible.join(', ') || 'nothing named'}.`,
    remedy: `Leave ${family} to its service, and register a task definition of its own for migrations, such as ${family}-fargate: the container with its variables, secrets and log, "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], cpu and memory at task level, and an executionRoleArn. Name that in task-definition.`,
  })
}

function inactive({ status, taskDefinitionArn }: TaskDefinition): readonly Doubt[] {
  if (status !== 'INACTIVE' && status !== 'DELETE_IN_PROGRESS') return []
  const what = status === 'INACTIVE' ? 'was deregistered' : 'is being deleted'
  return [
    {
      id: 'inactive-revision',
      weight: 'warning',
      code: 'inactive-revision',
      reason: `The revision ${taskDefinitionArn} is ${status}: it ${what}, and its copy runs all the same.`,
      remedy: 'Give the family alone in task-definition for its newest active revision, or the revision that is meant.',
    },
  ]
}
