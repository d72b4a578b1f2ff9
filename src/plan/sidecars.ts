/** What becomes of the containers beside the one that runs the migration, and why. */
import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs'
import { repositoryOf } from '../image-reference.ts'
import type { Inputs, Sidecars } from '../inputs.ts'
import { type Doubt, Refusal, type Sidecar } from '../model.ts'
import { databaseVariablesOf } from './database-variables.ts'

export type SidecarRequest = Pick<Inputs, 'containerName' | 'imageUri' | 'sidecars' | 'databaseVariable'>

/** Why a container stays or is left out, by its name. */
type Reasons = ReadonlyMap<string, string>

interface JudgedSidecars {
  readonly sidecars: readonly Sidecar[]
  readonly doubts: readonly Doubt[]
}

/**
 * @param chosen the container of `base` that runs the migration
 * @throws Refusal when the input names a container that is not there
 */
export function judgeSidecars(
  base: TaskDefinition,
  chosen: ContainerDefinition,
  request: SidecarRequest,
): JudgedSidecars {
  const containers = base.containerDefinitions ?? []
  const companions = new Companions(containers, chosen, base.proxyConfiguration?.containerName, request)
  const judged = containers
    .filter((container) => container !== chosen)
    .map((container) => ({ container, sidecar: companions.judge(container), isOpen: companions.isOpen(container) }))
  return {
    sidecars: judged.map(({ sidecar }) => sidecar),
    doubts: judged
      .filter(({ sidecar }) => sidecar.fate !== 'left-out')
      .flatMap(({ container, sidecar, isOpen }) => {
        const variables = databaseVariables(container, request.databaseVariable)
        if (isOpen) return [ownImage(container, sidecar, variables)]
        return variables === '' ? [] : [ownDatabase(container, variables)]
      }),
  }
}

function databaseVariables(container: ContainerDefinition, databaseVariable: string): string {
  const { environment = [], secrets = [] } = container
  const same = [...environment, ...secrets].filter(({ name }) => name !== '' && name === databaseVariable)
  return [...new Set([...same.map(({ name = '' }) => name), ...databaseVariablesOf(container)])].join(', ')
}

function ownImage({ name, image }: ContainerDefinition, { because }: Sidecar, variables: string): Doubt {
  return {
    id: 'own-image-sidecar',
    weight: 'refusal',
    code: 'own-image-sidecar',
    reason: `The container ${name} would run beside the migration: ${because}, and it runs the application's own image (${image})${variables === '' ? '' : `, on the database that the definition gives it (${variables})`}.`,
    remedy: `Set the input sidecars to none to leave it out, or to ${name} to keep it.`,
  }
}

/** It works on that one, whatever database this step names. */
function ownDatabase({ name }: ContainerDefinition, variables: string): Doubt {
  return {
    id: 'sidecar-database',
    weight: 'warning',
    code: 'sidecar-database',
    reason: `The container ${name} runs beside the migration and has ${variables} of its own: it works on the database that the definition gives it.`,
    remedy: 'Leave it out with the input sidecars if the migration can do without it.',
  }
}

/** The containers of a definition as the chosen one sees them. */
class Companions {
  private readonly containers: readonly ContainerDefinition[]
  private readonly chosen: ContainerDefinition
  private readonly proxy: string | undefined
  private readonly sidecars: Sidecars
  private readonly ownRepositories: ReadonlySet<string>
  /** What the chosen one needs, of its own image too where that is not decided. */
  private readonly needed: Reasons
  private readonly leftOut: Reasons

  constructor(
    containers: readonly ContainerDefinition[],
    chosen: ContainerDefinition,
    proxy: string | undefined,
    { sidecars, imageUri }: SidecarRequest,
  ) {
    this.containers = containers
    this.chosen = chosen
    this.proxy = proxy
    this.sidecars = sidecars
    this.ownRepositories = new Set([repositoryOf(chosen.image ?? ''), repositoryOf(imageUri)])
    if (typeof sidecars !== 'string') requireKnown(sidecars, containers)
    this.needed = this.closure([chosen])
    this.leftOut = sidecars === 'all' ? new Map() : sidecars === 'auto' ? this.leftOutByRule() : this.leftOutByChoice()
  }

  judge({ name = '', essential }: ContainerDefinition): Sidecar {
    const leftOut = this.leftOut.get(name)
    if (leftOut !== undefined) return { name, fate: 'left-out', because: leftOut }
    if (this.sidecars === 'all') return { name, fate: 'kept', because: 'sidecars is all' }
    const needed = this.needed.get(name)
    if (needed !== undefined) return { name, fate: 'kept', because: needed }
    const because =
      essential === false ? 'not essential' : 'not essential any more, so that it cannot end the migration'
    return { name, fate: 'not-essential', because }
  }

  /** Whether it belongs to the migration is open: it is needed, and it runs the application's image. */
  isOpen(container: ContainerDefinition): boolean {
    return this.sidecars === 'auto' && this.isOwn(container) && this.needed.has(container.name ?? '')
  }

