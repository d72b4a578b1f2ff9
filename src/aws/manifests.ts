/** Manifests of images for several platforms. */
import type { Platform } from '../preflight/ports.ts'

/** Media types of the two manifests that list others, one for each platform. */
export const MANIFEST_LISTS = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
] as const

/**
 * The platforms that a manifest list offers. Attestations, which BuildKit lists as unknown/unknown, are no platform.
 * @param manifest the JSON text
 * @returns undefined when the text is no manifest list, or an entry names no platform
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
