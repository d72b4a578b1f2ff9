/** What one DescribeTasks accepts. */
const MOST_AT_ONCE = 100

/** ARNs of tasks, as many at a time as DescribeTasks takes. */
export function* batches(taskArns: readonly string[]): Generator<readonly string[], void, undefined> {
  for (let at = 0; at < taskArns.length; at += MOST_AT_ONCE) yield taskArns.slice(at, at + MOST_AT_ONCE)
}
