/** The fault matrix: stories × operations × kinds of fault × how often; and pairs of faults in two phases of a run. */
import type { FaultKind, FaultSpec } from '../../local/aws/index.ts'
import { UsageError } from '../../local/usage.ts'
import { accountOf } from './account.ts'
import { violations } from './invariants.ts'
import { containerRuns, type Event, openWorld, type Step, type Story } from './stage.ts'

/** How often a fault strikes. `minutes`: for four, within the time that calls are retried. */
const repetitions = ['once', 'thrice', 'minutes', 'ever'] as const
type Repetition = (typeof repetitions)[number]

const fourMinutesMs = 4 * 60_000
/** Late by more than any usual call takes, and less than the time limit of one. */
const lateMs = 8_000
const staleMs = 3 * 60_000
/** A task that DescribeTasks does not know for longer than a minute is MISSING, and the outcome unknown. */
const staleDescriptionMs = 45_000

/** What any operation may meet. */
const generalKinds = [
  'throttling',
  'server-error',
  'unavailable',
  'access-denied',
  'expired-token',
  'error',
  'reset',
  'no-answer',
  'answer-lost',
  'answer-hung',
  'server-error-after-work',
  'cut-off',
  'stalled',
  'garbled',
  'empty',
  'foreign',
  'wrong-type',
  'redirect',
  'no-http',
  'slow',
  'answer-late',
] as const satisfies readonly FaultKind[]

/** What only one operation may meet. */
const specialKinds: Readonly<Record<string, readonly FaultKind[]>> = {
  DescribeTasks: ['missing', 'stale'],
  StopTask: ['missing'],
  RunTask: ['failures'],
  ListTasks: ['stale'],
  GetLogEvents: ['empty-page'],
}

/** Transient: a step retries it, if it is not for ever, and ends as its story would without it. */
const passing: ReadonlySet<FaultKind> = new Set<FaultKind>([
  ...generalKinds.filter((kind) => kind !== 'access-denied' && kind !== 'expired-token' && kind !== 'error'),
  'stale',
  'empty-page',
])

type StoryName =
  | 'good'
  | 'failing'
  | 'timing-out'
  | 'two'
  | 'checked'
  | 'service'
  | 'role'
  | 'cancelled'
  | 'killed'
  | 'following'
  | 'stopping-followed'

/** Obeys SIGTERM, and ends by itself after a while. */
const obedient = 'echo "line 1"; trap "echo stopped; exit 143" TERM; sleep 5 & wait; echo "line 2"'
const quick = 'echo "line 1"; echo "line 2"; sleep 0.1; echo "line 3"'
const soon: Event = { when: ({ containers }) => containers.length > 0, after: 3_000, happens: 'cancel' }

interface FaultStory extends Story {
  /** Another step before this one, which meets no fault. */
  readonly first?: Step
  readonly ends?: string
}

/** The first attempt, whose machine is gone as soon as its container runs, and the second one. */
const rerun = {
  first: { runner: { post: false }, events: [{ when: containerRuns, happens: 'kill' }] },
  runner: { github: { run_attempt: '2' } },
} as const satisfies Partial<FaultStory>

const stories: Readonly<Record<StoryName, FaultStory>> = {
  good: { container: quick, ends: 'succeeded' },
  failing: { container: `${quick}; exit 3`, ends: 'failed' },
  'timing-out': { container: obedient, inputs: { 'task-timeout-minutes': '0.1' } },
  two: {
    container: quick,
    inputs: { 'database-name': 'shop_1,shop_2', 'max-parallel': '2', canary: 'false' },
    ends: 'succeeded',
  },
  checked: { container: quick, ends: 'succeeded' },
  service: {
    container: quick,
    inputs: { subnets: '', 'security-groups': '', 'network-from-service': 'web' },
    arrange: (aws) =>
      void aws.seedService({ serviceName: 'web', subnets: ['subnet-0a1b2c3d'], securityGroups: ['sg-0a1b2c3d'] }),
    ends: 'succeeded',
  },
  role: {
    container: quick,
    idToken: true,
    inputs: { 'role-to-assume': 'arn:aws:iam::123456789012:role/deploy' },
    ends: 'succeeded',
  },
  cancelled: { container: obedient, events: [soon] },
  killed: { container: obedient, events: [{ ...soon, happens: 'kill' }] },
  following: { ...rerun, container: obedient, ends: 'succeeded' },
  'stopping-followed': { ...rerun, container: obedient, inputs: { 'task-timeout-minutes': '0.1' } },
}

