import type { Tag } from '@aws-sdk/client-ecs'
import { invalidParameter } from './refusals.ts'

/** Refuses what ECS refuses beyond the service model's lengths and characters. */
export function checkTags(tags: readonly Tag[] | undefined): void {
  if (!tags) return
  const keys = tags.map(({ key }) => key)
  if (keys.some((key) => key === undefined)) throw invalidParameter('Tag key can not be null.')
  if (keys.some((key) => /^aws:/i.test(key ?? '')))
    throw invalidParameter('Tag keys and values can not start with the reserved prefix "aws:".')
  if (tags.some(({ value }) => /^aws:/i.test(value ?? '')))
    throw invalidParameter('Tag keys and values can not start with the reserved prefix "aws:".')
  if (new Set(keys).size < keys.length) throw invalidParameter('Duplicate tag keys found. Tag keys must be unique.')
}

/** Later tags replace earlier ones of the same key. */
export function mergeTags(...lists: readonly (readonly Tag[])[]): Tag[] {
  return [...new Map(lists.flat().map((tag) => [tag.key, tag])).values()]
}
