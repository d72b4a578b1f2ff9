import type { RuntimePlatform } from '@aws-sdk/client-ecs'
import type { Problem } from '../model.ts'

/** The private ECR registry that an image lies in. */
export interface EcrRegistry {
  /** Twelve digits: ECR's registry id. */
  readonly account: string
  readonly region: string
}

/** A container image, as its URI names it. */
export interface ImageReference {
  /** As it was given. */
  readonly uri: string
  /** As it was given, without tag and digest. */
  readonly name: string
  /** Host, with its port: `docker.io` where none is given. */
  readonly registry: string
  /** On Docker Hub with `library/` where no owner is given. */
  readonly repository: string
  /** `latest` where neither tag nor digest is given. */
  readonly tag?: string
  /** `sha256:…` */
  readonly digest?: string
  readonly ecr?: EcrRegistry
}

/** What a manifest list offers, in its own words: `linux`, `arm64`. */
export interface Platform {
  readonly os: string
  readonly architecture: string
}

/** What ECR said about an image. */
export type ImageLookup =
  | {
      readonly found: true
      readonly digest: string
      /** ECR's imageStatus: `ACTIVE`, `ARCHIVED`, `ACTIVATING`. */
      readonly status?: string
      /** Of a manifest list; absent where the image is none, or was not read. */
      readonly platforms?: readonly Platform[]
    }
  | {
      readonly found: false
      readonly missing: 'image' | 'repository'
      /** Prefix of the pull-through cache rule that would fetch it at its first pull. */
      readonly cacheRule?: string
    }

const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*'
const HOST = '(?:[a-zA-Z0-9-]+(?:\\.[a-zA-Z0-9-]+)+(?::\\d+)?|[a-zA-Z0-9-]+:\\d+|localhost)'
const IMAGE_URI = new RegExp(
  `^(?<name>(?:(?<host>${HOST})/)?(?<path>${COMPONENT}(?:/${COMPONENT})*))` +
    '(?::(?<tag>\\w[\\w.-]{0,127}))?(?:@(?<digest>[a-z0-9]+:[0-9a-f]{32,}))?$',
)
/** Also FIPS (`dkr.ecr-fips`) and dual-stack (`dkr-ecr.REGION.on.aws`) hosts, in every partition. */
const ECR_HOST = /^(?<account>\d{12})\.dkr[.-]ecr(?:-fips)?\.(?<region>[a-z]{2,}(?:-[a-z]+)+-\d+)\.[a-z.]+$/

/**
 * Reads an image URI: `[host[:port]/]path[:tag][@digest]`, where the first part is a host if it has a dot or a port.
 * @returns undefined when the text is no image URI
 */
export function parseImage(uri: string): ImageReference | undefined {
  const parts = IMAGE_URI.exec(uri)?.groups
  if (parts?.name === undefined || parts.path === undefined) return undefined
  const registry = parts.host ?? 'docker.io'
  const path = parts.path
  const onDockerHub = registry === 'docker.io' || registry === 'index.docker.io'
  const tag = parts.tag ?? (parts.digest === undefined ? 'latest' : undefined)
  const ecr = ECR_HOST.exec(registry)?.groups
  return {
    uri,
    name: parts.name,
    registry,
    repository: onDockerHub && !path.includes('/') ? `library/${path}` : path,
    ...(tag === undefined ? {} : { tag }),
    ...(parts.digest === undefined ? {} : { digest: parts.digest }),
    ...(ecr?.account && ecr.region ? { ecr: { account: ecr.account, region: ecr.region } } : {}),
  }
}

/** The URI that always means these bytes: `name@digest`. A tag is left out, since the digest decides. */
export function pinned(image: ImageReference, digest: string): string {
  return `${image.name}@${digest}`
}

/** Media types of the two manifests that list others, one for each platform. */
export const MANIFEST_LISTS = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
] as const

/**
 * The platforms that a manifest list offers. Attestations, which BuildKit lists as unknown/unknown, are no platform.
 * @param manifest the JSON text
 * @returns undefined when the text is no manifest list, or an entry does not tell its platform
 */
export function platformsOf(manifest: string): readonly Platform[] | undefined {
  const entries = entriesOf(manifest)
  if (entries === undefined) return undefined
  const platforms: Platform[] = []
  for (const { platform } of entries) {
    if (!platform?.os || !platform.architecture) return undefined
    if (platform.os !== 'unknown') platforms.push({ os: platform.os, architecture: platform.architecture })
  }
  return platforms
}

interface ManifestEntry {
  readonly platform?: { readonly os?: string; readonly architecture?: string }
}