/** Which stories call an operation. */
const callers: Readonly<Record<string, readonly StoryName[]>> = {
  DescribeTaskDefinition: ['good', 'cancelled', 'following'],
  DescribeServices: ['service'],
  RegisterTaskDefinition: ['good', 'cancelled', 'killed'],
  ListTasks: ['good', 'cancelled', 'killed', 'following'],
  RunTask: ['good', 'two', 'cancelled', 'killed'],
  DescribeTasks: ['good', 'failing', 'timing-out', 'two', 'cancelled', 'killed', 'following'],
  GetLogEvents: ['good', 'failing', 'cancelled', 'following'],
  StopTask: ['timing-out', 'cancelled', 'killed', 'stopping-followed'],
  DeregisterTaskDefinition: ['good', 'cancelled', 'killed', 'following'],
  ListTaskDefinitions: ['killed'],
  DescribeImages: ['good', 'following'],
  DescribeClusters: ['checked'],
  DescribeLogGroups: ['checked'],
  DescribeSubnets: ['checked'],
  DescribeRouteTables: ['checked'],
  DescribeSecurityGroups: ['checked'],
  DescribeNatGateways: ['checked'],
  DescribeVpcEndpoints: ['checked'],
  DescribeNetworkAcls: ['checked'],
  DescribeVpcAttribute: ['checked'],
  AssumeRoleWithWebIdentity: ['role'],
  GetIdToken: ['role'],
  '*': ['good', 'timing-out', 'cancelled', 'killed', 'following'],
}

/** The phases of a run, and the operation that carries each. */
const phases = [
  'RegisterTaskDefinition',
  'ListTasks',
  'RunTask',
  'DescribeTasks',
  'GetLogEvents',
  'StopTask',
  'DeregisterTaskDefinition',
] as const
const pairKinds = ['throttling', 'server-error', 'reset', 'no-answer', 'answer-lost', 'access-denied'] as const

interface Strike {
  readonly operation: string
  readonly kind: FaultKind
  readonly repetition: Repetition
}

/** One run of the action under one or two faults. */
export interface Cell {
  /** Names it, and plays it again: `good/RunTask:answer-lost:once`. */
  readonly id: string
  readonly story: StoryName
  readonly strikes: readonly Strike[]
}

export interface CellResult {
  readonly cell: Cell
  /** Empty: green. */
  readonly broken: readonly string[]
  readonly outcome: string
  /** What the step printed and asked for, moment by moment. */
  readonly account: string
}

/** Every operation × every kind × every repetition, in every story that calls it. */
export function singleCells(): readonly Cell[] {
  return Object.entries(callers).flatMap(([operation, names]) =>
    names.flatMap((story) =>
      [...generalKinds, ...(specialKinds[operation] ?? [])].flatMap((kind) =>
        repetitions.map((repetition) => cellOf(story, [{ operation, kind, repetition }])),
      ),
    ),
  )
}

/** Every pair of phases × every pair of kinds; the same phase twice, too: one fault after another. */
export function pairCells(): readonly Cell[] {
  const phasePairs = phases.flatMap((first, index) => phases.slice(index).map((second) => [first, second] as const))
  const kindPairs = pairKinds.flatMap((one) => pairKinds.map((other) => [one, other] as const))
  return phasePairs.flatMap((pair, row) => kindPairs.map((kinds, column) => pairCell(pair, kinds, row + column)))
}

/** @param turn goes through stories and repetitions, so that each pair of phases meets all of them */
function pairCell(
  [first, second]: readonly [string, string],
  [one, other]: readonly [FaultKind, FaultKind],
  turn: number,
): Cell {
  const takers = first === 'StopTask' || second === 'StopTask' ? stoppingStories : anyStories
  const strike = (operation: string, kind: FaultKind, shift: number): Strike => ({
    operation,
    kind,
    repetition: inTurn(repetitions, Math.floor(turn / shift)),
  })
  return cellOf(inTurn(takers, turn), [strike(first, one, 1), strike(second, other, 3)])
}

const anyStories = ['good', 'failing', 'cancelled', 'killed'] as const
const stoppingStories = ['timing-out', 'cancelled', 'killed'] as const

function inTurn<T>(items: readonly [T, ...T[]], turn: number): T {
  return items[turn % items.length] ?? items[0]
}

