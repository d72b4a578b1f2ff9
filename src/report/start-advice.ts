import { spoken } from '../duration.ts'
import type { ReportRow } from './row.ts'
import { timingsOf } from './timeline.ts'

/** What affects how long a start takes, as far as it is known. */
export interface StartFacts {
  /** As ECR has it, compressed. */
  readonly imageBytes?: number | undefined
  /** CPU units of the task. */
  readonly cpu?: string | undefined
  readonly subnets?: number | undefined
}

const LEAST_SECONDS = 60

/**
 * What would shorten the starts, where one phase before the container took more than half of all the time and a minute
 * at least (docs/platform-facts.md#start-time).
 * @returns undefined where none did
 */
export function startAdvice(rows: readonly ReportRow[], facts: StartFacts): string | undefined {
  // What never ran has a cause of its own.
  const timings = rows
    .filter(({ record }) => record.task?.startedAt !== undefined)
    .map(({ record }) => timingsOf(record))
  const all = sum(timings.map(({ total }) => total))
  const pull = sum(timings.map((one) => one.pull))
  const provision = sum(timings.map((one) => one.provision))
  const most = Math.max(pull, provision)
  if (most < LEAST_SECONDS || most * 2 <= all) return undefined
  const share = `${spoken(most)} of ${spoken(all)}${timings.length > 1 ? `, all ${timings.length} tasks together` : ''}`
  return pull > provision ? pullAdvice(share, facts) : provisionAdvice(share, facts)
}

function pullAdvice(share: string, { imageBytes, cpu }: StartFacts): string {
  const size = imageBytes === undefined ? '' : `, which has ${sizeOf(imageBytes)} compressed`
  const faster =
    cpu === undefined
      ? ''
      : ` With more than the ${cpu} CPU units of this task (input cpu) it may also be unpacked faster.`
  return `Image and secrets took ${share}. Fargate fetches the whole image for every task${size}: make it smaller, keep it in ECR in the Region of the cluster, compress it with zstd, or add a SOCI index.${faster}`
}

function provisionAdvice(share: string, { subnets }: StartFacts): string {
  const now = subnets === undefined ? '' : ` (now ${subnets})`
  return `Until Fargate had a place and a network interface for the task it took ${share}. More subnets${now} in other Availability Zones give it more choice.`
}

function sum(seconds: readonly (number | undefined)[]): number {
  return seconds.reduce<number>((total, one) => total + (one ?? 0), 0)
}

/** `850 MB`, `1.4 GB` */
function sizeOf(count: number): string {
  return count < 1e9 ? `${Math.ceil(count / 1e6)} MB` : `${(count / 1e9).toFixed(1)} GB`
}
