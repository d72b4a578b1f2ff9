/** Middle of the values, the lower of the two where they are even in number; NaN of none. */
export function median(values: readonly number[]): number {
  return sorted(values)[Math.floor((values.length - 1) / 2)] ?? Number.NaN
}

export function worst(values: readonly number[]): number {
  return sorted(values).at(-1) ?? Number.NaN
}

function sorted(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b)
}

/** Seconds of milliseconds, to be read: `0.43 s`, `12.1 s`, `4 min 10 s`. */
export function seconds(ms: number): string {
  const value = ms / 1_000
  if (!Number.isFinite(value)) return 'not measured'
  if (value < 10) return `${value.toFixed(2)} s`
  if (value < 120) return `${value.toFixed(1)} s`
  return `${Math.floor(value / 60)} min ${Math.round(value % 60)} s`
}

export function milliseconds(ms: number): string {
  return Number.isFinite(ms) ? `${Math.round(ms)} ms` : 'not measured'
}

export function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 1024 ** 2)} MiB`
}
