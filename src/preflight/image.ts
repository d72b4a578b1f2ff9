import type { RuntimePlatform } from '@aws-sdk/client-ecs'
import type { ImageReference } from '../image-reference.ts'
import type { Problem } from '../model.ts'
import { type Judgement, NOTHING_WRONG } from './judgement.ts'
import type { Platform } from './ports.ts'

/** What ECR said about an image. */
export type ImageLookup =
  | {
      readonly found: true
      readonly digest: string
      /** ECR's imageStatus: `ACTIVE`, `ARCHIVED`, `ACTIVATING`. */
      readonly status?: string
      readonly bytes?: number
      /** Of a manifest list; absent where the image has none, or it was not read. */
      readonly platforms?: readonly Platform[]
    }
  | {
      readonly found: false
      readonly missing: 'image' | 'repository'
      /** Prefix of the pull-through cache rule that would fetch it at its first pull. */
      readonly cacheRule?: string
    }

/** What ECS looks for in a manifest list: by default linux/amd64. */
export function wantedPlatform(runtime: RuntimePlatform | undefined): Platform {
  return {
    os: runtime?.operatingSystemFamily?.startsWith('WINDOWS') ? 'windows' : 'linux',
    architecture: runtime?.cpuArchitecture === 'ARM64' ? 'arm64' : 'amd64',
  }
}

/**
 * Judges what ECR said about the image that the migration is to run.
 * @param runtime the task definition's runtimePlatform
 */
export function judgeImage(
  image: ImageReference,
  lookup: ImageLookup,
  runtime: RuntimePlatform | undefined,
): Judgement {
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
  return NOTHING_WRONG
}

/** The line that says why nothing is known of an image outside ECR. */
export function uncheckedImage(image: ImageReference): string {
  return `Image ${image.uri} is in ${image.registry}: only images in Amazon ECR are looked up, so whether it exists was not checked.`
}

function refused(problem: Problem): Judgement {
  return { refusals: [problem], warnings: [] }
}

function place({ ecr }: ImageReference): string {
  return `account ${ecr?.account}, Region ${ecr?.region}`
}

function noRepository(image: ImageReference): Problem {
  return {
    code: 'image-repository-not-found',
    reason: `There is no ECR repository ${image.repository} in ${place(image)}, so the image ${image.uri} cannot be pulled.`,
    remedy:
      'Check account, Region and repository in image-uri; create the repository and push the image if they are right.',
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
  const byDigest = image.digest !== undefined
  return {
    code: 'image-not-cached-yet',
    reason: byDigest
      ? `The image ${image.uri} is not in ECR yet, and a pull by digest most likely does not make the pull-through cache rule ${rule} fetch it.`
      : `The image ${image.uri} is not in ECR yet: the pull-through cache rule ${rule} fetches it at its first pull, so whether it exists upstream is not known.`,
    remedy: byDigest
      ? `Pull it once by its tag (docker pull ${image.name}:TAG), which caches it, or give the tag in image-uri.`
      : 'Nothing, if the upstream registry has it and the execution role may ecr:BatchImportUpstreamImage and ecr:CreateRepository. ' +
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
