import type { ImageDetail, ImageIdentifier } from '@aws-sdk/client-ecr'
import {
  BatchGetImageCommand,
  DescribeImagesCommand,
  ECRClient,
  paginateDescribePullThroughCacheRules,
} from '@aws-sdk/client-ecr'
import type { EcrRegistry } from '../image-reference.ts'
import { AwsError } from '../model.ts'
import type { EcrImage, Registry } from '../preflight/ports.ts'
import { checked } from './answers.ts'
import { type ClientConfig, call } from './client.ts'
import { MANIFEST_LISTS, platformsOf } from './manifests.ts'
import { allItems } from './pages.ts'

/** The registry may be of another account and Region than the cluster. */
export function createEcr(config: ClientConfig, { account: registryId, region }: EcrRegistry): Registry {
  const client = checked('ecr', new ECRClient({ ...config, region }))
  const ask = <T>(action: string, send: () => Promise<T>) => call(`ecr:${action}`, async () => region, send)
  return {
    image: async ({ repository: repositoryName, tag, digest }, abortSignal) => {
      const command = new DescribeImagesCommand({ registryId, repositoryName, imageIds: [idOf(tag, digest)] })
      try {
        const { imageDetails } = await ask('DescribeImages', () => client.send(command, { abortSignal }))
        return imageOf(imageDetails?.[0])
      } catch (error) {
        return missing(error)
      }
    },
    platforms: ({ repository: repositoryName }, imageDigest, abortSignal) =>
      ask('BatchGetImage', async () => {
        const imageIds = [{ imageDigest }]
        const acceptedMediaTypes = [...MANIFEST_LISTS]
        const command = new BatchGetImageCommand({ registryId, repositoryName, imageIds, acceptedMediaTypes })
        const { images } = await client.send(command, { abortSignal })
        return platformsOf(images?.[0]?.imageManifest ?? '')
      }),
    cacheRules: (abortSignal) =>
      ask('DescribePullThroughCacheRules', () => {
        const pages = paginateDescribePullThroughCacheRules({ client }, { registryId }, { abortSignal })
        return allItems(pages, ({ pullThroughCacheRules: rules = [] }) =>
          rules.map(({ ecrRepositoryPrefix }) => ecrRepositoryPrefix ?? ''),
        )
      }),
  }
}

function idOf(imageTag: string | undefined, imageDigest: string | undefined): ImageIdentifier {
  // With both, the digest decides what is pulled; the tag may have moved on.
  return imageDigest === undefined ? { imageTag } : { imageDigest }
}

function imageOf(detail: ImageDetail | undefined): EcrImage | 'image' {
  if (detail?.imageDigest === undefined) return 'image'
  const isList = MANIFEST_LISTS.some((type) => type === detail.imageManifestMediaType)
  return {
    digest: detail.imageDigest,
    isList,
    ...(detail.imageStatus === undefined ? {} : { status: detail.imageStatus }),
    ...(detail.imageSizeInBytes === undefined ? {} : { bytes: detail.imageSizeInBytes }),
  }
}

function missing(error: unknown): 'image' | 'repository' {
  const code = error instanceof AwsError ? error.facts.code : undefined
  if (code === 'ImageNotFoundException') return 'image'
  if (code === 'RepositoryNotFoundException') return 'repository'
  throw error
}
