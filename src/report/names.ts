/** More than that on one line are counted. */
const MOST_NAMED = 10

/** `a, b, c`; of many the first ten: `a, b, … and 3 more`. */
export function named(names: readonly string[]): string {
  const others = names.length - MOST_NAMED
  return others > 0 ? `${names.slice(0, MOST_NAMED).join(', ')} and ${others} more` : names.join(', ')
}
