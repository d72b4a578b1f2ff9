import { basename, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The root of the repository, whether this runs as it is or compiled in build/. */
export function repositoryRoot(): string {
  const above = dirname(dirname(fileURLToPath(import.meta.url)))
  return basename(above) === 'build' ? dirname(above) : above
}
