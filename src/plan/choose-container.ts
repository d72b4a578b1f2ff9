import type { ContainerDefinition } from '@aws-sdk/client-ecs'
import { repositoryOf } from '../image-reference.ts'
import type { Inputs } from '../inputs.ts'
import { type Doubt, Refusal } from '../model.ts'

interface Choice {
  readonly container: ContainerDefinition
  readonly doubts: readonly Doubt[]
}

/**
 * The container whose image, variables, log and exit code count: the named one, else the one of the image's
 * repository, else the only essential one.
 * @throws Refusal when there is none, or several
 */
export function chooseContainer(
  containers: readonly ContainerDefinition[],
  wanted: Pick<Inputs, 'containerName' | 'imageUri'>,
): Choice {
  if (wanted.containerName !== undefined) return { container: named(containers, wanted.containerName), doubts: [] }
  const repository = repositoryOf(wanted.imageUri)
  const candidates = containers.filter(({ image }) => repositoryOf(image ?? '') === repository)
  const [first] = candidates
  if (first !== undefined && candidates.length === 1) return { container: first, doubts: [] }
  if (first !== undefined) return { container: onlyEssential(candidates, `containers of ${repository}`), doubts: [] }
  const container = onlyEssential(containers, 'containers, none of them of the repository of image-uri')
  return { container, doubts: [otherRepository(container, wanted.imageUri)] }
}

/** ECS takes a container for essential where nothing is said. */
export function isEssential({ essential }: ContainerDefinition): boolean {
  return essential !== false
}

function named(containers: readonly ContainerDefinition[], name: string): ContainerDefinition {
  const chosen = containers.find((container) => container.name === name)
  if (chosen !== undefined) return chosen
  throw new Refusal({
    code: 'container-unknown',
    reason: `The task definition has no container "${name}".`,
    remedy: `Set the input container-name to one of: ${names(containers)}.`,
  })
}

function onlyEssential(containers: readonly ContainerDefinition[], which: string): ContainerDefinition {
  const essential = containers.filter(isEssential)
  const [only] = essential
  if (only !== undefined && essential.length === 1) return only
  throw new Refusal({
    code: 'container-ambiguous',
    reason: `Of the ${which} (${names(containers)}) ${essential.length === 0 ? 'none is essential' : `${essential.length} are essential`}, so it is open which one runs the migration.`,
    remedy: 'Name it in the input container-name.',
  })
}

function otherRepository({ name, image }: ContainerDefinition, imageUri: string): Doubt {
  return {
    id: 'other-repository',
    weight: 'warning',
    code: 'other-repository',
    reason: `No container of the task definition has an image of ${repositoryOf(imageUri)}: ${name}, the only essential one, gets it instead of ${image}.`,
    remedy: `Set container-name to ${name} if that is meant.`,
  }
}

function names(containers: readonly ContainerDefinition[]): string {
  return containers.map(({ name }) => name ?? '(no name)').join(', ') || 'none'
}
