/** Everything that a start rests on, looked up and judged before the launch, or after a start that failed. */
import type { RuntimePlatform } from '@aws-sdk/client-ecs'
import { parseImage } from '../image-reference.ts'
import type { PreflightRefusal, PreflightResult, Problem } from '../model.ts'
import { judgeCluster } from './cluster.ts'
import { type Deadline, deadline } from './deadline.ts'
import { describeImage, type ImageSource, imageSource, isInEcr, resolvedDigest } from './describe-image.ts'
import { describeNetwork } from './describe-network.ts'
import { createGaps, type Gaps, messageOf } from './gaps.ts'
import { judgeImage, uncheckedImage } from './image.ts'
import { type Judgement, NOTHING_CHECKED, NOTHING_WRONG } from './judgement.ts'
import { type LogGroup, missingLogGroup, neededLogGroups, unreadableLogGroup } from './log-group.ts'
import { type ContainerList, neededServices } from './needs.ts'
import { judgeNetwork, type Placement } from './network.ts'
import type { DescribedLogGroup, Lookups } from './ports.ts'

/** A task definition as described, or as it is to be registered. */
interface CheckedDefinition extends ContainerList {
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
  /** The account that runs the task, to distinguish a shared subnet from its own. */
  readonly account?: string | PromiseLike<string | undefined>
}

type CheckedNetwork = Pick<Placement, 'subnets' | 'securityGroups' | 'assignPublicIp'>

export interface Checks {
  /**
   * Looks at everything that a start rests on. It never rejects: what was denied is in `missingPermissions`, what
   * failed, or did not answer in time, in `unchecked`.
   */
  run(request: CheckRequest, signal?: AbortSignal): Promise<PreflightResult>
  /**
   * The digest that a tag stands for now; the same answer that `run` uses.
   * @returns undefined where the registry is not ECR or does not say, and where ECR caches the image of another
   * registry: a pull by tag refreshes it, and one by the digest of today would keep to what is cached
   * @param longestMs of the lookup; without it, as long as the checks may take
   */
  resolveDigest(image: string, signal?: AbortSignal, longestMs?: number): Promise<string | undefined>
}

/** @param limitMs for all checks together, in milliseconds */
export function createChecks(lookups: Lookups, limitMs = 8_000): Checks {
  const images = imageSource(lookups)
  return {
    run: async (request, signal) => {
      const limit = deadline(limitMs, signal)
      try {
        return await check(
          { lookups, region: await lookups.region(), images, limit, gaps: createGaps(limitMs) },
          request,
        )
      } catch (error) {
        return { ...NOTHING_CHECKED, unchecked: [`Nothing was checked: ${messageOf(error)}`] }
      } finally {
        limit.end()
      }
    },
    resolveDigest: async (uri, signal, longestMs = limitMs) => {
      const image = parseImage(uri)
      if (!isInEcr(image) || image.digest !== undefined) return image?.digest
      const limit = deadline(longestMs, signal)
      try {
        return await resolvedDigest(image, images, limit)
      } catch {
        return undefined
      } finally {
        limit.end()
      }
    },
  }
}

interface Looking {
  readonly lookups: Lookups
  readonly region: string
  readonly images: ImageSource
  readonly limit: Deadline
  readonly gaps: Gaps
}

async function check(looking: Looking, request: CheckRequest): Promise<PreflightResult> {
  const image = parseImage(request.image)
  const [lookup, cluster, logGroups, placed] = await Promise.all([
    isInEcr(image) ? describeImage(image, looking) : undefined,
    checkCluster(looking, request.cluster),
    checkLogGroups(looking, request),
    checkNetwork(looking, request),
  ])
  const definition = await settled(request.definition)
  const runtime = definition?.runtimePlatform
  const judged = image && lookup ? judgeImage(image, lookup, runtime) : NOTHING_WRONG
  return {
    refusals: [
      ...about('cluster', cluster.refusals),
      ...about('image', judged.refusals),
      ...about('log', logGroups.refusals),
      ...about('network', placed.refusals),
    ],
    warnings: [...cluster.warnings, ...judged.warnings, ...logGroups.warnings, ...placed.warnings],
    checked: inWords(looking.gaps.seen()),
    missingPermissions: looking.gaps.denied(),
    ...(lookup?.found && lookup.bytes !== undefined && { imageBytes: lookup.bytes }),
    unchecked: [
      ...(image && !image.ecr ? [uncheckedImage(image)] : []),
      ...noImages(definition),
      ...looking.gaps.unchecked(),
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

async function checkCluster({ lookups, region, limit, gaps }: Looking, cluster: string): Promise<Judgement> {
  const described = await gaps.note('the cluster', limit.race(lookups.cluster(cluster, region, limit.signal)))
  if (described === undefined || described === 'not-described') return NOTHING_WRONG
  return judgeCluster(cluster, region, described === 'missing' ? undefined : described)
}

async function checkLogGroups(looking: Looking, request: CheckRequest): Promise<Judgement> {
  const [definition, container] = await Promise.all([settled(request.definition), settled(request.container)])
  const needed = definition ? neededLogGroups(definition, looking.region) : []
  const found = await Promise.all(needed.map((one) => describeLogGroup(looking, one)))
  return {
    refusals: needed.filter((_, index) => found[index] === 'missing').map(missingLogGroup),
    warnings: needed.flatMap((one, index) => {
      const group = found[index]
      const readable = typeof group !== 'object' || (group.logGroupClass ?? 'STANDARD') === 'STANDARD'
      return readable || one.container !== container ? [] : [unreadableLogGroup(one, String(group.logGroupClass))]
    }),
  }
}

function describeLogGroup(
  { lookups, limit, gaps }: Looking,
  { group, region }: LogGroup,
): Promise<DescribedLogGroup | 'missing' | undefined> {
  return gaps.note('the log group', limit.race(lookups.logGroup(group, region, limit.signal)))
}

async function checkNetwork(looking: Looking, request: CheckRequest): Promise<Judgement> {
  const asked = await settled(request.network)
  if (asked === undefined) return NOTHING_WRONG
  const described = await describeNetwork(looking.lookups.network(looking.region), asked, looking)
  const [definition, container, account] = await Promise.all([
    settled(request.definition),
    settled(request.container),
    settled(request.account),
  ])
  const needs =
    definition && container !== undefined ? neededServices(definition, container, request.image, looking.region) : []
  const placement = { ...asked, region: looking.region, ...(account === undefined ? {} : { account }) }
  return judgeNetwork(described, needs, placement)
}

/** What is awaited elsewhere as well: a failure is reported there. */
async function settled<T>(value: T | PromiseLike<T>): Promise<T | undefined> {
  try {
    return await value
  } catch {
    return undefined
  }
}
