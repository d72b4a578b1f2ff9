/**
 * AWS's documented request rates as token buckets, per account and region: burst, and tokens a second
 * (docs/platform-facts.md#rates, docs/platform-facts.md#log-rates). Operations of one row share a bucket; an operation may
 * draw from several.
 */
import type { Clock } from './clock.ts'
import type { Call } from './service.ts'

interface Bucket {
  readonly operations: readonly string[]
  readonly burst: number
  readonly perSecond: number
}

const slowLogRegions = [
  'us-west-2',
  'eu-west-1',
  'eu-central-1',
  'ap-northeast-3',
  'ap-southeast-3',
  'ca-west-1',
  'il-central-1',
]

const ecs: readonly Bucket[] = [
  { operations: ['RegisterTaskDefinition', 'DeregisterTaskDefinition'], burst: 20, perSecond: 1 },
  { operations: ['DescribeTaskDefinition', 'ListTaskDefinitions'], burst: 50, perSecond: 20 },
  { operations: ['RunTask', 'StopTask'], burst: 100, perSecond: 40 },
  { operations: ['RunTask'], burst: 20, perSecond: 20 },
  { operations: ['DescribeTasks', 'ListTasks'], burst: 100, perSecond: 20 },
  { operations: ['DescribeClusters'], burst: 50, perSecond: 20 },
]

/** Of GetLogEvents, the only operation of CloudWatch Logs that is counted. */
function logs(region: string): readonly Bucket[] {
  const reads = slowLogRegions.includes(region) ? 10 : region === 'eu-west-3' ? 30 : 25
  return [{ operations: ['GetLogEvents'], burst: reads, perSecond: reads }]
}

/** @returns whether the account's rates still allow this call; counts it if so */
export function createRates(clock: Clock): (call: Call) => boolean {
  const levels = new Map<Bucket, { tokens: number; at: number }>()
  const byRegion = new Map<string, readonly Bucket[]>()

  const bucketsOf = (call: Call): readonly Bucket[] => {
    if (call.service === 'ecs') return ecs
    if (call.service !== 'logs') return []
    const known = byRegion.get(call.region) ?? logs(call.region)
    byRegion.set(call.region, known)
    return known
  }
  const level = (bucket: Bucket) => {
    const now = clock.now()
    const last = levels.get(bucket) ?? { tokens: bucket.burst, at: now }
    const tokens = Math.min(bucket.burst, last.tokens + ((now - last.at) / 1000) * bucket.perSecond)
    const current = { tokens, at: now }
    levels.set(bucket, current)
    return current
  }
  return (call) => {
    const touched = bucketsOf(call)
      .filter((bucket) => bucket.operations.includes(call.operation))
      .map(level)
    if (touched.some(({ tokens }) => tokens < 1)) return false
    for (const current of touched) current.tokens -= 1
    return true
  }
}
