import {
  CloudWatchLogsClient,
  type LogGroup as DescribedLogGroup,
  DescribeLogGroupsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import type { SecurityGroup, Subnet } from '@aws-sdk/client-ec2'
import type { Cluster, RuntimePlatform } from '@aws-sdk/client-ecs'
import { DescribeClustersCommand, ECSClient } from '@aws-sdk/client-ecs'
import { checked } from '../aws/answers.ts'
import { type ClientConfig, call } from '../aws/client.ts'
import { createEc2, type Ec2 } from '../aws/ec2.ts'
import { createEcr, type EcrImage } from '../aws/ecr.ts'
import type { Platform } from '../aws/manifests.ts'
import { raced, type TimeLimit, timeLimit } from '../aws/time-limit.ts'
import { type EcrRegistry, type ImageReference, parseImage } from '../image-reference.ts'
import { AwsError, type PreflightRefusal, type PreflightResult, type Problem } from '../model.ts'
import { type ClusterJudgement, judgeCluster } from './cluster.ts'
import { createGaps, type Gaps, messageOf } from './gaps.ts'
import { type ImageJudgement, type ImageLookup, judgeImage, uncheckedImage } from './image.ts'
import { type LogGroup, missingLogGroup, neededLogGroups, unreadableLogGroup } from './log-group.ts'
import { type ContainerList, neededServices } from './needs.ts'
import { type DescribedNetwork, judgeNetwork, type NetworkJudgement, type Placement } from './network.ts'

/** A task definition as described, or as it is to be registered. */
export interface CheckedDefinition extends ContainerList {
  readonly runtimePlatform?: RuntimePlatform | undefined
}

/** What is going to be launched. What is not known yet may be a promise: the rest is looked up meanwhile. */
export interface CheckRequest {
  /** Name or ARN. */
  readonly cluster: string
  /** The image the migration runs: tag or digest. */
  readonly image: string
  readonly definition: CheckedDefinition | PromiseLike<CheckedDefinition>
  /** The container that runs `image`. */
  readonly container: string | PromiseLike<string>
  readonly network: CheckedNetwork | PromiseLike<CheckedNetwork>
  /** The account that runs the task, to tell a shared subnet from one's own. */
  readonly account?: string | PromiseLike<string | undefined>
}

export type CheckedNetwork = Pick<Placement, 'subnets' | 'securityGroups' | 'assignPublicIp' | 'parallel'>

export interface Checks {
  /**
   * Looks at everything that a start rests on. It never rejects: what was denied is in `missingPermissions`, what
   * failed, or did not answer in time, in `unchecked`.
   */
  run(request: CheckRequest, signal?: AbortSignal): Promise<PreflightResult>
  /**
   * The digest that a tag stands for now; the same answer that `run` uses.
   * @returns undefined where the registry is not ECR or does not tell, and where ECR caches the image of another
   * registry: a pull by tag refreshes it, and one by the digest of today would keep to what is cached
   */
  resolveDigest(image: string, signal?: AbortSignal): Promise<string | undefined>
}

export interface ChecksOptions {
  readonly config: ClientConfig
  /** The Region of the cluster. */
  readonly region: () => Promise<string>
  /** For all checks together, in milliseconds; 8,000 when absent. */
  readonly limitMs?: number
}

export function createChecks({ config, region, limitMs = 8_000 }: ChecksOptions): Checks {
  const images = memoised((image: ImageInEcr, signal: AbortSignal) =>
    raced(createEcr(config, image.ecr).image(image, signal), signal),
  )
  const rules = memoised((registry: EcrRegistry, signal: AbortSignal) =>
    raced(createEcr(config, registry).cacheRules(signal), signal).catch(() => USUAL_CACHE_PREFIXES),
  )
  return {
    run: async (request, signal) => {
      const limit = timeLimit(limitMs, signal)
      try {
        return await check({ config, region: await region(), images, rules, limit, gaps: createGaps(limitMs) }, request)
      } catch (error) {
        return {
          refusals: [],
          warnings: [],
          checked: [],
          missingPermissions: [],
          unchecked: [`Nothing was checked: ${messageOf(error)}`],
        }
      } finally {
        limit.end()
      }
    },
    resolveDigest: async (uri, signal) => {
      const image = parseImage(uri)
      if (!isInEcr(image) || image.digest !== undefined) return image?.digest
      const limit = timeLimit(limitMs, signal)
      try {
        const [found, prefixes] = await limit.race(
          Promise.all([images(image, limit.signal), rules(image.ecr, limit.signal)]),
        )
        return typeof found === 'object' && cacheRule(image, prefixes) === undefined ? found.digest : undefined
      } catch {
        return undefined
      } finally {
        limit.end()
      }
    },
  }
}

interface Tools {
  readonly config: ClientConfig
  readonly region: string
  /** The first one to ask lends its signal. */
  readonly images: (image: ImageInEcr, signal: AbortSignal) => Promise<EcrImage | 'image' | 'repository'>
  /** Prefixes of a registry's cache rules. */
  readonly rules: (registry: EcrRegistry, signal: AbortSignal) => Promise<readonly string[]>
  readonly limit: TimeLimit
  readonly gaps: Gaps
}

type ImageInEcr = ImageReference & { readonly ecr: EcrRegistry }

function isInEcr(image: ImageReference | undefined): image is ImageInEcr {
  return image?.ecr !== undefined
}

async function check(tools: Tools, request: CheckRequest): Promise<PreflightResult> {
  const image = parseImage(request.image)
  const [lookup, cluster, logGroups, placed] = await Promise.all([
    isInEcr(image) ? lookUp(tools, image) : undefined,
    checkCluster(tools, request.cluster),
    checkLogGroups(tools, request),
    checkNetwork(tools, request),
  ])
  const definition = await settled(request.definition)
  const runtime = definition?.runtimePlatform
  const judged: ImageJudgement = image && lookup ? judgeImage(image, lookup, runtime) : { refusals: [], warnings: [] }
  return {
    refusals: [
      ...about('cluster', cluster.refusal ? [cluster.refusal] : []),
      ...about('image', judged.refusals),
      ...about('log', logGroups.refusals),
      ...about('network', placed.refusals),
    ],
    warnings: [
      ...(cluster.warning ? [cluster.warning] : []),
      ...judged.warnings,
      ...logGroups.warnings,
      ...placed.warnings,
    ],
    checked: inWords(tools.gaps.seen()),
    missingPermissions: tools.gaps.denied(),
    ...(lookup?.found && lookup.bytes !== undefined && { imageBytes: lookup.bytes }),
    unchecked: [
      ...(image && !image.ecr ? [uncheckedImage(image)] : []),
      ...noImages(definition),
      ...tools.gaps.unchecked(),
    ],
  }
}

const NETWORK_PARTS = [
  'the subnets',
  'the security groups',
  'the route tables',
  'the NAT gateways',
  'the VPC endpoints',
  'the network ACLs',
  'the DNS settings of the VPC',
] as const

/** In a fixed order: answers come in any. */
function inWords(seen: readonly string[]): readonly string[] {
  const network = NETWORK_PARTS.filter((part) => seen.includes(part))
  const others = ['the cluster', 'the image', "the image's architecture", 'the log group']
  return [
    ...others.filter((part) => seen.includes(part)),
    ...(network.length === NETWORK_PARTS.length ? ['the network'] : network),
  ].map((what) => what.replace(/^the /, ''))
}

/** Where a pull would go is not known of them. */
function noImages(definition: CheckedDefinition | undefined): readonly string[] {
  return (definition?.containerDefinitions ?? [])
    .filter(({ image = '' }) => parseImage(image) === undefined)
    .map(
      ({ name, image }) => `Image ${image} of container ${name} is no image reference: the way to it was not checked.`,
    )
}

function about(subject: PreflightRefusal['about'], problems: readonly Problem[]): readonly PreflightRefusal[] {
  return problems.map((problem) => ({ ...problem, about: subject }))
}

// ---- image ----

async function lookUp(tools: Tools, image: ImageInEcr): Promise<ImageLookup | undefined> {
  const { gaps, limit } = tools
  const found = await gaps.note('the image', limit.race(tools.images(image, limit.signal)))
  if (found === undefined) return undefined
  if (typeof found === 'string') return absentImage(tools, image, found)
  const platforms = found.isList ? await lookUpPlatforms(tools, image, found.digest) : undefined
  return {
    found: true,
    digest: found.digest,
    ...(found.status === undefined ? {} : { status: found.status }),
    ...(found.bytes === undefined ? {} : { bytes: found.bytes }),
    ...(platforms === undefined ? {} : { platforms }),
  }
}

async function lookUpPlatforms(
  { config, limit, gaps }: Tools,
  image: ImageInEcr,
  digest: string,
): Promise<readonly Platform[] | undefined> {
  const registry = createEcr(config, image.ecr)
  return gaps.note("the image's architecture", limit.race(registry.platforms(image, digest, limit.signal)))
}

/** Prefixes that ECR's console proposes for a cache rule; enough for a doubt where the rules may not be read. */
const USUAL_CACHE_PREFIXES = ['docker-hub', 'ecr-public', 'quay', 'kubernetes', 'github', 'gitlab', 'chainguard']

/** A cache rule makes the repository and fetches the image at the first pull, so that not being there proves nothing. */
async function absentImage(
  { rules, limit }: Tools,
  image: ImageInEcr,
  missing: 'image' | 'repository',
): Promise<ImageLookup> {
  const rule = cacheRule(image, await limit.race(rules(image.ecr, limit.signal)).catch(() => USUAL_CACHE_PREFIXES))
  return { found: false, missing, ...(rule === undefined ? {} : { cacheRule: rule }) }
}

/** The rule under which a repository is a cache of another registry; ROOT is one for all. */
function cacheRule({ repository }: ImageInEcr, prefixes: readonly string[]): string | undefined {
  return prefixes.find((prefix) => prefix === 'ROOT' || repository.startsWith(`${prefix}/`))
}

// ---- cluster and log groups ----

async function checkCluster({ config, region, limit, gaps }: Tools, cluster: string): Promise<ClusterJudgement> {
  const client = checked('ecs', new ECSClient({ ...config, region }))
  const command = new DescribeClustersCommand({ clusters: [cluster] })
  const send = () => client.send(command, { abortSignal: limit.signal })
  const answer = await gaps.note('the cluster', limit.race(call('ecs:DescribeClusters', async () => region, send)))
  if (answer === undefined) return {}
  const described: Cluster | undefined = answer.clusters?.[0]
  const missing = answer.failures?.some(({ reason }) => reason === 'MISSING')
  return described || missing ? judgeCluster(cluster, region, described) : {}
}

interface LogGroupJudgement {
  readonly refusals: readonly Problem[]
  readonly warnings: readonly Problem[]
}

async function checkLogGroups(tools: Tools, request: CheckRequest): Promise<LogGroupJudgement> {
  const [definition, container] = await Promise.all([settled(request.definition), settled(request.container)])
  const needed = definition ? neededLogGroups(definition, tools.region) : []
  const found = await Promise.all(needed.map((one) => describeLogGroup(tools, one)))
  return {
    refusals: needed.filter((_, index) => found[index] === 'missing').map(missingLogGroup),
    warnings: needed.flatMap((one, index) => {
      const group = found[index]
      const readable = typeof group !== 'object' || (group.logGroupClass ?? 'STANDARD') === 'STANDARD'
      return readable || one.container !== container ? [] : [unreadableLogGroup(one, String(group.logGroupClass))]
    }),
  }
}

async function describeLogGroup(
  { config, limit, gaps }: Tools,
  { group, region }: LogGroup,
): Promise<DescribedLogGroup | 'missing' | undefined> {
  const client = checked('logs', new CloudWatchLogsClient({ ...config, region }))
  const command = new DescribeLogGroupsCommand({ logGroupNamePrefix: group, limit: 50 })
  const send = () => client.send(command, { abortSignal: limit.signal })
  const action = 'logs:DescribeLogGroups'
  const answer = await gaps.note('the log group', limit.race(call(action, async () => region, send)))
  // The answer is sorted by name, so that the prefix itself is on the first page if it is there at all.
  return answer && (answer.logGroups?.find(({ logGroupName }) => logGroupName === group) ?? 'missing')
}

// ---- network ----

async function checkNetwork(tools: Tools, request: CheckRequest): Promise<NetworkJudgement> {
  const asked = await settled(request.network)
  if (asked === undefined) return { refusals: [], warnings: [] }
  const described = await describeNetwork(tools, createEc2(tools.config, tools.region), asked)
  const [definition, container, account] = await Promise.all([
    settled(request.definition),
    settled(request.container),
    settled(request.account),
  ])
  const needs =
    definition && container !== undefined ? neededServices(definition, container, request.image, tools.region) : []
  const placement = { ...asked, region: tools.region, ...(account === undefined ? {} : { account }) }
  return judgeNetwork(described, needs, placement)
}

/** Where the VPC could not be learnt the calls are made all the same: they tell which permissions are missing. */
const UNKNOWN_VPC = 'vpc-00000000000000000'

function unlessUnknown(error: unknown): undefined {
  if (!(error instanceof AwsError && error.facts.kind === 'not-found')) throw error
}

/** Two rounds: the subnets tell the VPC, and everything else is asked by VPC at once. */
async function describeNetwork(tools: Tools, ec2: Ec2, asked: CheckedNetwork): Promise<DescribedNetwork> {
  const { limit, gaps } = tools
  const { signal } = limit
  const note = <T>(what: string, work: Promise<T>) => gaps.note(what, limit.race(work))
  const ids = asked.securityGroups
  const askedGroups = ids.length === 0 ? [] : note('the security groups', ec2.securityGroups(ids, signal))
  const subnets = await note('the subnets', ec2.subnets(asked.subnets, signal))
  const vpc = subnets?.[0]?.VpcId ?? (await askedGroups)?.[0]?.VpcId
  const at = vpc ?? UNKNOWN_VPC
  const ofVpc = <T>(what: string, work: Promise<T>): Promise<T | undefined> =>
    note(what, vpc === undefined ? work.then(() => undefined, unlessUnknown) : work)
  const attribute = (name: 'enableDnsSupport' | 'enableDnsHostnames') =>
    ofVpc('the DNS settings of the VPC', ec2.attribute(at, name, signal))
  const [groups, neighbours, otherGroups, routeTables, natGateways, endpoints, networkAcls, dnsSupport, dnsHostnames] =
    await Promise.all([
      askedGroups,
      ofVpc('the subnets', ec2.subnetsOf(at, signal)),
      ofVpc('the security groups', ec2.securityGroupsOf(at, signal)),
      ofVpc('the route tables', ec2.routeTablesOf(at, signal)),
      ofVpc('the NAT gateways', ec2.natGatewaysOf(at, signal)),
      ofVpc('the VPC endpoints', ec2.endpointsOf(at, signal)),
      ofVpc('the network ACLs', ec2.networkAclsOf(at, signal)),
      attribute('enableDnsSupport'),
      attribute('enableDnsHostnames'),
    ])
  return withoutUndefined({
    subnets: together<Subnet>(subnets, neighbours, ({ SubnetId }) => SubnetId),
    securityGroups: together<SecurityGroup>(groups, otherGroups, ({ GroupId }) => GroupId),
    routeTables,
    natGateways,
    endpoints,
    networkAcls,
    dnsSupport,
    dnsHostnames,
  })
}

/** Undefined when the first, on which the judgement rests, is not there. */
function together<T>(
  first: readonly T[] | undefined,
  second: readonly T[] | undefined,
  id: (item: T) => string | undefined,
): readonly T[] | undefined {
  return first && [...new Map([...first, ...(second ?? [])].map((item) => [id(item), item])).values()]
}

function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> }
}

/** What is awaited elsewhere as well: a failure is reported there. */
async function settled<T>(value: T | PromiseLike<T>): Promise<T | undefined> {
  try {
    return await value
  } catch {
    return undefined
  }
}

/** One call for each thing asked, however often it is asked. */
function memoised<K extends object, Rest extends unknown[], T>(
  make: (key: K, ...rest: Rest) => Promise<T>,
): (key: K, ...rest: Rest) => Promise<T> {
  const made = new Map<string, Promise<T>>()
  return (key, ...rest) => {
    const text = JSON.stringify(key)
    const promise = made.get(text) ?? make(key, ...rest)
    made.set(text, promise)
    return promise
  }
}
