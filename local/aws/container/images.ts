import { createHash } from 'node:crypto'
import type { Image } from '../options.ts'

/** Why an image cannot be pulled, in AWS's words (docs/platform-facts.md#stop-reasons). */
export class CannotPull extends Error {}

export interface PulledImage {
  readonly image: Image
  readonly digest: string
}

/**
 * The image that an URI names: by the exact URI, by its name with any tag, or by the digest of an image of that
 * name.
 *
 * @throws CannotPull where a registry would not find it, or the platform does not fit
 */
export function pullImage(
  uri: string,
  images: Readonly<Record<string, Image>>,
  architecture: 'X86_64' | 'ARM64',
): PulledImage {
  const found = findImage(uri, images)
  if (!found)
    throw new CannotPull(
      'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ' +
        `${uri}: ${uri}: not found`,
    )
  if ((found.image.architecture ?? 'X86_64') !== architecture)
    throw new CannotPull(
      'CannotPullContainerError: pull image manifest has been retried 7 time(s): image Manifest does not contain ' +
        `descriptor matching platform 'linux/${architecture === 'ARM64' ? 'arm64' : 'amd64'}'`,
    )
  return found
}

function findImage(uri: string, images: Readonly<Record<string, Image>>): PulledImage | undefined {
  const { name, digest } = splitUri(uri)
  const exact = images[uri]
  if (exact) return { image: exact, digest: digest ?? digestOf(uri, exact) }
  if (digest === undefined) return images[name] && { image: images[name], digest: digestOf(uri, images[name]) }
  const match = Object.entries(images).find(([key, image]) => splitUri(key).name === name && holds(key, image, digest))
  return match && { image: match[1], digest }
}

/** Whether an image answers to a digest; one that is named without tag and digest answers to any. */
function holds(key: string, image: Image, digest: string): boolean {
  if (digestOf(key, image) === digest) return true
  return image.digest === undefined && splitUri(key).tag === undefined
}

/** The name is all before the tag or digest; a port of a registry is no tag. */
export function splitUri(uri: string): { name: string; tag?: string; digest?: string } {
  const [withoutDigest = '', digest] = uri.split('@')
  const [, name = '', tag] = /^(.*?)(?::([^:/]+))?$/.exec(withoutDigest) ?? []
  return { name, ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) }
}

/** The digest of an image that is listed, or asked for, under an URI. */
const digestOf = (uri: string, image: Image): string =>
  image.digest ?? `sha256:${createHash('sha256').update(uri).digest('hex')}`
