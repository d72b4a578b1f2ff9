/** What ECR says about the image: asked once, for the clone and for the checks alike. */
import type { EcrRegistry, ImageReference } from '../image-reference.ts'
import { type Deadline, raced } from './deadline.ts'
import type { Gaps } from './gaps.ts'
import type { ImageLookup } from './image.ts'
import type { EcrImage, Lookups, Platform } from './ports.ts'

type ImageInEcr = ImageReference & { readonly ecr: EcrRegistry }

export function isInEcr(image: ImageReference | undefined): image is ImageInEcr {
  return image?.ecr !== undefined
}

export interface ImageSource {
  /** Looked up once, by the signal of the first call. */
  readonly image: (image: ImageInEcr, signal: AbortSignal) => Promise<EcrImage | 'image' | 'repository'>
  readonly platforms: (
    image: ImageInEcr,
    digest: string,
    signal: AbortSignal,
  ) => Promise<readonly Platform[] | undefined>
  /** Prefixes of a registry's cache rules. Never rejects but by its signal. */
  readonly cachePrefixes: (registry: EcrRegistry, signal: AbortSignal) => Promise<readonly string[]>
}

/** Prefixes that ECR's console proposes for a cache rule; enough for a doubt where the rules may not be read. */
const USUAL_CACHE_PREFIXES = ['docker-hub', 'ecr-public', 'quay', 'kubernetes', 'github', 'gitlab', 'chainguard']

export function imageSource({ registry }: Pick<Lookups, 'registry'>): ImageSource {
  return {
    image: memoised((image: ImageInEcr, signal: AbortSignal) =>
      raced(registry(image.ecr).image(image, signal), signal),
    ),
    platforms: (image, digest, signal) => registry(image.ecr).platforms(image, digest, signal),
    cachePrefixes: memoised((of: EcrRegistry, signal: AbortSignal) =>
      raced(registry(of).cacheRules(signal), signal).catch((error) => {
        if (signal.aborted) throw error
        return USUAL_CACHE_PREFIXES
      }),
    ),
  }
}

/** @returns undefined where ECR does not say, and where a pull by tag refreshes a cached image */
export async function resolvedDigest(
  image: ImageInEcr,
  source: ImageSource,
  limit: Deadline,
): Promise<string | undefined> {
  const answers = Promise.all([source.image(image, limit.signal), source.cachePrefixes(image.ecr, limit.signal)])
  const [found, prefixes] = await limit.race(answers)
  return typeof found === 'object' && cacheRule(image, prefixes) === undefined ? found.digest : undefined
}

interface Looking {
  readonly images: ImageSource
  readonly limit: Deadline
  readonly gaps: Gaps
}

/** @returns undefined where it could not be looked up, which `gaps` keeps */
export async function describeImage(
  image: ImageInEcr,
  { images, limit, gaps }: Looking,
): Promise<ImageLookup | undefined> {
  const { signal } = limit
  const found = await gaps.note('the image', limit.race(images.image(image, signal)))
  if (found === undefined) return undefined
  if (typeof found === 'string') return absentImage(image, found, images, limit)
  const platforms = found.isList
    ? await gaps.note("the image's architecture", limit.race(images.platforms(image, found.digest, signal)))
    : undefined
  return {
    found: true,
    digest: found.digest,
    ...(found.status === undefined ? {} : { status: found.status }),
    ...(found.bytes === undefined ? {} : { bytes: found.bytes }),
    ...(platforms === undefined ? {} : { platforms }),
  }
}

/** A cache rule makes the repository and fetches the image at the first pull, so that not being there proves nothing. */
async function absentImage(
  image: ImageInEcr,
  missing: 'image' | 'repository',
  { cachePrefixes }: ImageSource,
  limit: Deadline,
): Promise<ImageLookup> {
  const prefixes = await limit.race(cachePrefixes(image.ecr, limit.signal)).catch(() => USUAL_CACHE_PREFIXES)
  const rule = cacheRule(image, prefixes)
  return { found: false, missing, ...(rule === undefined ? {} : { cacheRule: rule }) }
}

/** The rule under which a repository is a cache of another registry; ROOT is one for all. */
function cacheRule({ repository }: ImageInEcr, prefixes: readonly string[]): string | undefined {
  return prefixes.find((prefix) => prefix === 'ROOT' || repository.startsWith(`${prefix}/`))
}

/** One answer for each thing asked, however often it is asked. A failure is not kept: the next call asks again. */
function memoised<K extends object, T>(
  ask: (key: K, signal: AbortSignal) => Promise<T>,
): (key: K, signal: AbortSignal) => Promise<T> {
  const asked = new Map<string, Promise<T>>()
  return (key, signal) => {
    const text = JSON.stringify(key)
    const known = asked.get(text)
    if (known !== undefined) return known
    const promise = ask(key, signal)
    asked.set(text, promise)
    promise.catch(() => asked.delete(text))
    return promise
  }
}
