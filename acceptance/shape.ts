/** Whether what local/ answers has the shape of what AWS answered: members, codes, messages, the order of states. */
import type { Scrubbed } from './scrub.ts'

/** Scrubbed exchanges by story. */
export type Recording = Readonly<Record<string, readonly Scrubbed[]>>

type Members = Readonly<Record<string, unknown>>

/** What local/ answers and AWS did not, a line each. Operations and codes that AWS was never asked for say nothing. */
export function differences(local: Recording, aws: Recording): readonly string[] {
  const stories = Object.keys(local).filter((story) => story in aws)
  const [here, there] = [local, aws].map((recording) => stories.flatMap((story) => recording[story] ?? []))
  return [
    ...notIn('member', membersOf(here ?? []), membersOf(there ?? [])),
    ...notIn('error', errorsOf(here ?? []), errorsOf(there ?? [])),
    ...stories.flatMap((story) => {
      const [ours, theirs] = [local[story] ?? [], aws[story] ?? []]
      return [
        ...notIn(`${story}: reason`, reasonsOf(ours), reasonsOf(theirs)),
        ...turned(statesOf(ours), statesOf(theirs)).map((pair) => `${story}: local/ shows ${pair}, AWS the reverse`),
      ]
    }),
  ]
}

/** By operation, so that an operation that AWS was not asked is passed over. */
function notIn(what: string, ours: ByOperation, theirs: ByOperation): readonly string[] {
  return [...ours].flatMap(([operation, values]) => {
    const known = theirs.get(operation)
    if (known === undefined) return []
    return [...values]
      .filter((value) => !known.has(value))
      .map((value) => `${what} of ${operation}: local/ has ${value}, AWS has not`)
  })
}

type ByOperation = ReadonlyMap<string, ReadonlySet<string>>

function collect(exchanges: readonly Scrubbed[], read: (exchange: Scrubbed) => readonly string[]): ByOperation {
  const all = new Map<string, Set<string>>()
  for (const exchange of exchanges) {
    const found = read(exchange)
    if (found.length === 0) continue
    const values = all.get(exchange.operation) ?? new Set()
    all.set(exchange.operation, values)
    for (const value of found) values.add(value)
  }
  return all
}

const membersOf = (exchanges: readonly Scrubbed[]): ByOperation =>
  collect(exchanges, ({ status, answer }) => (status === 200 ? pathsIn(answer) : []))

function pathsIn(value: unknown, path = ''): readonly string[] {
  if (typeof value === 'string' && value.startsWith('<'))
    return [...value.matchAll(/<(\w+)>/g)].map(([, tag]) => `<${tag}>`)
  if (Array.isArray(value)) return value.flatMap((member) => pathsIn(member, `${path}[]`))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, member]) => [`${path}.${key}`, ...pathsIn(member, `${path}.${key}`)])
}

const errorsOf = (exchanges: readonly Scrubbed[]): ByOperation =>
  collect(exchanges, ({ status, answer }) => {
    if (status < 300) return []
    const { __type = '', message = '', Message = message } = (answer ?? {}) as Record<string, string>
    return [`${status} ${__type.split('#').at(-1)}: ${withoutNumbers(Message)}`]
  })

/** Stop codes and reasons of tasks and containers. */
const reasonsOf = (exchanges: readonly Scrubbed[]): ByOperation =>
  collect(exchanges, (exchange) =>
    tasksOf(exchange).flatMap((task) =>
      [task.stopCode, task.stoppedReason, ...list(task.containers).map(({ reason }) => reason)].flatMap((text) =>
        typeof text === 'string' ? [withoutNumbers(text)] : [],
      ),
    ),
  )

/** `PENDING > RUNNING` for each two states that were shown of one task in that order. */
function statesOf(exchanges: readonly Scrubbed[]): ReadonlySet<string> {
  const seen = new Map<unknown, string[]>()
  // A RunTask that is asked again answers with what it first answered.
  const described = exchanges.filter(({ operation }) => operation === 'DescribeTasks')
  for (const { taskArn, lastStatus } of described.flatMap(tasksOf)) {
    const states = seen.get(taskArn) ?? []
    seen.set(taskArn, states)
    if (states.at(-1) !== lastStatus) states.push(String(lastStatus))
  }
  const pairs = [...seen.values()].flatMap((states) =>
    states.flatMap((before, index) => states.slice(index + 1).map((after) => `${before} > ${after}`)),
  )
  return new Set(pairs)
}

function turned(ours: ReadonlySet<string>, theirs: ReadonlySet<string>): readonly string[] {
  return [...ours].filter((pair) => theirs.has(pair.split(' > ').toReversed().join(' > ')) && !theirs.has(pair))
}

function tasksOf({ operation, answer }: Scrubbed): readonly Members[] {
  return operation === 'DescribeTasks' || operation === 'RunTask' ? list((answer as Members | null)?.tasks) : []
}

const list = (value: unknown): readonly Members[] => (Array.isArray(value) ? (value as Members[]) : [])

/** Two runs number their identifiers differently. */
const withoutNumbers = (text: string): string => text.replace(/<([a-z]+) -?[\d.]+( s)?>/g, '<$1>')
