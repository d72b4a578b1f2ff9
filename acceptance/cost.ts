/** What a run costs at most: list prices of us-east-1 in USD as of 2026; yours may differ. */
interface Item {
  readonly what: string
  readonly usd: number
  readonly per: 'hour' | 'run'
}

/** Fargate: 0.25 vCPU at 0.04048 and 0.5 GB at 0.004445 an hour. */
const TASK_HOUR = 0.25 * 0.04048 + 0.5 * 0.004445

function items(tasks: number): readonly Item[] {
  return [
    { what: 'NAT gateway', usd: 0.045, per: 'hour' },
    { what: 'its public address', usd: 0.005, per: 'hour' },
    { what: 'a secret (0.40 a month)', usd: 0.4 / 730, per: 'hour' },
    { what: `${tasks} tasks of 0.25 vCPU and 0.5 GB, 15 minutes each`, usd: (tasks * TASK_HOUR) / 4, per: 'run' },
    { what: 'images through the NAT gateway, 1 GB at 0.045', usd: 0.045, per: 'run' },
    { what: 'logs, 0.2 GB at 0.50', usd: 0.1, per: 'run' },
  ]
}

/** A run must cost less: a test holds it. */
export const MOST_USD = 2

interface Cost {
  readonly lines: readonly string[]
  readonly total: number
  /** Of what stays where nothing is taken down. */
  readonly hourly: number
}

/** @param hours how long the stacks stand at most; AWS counts hours that have begun */
export function costOf(tasks: number, hours: number): Cost {
  const all = items(tasks)
  const lines = all.map(({ what, usd, per }) =>
    per === 'hour'
      ? `${usdText(usd * hours)}   ${what}, ${usdText(usd)} an hour for ${hours} hours`
      : `${usdText(usd)}   ${what}`,
  )
  const sum = (of: readonly Item[]) => of.reduce((total, { usd, per }) => total + usd * (per === 'hour' ? hours : 1), 0)
  const hourly = all.filter(({ per }) => per === 'hour').reduce((total, { usd }) => total + usd, 0)
  return { lines, total: sum(all), hourly }
}

export const usdText = (usd: number): string => `${usd.toFixed(usd < 0.01 ? 4 : 2)} USD`
