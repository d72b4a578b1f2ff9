/** ECR as the preflight needs it: which image a tag stands for, and what it was built for. */
import { createHash } from 'node:crypto'
import { awsJson } from './aws-json.ts'
import { CannotPull, pullImage, splitUri } from './container/images.ts'
import type { Image } from './options.ts'
import { type Call, type Service, ServiceError } from './service.ts'

interface EcrImage {
  readonly tags?: readonly string[]
  /** Made from repository and tags when absent. */
  readonly digest?: string
  /** `linux/amd64`: makes it a manifest list. */
  readonly platforms?: readonly string[]
  /** `ACTIVE` when absent. */
  readonly status?: 'ACTIVE' | 'ARCHIVED' | 'ACTIVATING'
  /** 50 MB when absent. */
  readonly bytes?: number
}

export interface EcrRegistry {
  /** `123456789012` when absent. */
  readonly account?: string
  /** Where absent, in every region. */
  readonly region?: string
  readonly repositories?: Readonly<Record<string, readonly EcrImage[]>>
  /** The local AWS's own images by URI: what its tasks can pull is also what is described. */
  readonly images?: Readonly<Record<string, Image>>
  /** Prefixes of pull-through cache rules; `ROOT` fits every repository. */
  readonly cacheRules?: readonly string[]
}

const indexType = 'application/vnd.oci.image.index.v1+json'
const imageType = 'application/vnd.oci.image.manifest.v1+json'

interface ImageId {
  readonly imageTag?: string
  readonly imageDigest?: string
}

interface ImagesInput {
  readonly registryId?: string
  readonly repositoryName?: string
  readonly imageIds?: readonly ImageId[]
}

/** The digest that an image has where the world gives none. */
function digestOf(repository: string, image: EcrImage): string {
  const text = `${repository} ${(image.tags ?? []).join(' ')}`
  return image.digest ?? `sha256:${createHash('sha256').update(text).digest('hex')}`
}

/** One repository, as a call names it. */
interface Repository {
  readonly name: string
  readonly account: string
  /** `ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME` */
  readonly uri: string
  readonly listed: readonly EcrImage[]
  readonly images: Readonly<Record<string, Image>>
}

function repositoryOf(registry: EcrRegistry, call: Call): Repository {
  const { account = '123456789012', region = call.region, repositories = {}, images = {} } = registry
  const { registryId = account, repositoryName: name = '' } = call.input as ImagesInput
  const uri = `${registryId}.dkr.ecr.${call.region}.amazonaws.com/${name}`
  const isHere = registryId === account && region === call.region
  const listed = isHere ? repositories[name] : undefined
  if (listed || Object.keys(images).some((key) => splitUri(key).name === uri)) {
    return { name, account: registryId, uri, listed: listed ?? [], images }
  }
  throw new ServiceError(
    'RepositoryNotFoundException',
    `The repository with name '${name}' does not exist in the registry with id '${registryId}'`,
  )
}

function find({ name, uri, listed, images }: Repository, { imageTag, imageDigest }: ImageId): EcrImage | undefined {
  const found = listed.find(
    (one) =>
      (imageTag === undefined || one.tags?.includes(imageTag)) &&
      (imageDigest === undefined || digestOf(name, one) === imageDigest),
  )
  return found ?? pullable(imageDigest === undefined ? `${uri}:${imageTag}` : `${uri}@${imageDigest}`, images)
}

/** The image that a task would pull; what it was built for is seen by who pulls it, not by who asks. */
function pullable(uri: string, images: Readonly<Record<string, Image>>): EcrImage | undefined {
  for (const architecture of ['X86_64', 'ARM64'] as const) {
    try {
      const { digest } = pullImage(uri, images, architecture)
      const { tag } = splitUri(uri)
      return { digest, ...(tag === undefined ? {} : { tags: [tag] }) }
    } catch (error) {
      if (!(error instanceof CannotPull)) throw error
    }
  }
  return undefined
}

function describeImages(registry: EcrRegistry, call: Call): unknown {
  const repository = repositoryOf(registry, call)
  const { imageIds } = call.input as ImagesInput
  const asked = imageIds?.map((id) => find(repository, id) ?? noImage(repository, id))
  return { imageDetails: (asked ?? repository.listed).map((image) => detailOf(repository, image)) }
}

function noImage({ name, account }: Repository, { imageDigest, imageTag }: ImageId): never {
  const shown = `{imageDigest:'${imageDigest ?? 'null'}', imageTag:'${imageTag ?? 'null'}'}`
  throw new ServiceError(
    'ImageNotFoundException',
    `The image with imageId ${shown} does not exist within the repository with name '${name}' in the registry with id '${account}'`,
  )
}

function detailOf({ name, account }: Repository, image: EcrImage): unknown {
  return {
    registryId: account,
    repositoryName: name,
    imageDigest: digestOf(name, image),
    ...(image.tags ? { imageTags: image.tags } : {}),
    imageManifestMediaType: image.platforms ? indexType : imageType,
    imageStatus: image.status ?? 'ACTIVE',
    imageSizeInBytes: image.bytes ?? 50_000_000,
  }
}

function batchGetImage(registry: EcrRegistry, call: Call): unknown {
  const repository = repositoryOf(registry, call)
  const { imageIds = [] } = call.input as ImagesInput
  const found = imageIds.map((id) => ({ id, image: find(repository, id) }))
  return {
    images: found.flatMap(({ image }) => (image ? [manifestOf(repository, image)] : [])),
    failures: found.flatMap(({ id, image }) =>
      image ? [] : [{ imageId: id, failureCode: 'ImageNotFound', failureReason: 'Requested image not found' }],
    ),
  }
}

function manifestOf({ name, account }: Repository, image: EcrImage): unknown {
  const mediaType = image.platforms ? indexType : imageType
  const manifests = image.platforms?.map((text) => {
    const [os, architecture] = text.split('/')
    return { mediaType: imageType, digest: digestOf(text, image), size: 1000, platform: { os, architecture } }
  })
  return {
    registryId: account,
    repositoryName: name,
    imageId: { imageDigest: digestOf(name, image) },
    imageManifestMediaType: mediaType,
    imageManifest: JSON.stringify({ schemaVersion: 2, mediaType, ...(manifests ? { manifests } : { layers: [] }) }),
  }
}

function describeCacheRules({ cacheRules = [] }: EcrRegistry): unknown {
  return {
    pullThroughCacheRules: cacheRules.map((prefix) => ({
      ecrRepositoryPrefix: prefix,
      upstreamRegistryUrl: 'public.ecr.aws',
    })),
  }
}

const operations: Readonly<Record<string, (registry: EcrRegistry, call: Call) => unknown>> = {
  DescribeImages: describeImages,
  BatchGetImage: batchGetImage,
  DescribePullThroughCacheRules: describeCacheRules,
}

/** @param registry asked at every call, so that a test may change it in between */
export function ecr(registry: () => EcrRegistry): Service {
  return {
    name: 'ecr',
    ...awsJson('AmazonEC2ContainerRegistry_V20150921'),
    answer(call) {
      const work = operations[call.operation]
      if (work) return work(registry(), call)
      throw new ServiceError('UnknownOperationException', `The local AWS does not serve ecr:${call.operation}.`)
    },
  }
}