/** @throws when there is no such cell */
export function cellNamed(id: string): Cell {
  const found = [...singleCells(), ...pairCells()].find((cell) => cell.id === id)
  if (found === undefined)
    throw new UsageError(`There is no cell ${id}. A cell is named like good/RunTask:answer-lost:once`)
  return found
}

function cellOf(story: StoryName, strikes: readonly Strike[]): Cell {
  const names = strikes.map(({ operation, kind, repetition }) => `${operation}:${kind}:${repetition}`)
  return { id: `${story}/${names.join('+')}`, story, strikes }
}

/** Compressed further where minutes have to pass. */
const scales = { seconds: 8, minutes: 40 }
/** Checks may take 8 s, loading their clients included, and that takes real time. */
const checkingScale = 3
/** No run may take longer, whatever happens: every call of main and post may be retried for five minutes. */
const longestRunMs = 40 * 60_000

export async function runCell(cell: Cell): Promise<CellResult> {
  const { ends, first, ...story } = stories[cell.story]
  const isLong = cell.strikes.some(
    ({ repetition, kind }) => repetition === 'minutes' || repetition === 'ever' || kind === 'missing',
  )
  let hung = false
  const giveUp: Event = {
    when: () => true,
    after: longestRunMs,
    happens: (_aws, step) => {
      hung = true
      step.send('kill')
    },
  }
  const isChecked = cell.story === 'checked'
  const inputs = { ...story.inputs, preflight: String(isChecked) }
  const scale = isChecked ? checkingScale : isLong ? scales.minutes : scales.seconds
  const world = await openWorld({ scale, ...story })
  const played = async () => {
    if (first !== undefined) await world.run({ ...first, inputs })
    for (const strike of cell.strikes) world.aws.faults.add(faultOf(strike))
    const step = await world.run({ ...story, inputs, events: [...(story.events ?? []), giveUp] })
    return { step, evidence: await world.evidence() }
  }
  const { step, evidence } = await played().finally(() => world.close())
  const outcome = step.run.outputs.outcome ?? `(${step.run.signal ?? step.run.conclusion})`
  const missed =
    ends !== undefined && (isRetriedAway(cell) || decidesNothing(cell)) && outcome !== ends
      ? [`it ended as ${outcome}, not as ${ends}`]
      : []
  const broken = [...violations(step, evidence), ...missed, ...(hung ? ['it did not end'] : [])]
  return { cell, outcome, broken, account: accountOf(step, evidence) }
}

/** Whatever happens to these, the migration ends as it would: log, checks, what is tidied up afterwards. */
const besides =
  /^(GetLogEvents|DescribeLogGroups|DescribeImages|DescribeClusters|DeregisterTaskDefinition|ListTaskDefinitions|Describe(Subnets|RouteTables|SecurityGroups|NatGateways|VpcEndpoints|NetworkAcls|VpcAttribute))$/

function decidesNothing({ story, strikes }: Cell): boolean {
  // Without the digest of its image nothing can be followed.
  return strikes.every(
    ({ operation }) => besides.test(operation) && !(story === 'following' && operation === 'DescribeImages'),
  )
}

function isRetriedAway({ strikes }: Cell): boolean {
  return strikes.every(
    (strike) => passing.has(strike.kind) && strike.repetition !== 'ever' && !isRegisteredTooOften(strike),
  )
}

/** What may have been done, and is asked for twice more at most. */
const inDoubt: ReadonlySet<FaultKind> = new Set(
  [...passing].filter((kind) => !['throttling', 'slow', 'answer-late'].includes(kind)),
)

function isRegisteredTooOften({ operation, kind, repetition }: Strike): boolean {
  return operation === 'RegisterTaskDefinition' && inDoubt.has(kind) && repetition !== 'once'
}

function faultOf({ operation, kind, repetition }: Strike): FaultSpec {
  return {
    operation,
    kind,
    ...(repetition === 'once' && { times: 1 }),
    ...(repetition === 'thrice' && { times: 3 }),
    ...(repetition === 'minutes' && { forMs: fourMinutesMs }),
    ...((kind === 'slow' || kind === 'answer-late') && { delayMs: lateMs }),
    ...(kind === 'stale' && { delayMs: operation === 'DescribeTasks' ? staleDescriptionMs : staleMs }),
    ...(kind === 'error' && {
      error: { code: 'ClientException', message: 'These parameters are not supported together.', status: 400 },
    }),
  }
}
