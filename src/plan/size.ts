import type { ContainerDefinition, RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs'
import { cpuUnits, isFargateSize, mebibytes, memoryFor } from '../fargate-size.ts'
import type { Inputs } from '../inputs.ts'
import { Refusal } from '../model.ts'

export type WantedSize = Pick<Inputs, 'cpu' | 'memory'>

/**
 * The clone with another size. The chosen container's own limits go: they were made for the old size.
 * @throws Refusal when Fargate has no such size, or when the other containers reserve more than it
 */
export function resized(
  clone: RegisterTaskDefinitionCommandInput,
  chosen: string,
  wanted: WantedSize,
): RegisterTaskDefinitionCommandInput {
  if (wanted.cpu === undefined && wanted.memory === undefined) return clone
  const cpu = wanted.cpu ?? cpuUnits(clone.cpu ?? '') ?? 0
  const memory = wanted.memory ?? mebibytes(clone.memory ?? '') ?? 0
  if (!isFargateSize(cpu, memory)) throw noSuchSize(wanted, cpu, memory)
  const containers = (clone.containerDefinitions ?? []).map((container) =>
    container.name === chosen ? withoutLimits(container) : container,
  )
  requireRoom(
    containers.filter(({ name }) => name !== chosen),
    cpu,
    memory,
  )
  return { ...clone, cpu: String(cpu), memory: String(memory), containerDefinitions: containers }
}

function withoutLimits({ cpu: _, memory: __, memoryReservation: ___, ...container }: ContainerDefinition) {
  return container
}

function noSuchSize(wanted: WantedSize, cpu: number, memory: number): Refusal {
  const whose = (given: number | undefined): string => (given === undefined ? "the definition's " : '')
  return new Refusal({
    code: 'size-not-on-fargate',
    reason: `Fargate has no task of ${whose(wanted.cpu)}${cpu} CPU units and ${whose(wanted.memory)}${memory} MiB.`,
    remedy: `With cpu ${cpu}, memory is ${memoryFor(cpu)}. Set the inputs cpu and memory to a pair that Fargate offers.`,
  })
}

/** ECS counts a container's reservation, or its limit where it has none. */
function requireRoom(others: readonly ContainerDefinition[], cpu: number, memory: number): void {
  const sum = (of: (container: ContainerDefinition) => number) => others.reduce((total, one) => total + of(one), 0)
  const wantsCpu = sum((one) => one.cpu ?? 0)
  const wantsMemory = sum((one) => one.memoryReservation ?? one.memory ?? 0)
  const largest = Math.max(0, ...others.map((one) => one.memory ?? 0))
  if (wantsCpu <= cpu && wantsMemory < memory && largest <= memory) return
  const names = others.map(({ name }) => name).join(', ')
  throw new Refusal({
    code: 'size-too-small',
    reason: `A task of ${cpu} CPU units and ${memory} MiB has no room: the other containers (${names}) reserve ${wantsCpu} CPU units and ${Math.max(wantsMemory, largest)} MiB of it.`,
    remedy: 'Raise the inputs cpu and memory, or leave containers out with the input sidecars.',
  })
}
