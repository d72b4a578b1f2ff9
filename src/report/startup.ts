import type { ContainerDefinition } from '@aws-sdk/client-ecs'
import type { Inputs } from '../inputs.ts'
import type { Startup } from '../model.ts'
import { shownWords } from '../shown-words.ts'

/** What the container will run, a line each, for the log before the launch and for the summary. */
export function startupLines({ entryPoint, command, dropped, workingDirectory, user }: Startup): readonly string[] {
  return [
    `Entry point: ${wordsOf(entryPoint)}`,
    `Command: ${wordsOf(command)}`,
    ...(dropped
      ? [`Dropped, since entrypoint is given without command: the definition's command ${shownWords(dropped)}`]
      : []),
    ...(workingDirectory === undefined ? [] : [`Working directory: ${workingDirectory}`]),
    ...(user === undefined ? [] : [`User: ${user}`]),
  ]
}

function wordsOf(words: readonly string[] | undefined): string {
  if (words === undefined) return "the image's own"
  return words.length === 0 ? 'no arguments' : shownWords(words)
}

/** Where a service's definition says what runs; a server that is known by name is a doubt. */
export function portsRemark(
  { portMappings = [] }: ContainerDefinition,
  { command, entrypoint }: Pick<Inputs, 'command' | 'entrypoint'>,
): string | undefined {
  const ports = portMappings.flatMap(({ containerPort }) => containerPort ?? [])
  if (ports.length === 0 || command !== undefined || entrypoint !== undefined) return undefined
  const which = ports.length === 1 ? `port ${ports[0]}` : `ports ${ports.join(', ')}`
  return `The container publishes ${which}, as a service does, and neither command nor entrypoint is given: make sure that what it runs is the migration.`
}