  private isOwn(container: ContainerDefinition): boolean {
    return container !== this.chosen && this.ownRepositories.has(repositoryOf(container.image ?? ''))
  }

  private isNamed({ name = '' }: ContainerDefinition): boolean {
    return typeof this.sidecars !== 'string' && this.sidecars.includes(name)
  }

  /** What these containers need, step by step. Where `sidecars` decides, one of the own image stays only if it is named. */
  private closure(roots: readonly ContainerDefinition[]): Reasons {
    const decided = this.sidecars === 'none' || typeof this.sidecars !== 'string'
    const found = new Map<string, string>()
    const open = [...roots]
    for (let one = open.shift(); one !== undefined; one = open.shift()) {
      for (const [name, because] of this.needsOf(one)) {
        const other = this.containers.find((container) => container.name === name)
        if (other === undefined || other === this.chosen || found.has(name)) continue
        if (decided && this.isOwn(other) && !this.isNamed(other)) continue
        found.set(name, because)
        open.push(other)
      }
    }
    return found
  }

  private needsOf(container: ContainerDefinition): Reasons {
    const { name = '' } = container
    const isChosen = container === this.chosen
    return new Map([
      ...(isChosen ? this.fileSharers().map((other) => [other, `it writes files that ${name} reads`] as const) : []),
      ...(isChosen && this.proxy !== undefined ? [[this.proxy, 'it is the proxy of the task'] as const] : []),
      ...this.routersOf(container).map((router) => [router, `${name} logs by it`] as const),
      ...mounted(container).map((other) => [other, `${name} mounts its volumes`] as const),
      ...waitedFor(container).map((other) => [other, `${name} waits for it`] as const),
    ])
  }

  /** Containers of the own image that mount a volume writable which the chosen one mounts, too. */
  private fileSharers(): readonly string[] {
    const mine = new Set((this.chosen.mountPoints ?? []).map(({ sourceVolume }) => sourceVolume))
    const writes = ({ mountPoints = [] }: ContainerDefinition): boolean =>
      mountPoints.some(({ sourceVolume, readOnly }) => readOnly !== true && mine.has(sourceVolume))
    return this.containers.filter((one) => this.isOwn(one) && writes(one)).map(({ name = '' }) => name)
  }

  private routersOf({ logConfiguration }: ContainerDefinition): readonly string[] {
    if (logConfiguration?.logDriver !== 'awsfirelens') return []
    return this.containers.filter(({ firelensConfiguration }) => firelensConfiguration).map(({ name = '' }) => name)
  }

  /** A log router stays for whatever stays and logs by it. */
  private leftOutByRule(): Reasons {
    const first = this.leftOutBut(new Set())
    const staying = this.containers.filter(({ name = '' }) => !first.has(name))
    const routers = new Set(staying.flatMap((container) => this.routersOf(container)))
    return this.leftOutBut(routers)
  }

  /** The own image's containers, and step by step what starts only after one of those or after the chosen one. */
  private leftOutBut(exempt: ReadonlySet<string>): Reasons {
    const out = new Map<string, string>()
    const candidates = this.containers.filter(
      (one) => one !== this.chosen && !this.needed.has(one.name ?? '') && !exempt.has(one.name ?? ''),
    )
    for (const one of candidates) if (this.isOwn(one)) out.set(one.name ?? '', 'it runs the same image')
    for (let before = -1; before !== out.size; ) {
      before = out.size
      for (const one of candidates.filter(({ name = '' }) => !out.has(name))) {
        const after = [...waitedFor(one), ...mounted(one)].find((name) => name === this.chosen.name || out.has(name))
        if (after !== undefined) out.set(one.name ?? '', `it starts only after ${after}`)
      }
    }
    return out
  }

  private leftOutByChoice(): Reasons {
    const named = this.containers.filter((container) => this.isNamed(container))
    const stay = new Set([...this.needed.keys(), ...this.closure(named).keys(), ...named.map(({ name = '' }) => name)])
    const because = this.sidecars === 'none' ? 'sidecars is none' : 'sidecars does not name it'
    return new Map(
      this.containers
        .filter((container) => container !== this.chosen && !stay.has(container.name ?? ''))
        .map(({ name = '' }) => [name, because]),
    )
  }
}

function waitedFor({ dependsOn = [] }: ContainerDefinition): readonly string[] {
  return dependsOn.map(({ containerName = '' }) => containerName)
}

function mounted({ volumesFrom = [] }: ContainerDefinition): readonly string[] {
  return volumesFrom.map(({ sourceContainer = '' }) => sourceContainer)
}

function requireKnown(wanted: readonly string[], containers: readonly ContainerDefinition[]): void {
  const known = containers.map(({ name = '' }) => name)
  const unknown = wanted.filter((name) => !known.includes(name))
  if (unknown.length === 0) return
  throw new Refusal({
    code: 'sidecar-unknown',
    reason: `The task definition has no container ${unknown.join(', ')}, which the input sidecars names.`,
    remedy: `Set sidecars to auto, all, none, or some of: ${known.join(', ')}.`,
  })
}
