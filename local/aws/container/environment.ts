/** What a container's process is given: exactly image, definition, overrides, secrets and Fargate's own. */
import path from 'node:path'
import type { ContainerDefinition, ContainerOverride } from '@aws-sdk/client-ecs'
import type { Image } from '../options.ts'

const usualPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

interface EnvironmentSources {
  readonly image: Image
  readonly definition: ContainerDefinition
  readonly override: ContainerOverride | undefined
  /** Secrets by variable name, read already. */
  readonly secrets: Readonly<Record<string, string>>
  readonly region: string
  readonly taskId: string
  /** Base of the task metadata endpoint. */
  readonly metadataUrl: string
}

/** Later sources win: image, Fargate, definition, overrides; a secret never shares a name with a variable. */
export function containerEnvironment(sources: EnvironmentSources): Record<string, string> {
  const { image, definition, override, secrets, region, taskId, metadataUrl } = sources
  return {
    PATH: `${path.dirname(process.execPath)}:${usualPath}`,
    HOME: image.folder,
    HOSTNAME: `ip-10-0-0-${(Number.parseInt(taskId.slice(0, 2), 16) % 250) + 4}.${region}.compute.internal`,
    ...image.environment,
    AWS_EXECUTION_ENV: 'AWS_ECS_FARGATE',
    AWS_DEFAULT_REGION: region,
    AWS_REGION: region,
    ECS_CONTAINER_METADATA_URI: metadataUrl,
    ECS_CONTAINER_METADATA_URI_V4: metadataUrl,
    ...byName(definition.environment),
    ...byName(override?.environment),
    ...secrets,
  }
}

const byName = (variables: ContainerDefinition['environment'] = []): Record<string, string> =>
  Object.fromEntries(variables.map(({ name = '', value = '' }) => [name, value]))

/** ENTRYPOINT and CMD as container runtimes combine them: an entry point of one's own drops the image's command. */
export function containerCommand(
  image: Image,
  definition: ContainerDefinition,
  override: ContainerOverride | undefined,
): string[] {
  const ownEntryPoint = definition.entryPoint?.length ? definition.entryPoint : undefined
  const ownCommand = [override?.command, definition.command].find((command) => command?.length)
  return [...(ownEntryPoint ?? image.entryPoint ?? []), ...(ownCommand ?? (ownEntryPoint ? [] : (image.command ?? [])))]
}
