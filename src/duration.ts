/** Seconds as a person says them: `0.4 s`, `42 s`, `3 min 5 s`, `1 h 2 min`. */
export function spoken(seconds: number): string {
  if (seconds < 9.95) return `${Number(seconds.toFixed(1))} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return whole % 60 === 0 ? `${minutes} min` : `${minutes} min ${whole % 60} s`
  const rest = Math.round(whole / 60) % 60
  const hours = Math.floor(Math.round(whole / 60) / 60)
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`
}

/** `12:05:30 UTC` */
export function timeOfDay(date: Date): string {
  return `${date.toISOString().slice(11, 19)} UTC`
}

/** `2026-01-02T12:03Z` */
export function toTheMinute(date: Date): string {
  return `${date.toISOString().slice(0, 16)}Z`
}
