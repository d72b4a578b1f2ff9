/** CPU units to the MiB of memory that Fargate offers with them (ECS developer guide, "Task size"). */
const step = (first: number, last: number, by: number): number[] =>
  Array.from({ length: (last - first) / by + 1 }, (_, index) => first + index * by)

const memoryOf: ReadonlyMap<number, readonly number[]> = new Map([
  [256, [512, 1024, 2048]],
  [512, step(1024, 4096, 1024)],
  [1024, step(2048, 8192, 1024)],
  [2048, step(4096, 16384, 1024)],
  [4096, step(8192, 30720, 1024)],
  [8192, step(16384, 61440, 4096)],
  [16384, step(32768, 122880, 8192)],
])

export const isFargateSize = (cpu: number, memory: number): boolean => memoryOf.get(cpu)?.includes(memory) ?? false

/** `256`, `.25 vCPU` or `1 vcpu` in CPU units; undefined for anything else. */
export function cpuUnits(text: string): number | undefined {
  const [, number, unit] = /^(\d*\.?\d+)\s*(vcpu)?$/i.exec(text.trim()) ?? []
  return number === undefined ? undefined : Number(number) * (unit ? 1024 : 1)
}

/** `512`, `0.5GB` or `1 GB` in MiB; undefined for anything else. */
export function mebibytes(text: string): number | undefined {
  const [, number, unit] = /^(\d*\.?\d+)\s*(gb)?$/i.exec(text.trim()) ?? []
  return number === undefined ? undefined : Number(number) * (unit ? 1024 : 1)
}
