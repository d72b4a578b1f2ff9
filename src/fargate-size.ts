/** CPU and memory that Fargate offers together: ECS developer guide, "Task size". */
const MEMORY_OF_CPU: ReadonlyMap<number, readonly number[]> = new Map([
  [256, [512, 1024, 2048]],
  [512, steps(1024, 4096, 1024)],
  [1024, steps(2048, 8192, 1024)],
  [2048, steps(4096, 16384, 1024)],
  [4096, steps(8192, 30720, 1024)],
  [8192, steps(16384, 61440, 4096)],
  [16384, steps(32768, 122880, 8192)],
])

export const FARGATE_CPUS: readonly number[] = [...MEMORY_OF_CPU.keys()]

function steps(first: number, last: number, by: number): readonly number[] {
  return Array.from({ length: (last - first) / by + 1 }, (_, index) => first + index * by)
}

/** @returns CPU units of `1024`, `1 vCPU` or `.25 vcpu`; undefined for anything else */
export function cpuUnits(text: string): number | undefined {
  return amount(text, /^(\d*\.?\d+)\s*(vcpu)?$/i)
}

/** @returns MiB of `2048`, `2 GB` or `0.5GB`; undefined for anything else */
export function mebibytes(text: string): number | undefined {
  return amount(text, /^(\d*\.?\d+)\s*(gb)?$/i)
}

function amount(text: string, pattern: RegExp): number | undefined {
  const [, number, unit] = pattern.exec(text.trim()) ?? []
  return number === undefined ? undefined : Number(number) * (unit === undefined ? 1 : 1024)
}

/**
 * @param cpu in CPU units
 * @param memory in MiB
 */
export function isFargateSize(cpu: number, memory: number): boolean {
  return MEMORY_OF_CPU.get(cpu)?.includes(memory) ?? false
}

/** What Fargate accepts beside so many CPU units, in words: `512, 1024 or 2048 MiB`. */
export function memoryFor(cpu: number): string {
  const accepted = MEMORY_OF_CPU.get(cpu)
  if (accepted === undefined) return `nothing: cpu is ${FARGATE_CPUS.join(', ')}`
  const [first = 0, second = 0] = accepted
  const last = accepted.at(-1) ?? 0
  return accepted.length === 3 ? `${accepted.join(', ')} MiB` : `${first} to ${last} MiB in steps of ${second - first}`
}