function entriesOf(manifest: string): readonly ManifestEntry[] | undefined {
  try {
    const { manifests } = JSON.parse(manifest) as { readonly manifests?: unknown }
    return Array.isArray(manifests) && manifests.length > 0 ? manifests : undefined
  } catch {
    return undefined
  }
}

/** What ECS looks for in a manifest list: by default linux/amd64. */
export function wantedPlatform(runtime: RuntimePlatform | undefined): Platform {
  return {
    os: runtime?.operatingSystemFamily?.startsWith('WINDOWS') ? 'windows' : 'linux',
    architecture: runtime?.cpuArchitecture === 'ARM64' ? 'arm64' : 'amd64',
  }
}

/** What is wrong with the image, by proof or by doubt; nothing when it can be pulled. */
export interface ImageJudgement {
  readonly refusals: readonly Problem[]
  readonly warnings: readonly Problem[]
}

/**
 * Judges what ECR said about the image that the migration is to run.
 * @param runtime the task definition's runtimePlatform
 */
export function judgeImage(
  image: ImageReference,
  lookup: ImageLookup,
  runtime: RuntimePlatform | undefined,
): ImageJudgement {
  if (!lookup.found) {
    return lookup.cacheRule === undefined
      ? refused(lookup.missing === 'repository' ? noRepository(image) : noImage(image))
      : { refusals: [], warnings: [notCachedYet(image, lookup.cacheRule)] }
  }
  // "Archived images cannot be pulled": ECR user guide, "Archiving an image".
  if (lookup.status === 'ARCHIVED') return refused(archived(image, lookup.digest))
  const wanted = wantedPlatform(runtime)
  const offered = lookup.platforms
  if (offered && !offered.some(({ os, architecture }) => os === wanted.os && architecture === wanted.architecture)) {
    return refused(wrongPlatform(image, wanted, offered))
  }
  return { refusals: [], warnings: [] }
}

/** The line that says why nothing is known of an image outside ECR. */
export function uncheckedImage(image: ImageReference): string {
  return `Image ${image.uri} is in ${image.registry}: only images in Amazon ECR are looked up, so whether it exists was not checked.`
}

function refused(problem: Problem): ImageJudgement {
  return { refusals: [problem], warnings: [] }
}

function place({ ecr }: ImageReference): string {
  return `account ${ecr?.account}, region ${ecr?.region}`
}

function noRepository(image: ImageReference): Problem {
  return {
    code: 'image-repository-not-found',
    reason: `There is no ECR repository ${image.repository} in ${place(image)}, so the image ${image.uri} cannot be pulled.`,
    remedy:
      'Check account, region and repository in image-uri; create the repository and push the image if they are right.',
    evidence: [`ecr:DescribeImages answered RepositoryNotFoundException for ${image.repository} in ${place(image)}`],
  }
}

function noImage(image: ImageReference): Problem {
  const which = image.digest ? `image with digest ${image.digest}` : `image tagged ${image.tag}`
  return {
    code: 'image-not-found',
    reason: `The ECR repository ${image.repository} in ${place(image)} has no ${which}.`,
    remedy:
      'Push the image before this step, or give one that exists. ' +
      'If it was there before, a lifecycle policy may have expired it.',
    evidence: [`ecr:DescribeImages answered ImageNotFoundException for ${image.uri}`],
  }
}

function notCachedYet(image: ImageReference, rule: string): Problem {
  return {
    code: 'image-not-cached-yet',
    reason: `The image ${image.uri} is not in ECR yet: the pull-through cache rule ${rule} fetches it at its first pull, so whether it exists upstream is not known.`,
    remedy:
      'Nothing, if the upstream registry has it and the execution role may ecr:BatchImportUpstreamImage and ecr:CreateRepository. ' +
      'Pull it once by hand to be sure.',
  }
}

function archived(image: ImageReference, digest: string): Problem {
  return {
    code: 'image-archived',
    reason: `The image ${image.uri} is archived in ECR, and archived images cannot be pulled.`,
    remedy: `Restore it in repository ${image.repository} (aws ecr update-image-storage-class --target-storage-class STANDARD), or push it again.`,
    evidence: [`${digest} has the status ARCHIVED`],
  }
}

function wrongPlatform(image: ImageReference, wanted: Platform, offered: readonly Platform[]): Problem {
  const has = [...new Set(offered.map(({ os, architecture }) => `${os}/${architecture}`))].join(', ') || 'no platform'
  const platform = `${wanted.os}/${wanted.architecture}`
  return {
    code: 'image-platform',
    reason: `The task runs on ${platform}, and the image ${image.uri} has only ${has}.`,
    remedy: `Build the image for ${platform} (docker buildx build --platform ${platform}), or set runtimePlatform.cpuArchitecture in the task definition to what the image has.`,
    evidence: [`The manifest list of ${image.uri} names ${has}`],
  }
}
