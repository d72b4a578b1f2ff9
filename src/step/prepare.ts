/** Before anything is made: described, planned, checked, announced. */
import type { AwsVpcConfiguration } from '@aws-sdk/client-ecs'
import { expiryWarning } from '../aws/credentials.ts'
import { readRunIdentity } from '../github/run-context.ts'
import { parseImage, pinned } from '../image-reference.ts'
import { type DescribedDefinition, type Plan, type PreflightResult, Refusal, type RunIdentity } from '../model.ts'
import { planJob } from '../plan/job.ts'
import { makePlan, type PlanRequest } from '../plan/plan.ts'
import { databaseLine } from '../report/database-line.ts'
import { definitionDiff, sidecarLine } from '../report/diff.ts'
import { portsRemark, startupLines } from '../report/startup.ts'
import type { RunPorts } from './ports.ts'
import { printPreflight } from './records.ts'
import { fromService } from './service.ts'

const NOTHING_CHECKED: PreflightResult = {
  refusals: [],
  warnings: [],
  checked: [],
  missingPermissions: [],
  unchecked: [],
}

/** What was found out before anything was made. */
export interface Prepared {
  readonly identity: RunIdentity
  readonly base: DescribedDefinition
  readonly network: AwsVpcConfiguration
  readonly plan: Plan
  readonly changes: readonly string[]
  /** Looked up beside everything else; never rejects. */
  readonly findings: Promise<PreflightResult>
}

export async function prepare(ports: RunPorts): Promise<Prepared> {
  const { inputs, log, ecs, checks, signals } = ports
  const { cancelled } = signals
  const service = fromService(inputs, ecs, cancelled)
  const placing = heard(service.network)
  const describing = heard(service.taskDefinition.then((reference) => ecs.definitions.describe(reference, cancelled)))
  const findings = inputs.preflight ? check(ports, describing, placing) : Promise.resolve(NOTHING_CHECKED)
  const [base, network, digest, identity] = await Promise.all([
    describing,
    placing,
    checks.resolveDigest(inputs.imageUri, cancelled),
    readRunIdentity(ports.nonce),
  ])
  for (const member of base.unknownMembers) {
    log.warn(
      '',
      `The task definition has ${member}, which this version of the action does not know: the clone runs without it.`,
    )
  }
  const parsed = parseImage(inputs.imageUri)
  const image = parsed === undefined || digest === undefined ? inputs.imageUri : pinned(parsed, digest)
  const plan = await planned(ports, { inputs, base, network, identity, image }, findings)
  const changes = definitionDiff(base.definition, plan.clone, {
    container: plan.container.name ?? '',
    databaseVariable: inputs.databaseVariable,
    baseTags: base.tags,
    sidecars: plan.sidecars,
  })
  const prepared = { identity, base, network, plan, changes, findings }
  await announce(ports, prepared)
  return prepared
}

/** @throws Refusal of everything that the plan refuses; in a dry run, of what the checks refuse as well */
async function planned(ports: RunPorts, request: PlanRequest, findings: Promise<PreflightResult>): Promise<Plan> {
  try {
    return makePlan(request, ports.hash)
  } catch (error) {
    if (!(error instanceof Refusal && ports.inputs.dryRun)) throw error
    const found = await findings
    printPreflight(ports, found)
    throw new Refusal(error.problem, [...error.problems.slice(1), ...found.refusals], error.doubts)
  }
}

export function check(
  { inputs, checks, signals }: RunPorts,
  describing: Promise<DescribedDefinition>,
  network: Promise<AwsVpcConfiguration>,
): Promise<PreflightResult> {
  // What is left out of the clone needs no image, no secret and no log group.
  const job = heard(describing.then(({ definition }) => planJob(definition, inputs)))
  const definition = heard(job.then(({ definition }) => definition))
  const request = {
    cluster: inputs.cluster,
    image: inputs.imageUri,
    definition: heard(definition.then(({ containerDefinitions = [], ...rest }) => ({ ...rest, containerDefinitions }))),
    container: heard(job.then(({ container }) => container.name ?? '')),
    network: heard(
      network.then(({ subnets = [], securityGroups = [], assignPublicIp }) => ({
        subnets,
        securityGroups,
        assignPublicIp: assignPublicIp === 'ENABLED',
        parallel: Math.min(inputs.maxParallel, inputs.databases.length),
      })),
    ),
    // arn:PARTITION:ecs:REGION:ACCOUNT:…
    account: heard(definition.then(({ taskDefinitionArn }) => taskDefinitionArn?.split(':')[4])),
  }
  return checks.run(request, signals.cancelled)
}

/** A definition that cannot be described ends the run where it is awaited; here nobody needs to hear it again. */
function heard<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {})
  return promise
}

async function announce(ports: RunPorts, { base, network, plan, changes }: Prepared): Promise<void> {
  const { inputs, log } = ports
  const { databases, cluster, region } = inputs
  const what = databases.length === 1 ? databases[0] : `${databases.length} databases`
  log.line(`${inputs.dryRun ? 'Dry run for' : 'Migrating'} ${what} with ${plan.image}`)
  log.line(`Cluster ${cluster} in ${region}, container ${plan.container.name} of ${base.definition.taskDefinitionArn}`)
  log.line(
    `Subnets ${network.subnets?.join(', ')}; security groups ${network.securityGroups?.join(', ')}; public IP ${network.assignPublicIp === 'ENABLED' ? 'yes' : 'no'}`,
  )
  if (inputs.databaseVariable === '') log.line(databaseLine(inputs))
  for (const line of startupLines(plan.startup)) log.line(line)
  const remark = portsRemark(plan.container, inputs)
  if (remark !== undefined) log.line(remark)
  for (const sidecar of plan.sidecars) log.line(sidecarLine(sidecar))
  for (const note of plan.notes) log.line(note)
  const each = new Set(plan.launches.map(({ clone }) => clone)).size > 1
  log.group(
    `What the clone of the task definition changes${each ? `, here that of ${databases[0]}; each database has its own` : ''}`,
    changes,
  )
  const warning = await credentialsWarning(ports)
  if (warning !== undefined) log.warn('', warning)
}

async function credentialsWarning({ inputs, ecs, clock }: RunPorts): Promise<string | undefined> {
  const { databases, maxParallel, canary, ifRunning } = inputs
  const alone = canary && maxParallel > 1 ? 1 : 0
  const rounds = alone + Math.ceil((databases.length - alone) / maxParallel)
  // Each may wait as long for another migration as it may run itself.
  const limits = ifRunning === 'wait' ? 2 : 1
  const identity = await ecs.credentials()
  const longestMs = rounds * limits * inputs.taskTimeoutMinutes * 60_000
  return identity && expiryWarning(identity, clock.now(), longestMs)
}
