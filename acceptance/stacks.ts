/** The stacks of a run: made, waited for, listed and removed. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  paginateDescribeStackEvents,
  paginateDescribeStacks,
  type Stack,
} from '@aws-sdk/client-cloudformation'
import { parseDocument, type YAMLMap } from 'yaml'
import { repositoryRoot } from '../local/repository.ts'

/** Whose tag marks every stack of a run, and by propagation what is in it; the value is its prefix. */
const TAG = 'run-ecs-migration-acceptance'
const EXPIRES = 'expires'
const EXPIRES_AFTER_HOURS = 6
/** AWS is asked what has become of a stack. */
const ASK_EVERY_MS = 5_000

interface StackPlan {
  readonly name: string
  /** Path in the repository. */
  readonly template: string
  readonly parameters: Readonly<Record<string, string>>
}

interface Trust {
  /** Who may assume the roles that infra/ gives to GitHub, where this is no job of GitHub's. */
  readonly principal?: string
  /** ARN of a policy that bounds every role of the stacks. */
  readonly boundary?: string
}

/** A stack that an earlier run has left. */
export interface Leftover {
  readonly name: string
  readonly prefix: string
  readonly expires: string
}

export interface Stacks {
  /** @returns its outputs. @throws Error with AWS's reasons where it does not come to be, or with the signal's reason */
  create(plan: StackPlan, signal: AbortSignal): Promise<Readonly<Record<string, string>>>
  /** Resolves when it is gone, at once if it never was. @throws Error with AWS's reasons */
  remove(name: string): Promise<void>
  leftovers(): Promise<readonly Leftover[]>
}

export const stackNames = (prefix: string) => [`${prefix}-account`, `${prefix}-network`, `${prefix}-migration`] as const

export function stacksOf(client: CloudFormationClient, prefix: string, trust: Trust): Stacks {
  return {
    async create({ name, template, parameters }, signal) {
      await client.send(
        new CreateStackCommand({
          StackName: name,
          TemplateBody: templateBody(template, trust),
          Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({
            ParameterKey,
            ParameterValue,
          })),
          Capabilities: ['CAPABILITY_IAM'],
          Tags: tags(prefix),
        }),
      )
      const stack = await settled(client, name, signal)
      if (stack?.StackStatus !== 'CREATE_COMPLETE') throw new Error(await reasons(client, name, 'was not made'))
      return Object.fromEntries(
        (stack.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
      )
    },
    async remove(name) {
      await client.send(new DeleteStackCommand({ StackName: name }))
      if (await settled(client, name)) throw new Error(await reasons(client, name, 'could not be removed'))
    },
    async leftovers() {
      return (await allStacks(client)).flatMap(({ StackName = '', Tags = [] }) => {
        const tag = (key: string) => Tags.find(({ Key }) => Key === key)?.Value
        const prefix = tag(TAG)
        return prefix === undefined ? [] : [{ name: StackName, prefix, expires: tag(EXPIRES) ?? 'never' }]
      })
    },
  }
}

function tags(prefix: string) {
  const expires = new Date(Date.now() + EXPIRES_AFTER_HOURS * 3_600_000).toISOString()
  return [
    { Key: TAG, Value: prefix },
    { Key: EXPIRES, Value: expires },
  ]
}

/**
 * A template as it is in the repository, except for its roles: outside of GitHub nobody could assume those that trust
 * GitHub's jobs, so there they trust `principal` instead. What they may do stays as it is.
 */
export function templateBody(template: string, { principal, boundary }: Trust): string {
  const document = parseDocument(readFileSync(join(repositoryRoot(), template), 'utf8'), { logLevel: 'error' })
  const resources = document.get('Resources') as YAMLMap
  for (const { value } of resources.items) {
    const resource = value as YAMLMap
    if (resource.get('Type') !== 'AWS::IAM::Role') continue
    if (boundary !== undefined) resource.setIn(['Properties', 'PermissionsBoundary'], boundary)
    const policy = ['Properties', 'AssumeRolePolicyDocument']
    const isForGitHub = JSON.stringify(resource.getIn(policy)).includes('sts:AssumeRoleWithWebIdentity')
    if (principal === undefined || !isForGitHub) continue
    const Statement = [{ Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole' }]
    resource.setIn(policy, document.createNode({ Version: '2012-10-17', Statement }))
  }
  return document.toString()
}

/** @returns undefined where there is no such stack, or no more. @throws the signal's reason */
async function settled(client: CloudFormationClient, name: string, signal?: AbortSignal): Promise<Stack | undefined> {
  for (;;) {
    signal?.throwIfAborted()
    const stack = (await allStacks(client)).find(({ StackName }) => StackName === name)
    if (!stack?.StackStatus?.endsWith('_IN_PROGRESS')) return stack
    // The next round says why it ended early.
    await sleep(ASK_EVERY_MS, undefined, { ...(signal && { signal }) }).catch(() => undefined)
  }
}

/** Those that are there: CloudFormation describes a deleted one only by its id. */
async function allStacks(client: CloudFormationClient): Promise<readonly Stack[]> {
  const stacks: Stack[] = []
  for await (const { Stacks = [] } of paginateDescribeStacks({ client }, {})) stacks.push(...Stacks)
  return stacks
}

async function reasons(client: CloudFormationClient, name: string, what: string): Promise<string> {
  const failed: string[] = []
  for await (const { StackEvents = [] } of paginateDescribeStackEvents({ client }, { StackName: name }))
    for (const { ResourceStatus = '', LogicalResourceId, ResourceStatusReason } of StackEvents)
      if (ResourceStatus.endsWith('_FAILED')) failed.push(`  ${LogicalResourceId}: ${ResourceStatusReason}`)
  return [`The stack ${name} ${what}.`, ...failed].join('\n')
}
